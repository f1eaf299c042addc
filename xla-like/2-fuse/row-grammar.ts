/**
 * What a `row` fusion may contain.
 *
 * There is a domain D, a list of dimensions, and a split k: the first k dimensions number the rows, the others the
 * columns. Every value is used in one or more of these classes:
 * - whole: dimensions D;  - row: D[0..k), one element per row;
 * - column: D[k..), one element per column;  - scalar: no dimensions.
 *
 * A value used in a class is
 * - a parameter, a constant or an iota of the class's dimensions;
 * - elementwise: its operands are used in the same class (the scalars of select and clamp as scalars);
 * - in class whole, a broadcast of a scalar, of a row value along D[0..k), or of a column value along D[k..);
 * - in class row or column, a broadcast of a scalar;
 * - in class row, a reduce of a whole value over all of D[k..): a row reduction. Any number of them may depend on
 *   one another, row → broadcast → row;
 * - an elemental value, in class whole, row or column: any index operation (slice, transpose, reshape, pad, gather,
 *   concatenate, another broadcast, …), computed for each element from parameters, with no reduce below it.
 *
 * An output is a value used as whole or row; or a reduce of a whole value over all of D[0..k), a column reduction; or
 * over all of D, a full reduction. Column and full reductions are nobody's operands inside. With k = 0 there is one
 * row, all of D, and a reduction of all of it is a row reduction; larger domains have full reductions instead.
 *
 * Besides, a fusion may be a single middle reduction: its one output is a reduce of a whole value over dimensions
 * [k, m) with 0 < k < m < rank D. Its whole value is made of scalars, parameters, broadcasts of row values (D[0..k))
 * and column values (D[k..)), and elemental values, as above.
 *
 * Reduces have one operand, and an init that is a scalar value.
 */
import { dimsOf, isRange, range } from "../1-simplify/facts/shapes.js";
import type { HloComputation, HloInstruction, Instr } from "../hlo/instruction.js";
import { sameDims, sizeOf } from "../hlo/shape.js";
import { isScalarOperation } from "./emittable.js";

export type RowClass = "whole" | "row" | "column" | "scalar";

/** What a reduce is in a row fusion. */
export type Reduction = "row" | "column" | "full" | "middle";

export interface RowForm {
  readonly domain: readonly number[];
  /** How many of the domain's dimensions number the rows. */
  readonly split: number;
  /** The classes in which each value is used; a value of no class is not needed. */
  readonly classes: ReadonlyMap<HloInstruction, ReadonlySet<RowClass>>;
  readonly reductions: ReadonlyMap<Instr<"reduce">, Reduction>;
}

/** Part of a graph: `outputs` computed from values outside; `isInside` tells which belong to it. */
export interface Region {
  readonly outputs: Iterable<HloInstruction>;
  readonly isInside: (i: HloInstruction) => boolean;
}

const isReduce = (i: HloInstruction): i is Instr<"reduce"> => i.opcode === "reduce";

/** Whether the reduce has one operand and reduces contiguous dimensions: first and one past the last. */
export const reducedRange = (i: HloInstruction): readonly [number, number] | undefined => {
  if (!isReduce(i) || i.operands.length !== 2 || i.dimensions.length === 0) return undefined;
  const sorted = [...i.dimensions].sort((p, q) => p - q);
  return isRange(sorted.map((d) => d - sorted[0])) ? [sorted[0], sorted[0] + sorted.length] : undefined;
};

/** What a reduce over a domain that is split at `split` is; undefined where it does not fit. */
const reductionOf = (i: Instr<"reduce">, domain: readonly number[], split: number): Reduction | undefined => {
  const reduced = reducedRange(i);
  if (reduced === undefined || !sameDims(dimsOf(i.operands[0]), domain)) return undefined;
  const [from, to] = reduced;
  if (from === 0 && to === domain.length) return split === 0 ? "row" : "full";
  if (from === split && to === domain.length) return "row";
  if (from === 0 && to === split) return "column";
  return from === split && from > 0 ? "middle" : undefined;
};

/** Uses values from the outputs down; with more and more of them inside, if users come first. */
export class Classifier implements RowForm {
  readonly classes = new Map<HloInstruction, Set<RowClass>>();
  readonly reductions: Map<Instr<"reduce">, Reduction> = new Map();
  readonly #elemental = new Set<HloInstruction>();

  constructor(
    readonly domain: readonly number[],
    readonly split: number,
    readonly isInside: (i: HloInstruction) => boolean,
  ) {}

