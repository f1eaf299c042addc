/** Shapes: broadcasting, reshaping, joining, padding, making. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType } from "../core/dtype.js";
import { isScalarValue, type ScalarValue, scalarType } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { normalizeAxes, normalizeAxis, prod, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { broadcastInDim as inDim } from "../primitives/shape.js";
import { operands, tensor } from "./operands.js";
import { placed } from "./place.js";

/** New dimensions of the given sizes in front. */
export function broadcast(x: ArrayLike, sizes: readonly number[]): Tensor {
  const a = tensor("lax.broadcast", x);
  return inDim(a, [...sizes, ...a.shape], range(sizes.length, sizes.length + a.ndim));
}
/** Dimension i of x becomes dimension `broadcastDimensions[i]` of `shape`. */
export const broadcastInDim = (
  x: ArrayLike,
  shape: readonly number[],
  broadcastDimensions: readonly number[],
): Tensor => inDim(tensor("lax.broadcastInDim", x), shape, broadcastDimensions);

/** The shape that shapes broadcast to: sizes aligned at the end, equal or 1. */
export function broadcastShapes(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((s) => s.length));
  return range(rank).map((d) => {
    const sizes = shapes.flatMap((s) => (d - rank + s.length >= 0 ? [s[d - rank + s.length]] : []));
    const size = sizes.find((n) => n !== 1) ?? 1;
    if (sizes.every((n) => n === 1 || n === size)) return size;
    throw new ShapeError(
      "CT103",
      `lax.broadcastShapes: sizes ${sizes.join(", ")} along axis ${d - rank} are neither equal nor 1.`,
    );
  });
}
/** x repeated to the shape of another tensor: sizes aligned at the end, equal or 1. */
export function broadcastLike(x: ArrayLike, like: ArrayLike): Tensor {
  const [a, b] = [tensor("lax.broadcastLike", x), tensor("lax.broadcastLike", like)];
  const offset = b.ndim - a.ndim;
  if (offset >= 0 && a.shape.every((n, d) => n === 1 || n === b.shape[offset + d])) {
    return inDim(a, b.shape, range(offset, b.ndim));
  }
  throw new ShapeError(
    "CT103",
    `lax.broadcastLike: x has shape [${a.shape}], which does not broadcast to [${b.shape}]. Sizes must be equal or 1.`,
  );
}
/** x with dimensions of size 1 in front, up to a rank. */
export const broadcastToRank = (x: ArrayLike, rank: number): Tensor => {
  const a = tensor("lax.broadcastToRank", x);
  return p.expandDims(a, range(rank - a.ndim));
};

/** The same elements in another shape; with `dimensions`, read in that order of dimensions. */
export function reshape(
  x: ArrayLike,
  newSizes: readonly number[],
  dimensions: readonly number[] | null = null,
): Tensor {
  const a = tensor("lax.reshape", x);
  return p.reshape(dimensions === null ? a : p.transpose(a, dimensions), newSizes);
}
/** Dimensions from `start` up to `stop` as one. */
export function collapse(x: ArrayLike, start: number, stop: number | null = null): Tensor {
  const a = tensor("lax.collapse", x);
  const [from, to] = [start, stop ?? a.ndim].map((d) => (d < 0 ? d + a.ndim : d));
  if (from < 0 || to > a.ndim || from > to) {
    throw new ShapeError(
      "CT100",
      `lax.collapse: dimensions ${start} to ${stop} are not in order within the ${a.ndim} of x.`,
    );
  }
  return p.reshape(a, [...a.shape.slice(0, from), prod(a.shape.slice(from, to)), ...a.shape.slice(to)]);
}
/** Dimension i of the result is dimension `permutation[i]` of x. */
export const transpose = (x: ArrayLike, permutation: readonly number[]): Tensor =>
  p.transpose(tensor("lax.transpose", x), permutation);
/** x with the order of elements along dimensions reversed. */
export const rev = (x: ArrayLike, dimensions: readonly number[]): Tensor => p.rev(tensor("lax.rev", x), dimensions);
/** x without dimensions of size 1. */
export const squeeze = (x: ArrayLike, dimensions: readonly number[]): Tensor => {
  const a = tensor("lax.squeeze", x);
  return p.squeeze(a, normalizeAxes(dimensions, a.ndim, "lax.squeeze"));
};
/** x with new dimensions of size 1, numbered as in the result. */
export const expandDims = (x: ArrayLike, dimensions: readonly number[]): Tensor => {
  const a = tensor("lax.expandDims", x);
  return p.expandDims(a, normalizeAxes(dimensions, a.ndim + dimensions.length, "lax.expandDims"));
};

