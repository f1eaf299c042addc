/** What evaluating an instruction gives, and what kind of value it is. */
import type { HloInstruction } from "../../hlo/instruction.js";
import type { ArrayShape } from "../../hlo/shape.js";
import { isComplexValue, type Value } from "../scalar/value.js";

/** A value of each lane, or one for all lanes, and the depth of its scope. */
export interface Computed {
  readonly value: Value;
  readonly depth: number;
}

export const lanesOf = (v: Value): number => (isComplexValue(v) ? v.re.type.lanes : v.type.lanes);

export function arrayOf(i: HloInstruction): ArrayShape {
  if (i.shape.kind === "tuple") throw new TypeError(`${i.opcode} is a tuple where an array belongs`);
  return i.shape;
}