  #dimsOf(c: RowClass): readonly number[] {
    if (c === "whole") return this.domain;
    if (c === "row") return this.domain.slice(0, this.split);
    return c === "column" ? this.domain.slice(this.split) : [];
  }

  /** Uses a value for elements at any places: no reduce may stand below it. */
  #useElements(i: HloInstruction): boolean {
    if (i.shape.kind !== "array") return false;
    if (this.#elemental.has(i)) return true;
    this.#elemental.add(i);
    return !this.isInside(i) || this.#enterElements(i);
  }

  #enterElements(i: HloInstruction): boolean {
    return i.opcode !== "reduce" && i.opcode !== "get-tuple-element" && i.operands.every((o) => this.#useElements(o));
  }

  #all(xs: readonly HloInstruction[], c: RowClass): boolean {
    return xs.every((x) => this.use(x, dimsOf(x).length === 0 ? "scalar" : c));
  }

  #useBroadcast(i: Instr<"broadcast">, c: RowClass): boolean {
    const [x] = i.operands;
    if (dimsOf(x).length === 0) return this.use(x, "scalar");
    if (c === "whole") {
      const rank = this.domain.length;
      const given = i.dimensions.join();
      if (given === range(this.split).join() && this.split > 0) return this.use(x, "row");
      const columns = range(rank).slice(this.split);
      if (given === columns.join() && this.split < rank) return this.use(x, "column");
    }
    return this.#enterElements(i);
  }

  /** Uses a value in a class; false where the grammar does not have it. */
  use(i: HloInstruction, asked: RowClass): boolean {
    // With no rows, what is one per row is a scalar.
    const c = asked === "scalar" && this.split === 0 ? "row" : asked;
    const known = this.classes.get(i);
    if (known?.has(c)) return true;
    if (i.shape.kind !== "array" || !sameDims(i.shape.dims, this.#dimsOf(c))) return false;
    if (known === undefined) this.classes.set(i, new Set([c]));
    else known.add(c);
    return !this.isInside(i) || this.#enter(i, c);
  }

  /** Goes on below a value that is inside now, in the classes in which it has been used so far. */
  enter(i: HloInstruction): boolean {
    const classes = [...(this.classes.get(i) ?? [])];
    return classes.every((c) => this.#enter(i, c)) && (!this.#elemental.has(i) || this.#enterElements(i));
  }

  #enter(i: HloInstruction, c: RowClass): boolean {
    if (i.opcode === "constant" || i.opcode === "iota") return true;
    if (isReduce(i)) {
      if (c !== "row" || reductionOf(i, this.domain, this.split) !== "row") return false;
      return this.#reduce(i, "row");
    }
    if (i.opcode === "broadcast") return this.#useBroadcast(i, c);
    if (isScalarOperation(i)) return this.#all(i.operands, c);
    return c !== "scalar" && this.#enterElements(i);
  }

  #reduce(i: Instr<"reduce">, as: Reduction): boolean {
    this.reductions.set(i, as);
    return this.use(i.operands[1], "scalar") && this.use(i.operands[0], "whole");
  }

  output(i: HloInstruction): boolean {
    if (isReduce(i) && this.isInside(i)) {
      const as = reductionOf(i, this.domain, this.split);
      if (as === undefined) return false;
      return as === "row" ? this.use(i, "row") : this.#reduce(i, as);
    }
    if (this.use(i, "whole")) return true;
    // The attempt above may have failed for its dimensions alone; a failure further down fails here too.
    return i.shape.kind === "array" && !sameDims(i.shape.dims, this.domain) && this.use(i, "row");
  }

  /** Only rows are reduced in the midst of a fusion: other reductions have no users inside, middle ones no neighbours. */
  isComplete(outputs: number): boolean {
    for (const [i, as] of this.reductions)
      if ((as !== "row" && this.classes.has(i)) || (as === "middle" && outputs > 1)) return false;
    return true;
  }
}

/** The region as a row fusion over a domain split at `split`, or undefined where it is none. */
export const rowFormOf = (
  { outputs, isInside }: Region,
  domain: readonly number[],
  split: number,
): Classifier | undefined => {
  const classifier = new Classifier(domain, split, isInside);
  const results = [...outputs];
  return results.every((o) => classifier.output(o)) && classifier.isComplete(results.length) ? classifier : undefined;
};

/** The form of a row fusion's computation, as its emitter reads it; undefined if it breaks the grammar. */
export const rowForm = (c: HloComputation): RowForm | undefined => {
  const reduces = c.instructions.filter(isReduce);
  const outputs = c.root.operands;
  const region = { outputs, isInside: (i: HloInstruction) => i.opcode !== "parameter" };
  for (const r of reduces) {
    const domain = dimsOf(r.operands[0]);
    for (const split of splitsOf(r)) {
      const form = rowFormOf(region, domain, split);
      if (form !== undefined && reduces.every((i) => form.reductions.has(i))) return form;
    }
  }
  return undefined;
};

/** Up to here one core reduces a whole domain as a single row, and may go on with it. */
const largestSingleRow = 8192;

/** Where a reduce may split its domain: after the rows. */
export const splitsOf = (i: HloInstruction): readonly number[] => {
  const reduced = reducedRange(i);
  if (reduced === undefined) return [];
  const [from, to] = reduced;
  const { length: rank } = dimsOf(i.operands[0]);
  if (from > 0) return [from];
  if (to < rank) return [to];
  // Over everything: any split will do.
  const splits = range(rank + 1).slice(1);
  return sizeOf(dimsOf(i.operands[0])) <= largestSingleRow ? [0, ...splits] : splits;
};
