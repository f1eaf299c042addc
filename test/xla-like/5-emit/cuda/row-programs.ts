// Row fusions for a grid: softmax, layer normalisation and its gradient, sums and extrema of rows, columns, everything.
import {
  type ArrayShape,
  arrayShape,
  type DType,
  dtypes,
  type HloBuilder,
  type HloInstruction,
  type HostArray,
  type ReducerName,
} from "../../../../xla-like/index.js";
import { fused, type Program, sample } from "../cpu/kernels/harness.js";

export interface Case {
  readonly name: string;
  readonly program: Program;
  readonly args: readonly HostArray[];
  /** The size of what is added up. */
  readonly scale: number;
}

const range = (n: number, from = 0): number[] => Array.from({ length: n }, (_, k) => from + k);

/** Reductions of [rows…, columns…], and values broadcast back. */
const over = (b: HloBuilder, dims: readonly number[], split: number, dtype: DType) => {
  const columns = range(dims.length - split, split);
  const rows = range(split);
  const add = (x: HloInstruction, along: readonly number[]) =>
    b.reduce([x], [b.scalar(dtype, 0)], along, b.reducer("add", dtype))[0];
  return {
    reduce: (name: ReducerName, x: HloInstruction, init: number) =>
      b.reduce([x], [b.scalar(dtype, init)], columns, b.reducer(name, dtype))[0],
    columnSum: (x: HloInstruction) => add(x, rows),
    total: (x: HloInstruction) => add(x, range(dims.length)),
    back: (x: HloInstruction) => b.broadcast(x, dims, rows),
    along: (x: HloInstruction) => b.broadcast(x, dims, columns),
  };
};

function make(
  name: string,
  shapes: readonly ArrayShape[],
  scale: number,
  body: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[],
  args: readonly HostArray[] = shapes.map((s, k) => sample(s, k + 1)),
  kind: "row" | "loop" = "row",
): Case {
  return { name, program: fused(kind, shapes, body), args, scale };
}

export function softmax(dims: readonly number[], split: number, dtype: DType = "float32"): Case {
  return make(`softmax ${dtype}[${dims}] from ${split}`, [arrayShape(dtype, dims)], 1e-30, (b, [x]) => {
    const o = over(b, dims, split, dtype);
    const shifted = b.binary("subtract", x, o.back(o.reduce("maximum", x, Number.NEGATIVE_INFINITY)));
    const e = b.unary("exponential", shifted);
    return b.binary("divide", e, o.back(o.reduce("add", e, 0)));
  });
}

export function softmaxGradient(dims: readonly number[], split: number): Case {
  const shape = arrayShape("float32", dims);
  return make(`gradient of softmax [${dims}]`, [shape, shape], 10, (b, [y, dy]) => {
    const o = over(b, dims, split, "float32");
    const product = b.binary("multiply", y, dy);
    const whole = b.binary("multiply", y, b.binary("subtract", dy, o.back(o.reduce("add", product, 0))));
    return [whole, o.total(b.binary("multiply", product, product))];
  });
}

const normalised = (b: HloBuilder, x: HloInstruction, dims: readonly number[], split: number) => {
  const o = over(b, dims, split, "float32");
  const n = b.scalar("float32", dims.slice(split).reduce((p, q) => p * q, 1)); // biome-ignore format: one thought
  const mean = b.binary("divide", o.reduce("add", x, 0), n);
  const centred = b.binary("subtract", x, o.back(mean));
  const variance = b.binary("divide", o.reduce("add", b.binary("multiply", centred, centred), 0), n);
  const scale = b.unary("rsqrt", b.binary("add", variance, b.scalar("float32", 1e-5)));
  return { hat: b.binary("multiply", centred, o.back(scale)), scale, n, ...o };
};

export function layerNorm(dims: readonly number[], split: number): Case {
  const f32 = (d: readonly number[]) => arrayShape("float32", d);
  const columns = dims.slice(split);
  return make(
    `layernorm [${dims}] from ${split}`,
    [f32(dims), f32(columns), f32(columns)],
    1,
    (b, [x, gamma, beta]) => {
      const { hat, along, scale } = normalised(b, x, dims, split);
      return [b.binary("add", b.binary("multiply", hat, along(gamma)), along(beta)), scale];
    },
  );
}

