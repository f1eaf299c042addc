/** What a dot's operands hide is folded into its dimension numbers: no transpose ever feeds a dot. */

import type { DotDims, HloInstruction, Instr } from "../../hlo/instruction.js";
import { flipped, freeDims, resultLayout, type Side, sideDims, withSide } from "../facts/dot.js";
import { type Group, reshapeGroups } from "../facts/groups.js";
import { byNumber, dimsOf, isRange, range, rankOf } from "../facts/shapes.js";
import { dotLike } from "../rewriting/dots.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

type Dot = Instr<"dot">;

/** The same dot with another operand on one side. */
const withOperand = (cx: RewriteContext, i: Dot, side: Side, operand: HloInstruction, dims: DotDims): HloInstruction =>
  side === 0 ? dotLike(cx, i, operand, i.operands[1], dims) : dotLike(cx, i, i.operands[0], operand, dims);

/** dot(transpose(x), y) → dot(x, y) over other dimensions; free dimensions in another order transpose the result. */
const ofTranspose = rule({
  name: "dot-of-transpose",
  match: ["dot"],
  rewrite: (i, cx) => {
    for (const side of [0, 1] as const) {
      const t = i.operands[side];
      if (t.opcode !== "transpose") continue;
      const { batch, contracting } = sideDims(i.dims, side);
      const through = (d: number): number => t.permutation[d];
      const dims = withSide(i.dims, side, { batch: batch.map(through), contracting: contracting.map(through) });
      const free = freeDims(i, side).map(through);
      const made = withOperand(cx, i, side, t.operands[0], dims);
      const sorted = free.toSorted(byNumber);
      const { start } = resultLayout(i, side);
      const order = range(i.shape.dims.length);
      free.forEach((d, k) => {
        order[start + k] = start + sorted.indexOf(d);
      });
      return isRange(order) ? made : cx.transpose(made, order);
    }
    return undefined;
  },
});

/** Which part of a dot a dimension of one operand plays. */
const roleOf = (i: Dot, side: Side, d: number): "batch" | "contracting" | "free" => {
  const { batch, contracting } = sideDims(i.dims, side);
  return batch.includes(d) ? "batch" : contracting.includes(d) ? "contracting" : "free";
};

/** A dimension of an operand, now several: `parts` are their sizes, 1 or more of them. */
const splitDimension = (dims: readonly number[], d: number, parts: readonly number[]): number[] => [
  ...dims.slice(0, d),
  ...parts,
  ...dims.slice(d + 1),
];

/** The numbers of an operand's dimensions after each has become `widths[d]` of them. */
const renumber = (list: readonly number[], widths: readonly number[]): number[] => {
  const starts = widths.map((_, d) => widths.slice(0, d).reduce((a, b) => a + b, 0));
  return list.flatMap((d) => range(widths[d]).map((k) => starts[d] + k));
};

/**
 * dot(reshape(transpose(x)), y): where the reshape merges dimensions, the dot takes them one by one, the other operand
 * split to match, so that the transpose stands before the dot and goes.
 */
const ofReshapedTranspose = rule({
  name: "dot-of-reshaped-transpose",
  match: ["dot"],
  rewrite: (i, cx) => {
    for (const side of [0, 1] as const) {
      const r = i.operands[side];
      if (r.opcode !== "reshape" || r.operands[0].opcode !== "transpose") continue;
      const [t] = r.operands;
      const from = dimsOf(t);
      const groups = reshapeGroups(from, r.shape.dims);
      if (groups === undefined || !groups.every((g) => isSimple(i, side, g))) continue;
      return unmerged(cx, i, side, t, groups);
    }
    return undefined;
  },
});

/** A group the dot can see through: several dimensions merged into one, or anything among free dimensions. */
const isSimple = (i: Dot, side: Side, g: Group): boolean =>
  g.to.length === 1 && g.from.length > 0 ? true : g.to.every((d) => roleOf(i, side, d) === "free");

