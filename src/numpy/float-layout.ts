/** The layouts of floating-point formats, from which their limits follow. */

import { realPart } from "../../xla-like/index.js";
import { type DType, isComplex } from "../core/dtype.js";
import { DTypeError } from "../prelude/errors.js";

export interface FloatLayout {
  readonly bits: number;
  readonly exponentBits: number;
  /** Stored bits of the mantissa, without the leading one. */
  readonly mantissaBits: number;
  /** The distance from 1 to the next float. */
  readonly eps: number;
  /** The same to the float before 1. */
  readonly epsneg: number;
  readonly max: number;
  readonly smallestNormal: number;
  readonly smallestSubnormal: number;
  /** Exponents of the smallest normal number and of the first power of two beyond the largest. */
  readonly minexp: number;
  readonly maxexp: number;
}

const layout = (bits: number, exponentBits: number): FloatLayout => {
  const mantissaBits = bits - exponentBits - 1;
  const maxexp = 2 ** (exponentBits - 1);
  const minexp = 2 - maxexp;
  return {
    bits,
    exponentBits,
    mantissaBits,
    eps: 2 ** -mantissaBits,
    epsneg: 2 ** (-mantissaBits - 1),
    // The power is halved and doubled, since 2^maxexp itself overflows float64.
    max: (2 - 2 ** -mantissaBits) * 2 ** (maxexp - 1),
    smallestNormal: 2 ** minexp,
    smallestSubnormal: 2 ** (minexp - mantissaBits),
    minexp,
    maxexp,
  };
};

const layouts: Partial<Record<DType, FloatLayout>> = {
  float16: layout(16, 5),
  bfloat16: layout(16, 8),
  float32: layout(32, 8),
  float64: layout(64, 11),
};

/** The layout of a float type, or of the parts of a complex one. */
export function floatLayout(dtype: DType, where = "finfo"): FloatLayout {
  const found = layouts[isComplex(dtype) ? realPart(dtype) : dtype];
  if (found) return found;
  throw new DTypeError("CT105", `${where}: ${dtype} is no floating-point type. For integers, there is iinfo.`);
}
