/** Scalars from JavaScript values. */
import { scalarAval } from "./aval.js";
import { DeviceTensor } from "./device-tensor.js";
import { defaultDevice } from "./devices.js";
import { type DType, defaultFloat, defaultInt, isComplex, isInteger } from "./dtype.js";
import { isComplexValue, readElement, type ScalarValue } from "./elements.js";
import { scalarConstant } from "./scalar-constant.js";

export type { Complex, ScalarValue } from "./elements.js";
export { readElement, writeElement } from "./elements.js";

/** Beyond these a whole number is no int32. */
const isInt32 = (x: number): boolean => Number.isInteger(x) && !Object.is(x, -0) && x >= -(2 ** 31) && x < 2 ** 31;

/** The type of a JavaScript value beside tensors: weak int for integers of 32 bits, weak float for other numbers. */
export function scalarType(x: ScalarValue): { dtype: DType; weakType: boolean } {
  switch (typeof x) {
    case "boolean":
      return { dtype: "bool", weakType: false };
    case "bigint":
      return { dtype: "int64", weakType: false };
    case "number":
      return isInt32(x) ? { dtype: defaultInt, weakType: true } : { dtype: defaultFloat, weakType: true };
    default:
      return { dtype: "complex64", weakType: true };
  }
}

/** A scalar of a given dtype that jaxprs write in place. */
export const literal = (value: ScalarValue, dtype: DType, weakType = false): DeviceTensor =>
  new DeviceTensor(scalarAval(dtype, weakType), scalarConstant(value, dtype, defaultDevice()), false);

/** The number a weak literal was made from, before it was rounded to float32: beside float64 it counts in full. */
export function exactValue(x: DeviceTensor): ScalarValue {
  const value = x.constant?.value;
  return x.weakType && typeof value === "number" && x.dtype === defaultFloat ? value : literalValue(x);
}

/** The value of a literal. */
export const literalValue = (x: DeviceTensor): ScalarValue => readElement(x.hostData(), 0, x.dtype);

export const isScalarValue = (x: unknown): x is ScalarValue =>
  typeof x === "number" ||
  typeof x === "boolean" ||
  typeof x === "bigint" ||
  (typeof x === "object" && x !== null && "re" in x && "im" in x && !ArrayBuffer.isView(x));

/** Whether the dtype holds JavaScript value `x` without changing its kind: no fractions in integers. */
export const canHold = (dtype: DType, x: ScalarValue): boolean =>
  isComplexValue(x) ? isComplex(dtype) : !isInteger(dtype) || typeof x !== "number" || Number.isInteger(x);
