/** Optimizers: chains of transformations that end in a learning rate. */
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { masked } from "./combining.js";
import { type Optimizer, optimizer } from "./optimizer.js";
import { isSchedule, negated, valueAt } from "./scalars.js";
import { identity, scale, scaleByLearningRate } from "./transformation.js";
import { ema, trace } from "./transforms/accumulation.js";
import { addDecayedWeights, addNoise } from "./transforms/adding.js";
import { clipByBlockRms } from "./transforms/clipping.js";
import { scaleByFactoredRms, scaleByNovograd, scaleBySm3 } from "./transforms/factored.js";
import { type LbfgsTransformOptions, scaleByLbfgs } from "./transforms/lbfgs.js";
import { type AdamOptions, adamOptions, scaleByAdam } from "./transforms/moments.js";
import {
  type RmsOptions,
  type RpropOptions,
  type RssOptions,
  rmsOptions,
  rpropOptions,
  rssOptions,
  scaleByAdadelta,
  scaleByRms,
  scaleByRprop,
  scaleByRss,
  scaleByStddev,
} from "./transforms/root-mean-square.js";
import {
  type OptimisticOptions,
  type PolyakOptions,
  polyakOptions,
  scaleByOptimisticGradient,
  scaleByParamBlockRms,
  scaleByPolyak,
  scaleBySign,
  scaleByTrustRatio,
} from "./transforms/scaling.js";
import { scaleByZoomLinesearch } from "./transforms/zoom.js";
import type { GradientTransformation, Mask, Scalar, ScalarOrSchedule } from "./types.js";

export * from "./adam-family.js";
export type { Optimizer, WeightDecayOptions } from "./optimizer.js";

const keys = <O extends object>(options: O, ...names: readonly (keyof O)[]): Partial<O> =>
  Object.fromEntries(names.filter((k) => options[k] !== undefined).map((k) => [k, options[k]])) as Partial<O>;

export interface SgdOptions {
  /** The decay of the sum of past gradients; none by default. */
  readonly momentum?: Scalar | null | undefined;
  readonly nesterov?: boolean | undefined;
  readonly accumulatorDtype?: DType | null | undefined;
}

/**
 * Gradient descent, with momentum if asked for.
 * @param learningRate a number or a schedule
 * @throws ArgumentError CT001 for an unknown option, as all optimizers
 * @example
 * const tx = optim.sgd(0.1, { momentum: 0.9, nesterov: true });
 * const params = { w: np.ones([2]) };
 * const [updates, state] = tx.update({ w: np.ones([2]) }, tx.init(params), params);
 * updates.w.js(); // [-0.19, -0.19]
 */
export function sgd(learningRate: ScalarOrSchedule, options: SgdOptions = {}): Optimizer {
  checkOptions("optim.sgd", options, ["momentum", "nesterov", "accumulatorDtype"]);
  const { momentum, nesterov = false, accumulatorDtype } = options;
  const accumulate =
    momentum === undefined || momentum === null ? identity() : trace(momentum, { nesterov, accumulatorDtype });
  return optimizer(accumulate, scaleByLearningRate(learningRate));
}

export interface LarsOptions {
  readonly weightDecay?: ScalarOrSchedule | undefined;
  readonly weightDecayMask?: Mask | undefined;
  readonly trustCoefficient?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
  readonly trustRatioMask?: Mask | undefined;
  readonly momentum?: Scalar | undefined;
  readonly nesterov?: boolean | undefined;
}
/** Momentum with each layer's step in proportion to its parameters (You et al., 2017). */
export function lars(learningRate: ScalarOrSchedule, options: LarsOptions = {}): Optimizer {
  const known = ["weightDecay", "weightDecayMask", "trustCoefficient", "eps", "trustRatioMask", "momentum", "nesterov"];
  checkOptions("optim.lars", options, known);
  const { weightDecay = 0, weightDecayMask = true, trustCoefficient = 1e-3, eps = 0 } = options;
  const { trustRatioMask = true, momentum = 0.9, nesterov = false } = options;
  return optimizer(
    addDecayedWeights(weightDecay, { mask: weightDecayMask }),
    masked(scaleByTrustRatio({ trustCoefficient, eps }), trustRatioMask),
    scaleByLearningRate(learningRate),
    trace(momentum, { nesterov }),
  );
}

