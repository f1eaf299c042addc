/** Powers and roots: pow, cbrt, rsqrt. */
import { cbrt as cbrtCoefficients } from "./coefficients.js";
import { multiplyPair, productResidual, twoProduct } from "./double-word.js";
import { clamp, expScaled } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { logPair, splitExponent } from "./logarithm.js";
import { powSingle } from "./power-single.js";

/** e^(y log|x|) with the logarithm as a pair. */
function powPair(f: FloatOps, size: IrValue, y: IrValue): IrValue {
  // Beyond these every power but that of 1 has overflown or vanished; the pair arithmetic needs finite numbers.
  const bounded = clamp(f, y, 2 ** 80);
  const product = multiplyPair(f, logPair(f, size), bounded);
  const { k, pair } = expScaled(f, product.hi, f.select(f.compare("olt", f.abs(product.hi), 1000), product.lo, 0));
  return f.scale(f.add(pair.hi, pair.lo), k);
}

/** With C's special cases. */
export function pow(f: FloatOps, x: IrValue, y: IrValue): IrValue {
  const size = f.abs(x);
  const power = f.format.bits === 32 ? powSingle(f, size, y) : powPair(f, size, y);

  const infinity = Number.POSITIVE_INFINITY;
  const negativeY = f.compare("olt", y, 0);
  const atZero = f.select(negativeY, infinity, 0);
  const atInfinity = f.select(negativeY, 0, infinity);
  let result = f.select(f.compare("oeq", size, 0), atZero, power);
  result = f.select(f.compare("oeq", size, infinity), atInfinity, result);

  const isInteger = f.compare("oeq", f.trunc(y), y);
  const half = f.mul(y, 0.5);
  const isOdd = f.logic("and", isInteger, f.compare("une", f.trunc(half), half));
  result = f.select(isOdd, f.copySign(result, x), result);
  const finiteNegative = f.logic("and", f.compare("olt", x, 0), f.compare("olt", size, infinity));
  result = f.select(f.logic("and", finiteNegative, f.not(isInteger)), Number.NaN, result);
  result = f.select(f.logic("or", f.isNaN(x), f.isNaN(y)), Number.NaN, result);
  const infiniteY = f.compare("oeq", f.abs(y), infinity);
  const unit = f.logic("and", f.compare("oeq", size, 1), infiniteY);
  return f.select(f.logic("or", unit, f.logic("or", f.compare("oeq", x, 1), f.compare("oeq", y, 0))), 1, result);
}

/** m^(-1/3) by Newton's iteration, which does not divide; then m r^2, corrected once with an exact residual. */
export function cbrt(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const { exponent, m: around } = splitExponent(f, size);
  // m between 1 and 2, and an exponent that leaves 0, 1 or 2 when divided by 3.
  const low = f.compare("olt", around, 1);
  const m = f.select(low, f.mul(around, 2), around);
  const e = f.select(low, f.sub(exponent, 1), exponent);
  const third = f.floor(f.mulAdd(e, 1 / 3, 1 / 12));
  const left = f.sub(e, f.mul(third, 3));
  const two = f.compare("ogt", left, 1.5);
  const one = f.compare("ogt", left, 0.5);
  const whole = f.mul(m, f.select(two, 4, f.select(one, 2, 1)));
  let r = f.mul(
    f.polynomial(m, f.pick(cbrtCoefficients)),
    f.select(two, 2 ** (-2 / 3), f.select(one, 2 ** (-1 / 3), 1)),
  );
  for (let i = 0; i < (f.format.bits === 32 ? 1 : 2); i++) {
    const error = f.sub(1, f.mul(whole, f.mul(r, f.mul(r, r))));
    r = f.mulAdd(f.mul(r, 1 / 3), error, r);
  }
  const y = f.mul(whole, f.mul(r, r));
  const square = twoProduct(f, y, y);
  // whole - y^3, from whole - y square.hi and what the square lost.
  const residual = f.sub(productResidual(f, whole, y, square.hi), f.mul(y, square.lo));
  const root = f.mulAdd(f.mul(f.mul(r, r), 1 / 3), residual, y);
  const result = f.copySign(f.mul(root, f.pow2(f.nearestInt(third).int)), x);
  const same = f.logic("or", f.compare("oeq", size, 0), f.not(f.compare("olt", size, Number.POSITIVE_INFINITY)));
  return f.select(same, x, result);
}

/** 1 / sqrt x: the quotient of rounded numbers, put right to first order. */
export function rsqrt(f: FloatOps, x: IrValue): IrValue {
  const root = f.sqrt(x);
  const y = f.div(1, root);
  // With d = 1 - root y and e = x - root^2, 1/sqrt x is y (1 + d - e / (2x)) to first order.
  const ofDivision = productResidual(f, f.const(1), root, y);
  const ofRoot = f.div(f.mul(0.5, productResidual(f, x, root, root)), x);
  const corrected = f.mulAdd(y, f.sub(ofDivision, ofRoot), y);
  const ordinary = f.logic(
    "and",
    f.compare("oge", x, f.format.minNormal * 2 ** (f.format.precision + 1)),
    f.compare("olt", x, Number.POSITIVE_INFINITY),
  );
  return f.select(ordinary, corrected, y);
}
