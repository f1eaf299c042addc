/** Short names for avals, for samples and tests: `f32(2, 3)`. */
import { ShapedArray } from "./aval.js";
import type { DType } from "./dtype.js";

const of =
  (dtype: DType) =>
  (...shape: number[]): ShapedArray =>
    new ShapedArray(shape, dtype);

export const f16 = of("float16");
export const bf16 = of("bfloat16");
export const f32 = of("float32");
export const f64 = of("float64");
export const i8 = of("int8");
export const i32 = of("int32");
export const i64 = of("int64");
export const u8 = of("uint8");
export const u32 = of("uint32");
export const u64 = of("uint64");
export const bool = of("bool");
export const c64 = of("complex64");
export const c128 = of("complex128");
