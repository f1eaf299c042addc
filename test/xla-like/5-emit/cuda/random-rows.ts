// Random fusions over rows: arithmetic on a domain and on its rows and columns, reductions broadcast back into it, and
// results of every kind that the grammar of row fusions has.
import fc from "fast-check";
import { rowForm } from "../../../../xla-like/2-fuse/index.js";
import {
  arrayShape,
  type DType,
  type HloBuilder,
  type HloInstruction,
  type ReducerName,
  sizeOf,
} from "../../../../xla-like/index.js";
import { type Choices, counting, dimsOf, pick } from "../../hlo/random-steps.js";
import { fused, type Program } from "../cpu/kernels/harness.js";

/** Sizes at which rows change hands: parts of a warp, warps, blocks, and those just beside them. */
const sizes = [1, 2, 3, 4, 7, 8, 16, 31, 32, 33, 40, 64, 96, 100, 128, 129, 257, 1000, 1024, 1030, 2056];
const mostElements = 12_000;
const types: readonly DType[] = [
  "float32", "float32", "float32", "float32", "bfloat16", "float16", "float64", "int32", "int64", "uint8",
]; // biome-ignore format: a table

interface Genes {
  readonly dims: readonly number[];
  readonly split: number;
  readonly type: number;
  readonly steps: readonly (Choices & { readonly step: number })[];
  readonly ends: readonly Choices[];
}

const choices = { a: fc.nat(1000), b: fc.nat(1000), c: fc.nat(1000) };
const genes: fc.Arbitrary<Genes> = fc.record({
  dims: fc.array(fc.nat(sizes.length - 1), { minLength: 1, maxLength: 4 }),
  split: fc.nat(4),
  type: fc.nat(types.length - 1),
  steps: fc.array(fc.record({ step: fc.nat(1000), ...choices }), { maxLength: 9 }),
  ends: fc.array(fc.record(choices), { minLength: 1, maxLength: 3 }),
});

/** Dimensions as wished for, as far as there is room. */
function domainOf(wished: readonly number[]): readonly number[] {
  let room = mostElements;
  return wished.map((k) => {
    const size = sizes.filter((s) => s <= Math.max(1, room)).at(Math.min(k, sizes.length - 1)) ?? 1;
    const fitting = size <= room ? size : 1;
    room = Math.floor(room / fitting);
    return fitting;
  });
}

/** Parts of a domain that values have elements for. */
type Part = "whole" | "row" | "column";

class Rows {
  readonly rows: readonly number[];
  readonly columns: readonly number[];

  constructor(
    readonly b: HloBuilder,
    readonly dims: readonly number[],
    split: number,
    readonly dtype: DType,
  ) {
    this.rows = counting(split);
    this.columns = counting(dims.length).slice(split);
  }

  spread(x: HloInstruction, part: Part): HloInstruction {
    if (part === "whole") return x;
    return this.b.broadcast(x, this.dims, part === "row" ? this.rows : this.columns);
  }

  private get isFloat(): boolean {
    return this.dtype.includes("float");
  }

  reduce(x: HloInstruction, along: readonly number[], n: number): HloInstruction {
    const name = pick<ReducerName>(["add", "maximum", "minimum", "add"], n);
    return this.b.reduce([x], [this.b.scalar(this.dtype, n % 3)], along, this.b.reducer(name, this.dtype))[0];
  }

  /** A mean instead of a sum: functions of large numbers make much of their last digits. */
  tamed(x: HloInstruction, reduced: readonly number[]): HloInstruction {
    if (!this.isFloat) return x;
    return this.b.binary("multiply", x, this.b.fill(1 / sizeOf(reduced), this.dtype, dimsOf(x)));
  }

  /** What stays small: sums of it do not overflow, and differences of it do not grow. */
  operation(x: HloInstruction, y: HloInstruction, { a, b: which }: Choices): HloInstruction {
    const { b } = this;
    if (which % 3 === 0 && this.isFloat) {
      return b.unary(pick(["tanh", "abs", "negate", "logistic", "cos"] as const, a), x);
    }
    const result = b.binary(pick(["add", "subtract", "maximum", "minimum"] as const, a), x, y);
    return this.isFloat ? b.binary("multiply", result, b.fill(0.5, this.dtype, dimsOf(x))) : result;
  }
}

