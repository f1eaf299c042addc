/** Pads: none that do nothing, none that cut, and one where there were two. */
import { sizeOf } from "../../hlo/shape.js";
import { splatOf } from "../facts/literals.js";
import { allZero, dimsOf, sizeOfArray } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

const isNegative = (n: number): boolean => n < 0;

/** Padding by nothing → the operand. */
const identity = rule({
  name: "pad-identity",
  match: ["pad"],
  rewrite: ({ low, high, interior, operands: [x] }) =>
    allZero(low) && allZero(high) && interior.every((n, d) => n === 0 || dimsOf(x)[d] <= 1) ? x : undefined,
});

/** Nothing padded is all padding. */
const ofEmpty = rule({
  name: "pad-of-empty",
  match: ["pad"],
  rewrite: ({ shape, operands: [x, value] }, cx) =>
    sizeOfArray(x) === 0 ? cx.broadcast(value, shape.dims, []) : undefined,
});

/** Padding an array of one value with that value. */
const ofSplat = rule({
  name: "pad-of-splat",
  match: ["pad"],
  rewrite: ({ shape, operands: [x, value] }, cx) => {
    const isSame = x.opcode === "broadcast" && x.operands[0] === value;
    const splat = splatOf(x);
    return isSame || (splat !== undefined && splat === splatOf(value))
      ? cx.broadcast(value, shape.dims, [])
      : undefined;
  },
});

/** Negative amounts cut elements off, which is what slices are for. */
const negativeToSlice = rule({
  name: "negative-pad-to-slice",
  match: ["pad"],
  rewrite: ({ low, high, interior, operands: [x, value] }, cx) => {
    const dims = dimsOf(x);
    const cut = (amounts: readonly number[]): number[] => amounts.map((n) => Math.max(-n, 0));
    const [starts, ends] = [cut(low), cut(high)];
    if (allZero(starts) && allZero(ends)) return undefined;
    // What is cut must be elements of x alone, and not padding between or beyond them.
    const isPlain = (n: number, d: number): boolean =>
      starts[d] + ends[d] <= n && (interior[d] === 0 || starts[d] + ends[d] === 0);
    if (!dims.every(isPlain)) return undefined;
    const kept = cx.slice(
      x,
      starts,
      dims.map((n, d) => n - ends[d]),
    );
    return cx.pad(
      kept,
      value,
      low.map((n) => Math.max(n, 0)),
      high.map((n) => Math.max(n, 0)),
      interior,
    );
  },
});

/** pad(pad(x, v), v) → pad(x, v), unless new elements come between those of the inner padding. */
const compose = rule({
  name: "pad-of-pad",
  match: ["pad"],
  rewrite: ({ low, high, interior, operands: [p, value] }, cx) => {
    if (p.opcode !== "pad" || p.operands[1] !== value || !allZero(interior) || sizeOf(p.shape.dims) === 0)
      return undefined;
    if ([...low, ...high, ...p.low, ...p.high].some(isNegative)) return undefined;
    return cx.pad(
      p.operands[0],
      value,
      low.map((n, d) => n + p.low[d]),
      high.map((n, d) => n + p.high[d]),
      p.interior,
    );
  },
});

/** Interior padding of at most one element is none. */
const interiorOfOne = rule({
  name: "pad-interior-of-one",
  match: ["pad"],
  rewrite: ({ low, high, interior, operands: [x, value] }, cx) => {
    const needed = interior.map((n, d) => (dimsOf(x)[d] <= 1 ? 0 : n));
    return needed.every((n, d) => n === interior[d]) ? undefined : cx.pad(x, value, low, high, needed);
  },
});

export const padRules = [identity, ofEmpty, ofSplat, negativeToSlice, compose, interiorOfOne];
