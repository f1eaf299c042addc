/** Elementwise operations change places with broadcasts, transposes, reshapes and slices, where that leaves less to do. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sameDims, sizeOf } from "../../hlo/shape.js";
import { elementwiseOpcodes, isElementwise } from "../facts/elementwise.js";
import { reshapeGroups } from "../facts/groups.js";
import { byNumber, dimsOf, isIncreasing, rankOf } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

const isBroadcast = (x: HloInstruction): x is Instr<"broadcast"> => x.opcode === "broadcast";
const isScalar = (x: HloInstruction): boolean => rankOf(x) === 0;

/** op(broadcast(x), broadcast(y)) → broadcast(op(x, y)) over the dimensions that any of them has. */
const broadcastAfter = rule({
  name: "elementwise-of-broadcasts",
  match: elementwiseOpcodes,
  rewrite: (i, cx) => {
    const { dims } = i.shape;
    if (!isElementwise(i) || dims.length === 0) return undefined;
    if (!i.operands.every((x) => isBroadcast(x) || isScalar(x))) return undefined;
    const used = [...new Set(i.operands.filter(isBroadcast).flatMap((b) => b.dimensions))].sort(byNumber);
    // Dimensions of size 1 are nobody's, and go too.
    if (used.length === dims.length) return undefined;
    const small = used.map((d) => dims[d]);
    const operands = i.operands.map((x) =>
      isBroadcast(x)
        ? cx.broadcast(
            x.operands[0],
            small,
            x.dimensions.map((d) => used.indexOf(d)),
          )
        : x,
    );
    return cx.broadcast(cx.copy(i, operands), dims, used);
  },
});

/** op(transpose(x), transpose(y)) → transpose(op(x, y)): one transpose for two, and nearer to a dot that takes it in. */
const transposeAfter = rule({
  name: "elementwise-of-transposes",
  match: elementwiseOpcodes,
  rewrite: (i, cx) => {
    const first = i.operands.find((x) => x.opcode === "transpose");
    if (!isElementwise(i) || first === undefined) return undefined;
    const { permutation } = first;
    const before = first.operands[0];
    const untransposed = (x: HloInstruction): HloInstruction | undefined => {
      if (isScalar(x)) return x;
      if (x.opcode === "transpose")
        return sameDims(x.permutation, permutation) && !cx.isShared(x) ? x.operands[0] : undefined;
      if (!isBroadcast(x)) return undefined;
      const dimensions = x.dimensions.map((d) => permutation[d]);
      return isIncreasing(dimensions) ? cx.broadcast(x.operands[0], dimsOf(before), dimensions) : undefined;
    };
    const operands = i.operands.map(untransposed);
    return operands.every((x) => x !== undefined) ? cx.transpose(cx.copy(i, operands), permutation) : undefined;
  },
});

/** transpose(op(broadcast(x), broadcast(y))) → op of other broadcasts: nothing large is transposed. */
const transposeBefore = rule({
  name: "transpose-of-elementwise-of-broadcasts",
  match: ["transpose"],
  rewrite: ({ permutation, operands: [e] }, cx) => {
    if (!isElementwise(e) || cx.isShared(e) || !e.operands.every((x) => isScalar(x) || isBroadcast(x)))
      return undefined;
    return cx.copy(
      e,
      e.operands.map((x) => (isScalar(x) ? x : cx.transpose(x, permutation))),
    );
  },
});

/** op(reshape(x), reshape(y)) → reshape(op(x, y)): a reshape moves nothing, and meets others further down. */
const reshapeAfter = rule({
  name: "elementwise-of-reshapes",
  match: elementwiseOpcodes,
  rewrite: (i, cx) => {
    const first = i.operands.find((x) => x.opcode === "reshape" && !isScalar(x));
    // Of rank 0 there are scalars that a whole array goes with, and reshaped ones: no telling which is which.
    if (!isElementwise(i) || first === undefined || i.shape.dims.length === 0) return undefined;
    const from = dimsOf(first.operands[0]);
    const to = i.shape.dims;
    const unshaped = (x: HloInstruction): HloInstruction | undefined => {
      if (isScalar(x)) return x;
      if (x.opcode === "reshape") return sameDims(dimsOf(x.operands[0]), from) ? x.operands[0] : undefined;
      return isBroadcast(x) && reshapesFreely(x, from) ? cx.reshape(x, from) : undefined;
    };
    const operands = i.operands.map(unshaped);
    return operands.every((x) => x !== undefined) ? cx.reshape(cx.copy(i, operands), to) : undefined;
  },
});

/** Whether a reshape of the broadcast is again a broadcast: no dimension of its operand is split or merged. */
const reshapesFreely = (b: Instr<"broadcast">, to: readonly number[]): boolean =>
  reshapeGroups(b.shape.dims, to)?.every(
    (g) => (g.from.length === 1 && g.to.length === 1) || !g.from.some((d) => b.dimensions.includes(d)),
  ) ?? false;

/** slice(op(x, y)) → op(slice(x), slice(y)), where nobody needs the rest, and the slices are no more work than it. */
const sliceBefore = rule({
  name: "slice-of-elementwise",
  match: ["slice"],
  rewrite: ({ shape, starts, limits, strides, operands: [e] }, cx) => {
    if (!isElementwise(e) || cx.isShared(e)) return undefined;
    const arrays = e.operands.filter((x) => !isScalar(x) && !isBroadcast(x)).length;
    if (arrays * sizeOf(shape.dims) > sizeOf(dimsOf(e))) return undefined;
    return cx.copy(
      e,
      e.operands.map((x) => (isScalar(x) ? x : cx.slice(x, starts, limits, strides))),
    );
  },
});

export const motionRules = [broadcastAfter, transposeAfter, transposeBefore, reshapeAfter, sliceBefore];
