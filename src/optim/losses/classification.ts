/** Losses of predicted classes. Each gives a loss for each example; take their mean or sum. */

import { vmap } from "../../api/vmap.js";
import { type ArrayLike, asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { logSigmoid, sparsePlus } from "../../nn/activations.js";
import { logSoftmax, logsumexp, softmax } from "../../nn/normalization.js";
import { oneHot } from "../../nn/one-hot.js";
import * as np from "../../numpy/index.js";
import { withJvp } from "../../numpy/ufunc.js";
import { select3 } from "../../numpy/where.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { projectionSimplex } from "../projections.js";
import { type AxisOptions, axisOf, floats, integers, maskFor, sameShapes } from "./arguments.js";

const axisOptions = ["axis", "where"] as const;

/**
 * The cross entropy of independent probabilities, given as logits.
 * @param labels probabilities of the positive class
 */
export function sigmoidBinaryCrossEntropy(logits: ArrayLike, labels: ArrayLike): Tensor {
  const fn = "sigmoidBinaryCrossEntropy";
  const x = floats(fn, "logits", logits);
  const y = p.convert(asTensor(labels, fn), x.dtype);
  const positive = np.multiply(p.neg(y), logSigmoid(x));
  return np.subtract(positive, np.multiply(p.sub(1, y), logSigmoid(p.neg(x))));
}

/** max(0, 1 - output · target), for targets of -1 and 1. */
export const hingeLoss = (predictorOutputs: ArrayLike, targets: ArrayLike): Tensor =>
  np.maximum(0, np.subtract(1, np.multiply(predictorOutputs, targets)));

/** max(0, -output · target), for targets of -1 and 1. */
export function perceptronLoss(predictorOutputs: ArrayLike, targets: ArrayLike): Tensor {
  const [x, y] = [np.asarray(predictorOutputs), np.asarray(targets)];
  sameShapes("perceptronLoss", ["predictorOutputs", "targets"], x, y);
  return np.maximum(0, np.multiply(np.negative(x), y));
}

/** sparsePlus of the logit against the label (0 or 1): the binary case of the sparsemax loss. */
export const sparsemaxLoss = (logits: ArrayLike, labels: ArrayLike): Tensor => {
  const x = np.asarray(logits);
  return sparsePlus(select3(p.convert(np.asarray(labels), "bool"), np.negative(x), x));
};

/**
 * The cross entropy of class probabilities, given as logits.
 * @param labels probabilities; they broadcast with the logits
 * @returns the logits' shape without the axis of classes
 * @throws DTypeError CT105 unless logits are floats
 * @example
 * optim.softmaxCrossEntropy(np.zeros([3, 2]), nn.oneHot(np.arange(3).mod(2), 2)).js(); // [0.6931, 0.6931, 0.6931]
 */
export function softmaxCrossEntropy(logits: ArrayLike, labels: ArrayLike, options: AxisOptions = {}): Tensor {
  const fn = "softmaxCrossEntropy";
  checkOptions(`optim.${fn}`, options, axisOptions);
  const axis = axisOf(options);
  const x = floats(fn, "logits", logits);
  const mask = maskFor(fn, options.where, x.ndim, axis);
  const logs = logSoftmax(x, axis, mask);
  return np.negative(np.sum(np.multiply(labels, logs), axis, mask));
}

/** weights · logSoftmax(x), 0 where the weight is, even at -∞. */
const weightedLogSoftmax = withJvp(
  "weighted_logsoftmax",
  (x, weights) => {
    const logs = logSoftmax(x, -1);
    return select3(np.notEqual(weights, 0), np.multiply(weights, logs), p.fullLike(logs, 0));
  },
  ([x, weights], [t, u]) => {
    const mean = np.sum(np.multiply(t, softmax(x, -1)), -1, { keepdims: true });
    const bySlope = np.subtract(np.multiply(weights, t), np.multiply(weights, mean));
    return np.add(bySlope, np.multiply(u, logSoftmax(x, -1)));
  },
);

/** The same over the last axis, where labels of 0 go with logits of -∞. */
export function safeSoftmaxCrossEntropy(logits: ArrayLike, labels: ArrayLike): Tensor {
  const fn = "safeSoftmaxCrossEntropy";
  const [x, y] = np.broadcastArrays(floats(fn, "logits", logits), labels);
  return np.negative(np.sum(weightedLogSoftmax(x, p.convert(y, x.dtype)), -1));
}

/**
 * The cross entropy of class probabilities, given as logits, with classes given by their indices.
 * @param logits [..., classes]
 * @param labels integers [...]
 * @returns [...]
 * @throws DTypeError CT105 unless logits are floats and labels integers
 * @example
 * optim.softmaxCrossEntropyWithIntegerLabels(np.zeros([3, 2]), np.arange(3).mod(2)).mean().item(); // 0.6931
 */
export function softmaxCrossEntropyWithIntegerLabels(
  logits: ArrayLike,
  labels: ArrayLike,
  options: AxisOptions = {},
): Tensor {
  const fn = "softmaxCrossEntropyWithIntegerLabels";
  checkOptions(`optim.${fn}`, options, axisOptions);
  let x = floats(fn, "logits", logits);
  const y = integers(fn, "labels", labels);
  let { where } = maskFor(fn, options.where, x.ndim, axisOf(options));
  let axis = axisOf(options);
  if (typeof axis !== "number") {
    // Several axes of classes become the last one.
    const classes = (axis ?? range(x.ndim)).map((d) => (d < 0 ? d + x.ndim : d));
    const batch = range(x.ndim).filter((d) => !classes.includes(d));
    const flat = (t: Tensor): Tensor => {
      const moved = np.transpose(t, [...batch, ...classes]);
      return np.reshape(moved, [...moved.shape.slice(0, batch.length), -1]);
    };
    x = flat(x);
    where = where && flat(np.broadcastTo(where, np.asarray(logits).shape));
    axis = batch.length;
  }
  const at = axis < 0 ? axis + x.ndim : axis;
  const chosen = np.squeeze(np.takeAlongAxis(x, np.expandDims(y, at), at), at);
  const loss = np.subtract(logsumexp(x, at, where === undefined ? {} : { where }), chosen);
  return where === undefined ? loss : select3(np.any(where, at), loss, 0);
}

const againstOneHot = (scores: Tensor, labels: ArrayLike): Tensor =>
  oneHot(integers("a multiclass loss", "labels", labels), scores.shape[scores.ndim - 1], { dtype: scores.dtype });

/** The largest score, others raised by 1, less that of the label. */
export function multiclassHingeLoss(scores: ArrayLike, labels: ArrayLike): Tensor {
  const x = floats("multiclassHingeLoss", "scores", scores);
  const target = againstOneHot(x, labels);
  return np.subtract(np.max(p.sub(p.add(x, 1), target), -1), np.sum(np.multiply(x, target), -1));
}

/** The largest score less that of the label. */
export function multiclassPerceptronLoss(scores: ArrayLike, labels: ArrayLike): Tensor {
  const x = floats("multiclassPerceptronLoss", "scores", scores);
  return np.subtract(np.max(x, -1), np.sum(np.multiply(x, againstOneHot(x, labels)), -1));
}

/**
 * The loss of which sparsemax probabilities are the gradient (Martins and Astudillo, 2016).
 * @param scores [examples, classes]
 * @param labels integers [examples]
 */
export function multiclassSparsemaxLoss(scores: ArrayLike, labels: ArrayLike): Tensor {
  const x = floats("multiclassSparsemaxLoss", "scores", scores);
  const y = integers("multiclassSparsemaxLoss", "labels", labels);
  const one = (row: Tensor, label: Tensor): Tensor => {
    const probabilities = projectionSimplex(row);
    const isLabel = np.equal(p.iota("int32", row.shape), label);
    const margins = p.select(isLabel, p.fullLike(row, 0), np.subtract(row, np.take(row, label)));
    const seen = p.select(p.ne(probabilities, 0), margins, p.fullLike(row, 0));
    const rest = p.mul(0.5, p.sub(1, np.dot(probabilities, probabilities)));
    return np.add(np.dot(probabilities, seen), rest);
  };
  return vmap(one)(x, y);
}

export interface PolyLossOptions extends AxisOptions {
  /** How much is added; 2 by default. */
  readonly epsilon?: number | undefined;
}
/** The cross entropy plus epsilon times the probability of other classes (Leng et al., 2022). */
export function polyLossCrossEntropy(logits: ArrayLike, labels: ArrayLike, options: PolyLossOptions = {}): Tensor {
  const fn = "polyLossCrossEntropy";
  checkOptions(`optim.${fn}`, options, [...axisOptions, "epsilon"]);
  const { epsilon = 2, ...rest } = options;
  const axis = axisOf(options);
  const [x, y] = [floats(fn, "logits", logits), floats(fn, "labels", labels)];
  const mask = maskFor(fn, options.where, x.ndim, axis);
  const others = np.sum(np.multiply(y, p.sub(1, softmax(x, axis, mask))), axis, mask);
  return np.add(softmaxCrossEntropy(x, y, rest), p.mul(epsilon, others));
}

export interface FocalLossOptions {
  /** The weight of the positive class; no weights by default. */
  readonly alpha?: number | undefined;
  /** How much less well predicted examples count; 2 by default. */
  readonly gamma?: number | undefined;
}
/** The binary cross entropy with less weight on what is predicted well already (Lin et al., 2017). */
export function sigmoidFocalLoss(logits: ArrayLike, labels: ArrayLike, options: FocalLossOptions = {}): Tensor {
  const fn = "sigmoidFocalLoss";
  checkOptions(`optim.${fn}`, options, ["alpha", "gamma"]);
  const { alpha, gamma = 2 } = options;
  const x = floats(fn, "logits", logits);
  const y = p.convert(asTensor(labels, fn), x.dtype);
  const both = np.stack([logSigmoid(x), logSigmoid(p.neg(x))], -1);
  const logWrong = logsumexp(both, -1, { b: np.stack(np.broadcastArrays(p.sub(1, y), y), -1) });
  const loss = np.multiply(sigmoidBinaryCrossEntropy(x, y), p.exp(p.mul(gamma, logWrong)));
  if (alpha === undefined) return loss;
  return np.multiply(p.add(p.mul(alpha, y), p.mul(1 - alpha, p.sub(1, y))), loss);
}

/**
 * Σ targets · (log targets - logPredictions); targets of 0 add nothing.
 * @param logPredictions logarithms of probabilities
 */
export function klDivergence(logPredictions: ArrayLike, targets: ArrayLike, options: AxisOptions = {}): Tensor {
  const fn = "klDivergence";
  checkOptions(`optim.${fn}`, options, axisOptions);
  const axis = axisOf(options);
  const [x, y] = [floats(fn, "logPredictions", logPredictions), floats(fn, "targets", targets)];
  const logs = select3(p.eq(y, 0), 0, p.log(y));
  return np.sum(np.multiply(y, np.subtract(logs, x)), axis, maskFor(fn, options.where, x.ndim, axis));
}

/** The same with logarithms of targets. */
export function klDivergenceWithLogTargets(
  logPredictions: ArrayLike,
  logTargets: ArrayLike,
  options: AxisOptions = {},
): Tensor {
  const fn = "klDivergenceWithLogTargets";
  checkOptions(`optim.${fn}`, options, axisOptions);
  const axis = axisOf(options);
  const [x, y] = [floats(fn, "logPredictions", logPredictions), floats(fn, "logTargets", logTargets)];
  return np.sum(np.multiply(p.exp(y), np.subtract(y, x)), axis, maskFor(fn, options.where, x.ndim, axis));
}

/** The divergence of measures that need not add up to 1: plus the sum of predictions, less that of targets. */
export function generalizedKlDivergence(
  logPredictions: ArrayLike,
  targets: ArrayLike,
  options: AxisOptions = {},
): Tensor {
  const fn = "generalizedKlDivergence";
  checkOptions(`optim.${fn}`, options, axisOptions);
  const axis = axisOf(options);
  const [x, y] = [floats(fn, "logPredictions", logPredictions), floats(fn, "targets", targets)];
  const excess = np.sum(np.subtract(p.exp(x), y), axis, maskFor(fn, options.where, x.ndim, axis));
  return np.add(klDivergence(x, y, options), excess);
}
export { generalizedKlDivergence as convexKlDivergence };

/** Labels moved towards equal probabilities: (1 - alpha) · labels + alpha / classes. */
export function smoothLabels(labels: ArrayLike, alpha: number, options: AxisOptions = {}): Tensor {
  const fn = "smoothLabels";
  checkOptions(`optim.${fn}`, options, axisOptions);
  const y = floats(fn, "labels", labels);
  const axis = axisOf(options);
  const { where } = maskFor(fn, options.where, y.ndim, axis);
  const kept = p.mul(1 - alpha, y);
  if (where !== undefined) {
    const count = np.sum(p.convert(where, y.dtype), axis, { keepdims: true });
    return np.add(kept, p.div(alpha, count));
  }
  const axes = axis === null ? range(y.ndim) : [axis].flat();
  const classes = axes.reduce((n, d) => n * (y.shape.at(d) as number), 1);
  return p.add(kept, alpha / classes);
}

/**
 * The Fenchel-Young loss of a maximum: maxFun(scores) - ⟨targets, scores⟩ over the last axis (Blondel et al., 2020).
 * @param maxFun a function of a vector of scores
 * @example
 * const loss = optim.makeFenchelYoungLoss((x) => nn.logsumexp(x));
 */
export const makeFenchelYoungLoss =
  (maxFun: (scores: Tensor) => Tensor) =>
  (scores: ArrayLike, targets: ArrayLike): Tensor => {
    const x = np.asarray(scores);
    let overLast = maxFun;
    for (let d = 1; d < x.ndim; d++) overLast = vmap(overLast) as (scores: Tensor) => Tensor;
    return np.subtract(overLast(x), np.sum(np.multiply(np.conj(targets), x), -1));
  };
