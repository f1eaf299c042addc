/** Runs rules on small programs, and holds every application to what rules promise. */
import { expect } from "vitest";
import {
  type Application,
  allRules,
  type Exactness,
  type Rule,
  rewriteToFixpoint,
  simplify,
} from "../../../xla-like/1-simplify/index.js";
import {
  type ArrayShape,
  computationsOf,
  type DType,
  dtypes,
  HloBuilder,
  type HloInstruction,
  type HloModule,
  type HostArray,
  hostArray,
  isComplex,
  nameOf,
  numberToBf16,
  numberToF16,
  printComputation,
  printInstruction,
  tupleShape,
  verify,
} from "../../../xla-like/hlo/index.js";
import { evaluate } from "../../../xla-like/reference/evaluate.js";
import { numbersOf, product } from "../reference/helpers.js";

/** What algebra goes wrong on, among ordinary numbers. */
const floats = [
  1.5, -0, 0, Number.NaN, 1, -1, Number.POSITIVE_INFINITY, 0.1, Number.NEGATIVE_INFINITY, -2.25, 1e-40, 3e38, 7, -0.3,
]; // biome-ignore format: a table
const integers = [3, 0, -1, 1, 2, -128, 127, 5, -7, 100];

/** Deterministic data of a shape; `seed` chooses where in the lists it begins. */
export const specialData = ({ dtype, dims }: ArrayShape, seed: number): HostArray => {
  const { kind } = dtypes[dtype];
  const out = hostArray(dtype, product(dims));
  for (let k = 0; k < out.length; k++) {
    const at = (Math.imul(k + seed + 1, 0x9e3779b1) >>> 8) % 1009;
    const f = floats[at % floats.length];
    const n = integers[at % integers.length];
    if (out instanceof BigInt64Array || out instanceof BigUint64Array) out[k] = BigInt(n);
    else if (kind === "bool") out[k] = at % 2;
    else if (kind === "signed" || kind === "unsigned") out[k] = n;
    else out[k] = dtype === "float16" ? numberToF16(f) : dtype === "bfloat16" ? numberToBf16(f) : f;
  }
  return out;
};

export const specialArguments = (m: HloModule, seed: number): HostArray[] =>
  m.entry.parameters.map((p, k) => specialData(p.shape, seed + 17 * k));

/** Equal to the bit, NaNs being one value; or, where sums were reordered, up to rounding and the sign of zero. */
const agrees = (a: number, b: number, exactness: Exactness): boolean =>
  Object.is(a, b) ||
  (exactness === "order" && (a === b || Math.abs(a - b) <= 1e-5 * Math.max(Math.abs(a), Math.abs(b), 1e-30)));

export const expectSameResults = (before: HloModule, after: HloModule, exactness: Exactness, seed: number): void => {
  const args = specialArguments(before, seed);
  const [x, y] = [evaluate(before, args), evaluate(after, args)];
  const { shape } = before.entry.root;
  x.forEach((data, k) => {
    const d: DType = shape.kind === "tuple" ? shape.elements[k].dtype : shape.dtype;
    // The parts of complex numbers are numbers of their own.
    const part = isComplex(d) ? (d === "complex64" ? "float32" : "float64") : d;
    const [p, q] = [numbersOf(part, data), numbersOf(part, y[k])];
    const wrong = p.findIndex((v, n) => !agrees(v, q[n], exactness));
    if (wrong >= 0) expect(`result ${k}[${wrong}] = ${q[wrong]}`).toBe(`result ${k}[${wrong}] = ${p[wrong]}`);
  });
};

/** A module that gives an instruction and what a rule puts in its place. */
const bothWays = ({ computation, made, before, after }: Application): readonly [HloModule, HloModule] => {
  const moduleOf = (root: HloInstruction): HloModule => {
    const elements = root.shape.kind === "array" ? [root.shape] : root.shape.elements;
    const results: HloInstruction[] = [];
    const instructions = made.includes(root) ? [...made] : [...made, root];
    let id = 1_000_000;
    if (root.shape.kind === "array") results.push(root);
    else
      elements.forEach((shape, index) => {
        const element: HloInstruction = { opcode: "get-tuple-element", id: id++, operands: [root], shape, index };
        results.push(element);
        instructions.push(element);
      });
    const tuple: HloInstruction = { opcode: "tuple", id, operands: results, shape: tupleShape(elements) };
    const { parameters } = computation;
    return { name: "one", entry: { name: "one way", parameters, instructions: [...instructions, tuple], root: tuple } };
  };
  return [moduleOf(before), moduleOf(after)];
};

