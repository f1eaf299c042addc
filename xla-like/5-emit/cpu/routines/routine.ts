/** What the routines of this folder share. */
import type { ArrayShape, HloInstruction } from "../../../hlo/index.js";
import type { SlotId, Thunk } from "../../plan.js";

export type RoutineThunk = Extract<Thunk, { kind: "routine" }>;

/** Where an instruction's operands and results lie. */
export interface RoutineSlots {
  readonly operands: readonly SlotId[];
  readonly results: readonly SlotId[];
}

export const routineThunkOf = (name: string, slots: RoutineSlots, params: readonly number[]): RoutineThunk => ({
  kind: "routine",
  name,
  args: [...slots.operands, ...slots.results],
  params,
});

export function shapeOf(i: HloInstruction): ArrayShape {
  if (i.shape.kind !== "array") throw new TypeError(`${i.opcode}.${i.id} is not an array`);
  return i.shape;
}

/** An array as [outer, length, inner] about one dimension. */
export function aboutDimension(dims: readonly number[], dimension: number): readonly [number, number, number] {
  const product = (part: readonly number[]): number => part.reduce((n, d) => n * d, 1);
  return [product(dims.slice(0, dimension)), dims[dimension], product(dims.slice(dimension + 1))];
}

/** Routines count elements of a line in 32 bits. */
export const longestLine = 2 ** 31 - 1;
