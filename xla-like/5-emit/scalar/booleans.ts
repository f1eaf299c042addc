/** Operations on bool: one bit a lane. */
import type { BinaryOpcode, CompareDirection, UnaryOpcode } from "../../hlo/instruction.js";
import { type IrBuilder, type IrValue, splat } from "./ir.js";
import { arithmetic, compareIntegers, type IntCompare } from "./lanes.js";

export const notLanes = (b: IrBuilder, x: IrValue): IrValue => arithmetic(b, "xor", x, splat(x.type, "true"));

export function boolUnary(b: IrBuilder, opcode: UnaryOpcode, x: IrValue): IrValue | undefined {
  return opcode === "not" ? notLanes(b, x) : undefined;
}

export function boolBinary(b: IrBuilder, opcode: BinaryOpcode, x: IrValue, y: IrValue): IrValue | undefined {
  switch (opcode) {
    case "and":
    case "multiply":
    case "minimum":
      return arithmetic(b, "and", x, y);
    case "or":
    case "add":
    case "maximum":
      return arithmetic(b, "or", x, y);
    case "xor":
      return arithmetic(b, "xor", x, y);
    default:
      return undefined;
  }
}

/** As unsigned numbers of one bit. */
const directions: Readonly<Record<CompareDirection, IntCompare>> = {
  EQ: "eq",
  NE: "ne",
  LT: "ult",
  LE: "ule",
  GT: "ugt",
  GE: "uge",
};

export const boolCompare = (b: IrBuilder, direction: CompareDirection, x: IrValue, y: IrValue): IrValue =>
  compareIntegers(b, directions[direction], x, y);
