/** float16 and bfloat16: floats that hold only numbers of theirs, and their bits. */
import type { DType } from "../../hlo/dtype.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { arithmetic, castTo, choose, compareIntegers, integer } from "./lanes.js";

export type Half = "float16" | "bfloat16";
export const isHalf = (d: DType): d is Half => d === "float16" || d === "bfloat16";

const quietNaN = 0x7fc00000;

/** The nearest number of the type, ties to even; f is float32's arithmetic. Every NaN becomes the same one. */
export function roundToHalf(f: FloatOps, dtype: Half, x: IrValue): IrValue {
  if (dtype === "bfloat16") {
    const kept = roundBits(f, x, 16);
    return f.select(f.isNaN(x), f.fromBits(f.int(quietNaN)), f.fromBits(kept));
  }
  if (f.target.half) return castTo(f.b, "fpext", castTo(f.b, "fptrunc", x, "half"), "float");
  const size = f.abs(x);
  const normal = f.fromBits(roundBits(f, size, 13));
  // Denormals are multiples of 2^-24, which is what numbers above 1/2 are rounded to.
  const denormal = f.sub(f.add(size, 0.5), 0.5);
  const finite = f.select(f.compare("olt", size, 2 ** -14), denormal, normal);
  const bounded = f.select(f.compare("oge", size, 65520), Number.POSITIVE_INFINITY, finite);
  return f.select(f.isNaN(x), Number.NaN, f.copySign(bounded, x));
}

/** The bits without the `dropped` lowest ones, rounded to nearest even; a carry runs into the exponent, as it should. */
export function roundBits(f: FloatOps, x: IrValue, dropped: number): IrValue {
  const bits = f.bits(x);
  const last = f.intOp("and", f.intOp("lshr", bits, f.int(dropped)), f.int(1));
  const up = f.intOp("add", last, f.int((1n << BigInt(dropped - 1)) - 1n));
  return f.intOp("and", f.intOp("add", bits, up), f.int(-(1n << BigInt(dropped))));
}

/** The 16 bits of a float that holds a number of the type. */
export function halfBits(f: FloatOps, dtype: Half, x: IrValue): IrValue {
  const { b } = f;
  if (dtype === "bfloat16") return castTo(b, "trunc", f.intOp("lshr", f.bits(x), f.int(16)), "i16");
  if (f.target.half) return castTo(b, "bitcast", castTo(b, "fptrunc", x, "half"), "i16");
  const size = f.abs(x);
  const normal = f.intOp("sub", f.intOp("lshr", f.bits(size), f.int(13)), f.int(112 << 10));
  const denormal = f.intOp("sub", f.bits(f.add(size, 0.5)), f.bits(f.const(0.5)));
  const finite = f.selectInt(f.compare("olt", size, 2 ** -14), denormal, normal);
  // Infinity and NaN have their bits where float32 has them.
  const special = f.intOp("and", f.intOp("lshr", f.bits(size), f.int(13)), f.int(0x7fff));
  const magnitude = f.selectInt(f.compare("olt", size, Number.POSITIVE_INFINITY), finite, special);
  const sign = f.intOp("and", f.intOp("lshr", f.bits(x), f.int(16)), f.int(0x8000));
  return castTo(b, "trunc", f.intOp("or", sign, magnitude), "i16");
}

/** The number whose bits these are. */
export function halfFromBits(f: FloatOps, dtype: Half, bits: IrValue): IrValue {
  const { b } = f;
  if (dtype === "float16" && f.target.half) return castTo(b, "fpext", castTo(b, "bitcast", bits, "half"), "float");
  const wide = castTo(b, "zext", bits, "i32");
  if (dtype === "bfloat16") return f.fromBits(f.intOp("shl", wide, f.int(16)));
  const magnitude = f.intOp("and", wide, f.int(0x7fff));
  // Multiplying by the difference of the biases turns denormals into normal numbers too.
  const finite = f.bits(f.mul(f.fromBits(f.intOp("shl", magnitude, f.int(13))), 2 ** 112));
  const special = compareIntegers(b, "uge", magnitude, f.int(0x7c00));
  const size = choose(b, special, arithmetic(b, "or", finite, integer(finite.type, 0x7f800000)), finite);
  const sign = f.intOp("shl", f.intOp("and", wide, f.int(0x8000)), f.int(16));
  return f.fromBits(f.intOp("or", size, sign));
}
