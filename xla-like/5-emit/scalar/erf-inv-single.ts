/**
 * The inverse error function in float32 as XLA computes it, step by step, down to which multiplications are fused with
 * additions: samples of the normal distribution then have the bits that JAX's have. `erfInv` is more exact.
 */

import { type FloatOps, float64Format } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { castTo } from "./lanes.js";

// M. Giles, "Approximating the erfinv function", GPU Computing Gems 2 (2010): polynomials in w = -log(1 - x²).
const central = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727,
  1.50140941,
]; // biome-ignore format: coefficients
const tail = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406,
  2.83297682,
]; // biome-ignore format: coefficients

// The Cephes library's rational function for log(1 + x) near 0 and its polynomial for log of a mantissa near 1.
const log1pNumerator = [
  4.527000086244520e-5, 4.985410282319338e-1, 6.578732594206104, 2.991191932855307e1, 6.09496679809878e1,
  5.711296359058554e1, 2.003955349920128e1,
]; // biome-ignore format: coefficients
const log1pDenominator = [
  1, 1.506290908346919e1, 8.304756596796722e1, 2.2176239823732857e2, 3.090987222531206e2, 2.164278861449595e2,
  6.011866049760384e1,
]; // biome-ignore format: coefficients
const logMantissa = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
]; // biome-ignore format: coefficients
/** log 2 in two parts, the larger with few bits. */
const logTwoHigh = 0.693359375;
const logTwoLow = -2.1219444e-4;

type Scalar = IrValue | number;

/** x y + z rounded once; without the instruction, by float64, in which the product is exact. */
function fused(f: FloatOps, x: IrValue, y: Scalar, z: Scalar): IrValue {
  if (f.target.fma) return f.mulAdd(x, y, z);
  const wide = f.as(float64Format);
  const widened = (v: Scalar): Scalar => (typeof v === "number" ? f.round(v) : castTo(f.b, "fpext", v, "double"));
  return castTo(f.b, "fptrunc", wide.add(wide.mul(widened(x), widened(y)), widened(z)), "float");
}

/** The highest power first. */
function horner(f: FloatOps, coefficients: readonly number[], x: IrValue): IrValue {
  let p = f.const(coefficients[0]);
  for (let k = 1; k < coefficients.length; k++) p = fused(f, p, x, coefficients[k]);
  return p;
}

/** log of a number in (0, 1), down to the smallest that 1 - x² may be. */
function logNear(f: FloatOps, x: IrValue): IrValue {
  const bits = f.bits(x);
  const raw = f.toFloat(f.intOp("sub", f.intOp("lshr", bits, f.int(23)), f.int(126)));
  const fraction = f.intOp("or", f.intOp("and", bits, f.int(0x7fffff)), f.bits(f.const(0.5)));
  const half = f.fromBits(fraction);
  const low = f.compare("olt", half, f.round(Math.SQRT1_2));
  const exponent = f.select(low, f.sub(raw, 1), raw);
  const z = f.sub(f.select(low, f.mul(half, 2), half), 1);
  const square = f.mul(z, z);
  const cube = f.mul(square, z);
  const [high, middle, end] = [0, 3, 6].map((k) => horner(f, logMantissa.slice(k, k + 3), z));
  const p = fused(f, fused(f, high, cube, middle), cube, end);
  const small = fused(f, p, cube, f.mul(exponent, logTwoLow));
  return fused(f, exponent, logTwoHigh, f.add(fused(f, square, -0.5, z), small));
}

/** log(1 + x) for -1 < x <= 0. */
function log1pNear(f: FloatOps, x: IrValue): IrValue {
  const square = f.mul(x, x);
  const ratio = f.div(horner(f, log1pNumerator, x), horner(f, log1pDenominator, x));
  const near = f.add(x, f.add(f.mul(-0.5, square), f.mul(f.mul(x, square), ratio)));
  const far = logNear(f, f.add(x, 1));
  return f.select(f.compare("ole", x, f.round(-0.41421356237309503)), far, near);
}

export function erfInvSingle(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const inside = f.compare("olt", size, 1);
  const bounded = f.select(inside, x, 0);
  const w = f.neg(log1pNear(f, f.neg(f.mul(bounded, bounded))));
  const near = f.compare("olt", w, 5);
  const ofCenter = horner(f, central, f.sub(w, 2.5));
  const ofTail = horner(f, tail, f.sub(f.sqrt(w), 3));
  const value = f.mul(f.select(near, ofCenter, ofTail), bounded);
  const atEnd = f.select(f.compare("oeq", size, 1), f.mul(x, Number.POSITIVE_INFINITY), Number.NaN);
  return f.select(inside, value, atEnd);
}
