/** while: a loop that runs as long as a predicate of its carry holds. */

import type { ArrayShape, HloBuilder, HloInstruction } from "../../xla-like/index.js";
import { joinEffects } from "../core/effects.js";
import { type ClosedJaxpr, type Eqn, JaxprCache } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import {
  type AxisData,
  defineMultiPrimitive,
  type LoweringContext,
  type MultiPrimitive,
  type PartialEvalContext,
} from "../core/primitive.js";
import { Tensor, Zero } from "../core/tensor.js";
import { batchJaxpr, batchJaxprTo, type Dim, materialize } from "../interpreters/batching.js";
import { trimJaxpr } from "../interpreters/dce.js";
import { jvpJaxpr } from "../interpreters/jvp.js";
import { partialEvalJaxpr } from "../interpreters/partial-eval.js";
import { instantiate, isZero } from "../interpreters/zeros.js";
import { TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { merge, range, splitList } from "../prelude/numbers.js";
import { padInputs, reorderInputs, selectOutputs, where } from "./jaxpr-edits.js";
import { carryFixpoint } from "./scan-jaxpr.js";

export interface WhileParams {
  /** Takes its constants, then the carry; gives the next carry. */
  readonly bodyJaxpr: ClosedJaxpr;
  readonly bodyNconsts: number;
  /** Takes its constants, then the carry; gives a boolean, or one for each example of a batch. */
  readonly condJaxpr: ClosedJaxpr;
  readonly condNconsts: number;
}

export const whileP = defineMultiPrimitive({
  name: "while",
  doc: "Applies a body to a carry as long as a predicate of the carry holds.",
  params: { bodyJaxpr: param.jaxpr, bodyNconsts: param.int, condJaxpr: param.jaxpr, condNconsts: param.int },
  abstractEval: (_, { bodyJaxpr, condJaxpr }) =>
    Either.right({ avals: bodyJaxpr.outAvals, effects: joinEffects(bodyJaxpr.effects, condJaxpr.effects) }),
  jvp: jvpWhile,
  transpose(): never {
    throw new TransformError(
      "CT404",
      "lax.whileLoop: reverse-mode differentiation (grad, vjp) needs the values of every iteration, whose number is not known " +
        "beforehand. Use lax.scan, or lax.foriLoop with bounds that are numbers; forward mode (jvp) works as it is.",
    );
  },
  batching: batchWhile,
  partialEval: (cx, args, p): readonly Tensor[] => partialEvalWhile(cx, args, p),
  dce: dceWhile,
  lower: lowerWhile,
  samples: [],
});

type Rule<K extends "jvp" | "batching"> = Exclude<MultiPrimitive[K], string>;

interface Parts<T> {
  readonly cond: T[];
  readonly body: T[];
  readonly carry: T[];
}

function parts<T>(items: readonly T[], { condNconsts, bodyNconsts }: WhileParams): Parts<T> {
  const rest = items.length - condNconsts - bodyNconsts;
  const [cond, body, carry] = splitList(items, [condNconsts, bodyNconsts, rest]);
  return { cond, body, carry };
}

function jvpWhile(
  primals: readonly Tensor[],
  tangents: readonly (Tensor | Zero)[],
  p: WhileParams,
): ReturnType<Rule<"jvp">> {
  const x = parts(primals, p);
  const t = parts(tangents, p);
  const nonzeroConsts = t.body.map((dot) => !isZero(dot));
  const { value, carry } = carryFixpoint(
    t.carry.map((dot) => !isZero(dot)),
    (carry) => {
      const value = jvpJaxpr(p.bodyJaxpr, [...nonzeroConsts, ...carry], carry);
      return { value, carryOut: value.nonzeroOut };
    },
  );
  const constDots = t.body.filter((dot): dot is Tensor => dot instanceof Tensor);
  const carryDots = where(carry).map((i) => instantiate(t.carry[i]));
  const [nb, nc, ndb, ndc] = [x.body.length, x.carry.length, constDots.length, carryDots.length];
  // From constants, carry and then their tangents to each with its tangents.
  const order = [
    ...range(nb),
    ...range(nb + nc, nb + nc + ndb),
    ...range(nb, nb + nc),
    ...range(nb + nc + ndb, nb + nc + ndb + ndc),
  ];
  const results = whileP.bind([...x.cond, ...x.body, ...constDots, ...x.carry, ...carryDots], {
    condNconsts: p.condNconsts,
    condJaxpr: padInputs(
      p.condJaxpr,
      [...range(p.condJaxpr.inAvals.length), ...carryDots.map(() => null)],
      [...p.condJaxpr.inAvals, ...carryDots.map((dot) => dot.aval)],
    ),
    bodyNconsts: nb + ndb,
    bodyJaxpr: reorderInputs(value.jaxpr, order),
  });
  const outs = results.slice(0, nc);
  const dots = results.slice(nc);
  const zeros = outs.filter((_, i) => !carry[i]).map((o) => new Zero(o.aval.tangent()));
  return { outs, tangents: merge<Tensor | Zero>(carry, zeros, dots) };
}

function batchWhile(
  args: readonly Tensor[],
  dims: readonly Dim[],
  p: WhileParams,
  axis: AxisData,
): ReturnType<Rule<"batching">> {
  const x = parts(args, p);
  const at = parts(dims, p);
  const { carry: batched } = carryFixpoint(
    at.carry.map((d) => d !== null),
    (carry) => {
      const carryDims = carry.map((b) => (b ? 0 : null));
      const value = batchJaxpr(p.bodyJaxpr, axis, [...at.body, ...carryDims], carry);
      return { value, carryOut: value.dims.map((d) => d !== null) };
    },
  );
  const predicate = batchJaxpr(p.condJaxpr, axis, [...at.cond, ...batched.map((b) => (b ? 0 : null))]);
  const decided = predicate.dims[0] !== null;
  // A predicate for each example: all of the carry is batched in front, as the predicate is. A common one may itself be
  // an outer batch's; the new dimension stands behind that one's.
  const rank = decided ? 0 : p.condJaxpr.outAvals[0].ndim;
  const carryDims = batched.map((b): Dim => (decided || b ? rank : null));
  const body = batchJaxprTo(
    p.bodyJaxpr,
    axis,
    [...at.body, ...carryDims],
    carryDims.map((d) => d ?? "front"),
  );
  const cond = batchJaxprTo(p.condJaxpr, axis, [...at.cond, ...carryDims], [decided ? 0 : "front"]);
  const init = x.carry.map((c, i) => {
    const to = carryDims[i];
    return to === null ? c : materialize(c, at.carry[i], to, axis.size);
  });
  const outs = whileP.bind([...x.cond, ...x.body, ...init], { ...p, bodyJaxpr: body.jaxpr, condJaxpr: cond.jaxpr });
  return { outs, dims: carryDims };
}

const knownLoops = new JaxprCache<{ unknownCarry: readonly boolean[]; params: WhileParams | null }>();

/**
 * The loop over the carries that do not depend on unknown operands, if the predicate does not either. The rest cannot be
 * split off, as there is no bound on the residuals of all iterations: it is the whole loop again.
 */
function partialEvalWhile(cx: PartialEvalContext, args: readonly Tensor[], p: WhileParams): readonly Tensor[] {
  const unknown = parts(
    args.map((a) => cx.isUnknown(a)),
    p,
  );
  const key = `${p.condJaxpr.id}|${p.condNconsts}|${p.bodyNconsts}|${unknown.cond}|${unknown.body}|${unknown.carry}`;
  const { unknownCarry, params } = knownLoops.get(p.bodyJaxpr, key, () => knownLoop(p, unknown));
  const outs = cx.stage(whileP, args, { ...p });
  if (params === null) return outs;
  const isKnown = [...unknown.cond, ...unknown.body, ...unknownCarry].map((u) => !u);
  const known = [
    ...cx.known(
      whileP,
      args.filter((_, i) => isKnown[i]),
      { ...params },
    ),
  ];
  return outs.map((x, i) => (unknownCarry[i] ? x : (known.shift() as Tensor)));
}

function knownLoop(
  p: WhileParams,
  unknown: Parts<boolean>,
): { unknownCarry: readonly boolean[]; params: WhileParams | null } {
  const { value, carry } = carryFixpoint(unknown.carry, (carry) => {
    const value = partialEvalJaxpr(p.bodyJaxpr, [...unknown.body, ...carry], carry);
    return { value, carryOut: value.unknownOut };
  });
  const predicate = partialEvalJaxpr(p.condJaxpr, [...unknown.cond, ...carry]);
  if (predicate.unknownOut[0] || carry.every(Boolean)) return { unknownCarry: carry, params: null };
  const numKnown = carry.filter((u) => !u).length;
  const body = selectOutputs(value.known, range(numKnown));
  const all = body.inAvals.map(() => true);
  return {
    unknownCarry: carry,
    params: {
      bodyJaxpr: trimJaxpr(
        body,
        range(numKnown).map(() => true),
        all,
      ).jaxpr,
      bodyNconsts: unknown.body.filter((u) => !u).length,
      condJaxpr: predicate.known,
      condNconsts: unknown.cond.filter((u) => !u).length,
    },
  };
}

/** Carries that neither a used result nor the predicate depends on are dropped. */
function dceWhile(used: readonly boolean[], eqn: Eqn): Eqn {
  const p = eqn.params as unknown as WhileParams;
  const cond = trimJaxpr(p.condJaxpr, [true]);
  const condParts = parts(cond.usedIn, { ...p, bodyNconsts: 0 });
  const start = used.map((u, i) => u || condParts.carry[i]);
  const { value, carry } = carryFixpoint(start, (carry) => {
    const value = trimJaxpr(p.bodyJaxpr, carry, [...range(p.bodyNconsts).map(() => false), ...carry]);
    return { value, carryOut: value.usedIn.slice(p.bodyNconsts) };
  });
  const bodyConsts = value.usedIn.slice(0, p.bodyNconsts);
  const keepIn = [...condParts.cond, ...bodyConsts, ...carry];
  if (keepIn.every(Boolean) && value.jaxpr === p.bodyJaxpr) return eqn;
  const condInputs = [...condParts.cond, ...carry];
  const params: WhileParams = {
    bodyJaxpr: value.jaxpr,
    bodyNconsts: bodyConsts.filter(Boolean).length,
    condJaxpr: trimJaxpr(p.condJaxpr, [true], condInputs).jaxpr,
    condNconsts: condParts.cond.filter(Boolean).length,
  };
  return {
    ...eqn,
    params: { ...params },
    inputs: eqn.inputs.filter((_, i) => keepIn[i]),
    outputs: eqn.outputs.filter((_, i) => carry[i]),
  };
}

const shapeOf = (x: HloInstruction): ArrayShape => {
  if (x.shape.kind !== "array") throw new Error("while: an operand is not an array");
  return x.shape;
};

function lowerWhile(cx: LoweringContext, args: readonly HloInstruction[], p: WhileParams): HloInstruction[] {
  const { b } = cx;
  const shapes = args.map(shapeOf);
  const predicate = (c: HloBuilder, x: Parts<HloInstruction>): HloInstruction =>
    cx.inline(c, p.condJaxpr, [...x.cond, ...x.carry])[0];
  const { ndim } = p.condJaxpr.outAvals[0];
  const condition = b.computation("while.condition", shapes, (c, params) => {
    const each = predicate(c, parts(params, p));
    // A batch goes on while any of its examples does.
    return ndim === 0 ? each : c.reduce([each], [c.scalar("bool", false)], range(ndim), c.reducer("or", "bool"))[0];
  });
  const body = b.computation("while.body", shapes, (c, params) => {
    const x = parts(params, p);
    const next = cx.inline(c, p.bodyJaxpr, [...x.body, ...x.carry]);
    if (ndim === 0) return [...x.cond, ...x.body, ...next];
    // Examples that are done keep their carry.
    const each = predicate(c, x);
    const kept = next.map((y, i) => c.select(spread(c, each, shapeOf(y).dims, ndim), y, x.carry[i]));
    return [...x.cond, ...x.body, ...kept];
  });
  return b.while(condition, body, args).slice(p.condNconsts + p.bodyNconsts);
}

const spread = (c: HloBuilder, x: HloInstruction, dims: readonly number[], ndim: number): HloInstruction =>
  dims.length === ndim ? x : c.broadcast(x, dims, range(ndim));
