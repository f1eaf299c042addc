/** Element types as routines are told them; native/cpu/dtypes.h has the same list. */
import type { DType } from "../hlo/index.js";

const codes: Readonly<Record<Exclude<DType, "float0">, number>> = {
  bool: 0,
  int8: 1,
  int16: 2,
  int32: 3,
  int64: 4,
  uint8: 5,
  uint16: 6,
  uint32: 7,
  uint64: 8,
  float16: 9,
  bfloat16: 10,
  float32: 11,
  float64: 12,
  complex64: 13,
  complex128: 14,
};

export function dtypeCode(d: DType): number {
  if (d === "float0") throw new TypeError("float0 holds no data for a routine");
  return codes[d];
}
