/** cond: one of several programs, chosen by an index. */

import type { ArrayShape, HloInstruction } from "../../xla-like/index.js";
import { ShapedArray } from "../core/aval.js";
import { isInexact } from "../core/dtype.js";
import { joinEffects, noEffects } from "../core/effects.js";
import { type ClosedJaxpr, type Eqn, JaxprCache } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import {
  type AxisData,
  defineMultiPrimitive,
  type LoweringContext,
  type MultiPrimitive,
  type PartialEvalContext,
} from "../core/primitive.js";
import { LinearOperand, Tensor, Zero } from "../core/tensor.js";
import { batchJaxpr, type Dim, materialize } from "../interpreters/batching.js";
import { trimJaxpr } from "../interpreters/dce.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { jvpJaxpr } from "../interpreters/jvp.js";
import { type PartialJaxpr, partialEvalJaxpr } from "../interpreters/partial-eval.js";
import { stage } from "../interpreters/staging.js";
import { transposeJaxpr } from "../interpreters/transposition.js";
import { isZero } from "../interpreters/zeros.js";
import { Either } from "../prelude/fp.js";
import { merge, range } from "../prelude/numbers.js";
import { eq } from "../primitives/comparison.js";
import { stopGradient } from "../primitives/convert.js";
import { select, selectN } from "../primitives/select.js";
import { broadcastInDim } from "../primitives/shape.js";
import { empty } from "./empty.js";
import { padInputs } from "./jaxpr-edits.js";

export interface CondParams {
  /** Programs of one type; the index is not among their inputs. */
  readonly branches: readonly ClosedJaxpr[];
}

export const condP = defineMultiPrimitive({
  name: "cond",
  doc: "Runs the program that an index chooses on the other operands.",
  params: { branches: param.jaxprs },
  abstractEval: (_, { branches }) =>
    Either.right({
      avals: range(branches[0].outAvals.length).map((i) => commonType(branches.map((b) => b.outAvals[i]))),
      effects: branches.map((b) => b.effects).reduce(joinEffects, noEffects),
    }),
  jvp: jvpCond,
  transpose: (cts, args, p): readonly (Tensor | Zero | null)[] => transposeCond(cts, args, p),
  batching: batchCond,
  partialEval: (cx, args, p): readonly Tensor[] => partialEvalCond(cx, args, p),
  dce: dceCond,
  lower: lowerCond,
  samples: [],
});

/** A result is weak if it is in every branch. */
const commonType = (avals: readonly ShapedArray[]): ShapedArray =>
  new ShapedArray(
    avals[0].shape,
    avals[0].dtype,
    avals.every((a) => a.weakType),
  );

type Rule<K extends "jvp" | "batching"> = Exclude<MultiPrimitive[K], string>;
/** For each position, whether any of the lists has it. */
const anyOf = (lists: readonly (readonly boolean[])[]): boolean[] => lists[0].map((_, i) => lists.some((l) => l[i]));

function jvpCond(
  primals: readonly Tensor[],
  tangents: readonly (Tensor | Zero)[],
  { branches }: CondParams,
): ReturnType<Rule<"jvp">> {
  const nonzero = tangents.slice(1).map((t) => !isZero(t));
  const nonzeroOut = anyOf(branches.map((b) => jvpJaxpr(b, nonzero).nonzeroOut));
  const duals = branches.map((b) => jvpJaxpr(b, nonzero, nonzeroOut).jaxpr);
  const dots = tangents.slice(1).filter((t): t is Tensor => t instanceof Tensor);
  const results = condP.bind([...primals, ...dots], { branches: duals });
  const outs = results.slice(0, nonzeroOut.length);
  const outDots = results.slice(nonzeroOut.length);
  return {
    outs,
    tangents: outs.map((x, i) => (nonzeroOut[i] ? (outDots.shift() as Tensor) : new Zero(x.aval.tangent()))),
  };
}

