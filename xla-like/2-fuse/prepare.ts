/** Forms that fuse better, though they are no simpler: applied before a module is divided into kernels. */

import { knownReducer } from "../1-simplify/facts/reducers.js";
import { byNumber, dimsOf, dtypeOf, others, range, rankOf } from "../1-simplify/facts/shapes.js";
import { allRules, rewriteToFixpoint } from "../1-simplify/index.js";
import { type RewriteContext, rule } from "../1-simplify/rewriting/rule.js";
import type { HloInstruction, Instr } from "../hlo/instruction.js";
import { unitRules } from "./units.js";

/** The scalar that a broadcast repeats. */
const splatOf = (i: HloInstruction): HloInstruction | undefined => {
  if (i.opcode === "reshape") return splatOf(i.operands[0]);
  return i.opcode === "broadcast" && rankOf(i.operands[0]) === 0 ? i.operands[0] : undefined;
};

const wideIndices: ReadonlySet<string> = new Set(["int32", "int64", "uint32", "uint64"]);

/** The one dimension along which each batch element of the operand takes one scalar update; undefined if it is another scatter. */
const oneHotDimension = ({ dims, operands: [x, indices] }: Instr<"scatter">): number | undefined => {
  const [d] = dims.scatterDimsToOperandDims;
  if (dims.scatterDimsToOperandDims.length !== 1) return undefined;
  if (dims.insertedWindowDims.length !== 1 || dims.insertedWindowDims[0] !== d) return undefined;
  // What is neither of the batch nor scattered along must be of one element.
  if (others(rankOf(x), dims.inputBatchingDims, [d]).some((k) => dimsOf(x)[k] !== 1)) return undefined;
  const free = others(rankOf(indices), dims.scatterIndicesBatchingDims, [dims.indexVectorDim]);
  return free.every((k) => dimsOf(indices)[k] === 1) ? d : undefined;
};

/**
 * Values of the batch, in the order in which the operand has its batching dimensions. `batch[n]` is the dimension of x
 * that goes with the operand's dimension `inputBatchingDims[n]`.
 */
const batchValues = (
  cx: RewriteContext,
  x: HloInstruction,
  batch: readonly number[],
  inputBatchingDims: readonly number[],
): HloInstruction => {
  const squeezed = cx.reshape(
    x,
    [...batch].sort(byNumber).map((d) => dimsOf(x)[d]),
  );
  const places = batch.map((d) => batch.filter((e) => e < d).length);
  const order = range(batch.length).sort((p, q) => inputBatchingDims[p] - inputBatchingDims[q]);
  const permutation = order.map((n) => places[n]);
  return permutation.every((d, k) => d === k) ? squeezed : cx.transpose(squeezed, permutation);
};

/** The update's dimensions without the windows' are those of the indices without the index vector's. */
const updateDimensions = ({ dims, operands: [, , updates] }: Instr<"scatter">): readonly number[] => {
  const places = others(rankOf(updates), dims.updateWindowDims);
  return dims.scatterIndicesBatchingDims.map((d) => places[d > dims.indexVectorDim ? d - 1 : d]);
};

/** A scatter of one scalar into each row of a constant array is a comparison of places: as wide, but elementwise. */
const scatterOfOneHot = rule({
  name: "scatter-of-one-hot",
  match: ["scatter"],
  rewrite: (i, cx) => {
    const [x, indices, updates] = i.operands;
    const d = oneHotDimension(i);
    const filled = splatOf(x);
    if (d === undefined || filled === undefined || !wideIndices.has(dtypeOf(indices))) return undefined;
    const isReplaced = i.computation.root === i.computation.parameters[1];
    const op = knownReducer(i.computation);
    if (!isReplaced && op === undefined) return undefined;
    const { dims } = i.shape;
    const batching = i.dims.inputBatchingDims;
    const kept = batching.toSorted(byNumber);
    const spread = (v: HloInstruction): HloInstruction => cx.broadcast(v, dims, kept);
    const at = spread(batchValues(cx, indices, i.dims.scatterIndicesBatchingDims, batching));
    const isThere = cx.compare(at, cx.iota(dtypeOf(indices), dims, d), "EQ");
    const value = splatOf(updates);
    const combined = (now: HloInstruction, then: HloInstruction): HloInstruction =>
      op === undefined ? then : cx.binary(op, now, then);
    const updated =
      value === undefined
        ? combined(x, spread(batchValues(cx, updates, updateDimensions(i), batching)))
        : cx.broadcast(combined(filled, value), dims, []);
    return cx.select(isThere, updated, x);
  },
});

/** What the others leave behind: reshapes of reshapes, operations on constants. */
const tidying: ReadonlySet<string> = new Set([
  "constant-folding",
  "reshape-identity",
  "reshape-of-reshape",
  "constant-to-the-right",
]);

export const prepare = rewriteToFixpoint([
  scatterOfOneHot,
  ...unitRules,
  ...allRules.filter((r) => tidying.has(r.name)),
]);
