/** Choosing among values, element by element. */

import type { HloInstruction } from "../../xla-like/index.js";
import { type ShapedArray, sameShape } from "../core/aval.js";
import { bool, f32, i32 } from "../core/avals.js";
import { type DType, isInteger } from "../core/dtype.js";
import { defineMultiPrimitive, definePrimitive, type MultiOut } from "../core/primitive.js";
import { LinearOperand, Tensor, Zero } from "../core/tensor.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { batchAt } from "./batched.js";
import { bitwiseAnd } from "./bitwise.js";
import { commonDtype, commonShape, type Result } from "./checks.js";
import { eq, gt, lt } from "./comparison.js";
import { onesLike, zerosLike } from "./fill.js";
import { dimsOf, dtypeOf, spread } from "./lowering.js";
import { type Operand, scalarLike } from "./operand.js";
import { broadcastInDim, broadcastTo } from "./shape.js";

function selectType(which: ShapedArray, cases: readonly ShapedArray[]): Result<MultiOut> {
  const wrong = (message: string): Result<MultiOut> => Either.left(new ShapeError("CT103", `select_n: ${message}`));
  if (cases.length === 0)
    return Either.left(new ArgumentError("CT003", "select_n: it needs at least one case, got none."));
  const [first] = cases;
  for (const [i, c] of cases.entries()) {
    if (!sameShape(c.shape, first.shape)) {
      return wrong(
        `case 0 has shape [${first.shape}], but case ${i} has shape [${c.shape}]. Broadcast them to one shape.`,
      );
    }
    if (c.dtype !== first.dtype) {
      const message = `select_n: case 0 is ${first.dtype}, but case ${i} is ${c.dtype}. Convert one with astype.`;
      return Either.left(new DTypeError("CT104", message));
    }
  }
  if (which.ndim > 0 && !sameShape(which.shape, first.shape)) {
    return wrong(
      `operand 'which' has shape [${which.shape}], but the cases have shape [${first.shape}]. ` +
        "It must be a scalar or have the cases' shape.",
    );
  }
  if (which.dtype !== "bool" && !isInteger(which.dtype)) {
    const message = `select_n: operand 'which' is ${which.dtype}, but it takes only bool or integer types. Compare or round it first.`;
    return Either.left(new DTypeError("CT105", message));
  }
  if (which.dtype === "bool" && cases.length > 2) {
    const message = `select_n: operand 'which' is bool, which tells two cases apart, but there are ${cases.length}. Use an integer.`;
    return Either.left(new DTypeError("CT105", message));
  }
  const { shape, dtype } = first;
  return Either.right({ avals: [{ shape, dtype, weakType: cases.every((c) => c.weakType) }] });
}

export const selectNP = defineMultiPrimitive({
  name: "select_n",
  doc: "Element i of case `which[i]`; a boolean chooses case 0 where false, case 1 where true.",
  params: {},
  abstractEval: ([which, ...cases]) => selectType(which, cases),
  jvp([which, ...cases], [, ...tangents]) {
    const out = selectN(which, ...cases);
    const given = tangents.find((t) => t instanceof Tensor);
    if (given === undefined) return { outs: [out], tangents: [new Zero(out.aval.tangent())] };
    const zeros = zerosLike(given.aval);
    return { outs: [out], tangents: [selectN(which, ...tangents.map((t) => (t instanceof Zero ? zeros : t)))] };
  },
  transpose([ct], [which, ...cases]) {
    if (ct instanceof Zero) return [null, ...cases.map((c) => (c instanceof LinearOperand ? new Zero(c.aval) : null))];
    const zeros = zerosLike(ct.aval);
    const index = which as Tensor;
    const share = (i: number): Tensor => {
      if (index.dtype === "bool") return i === 0 ? select(index, zeros, ct) : select(index, ct, zeros);
      return select(eq(index, scalarLike(index, i)), ct, zeros);
    };
    return [null, ...cases.map((c, i) => (c instanceof LinearOperand ? share(i) : null))];
  },
  batching([which, ...cases], [whichDim, ...dims], _, { size }) {
    const dim = dims.find((d) => d !== null) ?? (whichDim as number);
    const scalarWhich = which.ndim === (whichDim === null ? 0 : 1);
    const scalarCases = cases[0].ndim === (dims[0] === null ? 0 : 1);
    const batched = cases.map((c, i) => batchAt(c, dims[i], scalarCases ? 0 : dim, size));
    const [{ shape }] = batched;
    const at = scalarCases ? 0 : dim;
    // A scalar choice for each example decides over whole examples.
    if (!scalarWhich) return { outs: [selectN(batchAt(which, whichDim, at, size), ...batched)], dims: [at] };
    const chosen = whichDim === null ? which : broadcastInDim(which, shape, [at]);
    return { outs: [selectN(chosen, ...batched)], dims: [at] };
  },
  partialEval: "whole",
  dce: "whole",
  lower({ b }, [which, ...cases]) {
    const dtype = dtypeOf(which);
    if (cases.length === 1) return [cases[0]];
    if (dtype === "bool") return [b.select(which, cases[1], cases[0])];
    // Bisects, so that indices out of range choose the first or the last case.
    const choose = (from: number, to: number): HloInstruction => {
      if (to - from === 1) return cases[from];
      const middle = Math.floor((from + to) / 2);
      return b.select(b.compare(which, b.scalar(dtype, middle), "LT"), choose(from, middle), choose(middle, to));
    };
    return [choose(0, cases.length)];
  },
  samples: [
    { avals: [bool(2, 3), f32(2, 3), f32(2, 3)], params: {} },
    { avals: [bool(), f32(3), f32(3)], params: {} },
    { avals: [i32(3), f32(3), f32(3), f32(3)], params: {}, domain: [{ values: [2, 0, 1] }] },
    { avals: [i32(), f32(2), f32(2), f32(2), f32(2)], params: {}, domain: [{ values: [3] }] },
    { avals: [bool(), f32(), f32()], params: {} },
    { avals: [bool(0), i32(0), i32(0)], params: {} },
  ],
});
/** Element i of case `which[i]`. The cases have one shape; `which` has it too or is a scalar. */
export const selectN = (which: Tensor, ...cases: Tensor[]): Tensor => selectNP.bind([which, ...cases], {})[0];

