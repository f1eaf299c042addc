/** Sorting and searching in sorted order. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import { normalizeAxis } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { convert } from "../primitives/convert.js";
import { zerosLike } from "../primitives/fill.js";
import { iota } from "../primitives/iota.js";
import { rev } from "../primitives/shape.js";
import { sort as sortTogether, topK } from "../primitives/sort.js";
import { jitted } from "./jitted.js";
import { asTensors, toTensor } from "./promote.js";
import { ravel } from "./shapes.js";
import { gatherAlongAxis } from "./take-along-axis.js";

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

/** Along an axis the element that belongs at place `k` in sorted order stands there, smaller ones before it. */
export function partition(x: ArrayLike, k: number, axis = -1): Tensor {
  const a = toTensor("partition", x);
  const order = argpartition(a, k, axis);
  return gatherAlongAxis(a, order, normalizeAxis(axis, a.ndim, "partition"));
}

/** The indices that partition would place elements by. */
export function argpartition(x: ArrayLike, k: number, axis = -1): Tensor {
  const a = toTensor("argpartition", x);
  const d = normalizeAxis(axis, a.ndim, "argpartition");
  kth("argpartition", k, a.shape[d]);
  return argsort(a, d);
}

/** The k largest along the last axis, descending, and their indices. */
export function topk(x: ArrayLike, k: number, axis = -1): [values: Tensor, indices: Tensor] {
  const a = toTensor("topk", x);
  return topK(a, k, normalizeAxis(axis, a.ndim, "topk"));
}

export { type SearchsortedOptions, searchsorted } from "./searching.js";
