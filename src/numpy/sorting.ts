/** Sorting and searching in sorted order. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import { normalizeAxis } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { concatenate } from "../primitives/concatenate.js";
import { convert } from "../primitives/convert.js";
import { zerosLike } from "../primitives/fill.js";
import { iota } from "../primitives/iota.js";
import { rev } from "../primitives/rev.js";
import { topK as largest, sort as sortTogether } from "../primitives/sort.js";
import { jitted } from "./jitted.js";
import { asTensors, toTensor } from "./promote.js";
import { ravel } from "./shapes.js";
import { gatherAlongAxis } from "./take-along-axis.js";
import { takeRange } from "./take-index.js";

export interface SortOptions {
  /** Whether equal elements keep their order. */
  readonly stable?: boolean;
  /** From the largest down; equal elements still keep their order. */
  readonly descending?: boolean;
}

const sortOptions = ["stable", "descending"];

function axisOf(fn: string, x: ArrayLike, axis: number | null): [Tensor, number] {
  if (axis === null) return [ravel(x), 0];
  const a = toTensor(fn, x);
  return [a, normalizeAxis(axis, a.ndim, fn)];
}

/**
 * Sorted along an axis, NaN last; with `axis` null as one row.
 * @example
 * np.sort(np.array([3, 1, 2])).js(); // [1, 2, 3]
 */
export function sort(x: ArrayLike, axis: number | null = -1, options: SortOptions = {}): Tensor {
  checkOptions("sort", options, sortOptions);
  const { stable = true, descending = false } = options;
  return sortCall([toTensor("sort", x)], axis, stable, descending);
}

const sortCall = jitted("sort", ([x], axis: number | null, isStable: boolean, descending: boolean) => {
  const [a, d] = axisOf("sort", x, axis);
  const [sorted] = sortTogether([a], d, { isStable });
  return descending ? rev(sorted, [d]) : sorted;
});

/** The indices that would sort along an axis. */
export function argsort(x: ArrayLike, axis: number | null = -1, options: SortOptions = {}): Tensor {
  checkOptions("argsort", options, sortOptions);
  const { stable = true, descending = false } = options;
  return argsortCall([toTensor("argsort", x)], axis, stable, descending);
}

const argsortCall = jitted("argsort", ([x], axis: number | null, isStable: boolean, descending: boolean) => {
  const [a, d] = axisOf("argsort", x, axis);
  const places = iota("int32", a.shape, d);
  if (!descending) return sortTogether([a, places], d, { isStable })[1];
  // Reversed before and after, so that equal elements keep their order.
  return rev(sortTogether([rev(a, [d]), rev(places, [d])], d, { isStable })[1], [d]);
});

/** The indices that sort by several keys along the last axis; the last key counts most. */
export function lexsort(keys: readonly ArrayLike[], axis = -1): Tensor {
  const all = asTensors("lexsort", ...keys);
  if (all.length === 0) throw new ArgumentError("CT003", "lexsort: there is no key to sort by. Give one at least.");
  const [first] = all;
  if (first.ndim === 0) return zerosLike({ shape: [], dtype: "int32" });
  const d = normalizeAxis(axis, first.ndim, "lexsort");
  const sorted = sortTogether([...all.reverse(), iota("int32", first.shape, d)], d, { numKeys: keys.length });
  return sorted[keys.length];
}

/** Complex numbers sorted by real, then imaginary part, as one type. */
export function sortComplex(x: ArrayLike): Tensor {
  const a = sort(x, 0);
  return isComplex(a.dtype) ? a : convert(a, a.dtype === "float64" ? "complex128" : "complex64");
}

function kth(fn: string, k: number, n: number): number {
  const i = k < 0 ? k + n : k;
  if (Number.isInteger(i) && i >= 0 && i < n) return i;
  throw new ArgumentError("CT004", `${fn}: kth is ${k}, but the axis has ${n} elements.`);
}

/** The order of a partition: up to place k ascending, behind it descending. */
const partitionCall = jitted("argpartition", ([a], k: number, d: number) => {
  const n = a.shape[d];
  const rising = argsortCall([a], d, true, false);
  const falling = argsortCall([a], d, true, true);
  return concatenate([takeRange(rising, d, 0, k + 1), takeRange(falling, d, 0, n - k - 1)], d);
});

/** Along an axis the element that belongs at place `k` in sorted order stands there, smaller ones before it. */
export function partition(x: ArrayLike, k: number, axis = -1): Tensor {
  const a = toTensor("partition", x);
  const d = normalizeAxis(axis, a.ndim, "partition");
  return gatherAlongAxis(a, partitionCall([a], kth("partition", k, a.shape[d]), d), d);
}

/** The indices that partition would place elements by. */
export function argpartition(x: ArrayLike, k: number, axis = -1): Tensor {
  const a = toTensor("argpartition", x);
  const d = normalizeAxis(axis, a.ndim, "argpartition");
  return partitionCall([a], kth("argpartition", k, a.shape[d]), d);
}

/** The k largest along an axis, descending, and their indices. */
export function topK(x: ArrayLike, k: number, axis = -1): [values: Tensor, indices: Tensor] {
  const a = toTensor("topK", x);
  return largest(a, k, normalizeAxis(axis, a.ndim, "topK"));
}

export { type SearchsortedOptions, searchsorted } from "./searching.js";
