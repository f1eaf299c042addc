import { ShapedArray } from "../core/aval.js";
import { type Effects, noEffects } from "../core/effects.js";
import type { Params } from "../core/jaxpr.js";
import { named, type OutAval, type Primitive } from "../core/primitive.js";
import type { CotangentError } from "../prelude/errors.js";
import type { Either } from "../prelude/fp.js";

const toAval = (o: OutAval, allWeak: boolean): ShapedArray =>
  o instanceof ShapedArray ? o : new ShapedArray(o.shape, o.dtype, o.weakType ?? allWeak);

/** What a rule gives: the value itself, or an `Either` whose error is thrown. */
function orThrow<T extends object>(result: T | Either.Either<CotangentError, T>): T {
  if (!("_tag" in result)) return result;
  if (result._tag === "Left") throw result.left;
  return result.right;
}

/** The results' types, and what running it does besides. */
export interface Types {
  readonly avals: readonly ShapedArray[];
  readonly effects: Effects;
}

/** The types of a primitive's results; a rule's error is thrown. */
export function abstractEval(primitive: Primitive, avals: readonly ShapedArray[], params: Params): Types {
  const allWeak = avals.length > 0 && avals.every((a) => a.weakType);
  if (primitive.kind === "single") {
    const out = orThrow(primitive.abstractEval(named(primitive, avals), params));
    return { avals: [toAval(out, allWeak)], effects: noEffects };
  }
  const out = orThrow(primitive.abstractEval(avals, params));
  return { avals: out.avals.map((o) => toAval(o, allWeak)), effects: out.effects ?? noEffects };
}
