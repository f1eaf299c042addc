/** Transformations under conditions, and updates kept within bounds. */

import { cond } from "../../control/cond.js";
import { type ArrayLike, asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { zeroCount } from "../scalars.js";
import { withParams } from "../transformation.js";
import { mapTensors, safeIncrement, tensorLeaves } from "../trees.js";
import type { EmptyState, ExtraArgs, GradientTransformation } from "../types.js";

export interface ConditionalState {
  readonly step: Tensor;
  readonly innerState: unknown;
}
/** Says for each step whether to transform; gets what update was given besides, if it is forwarded. */
export type ConditionFn = (step: Tensor, extra: ExtraArgs) => Tensor | boolean;
export interface ConditionalOptions {
  /** Whether the condition gets the extra arguments of update. */
  readonly forwardExtraArgs?: boolean | undefined;
}

/** What an inner transformation does where the condition holds; `otherwise` and its old state elsewhere. */
function updateIf<U>(
  condition: Tensor,
  inner: GradientTransformation,
  updates: U,
  innerState: unknown,
  params: unknown,
  extra: ExtraArgs | undefined,
  otherwise: (g: Tensor) => Tensor,
): [updates: U, state: unknown] {
  return cond(
    condition,
    () => inner.update(updates, innerState, params, extra) as never,
    () => [mapTensors(otherwise, updates), innerState] as never,
  ) as unknown as [U, unknown];
}

function conditional(
  fn: string,
  inner: GradientTransformation,
  shouldTransform: ConditionFn,
  options: ConditionalOptions,
  otherwise: (g: Tensor) => Tensor,
): GradientTransformation<ConditionalState> {
  checkOptions(`optim.${fn}`, options, ["forwardExtraArgs"]);
  return {
    init: (params) => ({ step: zeroCount(), innerState: inner.init(params) }),
    update(updates, { step, innerState }, params, extra) {
      const holds = shouldTransform(step, options.forwardExtraArgs ? (extra ?? {}) : {});
      const condition = asTensor(holds as ArrayLike, `optim.${fn}`);
      const [out, next] = updateIf(condition, inner, updates, innerState, params, extra, otherwise);
      return [out, { step: safeIncrement(step), innerState: next }];
    },
  };
}

/** The inner transformation at steps where the condition holds; at others updates go through as they are. */
export const conditionallyTransform = (
  inner: GradientTransformation,
  shouldTransform: ConditionFn,
  options: ConditionalOptions = {},
): GradientTransformation<ConditionalState> =>
  conditional("conditionallyTransform", inner, shouldTransform, options, (g) => g);

/** The same, with updates of 0 at other steps. */
export const conditionallyMask = (
  inner: GradientTransformation,
  shouldTransform: ConditionFn,
  options: ConditionalOptions = {},
): GradientTransformation<ConditionalState> =>
  conditional("conditionallyMask", inner, shouldTransform, options, (g) => p.fullLike(g, 0));
export { conditionallyMask as maybeUpdate };

export interface ApplyIfFiniteState {
  readonly notfiniteCount: Tensor;
  readonly lastFinite: Tensor;
  readonly totalNotfinite: Tensor;
  readonly innerState: unknown;
}

/**
 * Leaves out updates with infinities or NaN, unless there were more than `maxConsecutiveErrors` in a row.
 * @example
 * optim.applyIfFinite(optim.adam(1e-3), 5);
 */
export function applyIfFinite(
  inner: GradientTransformation,
  maxConsecutiveErrors: number,
): GradientTransformation<ApplyIfFiniteState> {
  return {
    init: (params) => ({
      notfiniteCount: zeroCount(),
      lastFinite: p.full([], true, "bool"),
      totalNotfinite: zeroCount(),
      innerState: inner.init(params),
    }),
    update(updates, state, params, extra) {
      const lastFinite = tensorLeaves(updates)
        .map((g) => np.all(p.isFinite(g)))
        .reduce((x, y) => p.bitwiseAnd(x, y), p.full([], true, "bool"));
      const failures = safeIncrement(state.notfiniteCount);
      const notfiniteCount = p.select(lastFinite, p.fullLike(failures, 0), failures);
      const go = p.bitwiseOr(lastFinite, p.gt(notfiniteCount, maxConsecutiveErrors));
      const zero = (g: Tensor): Tensor => p.fullLike(g, 0);
      const [out, innerState] = updateIf(go, inner, updates, state.innerState, params, extra, zero);
      const totalNotfinite = p.select(lastFinite, state.totalNotfinite, safeIncrement(state.totalNotfinite));
      return [out, { notfiniteCount, lastFinite, totalNotfinite, innerState }];
    },
  };
}

/** Updates that leave no parameter below 0. */
export const keepParamsNonnegative = (): GradientTransformation<EmptyState> =>
  withParams("keepParamsNonnegative", (g, x) => p.select(p.lt(p.add(x, g), 0), p.neg(x), g));

export interface ZeroNansState {
  /** Which leaves held a NaN. */
  readonly foundNan: unknown;
}

/** Makes NaN 0, and remembers where it was. */
export const zeroNans = (): GradientTransformation<ZeroNansState> => ({
  init: (params) => ({ foundNan: mapTensors(() => p.full([], false, "bool"), params) }),
  update: (updates) => [
    mapTensors((g) => p.select(p.ne(g, g), p.fullLike(g, 0), g), updates),
    { foundNan: mapTensors((g) => np.any(p.ne(g, g)), updates as unknown) },
  ],
});
