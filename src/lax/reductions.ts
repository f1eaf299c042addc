/** Reductions over given axes, and running ones along one. */
import type { ArrayLike } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { normalizeAxes, normalizeAxis } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { tensor } from "./operands.js";

type Axes = readonly number[];

const reduction = (name: string, f: (x: Tensor, axes: Axes) => Tensor) =>
  Object.defineProperty(
    (x: ArrayLike, axes: Axes): Tensor => {
      const a = tensor(name, x);
      return f(a, normalizeAxes(axes, a.ndim, name));
    },
    "name",
    { value: name },
  );

/** The sum over axes. */
export const reduceSum = reduction("lax.reduceSum", p.reduceSum);
/** The product over axes. */
export const reduceProd = reduction("lax.reduceProd", p.reduceProd);
/** The largest over axes; of nothing the least there is. */
export const reduceMax = reduction("lax.reduceMax", p.reduceMax);
/** The smallest over axes; of nothing the greatest there is. */
export const reduceMin = reduction("lax.reduceMin", p.reduceMin);
/** The conjunction over axes, bit by bit. */
export const reduceAnd = reduction("lax.reduceAnd", p.reduceAnd);
/** The disjunction over axes, bit by bit. */
export const reduceOr = reduction("lax.reduceOr", p.reduceOr);
/** The exclusive disjunction over axes, bit by bit. */
export const reduceXor = reduction("lax.reduceXor", p.reduceXor);

/** The index of the largest along an axis, the first of equals; NaN counts as largest. */
export const argmax = (x: ArrayLike, axis: number, indexDtype: DType = "int32"): Tensor => {
  const a = tensor("lax.argmax", x);
  return p.argmax(a, normalizeAxis(axis, a.ndim, "lax.argmax"), indexDtype);
};
/** The index of the smallest along an axis, the first of equals; NaN counts as smallest. */
export const argmin = (x: ArrayLike, axis: number, indexDtype: DType = "int32"): Tensor => {
  const a = tensor("lax.argmin", x);
  return p.argmin(a, normalizeAxis(axis, a.ndim, "lax.argmin"), indexDtype);
};

export interface CumulativeOptions {
  /** From the last element backwards. */
  readonly reverse?: boolean;
}

const running = (name: string, f: (x: Tensor, axis: number, reverse?: boolean) => Tensor) =>
  Object.defineProperty(
    (x: ArrayLike, axis = 0, options: CumulativeOptions = {}): Tensor => {
      checkOptions(name, options, ["reverse"]);
      const a = tensor(name, x);
      return f(a, normalizeAxis(axis, a.ndim, name), options.reverse ?? false);
    },
    "name",
    { value: name },
  );

/** The sums of all elements up to each along an axis. */
export const cumsum = running("lax.cumsum", p.cumsum);
/** The products of all elements up to each along an axis. */
export const cumprod = running("lax.cumprod", p.cumprod);
/** The largest of all elements up to each along an axis. */
export const cummax = running("lax.cummax", p.cummax);
/** The smallest of all elements up to each along an axis. */
export const cummin = running("lax.cummin", p.cummin);
/** The logarithms of the sums of exponentials up to each along an axis. */
export const cumlogsumexp = running("lax.cumlogsumexp", p.cumlogsumexp);

export interface SortOptions {
  readonly isStable?: boolean;
  /** How many of the operands order; the others go along. */
  readonly numKeys?: number;
}

/**
 * Sorted along a dimension, NaN last. Several operands are sorted together, by the first `numKeys` of them.
 * @example
 * lax.sort(np.array([2, 3, 1])).js(); // [1, 2, 3]
 */
export function sort(x: Tensor | ArrayLike, dimension?: number, options?: SortOptions): Tensor;
export function sort(xs: readonly Tensor[], dimension?: number, options?: SortOptions): Tensor[];
export function sort(x: ArrayLike | readonly Tensor[], dimension = -1, options: SortOptions = {}): Tensor | Tensor[] {
  checkOptions("lax.sort", options, ["isStable", "numKeys"]);
  const many = Array.isArray(x) && x.length > 0 && typeof x[0] === "object" && "aval" in x[0];
  const all = many ? (x as readonly Tensor[]) : [tensor("lax.sort", x as ArrayLike)];
  const sorted = [...p.sort(all, normalizeAxis(dimension, all[0].ndim, "lax.sort"), options)];
  return many ? sorted : sorted[0];
}
/** Keys sorted along a dimension, and values in the same order. */
export function sortKeyVal(
  keys: ArrayLike,
  values: ArrayLike,
  dimension = -1,
  options: { readonly isStable?: boolean } = {},
): [Tensor, Tensor] {
  checkOptions("lax.sortKeyVal", options, ["isStable"]);
  const [k, v] = [tensor("lax.sortKeyVal", keys), tensor("lax.sortKeyVal", values)];
  const [a, b] = p.sort([k, v], normalizeAxis(dimension, k.ndim, "lax.sortKeyVal"), options);
  return [a, b];
}
/** The k largest elements along an axis, descending, and their indices; of equals the first. */
export function topK(
  x: ArrayLike,
  k: number,
  options: { readonly axis?: number } = {},
): [values: Tensor, indices: Tensor] {
  checkOptions("lax.topK", options, ["axis"]);
  const a = tensor("lax.topK", x);
  return p.topK(a, k, normalizeAxis(options.axis ?? -1, a.ndim, "lax.topK"));
}
