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

/** The carried number that decides when a loop ends: `first`, `first + step`, …, in `trips` turns. */
export interface Counter {
  /** Its place among the carried values. */
  readonly position: number;
  readonly first: number;
  readonly step: number;
  readonly trips: number;
}

/** The number that the condition compares with a bound, with its value at first and the bound. */
const comparedWithBound = (i: Instr<"while">) => {
  const test = i.condition.root;
  if (test.opcode !== "compare") return undefined;
  const [counter, bound] = test.operands;
  if (counter.opcode !== "parameter" || !isInteger(counter.shape.dtype) || rankOf(counter) > 0) return undefined;
  const limit = splatNumber(bound) ?? invariantNumber(i, bound);
  const first = splatNumber(i.operands[counter.index]);
  if (first === undefined || limit === undefined) return undefined;
  return { position: counter.index, direction: test.direction, first, limit };
};

/** What counts the turns of a loop; undefined where it cannot be read off. */
export const counterOf = (i: Instr<"while">): Counter | undefined => {
  const compared = comparedWithBound(i);
  if (compared === undefined || i.body.root.opcode !== "tuple") return undefined;
  const { position, direction, first, limit } = compared;
  if (!holds(direction, first, limit)) return undefined;
  const step = stepOf(i.body.root.operands[position], i.body.parameters[position]);
  const trips = step === undefined ? undefined : countTo(direction, first, step, limit);
  return step === undefined || trips === undefined ? undefined : { position, first, step, trips };
};

/** The number of turns; undefined where it cannot be read off. */
export const tripCount = (i: Instr<"while">): number | undefined => {
  if (splatNumber(i.condition.root) === 0) return 0;
  const compared = comparedWithBound(i);
  // A condition that does not hold at first never comes to a turn, whatever the turn would do.
  if (compared !== undefined && !holds(compared.direction, compared.first, compared.limit)) return 0;
  return counterOf(i)?.trips;
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
