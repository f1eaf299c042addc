/** Diagonals, triangles, identity and Vandermonde matrices. */
import type { ArrayLike } from "../core/array-like.js";
import { type DType, defaultFloat } from "../core/dtype.js";
import { literal } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { type ArrayOptions, arrayOptions, asInteger, dtypeOption, placed } from "./arguments.js";
import { power } from "./exponential.js";
import { scatterInto } from "./indexing/at.js";
import { takeIndex } from "./indexing/take-index.js";
import { jitted } from "./jitted.js";
import { asTensors, toTensor } from "./promote.js";
import { sum } from "./reductions.js";
import { ravel } from "./shapes.js";
import { whereTensors } from "./where.js";

/** Where row i and column i + k cross. */
function onDiagonal(rows: number, columns: number, k: number): Tensor {
  const [i, j] = [p.iota("int32", [rows, columns], 0), p.iota("int32", [rows, columns], 1)];
  return p.eq(p.add(i, literal(k, "int32")), j);
}
/** Where the column is at most the row's number plus k. */
function upToDiagonal(rows: number, columns: number, k: number): Tensor {
  const shifted = p.add(p.iota("int32", [rows, columns], 0), literal(k, "int32"));
  return p.ge(shifted, p.iota("int32", [rows, columns], 1));
}

export interface EyeOptions extends ArrayOptions {
  /** Which diagonal is ones: 0 the main one, above it positive. */
  readonly k?: number;
}

/** A matrix with ones on a diagonal and zeros elsewhere; square if `columns` is left out. */
export function eye(rows: number, columns?: number | null, options: EyeOptions = {}): Tensor {
  checkOptions("eye", options, [...arrayOptions, "k"]);
  const n = size("eye", rows);
  const m = columns === undefined || columns === null ? n : size("eye", columns);
  const dtype = dtypeOption("eye", options.dtype) ?? defaultFloat;
  const ones = p.convert(onDiagonal(n, m, asInteger("eye", "k", options.k ?? 0)), dtype);
  return placed("eye", ones, options.device);
}
/** The identity matrix. */
export const identity = (n: number, options: ArrayOptions = {}): Tensor => {
  checkOptions("identity", options, arrayOptions);
  return eye(n, null, options);
};

function size(fn: string, x: number): number {
  const n = asInteger(fn, "a size", x);
  if (n >= 0) return n;
  throw new ShapeError("CT107", `${fn}: a size is ${n}. Sizes are 0 or more.`);
}

/** Ones on and below a diagonal, zeros above. */
export function tri(
  rows: number,
  columns?: number | null,
  options: { readonly k?: number; readonly dtype?: DType } = {},
): Tensor {
  checkOptions("tri", options, ["k", "dtype"]);
  const n = size("tri", rows);
  const m = columns === undefined || columns === null ? n : size("tri", columns);
  return p.convert(upToDiagonal(n, m, options.k ?? 0), dtypeOption("tri", options.dtype) ?? defaultFloat);
}

function matrixSizes(fn: string, x: Tensor): [number, number] {
  if (x.ndim >= 2) return [x.shape[x.ndim - 2], x.shape[x.ndim - 1]];
  throw new ShapeError("CT107", `${fn}: x has shape [${x.shape}], but it must have at least two axes.`);
}
/** The mask of the last two axes, for all of x. */
const overMatrices = (mask: Tensor, x: Tensor): Tensor => p.broadcastInDim(mask, x.shape, range(x.ndim - 2, x.ndim));

const trilCall = jitted("tril", ([x], k: number) => {
  const [n, m] = matrixSizes("tril", x);
  return p.select(overMatrices(upToDiagonal(n, m, k), x), x, p.zerosLike(x));
});
const triuCall = jitted("triu", ([x], k: number) => {
  const [n, m] = matrixSizes("triu", x);
  return p.select(overMatrices(upToDiagonal(n, m, k - 1), x), p.zerosLike(x), x);
});
/** x with zeros above a diagonal of the last two axes. */
export function tril(x: ArrayLike, k = 0): Tensor {
  return trilCall([toTensor("tril", x)], asInteger("tril", "k", k));
}
/** x with zeros below a diagonal of the last two axes. */
export function triu(x: ArrayLike, k = 0): Tensor {
  return triuCall([toTensor("triu", x)], asInteger("triu", "k", k));
}

export interface DiagonalOptions {
  /** Which diagonal: 0 the main one, above it positive. */
  readonly offset?: number;
  readonly axis1?: number;
  readonly axis2?: number;
}
const diagonalOptions = ["offset", "axis1", "axis2"];

