/** sinh, cosh, tanh by e^x or e^x - 1 as pairs; asinh, acosh, atanh by logarithms of pairs. */
import { tanhSmall } from "./coefficients.js";
import {
  addPairs,
  addToPair,
  type DoubleWord,
  dividePairs,
  fastTwoSum,
  negatePair,
  pair,
  productResidual,
  sumOf,
  twoProduct,
  twoSum,
} from "./double-word.js";
import { expm1Pair, expNormal, expScaled } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { logPair } from "./logarithm.js";

/** Where e^-x no longer counts beside e^x. */
const lone = (f: FloatOps): number => (f.format.bits === 32 ? 12 : 22);

/** e^x / 2, scaled in one go: it is finite for a little longer than e^x. */
function halfExp(f: FloatOps, x: IrValue): IrValue {
  const { k, pair: mantissa } = expScaled(f, x);
  return f.scale(f.add(mantissa.hi, mantissa.lo), f.intOp("sub", k, f.int(1)));
}

const halfOf = (f: FloatOps, x: DoubleWord): IrValue => f.mul(sumOf(f, x), 0.5);

export function sinh(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const far = f.compare("ogt", size, lone(f));
  // With E = e^x - 1: (E + E / (E + 1)) / 2.
  const e = expm1Pair(f, f.select(far, 1, size));
  const near = halfOf(f, addPairs(f, e, dividePairs(f, e, addToPair(f, e, f.const(1)))));
  const result = f.copySign(f.select(far, halfExp(f, size), near), x);
  return f.select(f.compare("olt", size, 2 ** (-f.format.precision / 2 - 1)), x, result);
}

export function cosh(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const far = f.compare("ogt", size, lone(f));
  const { k, pair: mantissa } = expScaled(f, f.select(far, 1, size));
  const power = f.pow2(k);
  const e = fastTwoSum(f, f.mul(mantissa.hi, power), f.mul(mantissa.lo, power));
  const near = halfOf(f, addPairs(f, e, dividePairs(f, pair(f, f.const(1)), e)));
  return f.select(far, halfExp(f, size), near);
}

/** x + x^3 P(x^2), or 1 - 2 / (e^2x + 1), whose rounding no longer shows. */
function tanhSingle(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const z = f.mul(x, x);
  const near = f.mulAdd(f.mul(z, x), f.polynomial(z, tanhSmall), x);
  const bounded = f.select(f.compare("ogt", size, lone(f)), lone(f), size);
  const e = expNormal(f, f.mul(bounded, 2));
  const far = f.sub(1, f.div(2, f.add(e, 1)));
  return f.copySign(f.select(f.compare("olt", size, 0.625), near, far), x);
}

/** E / (E + 2) with E = e^2x - 1. */
export function tanh(f: FloatOps, x: IrValue): IrValue {
  if (f.format.bits === 32 && f.target.fma) return tanhSingle(f, x);
  const size = f.abs(x);
  const far = f.compare("ogt", size, lone(f));
  const e = expm1Pair(f, f.mul(f.select(far, 1, size), 2));
  const near = sumOf(f, dividePairs(f, e, addToPair(f, e, f.const(2))));
  const result = f.copySign(f.select(far, 1, near), x);
  return f.select(f.compare("olt", size, 2 ** (-f.format.precision / 2 - 1)), x, result);
}

/** The square root of a pair. */
function rootOf(f: FloatOps, x: DoubleWord): DoubleWord {
  const hi = f.sqrt(x.hi);
  const rest = f.add(productResidual(f, x.hi, hi, hi), x.lo);
  return { hi, lo: f.select(f.compare("ogt", hi, 0), f.div(rest, f.add(hi, hi)), 0) };
}

/** Below this two terms of the series are exact enough, and the logarithm's pair no longer is for much longer. */
const seriesBelow = (f: FloatOps): number => 2 ** -Math.ceil(f.format.precision / 4);

/** x + c x^3, and zeros of either sign themselves. */
function twoTerms(f: FloatOps, x: IrValue, c: number): IrValue {
  return f.select(f.compare("oeq", x, 0), x, f.mulAdd(f.mul(f.mul(x, x), c), x, x));
}

/** Where x^2 + 1 is x^2: log(2x) serves. */
const squareAlone = (f: FloatOps): number => 2 ** (f.format.precision / 2 + 3);

export function asinh(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const far = f.compare("ogt", size, squareAlone(f));
  const near = f.select(far, 1, size);
  const square = twoProduct(f, near, near);
  const root = rootOf(f, addToPair(f, square, f.const(1)));
  const result = f.copySign(logOfSum(f, size, far, addToPair(f, root, near)), x);
  return f.select(
    f.compare("olt", size, seriesBelow(f)),
    twoTerms(f, x, -1 / 6),
    f.select(infinite(f, size), x, result),
  );
}

export function acosh(f: FloatOps, x: IrValue): IrValue {
  const far = f.compare("ogt", x, squareAlone(f));
  const near = f.select(far, 1, f.select(f.compare("oge", x, 1), x, 1));
  const square = twoProduct(f, near, near);
  const root = rootOf(f, addToPair(f, square, f.const(-1)));
  const result = logOfSum(f, x, far, addToPair(f, root, near));
  const outside = f.not(f.compare("oge", x, 1));
  return f.select(outside, Number.NaN, f.select(infinite(f, x), x, result));
}

/** log of the sum, or log 2x where x is far. */
function logOfSum(f: FloatOps, x: IrValue, far: IrValue, sum: DoubleWord): IrValue {
  const hi = f.select(far, x, sum.hi);
  const lo = f.select(far, 0, sum.lo);
  return sumOf(f, logPair(f, hi, lo, f.select(far, 1, 0)));
}

const infinite = (f: FloatOps, x: IrValue): IrValue => f.compare("oeq", f.abs(x), Number.POSITIVE_INFINITY);

/** log((1 + x) / (1 - x)) / 2. */
export function atanh(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const inside = f.select(f.compare("olt", size, 1), size, 0.5);
  const one = f.const(1);
  const ratio = dividePairs(f, twoSum(f, one, inside), addPairs(f, pair(f, one), negatePair(f, pair(f, inside))));
  const normal = fastTwoSum(f, ratio.hi, ratio.lo);
  const result = f.copySign(halfOf(f, logPair(f, normal.hi, normal.lo)), x);
  const atEnd = f.select(f.compare("oeq", size, 1), f.copySign(Number.POSITIVE_INFINITY, x), Number.NaN);
  const all = f.select(f.compare("olt", size, 1), result, atEnd);
  return f.select(f.compare("olt", size, seriesBelow(f)), twoTerms(f, x, 1 / 3), all);
}
