/** On which of its parameters a part of a computation depends. */
import { hasSideEffect } from "../../hlo/graph.js";
import type { HloComputation, HloInstruction } from "../../hlo/instruction.js";

/** The parameters that `roots` are computed from. */
export const parametersBehind = (roots: readonly HloInstruction[]): ReadonlySet<number> => {
  const seen = new Set<HloInstruction>();
  const found = new Set<number>();
  const open = [...roots];
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (seen.has(i)) continue;
    seen.add(i);
    if (i.opcode === "parameter") found.add(i.index);
    open.push(...i.operands);
  }
  return found;
};

/** The parameters that the computation's effects need. */
export const parametersBehindEffects = (c: HloComputation): ReadonlySet<number> =>
  parametersBehind(c.instructions.filter(hasSideEffect));

/** The smallest set that has `start` and, with each member, all that it needs. */
export const closure = (start: Iterable<number>, needs: (k: number) => Iterable<number>): ReadonlySet<number> => {
  const reached = new Set<number>();
  const open = [...start];
  for (let k = open.pop(); k !== undefined; k = open.pop()) {
    if (reached.has(k)) continue;
    reached.add(k);
    open.push(...needs(k));
  }
  return reached;
};

/** The elements of a computation's tuple. */
export const resultsOf = (c: HloComputation): readonly HloInstruction[] | undefined =>
  c.root.opcode === "tuple" ? c.root.operands : undefined;
