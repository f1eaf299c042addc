/** How floats are laid out in bits. */
import type { DType } from "../core/dtype.js";
import type { BitWidth } from "../primitives/random-bits.js";

export interface FloatFormat {
  readonly width: BitWidth;
  /** The bits after the point. */
  readonly mantissa: number;
  /** The bits of 1. */
  readonly one: number | bigint;
  /** The smallest normal number. */
  readonly tiny: number;
  readonly greatest: number;
}

const formats: Partial<Record<DType, FloatFormat>> = {
  float16: { width: 16, mantissa: 10, one: 0x3c00, tiny: 2 ** -14, greatest: 65504 },
  bfloat16: { width: 16, mantissa: 7, one: 0x3f80, tiny: 2 ** -126, greatest: (2 - 2 ** -7) * 2 ** 127 },
  float32: { width: 32, mantissa: 23, one: 0x3f800000, tiny: 2 ** -126, greatest: (2 - 2 ** -23) * 2 ** 127 },
  float64: { width: 64, mantissa: 52, one: 0x3ff0000000000000n, tiny: 2 ** -1022, greatest: Number.MAX_VALUE },
};

export const floatFormat = (dtype: DType): FloatFormat => formats[dtype] as FloatFormat;

/** The distance from 1 to the next number. */
export const epsilon = (dtype: DType): number => 2 ** -floatFormat(dtype).mantissa;