export function layerNormGradient(dims: readonly number[], split: number): Case {
  const f32 = (d: readonly number[]) => arrayShape("float32", d);
  const shapes = [f32(dims), f32(dims.slice(split)), f32(dims)];
  return make(`gradient of layernorm [${dims}] from ${split}`, shapes, 100, (b, [x, gamma, dy]) => {
    const { hat, along, back, scale, reduce, columnSum, n } = normalised(b, x, dims, split);
    const dhat = b.binary("multiply", dy, along(gamma));
    const a = b.binary("divide", reduce("add", dhat, 0), n);
    const c = b.binary("divide", reduce("add", b.binary("multiply", dhat, hat), 0), n);
    const inner = b.binary("subtract", b.binary("subtract", dhat, back(a)), b.binary("multiply", hat, back(c)));
    return [b.binary("multiply", inner, back(scale)), columnSum(b.binary("multiply", dy, hat)), columnSum(dy)];
  });
}

/** An array reduced along some dimensions, from an init that counts. */
export function reduction(
  name: ReducerName,
  dtype: DType,
  dims: readonly number[],
  along: readonly number[],
  args?: readonly HostArray[],
  start?: number,
): Case {
  const { kind } = dtypes[dtype];
  const init = start ?? (kind === "bool" ? name === "and" : kind === "float" ? 0.5 : 1);
  const title = `${name} of ${dtype}[${dims}] along ${along}${args === undefined ? "" : ", special values"}`;
  return make(
    title,
    [arrayShape(dtype, dims)],
    4 * Math.sqrt(dims.reduce((p, q) => p * q, 1)),
    (b, [x]) => b.reduce([x], [b.scalar(dtype, init)], along, b.reducer(name, dtype))[0],
    args,
  );
}

/** A sum of columns and one of everything beside an elementwise result. */
export function sumsBeside(dims: readonly number[]): Case {
  const f32 = arrayShape("float32", dims);
  return make(`sums beside a result [${dims}]`, [f32, f32], 100, (b, [x, y]) => {
    const o = over(b, dims, 1, "float32");
    const product = b.binary("multiply", x, y);
    return [product, o.columnSum(product), o.total(b.binary("add", x, y))];
  });
}

/** Sums and products of columns, more of them than shared memory has room for at once. */
export function manyColumns(dims: readonly number[], count: number, dtype: DType): Case {
  const shape = arrayShape(dtype, dims);
  return make(`${count} columns' sums ${dtype}[${dims}]`, [shape, shape], 100, (b, [x, y]) =>
    range(count).map((k) => {
      const value = b.binary("multiply", x, b.binary("add", y, b.fill(k, dtype, dims)));
      return b.reduce([value], [b.scalar(dtype, 0)], [0], b.reducer("add", dtype))[0];
    }),
  );
}

/** Where the largest element of each row is, and what it is; ties by the lesser index, NaN before all. */
export function argmax(dims: readonly number[], along: readonly number[], args?: readonly HostArray[]): Case {
  const [value, index] = [arrayShape("float32", []), arrayShape("int32", [])];
  const shape = arrayShape("float32", dims);
  return make(
    `argmax [${dims}] along ${along}${args === undefined ? "" : ", special values"}`,
    [shape],
    1e-30,
    (b, [x]) => {
      const better = b.computation("better", [value, index, value, index], (c, [p, i, q, j]) => {
        const xNaN = c.compare(p, p, "NE");
        const first = c.binary("or", c.compare(p, q, "GT"), xNaN);
        const both = c.binary("and", xNaN, c.compare(q, q, "NE"));
        const tie = c.binary("or", c.compare(p, q, "EQ"), both);
        return [c.select(first, p, q), c.select(c.select(tie, c.compare(i, j, "LT"), first), i, j)];
      });
      const counted = b.iota("int32", dims, along[along.length - 1]);
      const inits = [b.scalar("float32", Number.NEGATIVE_INFINITY), b.scalar("int32", 2 ** 31 - 1)];
      return b.reduce([x, counted], inits, along, better);
    },
    args,
    "loop",
  );
}

