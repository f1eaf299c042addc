/** How often a loop runs, where a counter says so. */
import { isInteger } from "../../hlo/dtype.js";
import type { CompareDirection, HloInstruction, Instr } from "../../hlo/instruction.js";
import { splatNumber } from "./literals.js";
import { rankOf } from "./shapes.js";

/** How far the counter goes: up to `limit`, in steps; undefined where it would never get there, or wrap around. */
const countTo = (direction: CompareDirection, first: number, step: number, limit: number): number | undefined => {
  const steps = (end: number): number | undefined =>
    step > 0 ? Math.max(0, Math.ceil((end - first) / step)) : undefined;
  switch (direction) {
    case "LT":
      return steps(limit);
    case "LE":
      return steps(limit + 1);
    case "NE":
      return step !== 0 && (limit - first) % step === 0 && (limit - first) / step >= 0
        ? (limit - first) / step
        : undefined;
    case "GT":
      return step < 0 ? Math.max(0, Math.ceil((first - limit) / -step)) : undefined;
    case "GE":
      return step < 0 ? Math.max(0, Math.ceil((first - limit + 1) / -step)) : undefined;
    case "EQ":
      return first === limit && step !== 0 ? 1 : undefined;
  }
};

/** The constant that one turn adds to a loop-carried value. */
const stepOf = (next: HloInstruction, counter: HloInstruction): number | undefined => {
  if (next.opcode !== "add" && next.opcode !== "subtract") return undefined;
  const [x, y] = next.operands;
  const step = x === counter ? splatNumber(y) : undefined;
  return step !== undefined && next.opcode === "subtract" ? -step : step;
};

/** The number of turns; undefined where it cannot be read off. */
export const tripCount = (i: Instr<"while">): number | undefined => {
  const test = i.condition.root;
  if (splatNumber(test) === 0) return 0;
  if (test.opcode !== "compare") return undefined;
  const [counter, bound] = test.operands;
  if (counter.opcode !== "parameter" || !isInteger(counter.shape.dtype) || rankOf(counter) > 0) return undefined;
  const k = counter.index;
  const limit = splatNumber(bound) ?? invariantNumber(i, bound);
  const first = splatNumber(i.operands[k]);
  if (first === undefined || limit === undefined) return undefined;
  // A condition that does not hold at first never comes to a turn, whatever the turn would do.
  if (!holds(test.direction, first, limit)) return 0;
  const step = i.body.root.opcode === "tuple" ? stepOf(i.body.root.operands[k], i.body.parameters[k]) : undefined;
  return step === undefined ? undefined : countTo(test.direction, first, step, limit);
};

const holds = (direction: CompareDirection, x: number, y: number): boolean => {
  switch (direction) {
    case "EQ":
      return x === y;
    case "NE":
      return x !== y;
    case "LT":
      return x < y;
    case "LE":
      return x <= y;
    case "GT":
      return x > y;
    case "GE":
      return x >= y;
  }
};

/** The value of a loop-carried bound that no turn changes. */
const invariantNumber = (i: Instr<"while">, bound: HloInstruction): number | undefined => {
  if (bound.opcode !== "parameter" || i.body.root.opcode !== "tuple") return undefined;
  const k = bound.index;
  return i.body.root.operands[k] === i.body.parameters[k] ? splatNumber(i.operands[k]) : undefined;
};
