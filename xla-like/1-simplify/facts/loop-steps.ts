/** What the turns of a loop do: places along the first dimension of an array that they come by, one in each turn. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sameDims } from "../../hlo/shape.js";
import { resultsOf } from "./dependence.js";
import { splatNumber } from "./literals.js";
import { dimsOf } from "./shapes.js";
import type { Counter } from "./trip-count.js";

type Parameter = Instr<"parameter">;

/** Whether no turn changes what the parameter of the loop's body holds. */
export const isInvariant = (loop: Instr<"while">, i: HloInstruction): i is Parameter =>
  i.opcode === "parameter" && resultsOf(loop.body)?.[i.index] === i;

/** An instruction of the body as `scale` times the counter and `offset`; undefined where it is something else. */
const linearOf = (
  i: HloInstruction,
  counter: Parameter,
): { readonly scale: number; readonly offset: number } | undefined => {
  if (i === counter) return { scale: 1, offset: 0 };
  const value = splatNumber(i);
  if (value !== undefined) return { scale: 0, offset: value };
  if (i.opcode !== "add" && i.opcode !== "subtract") return undefined;
  const [x, y] = i.operands.map((operand) => linearOf(operand, counter));
  if (x === undefined || y === undefined) return undefined;
  const sign = i.opcode === "add" ? 1 : -1;
  return { scale: x.scale + sign * y.scale, offset: x.offset + sign * y.offset };
};

/** Whether the turns of a loop, each at place `at`, come by each of `places` places once. */
export const visitsEach = (loop: Instr<"while">, counter: Counter, at: HloInstruction, places: number): boolean => {
  if (counter.trips !== places) return false;
  const linear = linearOf(at, loop.body.parameters[counter.position] as Parameter);
  if (linear === undefined) return false;
  const start = linear.scale * counter.first + linear.offset;
  const stride = linear.scale * counter.step;
  return (stride === 1 && start === 0) || (stride === -1 && start === places - 1);
};

/** An array that no turn changes, at one place of its first dimension. */
export interface Step {
  readonly array: Parameter;
  readonly at: HloInstruction;
}

/** Whether sizes and starts take an array at one place of its first dimension, and all of the others. */
export const isOnePlace = (
  array: HloInstruction,
  sizes: readonly number[],
  [, ...rest]: readonly HloInstruction[],
): boolean => sameDims(sizes, [1, ...dimsOf(array).slice(1)]) && rest.every((start) => splatNumber(start) === 0);

/** The step that an operand in the body is, with the first dimension left out; undefined where it is something else. */
export const stepOf = (loop: Instr<"while">, x: HloInstruction): Step | undefined => {
  const slice = x.opcode === "reshape" ? x.operands[0] : undefined;
  if (slice?.opcode !== "dynamic-slice") return undefined;
  const [array, ...starts] = slice.operands;
  const isStep = isOnePlace(array, slice.sizes, starts) && sameDims(dimsOf(x), slice.sizes.slice(1));
  return isStep && isInvariant(loop, array) ? { array, at: starts[0] } : undefined;
};

/** The place that a turn writes of a carried array whose other places it does not touch. */
export const placeWritten = (result: HloInstruction, stack: HloInstruction): HloInstruction | undefined => {
  if (result.opcode !== "dynamic-update-slice" || result.operands[0] !== stack) return undefined;
  const [, update, ...starts] = result.operands;
  return isOnePlace(stack, dimsOf(update), starts) ? starts[0] : undefined;
};

/** How often instructions of the body read each. */
export const readersIn = ({ body }: Instr<"while">): ReadonlyMap<HloInstruction, number> => {
  const count = new Map<HloInstruction, number>();
  for (const i of body.instructions) for (const x of i.operands) count.set(x, (count.get(x) ?? 0) + 1);
  return count;
};
