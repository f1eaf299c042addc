/** Integers that are known although no constant holds them: iotas, and what merely rearranges constants. */
import { isInteger } from "../../hlo/dtype.js";
import type { HloInstruction } from "../../hlo/instruction.js";
import { integersOf, splatNumber } from "./literals.js";
import { dtypeOf, range, sizeOfArray } from "./shapes.js";

const largest = 4096;

/** The elements in row-major order. */
export const staticIntegers = (i: HloInstruction): readonly number[] | undefined => {
  if (!isInteger(dtypeOf(i)) || sizeOfArray(i) > largest) return undefined;
  if (i.opcode === "reshape") return staticIntegers(i.operands[0]);
  if (i.opcode === "iota" && i.shape.dims.length === 1 && isExactCount(i)) return range(i.shape.dims[0]);
  const splat = splatNumber(i);
  if (splat !== undefined) return range(sizeOfArray(i)).map(() => splat);
  return integersOf(i);
};

/** Whether an iota's type holds all that it counts. */
const isExactCount = (i: HloInstruction): boolean => {
  const d = dtypeOf(i);
  return (d !== "int8" && d !== "uint8") || sizeOfArray(i) <= 128;
};
