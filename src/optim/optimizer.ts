/** What optimizers are made with. */
import { chain } from "./combining.js";
import type { GradientTransformation, Mask, ScalarOrSchedule } from "./types.js";

/** An optimizer whose state is that of its chain. */
export type Optimizer = GradientTransformation<readonly unknown[]>;

/** Parts one after the other. */
export const optimizer = (...parts: readonly GradientTransformation[]): Optimizer => chain(...parts);

export interface WeightDecayOptions {
  /** Times the parameters, added to the updates before the learning rate. */
  readonly weightDecay?: ScalarOrSchedule | undefined;
  /** Where weights decay; everywhere by default. */
  readonly mask?: Mask | null | undefined;
}
export const decayOptions = ["weightDecay", "mask"] as const;