function batchCond(
  args: readonly Tensor[],
  dims: readonly Dim[],
  { branches }: CondParams,
  axis: AxisData,
): ReturnType<Rule<"batching">> {
  const [index, ...ops] = args;
  const [indexDim, ...opDims] = dims;
  if (indexDim === null) {
    const outDims = branches.map((b) => batchJaxpr(b, axis, opDims).dims);
    const batched = anyOf(outDims.map((ds) => ds.map((d) => d !== null)));
    const jaxprs = branches.map((b) => batchJaxpr(b, axis, opDims, batched).jaxpr);
    return { outs: condP.bind(args, { branches: jaxprs }), dims: batched.map((b) => (b ? 0 : null)) };
  }
  // Each example chooses for itself: all branches run on the whole batch, and results are selected.
  const front = ops.map((x, i) => materialize(x, opDims[i], 0, axis.size));
  const everything = branches[0].outAvals.map(() => true);
  const results = branches.map((b, k) => {
    const jaxpr = batchJaxpr(
      b,
      axis,
      front.map(() => 0),
      everything,
    ).jaxpr;
    const chosen = eq(index, k);
    return evalClosed(
      jaxpr,
      front.map((x) => shielded(chosen, x)),
    );
  });
  const outs = everything.map((_, i) => {
    const cases = results.map((r) => r[i]);
    return selectN(spread(index, cases[0].shape), ...cases);
  });
  return { outs, dims: outs.map(() => 0) };
}

/**
 * x, with its derivative cut off where its example does not choose this branch: what is not chosen may be infinite, and
 * zero times infinity is no zero.
 */
const shielded = (chosen: Tensor, x: Tensor): Tensor =>
  isInexact(x.dtype) ? select(spread(chosen, x.shape), x, stopGradient(x)) : x;

const spread = (x: Tensor, shape: readonly number[]): Tensor =>
  x.ndim === shape.length ? x : broadcastInDim(x, shape, range(x.ndim));

interface SplitCond {
  readonly unknownOut: readonly boolean[];
  readonly known: readonly ClosedJaxpr[];
  readonly unknown: readonly ClosedJaxpr[];
  readonly numResiduals: number;
}

const splits = new JaxprCache<SplitCond>();

function partialEvalCond(cx: PartialEvalContext, args: readonly Tensor[], p: CondParams): readonly Tensor[] {
  const [unknownIndex, ...unknownIn] = args.map((x) => cx.isUnknown(x));
  if (unknownIndex) return cx.stage(condP, args, { ...p });
  const [index, ...ops] = args;
  const key = `${p.branches.map((b) => b.id)}|${unknownIn}`;
  const split = splits.get(p.branches[0], key, () => splitBranches(p.branches, unknownIn));
  const knownOps = ops.filter((_, i) => !unknownIn[i]);
  const unknownOps = ops.filter((_, i) => unknownIn[i]);
  const results = cx.known(condP, [index, ...knownOps], { branches: split.known });
  const numKnown = results.length - split.numResiduals;
  const residuals = results.slice(numKnown);
  if (!split.unknownOut.includes(true)) return results;
  const staged = cx.stage(condP, [index, ...residuals, ...unknownOps], { branches: split.unknown });
  return merge(split.unknownOut, results.slice(0, numKnown), staged);
}

