/** How a scan combines: the types it does so in, and how elements become what is combined and back. */
import { type DType, dtypes } from "../../../hlo/dtype.js";
import type { HloComputation } from "../../../hlo/instruction.js";
import { applyComputation } from "../../elements/computations.js";
import { scanOperation } from "../../elements/scan-operation.js";
import { emitConvert } from "../../scalar/conversions.js";
import { isHalf } from "../../scalar/half.js";
import { emitBinary, emitUnary } from "../../scalar/operations.js";
import { floatOpsOf, type OperationContext, single, type Value } from "../../scalar/value.js";

export interface ScanCombiner {
  readonly types: readonly DType[];
  readonly take: (cx: OperationContext, elements: readonly Value[]) => readonly Value[];
  readonly combine: (cx: OperationContext, before: readonly Value[], x: readonly Value[]) => readonly Value[];
  readonly give: (cx: OperationContext, xs: readonly Value[]) => readonly Value[];
}

/** Sums and products of floats run in float64 and are rounded once. */
const wideOf = (dtype: DType): DType => {
  const { kind } = dtypes[dtype];
  return kind === "complex" ? "complex128" : kind === "float" ? "float64" : dtype;
};

export function scanCombiner(computation: HloComputation, types: readonly DType[]): ScanCombiner {
  const [dtype] = types;
  const operation = types.length === 1 ? scanOperation(computation, dtype) : undefined;
  if (operation === undefined) {
    return {
      types,
      take: (_, xs) => xs,
      combine: (cx, before, x) => applyComputation(cx, computation, [...before, ...x]),
      give: (_, xs) => xs,
    };
  }
  const isRounded = operation === "add" || operation === "multiply" || operation === "logaddexp";
  // A half is a float32 already where it is computed with.
  const wide = isRounded ? wideOf(dtype) : isHalf(dtype) ? "float32" : dtype;
  return {
    types: [wide],
    take: (cx, [x]) => [emitConvert(cx, dtype, wide, x)],
    combine: (cx, [a], [b]) =>
      operation === "logaddexp" ? [logAddExp(cx, wide, a, b)] : [defined(emitBinary(cx, operation, wide, [a, b]))],
    give: (cx, [x]) => [emitConvert(cx, wide, dtype, x)],
  };
}

function logAddExp(cx: OperationContext, dtype: DType, a: Value, b: Value): Value {
  const f = floatOpsOf(cx, dtype);
  const unary = (op: Parameters<typeof emitUnary>[1], x: Value) => defined(emitUnary(cx, op, dtype, x));
  const binary = (op: Parameters<typeof emitBinary>[1]) => defined(emitBinary(cx, op, dtype, [a, b]));
  const delta = binary("subtract");
  const near = unary("log-plus-one", unary("exponential", unary("negate", unary("abs", delta))));
  // A difference that is NaN: NaNs, or infinities of one sign, whose sum is right.
  const sum = f.add(single(binary("maximum")), single(near));
  return f.select(f.isNaN(single(delta)), single(binary("add")), sum);
}

function defined(x: Value | undefined): Value {
  if (x === undefined) throw new TypeError("the operation is not defined for the type");
  return x;
}
