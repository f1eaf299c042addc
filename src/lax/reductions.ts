/** Reductions over given axes, and running ones along one. */
import type { ArrayLike } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { normalizeAxes, normalizeAxis } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { tensor } from "./operands.js";
import { placed } from "./place.js";

const reduction = (name: string, f: (x: Tensor, axes: readonly number[]) => Tensor) =>
  Object.defineProperty(
    (x: ArrayLike, axes: readonly number[]): Tensor => {
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

/** The options of running reductions. */
export interface CumulativeOptions {
  /** Default 0. */
  readonly axis?: number;
  /** From the last element backwards. */
  readonly reverse?: boolean;
}

const running = (name: string, f: (x: Tensor, axis: number, reverse?: boolean) => Tensor) =>
  Object.defineProperty(
    (x: ArrayLike, axis?: number | CumulativeOptions, options?: CumulativeOptions): Tensor => {
      const given = placed(name, "axis", axis, options, ["reverse"]);
      const a = tensor(name, x);
      return f(a, normalizeAxis(given.axis ?? 0, a.ndim, name), given.reverse ?? false);
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

/** The options of {@link sort}. */
export interface SortOptions {
  /** The last unless given. */
  readonly dimension?: number;
  readonly isStable?: boolean;
  /** How many of the operands order; the others go along. */
  readonly numKeys?: number;
}

/**
 * Sorted along a dimension, NaN last. Several operands are sorted together, by the first `numKeys` of them.
 * @example
 * lax.sort(np.array([2, 3, 1])).js(); // [1, 2, 3]
 */
export function sort(x: ArrayLike, dimension?: number | SortOptions, options?: SortOptions): Tensor;
export function sort(xs: readonly Tensor[], dimension?: number | SortOptions, options?: SortOptions): Tensor[];
export function sort(
  x: ArrayLike | readonly Tensor[],
  dimension?: number | SortOptions,
  options?: SortOptions,
): Tensor | Tensor[] {
  const { dimension: along = -1, ...rest } = placed("lax.sort", "dimension", dimension, options, [
    "isStable",
    "numKeys",
  ]);
  const many = Array.isArray(x) && x.length > 0 && x.every((y) => y instanceof Tensor);
  const all = many ? (x as readonly Tensor[]) : [tensor("lax.sort", x as ArrayLike)];
  const sorted = [...p.sort(all, normalizeAxis(along, all[0].ndim, "lax.sort"), rest)];
  return many ? sorted : sorted[0];
}

/** The options of {@link sortKeyVal}. */
export type SortKeyValOptions = Pick<SortOptions, "dimension" | "isStable">;
/** Keys sorted along a dimension, and values in the same order. */
export function sortKeyVal(
  keys: ArrayLike,
  values: ArrayLike,
  dimension?: number | SortKeyValOptions,
  options?: SortKeyValOptions,
): [Tensor, Tensor] {
  const { dimension: along = -1, ...rest } = placed("lax.sortKeyVal", "dimension", dimension, options, ["isStable"]);
  const [k, v] = [tensor("lax.sortKeyVal", keys), tensor("lax.sortKeyVal", values)];
  const [a, b] = p.sort([k, v], normalizeAxis(along, k.ndim, "lax.sortKeyVal"), rest);
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

/** The options of {@link approxMaxK} and {@link approxMinK}. */
export interface ApproxOptions {
  /** The last unless given. */
  readonly reductionDimension?: number;
  /** The share of the true results that must be found. Here all are. */
  readonly recallTarget?: number;
}
const approxOptions = ["reductionDimension", "recallTarget"];

/** The k largest elements along a dimension, descending, and their indices. Exact, which any recall target allows. */
export function approxMaxK(x: ArrayLike, k: number, options: ApproxOptions = {}): [values: Tensor, indices: Tensor] {
  checkOptions("lax.approxMaxK", options, approxOptions);
  return topK(x, k, { axis: options.reductionDimension ?? -1 });
}
/** The k smallest elements along a dimension, ascending, and their indices. Exact, which any recall target allows. */
export function approxMinK(x: ArrayLike, k: number, options: ApproxOptions = {}): [values: Tensor, indices: Tensor] {
  checkOptions("lax.approxMinK", options, approxOptions);
  const a = tensor("lax.approxMinK", x);
  const d = normalizeAxis(options.reductionDimension ?? -1, a.ndim, "lax.approxMinK");
  const sorted = p.sort([a, p.iota("int32", a.shape, d)], d, { numKeys: 1 });
  const limits = a.shape.map((n, i) => (i === d ? k : n));
  const [values, indices] = sorted.map((y) =>
    p.slice(
      y,
      a.shape.map(() => 0),
      limits,
    ),
  );
  return [values, indices];
}
