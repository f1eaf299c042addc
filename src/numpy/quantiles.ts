/** Quantiles, percentiles and medians. */
import type { ArrayLike } from "../core/array-like.js";
import { dtypes, isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { normalizeAxes, prod, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import type { Axis } from "./arguments.js";
import { cumsum } from "./cumulative.js";
import { takeIndex } from "./indexing/take-index.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteDtypesInexact } from "./promote.js";
import { any, sum } from "./reductions.js";
import { refuseComplex } from "./refuse.js";
import { select3 } from "./where.js";

/** What to give between two elements; `inverted_cdf` takes weights. */
export type QuantileMethod = "linear" | "lower" | "higher" | "midpoint" | "nearest" | "inverted_cdf";
const methods: readonly string[] = ["linear", "lower", "higher", "midpoint", "nearest", "inverted_cdf"];

export interface QuantileOptions {
  readonly method?: QuantileMethod;
  readonly keepdims?: boolean;
  /** Weights of x's shape or of the axis's size, for method `"inverted_cdf"`. */
  readonly weights?: ArrayLike;
}

/** x with the axes gone over as one, which stands at the returned place; the sizes that keep x's rank afterwards. */
function joinAxes(x: Tensor, axis: Axis): { y: Tensor; at: number; kept: number[] } {
  const axes = normalizeAxes(axis, x.ndim, "quantile");
  const kept = x.shape.map((n, d) => (axes.includes(d) ? 1 : n));
  if (axes.length === 1) return { y: x, at: axes[0], kept };
  const others = range(x.ndim).filter((d) => !axes.includes(d));
  const sorted = [...axes].sort((a, b) => a - b);
  const moved = p.transpose(x, [...others, ...sorted]);
  const y = p.reshape(moved, [...others.map((d) => x.shape[d]), prod(sorted.map((d) => x.shape[d]))]);
  return { y, at: others.length, kept };
}

interface Statics {
  readonly axis: Axis;
  readonly method: QuantileMethod;
  readonly keepdims: boolean;
}

/** The elements at positions along the sorted axis: the positions' axis in front, without the sorted one. */
function at(sorted: Tensor, positions: Tensor, axis: number): Tensor {
  const rest = sorted.ndim - 1;
  return p.gather(
    sorted,
    p.expandDims(positions, [positions.ndim]),
    {
      offsetDims: range(positions.ndim, positions.ndim + rest),
      collapsedSliceDims: [axis],
      startIndexMap: [axis],
    },
    sorted.shape.map((n, d) => (d === axis ? 1 : n)),
  );
}

function between(method: QuantileMethod, low: Tensor, high: Tensor, lowWeight: Tensor, highWeight: Tensor): Tensor {
  switch (method) {
    case "lower":
      return low;
    case "higher":
      return high;
    case "nearest":
      return p.select(p.broadcastTo(p.le(highWeight, 0.5), low.shape), low, high);
    case "midpoint":
      return p.mul(p.add(low, high), 0.5);
    default:
      return p.add(p.mul(low, lowWeight), p.mul(high, highWeight));
  }
}

const spreadTo = (w: Tensor, like: Tensor): Tensor =>
  w.ndim === 0 ? w : p.broadcastInDim(w, like.shape, range(w.ndim));

function plainQuantile(x: Tensor, q: Tensor, axis: number, method: QuantileMethod): Tensor {
  const spoiled = any(p.ne(x, x), axis, { keepdims: true });
  const [sorted] = p.sort([select3(spoiled, Number.NaN, x)], axis);
  const last = p.sub(p.scalarLike(q, x.shape[axis]), 1);
  const position = p.mul(q, last);
  const [low, high] = [p.floor(position), p.ceil(position)];
  const highWeight = p.sub(position, low);
  const lowWeight = p.sub(1, highWeight);
  const index = (place: Tensor): Tensor => p.convert(p.clamp(0, place, last), "int32");
  const [lowIndex, highIndex] = [index(low), index(high)];
  const values = [at(sorted, lowIndex, axis), at(sorted, highIndex, axis)];
  return between(method, values[0], values[1], spreadTo(lowWeight, values[0]), spreadTo(highWeight, values[0]));
}

/** Each row has its own number of elements that are not NaN, so places differ from row to row. */
function nanQuantile(x: Tensor, q: Tensor, axis: number, method: QuantileMethod): Tensor {
  const [sorted] = p.sort([select3(p.ne(x, x), Number.NaN, x)], axis);
  const counts = sum(p.bitwiseNot(p.ne(sorted, sorted)), axis, { dtype: q.dtype });
  const last = p.expandDims(p.sub(counts, 1), range(q.ndim));
  const position = p.mul(p.expandDims(q, range(q.ndim, q.ndim + counts.ndim)), last);
  const [low, high] = [p.floor(position), p.ceil(position)];
  const highWeight = p.sub(position, low);
  const lowWeight = p.sub(1, highWeight);
  const index = (place: Tensor): Tensor => p.convert(p.max(0, p.min(place, last)), "int32");
  const shape = position.shape;
  const rows = range(counts.ndim).map((d) => p.iota("int32", shape, d + q.ndim));
  const take = (place: Tensor): Tensor => {
    const parts = [...rows];
    parts.splice(axis, 0, place);
    return takeIndex("nanquantile", sorted, parts);
  };
  const [lowIndex, highIndex] = [index(low), index(high)];
  return between(method, take(lowIndex), take(highIndex), lowWeight, highWeight);
}

/** The first element by which the weights so far reach the share q of their sum. */
function weightedQuantile(x: Tensor, q: Tensor, axis: number, weights: Tensor, skipNan: boolean): Tensor {
  const missing = p.ne(x, x);
  const spoiled = any(missing, axis, { keepdims: true });
  const [sorted, w] = p.sort([skipNan ? x : select3(spoiled, Number.NaN, x), weights], axis);
  const bad = p.bitwiseOr(p.lt(w, 0), p.ne(w, w));
  const clean = select3(p.bitwiseOr(bad, p.ne(sorted, sorted)), 0, w);
  const reached = cumsum(clean, axis);
  const total = sum(clean, axis);
  const targets = p.mul(p.reshape(q, [...q.shape, ...total.shape.map(() => 1)]), p.expandDims(total, range(q.ndim)));
  const below = p.lt(p.expandDims(reached, range(q.ndim)), p.expandDims(targets, [axis + q.ndim]));
  const counts = skipNan
    ? sum(p.bitwiseNot(p.ne(sorted, sorted)), axis, { dtype: "int32" })
    : p.full(total.shape, x.shape[axis], "int32");
  const last = p.max(0, p.expandDims(p.sub(counts, 1), range(q.ndim)));
  const place = p.min(sum(below, axis + q.ndim, { dtype: "int32" }), last);
  const rows = range(total.ndim).map((d) => p.iota("int32", place.shape, d + q.ndim));
  rows.splice(axis, 0, place);
  const value = takeIndex("quantile", sorted, rows);
  const wrong = any(bad, axis);
  return select3(wrong, Number.NaN, select3(p.le(total, 0), Number.NaN, value));
}

function compute(operands: readonly Tensor[], { axis, method, keepdims }: Statics, skipNan: boolean): Tensor {
  const [x, q] = operands;
  const [a, given] = promoteDtypesInexact(x, ...operands.slice(2));
  if (isComplex(a.dtype)) return refuseComplex("quantile");
  const [, share] = promoteDtypesInexact(a, q);
  const { y, at: d, kept } = joinAxes(a, axis);
  let out: Tensor;
  if (method === "inverted_cdf") {
    const weights = given === undefined ? p.onesLike(a) : weightsOf(a, given, axis);
    out = weightedQuantile(y, share, d, joinAxes(weights, axis).y, skipNan);
  } else {
    const values = p.convert(y, share.dtype);
    out = skipNan ? nanQuantile(values, share, d, method) : plainQuantile(values, share, d, method);
  }
  const typed = p.convert(out, a.dtype);
  return keepdims ? p.reshape(typed, [...q.shape, ...kept]) : typed;
}

/** Weights of the axes' sizes, repeated along the others. */
function weightsOf(x: Tensor, weights: Tensor, axis: Axis): Tensor {
  if (weights.ndim === x.ndim && weights.shape.every((n, d) => n === x.shape[d])) return weights;
  const axes = normalizeAxes(axis, x.ndim, "quantile");
  if (axis !== null && weights.ndim === axes.length && weights.shape.every((n, i) => n === x.shape[axes[i]])) {
    return p.broadcastInDim(weights, x.shape, axes);
  }
  throw new ShapeError(
    "CT103",
    `quantile: the weights have shape [${weights.shape}], but x has shape [${x.shape}]. They must have x's shape, or the axes' sizes with the axes given.`,
  );
}

const quantileCall = jitted("quantile", (operands, s: Statics) => compute(operands, s, false));
const nanquantileCall = jitted("nanquantile", (operands, s: Statics) => compute(operands, s, true));

function run(
  fn: string,
  call: typeof quantileCall,
  x: ArrayLike,
  q: ArrayLike,
  axis: Axis,
  options: QuantileOptions,
): Tensor {
  checkOptions(fn, options, ["method", "keepdims", "weights"]);
  const { method = "linear", keepdims = false, weights } = options;
  if (!methods.includes(method)) {
    throw new ArgumentError(
      "CT003",
      `${fn}: method is ${JSON.stringify(method)}, but it must be one of ${methods.join(", ")}.`,
    );
  }
  if (weights !== undefined && method !== "inverted_cdf") {
    throw new ArgumentError("CT003", `${fn}: weights go with method "inverted_cdf" only, but it is "${method}".`);
  }
  const operands = asTensors(fn, x, q, ...(weights === undefined ? [] : [weights]));
  if (operands[1].ndim > 1) {
    throw new ShapeError(
      "CT107",
      `${fn}: q has shape [${operands[1].shape}], but it must be a number or a vector of them.`,
    );
  }
  const axes = normalizeAxes(axis, operands[0].ndim, fn);
  if (prod(axes.map((d) => operands[0].shape[d])) === 0) {
    throw new ShapeError("CT107", `${fn}: the array of shape [${operands[0].shape}] has no elements along the axes.`);
  }
  // Shares that are whole numbers are still shares.
  const share =
    dtypes[operands[1].dtype].kind === "float" ? operands[1] : p.convert(operands[1], "float32", operands[1].weakType);
  return call([operands[0], share, ...operands.slice(2)], { axis, method, keepdims });
}

/**
 * The q-quantile over axes, 0 ≤ q ≤ 1: the value below which a share q of the elements lies. NaN where there is one. For
 * a vector q the results are stacked in front.
 * @example np.quantile([1, 2, 3, 4], 0.5).item(); // 2.5
 */
export const quantile = (x: ArrayLike, q: ArrayLike, axis: Axis = null, options: QuantileOptions = {}): Tensor =>
  run("quantile", quantileCall, x, q, axis, options);
/** The q-quantile over axes of what is not NaN. */
export const nanquantile = (x: ArrayLike, q: ArrayLike, axis: Axis = null, options: QuantileOptions = {}): Tensor =>
  run("nanquantile", nanquantileCall, x, q, axis, options);

const hundredth = (fn: string, q: ArrayLike): Tensor => {
  const [percent] = promoteDtypesInexact(...asTensors(fn, q));
  return p.div(percent, 100);
};
/** The quantile for shares in percent. */
export const percentile = (x: ArrayLike, q: ArrayLike, axis: Axis = null, options: QuantileOptions = {}): Tensor =>
  run("percentile", quantileCall, x, hundredth("percentile", q), axis, options);
/** The quantile of what is not NaN for shares in percent. */
export const nanpercentile = (x: ArrayLike, q: ArrayLike, axis: Axis = null, options: QuantileOptions = {}): Tensor =>
  run("nanpercentile", nanquantileCall, x, hundredth("nanpercentile", q), axis, options);

const medianCall = jitted("median", (xs, axis: Axis, keepdims: boolean) =>
  quantile(xs[0], 0.5, axis, { keepdims, method: "midpoint" }),
);
const nanmedianCall = jitted("nanmedian", (xs, axis: Axis, keepdims: boolean) =>
  nanquantile(xs[0], 0.5, axis, { keepdims, method: "midpoint" }),
);
/** The median over axes: the middle element, or the mean of the two in the middle. */
export function median(x: ArrayLike, axis: Axis = null, options: { readonly keepdims?: boolean } = {}): Tensor {
  checkOptions("median", options, ["keepdims"]);
  return medianCall(asTensors("median", x), axis, options.keepdims ?? false);
}
/** The median over axes of what is not NaN. */
export function nanmedian(x: ArrayLike, axis: Axis = null, options: { readonly keepdims?: boolean } = {}): Tensor {
  checkOptions("nanmedian", options, ["keepdims"]);
  return nanmedianCall(asTensors("nanmedian", x), axis, options.keepdims ?? false);
}