/** Tensors joined along a dimension. */
export const concatenate = (xs: readonly ArrayLike[], dimension: number): Tensor =>
  p.concatenate(operands("lax.concatenate", ...xs), dimension);
/** Tensors of one shape along a new axis. */
export function stack(xs: readonly ArrayLike[], axis: number | { readonly axis?: number } = 0): Tensor {
  const all = operands("lax.stack", ...xs);
  if (all.length === 0)
    throw new ArgumentError("CT010", "lax.stack: there are no tensors to stack. Pass at least one.");
  const d = normalizeAxis(placed("lax.stack", "axis", axis).axis ?? 0, all[0].ndim + 1, "lax.stack");
  return p.concatenate(
    all.map((x) => p.expandDims(x, [d])),
    d,
  );
}
/** x cut along an axis into pieces of the given sizes. */
export function split(x: ArrayLike, sizes: readonly number[], axis: number | { readonly axis?: number } = 0): Tensor[] {
  const a = tensor("lax.split", x);
  const d = normalizeAxis(placed("lax.split", "axis", axis).axis ?? 0, a.ndim, "lax.split");
  return [...p.split(a, sizes, d)];
}
/** x repeated whole, `reps[i]` times along dimension i. */
export function tile(x: ArrayLike, reps: readonly number[]): Tensor {
  const a = tensor("lax.tile", x);
  if (reps.length !== a.ndim)
    throw new ArgumentError(
      "CT003",
      `lax.tile: ${reps.length} repetitions do not go with the ${a.ndim} dimensions of x.`,
    );
  const spread = inDim(
    a,
    a.shape.flatMap((n, i) => [reps[i], n]),
    a.shape.map((_, i) => 2 * i + 1),
  );
  return p.reshape(
    spread,
    a.shape.map((n, i) => n * reps[i]),
  );
}
/** x with `value` put around and between its elements: `[low, high, interior]` for each dimension; negative ones take away. */
export function pad(x: ArrayLike, value: ArrayLike, config: readonly (readonly [number, number, number])[]): Tensor {
  const [a, v] = operands("lax.pad", x, value);
  return p.pad(a, v, config);
}

/** A tensor of one value. */
export function full(shape: readonly number[], value: ArrayLike, options: { readonly dtype?: DType } = {}): Tensor {
  checkOptions("lax.full", options, ["dtype"]);
  const dtype = options.dtype === undefined ? undefined : asDType(options.dtype, "lax.full");
  if (isScalarValue(value)) {
    const own = scalarType(value as ScalarValue);
    return p.full(shape, value as ScalarValue, dtype ?? own.dtype, dtype === undefined && own.weakType);
  }
  const v = tensor("lax.full", value);
  return inDim(dtype === undefined ? v : p.convert(v, dtype), shape, []);
}
/** A tensor of one value, of x's shape and dtype unless others are given. */
export function fullLike(
  x: ArrayLike,
  value: ArrayLike,
  options: { readonly dtype?: DType; readonly shape?: readonly number[] } = {},
): Tensor {
  checkOptions("lax.fullLike", options, ["dtype", "shape"]);
  const a = tensor("lax.fullLike", x);
  return full(options.shape ?? a.shape, value, { dtype: options.dtype ?? a.dtype });
}
/** 0, 1, 2, … up to `size`. */
export const iota = (dtype: DType, size: number): Tensor => p.iota(asDType(dtype, "lax.iota"), [size], 0);
/** Each element its own place along `dimension`. */
export const broadcastedIota = (dtype: DType, shape: readonly number[], dimension: number): Tensor =>
  p.iota(asDType(dtype, "lax.broadcastedIota"), shape, normalizeAxis(dimension, shape.length, "lax.broadcastedIota"));
/** A tensor of zeros: memory is never left as it was found. */
export const empty = (shape: readonly number[], dtype: DType): Tensor => p.full(shape, 0, asDType(dtype, "lax.empty"));
