/** Parts of tensors, at places known or computed. */

import { jitted } from "../control/jitted.js";
import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { normalizeAxis } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { completeScatterDims, inverseGather, windowSizes } from "../primitives/gather-dims.js";
import * as p from "../primitives/index.js";
import { asMode, type ModeName } from "./modes.js";
import { operands, tensor } from "./operands.js";
import { placed } from "./place.js";

/** Elements from `starts` up to `limits`, every `strides`-th. */
export const slice = (
  x: ArrayLike,
  starts: readonly number[],
  limits: readonly number[],
  strides: readonly number[] | null = null,
): Tensor => p.slice(tensor("lax.slice", x), starts, limits, strides ?? undefined);

/** A slice along one axis; negative places count from the end. */
export function sliceInDim(
  x: ArrayLike,
  start: number | null,
  limit: number | null,
  options: { readonly stride?: number; readonly axis?: number } = {},
): Tensor {
  checkOptions("lax.sliceInDim", options, ["stride", "axis"]);
  const a = tensor("lax.sliceInDim", x);
  const d = normalizeAxis(options.axis ?? 0, a.ndim, "lax.sliceInDim");
  const n = a.shape[d];
  const at = (i: number): number => (i < 0 ? i + n : i);
  const one = (k: number, others: (m: number) => number): number[] => a.shape.map((m, i) => (i === d ? k : others(m)));
  return p.slice(
    a,
    one(at(start ?? 0), () => 0),
    one(at(limit ?? n), (m) => m),
    one(options.stride ?? 1, () => 1),
  );
}

/** The element at a place along one axis; the axis stays, with size 1, unless `keepdims` is false. */
export function indexInDim(
  x: ArrayLike,
  index: number,
  options: { readonly axis?: number; readonly keepdims?: boolean } = {},
): Tensor {
  checkOptions("lax.indexInDim", options, ["axis", "keepdims"]);
  const { axis = 0, keepdims = true } = options;
  const a = tensor("lax.indexInDim", x);
  const d = normalizeAxis(axis, a.ndim, "lax.indexInDim");
  const at = index < 0 ? index + a.shape[d] : index;
  const one = sliceInDim(a, at, at + 1, { axis: d });
  return keepdims ? one : p.squeeze(one, [d]);
}

const isWhole = (i: ArrayLike): i is number | bigint => typeof i === "number" || typeof i === "bigint";

/** Start indices as scalars of one integer type; negative ones count from the end. */
function starts(fn: string, x: Tensor, indices: readonly ArrayLike[] | Tensor): Tensor[] {
  const list = Array.isArray(indices) ? (indices as ArrayLike[]) : [...p.unstack(indices as Tensor, 0)];
  return operands(fn, ...list).map((given, d) => {
    const i = given.weakType ? p.convert(given, "int32") : given;
    if (isWhole(list[d])) return list[d] < 0 ? p.scalarLike(i, Number(list[d]) + x.shape[d]) : i;
    const isNegative = p.lt(i, 0);
    return p.select(isNegative, p.add(i, x.shape[d]), i);
  });
}

/**
 * A slice of fixed sizes at computed places, moved so that it lies inside.
 * @example
 * lax.dynamicSlice(np.arange(5), [np.array(3, { dtype: "int32" })], [3]).js(); // [2, 3, 4]
 */
export function dynamicSlice(
  x: ArrayLike,
  startIndices: readonly ArrayLike[] | Tensor,
  sliceSizes: readonly number[],
): Tensor {
  const a = tensor("lax.dynamicSlice", x);
  return p.dynamicSlice(a, starts("lax.dynamicSlice", a, startIndices), sliceSizes);
}

/** x with a slice replaced, at computed places, moved so that it lies inside. */
export function dynamicUpdateSlice(
  x: ArrayLike,
  update: ArrayLike,
  startIndices: readonly ArrayLike[] | Tensor,
): Tensor {
  const [a, u] = operands("lax.dynamicUpdateSlice", x, update);
  return p.dynamicUpdateSlice(a, u, starts("lax.dynamicUpdateSlice", a, startIndices));
}