const diagonalCall = jitted("diagonal", ([x], offset: number, axis1: number, axis2: number) => {
  const moved = p.transpose(x, [...range(x.ndim).filter((d) => d !== axis1 && d !== axis2), axis1, axis2]);
  const [n, m] = [x.shape[axis1], x.shape[axis2]];
  const length = Math.max(0, Math.min(n + Math.min(offset, 0), m - Math.max(offset, 0)));
  const steps = (from: number): Tensor => {
    const i = p.iota("int32", [length], 0);
    return from === 0 ? i : p.add(from, i);
  };
  return takeIndex("diagonal", moved, ["...", steps(Math.max(0, -offset)), steps(Math.max(0, offset))]);
});

function twoAxes(fn: string, x: Tensor, axis1: number, axis2: number): [number, number] {
  if (x.ndim < 2) throw new ShapeError("CT107", `${fn}: x has shape [${x.shape}], but it must have at least two axes.`);
  const [a, b] = [normalizeAxis(axis1, x.ndim, fn), normalizeAxis(axis2, x.ndim, fn)];
  if (a !== b) return [a, b];
  throw new ShapeError("CT101", `${fn}: axis1 and axis2 are both ${a}, but a diagonal runs through two axes.`);
}

/** The elements on a diagonal of two axes (the first two by default), which becomes the last axis. */
export function diagonal(x: ArrayLike, options: DiagonalOptions = {}): Tensor {
  checkOptions("diagonal", options, diagonalOptions);
  const { offset = 0, axis1 = 0, axis2 = 1 } = options;
  const t = toTensor("diagonal", x);
  return diagonalCall([t], asInteger("diagonal", "offset", offset), ...twoAxes("diagonal", t, axis1, axis2));
}

const diagCall = jitted("_diag", ([x], k: number) => {
  if (x.ndim === 2) return diagonal(x, { offset: k });
  if (x.ndim !== 1) {
    throw new ShapeError(
      "CT107",
      `diag: x has shape [${x.shape}], but it must be a vector or a matrix. Use diagonal for more axes.`,
    );
  }
  const n = x.size + Math.abs(k);
  const padded = p.pad(x, p.scalarLike(x, 0), [[Math.max(0, k), Math.max(0, -k), 0]]);
  // Above the main diagonal an element stands in its own column, below in its own row.
  const spread = k > 0 ? p.expandDims(padded, [0]) : p.expandDims(padded, [1]);
  return whereTensors(onDiagonal(n, n, k), spread, p.scalarLike(x, 0));
});
/** The diagonal of a matrix, or the matrix with a vector on its diagonal; `k` above the main one. */
export function diag(x: ArrayLike, k = 0): Tensor {
  return diagCall([toTensor("diag", x)], asInteger("diag", "k", k));
}
/** The matrix with the elements of x, in row-major order, on a diagonal. */
export const diagflat = (x: ArrayLike, k = 0): Tensor => diagCall([ravel(x)], asInteger("diagflat", "k", k));

const traceCall = jitted("trace", ([x], offset: number, axis1: number, axis2: number, dtype: DType | undefined) => {
  const moved = p.transpose(x, [...range(x.ndim).filter((d) => d !== axis1 && d !== axis2), axis1, axis2]);
  const mask = overMatrices(onDiagonal(x.shape[axis1], x.shape[axis2], offset), moved);
  return sum(whereTensors(mask, moved, p.zerosLike(moved)), [-2, -1], dtype === undefined ? {} : { dtype });
});
/** The sum of a diagonal of two axes, the first two by default. */
export function trace(x: ArrayLike, options: DiagonalOptions & { readonly dtype?: DType } = {}): Tensor {
  checkOptions("trace", options, [...diagonalOptions, "dtype"]);
  const { offset = 0, axis1 = 0, axis2 = 1 } = options;
  const t = toTensor("trace", x);
  return traceCall([t], offset, ...twoAxes("trace", t, axis1, axis2), dtypeOption("trace", options.dtype));
}

/** A copy of x with values, repeated as needed, on the diagonal through all axes. */
export function fillDiagonal(x: ArrayLike, values: ArrayLike, options: { readonly wrap?: boolean } = {}): Tensor {
  checkOptions("fillDiagonal", options, ["wrap"]);
  const [t, v] = asTensors("fillDiagonal", x, values);
  if (t.ndim < 2 || (t.ndim > 2 && new Set(t.shape).size > 1)) {
    throw new ShapeError(
      "CT107",
      `fillDiagonal: x has shape [${t.shape}], but it must be a matrix, or have more axes of one size.`,
    );
  }
  const [n, m] = t.shape;
  if (options.wrap && t.ndim === 2 && n > m + 1) {
    // In row-major order the diagonal is every (m + 1)-th element, which goes on after the last column.
    const flat = scatterInto(
      "fillDiagonal",
      ravel(t),
      [[null, null, m + 1]],
      cycled(v, Math.ceil((n * m) / (m + 1))),
      p.scatter,
    );
    return p.reshape(flat, t.shape);
  }
  const length = Math.min(...t.shape);
  const i = p.iota("int32", [length], 0);
  return scatterInto(
    "fillDiagonal",
    t,
    t.shape.map(() => i),
    cycled(v, length),
    p.scatter,
  );
}

