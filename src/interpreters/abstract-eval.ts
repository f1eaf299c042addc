import { ShapedArray } from "../core/aval.js";
import { type Effects, noEffects } from "../core/effects.js";
import type { Params } from "../core/jaxpr.js";
import { named, type OutAval, type Primitive } from "../core/primitive.js";

const toAval = (o: OutAval, allWeak: boolean): ShapedArray =>
  o instanceof ShapedArray ? o : new ShapedArray(o.shape, o.dtype, o.weakType ?? allWeak);

/** The types of a primitive's results; a rule's error is thrown. */
export function abstractEval(
  primitive: Primitive,
  avals: readonly ShapedArray[],
  params: Params,
): { avals: ShapedArray[]; effects: Effects } {
  const allWeak = avals.length > 0 && avals.every((a) => a.weakType);
  if (primitive.kind === "single") {
    const result = primitive.abstractEval(named(primitive, avals), params);
    if (result._tag === "Left") throw result.left;
    return { avals: [toAval(result.right, allWeak)], effects: noEffects };
  }
  const result = primitive.abstractEval(avals, params);
  if (result._tag === "Left") throw result.left;
  return { avals: result.right.avals.map((o) => toAval(o, allWeak)), effects: result.right.effects ?? noEffects };
}