/** Residuals of all branches share places by type, as only those of one branch are there at a time. */
function splitBranches(branches: readonly ClosedJaxpr[], unknownIn: readonly boolean[]): SplitCond {
  const unknownOut = anyOf(branches.map((b) => partialEvalJaxpr(b, unknownIn).unknownOut));
  const parts = branches.map((b) => partialEvalJaxpr(b, unknownIn, unknownOut));
  const places: ShapedArray[] = [];
  const placesOf = parts.map(({ unknown, forwarded }) => {
    const taken = new Set<number>();
    return forwarded.map((_, r) => {
      const aval = unknown.inAvals[r].strengthen();
      let place = places.findIndex((a, i) => !taken.has(i) && a.equals(aval));
      if (place < 0) place = places.push(aval) - 1;
      taken.add(place);
      return place;
    });
  });
  return {
    unknownOut,
    known: parts.map((part, k) => knownBranch(part, placesOf[k], places)),
    unknown: parts.map(({ unknown }, k) => {
      const rest = unknown.inAvals.slice(placesOf[k].length);
      const order = [
        ...places.map((_, i) => (placesOf[k].includes(i) ? placesOf[k].indexOf(i) : null)),
        ...rest.map((_, i) => placesOf[k].length + i),
      ];
      return padInputs(unknown, order, [...places, ...rest]);
    }),
    numResiduals: places.length,
  };
}

/** The known part of a branch, with its residuals in their places and something in those of other branches. */
const knownBranch = (
  { known, forwarded }: PartialJaxpr,
  placesOf: readonly number[],
  places: readonly ShapedArray[],
): ClosedJaxpr =>
  stage(
    (...args) => {
      const outs = evalClosed(known, args);
      const computed = outs.splice(outs.length - forwarded.filter((f) => f === null).length);
      const residuals = forwarded.map((f) => (f === null ? (computed.shift() as Tensor) : args[f]));
      const blanks = places.map(empty);
      return [...outs, ...blanks.map((blank, i) => residuals[placesOf.indexOf(i)] ?? blank)];
    },
    known.inAvals,
    "partial evaluation of a branch",
  );

function transposeCond(
  cts: readonly (Tensor | Zero)[],
  args: readonly (Tensor | LinearOperand)[],
  { branches }: CondParams,
): readonly (Tensor | Zero | null)[] {
  const [index, ...ops] = args;
  const linear = ops.map((x) => x instanceof LinearOperand);
  const nonzeroCts = cts.map((ct) => !isZero(ct));
  const nonzeroOut = anyOf(branches.map((b) => transposeJaxpr(b, linear, nonzeroCts).nonzeroOut));
  const transposed = branches.map((b) => transposeJaxpr(b, linear, nonzeroCts, nonzeroOut).jaxpr);
  const tensors = (xs: readonly (Tensor | Zero | LinearOperand)[]) =>
    xs.filter((x): x is Tensor => x instanceof Tensor);
  const results = condP.bind([index as Tensor, ...tensors(ops), ...tensors(cts)], { branches: transposed });
  let next = 0;
  let k = 0;
  const found = ops.map((x) => {
    if (!(x instanceof LinearOperand)) return null;
    return nonzeroOut[k++] ? results[next++] : new Zero(x.aval.tangent());
  });
  return [null, ...found];
}

function dceCond(used: readonly boolean[], eqn: Eqn): Eqn {
  const { branches } = eqn.params as unknown as CondParams;
  const usedIn = anyOf(branches.map((b) => trimJaxpr(b, used).usedIn));
  const trimmed = branches.map((b) => trimJaxpr(b, used, usedIn).jaxpr);
  if (trimmed.every((b, i) => b === branches[i])) return eqn;
  return {
    ...eqn,
    params: { branches: trimmed },
    inputs: eqn.inputs.filter((_, i) => i === 0 || usedIn[i - 1]),
    outputs: eqn.outputs.filter((_, i) => used[i]),
  };
}

function lowerCond(
  { b, inline }: LoweringContext,
  [index, ...ops]: readonly HloInstruction[],
  p: CondParams,
): HloInstruction[] {
  const shapes = ops.map((x): ArrayShape => {
    if (x.shape.kind !== "array") throw new Error("cond: an operand is not an array");
    return x.shape;
  });
  const computations = p.branches.map((branch, k) =>
    b.computation(`cond.branch${k}`, shapes, (c, params) => inline(c, branch, params)),
  );
  return b.conditional(index, computations, ops);
}