/** `onTrue` where the predicate holds, `onFalse` elsewhere. */
export const select = (predicate: Tensor, onTrue: Tensor, onFalse: Tensor): Tensor =>
  selectN(predicate, onFalse, onTrue);

/** x with 1 in place of 0: a divisor where the quotient is not used. */
export const replaceZero = (x: Tensor): Tensor => select(eq(x, scalarLike(x, 0)), onesLike(x), x);

export const clampP = definePrimitive({
  name: "clamp",
  doc: "x brought into [min, max]: min(max(x, min), max).",
  operands: ["min", "x", "max"],
  params: {},
  abstractEval: (avals) =>
    Either.chain((dtype: DType) =>
      Either.map((shape: readonly number[]) => ({ shape, dtype }))(commonShape("clamp", avals)),
    )(commonDtype("clamp", avals, "ordered")),
  diff: {
    kind: "smooth",
    jvp: {
      min: (t, { min, x, max }, _, out) => where(bitwiseAnd(gt(min, x), lt(min, max)), t, out),
      x: (t, { min, x, max }, _, out) => where(bitwiseAnd(gt(x, min), lt(x, max)), t, out),
      max: (t, { x, max }, _, out) => where(lt(max, x), t, out),
    },
  },
  batching: "elementwise",
  lower(b, { min, x, max }, _, { out }) {
    const bound = (y: HloInstruction): HloInstruction => (dimsOf(y).length === 0 ? y : spread(b, y, out.shape));
    return b.clamp(bound(min), spread(b, x, out.shape), bound(max));
  },
  samples: [
    {
      avals: { min: f32(), x: f32(2, 3), max: f32() },
      params: {},
      domain: { min: { values: [-0.5] }, x: { values: [-2, -1, -0.2, 0.3, 1, 2] }, max: { values: [0.5] } },
    },
    {
      avals: { min: f32(3), x: f32(3), max: f32(3) },
      params: {},
      domain: { min: { min: -2, max: -1 }, x: { min: -0.5, max: 0.5 }, max: { min: 1, max: 2 } },
    },
    { avals: { min: i32(), x: i32(3), max: i32(3) }, params: {} },
  ],
});

/** t where the predicate holds, zero elsewhere, in the result's shape. */
const where = (predicate: Tensor, t: Tensor, out: Tensor): Tensor =>
  select(broadcastTo(predicate, out.shape), broadcastTo(t, out.shape), zerosLike(out));

/** x brought into [min, max]; the bounds have x's shape or are scalars. */
export function clamp(min: Operand, x: Tensor, max: Operand): Tensor {
  const bound = (value: Operand, name: string): Tensor => {
    const v = value instanceof Tensor ? value : scalarLike(x, value);
    if (v.ndim === 0 || sameShape(v.shape, x.shape)) return v;
    throw new ShapeError(
      "CT103",
      `clamp: operand '${name}' has shape [${v.shape}], but operand 'x' has shape [${x.shape}]. ` +
        "A bound must be a scalar or have x's shape.",
    );
  };
  return clampP.bind({ min: bound(min, "min"), x, max: bound(max, "max") }, {});
}
