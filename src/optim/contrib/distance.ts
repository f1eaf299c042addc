/** Steps from the distance travelled or from the value of the objective: DoG, DoWG, Momo, MADGRAD. */
import { asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { chain } from "../combining.js";
import type { Optimizer } from "../optimizers.js";
import { isSchedule, like, times, valueAt, zeroCount } from "../scalars.js";
import { identity, needParams, scaleByLearningRate } from "../transformation.js";
import { addDecayedWeights } from "../transforms/adding.js";
import { needExtra } from "../transforms/scaling.js";
import { mapTensors, safeIncrement, treeNorm, treeScale, treeSub, treeVdot, treeZerosLike } from "../trees.js";
import type { ExtraArgs, GradientTransformation, Mask, Scalar, ScalarOrSchedule } from "../types.js";

const scalar = (value: number): Tensor => p.full([], value, "float32");
const single = (x: Tensor): Tensor => p.convert(x, "float32");
const rateAt = (rate: ScalarOrSchedule, count: Tensor): Tensor =>
  isSchedule(rate) ? single(valueAt(rate, count)) : like(scalar(0), rate);

interface DecayingOptions {
  readonly weightDecay?: number | undefined;
  readonly mask?: Mask | null | undefined;
}
const decay = ({ weightDecay, mask }: DecayingOptions): GradientTransformation =>
  (weightDecay === undefined ? identity() : addDecayedWeights(weightDecay, { mask })) as GradientTransformation;

export interface DogState {
  readonly isInitStep: Tensor;
  readonly initParams: unknown;
  readonly maxDist: Tensor;
  readonly sumSqNormGrads: Tensor;
}
/** How far the first step goes: a distance, a learning rate, or a part of the parameters' length. */
export type InitStep = readonly [kind: "distance" | "learning_rate" | "heuristic", value: number];
export interface DogOptions extends DecayingOptions {
  /** `["heuristic", 1e-6]` by default. */
  readonly initStep?: InitStep | undefined;
  readonly eps?: number | undefined;
}

/** The greatest distance from the start over the root of the sum of squared gradients (Ivgi et al., 2023). */
export function scaleByDog(
  initStep: InitStep,
  options: { readonly eps?: number } = {},
): GradientTransformation<DogState> {
  checkOptions("optim.contrib.scaleByDog", options, ["eps"]);
  const { eps = 1e-8 } = options;
  const [kind, value] = initStep;
  if (kind !== "distance" && kind !== "learning_rate" && kind !== "heuristic") {
    throw new ArgumentError(
      "CT004",
      `optim.contrib.scaleByDog: the first step is by '${String(kind)}'. Use 'distance', 'learning_rate' or 'heuristic'.`,
    );
  }
  const start = (params: unknown): Tensor =>
    kind === "heuristic" ? single(p.mul(value, p.add(1, treeNorm(params)))) : scalar(kind === "distance" ? value : 0);
  return {
    init: (params) => ({
      isInitStep: p.full([], true, "bool"),
      initParams: params,
      maxDist: start(params),
      sumSqNormGrads: scalar(0),
    }),
    update<U>(updates: U, state: DogState, params?: unknown): [U, DogState] {
      needParams("contrib.scaleByDog", params);
      const maxDist = p.max(state.maxDist, single(treeNorm(treeSub(state.initParams, params))));
      const sumSqNormGrads = p.add(state.sumSqNormGrads, single(treeNorm(updates, { squared: true })));
      const usual = p.div(maxDist, p.sqrt(p.add(sumSqNormGrads, eps)));
      const rate = kind === "learning_rate" ? p.select(state.isInitStep, scalar(value), usual) : usual;
      const next = { isInitStep: p.full([], false, "bool"), initParams: state.initParams, maxDist, sumSqNormGrads };
      return [treeScale(rate, updates), next];
    },
  };
}
/** Gradient descent by {@link scaleByDog}; the learning rate is a factor, 1 by default. */
export function dog(learningRate: ScalarOrSchedule = 1, options: DogOptions = {}): Optimizer {
  checkOptions("optim.contrib.dog", options, ["initStep", "eps", "weightDecay", "mask"]);
  const { initStep = ["heuristic", 1e-6] as const, eps = 1e-8 } = options;
  return chain(
    decay(options),
    scaleByDog(initStep, { eps }),
    scaleByLearningRate(learningRate),
  ) as unknown as Optimizer;
}

export interface DowgState {
  readonly initParams: unknown;
  readonly weightedSqNormGrads: Tensor;
  readonly estimSqDist: Tensor;
}
export interface DowgOptions extends DecayingOptions {
  /** eps by default. */
  readonly initEstimSqDist?: number | undefined;
  readonly eps?: number | undefined;
}

/** The same with gradients weighted by the distance (Khaled et al., 2023). */
export function scaleByDowg(
  options: Pick<DowgOptions, "initEstimSqDist" | "eps"> = {},
): GradientTransformation<DowgState> {
  checkOptions("optim.contrib.scaleByDowg", options, ["initEstimSqDist", "eps"]);
  const { eps = 1e-4, initEstimSqDist = eps } = options;
  return {
    init: (params) => ({ initParams: params, weightedSqNormGrads: scalar(0), estimSqDist: scalar(initEstimSqDist) }),
    update<U>(updates: U, state: DowgState, params?: unknown): [U, DowgState] {
      needParams("contrib.scaleByDowg", params);
      const distance = single(treeNorm(treeSub(state.initParams, params), { squared: true }));
      const estimSqDist = p.max(state.estimSqDist, distance);
      const added = p.mul(estimSqDist, single(treeNorm(updates, { squared: true })));
      const weightedSqNormGrads = p.add(added, state.weightedSqNormGrads);
      const rate = p.div(estimSqDist, p.add(p.sqrt(weightedSqNormGrads), eps));
      return [treeScale(rate, updates), { initParams: state.initParams, weightedSqNormGrads, estimSqDist }];
    },
  };
}
/** Gradient descent by {@link scaleByDowg}; the learning rate is a factor, 1 by default. */
export function dowg(learningRate: ScalarOrSchedule = 1, options: DowgOptions = {}): Optimizer {
  checkOptions("optim.contrib.dowg", options, ["initEstimSqDist", "eps", "weightDecay", "mask"]);
  const { initEstimSqDist, eps } = options;
  return chain(
    decay(options),
    scaleByDowg({ initEstimSqDist, eps }),
    scaleByLearningRate(learningRate),
  ) as unknown as Optimizer;
}

export interface MomoState {
  readonly expAvg: unknown;
  readonly barf: Tensor;
  readonly gamma: Tensor;
  readonly lb: Tensor;
  readonly count: Tensor;
}
export interface MomoAdamState extends MomoState {
  readonly expAvgSq: unknown;
}
export interface MomoOptions {
  /** A lower bound of the objective; 0 by default. */
  readonly lowerBound?: number | undefined;
  readonly weightDecay?: number | undefined;
  /** Whether the bound follows what is seen. */
  readonly adaptLowerBound?: boolean | undefined;
}
const momoOptions = ["lowerBound", "weightDecay", "adaptLowerBound"] as const;

const blend = (decayed: Scalar, old: Tensor, now: Tensor): Tensor =>
  p.add(times(decayed, old), times(typeof decayed === "number" ? 1 - decayed : p.sub(1, decayed), now));

/** The step of the truncated model of the objective, and the bound that goes with it. */
function modelStep(
  m: {
    readonly barf: Tensor;
    readonly gamma: Tensor;
    readonly product: Tensor;
    readonly square: Tensor;
    readonly lb: Tensor;
  },
  alpha: Tensor,
  weight: Tensor,
  { lowerBound = 0, weightDecay = 0, adaptLowerBound = false }: MomoOptions,
): { readonly tau: Tensor; readonly lb: Tensor; readonly shrink: Tensor } {
  const shrink = p.add(1, p.mul(alpha, weightDecay));
  const cap = p.add(p.mul(shrink, p.sub(m.barf, m.gamma)), m.product);
  let bound = m.lb;
  if (adaptLowerBound) {
    const lowered = p.max(p.div(cap, p.mul(p.mul(2, weight), shrink)), lowerBound);
    bound = p.select(p.lt(cap, p.mul(p.mul(shrink, weight), m.lb)), lowered, m.lb);
  }
  const gap = p.sub(p.sub(m.barf, p.mul(weight, bound)), m.gamma);
  const raw = p.div(p.max(p.add(p.mul(shrink, gap), m.product), 0), m.square);
  const step = p.select(p.le(m.square, 2 ** -23), scalar(0), raw);
  const tau = p.min(p.div(alpha, weight), step);
  if (!adaptLowerBound) return { tau, lb: m.lb, shrink };
  const model = p.sub(p.add(m.barf, m.product), p.add(m.gamma, p.mul(p.mul(0.5, tau), m.square)));
  return { tau, lb: p.max(p.div(model, weight), lowerBound), shrink };
}

/** Momentum with the step of a model of the objective; `update` needs `value` (Schaipp et al., 2023). */
export function momo(
  learningRate: ScalarOrSchedule = 1,
  options: MomoOptions & { readonly beta?: number } = {},
): GradientTransformation<MomoState> {
  checkOptions("optim.contrib.momo", options, [...momoOptions, "beta"]);
  const { beta = 0.9, lowerBound = 0, weightDecay = 0 } = options;
  return {
    init: (params) => ({
      expAvg: treeZerosLike(params),
      barf: scalar(0),
      gamma: scalar(0),
      lb: scalar(lowerBound),
      count: zeroCount(),
    }),
    update<U>(updates: U, state: MomoState, params?: unknown, extra: ExtraArgs = {}): [U, MomoState] {
      needParams("contrib.momo", params);
      const value = single(asTensor(needExtra("contrib.momo", "value", extra.value), "optim.contrib.momo"));
      const bt = p.select(p.eq(state.count, 0), scalar(0), scalar(beta));
      const barf = blend(bt, state.barf, value);
      const expAvg = mapTensors((m, g) => blend(bt, m, g), state.expAvg, updates);
      const gamma = blend(bt, state.gamma, single(treeVdot(updates, params)));
      const square = single(treeNorm(expAvg, { squared: true }));
      const product = single(treeVdot(expAvg, params));
      const alpha = rateAt(learningRate, state.count);
      const model = { barf, gamma, product, square, lb: state.lb };
      const { tau, lb, shrink } = modelStep(model, alpha, scalar(1), options);
      const decayed = p.neg(p.div(p.mul(alpha, weightDecay), shrink));
      const out = mapTensors((_, m, x) => p.sub(times(decayed, x), times(tau, m)), updates, expAvg, params);
      return [out, { expAvg, barf, gamma, lb, count: safeIncrement(state.count) }];
    },
  };
}

/** Adam with the step of a model of the objective; `update` needs `value`. The learning rate is 0.01 by default. */
export function momoAdam(
  learningRate: ScalarOrSchedule = 0.01,
  options: MomoOptions & { readonly b1?: number; readonly b2?: number; readonly eps?: number } = {},
): GradientTransformation<MomoAdamState> {
  checkOptions("optim.contrib.momoAdam", options, [...momoOptions, "b1", "b2", "eps"]);
  const { b1 = 0.9, b2 = 0.999, eps = 1e-8, lowerBound = 0, weightDecay = 0 } = options;
  return {
    init: (params) => ({
      expAvg: treeZerosLike(params),
      expAvgSq: treeZerosLike(params),
      barf: scalar(0),
      gamma: scalar(0),
      lb: scalar(lowerBound),
      count: zeroCount(),
    }),
    update<U>(updates: U, state: MomoAdamState, params?: unknown, extra: ExtraArgs = {}): [U, MomoAdamState] {
      needParams("contrib.momoAdam", params);
      const value = single(asTensor(needExtra("contrib.momoAdam", "value", extra.value), "optim.contrib.momoAdam"));
      const count = safeIncrement(state.count);
      const steps = single(count);
      const weightOf = (b: number): Tensor => p.sub(1, p.pow(scalar(b), steps));
      const barf = blend(b1, state.barf, value);
      const expAvg = mapTensors((m, g) => blend(b1, m, g), state.expAvg, updates);
      const expAvgSq = mapTensors((v, g) => blend(b2, v, p.mul(g, g)), state.expAvgSq, updates);
      const root = mapTensors((v) => p.add(p.sqrt(p.div(v, like(v, weightOf(b2)))), eps), expAvgSq);
      const direction = mapTensors((m, r) => p.div(m, r), expAvg, root);
      const gamma = blend(b1, state.gamma, single(treeVdot(updates, params)));
      const square = single(treeVdot(expAvg, direction));
      const product = single(treeVdot(expAvg, params));
      const alpha = rateAt(learningRate, state.count);
      const model = { barf, gamma, product, square, lb: state.lb };
      const { tau, lb, shrink } = modelStep(model, alpha, weightOf(b1), options);
      const decayed = p.neg(p.div(p.mul(alpha, weightDecay), shrink));
      const out = mapTensors((_, d, x) => p.sub(times(decayed, x), times(tau, d)), updates, direction, params);
      return [out, { expAvg, expAvgSq, barf, gamma, lb, count }];
    },
  };
}

export interface MadgradState {
  readonly count: Tensor;
  readonly gradSumSq: unknown;
  readonly s: unknown;
  readonly x0: unknown;
}
export interface MadgradOptions {
  readonly momentum?: number | undefined;
  readonly eps?: number | undefined;
}

/** Dual averaging with momentum and cube roots (Defazio and Jelassi, 2021); the learning rate is part of it. */
export function scaleByMadgrad(
  learningRate: ScalarOrSchedule,
  options: MadgradOptions = {},
): GradientTransformation<MadgradState> {
  checkOptions("optim.contrib.scaleByMadgrad", options, ["momentum", "eps"]);
  const { momentum = 0.9, eps = 1e-6 } = options;
  return {
    init: (params) => ({ count: zeroCount(), gradSumSq: treeZerosLike(params), s: treeZerosLike(params), x0: params }),
    update<U>(updates: U, state: MadgradState, params?: unknown): [U, MadgradState] {
      needParams("contrib.scaleByMadgrad", params);
      const rate = p.add(rateAt(learningRate, state.count), eps);
      const weight = p.mul(rate, p.sqrt(single(p.add(state.count, 1))));
      const gradSumSq = mapTensors((sum, g) => p.add(sum, times(weight, p.mul(g, g))), state.gradSumSq, updates);
      const s = mapTensors((sum, g) => p.add(sum, times(weight, g)), state.s, updates);
      const out = mapTensors(
        (_, x, start, sum, square) => {
          const z = p.sub(start, p.div(sum, p.add(p.cbrt(square), eps)));
          return p.sub(p.add(times(1 - momentum, z), times(momentum, x)), x);
        },
        updates,
        params,
        state.x0,
        s,
        gradSumSq,
      );
      return [out, { count: safeIncrement(state.count), gradSumSq, s, x0: state.x0 }];
    },
  };
}
/** The optimizer of {@link scaleByMadgrad}. */
export function madgrad(
  learningRate: ScalarOrSchedule,
  options: MadgradOptions & { readonly weightDecay?: number } = {},
): Optimizer {
  checkOptions("optim.contrib.madgrad", options, ["momentum", "eps", "weightDecay"]);
  const { weightDecay = 0, ...rest } = options;
  return chain(addDecayedWeights(weightDecay), scaleByMadgrad(learningRate, rest)) as unknown as Optimizer;
}
