/** Means, variances, standard deviations, averages. */

import { realPart } from "../../xla-like/index.js";
import type { ArrayLike } from "../core/array-like.js";
import { type DType, isComplex, isInexact, toInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { prod as product } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { type Axis, dtypeOption } from "./arguments.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteDtypesInexact, toTensor } from "./promote.js";
import { axesOf, wideFloat } from "./reduction-types.js";
import { sum } from "./reductions.js";
import { select3 } from "./where.js";

export interface MeanOptions {
  /** Keeps reduced axes, with size 1. */
  readonly keepdims?: boolean;
  /** The type of the result. */
  readonly dtype?: DType;
  /** A mask that broadcasts with x: elements where it is false do not count. */
  readonly where?: ArrayLike;
}

/** How many elements are reduced: a number, or with a mask a tensor of them. */
function count(x: Tensor, axis: Axis | undefined, dtype: DType, keepdims: boolean, where: Tensor | undefined): Tensor {
  if (where === undefined) {
    const n = product(axesOf("mean", x, axis).map((d) => x.shape[d]));
    return p.full([], n, dtype);
  }
  const ones = p.convert(p.broadcastTo(where, x.shape), "int32");
  return sum(ones, axis, { dtype, keepdims });
}

const keep = (keepdims: boolean, where: Tensor | undefined) => ({ keepdims, ...(where !== undefined && { where }) });

/**
 * The mean over an axis, several, or all of them; NaN of no elements. Integers give float32, half types are added up in
 * float32.
 * @example np.mean([[1, 2], [3, 4]], 1).js(); // [1.5, 3.5]
 */
export function mean(x: ArrayLike, axis?: Axis, options: MeanOptions = {}): Tensor {
  checkOptions("mean", options, ["keepdims", "dtype", "where"]);
  const { keepdims = false } = options;
  const t = toTensor("mean", x);
  const given = dtypeOption("mean", options.dtype);
  const dtype = given ?? toInexact(t.dtype);
  const compute = given === undefined ? wideFloat(dtype) : dtype;
  const where = options.where === undefined ? undefined : toTensor("mean", options.where);
  const normalizer = count(t, axis, compute, keepdims, where);
  const total = sum(t, axis, { dtype: compute, ...keep(keepdims, where) });
  return p.convert(p.div(total, normalizer), dtype, given === undefined && t.weakType);
}

export interface VarianceOptions extends MeanOptions {
  /** What is taken off the number of elements in the divisor: 0, or 1 for the unbiased estimate. */
  readonly ddof?: number;
  /** The array API's name of `ddof`; need not be an integer. */
  readonly correction?: number;
  /** The mean, if it is known, as `mean` with `keepdims` gives it. */
  readonly mean?: ArrayLike;
}
const varianceOptions = ["keepdims", "dtype", "where", "ddof", "correction", "mean"];

interface VarianceStatics {
  readonly axis: Axis | undefined;
  readonly dtype: DType | undefined;
  readonly keepdims: boolean;
  readonly hasWhere: boolean;
}

const varCall = jitted("_var", ([a, correction, ...rest], s: VarianceStatics) => {
  const where = s.hasWhere ? rest[0] : undefined;
  const known = rest[s.hasWhere ? 1 : 0];
  const result = s.dtype ?? (isComplex(a.dtype) ? realPart(a.dtype) : toInexact(a.dtype));
  const compute = wideFloat(s.dtype ?? toInexact(a.dtype));
  const x = p.convert(a, compute);
  const center =
    known === undefined ? mean(x, s.axis, { dtype: compute, ...keep(true, where) }) : p.convert(known, compute);
  const centered = p.sub(x, center);
  const squares = isComplex(compute) ? p.real(p.mul(centered, p.conj(centered))) : p.square(centered);
  const total = squares.dtype;
  const divisor = p.sub(count(x, s.axis, total, s.keepdims, where), p.convert(correction, total));
  const sums = sum(squares, s.axis, { dtype: total, ...keep(s.keepdims, where) });
  const quotient = p.convert(p.div(sums, divisor), result);
  return select3(p.gt(divisor, 0), quotient, Number.NaN);
});

const stdCall = jitted("_std", (operands, s: VarianceStatics) => p.sqrt(varCall(operands, s)));

function variance(
  fn: string,
  call: typeof varCall,
  x: ArrayLike,
  axis: Axis | undefined,
  options: VarianceOptions,
): Tensor {
  checkOptions(fn, options, varianceOptions);
  const { keepdims = false, ddof, correction } = options;
  if (ddof !== undefined && correction !== undefined) {
    throw new ArgumentError("CT003", `${fn}: ddof and correction are two names of one option. Give one of them.`);
  }
  const t = toTensor(fn, x);
  const dtype = dtypeOption(fn, options.dtype);
  if (dtype !== undefined && (!isInexact(dtype) || (isComplex(t.dtype) && !isComplex(dtype)))) {
    throw new DTypeError(
      "CT105",
      `${fn}: dtype is ${dtype}, but the result for ${t.dtype} must be ${isComplex(t.dtype) ? "complex" : "a float"}. Leave dtype out.`,
    );
  }
  axesOf(fn, t, axis);
  const hasWhere = options.where !== undefined;
  const rest = [options.where, options.mean].filter((y): y is ArrayLike => y !== undefined);
  return call(asTensors(fn, t, correction ?? ddof ?? 0, ...rest), { axis: axis ?? null, dtype, keepdims, hasWhere });
}

/**
 * The variance over axes: the mean of |x - mean(x)|², with `ddof` taken off the divisor; NaN where that leaves nothing.
 */
const var_ = (x: ArrayLike, axis?: Axis, options: VarianceOptions = {}): Tensor =>
  variance("var", varCall, x, axis, options);

export { var_ as var };
/** The standard deviation over axes: the root of the variance. */
export const std = (x: ArrayLike, axis?: Axis, options: VarianceOptions = {}): Tensor =>
  variance("std", stdCall, x, axis, options);

export interface AverageOptions {
  /** Weights of x's shape, or of the sizes of the axes averaged over. */
  readonly weights?: ArrayLike;
  readonly keepdims?: boolean;
}

/** The average over axes, and the sum of weights by which it was divided if `returned` is set. */
export function average(
  x: ArrayLike,
  axis: Axis | undefined,
  options: AverageOptions & { readonly returned: true },
): [average: Tensor, sumOfWeights: Tensor];
export function average(x: ArrayLike, axis?: Axis, options?: AverageOptions & { readonly returned?: false }): Tensor;
export function average(
  x: ArrayLike,
  axis: Axis = null,
  options: AverageOptions & { readonly returned?: boolean } = {},
): Tensor | [Tensor, Tensor] {
  checkOptions("average", options, ["weights", "keepdims", "returned"]);
  const { keepdims = false, returned = false } = options;
  const [average, weights] = weighed(toTensor("average", x), axis, options.weights, keepdims);
  return returned ? [average, p.broadcastTo(weights, average.shape)] : average;
}

function weighed(x: Tensor, axis: Axis, given: ArrayLike | undefined, keepdims: boolean): [Tensor, Tensor] {
  const axes = axesOf("average", x, axis);
  if (given === undefined) {
    const out = mean(promoteDtypesInexact(x)[0], axis, { keepdims });
    return [out, p.full([], product(axes.map((d) => x.shape[d])), out.dtype)];
  }
  const [a, w] = promoteDtypesInexact(x, toTensor("average", given));
  const same = w.ndim === a.ndim && w.shape.every((n, d) => n === a.shape[d]);
  const order = Array.isArray(axis) ? axis.map((d: number) => (d < 0 ? d + x.ndim : d)) : axes;
  const fits = w.ndim === order.length && w.shape.every((n, i) => n === a.shape[order[i]]);
  if (!same && (axis === null || !fits)) {
    throw new ShapeError(
      "CT103",
      `average: the weights have shape [${w.shape}], but x has shape [${a.shape}] and the axes have sizes [${order.map((d) => a.shape[d])}]. ` +
        "They must have x's shape, or the axes' sizes with the axes given.",
    );
  }
  const sorted = order.map((_, i) => i).sort((i, j) => order[i] - order[j]);
  const weights = same
    ? w
    : p.reshape(
        p.transpose(w, sorted),
        a.shape.map((n, d) => (axes.includes(d) ? n : 1)),
      );
  const total = sum(weights, axis, { keepdims });
  return [p.div(sum(p.mul(a, weights), axis, { keepdims }), total), total];
}
