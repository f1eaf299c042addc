/** Finds the examples of docstrings and Markdown pages, and runs them with what users import in scope. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { format, isDeepStrictEqual } from "node:util";
import * as cotangent from "cotangent";
import * as props from "cotangent/props";
import fc from "fast-check";
import ts from "typescript";

export interface Example {
  /** `src/api/grad.ts:57` */
  readonly where: string;
  readonly code: string;
}

const root = join(import.meta.dirname, "../..");
const lineOf = (text: string, index: number): number => text.slice(0, index).split("\n").length;

const filesUnder = (dir: string, ending: string): string[] =>
  readdirSync(join(root, dir), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${dir}/${name}`)
    .sort();

/** The `@example`s of a source file's doc comments. */
function docstringExamples(file: string): Example[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) =>
    [...comment[0].matchAll(/@example\b([\s\S]*?)(?=\n\s*\*?\s*@\w|\*\/)/g)].map((match) => ({
      where: `${file}:${lineOf(text, comment.index + match.index)}`,
      code: match[1]
        .split("\n")
        .map((line) => line.replace(/^\s*\*( |$)/, ""))
        .filter((line) => !/^\s*```/.test(line))
        .join("\n")
        .trim(),
    })),
  );
}

/** The TypeScript of a Markdown page; a block is left out if the line before it is `<!-- not run: reason -->`. */
function markdownExamples(file: string): Example[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(<!-- not run: .+ -->\n)?^```(?:ts|typescript)\n([\s\S]*?)^```$/gm)]
    .filter(([, notRun]) => notRun === undefined)
    .map((match) => ({ where: `${file}:${lineOf(text, match.index)}`, code: match[2] }));
}

export const allExamples = (): Example[] => [
  ...["src", "props"].flatMap((dir) => filesUnder(dir, ".ts")).flatMap(docstringExamples),
  ...["README.md", "CONTRIBUTING.md", ...filesUnder("docs", ".md").filter((f) => !f.startsWith("docs/api/"))].flatMap(
    markdownExamples,
  ),
];

/** What a comment at the end of a line says of the expression before it. */
type Claim =
  | { readonly kind: "value"; readonly expected: unknown }
  | { readonly kind: "throws"; readonly code: string }
  | { readonly kind: "prose" };