/** Data may decide for how long a loop runs: only what surely ends is run on any data. */
const surelyEnds = (m: HloModule): boolean =>
  computationsOf(m).every((c) => c.instructions.every((i) => i.opcode !== "while" && i.opcode !== "custom-call"));

/** Verifies a rule's application, and compares both sides on data that algebra goes wrong on. */
export const checkApplication = (application: Application): void => {
  const { rule } = application;
  const [before, after] = bothWays(application);
  verify(before);
  verify(after);
  // A rule that depends on uses leaves anything in elements that nobody reads.
  if (rule.dependsOnUses || !surelyEnds(before) || !surelyEnds(after)) return;
  for (const seed of [0, 5]) expectSameResults(before, after, rule.exactness ?? "bits", seed);
};

const ruleNamed = (name: string): Rule => {
  const found = allRules.find((r) => r.name === name);
  if (found === undefined) throw new Error(`there is no rule '${name}'`);
  return found;
};

export type Program = (b: HloBuilder, xs: readonly HloInstruction[]) => HloInstruction | readonly HloInstruction[];

export const moduleOf = (parameters: readonly ArrayShape[], program: Program): HloModule => {
  const b = new HloBuilder("main");
  const roots = program(
    b,
    parameters.map((p) => b.parameter(p)),
  );
  return b.module("m", "opcode" in roots ? [roots] : roots);
};

/** The instructions, without what every program has: parameters, and a tuple of the one result. */
const bodyText = (m: HloModule): string => {
  const { entry } = m;
  const lines = computationsOf(m)
    .filter((c) => c !== entry && c.instructions.length > 3)
    .map(printComputation);
  const [only] = entry.root.operands;
  for (const i of entry.instructions)
    if (i.opcode !== "parameter" && (i !== entry.root || i.operands.length !== 1)) lines.push(printInstruction(i));
  if (entry.root.operands.length === 1) lines.push(`return ${nameOf(only)}`);
  return lines.join("\n");
};

/**
 * The program before and after a rule, which must apply, with only those it names besides. Every application is
 * checked, and so is the whole.
 */
export const rewritten = (
  name: string,
  parameters: readonly ArrayShape[],
  program: Program,
  also: readonly string[] = [],
): string => {
  const before = moduleOf(parameters, program);
  verify(before);
  const applied = new Map<string, Exactness>();
  const pass = rewriteToFixpoint([name, ...also].map(ruleNamed), {
    observe: (a) => {
      checkApplication(a);
      applied.set(a.rule.name, a.rule.exactness ?? "bits");
    },
  });
  const after = pass(before);
  verify(after);
  expect([...applied.keys()]).toContain(name);
  expect(pass(after)).toBe(after);
  const exactness = [...applied.values()].includes("order") ? "order" : "bits";
  for (const seed of [0, 3, 11]) expectSameResults(before, after, exactness, seed);
  return `${bodyText(before)}\n⇒\n${bodyText(after)}`;
};

/** Asserts that a rule leaves the program alone. */
export const expectUntouched = (name: string, parameters: readonly ArrayShape[], program: Program): void => {
  const before = moduleOf(parameters, program);
  verify(before);
  const applied: string[] = [];
  rewriteToFixpoint([ruleNamed(name)], { observe: (a) => applied.push(a.rule.name) })(before);
  expect(applied).toEqual([]);
};

/** The module simplified by every rule, each application checked. */
export const simplifyChecked = (m: HloModule): HloModule => {
  let exactness: Exactness = "bits";
  const after = simplify(m, {
    observe: (a) => {
      checkApplication(a);
      if (a.rule.exactness === "order") exactness = "order";
    },
  });
  verify(after);
  expectSameResults(m, after, exactness, 0);
  return after;
};
