/** The simplest transformations, and how others are made. */

import { Tensor } from "../core/tensor.js";
import { ArgumentError, TransformError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { isSchedule, times, valueAt, zeroCount } from "./scalars.js";
import { mapTensors, safeIncrement } from "./trees.js";
import type { EmptyState, ExtraArgs, GradientTransformation, Scalar, ScalarOrSchedule, Schedule } from "./types.js";

/**
 * A transformation without state, from a function of updates and parameters.
 * @example
 * const halved = optim.stateless((updates) => tree.map((g) => g.div(2), updates));
 */
export function stateless(
  f: <U>(updates: U, params: unknown, extra: ExtraArgs) => U,
): GradientTransformation<EmptyState> {
  return {
    init: () => null,
    update: (updates, _state, params, extra = {}) => [f(updates, params, extra), null],
  };
}

/** The same from a function of one leaf of the updates, and that of the parameters if they are given. */
export const statelessWithTreeMap = (
  f: (update: Tensor, param?: Tensor) => Tensor,
): GradientTransformation<EmptyState> =>
  stateless((updates, params) =>
    params === undefined ? mapTensors((g) => f(g), updates) : mapTensors((g, x) => f(g, x), updates, params),
  );

/** Hands the updates on. */
export const identity = (): GradientTransformation<EmptyState> => stateless((updates) => updates);

/** Makes all updates 0. */
export const setToZero = (): GradientTransformation<EmptyState> =>
  stateless((updates) => mapTensors((g) => p.fullLike(g, 0), updates));

/** @throws TransformError CT420 without parameters */
export function needParams(fn: string, params: unknown): void {
  if (params !== undefined) return;
  throw new TransformError(
    "CT420",
    `optim.${fn}: it needs the parameters, but update was called without. Call update(grads, state, params).`,
  );
}

/** A transformation without state that looks at the parameters. */
export const withParams = (
  fn: string,
  f: (update: Tensor, param: Tensor) => Tensor,
): GradientTransformation<EmptyState> =>
  stateless((updates, params) => {
    needParams(fn, params);
    return mapTensors(f, updates, params);
  });

/** Multiplies the updates by a number. */
export const scale = (factor: Scalar): GradientTransformation<EmptyState> =>
  stateless((updates) => mapTensors((g) => times(factor, g), updates));

export interface ScaleByScheduleState {
  readonly count: Tensor;
}

/** Multiplies the updates by the value of a schedule at each step. */
export function scaleBySchedule(schedule: Schedule): GradientTransformation<ScaleByScheduleState> {
  return {
    init: () => ({ count: zeroCount() }),
    update(updates, { count }) {
      const factor = valueAt(schedule, count);
      return [mapTensors((g) => times(factor, g), updates), { count: safeIncrement(count) }];
    },
  };
}

export interface ScaleByLearningRateOptions {
  /** Whether the updates go against the gradients, as in minimising; true by default. */
  readonly flipSign?: boolean | undefined;
}

/** Every optimizer's first argument comes here: options in its place are the likeliest slip. */
function checkLearningRate(rate: unknown): void {
  if (typeof rate === "number" || typeof rate === "function" || rate instanceof Tensor) return;
  throw new ArgumentError(
    "CT003",
    `optim: the learning rate is ${describeType(rate)}, but it must be a number, a tensor or a schedule from steps to ` +
      "them. It is the first argument of an optimizer, before the options: optim.adam(1e-3, { b1: 0.9 }).",
  );
}

/** The last part of an optimizer: multiplies by minus the learning rate, a number or a schedule. @throws ArgumentError CT003 for neither */
export function scaleByLearningRate(
  learningRate: ScalarOrSchedule | null,
  { flipSign = true }: ScaleByLearningRateOptions = {},
): GradientTransformation<EmptyState | ScaleByScheduleState> {
  if (learningRate === null) return identity();
  checkLearningRate(learningRate);
  const signed = (x: Scalar): Scalar => (!flipSign ? x : typeof x === "number" ? -x : p.neg(x));
  if (!isSchedule(learningRate)) return scale(signed(learningRate));
  return scaleBySchedule((step) => signed(valueAt(learningRate, step)));
}