const along = (x: Tensor, d: number, index: ArrayLike): ArrayLike[] => x.shape.map((_, i) => (i === d ? index : 0));

/** A slice of a fixed size at a computed place along one axis. */
export function dynamicSliceInDim(
  x: ArrayLike,
  start: ArrayLike,
  size: number,
  axis: number | { readonly axis?: number } = 0,
): Tensor {
  const a = tensor("lax.dynamicSliceInDim", x);
  const options = placed("lax.dynamicSliceInDim", "axis", axis);
  const d = normalizeAxis(options.axis ?? 0, a.ndim, "lax.dynamicSliceInDim");
  return dynamicSlice(
    a,
    along(a, d, start),
    a.shape.map((n, i) => (i === d ? size : n)),
  );
}
/** The options of {@link dynamicIndexInDim}. */
export interface DynamicIndexOptions {
  readonly axis?: number;
  readonly keepdims?: boolean;
}
/** The element at a computed place along one axis; the axis stays, with size 1, unless `keepdims` is false. */
export function dynamicIndexInDim(
  x: ArrayLike,
  index: ArrayLike,
  axis: number | DynamicIndexOptions = 0,
  options: DynamicIndexOptions = {},
): Tensor {
  const given = placed("lax.dynamicIndexInDim", "axis", axis, options, ["keepdims"]);
  const a = tensor("lax.dynamicIndexInDim", x);
  const d = normalizeAxis(given.axis ?? 0, a.ndim, "lax.dynamicIndexInDim");
  return indexInDimCall([a, tensor("lax.dynamicIndexInDim", index)], d, given.keepdims ?? true);
}

const indexInDimCall = jitted("dynamic_index_in_dim", ([x, index], axis: number, keepdims: boolean) => {
  const one = dynamicSliceInDim(x, index, 1, axis);
  return keepdims ? one : p.squeeze(one, [axis]);
});

/** x with a slice along one axis replaced. */
export function dynamicUpdateSliceInDim(x: ArrayLike, update: ArrayLike, start: ArrayLike, axis: number): Tensor {
  const a = tensor("lax.dynamicUpdateSliceInDim", x);
  return dynamicUpdateSlice(a, update, along(a, normalizeAxis(axis, a.ndim, "lax.dynamicUpdateSliceInDim"), start));
}
/** x with the element at a place along one axis replaced. */
export function dynamicUpdateIndexInDim(x: ArrayLike, update: ArrayLike, index: ArrayLike, axis: number): Tensor {
  const [a, u] = operands("lax.dynamicUpdateIndexInDim", x, update);
  const d = normalizeAxis(axis, a.ndim, "lax.dynamicUpdateIndexInDim");
  return dynamicUpdateSliceInDim(a, u.ndim === a.ndim ? u : p.expandDims(u, [d]), index, d);
}

/** The options of {@link gather}. */
export interface GatherOptions extends Omit<p.GatherOptions, "mode"> {
  /** What windows hold that do not lie inside: `fillValue`, or what is there when they are moved inside. */
  readonly mode?: ModeName;
}

/** Windows of x, of fixed sizes, at the index vectors in the last dimension of `indices`. */
export function gather(
  x: ArrayLike,
  indices: ArrayLike,
  dimensionNumbers: p.GatherDimensionsInput,
  sliceSizes: readonly number[],
  options: GatherOptions = {},
): Tensor {
  checkOptions("lax.gather", options, ["mode", "fillValue", "indicesAreSorted", "uniqueIndices"]);
  return p.gather(tensor("lax.gather", x), tensor("lax.gather", indices), dimensionNumbers, sliceSizes, {
    ...options,
    mode: asMode("lax.gather", options.mode),
  });
}

