/** Things added to the updates: decayed weights, noise. */
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import * as random from "../../random/index.js";
import { type MaskedState, masked } from "../combining.js";
import { isSchedule, like, times, valueAt, zeroCount } from "../scalars.js";
import { needParams, type ScaleByScheduleState } from "../transformation.js";
import { mapTensors, safeIncrement, treeAddScale, treeRandomLike } from "../trees.js";
import type { EmptyState, ExtraArgs, GradientTransformation, Mask, Scalar, ScalarOrSchedule } from "../types.js";

export interface DecayOptions {
  /** Where weights decay; everywhere by default. */
  readonly mask?: Mask | null | undefined;
}

type DecayState = EmptyState | ScaleByScheduleState;

/**
 * Adds the parameters times weightDecay, a number or a schedule.
 * @throws TransformError CT420 without parameters
 */
export function addDecayedWeights(
  weightDecay: ScalarOrSchedule = 0,
  options: DecayOptions = {},
): GradientTransformation<DecayState | MaskedState> {
  checkOptions("optim.addDecayedWeights", options, ["mask"]);
  const { mask } = options;
  const tx: GradientTransformation<DecayState> = {
    init: () => (isSchedule(weightDecay) ? { count: zeroCount() } : null),
    update<U>(updates: U, state: DecayState, params?: unknown): [U, DecayState] {
      needParams("addDecayedWeights", params);
      const next = state === null ? null : { count: safeIncrement(state.count) };
      if (weightDecay === 0) return [updates, next];
      const decay = isSchedule(weightDecay) ? valueAt(weightDecay, (state as ScaleByScheduleState).count) : weightDecay;
      return [mapTensors((g, x) => np.add(g, times(decay, x)), updates, params), next];
    },
  };
  return mask === undefined || mask === null ? tx : masked(tx as GradientTransformation, mask);
}

export interface AddNoiseState {
  readonly count: Tensor;
  readonly rngKey: Tensor;
}

/**
 * Adds normal noise of variance eta / stepᵞ (Neelakantan et al., 2015).
 * @param key a key, or a seed
 */
export function addNoise(eta: Scalar, gamma: Scalar, key: Tensor | number): GradientTransformation<AddNoiseState> {
  return {
    init: () => ({ count: zeroCount(), rngKey: typeof key === "number" ? random.key(key) : key }),
    update<U>(updates: U, state: AddNoiseState, _params?: unknown, _extra?: ExtraArgs): [U, AddNoiseState] {
      const count = safeIncrement(state.count);
      const step = p.convert(count, "float32");
      const deviation = p.sqrt(p.div(like(step, eta), p.pow(step, like(step, gamma))));
      const [rngKey, forNoise] = np.unstack(random.split(state.rngKey));
      return [treeAddScale(updates, deviation, treeRandomLike(forNoise, updates)), { count, rngKey }];
    },
  };
}
