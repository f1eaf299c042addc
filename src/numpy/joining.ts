/** Tensors put together and taken apart. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { normalizeAxis } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { concatenate as join, split as splitAt, stack as stackAlong } from "../primitives/concatenate.js";
import { convert } from "../primitives/convert.js";
import { reshape, squeeze } from "../primitives/shape.js";
import { asTensors, promoteDtypes, toTensor } from "./promote.js";
import { atleast1d, atleast2d, atleast3d, ravel } from "./shapes.js";

export interface JoinOptions {
  /** The element type of the result; by default what the operands promote to. */
  readonly dtype?: DType;
}

type Many = readonly ArrayLike[] | Tensor;

function tensors(fn: string, xs: Many, options: JoinOptions): Tensor[] {
  checkOptions(fn, options, ["dtype"]);
  const all = xs instanceof Tensor ? [...unstack(xs)] : asTensors(fn, ...xs);
  if (all.length === 0) throw new ArgumentError("CT003", `${fn}: there is nothing to join. Give one tensor at least.`);
  if (options.dtype === undefined) return promoteDtypes(...all);
  const dtype = asDType(options.dtype, fn);
  return all.map((x) => convert(x, dtype));
}

/**
 * Joins tensors along an axis they have; with `axis` null, their elements in one row.
 * @throws ShapeError CT107 if other dimensions differ
 * @example
 * np.concatenate([np.zeros([2]), np.ones([1])]).js(); // [0, 0, 1]
 */
export function concatenate(xs: Many, axis: number | null = 0, options: JoinOptions = {}): Tensor {
  const all = tensors("concatenate", xs, options);
  if (axis === null)
    return join(
      all.map((x) => ravel(x)),
      0,
    );
  if (all[0].ndim === 0) {
    throw new ShapeError(
      "CT107",
      "concatenate: a 0-d tensor has no axis to be joined along. Use stack, or give it one with expandDims.",
    );
  }
  return join(all, normalizeAxis(axis, all[0].ndim, "concatenate"));
}
/** Another name of concatenate. */
export const concat = concatenate;

/** Joins tensors of one shape along a new axis. */
export function stack(xs: Many, axis = 0, options: JoinOptions = {}): Tensor {
  const all = tensors("stack", xs, options);
  return stackAlong(all, normalizeAxis(axis, all[0].ndim + 1, "stack"));
}

/** Joins tensors as rows, on top of each other. */
export function vstack(xs: Many, options: JoinOptions = {}): Tensor {
  return join(
    tensors("vstack", xs, options).map((x) => atleast2d(x)),
    0,
  );
}

/** Joins tensors side by side: along the second axis, vectors along their only one. */
export function hstack(xs: Many, options: JoinOptions = {}): Tensor {
  const all = tensors("hstack", xs, options).map((x) => atleast1d(x));
  return join(all, all[0].ndim === 1 ? 0 : 1);
}

/** Joins tensors along the third axis. */
export function dstack(xs: Many, options: JoinOptions = {}): Tensor {
  return join(
    tensors("dstack", xs, options).map((x) => atleast3d(x)),
    2,
  );
}

/** Joins vectors as columns; matrices side by side. */
export function columnStack(xs: Many): Tensor {
  const columns = tensors("columnStack", xs, {}).map((x) => (x.ndim < 2 ? reshape(x, [x.size, 1]) : x));
  return join(columns, 1);
}

/** Values put at the end: along an axis, or with `axis` null in one row. */
export function append(x: ArrayLike, values: ArrayLike, axis: number | null = null): Tensor {
  return concatenate([x, values], axis);
}

/** A tensor from nested lists of blocks: the innermost lists are joined along the last axis, and so on outwards. */
export function block(blocks: ArrayLike | readonly unknown[]): Tensor {
  const depth = (b: unknown): number => (Array.isArray(b) ? 1 + depth(b[0]) : 0);
  const levels = depth(blocks);
  const build = (b: unknown, level: number): Tensor => {
    if (!Array.isArray(b)) {
      const x = toTensor("block", b as ArrayLike);
      return x.ndim >= levels ? x : reshape(x, [...new Array<number>(levels - x.ndim).fill(1), ...x.shape]);
    }
    const parts = promoteDtypes(...b.map((c) => build(c, level + 1)));
    return join(parts, parts[0].ndim - levels + level);
  };
  return build(blocks, 0);
}

/** The slices along an axis, without it. */
export function unstack(x: ArrayLike, axis = 0): Tensor[] {
  const a = toTensor("unstack", x);
  const d = normalizeAxis(axis, a.ndim, "unstack");
  if (a.shape[d] === 0) return [];
  return splitAt(a, new Array<number>(a.shape[d]).fill(1), d).map((piece) => squeeze(piece, [d]));
}

/** Sizes of the pieces of an axis cut at the given places, as Python slices would cut it. */
function piecesAt(n: number, places: readonly number[]): number[] {
  const clip = (p: number): number => Math.min(Math.max(p < 0 ? p + n : p, 0), n);
  const bounds = [0, ...places.map(clip), n];
  return bounds.slice(1).map((b, i) => Math.max(b - bounds[i], 0));
}

function cut(fn: string, x: ArrayLike, pieces: number | readonly number[], axis: number, even: boolean): Tensor[] {
  const a = toTensor(fn, x);
  const d = normalizeAxis(axis, a.ndim, fn);
  const n = a.shape[d];
  if (typeof pieces !== "number") return [...splitAt(a, piecesAt(n, pieces), d)];
  if (!Number.isInteger(pieces) || pieces < 1) {
    throw new ArgumentError("CT003", `${fn}: the number of pieces must be a positive integer, but it is ${pieces}.`);
  }
  const rest = n % pieces;
  if (even && rest !== 0) {
    throw new ShapeError(
      "CT107",
      `${fn}: axis ${axis} of size ${n} does not fall into ${pieces} equal pieces. Use arraySplit, or give the places to cut at.`,
    );
  }
  const size = Math.floor(n / pieces);
  return [
    ...splitAt(
      a,
      Array.from({ length: pieces }, (_, i) => size + (i < rest ? 1 : 0)),
      d,
    ),
  ];
}

/** Cut along an axis into that many equal pieces, or at the given places. */
export const split = (x: ArrayLike, pieces: number | readonly number[], axis = 0): Tensor[] =>
  cut("split", x, pieces, axis, true);
/** As split, but the first pieces may be one longer than the others. */
export const arraySplit = (x: ArrayLike, pieces: number | readonly number[], axis = 0): Tensor[] =>
  cut("arraySplit", x, pieces, axis, false);
/** As split along the first axis. */
export const vsplit = (x: ArrayLike, pieces: number | readonly number[]): Tensor[] => cut("vsplit", x, pieces, 0, true);
/** As split along the second axis; a vector's only one. */
export function hsplit(x: ArrayLike, pieces: number | readonly number[]): Tensor[] {
  const a = toTensor("hsplit", x);
  return cut("hsplit", a, pieces, a.ndim === 1 ? 0 : 1, true);
}
/** As split along the third axis. */
export const dsplit = (x: ArrayLike, pieces: number | readonly number[]): Tensor[] => cut("dsplit", x, pieces, 2, true);
