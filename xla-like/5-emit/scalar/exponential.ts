/** exp and its relatives: e^x = 2^k e^r with |r| <= ln2 / 2, and a polynomial for e^r whose sum is kept as a pair. */
import { exp as expCoefficients, ln2Pair, ln2Split } from "./coefficients.js";
import { addToPair, constPair, type DoubleWord, dividePairs, fastTwoSum, multiplyPair, twoSum } from "./double-word.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";

/** Beyond this e^x has overflown or is zero, and k still fits. */
const clampAt = (f: FloatOps): number => (f.format.bits === 32 ? 130 : 970);

/** 2^k (pair.hi + pair.lo); hi and lo overlap a little. */
export interface ScaledExp {
  readonly k: IrValue;
  readonly pair: DoubleWord;
}

interface Reduced {
  readonly k: IrValue;
  readonly r: IrValue;
  /** e^r - 1 - r, the reduction's error included. */
  readonly rest: IrValue;
}

/** x kept within ±bound; NaN stays NaN. */
export function clamp(f: FloatOps, x: IrValue, bound: number): IrValue {
  const below = f.select(f.compare("ogt", x, bound), bound, x);
  return f.select(f.compare("olt", below, -bound), -bound, below);
}

function reduce(f: FloatOps, x: IrValue, lo?: IrValue): Reduced {
  const k = f.nearestInt(f.mul(x, Math.LOG2E));
  const [head, tail] = f.pick(ln2Split);
  // The head has so few bits that its product is exact, and then the difference is too.
  const near = f.sub(x, f.mul(k.float, head));
  const reduced = twoSum(f, near, f.neg(f.mul(k.float, tail)));
  // A second word of x is small beside x but not beside what is left of it.
  const { hi: r, lo: c } = lo === undefined ? reduced : twoSum(f, reduced.hi, f.add(reduced.lo, lo));
  return { k: k.int, r, rest: restOf(f, r, c) };
}

/** e^(r + c) - 1 - r, for c within the rounding of r. */
function restOf(f: FloatOps, r: IrValue, c: IrValue): IrValue {
  const square = f.mul(r, r);
  return f.mulAdd(square, f.polynomial(r, f.pick(expCoefficients)), f.mulAdd(c, r, c));
}

/** e^(x + lo), not yet scaled. */
export function expScaled(f: FloatOps, x: IrValue, lo?: IrValue): ScaledExp {
  const { k, r, rest } = reduce(f, clamp(f, x, clampAt(f)), lo);
  const sum = fastTwoSum(f, f.const(1), r);
  return { k, pair: { hi: sum.hi, lo: f.add(sum.lo, rest) } };
}

interface Mantissa {
  readonly k: IrValue;
  /** The same as a float, if that is at hand. */
  readonly floatK?: IrValue;
  readonly mantissa: IrValue;
}

/** e^x, not yet scaled: within a unit in the last place, where fused multiply-add keeps the reduction exact. */
function expMantissa(f: FloatOps, x: IrValue): Mantissa {
  if (!f.target.fma) {
    const { k, pair } = expScaled(f, x);
    return { k, mantissa: f.add(pair.hi, pair.lo) };
  }
  const bounded = clamp(f, x, clampAt(f));
  const k = f.nearestInt(f.mul(bounded, Math.LOG2E));
  const [head, tail] = f.pick(ln2Split);
  const r = f.mulAdd(k.float, -tail, f.mulAdd(k.float, -head, bounded));
  const rest = f.mulAdd(f.mul(r, r), f.polynomial(r, f.pick(expCoefficients)), r);
  return { k: k.int, floatK: k.float, mantissa: f.add(rest, 1) };
}

export function exp(f: FloatOps, x: IrValue): IrValue {
  const { k, floatK, mantissa } = expMantissa(f, x);
  const scaled = floatK === undefined ? undefined : f.scaleByInstruction(mantissa, floatK);
  return scaled ?? f.scale(mantissa, k);
}

/** e^x for x whose power is a normal number. */
export function expNormal(f: FloatOps, x: IrValue): IrValue {
  const { k, mantissa } = expMantissa(f, x);
  return f.mul(mantissa, f.pow2(k));
}

export function exp2(f: FloatOps, x: IrValue): IrValue {
  const bounded = clamp(f, x, f.format.bits === 32 ? 188 : 1400);
  const k = f.nearestInt(bounded);
  const { hi: r, lo: c } = multiplyPair(f, constPair(f, ln2Pair), f.sub(bounded, k.float));
  const sum = fastTwoSum(f, f.const(1), r);
  return f.scale(f.add(sum.hi, f.add(sum.lo, restOf(f, r, c))), k.int);
}

/** e^x - 1 as a pair, right while 2^k does not overflow: for x up to 60 in float32, 500 in float64. */
export function expm1Pair(f: FloatOps, x: IrValue): DoubleWord {
  const { k, r, rest } = reduce(f, f.select(f.compare("olt", x, -60), -60, x));
  const power = f.pow2(k);
  const sum = twoSum(f, f.mul(power, r), f.sub(power, 1));
  return fastTwoSum(f, sum.hi, f.mulAdd(power, rest, sum.lo));
}

export function expm1(f: FloatOps, x: IrValue): IrValue {
  const { hi, lo } = expm1Pair(f, x);
  const large = f.compare("ogt", x, 50);
  // 0 as well, for its sign.
  return f.select(large, exp(f, x), f.select(f.compare("oeq", x, 0), x, f.add(hi, lo)));
}

/** 1 / (1 + e^-x), from e^-|x|, which does not overflow. */
export function logistic(f: FloatOps, x: IrValue): IrValue {
  if (f.format.bits === 32 && f.target.fma) {
    // Only the power's own rounding shows, and the last one.
    const e = exp(f, f.neg(f.abs(x)));
    const above = f.select(f.compare("olt", x, 0), e, 1);
    const { hi, lo } = fastTwoSum(f, f.const(1), e);
    const inverse = f.div(1, hi);
    const q = f.mul(above, inverse);
    return f.mulAdd(f.mulAdd(f.neg(q), lo, f.mulAdd(f.neg(q), hi, above)), inverse, q);
  }
  const { k, pair } = expScaled(f, f.neg(f.abs(x)));
  const e = { hi: f.scale(pair.hi, k), lo: f.scale(pair.lo, k) };
  const sum = fastTwoSum(f, e.hi, e.lo);
  const below = addToPair(f, sum, f.const(1));
  const negative = f.compare("olt", x, 0);
  const above = { hi: f.select(negative, sum.hi, 1), lo: f.select(negative, sum.lo, 0) };
  const quotient = dividePairs(f, above, below);
  return f.add(quotient.hi, quotient.lo);
}
