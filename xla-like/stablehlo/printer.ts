/**
 * A module as StableHLO in MLIR's text. Calls become functions; the computations of loops, branches, reductions and sorts
 * become regions in place. Results and operands are single arrays: tuples are taken apart on the way.
 */

import { expandAttention } from "../1-simplify/index.js";
import { Either } from "../hlo/fp.js";
import { computationsOf } from "../hlo/graph.js";
import type { HloComputation, HloInstruction, HloModule } from "../hlo/instruction.js";
import { NotPortable } from "./error.js";
import { operationText } from "./operations.js";
import { arraysOf, typesText, typeText } from "./types.js";

/** What a value is called: one name for each of its arrays. */
export type Names = readonly string[];

/** The body of one function, while it is written. */
export class FunctionWriter {
  readonly #lines: string[] = [];
  #indent = 2;
  #next = 0;

  constructor(readonly functionName: (c: HloComputation) => string) {}

  get text(): string {
    return this.#lines.join("");
  }

  fresh(): string {
    return `%${this.#next++}`;
  }

  line(text: string): void {
    this.#lines.push(`${"  ".repeat(this.#indent)}${text}\n`);
  }

  /**
   * Writes `head`, regions and `tail`: `"stablehlo.while"(%0) ({ … }, { … }) : …`. Branches have no parameters of their
   * own: they read the names that are given for them.
   */
  withRegions(
    head: string,
    regions: readonly { readonly computation: HloComputation; readonly given?: readonly Names[] }[],
    tail: string,
  ): void {
    this.line(`${head} ({`);
    regions.forEach(({ computation, given }, k) => {
      if (k > 0) this.line("}, {");
      this.#indent++;
      let parameters = given;
      if (parameters === undefined) {
        const names = computation.parameters.map(() => this.fresh());
        const types = computation.parameters.map((p, i) => `${names[i]}: ${typeText(p.shape)}`);
        // The first block of a region may go without its label where it takes nothing.
        if (names.length > 0) {
          this.#indent--;
          this.line(`^bb0(${types.join(", ")}):`);
          this.#indent++;
        }
        parameters = names.map((n) => [n]);
      }
      this.body(computation, parameters, "stablehlo.return");
      this.#indent--;
    });
    this.line(`}) : ${tail}`);
  }

  /** A computation's instructions, with names for its parameters, and what returns its results. */
  body(c: HloComputation, parameters: readonly Names[], terminator: string): void {
    const names = new Map<HloInstruction, Names>(c.parameters.map((p, i) => [p, parameters[i]]));
    const read = (i: HloInstruction): Names => names.get(i) as Names;
    for (const i of c.instructions) {
      if (i.opcode === "parameter") continue;
      if (i.opcode === "tuple") names.set(i, i.operands.flatMap(read));
      else if (i.opcode === "get-tuple-element") names.set(i, [read(i.operands[0])[i.index]]);
      else names.set(i, operationText(this, i, i.operands.map(read)));
    }
    const results = read(c.root);
    this.line(
      [terminator, results.join(", "), results.length > 0 ? `: ${typesText(arraysOf(c.root.shape))}` : ""]
        .filter(Boolean)
        .join(" "),
    );
  }
}

const functionText = (c: HloComputation, head: string, functionName: (c: HloComputation) => string): string => {
  const writer = new FunctionWriter(functionName);
  const names = c.parameters.map((_, i) => `%arg${i}`);
  writer.body(
    c,
    names.map((n) => [n]),
    "return",
  );
  const parameters = c.parameters.map((p, i) => `${names[i]}: ${typeText(p.shape)}`);
  return `  func.func ${head}(${parameters.join(", ")}) -> (${typesText(arraysOf(c.root.shape))}) {\n${writer.text}  }\n`;
};

/** Computations that a `call` names. The others are printed where they are used. */
const calledIn = (module: HloModule): ReadonlySet<HloComputation> => {
  const called = new Set<HloComputation>();
  for (const c of computationsOf(module))
    for (const i of c.instructions) if (i.opcode === "call") called.add(i.computation);
  return called;
};

const symbol = (name: string): string => name.replaceAll(/\W+/g, "_");

/** The module as StableHLO text: its entry is `@main`. An instruction that has no operation there is the error. */
export const stableHloText = (given: HloModule): Either.Either<NotPortable, string> => {
  const module = expandAttention(given);
  const symbols = new Map<HloComputation, string>();
  const taken = new Set(["main"]);
  const functionName = (c: HloComputation): string => {
    const known = symbols.get(c);
    if (known !== undefined) return known;
    let name = symbol(c.name);
    while (taken.has(name)) name += "_";
    taken.add(name);
    symbols.set(c, name);
    return name;
  };
  try {
    const main = functionText(module.entry, "public @main", functionName);
    const others = [...calledIn(module)].map((c) => functionText(c, `private @${functionName(c)}`, functionName));
    return Either.right(`module @${symbol(module.name)} {\n${[main, ...others].join("")}}\n`);
  } catch (error) {
    if (error instanceof NotPortable) return Either.left(error);
    throw error;
  }
};
