/** Scalars from JavaScript values, and how host storage encodes and decodes elements. */
import {
  bf16ToNumber,
  f16ToNumber,
  type HostArray,
  hostArray,
  numberToBf16,
  numberToF16,
} from "../../xla-like/index.js";
import { type DeviceTensor, fromHost } from "./device-tensor.js";
import { defaultFloat, defaultInt, dtypes, type DType, isComplex, isFloat, isInteger } from "./dtype.js";

/** A complex number as plain data. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}
export type ScalarValue = number | bigint | boolean | Complex;

const isComplexValue = (x: ScalarValue): x is Complex => typeof x === "object";

/** Integers wrap, floats round; a number made an integer is truncated and saturates, NaN becomes 0. */
export function writeElement(data: HostArray, i: number, dtype: DType, value: ScalarValue): void {
  if (isComplex(dtype)) {
    const z = isComplexValue(value) ? value : { re: Number(value), im: 0 };
    data[2 * i] = z.re;
    data[2 * i + 1] = z.im;
    return;
  }
  const x = isComplexValue(value) ? value.re : value;
  if (dtype === "bool") data[i] = Number(x) !== 0 ? 1 : 0;
  else if (dtype === "float16") data[i] = numberToF16(Number(x));
  else if (dtype === "bfloat16") data[i] = numberToBf16(Number(x));
  else if (isFloat(dtype)) data[i] = Number(x);
  else data[i] = toInteger(x, dtype) as never;
}

function toInteger(x: number | bigint | boolean, dtype: DType): number | bigint {
  const { bytes, kind } = dtypes[dtype];
  const wide = bytes === 8;
  if (typeof x === "number") {
    const bits = BigInt(8 * bytes);
    const low = kind === "signed" ? -(1n << (bits - 1n)) : 0n;
    const high = kind === "signed" ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
    const t = Math.trunc(x);
    if (Number.isNaN(t)) return wide ? 0n : 0;
    // Integers wrap like any integer arithmetic; numbers beyond them, and infinities, saturate.
    if (!Number.isSafeInteger(t)) {
      const clamped = t > Number(high) ? high : t < Number(low) ? low : BigInt(t);
      return wide ? clamped : Number(clamped);
    }
    return wide ? BigInt(t) : t;
  }
  return wide ? BigInt(x) : Number(BigInt.asIntN(64, BigInt(x)) & 0xffffffffn);
}

/** The element as a JavaScript value: numbers, booleans, bigints for 64-bit integers, `{ re, im }` for complex. */
export function readElement(data: HostArray, i: number, dtype: DType): ScalarValue {
  switch (dtype) {
    case "bool":
      return data[i] !== 0;
    case "float16":
      return f16ToNumber(data[i] as number);
    case "bfloat16":
      return bf16ToNumber(data[i] as number);
    case "complex64":
    case "complex128":
      return { re: data[2 * i] as number, im: data[2 * i + 1] as number };
    default:
      return data[i];
  }
}

/** The type of a JavaScript value beside tensors: weak int for integers, weak float for other numbers. */
export function scalarType(x: ScalarValue): { dtype: DType; weakType: boolean } {
  switch (typeof x) {
    case "boolean":
      return { dtype: "bool", weakType: false };
    case "bigint":
      return { dtype: "int64", weakType: false };
    case "number":
      return Number.isInteger(x) && !Object.is(x, -0)
        ? { dtype: defaultInt, weakType: true }
        : { dtype: defaultFloat, weakType: true };
    default:
      return { dtype: "complex64", weakType: true };
  }
}

/** A scalar of a given dtype that jaxprs write in place. */
export function literal(value: ScalarValue, dtype: DType, weakType = false): DeviceTensor {
  const data = hostArray(dtype, 1);
  writeElement(data, 0, dtype, value);
  return fromHost(data, [], dtype, { weakType, literal: true });
}

/** The value a literal was made from. */
export const literalValue = (x: DeviceTensor): ScalarValue => readElement(x.buffer.read(), 0, x.dtype);

export const isScalarValue = (x: unknown): x is ScalarValue =>
  typeof x === "number" ||
  typeof x === "boolean" ||
  typeof x === "bigint" ||
  (typeof x === "object" && x !== null && "re" in x && "im" in x && !ArrayBuffer.isView(x));

/** Whether the dtype holds JavaScript value `x` without changing its kind: no fractions in integers. */
export const canHold = (dtype: DType, x: ScalarValue): boolean =>
  isComplexValue(x) ? isComplex(dtype) : !isInteger(dtype) || typeof x !== "number" || Number.isInteger(x);