export interface RmspropOptions extends RmsOptions {
  /** Whether the mean is taken off the mean square. */
  readonly centered?: boolean | undefined;
  readonly momentum?: Scalar | null | undefined;
  readonly nesterov?: boolean | undefined;
}
/** Division by the root of the running mean square (Tieleman and Hinton, 2012). */
export function rmsprop(learningRate: ScalarOrSchedule, options: RmspropOptions = {}): Optimizer {
  checkOptions("optim.rmsprop", options, [...rmsOptions, "centered", "momentum", "nesterov"]);
  const { centered = false, momentum, nesterov = false, ...rest } = options;
  return optimizer(
    centered ? scaleByStddev(rest) : scaleByRms(rest),
    scaleByLearningRate(learningRate),
    momentum === undefined || momentum === null ? identity() : trace(momentum, { nesterov }),
  );
}

/** Division by the root of the sum of all squares (Duchi et al., 2011). */
export function adagrad(learningRate: ScalarOrSchedule, options: RssOptions = {}): Optimizer {
  checkOptions("optim.adagrad", options, rssOptions);
  return optimizer(scaleByRss(options), scaleByLearningRate(learningRate));
}

export interface AdadeltaOptimizerOptions {
  readonly rho?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
  readonly weightDecay?: ScalarOrSchedule | undefined;
  readonly weightDecayMask?: Mask | null | undefined;
}
/** Steps of the size that earlier ones had (Zeiler, 2012). */
export function adadelta(
  learningRate: ScalarOrSchedule | null = null,
  options: AdadeltaOptimizerOptions = {},
): Optimizer {
  checkOptions("optim.adadelta", options, ["rho", "eps", "weightDecay", "weightDecayMask"]);
  const { weightDecay = 0, weightDecayMask: mask } = options;
  return optimizer(
    addDecayedWeights(weightDecay, { mask }),
    scaleByAdadelta(keys(options, "rho", "eps")),
    scaleByLearningRate(learningRate),
  );
}

export interface AdafactorOptions {
  readonly minDimSizeToFactor?: number | undefined;
  readonly decayRate?: number | undefined;
  readonly decayOffset?: number | undefined;
  readonly multiplyByParameterScale?: boolean | undefined;
  readonly clippingThreshold?: Scalar | null | undefined;
  readonly momentum?: Scalar | null | undefined;
  readonly dtypeMomentum?: DType | undefined;
  readonly weightDecayRate?: ScalarOrSchedule | null | undefined;
  readonly eps?: number | undefined;
  readonly factored?: boolean | undefined;
  readonly weightDecayMask?: Mask | null | undefined;
}
/** Second moments by rows and columns, in little memory (Shazeer and Stern, 2018). */
export function adafactor(learningRate: ScalarOrSchedule | null = null, options: AdafactorOptions = {}): Optimizer {
  const known = [
    "minDimSizeToFactor",
    "decayRate",
    "decayOffset",
    "multiplyByParameterScale",
    "clippingThreshold",
    "momentum",
    "dtypeMomentum",
    "weightDecayRate",
    "eps",
    "factored",
    "weightDecayMask",
  ];
  checkOptions("optim.adafactor", options, known);
  const { minDimSizeToFactor, decayRate, decayOffset: stepOffset, factored, eps: epsilon } = options;
  const { multiplyByParameterScale = true, clippingThreshold = 1, momentum = null } = options;
  const { dtypeMomentum = "float32", weightDecayRate = null, weightDecayMask: mask } = options;
  const parts: GradientTransformation[] = [
    scaleByFactoredRms({ minDimSizeToFactor, decayRate, stepOffset, factored, epsilon }),
  ];
  if (clippingThreshold !== null) parts.push(clipByBlockRms(clippingThreshold));
  if (learningRate !== null) parts.push(scaleByLearningRate(learningRate, { flipSign: false }));
  if (multiplyByParameterScale) parts.push(scaleByParamBlockRms());
  if (momentum !== null) parts.push(ema(momentum, { debias: false, accumulatorDtype: dtypeMomentum }));
  if (weightDecayRate !== null) parts.push(addDecayedWeights(weightDecayRate, { mask }));
  return optimizer(...parts, scale(-1));
}

