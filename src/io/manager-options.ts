/** What users may say to a manager, checked. */
import { ArgumentError } from "../prelude/errors.js";
import { checkOptions, describeType, isPlainObject } from "../prelude/options.js";
import type { Best, Retention } from "./retention.js";
import type { Metrics } from "./step-files.js";

export interface Policy extends Retention {
  /** Steps that are multiples of it are saved, others are not; 1 by default. */
  readonly saveInterval?: number | undefined;
  /** Whether saving goes on beside training, of copies of the tensors; true by default. */
  readonly async?: boolean | undefined;
}

export const policyOptions = ["keep", "keepEvery", "best", "saveInterval", "async"] as const;

const describe = (value: unknown): string => (typeof value === "number" ? String(value) : describeType(value));

export function checkStep(fn: string, step: unknown): asserts step is number {
  if (typeof step === "number" && Number.isSafeInteger(step) && step >= 0) return;
  throw new ArgumentError("CT004", `${fn}: the step is ${describe(step)}, but it must be a whole number from 0 on.`);
}

export function checkPolicy(fn: string, policy: Policy): Policy {
  for (const name of ["keep", "keepEvery", "saveInterval"] as const) {
    const value: unknown = policy[name];
    if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value >= 1)) continue;
    throw new ArgumentError("CT004", `${fn}: ${name} is ${describe(value)}, but it must be a whole number from 1 on.`);
  }
  if (policy.best !== undefined) checkBest(fn, policy.best);
  const { keep, keepEvery, best, saveInterval, async } = policy;
  return { keep, keepEvery, best, saveInterval, async };
}

function checkBest(fn: string, best: Best): void {
  checkOptions(`${fn}'s best`, best, ["metric", "mode"]);
  if (typeof best.metric !== "string") {
    throw new ArgumentError("CT003", `${fn}: best.metric is ${describe(best.metric)}, but it must be a metric's name.`);
  }
  if (best.mode !== "min" && best.mode !== "max") {
    throw new ArgumentError(
      "CT004",
      `${fn}: best.mode is ${JSON.stringify(best.mode)}, but it must be "min", as for losses, or "max".`,
    );
  }
}

export function checkMetrics(fn: string, metrics: unknown = {}, best: Best | undefined): Metrics {
  if (!isPlainObject(metrics)) {
    throw new ArgumentError("CT003", `${fn}: metrics is ${describeType(metrics)}, but it must be numbers by name.`);
  }
  for (const [name, value] of Object.entries(metrics)) {
    if (typeof value === "number") continue;
    throw new ArgumentError(
      "CT003",
      `${fn}: the metric '${name}' is ${describeType(value)}, but it must be a number. Read tensors with item().`,
    );
  }
  if (best !== undefined && !Object.hasOwn(metrics, best.metric)) {
    throw new ArgumentError(
      "CT003",
      `${fn}: the metric '${best.metric}', by which the best step is chosen, is not given. Pass metrics: { ${best.metric}: … }.`,
    );
  }
  return { ...metrics } as Metrics;
}
