/** Which values a checkpointed function keeps for its backward pass. */
import type { Params } from "../core/jaxpr.js";
import type { Primitive } from "../core/primitive.js";
import { ArgumentError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { convGeneralDilatedP } from "../primitives/convolution.js";
import { type DotDimensionNumbers, dotGeneralP } from "../primitives/dot.js";
import { nameP } from "./checkpoint-name.js";

/** Whether the results of an operation with these parameters are kept rather than computed again. */
export type CheckpointPolicy = (primitive: Primitive, params: Params) => boolean;

/** Keeps everything, as without a checkpoint. */
export function everythingSaveable(): boolean {
  return true;
}

/** Keeps nothing but the function's inputs: the policy where none is given. */
export function nothingSaveable(): boolean {
  return false;
}

/** Keeps the results of matrix products and convolutions, which cost most to compute again. */
export function dotsSaveable(primitive: Primitive): boolean {
  return primitive === dotGeneralP || primitive === convGeneralDilatedP;
}

/** Keeps the results of matrix products without batch dimensions: those of layers, not those of attention scores. */
export function dotsWithNoBatchDimsSaveable(primitive: Primitive, params: Params): boolean {
  if (primitive !== dotGeneralP) return false;
  const [, [lhsBatch, rhsBatch]] = params.dimensionNumbers as DotDimensionNumbers;
  return lhsBatch.length === 0 && rhsBatch.length === 0;
}

const checkNames = (where: string, names: readonly unknown[]): ReadonlySet<string> => {
  for (const name of names) {
    if (typeof name === "string") continue;
    throw new ArgumentError("CT003", `${where}: names must be strings, but got ${describeType(name)}.`);
  }
  return new Set(names as readonly string[]);
};

/** Keeps the values that {@link checkpointName} gave one of these names, and nothing else. */
export function saveOnlyTheseNames(...names: string[]): CheckpointPolicy {
  const kept = checkNames("saveOnlyTheseNames", names);
  return function saveOnlyTheseNames(primitive, params) {
    return primitive === nameP && kept.has(params.name as string);
  };
}

/** Keeps the values that {@link checkpointName} gave any name but these. */
export function saveAnyNamesButThese(...names: string[]): CheckpointPolicy {
  const dropped = checkNames("saveAnyNamesButThese", names);
  return function saveAnyNamesButThese(primitive, params) {
    return primitive === nameP && !dropped.has(params.name as string);
  };
}

/** Keeps what either policy keeps. */
export function saveFromBothPolicies(first: CheckpointPolicy, second: CheckpointPolicy): CheckpointPolicy {
  return function saveFromBothPolicies(primitive, params) {
    return first(primitive, params) || second(primitive, params);
  };
}

/** The policies of {@link checkpoint}. */
export const checkpointPolicies = {
  everythingSaveable,
  nothingSaveable,
  dotsSaveable,
  dotsWithNoBatchDimsSaveable,
  saveOnlyTheseNames,
  saveAnyNamesButThese,
  saveFromBothPolicies,
} as const;