/** Operands that lie across the result: alone, with others, in a batch, and beside a row of them read as they are. */
export function transposed(dims: readonly number[], order: readonly number[], dtype: DType = "float32"): Case {
  const out = order.map((d) => dims[d]);
  const shapes = [arrayShape(dtype, dims), arrayShape(dtype, out), arrayShape(dtype, dims)];
  const name = `${dtype}[${dims}] transposed to ${order}`;
  const body = (b: HloBuilder, [x, y, z]: HloInstruction[]) => [
    b.binary(dtype === "bool" ? "or" : "add", b.transpose(x, order), y),
    b.transpose(b.binary(dtype === "bool" ? "and" : "multiply", x, z), order),
  ];
  // The parts of complex products cancel.
  const scale = dtypes[dtype].kind === "complex" ? 10 : 1e-30;
  return make(name, shapes, scale, body, undefined, "loop");
}

/** Floats among which NaNs, infinities and both zeros lie, a row's only one of each at most. */
export function specials(rows: number, columns: number): Float32Array {
  const out = new Float32Array(rows * columns).map((_, k) => Math.fround(Math.sin(k)));
  const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let r = 0; r < rows; r++) if (r % 4 < 3) out[r * columns + ((r * 7) % columns)] = special[r % 4];
  return out;
}

/** Zeros of both signs: all of them negative in every second row. */

export const zeros = (rows: number, columns: number): Float32Array =>
  new Float32Array(rows * columns).map((_, k) => (Math.floor(k / columns) % 2 === 0 || k % 5 !== 0 ? -0 : 0));

const widths = [1, 31, 32, 33, 1000, 1025];

/** Odd sizes, all types, and what is not a number. */
export const cases: readonly Case[] = [
  ...widths.flatMap((n) => [softmax([7, n], 1), layerNorm([7, n], 1), softmaxGradient([7, n], 1)]),
  ...widths.map((n) => layerNormGradient([37, n], 1)),
  softmax([3, 5, 7], 2),
  softmax([3, 5, 7], 1),
  softmax([64], 0),
  softmax([1, 20001], 1),
  softmax([5, 96], 1, "bfloat16"),
  softmax([5, 1040], 1, "float16"),
  softmax([5, 40], 1, "float64"),
  layerNorm([3, 5, 7], 1),
  layerNorm([3, 40000], 1),
  layerNormGradient([4, 6, 40], 2),
  layerNormGradient([4097, 9], 1),
  layerNormGradient([801, 64], 1),
  layerNormGradient([3, 9001], 1),
  ...[1, 7, 4097].flatMap((rows) => widths.slice(0, 4).map((n) => reduction("add", "float32", [rows, n], [1]))),
  ...[1, 7, 4097].flatMap((rows) => widths.slice(0, 4).map((n) => reduction("add", "float32", [rows, n], [0]))),
  ...[[1, 1], [7, 33], [4097, 5], [300, 300], [1, 70001]].map((dims) => reduction("add", "float32", dims, [0, 1])),
  ...(["maximum", "minimum", "multiply"] as const).flatMap((name) =>
    [[1], [0], [0, 1]].map((along) => reduction(name, "float32", [45, 70], along)),
  ),
  ...(["bfloat16", "float16", "float64", "int32", "int8", "uint16", "int64", "complex64"] as const).flatMap((dtype) =>
    [[1], [0], [0, 1]].map((along) => reduction("add", dtype, [45, 136], along)),
  ),
  ...(["and", "or"] as const).flatMap((name) => [[1], [0], [0, 1]].map((along) => reduction(name, "bool", [45, 136], along))),
  reduction("add", "float32", [3, 50001], [1]),
  reduction("maximum", "float32", [9, 2100], [1], [specials(9, 2100)]),
  reduction("maximum", "float32", [9, 70], [0], [specials(9, 70)]),
  reduction("minimum", "float32", [9, 70], [0, 1], [specials(9, 70)]),
  sumsBeside([45, 33]),
  manyColumns([70, 40], 14, "float64"),
  manyColumns([40, 33], 5, "complex128"),
  sumsBeside([3000, 17]),
  argmax([7, 33], [1]),
  argmax([7, 1025], [1]),
  argmax([40, 40], [1], [specials(40, 40)]),
  argmax([1, 40001], [1]),
  transposed([64, 96], [1, 0]),
  transposed([70, 45], [1, 0]),
  transposed([3, 40, 50], [0, 2, 1]),
  transposed([33, 2, 47], [2, 1, 0], "bfloat16"),
  transposed([33, 3, 47], [2, 0, 1], "float64"),
  transposed([100, 40], [1, 0], "int8"),
  transposed([40, 100], [1, 0], "bool"),
  transposed([40, 36], [1, 0], "complex64"),
]; // biome-ignore format: a table
