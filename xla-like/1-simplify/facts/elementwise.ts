/** Which operations work element by element. */
import { dtypes } from "../../hlo/dtype.js";
import { binaryOpcodes, type HloInstruction, type Opcode, unaryOpcodes } from "../../hlo/instruction.js";
import { dtypeOf } from "./shapes.js";

/** Every operation that computes an element from the elements at the same place; bitcast-convert only within a width. */
export const elementwiseOpcodes = [
  ...unaryOpcodes,
  ...binaryOpcodes,
  "compare",
  "select",
  "clamp",
  "convert",
  "bitcast-convert",
  "reduce-precision",
] as const satisfies readonly Opcode[];

const all: ReadonlySet<string> = new Set(elementwiseOpcodes);

export const isElementwise = (i: HloInstruction): boolean =>
  all.has(i.opcode) &&
  (i.opcode !== "bitcast-convert" || dtypes[i.shape.dtype].bytes === dtypes[dtypeOf(i.operands[0])].bytes);

/** Operations that are their own twice applied: floor(floor(x)) is floor(x). */
export const idempotentOpcodes = ["abs", "ceil", "floor", "round-nearest-afz", "round-nearest-even", "sign"] as const;

const nonNegativeOpcodes: ReadonlySet<string> = new Set(["abs", "exponential", "logistic", "cosh", "erfc"]);

/** Real numbers that are never below zero nor -0; they may be NaN. */
export const isNonNegative = (i: HloInstruction): boolean => {
  if (i.shape.kind !== "array" || dtypes[i.shape.dtype].kind !== "float") return false;
  if (i.opcode === "broadcast" || i.opcode === "reshape" || i.opcode === "transpose")
    return isNonNegative(i.operands[0]);
  return i.opcode === "square" || nonNegativeOpcodes.has(i.opcode);
};