/** Steps in proportion to each layer's parameters, which do not grow by them (Bernstein et al., 2020). */
export function fromage(learningRate: ScalarOrSchedule, options: { readonly minNorm?: Scalar } = {}): Optimizer {
  checkOptions("optim.fromage", options, ["minNorm"]);
  const ratio = scaleByTrustRatio({ minNorm: options.minNorm ?? 1e-6 });
  const shrink = (rate: Tensor): Tensor => p.rsqrt(p.add(1, p.mul(rate, rate)));
  if (typeof learningRate === "number") {
    const factor = 1 / Math.sqrt(1 + learningRate ** 2);
    return optimizer(ratio, scaleByLearningRate(learningRate * factor), addDecayedWeights(factor - 1));
  }
  const rateAt = (step: Tensor): Tensor => (isSchedule(learningRate) ? valueAt(learningRate, step) : learningRate);
  return optimizer(
    ratio,
    scaleByLearningRate((step) => p.mul(shrink(rateAt(step)), rateAt(step))),
    addDecayedWeights((step) => p.sub(shrink(rateAt(step)), 1)),
  );
}

export interface NoisySgdOptions {
  /** The variance of the noise at the first step; 0.01 by default. */
  readonly eta?: Scalar | undefined;
  /** How fast it falls; 0.55 by default. */
  readonly gamma?: Scalar | undefined;
  /** A key or a seed; 0 by default. */
  readonly key?: Tensor | number | undefined;
}
/** Gradient descent with noise (Neelakantan et al., 2015). */
export function noisySgd(learningRate: ScalarOrSchedule, options: NoisySgdOptions = {}): Optimizer {
  checkOptions("optim.noisySgd", options, ["eta", "gamma", "key"]);
  const { eta = 0.01, gamma = 0.55, key = 0 } = options;
  return optimizer(addNoise(eta, gamma, key), scaleByLearningRate(learningRate));
}

/** Steps of one size, by the signs of the gradients (Bernstein et al., 2018). */
export const signSgd = (learningRate: ScalarOrSchedule): Optimizer =>
  optimizer(scaleBySign(), scaleByLearningRate(learningRate));

export interface SignumOptions {
  /** The decay of the average; 0.9 by default. */
  readonly beta?: Scalar | undefined;
  readonly accumulatorDtype?: DType | null | undefined;
}
/** Steps of one size, by the signs of averaged gradients. */
export function signum(learningRate: ScalarOrSchedule, options: SignumOptions = {}): Optimizer {
  checkOptions("optim.signum", options, ["beta", "accumulatorDtype"]);
  const { beta = 0.9, accumulatorDtype } = options;
  return optimizer(ema(beta, { debias: false, accumulatorDtype }), scaleBySign(), scaleByLearningRate(learningRate));
}

export interface NovogradOptimizerOptions {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
  readonly epsRoot?: Scalar | undefined;
  readonly weightDecay?: Scalar | undefined;
}
/** Second moments of whole layers (Ginsburg et al., 2019); eps is 1e-6 by default. */
export function novograd(learningRate: ScalarOrSchedule, options: NovogradOptimizerOptions = {}): Optimizer {
  checkOptions("optim.novograd", options, ["b1", "b2", "eps", "epsRoot", "weightDecay"]);
  return optimizer(scaleByNovograd({ ...options, eps: options.eps ?? 1e-6 }), scaleByLearningRate(learningRate));
}

