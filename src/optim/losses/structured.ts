/** Losses over whole rankings, images, sets of embeddings and sequences. */
import { scan } from "../../control/scan.js";
import { type ArrayLike, asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { sigmoid } from "../../nn/activations.js";
import { logSoftmax, softmax } from "../../nn/normalization.js";
import { oneHot } from "../../nn/one-hot.js";
import * as np from "../../numpy/index.js";
import { select3 } from "../../numpy/where.js";
import { ArgumentError, ShapeError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { floats, integers, sameShapes } from "./arguments.js";
import { cosineSimilarity } from "./regression.js";

export interface RankingOptions {
  readonly where?: ArrayLike | undefined;
  readonly weights?: ArrayLike | undefined;
  /** How losses of lists become one; `"mean"` by default. */
  readonly reduction?: Reduction | undefined;
}
export type Reduction = "mean" | "sum" | "none";

function reduced(fn: string, loss: Tensor, reduction: Reduction, axis: number | null): Tensor {
  if (reduction === "mean") return np.mean(loss, axis);
  if (reduction === "sum") return np.sum(loss, axis);
  if (reduction === "none") return loss;
  throw new ArgumentError("CT004", `optim.${fn}: reduction is '${String(reduction)}'. Use 'mean', 'sum' or 'none'.`);
}

/**
 * The cross entropy of a ranking: -Σ labels · logSoftmax(logits) over the items of each list (Cao et al., 2007).
 * @param labels relevance, at least 0
 */
export function rankingSoftmaxLoss(logits: ArrayLike, labels: ArrayLike, options: RankingOptions = {}): Tensor {
  const fn = "rankingSoftmaxLoss";
  checkOptions(`optim.${fn}`, options, ["where", "weights", "reduction"]);
  let x = floats(fn, "logits", logits);
  let y = p.convert(asTensor(labels, fn), x.dtype);
  const mask = options.where === undefined ? undefined : asTensor(options.where, fn);
  if (mask !== undefined) {
    y = select3(mask, y, p.fullLike(y, 0));
    x = select3(mask, x, p.fullLike(x, Number.NEGATIVE_INFINITY));
  }
  if (options.weights !== undefined) y = np.multiply(y, options.weights);
  const counted = mask === undefined ? {} : { where: mask };
  const loss = np.negative(np.sum(np.multiply(y, logSoftmax(x, -1)), -1, counted));
  const { reduction = "mean" } = options;
  if (mask === undefined) return reduced(fn, loss, reduction, null);
  const present = np.any(mask, -1);
  if (reduction === "none") return select3(present, loss, 0);
  const total = np.sum(select3(present, loss, 0));
  if (reduction === "sum") return total;
  return np.divide(total, np.maximum(np.sum(present), 1));
}

export interface DiceOptions {
  readonly classWeights?: ArrayLike | undefined;
  /** Added to both parts of the fraction; 1 by default. */
  readonly smooth?: number | undefined;
  /** How much false positives count; 0.5 by default. */
  readonly alpha?: number | undefined;
  /** How much false negatives count; 0.5 by default. */
  readonly beta?: number | undefined;
  /** Whether predictions are logits; true by default. */
  readonly applySoftmax?: boolean | undefined;
  readonly reduction?: Reduction | undefined;
  readonly ignoreBackground?: boolean | undefined;
  /** The axes of space; all but the first and the last by default. */
  readonly axis?: number | readonly number[] | undefined;
}
const diceOptions = [
  "classWeights",
  "smooth",
  "alpha",
  "beta",
  "applySoftmax",
  "reduction",
  "ignoreBackground",
  "axis",
] as const;

/**
 * 1 less the overlap of predicted and true regions (Milletari et al., 2016; weighted: Salehi et al., 2017).
 * @param predictions [batch, ...space, classes]
 * @param targets the same, probabilities
 * @returns [batch]
 */
export function diceLoss(predictions: ArrayLike, targets: ArrayLike, options: DiceOptions = {}): Tensor {
  const fn = "diceLoss";
  checkOptions(`optim.${fn}`, options, diceOptions);
  const { classWeights, smooth = 1, alpha = 0.5, beta = 0.5, applySoftmax = true, reduction = "mean" } = options;
  let [x, y] = [floats(fn, "predictions", predictions), np.asarray(targets)];
  if (x.ndim === y.ndim - 1) x = np.expandDims(x, -1);
  if (y.ndim === x.ndim - 1) y = np.expandDims(y, -1);
  sameShapes(fn, ["predictions", "targets"], x, y);
  const classes = x.shape[x.ndim - 1];
  const probabilities = !applySoftmax ? x : classes === 1 ? sigmoid(x) : softmax(x, -1);
  const axis = options.axis ?? range(1, x.ndim - 1);
  const overlap = np.sum(np.multiply(probabilities, y), axis);
  const falsePositives = np.subtract(np.sum(probabilities, axis), overlap);
  const falseNegatives = np.subtract(np.sum(y, axis), overlap);
  const weighted = p.add(p.mul(alpha, falsePositives), p.mul(beta, falseNegatives));
  const coefficient = p.div(p.add(overlap, smooth), p.add(p.add(overlap, weighted), smooth));
  let loss = p.sub(1, coefficient);
  if (classWeights !== undefined) loss = np.multiply(loss, classWeights);
  if (options.ignoreBackground && classes > 1) loss = loss.slice("...", [1, null]);
  return reduced(fn, loss, reduction, -1);
}

export interface GeneralizedDiceOptions {
  readonly smooth?: number | undefined;
  readonly applySoftmax?: boolean | undefined;
  readonly ignoreBackground?: boolean | undefined;
}
/** The dice loss with classes weighted by the inverse squares of their frequencies (Sudre et al., 2017). */
export function multiclassGeneralizedDiceLoss(
  predictions: ArrayLike,
  targets: ArrayLike,
  options: GeneralizedDiceOptions = {},
): Tensor {
  checkOptions("optim.multiclassGeneralizedDiceLoss", options, ["smooth", "applySoftmax", "ignoreBackground"]);
  const y = np.asarray(targets);
  const frequencies = np.sum(y, range(y.ndim - 1));
  const inverse = p.div(1, p.add(p.mul(frequencies, frequencies), 1e-7));
  const classWeights = p.mul(p.div(inverse, np.sum(inverse)), inverse.shape[0]);
  return np.mean(diceLoss(predictions, y, { ...options, classWeights, reduction: "none" }));
}

/** The dice loss of one class against the background. */
export function binaryDiceLoss(
  predictions: ArrayLike,
  targets: ArrayLike,
  options: { readonly smooth?: number; readonly applySigmoid?: boolean } = {},
): Tensor {
  checkOptions("optim.binaryDiceLoss", options, ["smooth", "applySigmoid"]);
  const { smooth = 1, applySigmoid: applySoftmax = true } = options;
  const [x, y] = [np.asarray(predictions), np.asarray(targets)];
  const bare = x.ndim === y.ndim && x.shape.at(-1) !== 1;
  const withClass = (t: Tensor): Tensor => (bare ? np.expandDims(t, -1) : t);
  return diceLoss(withClass(x), withClass(y), { smooth, applySoftmax });
}

/**
 * The normalised temperature-scaled cross entropy of pairs with one label against those with others (Chen et al., 2020).
 * @param embeddings [examples, size]
 * @param labels integers [examples]
 * @param temperature 0.07 by default
 * @returns a scalar
 */
export function ntxent(embeddings: ArrayLike, labels: ArrayLike, temperature = 0.07): Tensor {
  const fn = "ntxent";
  const x = floats(fn, "embeddings", embeddings);
  const y = np.asarray(labels);
  if (x.shape[0] !== y.shape[0]) {
    throw new ShapeError(
      "CT103",
      `optim.${fn}: embeddings have shape [${x.shape}] and labels [${y.shape}]. Both need one leading size.`,
    );
  }
  const { eps } = np.finfo(x.dtype);
  const similarity = p.div(cosineSimilarity(np.expandDims(x, 0), np.expandDims(x, 1), { epsilon: eps }), temperature);
  const same = np.equal(np.expandDims(y, 1), np.expandDims(y, 0));
  const n = y.shape[0];
  const itself = p.eq(p.iota("int32", [n, n], 0), p.iota("int32", [n, n], 1));
  const matches = p.bitwiseAnd(same, p.bitwiseNot(itself));
  const lowest = p.fullLike(similarity, Number.NEGATIVE_INFINITY);
  const [others, pairs] = [p.select(same, lowest, similarity), p.select(matches, similarity, lowest)];
  const greatest = p.stopGradient(np.max(np.maximum(others, pairs), 1, { keepdims: true }));
  const [shiftedOthers, shiftedPairs] = [np.subtract(others, greatest), np.subtract(pairs, greatest)];
  const total = np.add(np.sum(p.exp(shiftedOthers), 1, { keepdims: true }), p.exp(shiftedPairs));
  const logs = np.subtract(shiftedPairs, p.log(total));
  return np.divide(np.negative(np.sum(p.select(matches, logs, p.fullLike(logs, 0)))), np.sum(matches));
}

export interface TripletOptions {
  readonly axis?: number | undefined;
  /** The exponent of the distance; 2 by default. */
  readonly normDegree?: number | undefined;
  /** 1 by default. */
  readonly margin?: number | undefined;
  readonly eps?: number | undefined;
}
/** max(0, distance to the positive - distance to the negative + margin) (Schroff et al., 2015). */
export function tripletMarginLoss(
  anchors: ArrayLike,
  positives: ArrayLike,
  negatives: ArrayLike,
  options: TripletOptions = {},
): Tensor {
  const fn = "tripletMarginLoss";
  checkOptions(`optim.${fn}`, options, ["axis", "normDegree", "margin", "eps"]);
  const { axis = -1, normDegree = 2, margin = 1, eps = 1e-6 } = options;
  const [a, x, y] = [
    floats(fn, "anchors", anchors),
    floats(fn, "positives", positives),
    floats(fn, "negatives", negatives),
  ];
  const distance = (b: Tensor): Tensor => {
    const powers = np.sum(np.power(np.subtract(a, b), normDegree), axis);
    const sum = p.add(powers, eps);
    return p.pow(sum, p.fullLike(sum, 1 / normDegree));
  };
  return p.max(p.add(np.subtract(distance(x), distance(y)), margin), 0);
}

export interface CtcOptions {
  /** The class of no label; 0 by default. */
  readonly blankId?: number | undefined;
  /** What stands for log 0; -1e5 by default. */
  readonly logEpsilon?: number | undefined;
}

/**
 * Connectionist temporal classification (Graves et al., 2006), with the forward probabilities.
 * @returns the loss of each sequence, and logarithms of the forward variables of blanks [time, batch, labels + 1] and of
 *   labels [time, batch, labels]
 */
export function ctcLossWithForwardProbs(
  logits: ArrayLike,
  logitPaddings: ArrayLike,
  labels: ArrayLike,
  labelPaddings: ArrayLike,
  options: CtcOptions = {},
): [loss: Tensor, blanks: Tensor, emitted: Tensor] {
  const fn = "ctcLoss";
  checkOptions(`optim.${fn}`, options, ["blankId", "logEpsilon"]);
  const { blankId = 0, logEpsilon = -1e5 } = options;
  const x = floats(fn, "logits", logits);
  const y = integers(fn, "labels", labels);
  const [pads, labelPads] = [p.convert(np.asarray(logitPaddings), x.dtype), np.asarray(labelPaddings)];
  if (x.ndim !== 3 || y.ndim !== 2 || x.shape[0] !== y.shape[0]) {
    throw new ShapeError(
      "CT107",
      `optim.${fn}: logits have shape [${x.shape}] and labels [${y.shape}], but they must be [batch, time, classes] and [batch, labels].`,
    );
  }
  sameShapes(fn, ["labels", "labelPaddings"], y, labelPads);
  const [batch, , classes] = x.shape;
  const longest = y.shape[1];
  const logs = logSoftmax(x, -1);
  const lengths = p.sub(longest, p.convert(np.sum(labelPads, 1), "int32"));
  const repeats = p.convert(np.equal(y.slice("...", [0, -1]), y.slice("...", [1, null])), x.dtype);
  const repeated = np.concatenate([repeats, p.full([batch, Math.min(longest, 1)], 0, x.dtype)], 1);
  const blankLogs = np.transpose(logs.slice("...", [blankId, blankId + 1]), [1, 0, 2]);
  const labelLogs = np.transpose(np.einsum("btk,bnk->btn", logs, oneHot(y, classes, { dtype: x.dtype })), [1, 0, 2]);
  const never = (n: number): Tensor => p.full([batch, n], logEpsilon, x.dtype);
  const start = np.concatenate([p.full([batch, 1], 0, x.dtype), never(longest)], 1);

  const added = (blanks: Tensor, score: Tensor): Tensor =>
    np.concatenate([blanks.slice("...", [0, 1]), np.logaddexp(blanks.slice("...", [1, null]), score)], -1);
  type Forward = readonly [blanks: Tensor, emitted: Tensor];
  const step = ([before, emitted]: Forward, [emit, blank, pad]: readonly [Tensor, Tensor, Tensor]) => {
    const blanks = added(before, np.add(emitted, p.mul(logEpsilon, repeated)));
    const nextEmitted = np.logaddexp(np.add(blanks.slice("...", [0, -1]), emit), np.add(emitted, emit));
    const separated = np.add(np.add(emitted, blank), p.mul(logEpsilon, p.sub(1, repeated)));
    const nextBlanks = added(np.add(blanks, blank), separated);
    const padded = np.expandDims(pad, 1);
    const keep = (old: Tensor, next: Tensor): Tensor =>
      np.add(np.multiply(padded, old), np.multiply(p.sub(1, padded), next));
    const next = [keep(before, nextBlanks), keep(emitted, nextEmitted)] as const;
    return [next, next] as const;
  };
  const xs = [labelLogs, blankLogs, np.transpose(pads)] as const;
  const [[lastBlanks, lastEmitted], [allBlanks, allEmitted]] = scan(
    step as never,
    [start, never(longest)] as never,
    xs as never,
  ) as unknown as [Forward, Forward];
  const last = added(lastBlanks, lastEmitted);
  const blanks = np.concatenate([allBlanks.slice([0, -1]), np.expandDims(last, 0)], 0);
  const loss = np.negative(np.einsum("bn,bn->b", last, oneHot(lengths, longest + 1, { dtype: x.dtype })));
  return [loss, blanks, allEmitted];
}

/**
 * Connectionist temporal classification: -log of the probability of all alignments of the labels with the logits.
 * @param logits [batch, time, classes]
 * @param logitPaddings [batch, time], 1 where a sequence has ended
 * @param labels integers [batch, labels]
 * @param labelPaddings [batch, labels], 1 where the labels have ended
 * @returns [batch]
 */
export const ctcLoss = (
  logits: ArrayLike,
  logitPaddings: ArrayLike,
  labels: ArrayLike,
  labelPaddings: ArrayLike,
  options: CtcOptions = {},
): Tensor => ctcLossWithForwardProbs(logits, logitPaddings, labels, labelPaddings, options)[0];
