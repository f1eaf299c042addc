/** Instructions of one module as drafts for another. */
import type { Draft } from "./computation-builder.js";
import type { HloComputation, HloInstruction } from "./instruction.js";

/** The same operation on other operands, with what it calls mapped. */
export const redrafted = (
  i: HloInstruction,
  operands: readonly HloInstruction[],
  map: (c: HloComputation) => HloComputation,
): Draft => {
  const { id: _id, origin: _origin, ...rest } = i;
  // An instruction without its id is a draft; the compiler does not see that through the union.
  const draft = { ...rest, operands } as Draft;
  switch (draft.opcode) {
    case "reduce":
    case "reduce-window":
    case "scatter":
    case "call":
    case "fusion":
      return { ...draft, computation: map(draft.computation) };
    case "sort":
      return { ...draft, comparator: map(draft.comparator) };
    case "select-and-scatter":
      return { ...draft, select: map(draft.select), scatter: map(draft.scatter) };
    case "while":
      return { ...draft, condition: map(draft.condition), body: map(draft.body) };
    case "conditional":
      return { ...draft, branches: draft.branches.map(map) };
    default:
      return draft;
  }
};
