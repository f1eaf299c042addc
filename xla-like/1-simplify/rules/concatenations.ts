/** Concatenations: flat, of pieces that hold something, and of pieces that do not belong together already. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { dimsOf, others, rankOf, sizeOfArray } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

/** A concatenation of one → the operand. */
const identity = rule({
  name: "concatenate-of-one",
  match: ["concatenate"],
  rewrite: ({ operands }) => (operands.length === 1 ? operands[0] : undefined),
});

/** Pieces without elements are left out. */
const withoutEmpty = rule({
  name: "concatenate-without-empty",
  match: ["concatenate"],
  rewrite: ({ dimension, operands }, cx) => {
    const full = operands.filter((x) => sizeOfArray(x) > 0);
    return full.length < operands.length && full.length > 0 ? cx.concatenate(full, dimension) : undefined;
  },
});

/** A piece that is a concatenation along the same dimension is its pieces. */
const flatten = rule({
  name: "concatenate-of-concatenate",
  match: ["concatenate"],
  rewrite: ({ dimension, operands }, cx) => {
    const isInner = (x: HloInstruction): x is Instr<"concatenate"> =>
      x.opcode === "concatenate" && x.dimension === dimension && !cx.isShared(x);
    return operands.some(isInner)
      ? cx.concatenate(
          operands.flatMap((x) => (isInner(x) ? x.operands : [x])),
          dimension,
        )
      : undefined;
  },
});

/** Two neighbouring slices of one array, the second beginning where the first ends, as one slice. */
const joined = (p: HloInstruction, q: HloInstruction, d: number): Instr<"slice"> | undefined => {
  if (p.opcode !== "slice" || q.opcode !== "slice" || p.operands[0] !== q.operands[0]) return undefined;
  const isAligned = others(rankOf(p), [d]).every(
    (k) => p.starts[k] === q.starts[k] && p.limits[k] === q.limits[k] && p.strides[k] === q.strides[k],
  );
  const follows = p.strides[d] === 1 && q.strides[d] === 1 && p.limits[d] === q.starts[d];
  return isAligned && follows ? { ...p, limits: p.limits.map((n, k) => (k === d ? q.limits[k] : n)) } : undefined;
};

/** Slices of one array that lie end to end are one slice. */
const ofNeighbours = rule({
  name: "concatenate-of-neighbouring-slices",
  match: ["concatenate"],
  rewrite: ({ dimension, operands }, cx) => {
    for (let k = 1; k < operands.length; k++) {
      const both = joined(operands[k - 1], operands[k], dimension);
      if (both === undefined) continue;
      const one = cx.slice(both.operands[0], both.starts, both.limits, both.strides);
      return cx.concatenate([...operands.slice(0, k - 1), one, ...operands.slice(k + 1)], dimension);
    }
    return undefined;
  },
});

/** Pieces of one value are one broadcast of it. */
const ofSplats = rule({
  name: "concatenate-of-splats",
  match: ["concatenate"],
  rewrite: ({ shape, operands }, cx) => {
    const [first] = operands;
    if (first.opcode !== "broadcast" || dimsOf(first.operands[0]).length > 0) return undefined;
    const value = first.operands[0];
    return operands.every((x) => x.opcode === "broadcast" && x.operands[0] === value)
      ? cx.broadcast(value, shape.dims, [])
      : undefined;
  },
});

export const concatenationRules = [identity, withoutEmpty, flatten, ofNeighbours, ofSplats];
