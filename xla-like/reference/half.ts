/** float16 and bfloat16 as tables and functions for inner loops. */
import { bf16ToNumber, f16ToNumber, numberToBf16, numberToF16 } from "../hlo/float16.js";

export type HalfType = "float16" | "bfloat16";

const tables: Partial<Record<HalfType, Float64Array>> = {};

/** The value of each of the 65536 bit patterns. */
export const decodeTable = (d: HalfType): Float64Array => {
  const decode = d === "float16" ? f16ToNumber : bf16ToNumber;
  tables[d] ??= Float64Array.from({ length: 65536 }, (_, bits) => decode(bits));
  return tables[d];
};

/** The bits nearest to a number, rounded once. */
export const encodeFloat = (d: HalfType): ((x: number) => number) => (d === "float16" ? numberToF16 : numberToBf16);
