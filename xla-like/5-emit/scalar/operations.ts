/** One elementwise HLO instruction, on every lane. */
import { type DType, dtypes } from "../../hlo/dtype.js";
import { fail } from "../../hlo/error.js";
import {
  type BinaryOpcode,
  binaryOpcodes,
  type HloInstruction,
  type Instr,
  type UnaryOpcode,
  unaryOpcodes,
} from "../../hlo/instruction.js";
import { boolBinary, boolCompare, boolUnary } from "./booleans.js";
import { compareComplex } from "./complex-arithmetic.js";
import { complexBinary, complexUnary } from "./complex-operations.js";
import { emitBitcast, emitConvert } from "./conversions.js";
import { floatBinary, floatCompare, floatUnary, reducePrecision } from "./floats.js";
import { isHalf, roundToHalf } from "./half.js";
import { integerBinary, integerCompare, integerUnary } from "./integers.js";
import { choose } from "./lanes.js";
import { floatOpsOf, isComplexValue, type OperationContext, parts, single, spreadValue, type Value } from "./value.js";

const unarySet: ReadonlySet<string> = new Set(unaryOpcodes);
const binarySet: ReadonlySet<string> = new Set(binaryOpcodes);
const isUnary = (i: HloInstruction): i is Instr<UnaryOpcode> => unarySet.has(i.opcode);
const isBinary = (i: HloInstruction): i is Instr<BinaryOpcode> => binarySet.has(i.opcode);

/**
 * The instruction applied to its operands' lanes; an operand of one lane counts for all. Instructions that are not
 * elementwise throw.
 */
export function emitOperation(cx: OperationContext, instruction: HloInstruction, operands: readonly Value[]): Value {
  const i = instruction;
  const dtype = dtypeOf(i, 0);
  const xs = operands.map((x, k) => (i.opcode === "select" && k === 0 ? x : spreadValue(cx, x)));
  if (isUnary(i)) return defined(i, dtype, emitUnary(cx, i.opcode, dtype, xs[0]));
  if (isBinary(i)) return defined(i, dtype, emitBinary(cx, i.opcode, dtype, xs));
  switch (i.opcode) {
    case "compare":
      return emitCompare(cx, i, dtype, xs[0], xs[1]);
    case "select":
      return emitSelect(cx, single(xs[0]), xs[1], xs[2]);
    case "clamp": {
      const raised = defined(i, dtype, emitBinary(cx, "maximum", dtype, [xs[0], xs[1]]));
      return defined(i, dtype, emitBinary(cx, "minimum", dtype, [raised, xs[2]]));
    }
    case "convert":
      return emitConvert(cx, dtype, i.shape.dtype, xs[0]);
    case "bitcast-convert":
      return emitBitcast(cx, dtype, i.shape.dtype, xs[0]);
    case "reduce-precision": {
      const f = floatOpsOf(cx, dtype);
      const reduced = reducePrecision(f, i.exponentBits, i.mantissaBits, single(xs[0]));
      return isHalf(dtype) ? roundToHalf(f, dtype, reduced) : reduced;
    }
    default:
      fail(`emit: ${i.opcode} is not elementwise, so it has no value lane by lane`);
  }
}

function dtypeOf(i: HloInstruction, k: number): DType {
  const shape = i.operands[k]?.shape;
  if (shape?.kind !== "array") fail(`emit: operand ${k} of ${i.opcode} is no array`);
  return shape.dtype;
}

function defined(i: HloInstruction, dtype: DType, value: Value | undefined): Value {
  if (value === undefined) fail(`emit: ${i.opcode} is not defined for ${dtype}`);
  return value;
}

/** The operation on lanes of a type, or nothing where the type has no such operation. */
export function emitUnary(cx: OperationContext, opcode: UnaryOpcode, dtype: DType, x: Value): Value | undefined {
  switch (dtypes[dtype].kind) {
    case "float":
      return floatUnary(floatOpsOf(cx, dtype), opcode, dtype, single(x));
    case "complex":
      return complexUnary(floatOpsOf(cx, dtype), opcode, parts(x));
    case "bool":
      return boolUnary(cx.builder, opcode, single(x));
    case "signed":
    case "unsigned":
      return integerUnary(cx.builder, opcode, dtypes[dtype].kind === "signed", single(x));
    case "void":
      return undefined;
  }
}

export function emitBinary(
  cx: OperationContext,
  opcode: BinaryOpcode,
  dtype: DType,
  xs: readonly Value[],
): Value | undefined {
  switch (dtypes[dtype].kind) {
    case "float": {
      if (opcode === "complex") return { re: single(xs[0]), im: single(xs[1]) };
      return floatBinary(floatOpsOf(cx, dtype), opcode, dtype, xs.map(single));
    }
    case "complex":
      return complexBinary(floatOpsOf(cx, dtype), opcode, parts(xs[0]), parts(xs[1]));
    case "bool":
      return boolBinary(cx.builder, opcode, single(xs[0]), single(xs[1]));
    case "signed":
    case "unsigned":
      return integerBinary(cx.builder, opcode, dtypes[dtype].kind === "signed", single(xs[0]), single(xs[1]));
    case "void":
      return undefined;
  }
}

function emitCompare(cx: OperationContext, i: Instr<"compare">, dtype: DType, x: Value, y: Value): Value {
  const { direction, totalOrder } = i;
  switch (dtypes[dtype].kind) {
    case "float":
      return floatCompare(floatOpsOf(cx, dtype), direction, totalOrder, single(x), single(y));
    case "complex":
      return compareComplex(floatOpsOf(cx, dtype), direction, parts(x), parts(y));
    case "bool":
      return boolCompare(cx.builder, direction, single(x), single(y));
    default:
      return integerCompare(cx.builder, direction, dtypes[dtype].kind === "signed", single(x), single(y));
  }
}

function emitSelect(cx: OperationContext, where: Value, x: Value, y: Value): Value {
  const { builder: b } = cx;
  const condition = single(where);
  if (!isComplexValue(x)) return choose(b, condition, x, single(y));
  const other = parts(y);
  return { re: choose(b, condition, x.re, other.re), im: choose(b, condition, x.im, other.im) };
}