/** Gradient descent that looks back at the gradient before (Mokhtari et al., 2019). */
export function optimisticGradientDescent(learningRate: ScalarOrSchedule, options: OptimisticOptions = {}): Optimizer {
  checkOptions("optim.optimisticGradientDescent", options, ["alpha", "beta"]);
  return optimizer(scaleByOptimisticGradient(options), scaleByLearningRate(learningRate));
}

/** Adam that looks back at the update before (Daskalakis et al., 2017); nesterov is true by default. */
export function optimisticAdamV2(
  learningRate: ScalarOrSchedule,
  options: AdamOptions & OptimisticOptions = {},
): Optimizer {
  checkOptions("optim.optimisticAdamV2", options, [...adamOptions, "alpha", "beta"]);
  const { alpha, beta, nesterov = true, ...rest } = options;
  return optimizer(
    scaleByAdam({ ...rest, nesterov }),
    scaleByOptimisticGradient({ alpha, beta }),
    scaleByLearningRate(learningRate),
  );
}

/** AdaGrad with an accumulator for each axis (Anil et al., 2019). Parameters must not be scalars. */
export function sm3(learningRate: Scalar, options: { readonly momentum?: Scalar } = {}): Optimizer {
  checkOptions("optim.sm3", options, ["momentum"]);
  return optimizer(scaleBySm3({ b1: options.momentum ?? 0.9 }), scale(negated(learningRate)));
}

/** A step size for each element that follows the signs of its gradients (Riedmiller and Braun, 1993). */
export function rprop(learningRate: Scalar, options: RpropOptions = {}): Optimizer {
  checkOptions("optim.rprop", options, rpropOptions);
  return optimizer(scaleByRprop(learningRate, options), scale(-1));
}

export interface PolyakSgdOptions extends PolyakOptions {
  /** A factor of the step; 1 by default. */
  readonly scaling?: ScalarOrSchedule | undefined;
}
/** Gradient descent with Polyak's step; `update` needs `value` (Loizou et al., 2021). */
export function polyakSgd(
  maxLearningRate: Scalar = 1,
  options: Omit<PolyakSgdOptions, "maxLearningRate"> = {},
): Optimizer {
  checkOptions(
    "optim.polyakSgd",
    options,
    [...polyakOptions, "scaling"].filter((k) => k !== "maxLearningRate"),
  );
  const { scaling = 1, ...rest } = options;
  return optimizer(sgd(scaling), scaleByPolyak({ ...rest, maxLearningRate }));
}

export interface LbfgsOptions extends LbfgsTransformOptions {
  /** Finds the step; a zoom line search by default, null for none. */
  readonly linesearch?: GradientTransformation | null | undefined;
}
/**
 * L-BFGS (Liu and Nocedal, 1989). With its line search `update` needs `value`, `grad` and `valueFn`.
 * @param learningRate null for steps of 1, as the line search wants them
 * @example
 * const tx = optim.lbfgs();
 * const f = (w: Tensor) => np.sum(w.mul(w));
 * const w = np.array([1, 2]);
 * const [value, gradient] = valueAndGrad(f)(w);
 * const [updates] = tx.update(gradient, tx.init(w), w, { value, grad: gradient, valueFn: f });
 * f(w.add(updates)).item() < f(w).item(); // true
 */
export function lbfgs(learningRate: ScalarOrSchedule | null = null, options: LbfgsOptions = {}): Optimizer {
  checkOptions("optim.lbfgs", options, ["memorySize", "scaleInitPrecond", "linesearch"]);
  const { linesearch, memorySize, scaleInitPrecond } = options;
  const search =
    linesearch === undefined
      ? scaleByZoomLinesearch({ maxLinesearchSteps: 20, initialGuessStrategy: "one" })
      : (linesearch ?? identity());
  return optimizer(
    scaleByLbfgs({ memorySize, scaleInitPrecond }),
    learningRate === null ? scale(-1) : scaleByLearningRate(learningRate),
    search,
  );
}
