/** Elements of host storage, encoded from JavaScript values and decoded to them. */
import { bf16ToNumber, f16ToNumber, type HostArray, numberToBf16, numberToF16 } from "../../xla-like/index.js";
import { type DType, dtypes, isComplex, isFloat } from "./dtype.js";

/** A complex number as plain data. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}
export type ScalarValue = number | bigint | boolean | Complex;

export const isComplexValue = (x: ScalarValue): x is Complex => typeof x === "object";

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

export type NestedArray = ScalarValue | NestedArray[];

export const elementCount = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

/** Row-major elements as nested arrays. */
export function nested(data: HostArray, shape: readonly number[], dtype: DType): NestedArray {
  let i = 0;
  const level = (d: number): NestedArray =>
    d === shape.length ? readElement(data, i++, dtype) : Array.from({ length: shape[d] }, () => level(d + 1));
  return level(0);
}

/** A copy of the elements that a caller may keep; half-precision numbers are widened. */
export function hostValues(data: HostArray, dtype: DType): HostArray {
  if (dtype !== "float16" && dtype !== "bfloat16") return data.slice();
  const decode = dtype === "float16" ? f16ToNumber : bf16ToNumber;
  return Float32Array.from(data as Uint16Array, decode);
}
