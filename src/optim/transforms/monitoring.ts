/** Looking at updates on their way, and two sets of parameters kept in step. */
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { times, zeroCount } from "../scalars.js";
import { needParams } from "../transformation.js";
import { choose, mapTensors } from "../trees.js";
import type { GradientTransformation } from "../types.js";
import { type EmaOptions, ema } from "./accumulation.js";

type Measure = (updates: unknown) => unknown;

export interface SnapshotState {
  readonly measurement: Readonly<Record<string, unknown>>;
}
/** Keeps a measure of the last updates in the state under a name; hands the updates on. */
export const snapshot = (name: string, measure: Measure): GradientTransformation<SnapshotState> => ({
  init: (params) => ({ measurement: { [name]: measure(params) } }),
  update: (updates) => [updates, { measurement: { [name]: measure(updates) } }],
});

/** A measure of the updates in place of them, averaged over steps: for {@link monitor}. */
export function measureWithEma(measure: Measure, decay: number, options: EmaOptions = {}): GradientTransformation {
  const average = ema(decay, options) as GradientTransformation;
  return {
    init: (params) => average.init(measure(params)),
    update<U>(updates: U, state: unknown): [U, unknown] {
      return average.update(measure(updates), state) as unknown as [U, unknown];
    },
  };
}

export interface MonitorState {
  readonly measurements: Readonly<Record<string, unknown>>;
  readonly measureStates: Readonly<Record<string, unknown>>;
}
/** Keeps several measures, functions of the updates or transformations, in the state; hands the updates on. */
export function monitor(
  measures: Readonly<Record<string, Measure | GradientTransformation>>,
): GradientTransformation<MonitorState> {
  const named = Object.entries(measures).map(([name, m]): [string, GradientTransformation] => [
    name,
    typeof m === "function" ? { init: () => null, update: (u, s) => [m(u) as typeof u, s] } : m,
  ]);
  return {
    init: (params) => ({
      measurements: {},
      measureStates: Object.fromEntries(named.map(([name, tx]) => [name, tx.init(params)])),
    }),
    update(updates, { measureStates }, params, extra) {
      const results = named.map(
        ([name, tx]) => [name, tx.update(updates, measureStates[name], params, extra)] as const,
      );
      return [
        updates,
        {
          measurements: Object.fromEntries(results.map(([name, [measured]]) => [name, measured])),
          measureStates: Object.fromEntries(results.map(([name, [, state]]) => [name, state])),
        },
      ];
    },
  };
}

/** Fast parameters, which are trained, and slow ones, which follow. */
export interface LookaheadParams<P = unknown> {
  readonly fast: P;
  readonly slow: P;
}
/** Both alike, to begin with. */
export const lookaheadParams = <P>(params: P): LookaheadParams<P> => ({ fast: params, slow: params });

export interface LookaheadState {
  readonly fastState: unknown;
  readonly stepsSinceSync: Tensor;
}
export interface LookaheadOptions {
  /** Whether the optimizer starts anew after each synchronisation. */
  readonly resetState?: boolean | undefined;
}

/**
 * Slow parameters that go part of the way to the fast ones every few steps, which then go back to them (Zhang et al.,
 * 2019). Parameters and updates are {@link LookaheadParams}; gradients are those of the fast parameters.
 * @throws ArgumentError CT004 for a period below 1
 */
export function lookahead(
  fastOptimizer: GradientTransformation,
  syncPeriod: number,
  slowStepSize: number,
  options: LookaheadOptions = {},
): GradientTransformation<LookaheadState> {
  checkOptions("optim.lookahead", options, ["resetState"]);
  if (!(syncPeriod >= 1)) {
    throw new ArgumentError("CT004", `optim.lookahead: syncPeriod is ${syncPeriod}, but it must be at least 1.`);
  }
  return {
    init: (params) => ({
      fastState: fastOptimizer.init((params as LookaheadParams).fast),
      stepsSinceSync: zeroCount(),
    }),
    update<U>(updates: U, state: LookaheadState, params?: unknown): [U, LookaheadState] {
      needParams("lookahead", params);
      const { fast, slow } = params as LookaheadParams;
      const [steps, next] = fastOptimizer.update(updates as unknown, state.fastState, fast);
      const sync = p.eq(state.stepsSinceSync, syncPeriod - 1);
      const ifSync = (x: Tensor): Tensor => choose(sync, x, p.fullLike(x, 0));
      const ahead = mapTensors((f, u, s) => np.subtract(np.add(f, u), s), fast, steps, slow);
      const out: LookaheadParams = {
        fast: mapTensors((u, d) => np.subtract(u, ifSync(times(1 - slowStepSize, d))), steps, ahead),
        slow: mapTensors((d) => ifSync(times(slowStepSize, d)), ahead),
      };
      const fastState = options.resetState
        ? mapTensors((now, start) => choose(sync, p.convert(start, now.dtype), now), next, fastOptimizer.init(fast))
        : next;
      return [out as U, { fastState, stepsSinceSync: p.rem(p.add(state.stepsSinceSync, 1), syncPeriod) }];
    },
  };
}
