/** Sorting and searching in sorted order. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { normalizeAxis } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { add, div, mul, sub } from "../primitives/arithmetic.js";
import { le, lt, ne } from "../primitives/comparison.js";
import { convert } from "../primitives/convert.js";
import { full, zerosLike } from "../primitives/fill.js";
import { iota } from "../primitives/iota.js";
import { scalarLike } from "../primitives/operand.js";
import { reduceAnd, reduceSum } from "../primitives/reductions.js";
import { select } from "../primitives/select.js";
import { broadcastInDim, reshape, rev } from "../primitives/shape.js";
import { sort as sortTogether, topK } from "../primitives/sort.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteDtypes, toTensor } from "./promote.js";
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

export interface SearchsortedOptions {
  /** Before (`"left"`) or behind (`"right"`) equal elements. */
  readonly side?: "left" | "right";
  /** An order of indices that sorts the elements. */
  readonly sorter?: ArrayLike | null;
}

/**
 * Where values would be put into a sorted vector to keep it sorted.
 * @example
 * np.searchsorted(np.array([1, 2, 3]), 2.5).item(); // 2
 */
export function searchsorted(sorted: ArrayLike, values: ArrayLike, options: SearchsortedOptions = {}): Tensor {
  checkOptions("searchsorted", options, ["side", "sorter"]);
  const { side = "left", sorter = null } = options;
  const [given, wanted] = promoteDtypes(...asTensors("searchsorted", sorted, values));
  if (given.ndim !== 1) {
    throw new ShapeError(
      "CT107",
      `searchsorted: the sorted elements have shape [${given.shape}], but they must be a vector.`,
    );
  }
  if (side !== "left" && side !== "right") {
    throw new ArgumentError(
      "CT003",
      `searchsorted: side is ${JSON.stringify(side)}, but it must be "left" or "right".`,
    );
  }
  const a = sorter === null ? given : gatherAlongAxis(given, convert(toTensor("searchsorted", sorter), "int32"), 0);
  const v = ravel(wanted);
  const shape = [v.size, a.size];
  const [rows, columns] = [broadcastInDim(v, shape, [0]), broadcastInDim(a, shape, [1])];
  // NaN stands last in sorted order, and is put behind every number.
  const isNaN = (x: Tensor): Tensor => ne(x, x);
  const before = side === "left" ? lt(columns, rows) : le(columns, rows);
  const nan = isNaN(rows);
  const behindNumbers =
    side === "left" ? select(nan, not(isNaN(columns)), before) : select(nan, fullTrue(shape), before);
  return reshape(reduceSum(convert(behindNumbers, "int32"), [1]), wanted.shape);
}

const fullTrue = (shape: readonly number[]): Tensor => full(shape, true, "bool");
const not = (x: Tensor): Tensor => select(x, full(x.shape, false, "bool"), full(x.shape, true, "bool"));

/** The number of the bin each value falls into, given increasing (or decreasing) bin edges. */
export function digitize(x: ArrayLike, bins: ArrayLike, options: { readonly right?: boolean } = {}): Tensor {
  checkOptions("digitize", options, ["right"]);
  const edges = toTensor("digitize", bins);
  if (edges.ndim !== 1)
    throw new ShapeError("CT107", `digitize: bins have shape [${edges.shape}], but they must be a vector.`);
  const side = options.right ? "left" : "right";
  if (edges.size === 0) return zerosLike({ shape: toTensor("digitize", x).shape, dtype: "int32" });
  const n = edges.size;
  const up = reduceAnd(le(takeRange(edges, 0, 0, n - 1), takeRange(edges, 0, 1, n)), [0]);
  const rising = searchsorted(edges, x, { side });
  const falling = sub(n, searchsorted(rev(edges, [0]), x, { side: side === "left" ? "right" : "left" }));
  return select(up, rising, falling);
}

/**
 * Linear interpolation: the value at `x` of the line through the points (xp, fp); beyond the ends `left` and `right`, or the
 * values there.
 */
export function interp(
  x: ArrayLike,
  xp: ArrayLike,
  fp: ArrayLike,
  options: { readonly left?: ArrayLike | null; readonly right?: ArrayLike | null } = {},
): Tensor {
  checkOptions("interp", options, ["left", "right"]);
  const [px, pxp, pfp] = promoteDtypes(
    ...asTensors("interp", x, xp, fp).map((t) => convert(t, t.dtype === "float64" ? "float64" : "float32")),
  );
  const n = pxp.size;
  if (pxp.ndim !== 1 || pfp.ndim !== 1 || pfp.size !== n || n === 0) {
    throw new ShapeError(
      "CT103",
      `interp: xp and fp must be vectors of one length above 0, but have shapes [${pxp.shape}] and [${pfp.shape}].`,
    );
  }
  const at = searchsorted(pxp, px, { side: "right" });
  const clip = (i: Tensor): Tensor => clampWithin(i, 1, n - 1);
  const i = clip(at);
  const pick = (v: Tensor, k: Tensor): Tensor => reshape(gatherAlongAxis(v, ravel(k), 0), k.shape);
  const lower = sub(i, 1);
  const [x0, x1, y0, y1] = [pick(pxp, lower), pick(pxp, i), pick(pfp, lower), pick(pfp, i)];
  const width = sub(x1, x0);
  const flat = convert(le(width, 0), "bool");
  const slope = div(sub(y1, y0), select(flat, full(width.shape, 1, width.dtype), width));
  const line = select(flat, y0, add(y0, mul(sub(px, x0), slope)));
  const end = (k: number, given: ArrayLike | null | undefined): Tensor =>
    broadcastInDim(
      given == null ? reshape(takeRange(pfp, 0, k, k + 1), []) : convert(toTensor("interp", given), line.dtype),
      line.shape,
      [],
    );
  const first = broadcastInDim(reshape(takeRange(pxp, 0, 0, 1), []), px.shape, []);
  const last = broadcastInDim(reshape(takeRange(pxp, 0, n - 1, n), []), px.shape, []);
  return select(lt(px, first), end(0, options.left), select(lt(last, px), end(n - 1, options.right), line));
}

/** Each integer held within [low, high]; with high below low it is low. */
const clampWithin = (x: Tensor, low: number, high: number): Tensor => {
  const bound = (k: number): Tensor => full(x.shape, k, x.dtype);
  const capped = select(lt(x, scalarLike(x, high)), x, bound(high));
  return select(lt(capped, scalarLike(x, low)), bound(Math.min(low, Math.max(high, 0))), capped);
};
