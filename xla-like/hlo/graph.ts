/** Walking a module: names, the computations an instruction calls, and side effects. */
import type { HloComputation, HloInstruction, HloModule } from "./instruction.js";

/** The instruction's name in text and in errors: `%add.12`. */
export const nameOf = (i: { readonly opcode: string; readonly id: number }): string => `%${i.opcode}.${i.id}`;

/** The instruction whose memory a value is, read in other dimensions. */
export const throughReshapes = (i: HloInstruction): HloInstruction =>
  i.opcode === "reshape" ? throughReshapes(i.operands[0]) : i;

const none: readonly HloComputation[] = [];

/** The computations that an instruction calls, in the order in which the text lists them. */
export const calledComputations = (i: HloInstruction): readonly HloComputation[] => {
  switch (i.opcode) {
    case "reduce":
    case "reduce-window":
    case "scatter":
    case "call":
    case "fusion":
      return [i.computation];
    case "sort":
      return [i.comparator];
    case "select-and-scatter":
      return [i.select, i.scatter];
    case "while":
      return [i.condition, i.body];
    case "conditional":
      return i.branches;
    default:
      return none;
  }
};

/** Every computation reachable from `entry`, once each, callees before callers. */
export const computationsFrom = (entry: HloComputation): readonly HloComputation[] => {
  const seen = new Set<HloComputation>();
  const order: HloComputation[] = [];
  const visit = (c: HloComputation): void => {
    if (seen.has(c)) return;
    seen.add(c);
    for (const i of c.instructions) for (const callee of calledComputations(i)) visit(callee);
    order.push(c);
  };
  visit(entry);
  return order;
};

/** Every computation of the module, callees before callers: the entry is last. */
export const computationsOf = (module: HloModule): readonly HloComputation[] => computationsFrom(module.entry);

/** One more than the largest id in the module: where a pass numbers its new instructions from. */
export const nextIdOf = (module: HloModule): number => {
  let next = 0;
  for (const c of computationsOf(module)) for (const i of c.instructions) next = Math.max(next, i.id + 1);
  return next;
};

const effects = new WeakMap<HloComputation, boolean>();

/** Whether running the computation does something besides computing its result. */
export const computationHasSideEffect = (c: HloComputation): boolean => {
  const known = effects.get(c);
  if (known !== undefined) return known;
  const answer = c.instructions.some(hasSideEffect);
  effects.set(c, answer);
  return answer;
};

/** Whether the instruction must stay although nobody uses its result. */
export const hasSideEffect = (i: HloInstruction): boolean =>
  i.opcode === "custom-call" ? i.hasSideEffect : calledComputations(i).some(computationHasSideEffect);