const unmerged = (
  cx: RewriteContext,
  i: Dot,
  side: Side,
  t: HloInstruction,
  groups: readonly Group[],
): HloInstruction => {
  const from = dimsOf(t);
  const rank = rankOf(i.operands[side]);
  // The dimensions of t that stand for each dimension of the reshape that is not free.
  const parts: (readonly number[])[] = range(rank).map(() => []);
  for (const g of groups) if (g.to.length === 1) parts[g.to[0]] = g.from;
  const mine = sideDims(i.dims, side);
  const theirs = sideDims(i.dims, flipped(side));
  const other = i.operands[flipped(side)];
  let otherDims = [...dimsOf(other)];
  const widths = otherDims.map(() => 1);
  const pairs = [
    ...mine.batch.map((d, k) => [d, theirs.batch[k]]),
    ...mine.contracting.map((d, k) => [d, theirs.contracting[k]]),
  ];
  // From the last to the first, so that the numbers of those to come stay.
  for (const [d, e] of pairs.toSorted((p, q) => q[1] - p[1])) {
    widths[e] = parts[d].length;
    otherDims = splitDimension(
      otherDims,
      e,
      parts[d].map((k) => from[k]),
    );
  }
  const dims = withSide(
    withSide(i.dims, side, {
      batch: mine.batch.flatMap((d) => parts[d]),
      contracting: mine.contracting.flatMap((d) => parts[d]),
    }),
    flipped(side),
    { batch: renumber(theirs.batch, widths), contracting: renumber(theirs.contracting, widths) },
  );
  const otherSplit = cx.reshape(other, otherDims);
  const made = side === 0 ? dotLike(cx, i, t, otherSplit, dims) : dotLike(cx, i, otherSplit, t, dims);
  return cx.reshape(made, i.shape.dims);
};

/** Contracting pairs stand in the order of the left operand's dimensions. */
const contractingInOrder = rule({
  name: "dot-contracting-in-order",
  match: ["dot"],
  exactness: "order",
  rewrite: (i, cx) => {
    const { lhsContracting, rhsContracting } = i.dims;
    const order = range(lhsContracting.length).sort((p, q) => lhsContracting[p] - lhsContracting[q]);
    if (isRange(order)) return undefined;
    return dotLike(cx, i, i.operands[0], i.operands[1], {
      ...i.dims,
      lhsContracting: order.map((k) => lhsContracting[k]),
      rhsContracting: order.map((k) => rhsContracting[k]),
    });
  },
});

/** dot(broadcast(x), y) over free dimensions that hold copies → broadcast(dot(x, y)). */
const ofBroadcast = rule({
  name: "dot-of-broadcast",
  match: ["dot"],
  rewrite: (i, cx) => {
    for (const side of [0, 1] as const) {
      const b = i.operands[side];
      if (b.opcode !== "broadcast") continue;
      const free = freeDims(i, side);
      const copies = free.filter((d) => !b.dimensions.includes(d));
      if (copies.length === 0) continue;
      const kept = range(b.shape.dims.length).filter((d) => !copies.includes(d));
      const narrow = cx.broadcast(
        b.operands[0],
        kept.map((d) => b.shape.dims[d]),
        b.dimensions.map((d) => kept.indexOf(d)),
      );
      const renumbered = (list: readonly number[]): number[] => list.map((d) => kept.indexOf(d));
      const { batch, contracting } = sideDims(i.dims, side);
      const dims = withSide(i.dims, side, { batch: renumbered(batch), contracting: renumbered(contracting) });
      const { start } = resultLayout(i, side);
      const gone = copies.map((d) => start + free.indexOf(d));
      const made = withOperand(cx, i, side, narrow, dims);
      return cx.broadcast(
        made,
        i.shape.dims,
        range(i.shape.dims.length).filter((d) => !gone.includes(d)),
      );
    }
    return undefined;
  },
});

export const dotOperandRules = [ofTranspose, ofReshapedTranspose, ofBroadcast, contractingInOrder];
