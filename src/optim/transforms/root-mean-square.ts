/** Updates scaled by running squares of the gradients: RMSProp, AdaGrad, AdaDelta, Rprop. */
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { absSquare, like, plus, zeroCount } from "../scalars.js";
import {
  mapTensors,
  safeIncrement,
  treeBiasCorrection,
  treeFullLike,
  treeMul,
  treeUpdateMoment,
  treeUpdateMomentPerElemNorm,
  treeZerosLike,
} from "../trees.js";
import type { GradientTransformation, Scalar } from "../types.js";

export interface RssOptions {
  /** 0.1 by default. */
  readonly initialAccumulatorValue?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
}
export const rssOptions = ["initialAccumulatorValue", "eps"] as const;

export interface RssState {
  readonly sumOfSquares: unknown;
}

/** Divides by the root of the sum of all squares so far (Duchi et al., 2011). */
export function scaleByRss(options: RssOptions = {}): GradientTransformation<RssState> {
  checkOptions("optim.scaleByRss", options, rssOptions);
  const { initialAccumulatorValue = 0.1, eps = 1e-7 } = options;
  return {
    init: (params) => ({ sumOfSquares: treeFullLike(params, initialAccumulatorValue) }),
    update(updates, state) {
      const sumOfSquares = mapTensors((g, s) => np.add(absSquare(g), s), updates, state.sumOfSquares);
      const inverse = mapTensors((s) => p.select(p.gt(s, 0), p.rsqrt(plus(s, eps)), p.fullLike(s, 0)), sumOfSquares);
      return [treeMul(updates, inverse), { sumOfSquares }];
    },
  };
}

export interface RmsOptions {
  /** The decay of the mean square; 0.9 by default. */
  readonly decay?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
  /** Where the mean square starts; 0 by default. */
  readonly initialScale?: Scalar | undefined;
  /** Whether eps is added under the root; true by default. */
  readonly epsInSqrt?: boolean | undefined;
  readonly biasCorrection?: boolean | undefined;
}
export const rmsOptions = ["decay", "eps", "initialScale", "epsInSqrt", "biasCorrection"] as const;

export interface RmsState {
  readonly nu: unknown;
  /** With bias correction alone. */
  readonly count?: Tensor;
}
export interface StddevState extends RmsState {
  readonly mu: unknown;
}

const inverseRoot = (x: Tensor, eps: Scalar, inside: boolean): Tensor =>
  inside ? p.rsqrt(plus(x, eps)) : p.div(1, plus(p.sqrt(x), eps));

/** Divides by the root of the running mean square (Tieleman and Hinton, 2012). */
export function scaleByRms(options: RmsOptions = {}): GradientTransformation<RmsState> {
  checkOptions("optim.scaleByRms", options, rmsOptions);
  const { decay = 0.9, eps = 1e-8, initialScale = 0, epsInSqrt = true, biasCorrection = false } = options;
  return {
    init: (params) => ({
      nu: treeFullLike(params, initialScale),
      ...(biasCorrection && { count: zeroCount() }),
    }),
    update(updates, state) {
      const nu = treeUpdateMomentPerElemNorm(updates, state.nu, decay, 2);
      const count = state.count && safeIncrement(state.count);
      const nuHat = count === undefined ? nu : treeBiasCorrection(nu, decay, count);
      const out = mapTensors((g, v) => np.multiply(inverseRoot(v, eps, epsInSqrt), g), updates, nuHat);
      return [out, { nu, ...(count !== undefined && { count }) }];
    },
  };
}

