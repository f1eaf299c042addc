/** Optimizers that find their own learning rate: Prodigy, D-Adaptation, schedule-free averaging. */
import type { DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { applyUpdates } from "../apply.js";
import { chain } from "../combining.js";
import { sgd } from "../optimizers.js";
import { complement, isSchedule, like, powerBeside, times, valueAt, zeroCount } from "../scalars.js";
import { warmupConstantSchedule } from "../schedules.js";
import { needParams, scaleByLearningRate } from "../transformation.js";
import { addDecayedWeights } from "../transforms/adding.js";
import { scaleByRms } from "../transforms/root-mean-square.js";
import { mapTensors, safeIncrement, treeCast, treeSub, treeSum, treeVdot, treeZerosLike } from "../trees.js";
import type { ExtraArgs, GradientTransformation, Scalar, ScalarOrSchedule } from "../types.js";

export interface DAdaptState {
  readonly expAvg: unknown;
  readonly expAvgSq: unknown;
  readonly gradSum: unknown;
  readonly estimLr: Tensor;
  readonly numeratorWeighted: Tensor;
  readonly count: Tensor;
}
export interface ProdigyState extends DAdaptState {
  readonly params0: unknown;
}
export interface ProdigyOptions {
  readonly betas?: readonly [number, number] | undefined;
  readonly beta3?: number | undefined;
  readonly eps?: number | undefined;
  readonly estimLr0?: number | undefined;
  readonly estimLrCoef?: number | undefined;
  readonly weightDecay?: number | undefined;
  readonly safeguardWarmup?: boolean | undefined;
}

const scalar = (value: number): Tensor => p.full([], value, "float32");
const rateAt = (rate: ScalarOrSchedule, count: Tensor): Scalar => (isSchedule(rate) ? valueAt(rate, count) : rate);
const moduli = (t: unknown): Tensor => treeSum(mapTensors(p.abs, t));
const blend = (decay: number, old: Tensor, now: Tensor): Tensor => p.add(times(decay, old), times(1 - decay, now));

/** Adam's correction of both moments: √(1 - beta2ᵗ) / (1 - beta1ᵗ). */
const correction = (like: Tensor, [beta1, beta2]: readonly [number, number], count: Tensor): Tensor =>
  p.div(p.sqrt(p.sub(1, powerBeside(like, beta2, count))), p.sub(1, powerBeside(like, beta1, count)));

/**
 * Adam that estimates the distance to the solution for its learning rate (Mishchenko and Defazio, 2023).
 * @param learningRate a factor of the estimate; 1 by default
 */
export function prodigy(
  learningRate: ScalarOrSchedule = 1,
  options: ProdigyOptions = {},
): GradientTransformation<ProdigyState> {
  const known = ["betas", "beta3", "eps", "estimLr0", "estimLrCoef", "weightDecay", "safeguardWarmup"];
  checkOptions("optim.contrib.prodigy", options, known);
  const { betas = [0.9, 0.999] as const, eps = 1e-8, estimLr0 = 1e-6, estimLrCoef = 1 } = options;
  const { weightDecay = 0, safeguardWarmup = false, beta3 = Math.sqrt(betas[1]) } = options;
  return {
    init(params) {
      const zeros = treeZerosLike(params);
      return {
        expAvg: zeros,
        expAvgSq: zeros,
        gradSum: zeros,
        params0: params,
        estimLr: scalar(estimLr0),
        numeratorWeighted: scalar(0),
        count: zeroCount(),
      };
    },
    update(updates, state, params) {
      needParams("contrib.prodigy", params);
      const count = safeIncrement(state.count);
      const { estimLr } = state;
      const rate = times(rateAt(learningRate, state.count), estimLr);
      const dlr = p.mul(rate, correction(estimLr, betas, count));
      const dg = mapTensors((g) => times(estimLr, g), updates);
      const progress = treeVdot(updates, treeSub(state.params0, params));
      const expAvg = mapTensors((m, g) => blend(betas[0], m, g), state.expAvg, dg);
      const expAvgSq = mapTensors((v, g) => blend(betas[1], v, p.mul(g, g)), state.expAvgSq, dg);
      const weight = safeguardWarmup ? estimLr : dlr;
      const gradSum = mapTensors(
        (s, g) => p.add(times(beta3, s), p.div(times(weight, g), estimLr0)),
        state.gradSum,
        dg,
      );
      const gained = p.mul(p.mul(p.div(estimLr, estimLr0), dlr), p.convert(progress, "float32"));
      const numeratorWeighted = p.add(p.mul(beta3, state.numeratorWeighted), gained);
      const estimate = p.div(p.mul(estimLrCoef, numeratorWeighted), p.convert(moduli(gradSum), "float32"));
      const next = p.max(estimLr, estimate);
      const out = mapTensors(
        (_, m, v, x) => {
          const decay = times(-weightDecay, times(dlr, x));
          return p.sub(decay, p.div(times(dlr, m), p.add(p.sqrt(v), times(eps, like(v, next)))));
        },
        updates,
        expAvg,
        expAvgSq,
        params,
      );
      return [out, { expAvg, expAvgSq, gradSum, params0: state.params0, estimLr: next, numeratorWeighted, count }];
    },
  };
}

export interface DAdaptOptions {
  readonly betas?: readonly [number, number] | undefined;
  readonly eps?: number | undefined;
  readonly estimLr0?: number | undefined;
  readonly weightDecay?: number | undefined;
}

/** Adam whose learning rate grows to the distance from the solution (Defazio and Mishchenko, 2023). */
export function dadaptAdamw(
  learningRate: ScalarOrSchedule = 1,
  options: DAdaptOptions = {},
): GradientTransformation<DAdaptState> {
  checkOptions("optim.contrib.dadaptAdamw", options, ["betas", "eps", "estimLr0", "weightDecay"]);
  const { betas = [0.9, 0.999] as const, eps = 1e-8, estimLr0 = 1e-6, weightDecay = 0 } = options;
  const root = Math.sqrt(betas[1]);
  return {
    init(params) {
      const zeros = treeZerosLike(params);
      return {
        expAvg: zeros,
        expAvgSq: zeros,
        gradSum: zeros,
        estimLr: scalar(estimLr0),
        numeratorWeighted: scalar(0),
        count: zeroCount(),
      };
    },
    update(updates, state, params) {
      needParams("contrib.dadaptAdamw", params);
      const count = safeIncrement(state.count);
      const rate = times(rateAt(learningRate, state.count), state.estimLr);
      const dlr = p.mul(rate, correction(rate, betas, count));
      const weighted = mapTensors((s, v) => p.div(s, p.add(p.sqrt(v), eps)), state.gradSum, state.expAvgSq);
      const progress = p.convert(treeVdot(updates, weighted), "float32");
      const scaled = (decay: number, old: Tensor, g: Tensor): Tensor =>
        p.add(times(decay, old), times(p.mul(1 - decay, dlr), g));
      const expAvg = mapTensors((m, g) => scaled(betas[0], m, g), state.expAvg, updates);
      const expAvgSq = mapTensors((v, g) => blend(betas[1], v, p.mul(g, g)), state.expAvgSq, updates);
      const gradSum = mapTensors((s, g) => scaled(root, s, g), state.gradSum, updates);
      const numeratorWeighted = p.add(p.mul(root, state.numeratorWeighted), p.mul(p.mul(1 - root, dlr), progress));
      const estimate = p.div(numeratorWeighted, p.mul(1 - root, p.convert(moduli(gradSum), "float32")));
      const estimLr = p.max(state.estimLr, estimate);
      const out = mapTensors(
        (_, m, v, x) => p.sub(times(-weightDecay, times(dlr, x)), p.div(m, p.add(p.sqrt(v), eps))),
        updates,
        expAvg,
        expAvgSq,
        params,
      );
      return [out, { expAvg, expAvgSq, gradSum, estimLr, numeratorWeighted, count }];
    },
  };
}

export interface ScheduleFreeState {
  readonly b1: Tensor;
  readonly weightSum: Tensor;
  readonly stepCount: Tensor;
  readonly maxLr: Tensor;
  readonly baseOptimizerState: unknown;
  /** Where the base optimizer is. */
  readonly z: unknown;
}
export interface ScheduleFreeOptions {
  /** How much of the average the gradients are taken at; 0.9 by default. */
  readonly b1?: number | undefined;
  readonly weightLrPower?: number | undefined;
  readonly stateDtype?: DType | null | undefined;
}
const freeOptions = ["b1", "weightLrPower", "stateDtype"] as const;

/**
 * Averaging in place of a schedule (Defazio et al., 2024): the parameters are where gradients are taken; evaluate at
 * {@link scheduleFreeEvalParams}.
 */
export function scheduleFree(
  base: GradientTransformation,
  learningRate: ScalarOrSchedule,
  options: ScheduleFreeOptions = {},
): GradientTransformation<ScheduleFreeState> {
  checkOptions("optim.contrib.scheduleFree", options, freeOptions);
  const { b1 = 0.9, weightLrPower = 2, stateDtype } = options;
  return {
    init: (params) => ({
      b1: scalar(b1),
      weightSum: scalar(0),
      stepCount: p.full([], 1, "int32"),
      maxLr: scalar(0),
      baseOptimizerState: base.init(params),
      z: treeCast(params, stateDtype),
    }),
    update<U>(updates: U, state: ScheduleFreeState, params?: unknown, extra?: ExtraArgs): [U, ScheduleFreeState] {
      needParams("contrib.scheduleFree", params);
      const maxLr = p.max(state.maxLr, like(state.maxLr, rateAt(learningRate, state.stepCount)));
      const weight = p.pow(maxLr, weightLrPower);
      const weightSum = p.add(state.weightSum, weight);
      const none = p.bitwiseAnd(p.eq(weight, 0), p.eq(weightSum, 0));
      const ck = p.select(none, p.fullLike(weight, 0), p.div(weight, weightSum));
      const [moved, baseOptimizerState] = base.update(updates, state.baseOptimizerState, params, extra);
      const z = applyUpdates(state.z, moved);
      const previous = mapTensors((y, w) => p.div(np.subtract(y, times(1 - b1, w)), b1), params, state.z);
      const average = mapTensors((x, w) => p.add(times(complement(ck), x), times(ck, w)), previous, z);
      const next = mapTensors((x, w) => p.add(times(b1, x), times(1 - b1, w)), average, z);
      const out = mapTensors((_, x, y) => np.subtract(x, y), updates, next, params);
      return [
        out,
        { b1: state.b1, weightSum, stepCount: safeIncrement(state.stepCount), maxLr, baseOptimizerState, z },
      ];
    },
  };
}

/** The averaged parameters, for evaluation. */
export const scheduleFreeEvalParams = <P>({ b1, z }: Pick<ScheduleFreeState, "b1" | "z">, params: P): P =>
  mapTensors((y, w) => p.div(np.subtract(y, times(complement(b1), w)), like(y, b1)), params, z);

export interface ScheduleFreeSgdOptions extends ScheduleFreeOptions {
  readonly warmupSteps?: number | undefined;
  readonly weightDecay?: number | undefined;
}
const warmedUp = (rate: number, steps: number | undefined): ScalarOrSchedule =>
  steps === undefined ? rate : warmupConstantSchedule(0, rate, steps);

/** Schedule-free gradient descent; the learning rate is 1 by default. */
export function scheduleFreeSgd(
  learningRate = 1,
  options: ScheduleFreeSgdOptions = {},
): GradientTransformation<ScheduleFreeState> {
  checkOptions("optim.contrib.scheduleFreeSgd", options, [...freeOptions, "warmupSteps", "weightDecay"]);
  const { warmupSteps, weightDecay, ...rest } = options;
  const rate = warmedUp(learningRate, warmupSteps);
  const base: GradientTransformation = sgd(rate) as GradientTransformation;
  const decayed =
    weightDecay === undefined ? base : (chain(addDecayedWeights(weightDecay), base) as GradientTransformation);
  return scheduleFree(decayed, rate, rest);
}

export interface ScheduleFreeAdamwOptions extends ScheduleFreeSgdOptions {
  readonly b2?: number | undefined;
  readonly eps?: number | undefined;
}
/** Schedule-free AdamW; the learning rate is 0.0025 by default. */
export function scheduleFreeAdamw(
  learningRate = 0.0025,
  options: ScheduleFreeAdamwOptions = {},
): GradientTransformation<ScheduleFreeState> {
  checkOptions("optim.contrib.scheduleFreeAdamw", options, [...freeOptions, "warmupSteps", "weightDecay", "b2", "eps"]);
  const { warmupSteps, weightDecay = 0, b2 = 0.999, eps = 1e-8, ...rest } = options;
  const rate = warmedUp(learningRate, warmupSteps);
  const base = chain(
    scaleByRms({ decay: b2, eps, epsInSqrt: false, biasCorrection: true }),
    addDecayedWeights(weightDecay),
    scaleByLearningRate(rate),
  );
  return scheduleFree(base as GradientTransformation, rate, rest);
}
