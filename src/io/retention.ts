/** Which steps of a manager's directory stay. */
import type { Step } from "./step-files.js";

export interface Best {
  /** The name of a metric that every save gives. */
  readonly metric: string;
  /** Whether small values are good, as of losses, or large ones. */
  readonly mode: "min" | "max";
}

export interface Retention {
  /** How many of the newest steps; all if left out. */
  readonly keep?: number | undefined;
  /** Steps that are multiples of it stay for good. */
  readonly keepEvery?: number | undefined;
  readonly best?: Best | undefined;
}

/** The best of the steps, the newest among equals; those without the metric, or with NaN, are not among them. */
export function bestOf(steps: readonly Step[], { metric, mode }: Best): number | undefined {
  const sign = mode === "max" ? 1 : -1;
  let best: { step: number; value: number } | undefined;
  for (const { step, metrics } of steps) {
    const value = sign * (metrics[metric] ?? Number.NaN);
    if (Number.isNaN(value)) continue;
    if (best === undefined || value > best.value || (value === best.value && step > best.step)) best = { step, value };
  }
  return best?.step;
}

/** The steps to remove, oldest first. */
export function superfluous(steps: readonly Step[], { keep, keepEvery, best }: Retention): number[] {
  if (keep === undefined) return [];
  const ascending = steps.map((s) => s.step).sort((a, b) => a - b);
  const stays = new Set(ascending.slice(-keep));
  const top = best && bestOf(steps, best);
  if (top !== undefined) stays.add(top);
  return ascending.filter((step) => !stays.has(step) && !(keepEvery !== undefined && step % keepEvery === 0));
}