/** Elements at index vectors: one tensor of indices for each of `axes`, whose dimensions are replaced by the indices'. */
export function indexTake(x: ArrayLike, indices: readonly ArrayLike[], axes: readonly number[]): Tensor {
  const a = tensor("lax.indexTake", x);
  const columns = operands("lax.indexTake", ...indices).map((i) => p.expandDims(p.convert(i, "int32"), [i.ndim]));
  const at = columns.length === 1 ? columns[0] : p.concatenate(columns, columns[0].ndim - 1);
  const dims = {
    offsetDims: a.shape
      .map((_, d) => d)
      .filter((d) => !axes.includes(d))
      .map((_, i) => at.ndim - 1 + i),
    collapsedSliceDims: axes,
    startIndexMap: axes,
  };
  return p.gather(
    a,
    at,
    dims,
    a.shape.map((n, d) => (axes.includes(d) ? 1 : n)),
    { mode: "fill_or_drop" },
  );
}

/** The options of scatters. */
export interface ScatterOptions {
  readonly indicesAreSorted?: boolean;
  readonly uniqueIndices?: boolean;
  /** What becomes of windows that do not lie inside: dropped, or moved inside. */
  readonly mode?: ModeName;
}

const scatterOf = (name: string, f: typeof p.scatter) =>
  Object.defineProperty(
    (
      x: ArrayLike,
      indices: ArrayLike,
      updates: ArrayLike,
      dimensionNumbers: p.ScatterDimensionsInput,
      options: ScatterOptions = {},
    ): Tensor => {
      checkOptions(name, options, ["indicesAreSorted", "uniqueIndices", "mode"]);
      const [a, u] = operands(name, x, updates);
      return f(a, tensor(name, indices), u, dimensionNumbers, { ...options, mode: asMode(name, options.mode) });
    },
    "name",
    { value: name },
  );

/** x with windows at the index vectors replaced by updates. */
export const scatter = scatterOf("lax.scatter", p.scatter);
/** x with updates added to windows at the index vectors. */
export const scatterAdd = scatterOf("lax.scatterAdd", p.scatterAdd);
/** x with updates subtracted from windows at the index vectors. */
export const scatterSub = scatterOf("lax.scatterSub", p.scatterSub);
/** x with windows at the index vectors multiplied by updates. */
export const scatterMul = scatterOf("lax.scatterMul", p.scatterMul);
/** x with windows at the index vectors replaced by the lesser of themselves and updates. */
export const scatterMin = scatterOf("lax.scatterMin", p.scatterMin);
/** x with windows at the index vectors replaced by the greater of themselves and updates. */
export const scatterMax = scatterOf("lax.scatterMax", p.scatterMax);

/**
 * x with a function applied to its windows at the index vectors; several updates of one element follow one another.
 * @param options.updateShape the shape of the updates: that of the indices without their last dimension, and the windows
 */
export function scatterApply(
  x: ArrayLike,
  indices: ArrayLike,
  f: (window: Tensor) => ArrayLike,
  dimensionNumbers: p.ScatterDimensionsInput,
  options: ScatterOptions & { readonly updateShape?: readonly number[] } = {},
): Tensor {
  checkOptions("lax.scatterApply", options, ["updateShape", "indicesAreSorted", "uniqueIndices", "mode"]);
  const { updateShape, ...rest } = options;
  const [a, at] = [tensor("lax.scatterApply", x), tensor("lax.scatterApply", indices)];
  const shape = updateShape ?? at.shape.slice(0, -1);
  const d = completeScatterDims(dimensionNumbers);
  const sizes = windowSizes(d, a.ndim, shape);
  const windows = gather(a, at, inverseGather(d), sizes, { mode: "clip" });
  return scatter(a, at, f(windows), dimensionNumbers, rest);
}

/** The slices along an axis, without it. */
export const unstack = (x: ArrayLike, axis: number | { readonly axis?: number } = 0): Tensor[] => {
  const a = tensor("lax.unstack", x);
  const d = placed("lax.unstack", "axis", axis).axis ?? 0;
  return [...p.unstack(a, normalizeAxis(d, a.ndim, "lax.unstack"))];
};
