/** Scalars as host data. */
import { type DType, dtypes, type HostArray, hostArray } from "./dtype.js";
import { fail } from "./error.js";
import { numberToBf16, numberToF16 } from "./float16.js";

export type ScalarValue = number | bigint | boolean | { readonly re: number; readonly im: number };

/** One element of `dtype`. Integers wrap around as they do on the machine; a fraction or NaN is no integer. */
export const scalarData = (dtype: DType, value: ScalarValue): HostArray => {
  const data = hostArray(dtype, 1);
  const { kind } = dtypes[dtype];
  if (kind === "complex") {
    const isPair = typeof value === "object";
    data[0] = isPair ? value.re : Number(value);
    data[1] = isPair ? value.im : 0;
    return data;
  }
  if (typeof value === "object") return fail(`the complex number (${value.re}, ${value.im}) is no ${dtype}`);
  if (kind === "bool") data[0] = value ? 1 : 0;
  else if (kind === "float") {
    const x = Number(value);
    data[0] = dtype === "float16" ? numberToF16(x) : dtype === "bfloat16" ? numberToBf16(x) : x;
  } else {
    if (typeof value === "number" && !Number.isInteger(value)) return fail(`${value} is no ${dtype}`);
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[0] = BigInt(value);
    else data[0] = Number(typeof value === "bigint" ? BigInt.asUintN(32, value) : value);
  }
  return data;
};