/** Divides by the running standard deviation (Graves, 2013). */
export function scaleByStddev(options: RmsOptions = {}): GradientTransformation<StddevState> {
  checkOptions("optim.scaleByStddev", options, rmsOptions);
  const { decay = 0.9, eps = 1e-8, initialScale = 0, epsInSqrt = true, biasCorrection = false } = options;
  return {
    init: (params) => ({
      mu: treeZerosLike(params),
      nu: treeFullLike(params, initialScale),
      ...(biasCorrection && { count: zeroCount() }),
    }),
    update(updates, state) {
      const mu = treeUpdateMoment(updates, state.mu, decay, 1);
      const nu = treeUpdateMomentPerElemNorm(updates, state.nu, decay, 2);
      const count = state.count && safeIncrement(state.count);
      const unbiased = <T>(t: T): T => (count === undefined ? t : treeBiasCorrection(t, decay, count));
      const out = mapTensors(
        (g, m, v) => np.multiply(inverseRoot(p.sub(v, absSquare(m)), eps, epsInSqrt), g),
        updates,
        unbiased(mu),
        unbiased(nu),
      );
      return [out, { mu, nu, ...(count !== undefined && { count }) }];
    },
  };
}

export interface AdadeltaState {
  readonly eG: unknown;
  readonly eX: unknown;
}
export interface AdadeltaOptions {
  /** 0.9 by default. */
  readonly rho?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
}

/** Scales by the ratio of the roots of the mean squares of updates and gradients (Zeiler, 2012). */
export function scaleByAdadelta(options: AdadeltaOptions = {}): GradientTransformation<AdadeltaState> {
  checkOptions("optim.scaleByAdadelta", options, ["rho", "eps"]);
  const { rho = 0.9, eps = 1e-6 } = options;
  return {
    init: (params) => ({ eG: treeZerosLike(params), eX: treeZerosLike(params) }),
    update(updates, state) {
      const eG = treeUpdateMoment(updates, state.eG, rho, 2);
      const root = (x: Tensor): Tensor => p.sqrt(plus(x, eps));
      const out = mapTensors((g, now, before) => p.mul(p.div(root(before), root(now)), g), updates, eG, state.eX);
      return [out, { eG, eX: treeUpdateMoment(out, state.eX, rho, 2) }];
    },
  };
}

export interface RpropState {
  readonly stepSizes: unknown;
  readonly prevUpdates: unknown;
}
export interface RpropOptions {
  readonly etaMinus?: Scalar | undefined;
  readonly etaPlus?: Scalar | undefined;
  readonly minStepSize?: Scalar | undefined;
  readonly maxStepSize?: Scalar | undefined;
}
export const rpropOptions = ["etaMinus", "etaPlus", "minStepSize", "maxStepSize"] as const;

/** A step size for each element, which grows while its gradient keeps its sign (Riedmiller and Braun, 1993). */
export function scaleByRprop(learningRate: Scalar, options: RpropOptions = {}): GradientTransformation<RpropState> {
  checkOptions("optim.scaleByRprop", options, rpropOptions);
  const { etaMinus = 0.5, etaPlus = 1.2, minStepSize = 1e-6, maxStepSize = 50 } = options;
  return {
    init: (params) => ({ stepSizes: treeFullLike(params, learningRate), prevUpdates: treeZerosLike(params) }),
    update(updates, state) {
      const sign = treeMul(updates, state.prevUpdates);
      const stepSizes = mapTensors(
        (s, size) => {
          const factor = p.select(p.gt(s, 0), full(s, etaPlus), full(s, etaMinus));
          const changed = p.min(p.max(p.mul(size, factor), like(size, minStepSize)), like(size, maxStepSize));
          return p.select(p.eq(s, 0), size, changed);
        },
        sign,
        state.stepSizes,
      );
      const unlessTurned = (s: Tensor, x: Tensor): Tensor => p.select(p.lt(s, 0), p.fullLike(x, 0), x);
      const prevUpdates = mapTensors((s, g, size) => unlessTurned(s, p.mul(size, p.sign(g))), sign, updates, stepSizes);
      return [mapTensors(unlessTurned, sign, state.prevUpdates) as typeof updates, { stepSizes, prevUpdates }];
    },
  };
}
const full = (x: Tensor, value: Scalar): Tensor => p.broadcastTo(like(x, value), x.shape);
