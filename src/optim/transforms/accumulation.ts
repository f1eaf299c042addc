/** Updates remembered: momentum, moving averages, gradients added up over steps. */

import { cond } from "../../control/cond.js";
import { type ArrayLike, asTensor } from "../../core/array-like.js";
import type { DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { plus, times, zeroCount } from "../scalars.js";
import {
  choose,
  mapTensors,
  safeIncrement,
  tensorLeaves,
  treeBiasCorrection,
  treeCast,
  treeCastLike,
  treeUpdateMoment,
  treeZerosLike,
} from "../trees.js";
import type { ExtraArgs, GradientTransformation, Scalar } from "../types.js";

export interface TraceState {
  readonly trace: unknown;
}
export interface TraceOptions {
  /** Whether the updates look one step ahead. */
  readonly nesterov?: boolean | undefined;
  readonly accumulatorDtype?: DType | null | undefined;
}

/** Momentum: the decaying sum of the updates so far. */
export function trace(decay: Scalar, options: TraceOptions = {}): GradientTransformation<TraceState> {
  checkOptions("optim.trace", options, ["nesterov", "accumulatorDtype"]);
  const { nesterov = false, accumulatorDtype } = options;
  const step = (g: Tensor, t: Tensor): Tensor => np.add(g, times(decay, t));
  return {
    init: (params) => ({ trace: treeZerosLike(params, accumulatorDtype) }),
    update(updates, state) {
      const next = mapTensors(step, updates, state.trace);
      return [nesterov ? mapTensors(step, updates, next) : next, { trace: treeCast(next, accumulatorDtype) }];
    },
  };
}

export interface EmaState {
  readonly count: Tensor;
  readonly ema: unknown;
}
export interface EmaOptions {
  /** Whether the average is divided by the weight that the updates have in it; true by default. */
  readonly debias?: boolean | undefined;
  readonly accumulatorDtype?: DType | null | undefined;
}

/** The exponential moving average of the updates. */
export function ema(decay: Scalar, options: EmaOptions = {}): GradientTransformation<EmaState> {
  checkOptions("optim.ema", options, ["debias", "accumulatorDtype"]);
  const { debias = true, accumulatorDtype } = options;
  return {
    init: (params) => ({ count: zeroCount(), ema: treeZerosLike(params, accumulatorDtype) }),
    update(updates, state) {
      const next = treeUpdateMoment(updates, state.ema, decay, 1);
      const count = safeIncrement(state.count);
      const out = debias ? treeBiasCorrection(next, decay, count) : next;
      return [out, { count, ema: treeCast(next, accumulatorDtype) }];
    },
  };
}

export interface ApplyEveryState {
  readonly count: Tensor;
  readonly gradAcc: unknown;
}

/** The sum of k updates at every k-th step, 0 at the others. */
export function applyEvery(k = 1): GradientTransformation<ApplyEveryState> {
  return {
    init: (params) => ({ count: zeroCount(), gradAcc: treeZerosLike(params) }),
    update(updates, state) {
      const at = p.rem(state.count, k);
      const kept = (x: Tensor, condition: Tensor): Tensor => p.mul(p.convert(condition, x.dtype), x);
      const gradAcc = mapTensors((g, acc) => p.add(kept(acc, p.ne(at, 0)), g), updates, state.gradAcc);
      const out = mapTensors((acc) => kept(acc, p.eq(at, k - 1)), gradAcc);
      return [out, { count: p.rem(safeIncrement(state.count), k), gradAcc }];
    },
  };
}

/** Says whether updates are to be skipped, with what it looked at. */
export type ShouldSkipUpdate = (
  updates: unknown,
  gradientStep: Tensor,
  params: unknown,
) => readonly [skip: Tensor, state: unknown];

/** Skips updates that hold infinities or NaN. */
export const skipNotFinite: ShouldSkipUpdate = (updates) => {
  const counts = tensorLeaves(updates).map((g) => np.sum(p.bitwiseNot(p.isFinite(g))));
  const numNotFinite = counts.reduce((x, y) => p.add(x, y), p.full([], 0, "int32"));
  const shouldSkip = p.gt(numNotFinite, 0);
  return [shouldSkip, { shouldSkip, numNotFinite }];
};

/** Skips updates whose squared length is not below the limit. */
export const skipLargeUpdates =
  (maxSquaredNorm: Scalar): ShouldSkipUpdate =>
  (updates) => {
    const normSquared = tensorLeaves(updates)
      .map((g) => np.sum(p.mul(g, g)))
      .reduce((x, y) => np.add(x, y));
    const shouldSkip = p.bitwiseNot(np.less(normSquared, maxSquaredNorm));
    return [shouldSkip, { shouldSkip, normSquared }];
  };

export interface MultiStepsState {
  readonly miniStep: Tensor;
  readonly gradientStep: Tensor;
  readonly innerOptState: unknown;
  readonly accGrads: unknown;
  readonly skipState: unknown;
}
export interface MultiStepsOptions {
  /** Whether gradients are averaged rather than added; true by default. */
  readonly useGradMean?: boolean | undefined;
  /** Which updates to leave out, such as {@link skipNotFinite}. */
  readonly shouldSkipUpdateFn?: ShouldSkipUpdate | undefined;
  /** float32 by default; null for the parameters' own. */
  readonly accumulatorDtype?: DType | null | undefined;
}

/**
 * An optimizer that makes one step of every k gradients, with their mean; updates between are 0.
 * @param everyK how many, or a schedule of the steps made so far
 * @example
 * optim.multiSteps(optim.adam(1e-3), 4);
 */
export function multiSteps(
  inner: GradientTransformation,
  everyK: number | ((gradientStep: Tensor) => Tensor | number),
  options: MultiStepsOptions = {},
): GradientTransformation<MultiStepsState> {
  checkOptions("optim.multiSteps", options, ["useGradMean", "shouldSkipUpdateFn", "accumulatorDtype"]);
  const { useGradMean = true, accumulatorDtype = "float32", shouldSkipUpdateFn } = options;
  const never: ShouldSkipUpdate = () => [p.full([], false, "bool"), null];
  const shouldSkip = shouldSkipUpdateFn ?? never;
  const steps = (at: Tensor): Tensor =>
    p.convert(asTensor((typeof everyK === "number" ? everyK : everyK(at)) as ArrayLike, "optim.multiSteps"), "int32");
  const accumulate = (g: Tensor, acc: Tensor, n: Tensor): Tensor =>
    useGradMean ? np.add(acc, np.divide(np.subtract(g, acc), plus(p.convert(n, acc.dtype), 1))) : np.add(g, acc);

  const step = (updates: unknown, state: MultiStepsState, params: unknown, extra: ExtraArgs | undefined) => {
    const accGrads = mapTensors((g, acc) => accumulate(g, acc, state.miniStep), updates, state.accGrads);
    const k = steps(state.gradientStep);
    const [out, innerState] = inner.update(treeCastLike(accGrads, updates), state.innerOptState, params, extra);
    const emit = p.eq(state.miniStep, p.sub(k, 1));
    const unlessEmitted = (x: Tensor, acc: Tensor): Tensor => p.convert(choose(emit, p.fullLike(x, 0), x), acc.dtype);
    const next: MultiStepsState = {
      miniStep: p.rem(safeIncrement(state.miniStep), k),
      gradientStep: p.select(emit, safeIncrement(state.gradientStep), state.gradientStep),
      innerOptState: mapTensors(
        (old, now) => choose(emit, p.convert(now, old.dtype), old),
        state.innerOptState,
        innerState,
      ),
      accGrads: mapTensors(unlessEmitted, accGrads, state.accGrads),
      skipState: null,
    };
    return [mapTensors((u) => choose(emit, u, p.fullLike(u, 0)), out), next] as const;
  };

  return {
    init(params) {
      const gradientStep = zeroCount();
      const [, skipState] = shouldSkip(treeZerosLike(params), gradientStep, params);
      return {
        miniStep: zeroCount(),
        gradientStep,
        innerOptState: inner.init(params),
        accGrads: treeZerosLike(params, accumulatorDtype),
        skipState,
      };
    },
    update<U>(updates: U, state: MultiStepsState, params?: unknown, extra?: ExtraArgs): [U, MultiStepsState] {
      if (shouldSkipUpdateFn === undefined)
        return step(updates, state, params, extra) as unknown as [U, MultiStepsState];
      const [skip, skipState] = shouldSkip(updates, state.gradientStep, params);
      const { skipState: _, ...kept } = state;
      const [out, next] = cond(
        skip,
        () => [mapTensors((g) => p.fullLike(g, 0), updates as unknown), kept] as never,
        () => {
          const [u, { skipState: __, ...rest }] = step(updates, state, params, extra);
          return [treeCastLike(u, updates), rest] as never;
        },
      ) as unknown as [U, MultiStepsState];
      return [out, { ...next, skipState }];
    },
  };
}

/** Whether the last update of {@link multiSteps} made a step. */
export const hasUpdated = ({ miniStep, gradientStep }: MultiStepsState): Tensor =>
  p.bitwiseAnd(p.eq(miniStep, 0), p.gt(gradientStep, 0));
