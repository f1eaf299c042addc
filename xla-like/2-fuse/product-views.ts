/** What a product reads its operands through: the same memory with other strides, and floats widened. */
import { dimsOf, rankOf } from "../1-simplify/facts/shapes.js";
import type { HloInstruction } from "../hlo/instruction.js";
import { rowMajorStrides, type View, viewThrough } from "./views.js";

/** Whether strides can say what the chain, from the product down, reads of the array below it. */
const isStrided = (chain: readonly HloInstruction[]): boolean => {
  const dims = dimsOf(chain[chain.length - 1].operands[0]);
  let view: View | undefined = { offset: 0, dims, strides: rowMajorStrides(dims) };
  for (let k = chain.length - 1; k >= 0 && view !== undefined; k--) view = viewThrough(chain[k], view);
  return view !== undefined;
};

/** The longest chain of views from a product's operand down to an array in memory. */
export const viewsOf = (operand: HloInstruction): readonly HloInstruction[] => {
  const chain: HloInstruction[] = [];
  for (let i = operand; i.operands.length === 1; [i] = i.operands) {
    const [x] = i.operands;
    // A number in the code is no array.
    if (x.shape.kind !== "array" || rankOf(x) === 0 || !isStrided([...chain, i])) break;
    chain.push(i);
  }
  return chain;
};