/** A vector of the values, over and over, of the given length; a scalar as it is. */
function cycled(values: Tensor, length: number): Tensor {
  if (values.ndim === 0) return values;
  const flat = ravel(values);
  const copies = Math.max(1, Math.ceil(length / flat.size));
  return p.slice(p.reshape(p.broadcastInDim(flat, [copies, flat.size], [1]), [copies * flat.size]), [0], [length]);
}

const vanderCall = jitted("vander", ([x], n: number, increasing: boolean) => {
  const i = p.iota(x.dtype, [n], 0);
  const exponents = increasing ? i : p.sub(n - 1, i);
  return power(p.expandDims(x, [1]), p.expandDims(exponents, [0]));
});
/** The matrix whose columns are the powers of a vector, from n - 1 down to 0, or up with `increasing`. */
export function vander(x: ArrayLike, n?: number | null, options: { readonly increasing?: boolean } = {}): Tensor {
  checkOptions("vander", options, ["increasing"]);
  const t = toTensor("vander", x);
  if (t.ndim !== 1) throw new ShapeError("CT107", `vander: x has shape [${t.shape}], but it must be a vector.`);
  return vanderCall([t], n === undefined || n === null ? t.size : size("vander", n), options.increasing ?? false);
}

/** The indices of the diagonal of an array of `ndim` axes of size n: an int32 vector for each axis. */
export function diagIndices(n: number, ndim = 2): Tensor[] {
  const [sizeOfAxis, axes] = [size("diagIndices", n), asInteger("diagIndices", "ndim", ndim)];
  return range(axes).map(() => p.iota("int32", [sizeOfAxis], 0));
}
/** The indices of the diagonal of x, whose axes have one size. */
export function diagIndicesFrom(x: ArrayLike): Tensor[] {
  const t = toTensor("diagIndicesFrom", x);
  if (t.ndim < 2 || new Set(t.shape).size > 1) {
    throw new ShapeError(
      "CT107",
      `diagIndicesFrom: x has shape [${t.shape}], but it must have at least two axes, all of one size.`,
    );
  }
  return diagIndices(t.shape[0], t.ndim);
}

function triangle(
  fn: string,
  n: number,
  k: number,
  m: number | undefined,
  keep: (i: number, j: number) => boolean,
): Tensor[] {
  const [height, width, offset] = [size(fn, n), size(fn, m ?? n), asInteger(fn, "k", k)];
  const rows: number[] = [];
  const columns: number[] = [];
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      if (!keep(i + offset, j)) continue;
      rows.push(i);
      columns.push(j);
    }
  }
  return asTensors(fn, Int32Array.from(rows), Int32Array.from(columns));
}
/** The indices of the lower triangle of an n × m matrix: rows and columns. */
export const trilIndices = (n: number, k = 0, m?: number): Tensor[] =>
  triangle("trilIndices", n, k, m, (d, j) => j <= d);
/** The indices of the upper triangle of an n × m matrix: rows and columns. */
export const triuIndices = (n: number, k = 0, m?: number): Tensor[] =>
  triangle("triuIndices", n, k, m, (d, j) => j >= d);
/** The indices of the lower triangle of a matrix. */
export const trilIndicesFrom = (x: ArrayLike, k = 0): Tensor[] => {
  const [n, m] = matrixSizes("trilIndicesFrom", toTensor("trilIndicesFrom", x));
  return trilIndices(n, k, m);
};
/** The indices of the upper triangle of a matrix. */
export const triuIndicesFrom = (x: ArrayLike, k = 0): Tensor[] => {
  const [n, m] = matrixSizes("triuIndicesFrom", toTensor("triuIndicesFrom", x));
  return triuIndices(n, k, m);
};
/** The indices of the elements that a mask function such as `triu` leaves of an n × n matrix of ones. */
export function maskIndices(n: number, mask: (x: Tensor, k: number) => Tensor, k = 0): Tensor[] {
  if (typeof mask !== "function")
    throw new ArgumentError("CT014", "maskIndices: the second argument must be a function such as np.triu.");
  const values = mask(p.full([n, n], 1, "int32"), k).dataSync();
  const places = range(n * n).filter((i) => Number(values[i]) !== 0);
  return asTensors(
    "maskIndices",
    Int32Array.from(places, (i) => Math.floor(i / n)),
    Int32Array.from(places, (i) => i % n),
  );
}