function claimOf(comment: string, nested: boolean): Claim {
  const text = comment.replace(/^\/\/\s*/, "").trim();
  const thrown = /^throws\b.*\b(CT\d{3})\b/.exec(text);
  if (thrown) return { kind: "throws", code: thrown[1] };
  if (!/^(-?\d|-?Infinity|NaN|\[|\{|"|true\b|false\b|null\b|undefined\b)/.test(text)) return { kind: "prose" };
  // Inside a loop: one value for each time round.
  const literal = nested ? `[${text}]` : `(${text})`;
  return { kind: "value", expected: new Function(`return ${literal}`)() };
}

interface Check {
  readonly claim: Claim;
  readonly source: string;
  readonly nested: boolean;
  readonly values: unknown[];
}

/** Rewrites statements with a claim so that their values are recorded; imports are in scope already. */
function instrument(code: string): { readonly script: string; readonly checks: Check[] } {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const edits: { start: number; end: number; text: string }[] = [];
  const checks: Check[] = [];
  const visit = (node: ts.Node, nested: boolean): void => {
    if (ts.isImportDeclaration(node)) {
      edits.push({ start: node.getStart(), end: node.end, text: "" });
    } else if (ts.isExpressionStatement(node)) {
      const [comment] = ts.getTrailingCommentRanges(code, node.end) ?? [];
      const claim = comment && claimOf(code.slice(comment.pos, comment.end), nested);
      if (claim && claim.kind !== "prose") {
        const source = node.expression.getText();
        const i = checks.push({ claim, source, nested, values: [] }) - 1;
        const isAsync = /\bawait\b/.test(source);
        const thunk = isAsync ? `await __record(${i}, async () => (${source}))` : `__record(${i}, () => (${source}))`;
        edits.push({ start: node.getStart(), end: node.end, text: `${thunk};` });
        return;
      }
    }
    ts.forEachChild(node, (child) => visit(child, nested || ts.isBlock(node)));
  };
  visit(file, false);
  let script = code;
  for (const { start, end, text } of edits.sort((a, b) => b.start - a.start)) {
    script = script.slice(0, start) + text + script.slice(end);
  }
  return { script, checks };
}

const { numpy: np } = cotangent;
/** Runs at once what would be registered as a test. */
const itHasCorrectGradients = (_: string, f: (...xs: unknown[]) => unknown, args: fc.Arbitrary<unknown>): void =>
  fc.assert(
    fc.property(args, (xs) => props.checkGrads(f, Array.isArray(xs) ? xs : [xs])),
    { numRuns: 5 },
  );
const scope: Readonly<Record<string, unknown>> = { ...cotangent, ...props, itHasCorrectGradients, np, fc };

/** A value as a comment can write it: tensors as numbers and nested arrays. */
function plain(x: unknown): unknown {
  if (x instanceof cotangent.Tensor) return x.js();
  if (Array.isArray(x)) return x.map(plain);
  if (x instanceof Map) return new Map([...x].map(([k, v]) => [k, plain(v)]));
  if (typeof x !== "object" || x === null || Object.getPrototypeOf(x) !== Object.prototype) return x;
  return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, plain(v)]));
}

/** Equality up to the digits that comments give: fractions to four. */
function same(actual: unknown, expected: unknown): boolean {
  if (typeof actual === "number" && typeof expected === "number") {
    if (Object.is(actual, expected) || actual === expected) return true;
    const tolerance = Number.isInteger(expected) ? 1e-6 : 1e-4;
    return Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
  }
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.length === expected.length && actual.every((x, i) => same(x, expected[i]));
  }
  if (typeof actual === "object" && typeof expected === "object" && actual !== null && expected !== null) {
    const [a, b] = [Object.entries(actual).sort(), Object.entries(expected).sort()];
    return a.length === b.length && a.every(([k, v], i) => k === b[i][0] && same(v, b[i][1]));
  }
  return isDeepStrictEqual(actual, expected);
}

const show = (x: unknown): string => format("%o", x).replaceAll(/\s*\[length\]: \d+,?/g, "");

/** Runs an example; a claim that does not hold is an error that shows what there is instead. */
export async function runExample({ code }: Example): Promise<{ readonly checked: number }> {
  const { script, checks } = instrument(code);
  const { outputText } = ts.transpileModule(`async function __example() {\n${script}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const record = (i: number, run: () => unknown): unknown => {
    const note = (value: unknown): unknown => {
      checks[i].values.push(value);
      return value;
    };
    const failed = (error: unknown): unknown => {
      if (checks[i].claim.kind !== "throws") throw error;
      return note(error);
    };
    try {
      const value = run();
      return value instanceof Promise ? value.then(note, failed) : note(value);
    } catch (error) {
      return failed(error);
    }
  };
  const names = [...Object.keys(scope), "__record", "console"];
  const silent = { ...console, log: () => undefined };
  const body = `${outputText}\nreturn __example();`;
  await (new Function(...names, body) as (...xs: unknown[]) => Promise<unknown>)(
    ...Object.values(scope),
    record,
    silent,
  );
  for (const { claim, source, nested, values } of checks) {
    if (claim.kind === "throws") {
      const codes = values.map((e) => (e instanceof cotangent.errors.CotangentError ? e.code : show(e)));
      if (codes.length > 0 && codes.every((c) => c === claim.code)) continue;
      throw new Error(`${source} should throw ${claim.code}, but: ${codes.join(", ") || "never ran"}`);
    }
    if (claim.kind !== "value") continue;
    const actual = plain(nested ? values : values[0]);
    if (values.length > 0 && same(actual, claim.expected)) continue;
    throw new Error(`${source} is ${show(actual)}, but the comment says ${show(claim.expected)}`);
  }
  return { checked: checks.length };
}
