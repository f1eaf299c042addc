/** Shapes: the same elements seen otherwise. */
import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { isPermutation, normalizeAxes, normalizeAxis, prod, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import {
  broadcastInDim,
  transpose as permute,
  reshape as reshapeTo,
  squeeze as squeezeDims,
} from "../primitives/shape.js";
import { asTensors, broadcastShapesOf, broadcastTensors, broadcastToShape, toTensor } from "./promote.js";

type Axes = number | readonly number[];
const list = (axes: Axes): readonly number[] => (typeof axes === "number" ? [axes] : axes);

export interface OrderOptions {
  /** How elements follow on each other: the last index running fastest (`"C"`, the default), or the first (`"F"`). */
  readonly order?: "C" | "F";
}

function isColumnMajor(fn: string, options: OrderOptions): boolean {
  checkOptions(fn, options, ["order"]);
  const { order = "C" } = options;
  if (order === "C" || order === "F") return order === "F";
  throw new ArgumentError("CT003", `${fn}: order is ${JSON.stringify(order)}, but it must be "C" or "F".`);
}

/** All dimensions in reverse order. */
const reversed = (x: Tensor): Tensor => permute(x, range(x.ndim).reverse());

/**
 * The same elements in row-major order, in another shape. One size may be -1: it is worked out from the others.
 * @throws ShapeError CT107 if the sizes do not fit
 * @example
 * np.reshape(np.arange(6), [2, -1]).shape; // [2, 3]
 */
export function reshape(x: ArrayLike, shape: Axes, options: OrderOptions = {}): Tensor {
  const a = toTensor("reshape", x);
  const sizes = resolveShape(a, list(shape));
  if (!isColumnMajor("reshape", options)) return reshapeTo(a, sizes);
  return reversed(reshapeTo(reversed(a), sizes.reverse()));
}

/** A shape with its -1 worked out. */
export function resolveShape(x: Tensor, shape: readonly number[]): number[] {
  const unknown = shape.filter((d) => d === -1).length;
  const known = prod(shape.filter((d) => d !== -1));
  const fits = unknown === 0 ? known === x.size : unknown === 1 && known !== 0 && x.size % known === 0;
  if (!fits || shape.some((d) => !Number.isInteger(d) || d < -1)) {
    throw new ShapeError(
      "CT107",
      `reshape: a tensor of shape [${x.shape}] has ${x.size} elements, which do not fit shape [${shape}]. At most one size may be -1.`,
    );
  }
  return shape.map((d) => (d === -1 ? x.size / known : d));
}

/** The elements in one row. */
export function ravel(x: ArrayLike, options: OrderOptions = {}): Tensor {
  const a = toTensor("ravel", x);
  return reshapeTo(isColumnMajor("ravel", options) ? reversed(a) : a, [a.size]);
}

/**
 * Dimensions in another order: reversed, or as `axes` lists them.
 * @example
 * np.transpose(np.zeros([2, 3])).shape; // [3, 2]
 */
export function transpose(x: ArrayLike, axes: readonly number[] | null = null): Tensor {
  const a = toTensor("transpose", x);
  const order = (axes ?? range(a.ndim).reverse()).map((d) => normalizeAxis(d, a.ndim, "transpose"));
  if (!isPermutation(order) || order.length !== a.ndim) {
    throw new ShapeError("CT102", `transpose: [${axes}] does not list each of the ${a.ndim} axes once.`);
  }
  return permute(a, order);
}
export const permuteDims = transpose;

/** The last two dimensions exchanged. */
export function matrixTranspose(x: ArrayLike): Tensor {
  const a = toTensor("matrixTranspose", x);
  if (a.ndim < 2) {
    throw new ShapeError(
      "CT107",
      `matrixTranspose: a tensor of shape [${a.shape}] is no matrix. It needs two dimensions at least.`,
    );
  }
  return swapaxes(a, -1, -2);
}

/** Two dimensions exchanged. */
export function swapaxes(x: ArrayLike, axis1: number, axis2: number): Tensor {
  const a = toTensor("swapaxes", x);
  const [i, j] = [axis1, axis2].map((d) => normalizeAxis(d, a.ndim, "swapaxes"));
  return permute(
    a,
    range(a.ndim).map((d) => (d === i ? j : d === j ? i : d)),
  );
}

/** Dimensions moved to other places, the rest in order. */
export function moveaxis(x: ArrayLike, source: Axes, destination: Axes): Tensor {
  const a = toTensor("moveaxis", x);
  const from = normalizeAxes(list(source), a.ndim, "moveaxis");
  const to = normalizeAxes(list(destination), a.ndim, "moveaxis");
  if (from.length !== to.length) {
    throw new ArgumentError(
      "CT003",
      `moveaxis: ${from.length} source axes cannot go to ${to.length} places. Give as many of each.`,
    );
  }
  const order = range(a.ndim).filter((d) => !from.includes(d));
  const placed = to.map((t, i) => [t, from[i]] as const).sort((p, q) => p[0] - q[0]);
  for (const [t, f] of placed) order.splice(t, 0, f);
  return permute(a, order);
}

/** An axis rolled backwards until it stands before `start`. */
export function rollaxis(x: ArrayLike, axis: number, start = 0): Tensor {
  const a = toTensor("rollaxis", x);
  const from = normalizeAxis(axis, a.ndim, "rollaxis");
  const to = start < 0 ? start + a.ndim : start;
  return moveaxis(a, from, to > from ? to - 1 : to);
}

/**
 * Without dimensions of size 1: all of them, or those in `axis`.
 * @throws ShapeError CT107 if one has another size
 */
export function squeeze(x: ArrayLike, axis: Axes | null = null): Tensor {
  const a = toTensor("squeeze", x);
  const dims =
    axis === null ? range(a.ndim).filter((d) => a.shape[d] === 1) : normalizeAxes(list(axis), a.ndim, "squeeze");
  return squeezeDims(a, dims);
}

/** With new dimensions of size 1, at places numbered as in the result. */
export function expandDims(x: ArrayLike, axis: Axes): Tensor {
  const a = toTensor("expandDims", x);
  const ndim = a.ndim + list(axis).length;
  const added = normalizeAxes(list(axis), ndim, "expandDims");
  const kept = range(ndim).filter((d) => !added.includes(d));
  return broadcastInDim(
    a,
    range(ndim).map((d) => (added.includes(d) ? 1 : a.shape[kept.indexOf(d)])),
    kept,
  );
}

/** Repeated along new dimensions and those of size 1, to a shape. */
export function broadcastTo(x: ArrayLike, shape: Axes): Tensor {
  return broadcastToShape("broadcastTo", toTensor("broadcastTo", x), list(shape));
}

/** Each repeated to their common shape. */
export function broadcastArrays(...xs: readonly ArrayLike[]): Tensor[] {
  return broadcastTensors("broadcastArrays", ...asTensors("broadcastArrays", ...xs));
}

/** The shape that shapes broadcast to. */
export function broadcastShapes(...shapes: readonly Axes[]): number[] {
  return broadcastShapesOf("broadcastShapes", shapes.map(list));
}

const atleast = (fn: string, raise: (x: Tensor) => Tensor) => {
  function f(x: ArrayLike): Tensor;
  function f(...xs: readonly ArrayLike[]): Tensor[];
  function f(...xs: readonly ArrayLike[]): Tensor | Tensor[] {
    const raised = asTensors(fn, ...xs).map(raise);
    return raised.length === 1 ? raised[0] : raised;
  }
  return f;
};

/** With one dimension at least. */
export const atleast1d = atleast("atleast1d", (x) => (x.ndim >= 1 ? x : reshapeTo(x, [1])));
/** With two dimensions at least: a vector becomes a row. */
export const atleast2d = atleast("atleast2d", (x) => (x.ndim >= 2 ? x : expandDims(atleast1d(x), 0)));
/** With three dimensions at least: a vector becomes [1, n, 1], a matrix [m, n, 1]. */
export const atleast3d = atleast("atleast3d", (x) => {
  if (x.ndim >= 3) return x;
  return x.ndim === 2 ? expandDims(x, 2) : reshapeTo(x, [1, x.size, 1]);
});

/** The number of dimensions. */
export const ndim = (x: ArrayLike): number => toTensor("ndim", x).ndim;
/** The sizes of the dimensions. */
export const shape = (x: ArrayLike): readonly number[] => toTensor("shape", x).shape;
/** The number of elements, or the size along an axis. */
export function size(x: ArrayLike, axis: number | null = null): number {
  const a = toTensor("size", x);
  return axis === null ? a.size : a.shape[normalizeAxis(axis, a.ndim, "size")];
}
