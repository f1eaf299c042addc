/** Slices and updates at computed places, where the place is known after all or does not matter. */
import type { HloInstruction } from "../../hlo/instruction.js";
import { sameDims, sizeOf } from "../../hlo/shape.js";
import { isElementwise } from "../facts/elementwise.js";
import { splatNumber } from "../facts/literals.js";
import { dimsOf, dtypeOf, rankOf, sizeOfArray } from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

/** Where a slice of `sizes` begins, clamped as it would be; undefined where a start is not constant. */
const constantStarts = (
  starts: readonly HloInstruction[],
  dims: readonly number[],
  sizes: readonly number[],
): readonly number[] | undefined => {
  const known: number[] = [];
  for (const [d, s] of starts.entries()) {
    const room = dims[d] - sizes[d];
    const n = room === 0 ? 0 : splatNumber(s);
    if (n === undefined) return undefined;
    known.push(Math.min(Math.max(n, 0), room));
  }
  return known;
};

/** Starts of dimensions that are taken whole are 0, whatever they were. */
const withoutIdleStarts = (
  cx: RewriteContext,
  starts: readonly HloInstruction[],
  dims: readonly number[],
  sizes: readonly number[],
): readonly HloInstruction[] | undefined => {
  const isIdle = (s: HloInstruction, d: number): boolean => dims[d] === sizes[d] && splatNumber(s) !== 0;
  return starts.some(isIdle) ? starts.map((s, d) => (isIdle(s, d) ? cx.scalar(dtypeOf(s), 0) : s)) : undefined;
};

/** dynamic-slice at constant places → slice. */
const sliceAtConstant = rule({
  name: "dynamic-slice-at-constant",
  match: ["dynamic-slice"],
  rewrite: ({ sizes, operands: [x, ...starts] }, cx) => {
    const from = constantStarts(starts, dimsOf(x), sizes);
    return (
      from &&
      cx.slice(
        x,
        from,
        from.map((s, d) => s + sizes[d]),
      )
    );
  },
});

/** Starts that clamping decides anyway. */
const idleSliceStarts = rule({
  name: "dynamic-slice-idle-starts",
  match: ["dynamic-slice"],
  rewrite: ({ sizes, operands: [x, ...starts] }, cx) => {
    const needed = withoutIdleStarts(cx, starts, dimsOf(x), sizes);
    return needed && cx.dynamicSlice(x, needed, sizes);
  },
});
const idleUpdateStarts = rule({
  name: "dynamic-update-slice-idle-starts",
  match: ["dynamic-update-slice"],
  rewrite: ({ operands: [x, update, ...starts] }, cx) => {
    const needed = withoutIdleStarts(cx, starts, dimsOf(x), dimsOf(update));
    return needed && cx.dynamicUpdateSlice(x, update, needed);
  },
});

/** dynamic-slice(broadcast(x)) → broadcast(dynamic-slice(x)). */
const sliceOfBroadcast = rule({
  name: "dynamic-slice-of-broadcast",
  match: ["dynamic-slice"],
  rewrite: ({ shape, sizes, operands: [b, ...starts] }, cx) => {
    if (b.opcode !== "broadcast") return undefined;
    const [x] = b.operands;
    const narrow =
      rankOf(x) === 0
        ? x
        : cx.dynamicSlice(
            x,
            b.dimensions.map((d) => starts[d]),
            b.dimensions.map((d) => sizes[d]),
          );
    return cx.broadcast(narrow, shape.dims, b.dimensions);
  },
});

/** dynamic-slice(op(x, y)) → op(dynamic-slice(x), dynamic-slice(y)), where nobody needs the rest. */
const sliceBefore = rule({
  name: "dynamic-slice-of-elementwise",
  match: ["dynamic-slice"],
  rewrite: ({ shape, sizes, operands: [e, ...starts] }, cx) => {
    if (!isElementwise(e) || cx.isShared(e)) return undefined;
    const arrays = e.operands.filter((x) => rankOf(x) > 0 && x.opcode !== "broadcast").length;
    if (arrays * sizeOf(shape.dims) > sizeOfArray(e)) return undefined;
    return cx.copy(
      e,
      e.operands.map((x) => (rankOf(x) === 0 ? x : cx.dynamicSlice(x, starts, sizes))),
    );
  },
});

/** Reading what was just written there. */
const sliceOfUpdate = rule({
  name: "dynamic-slice-of-its-update",
  match: ["dynamic-slice"],
  rewrite: ({ sizes, operands: [u, ...starts] }) => {
    if (u.opcode !== "dynamic-update-slice") return undefined;
    const [, update, ...places] = u.operands;
    return sameDims(sizes, dimsOf(update)) && starts.every((s, d) => s === places[d]) ? update : undefined;
  },
});

/** Updating everything, or nothing. */
const trivialUpdate = rule({
  name: "dynamic-update-slice-trivial",
  match: ["dynamic-update-slice"],
  rewrite: ({ operands: [x, update] }) => {
    if (sameDims(dimsOf(x), dimsOf(update))) return update;
    return sizeOfArray(update) === 0 ? x : undefined;
  },
});

/** Updating an array of one value at a constant place pads the update. */
const updateOfSplat = rule({
  name: "dynamic-update-slice-of-splat",
  match: ["dynamic-update-slice"],
  rewrite: ({ operands: [x, update, ...starts] }, cx) => {
    if (x.opcode !== "broadcast" || rankOf(x.operands[0]) > 0) return undefined;
    const [dims, sizes] = [dimsOf(x), dimsOf(update)];
    const from = constantStarts(starts, dims, sizes);
    return (
      from &&
      cx.pad(
        update,
        x.operands[0],
        from,
        from.map((s, d) => dims[d] - s - sizes[d]),
      )
    );
  },
});

export const dynamicSliceRules = [
  sliceAtConstant,
  idleSliceStarts,
  sliceOfUpdate,
  sliceOfBroadcast,
  sliceBefore,
  trivialUpdate,
  updateOfSplat,
  idleUpdateStarts,
];
