/** Losses of predicted numbers. Each gives a loss for each element; take their mean or sum. */
import type { ArrayLike } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { like } from "../scalars.js";
import { type AxisOptions, axisOf, floats, maskFor, sameShapes } from "./arguments.js";

function errors(fn: string, predictions: ArrayLike, targets: ArrayLike | undefined, strict: boolean): Tensor {
  const x = floats(fn, "predictions", predictions);
  if (targets === undefined) return x;
  const y = np.asarray(targets);
  if (strict) sameShapes(fn, ["predictions", "targets"], x, y);
  return np.subtract(x, y);
}

/**
 * (predictions - targets)².
 * @throws DTypeError CT105 unless predictions are floats; ShapeError CT103 unless shapes are equal
 * @example optim.squaredError([1, 2], [0, 4]).js(); // [1, 4]
 */
export const squaredError = (predictions: ArrayLike, targets?: ArrayLike): Tensor =>
  p.integerPow(errors("squaredError", predictions, targets, true), 2);

/**
 * Half the squared error, whose derivative is the error.
 * @example optim.l2Loss([1, 2], [0, 4]).js(); // [0.5, 2]
 */
export const l2Loss = (predictions: ArrayLike, targets?: ArrayLike): Tensor =>
  p.mul(0.5, p.integerPow(errors("l2Loss", predictions, targets, true), 2));

/** Half the squared error up to errors of delta, linear beyond (Huber, 1964). */
export function huberLoss(
  predictions: ArrayLike,
  targets?: ArrayLike,
  options: { readonly delta?: number } = {},
): Tensor {
  checkOptions("optim.huberLoss", options, ["delta"]);
  const { delta = 1 } = options;
  const size = p.abs(errors("huberLoss", predictions, targets, false));
  const quadratic = p.min(size, delta);
  return p.add(p.mul(0.5, p.integerPow(quadratic, 2)), p.mul(delta, p.sub(size, quadratic)));
}

/** log(cosh(error)): nearly half the squared error where it is small, the error less log 2 where it is large. */
export function logCosh(predictions: ArrayLike, targets?: ArrayLike): Tensor {
  const error = errors("logCosh", predictions, targets, false);
  return p.sub(np.logaddexp(error, p.neg(error)), like(error, Math.LN2));
}

export interface CosineOptions extends AxisOptions {
  /** The least squared length that vectors count with; 0 by default. */
  readonly epsilon?: number | undefined;
}
const cosineOptions = ["axis", "where", "epsilon"] as const;

/**
 * The cosine of the angle between vectors, along an axis.
 * @param options.epsilon keeps the gradient finite at vectors of length 0
 */
export function cosineSimilarity(predictions: ArrayLike, targets: ArrayLike, options: CosineOptions = {}): Tensor {
  const fn = "cosineSimilarity";
  checkOptions(`optim.${fn}`, options, cosineOptions);
  const { epsilon = 0 } = options;
  const axis = axisOf(options);
  const [x, y] = [floats(fn, "predictions", predictions), floats(fn, "targets", targets)];
  const mask = maskFor(fn, options.where, x.ndim, axis);
  const unit = (v: Tensor): Tensor => {
    const square = np.sum(np.square(v), axis, { ...mask, keepdims: true });
    return np.divide(v, p.sqrt(p.max(square, like(square, epsilon))));
  };
  return np.sum(np.multiply(unit(x), unit(y)), axis, mask);
}

/** 1 less the cosine of the angle between vectors. */
export function cosineDistance(predictions: ArrayLike, targets: ArrayLike, options: CosineOptions = {}): Tensor {
  checkOptions("optim.cosineDistance", options, cosineOptions);
  return p.sub(1, cosineSimilarity(predictions, targets, options));
}