/** A row fusion, or one that loops where its choices have no row to reduce. */
export const randomRows: fc.Arbitrary<Program> = genes.map(({ dims: wished, split: cut, type, steps, ends }) => {
  const dims = domainOf(wished);
  const split = cut % (dims.length + 1);
  const dtype = types[type];
  const [rows, columns] = [dims.slice(0, split), dims.slice(split)];
  const shapes = [dims, dims, rows, columns].map((d) => arrayShape(dtype, d));
  const parts: readonly Part[] = ["whole", "whole", "row", "column"];
  const body = (b: HloBuilder, given: readonly HloInstruction[]): readonly HloInstruction[] => {
    const r = new Rows(b, dims, split, dtype);
    const whole = given.map((x, k) => r.spread(x, parts[k]));
    const perRow = [given[2]];
    for (const n of steps) {
      const [x, y] = [pick(whole, whole.length - 1 - (n.a % Math.min(3, whole.length))), pick(whole, n.c)];
      const kind = n.step % 8;
      if (kind < 2 && r.columns.length > 0) {
        const reduced = r.tamed(r.reduce(x, r.columns, n.b), columns);
        perRow.push(reduced);
        whole.push(r.operation(x, r.spread(reduced, "row"), n));
      } else if (kind === 2) perRow.push(r.operation(pick(perRow, n.a), pick(perRow, n.c), n));
      else if (kind === 3) whole.push(r.operation(x, r.spread(pick(perRow, n.b), "row"), n));
      else whole.push(r.operation(x, y, n));
    }
    const last = whole[whole.length - 1];
    return ends.map((n): HloInstruction => {
      const x = n.a % 3 === 0 ? pick(whole, n.c) : last;
      switch (n.b % 5) {
        case 0:
          return r.rows.length > 0 ? r.reduce(x, r.rows, n.c) : x;
        case 1:
          return r.reduce(x, counting(dims.length), n.c);
        case 2:
          return r.columns.length > 0 ? r.reduce(x, r.columns, n.c) : x;
        case 3:
          return pick(perRow, perRow.length - 1);
        default:
          return r.operation(x, last, n);
      }
    });
  };
  const asRows = fused("row", shapes, body);
  return rowForm(asRows.fusion.computation) === undefined ? fused("loop", shapes, body) : asRows;
});

/** Where the first greatest element is, and which; of arrays of a type and of places. */
const firstGreatest = (b: HloBuilder, dtype: DType) => {
  const [value, place] = [arrayShape(dtype, []), arrayShape("int32", [])];
  return b.computation("greatest", [value, place, value, place], (c, [p, i, q, j]) => {
    const takes = c.binary("or", c.compare(p, q, "GT"), c.binary("and", c.compare(p, q, "EQ"), c.compare(i, j, "LT")));
    return [c.select(takes, p, q), c.select(takes, i, j)];
  });
};

/**
 * Reductions over any dimensions of what was computed from values of the domain, its rows and columns; of one array or
 * of two at once; and what follows from the results, place by place.
 */
export const randomReductions: fc.Arbitrary<Program> = genes.map(({ dims: wished, split: cut, type, steps, ends }) => {
  const dims = domainOf([...wished, 2, 3].slice(0, 4));
  const split = cut % dims.length;
  const dtype = types[type];
  const [mask, ...marks] = ends.map((n) => n.a);
  const chosen = counting(dims.length).filter((d) => ((mask % (2 ** dims.length - 1)) + 1) & (1 << d));
  const shapes = [dims, dims, dims.slice(0, split), dims.slice(split)].map((d) => arrayShape(dtype, d));
  const parts: readonly Part[] = ["whole", "whole", "row", "column"];
  const body = (b: HloBuilder, given: readonly HloInstruction[]): readonly HloInstruction[] => {
    const r = new Rows(b, dims, split, dtype);
    const whole = given.map((x, k) => r.spread(x, parts[k]));
    for (const n of steps) whole.push(r.operation(pick(whole, n.a), pick(whole, n.c), n));
    const last = whole[whole.length - 1];
    if (mask % 5 === 0) {
      const places = b.iota("int32", dims, chosen[chosen.length - 1]);
      return b.reduce(
        [last, places],
        [b.scalar(dtype, 0), b.scalar("int32", 2 ** 30)],
        chosen,
        firstGreatest(b, dtype),
      );
    }
    const results = [mask, ...marks].map((n, k) => r.reduce(pick(whole, whole.length - 1 - (k % 2)), chosen, n));
    return mask % 3 === 0 ? results : [results.reduce((x, y) => b.binary("subtract", x, y))];
  };
  const asRows = fused("row", shapes, body);
  return rowForm(asRows.fusion.computation) === undefined ? fused("loop", shapes, body) : asRows;
});
