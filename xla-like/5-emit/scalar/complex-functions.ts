/** Exponentials, logarithms, roots and powers of complex numbers in float64, with C99's special values. */
import { finite, hypot, isInfinite, scaleOf, selectComplex } from "./complex-arithmetic.js";
import { twoProduct, twoSum } from "./double-word.js";
import { exp, expm1 } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import { atan2 } from "./inverse-trigonometric.js";
import type { IrValue } from "./ir.js";
import { log, log1p } from "./logarithm.js";
import { pow } from "./power.js";
import { sinCos } from "./trigonometric.js";
import type { ComplexValue } from "./value.js";

const infinity = Number.POSITIVE_INFINITY;

export function expComplex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const { sin, cos } = sinCos(f, y);
  return expOf(f, x, y, sin, cos);
}

/** e^x (cos y + i sin y), in two steps where e^x alone would overflow. */
function expOf(f: FloatOps, x: IrValue, y: IrValue, sin: IrValue, cos: IrValue): ComplexValue {
  const big = f.compare("ogt", x, 709);
  const e = exp(f, f.select(big, f.mul(x, 0.5), x));
  const again = f.select(big, e, 1);
  const isReal = f.compare("oeq", y, 0);
  const polar: ComplexValue = {
    re: f.mul(f.mul(e, f.select(isReal, 1, cos)), again),
    im: f.select(isReal, y, f.mul(f.mul(e, sin), again)),
  };
  const atLow = f.compare("oeq", x, -infinity);
  const ends: ComplexValue = {
    re: f.select(atLow, 0, f.select(f.compare("oeq", x, infinity), infinity, Number.NaN)),
    im: f.select(atLow, 0, Number.NaN),
  };
  return selectComplex(f, finite(f, y), polar, ends);
}

export function expm1Complex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const { sin, cos } = sinCos(f, y);
  const half = sinCos(f, f.mul(y, 0.5)).sin;
  const ordinary = f.logic("and", f.compare("olt", f.abs(x), 700), finite(f, y));
  const e = expOf(f, x, y, sin, cos);
  return {
    re: f.select(ordinary, f.sub(f.mul(expm1(f, x), cos), f.mul(f.mul(half, 2), half)), f.sub(e.re, 1)),
    im: e.im,
  };
}

export function sqrtComplex(f: FloatOps, z: ComplexValue): ComplexValue {
  const { re: x, im: y } = z;
  // Scaled by a power of four, so that neither the size nor the sum overflows or loses denormals.
  const most = f.max(f.abs(x), f.abs(y));
  const [large, small] = [f.compare("ogt", most, 2 ** 1000), f.compare("olt", most, 2 ** -900)];
  const s = f.select(large, 2 ** -100, f.select(small, 2 ** 200, 1));
  const back = f.select(large, 2 ** 50, f.select(small, 2 ** -100, 1));
  const [a, b] = [f.mul(f.abs(x), s), f.mul(y, s)];
  const t = f.sqrt(f.mul(f.add(hypot(f, a, b), a), 0.5));
  const other = f.mul(f.div(f.abs(b), f.mul(t, 2)), back);
  const root = f.mul(t, back);
  const right = f.compare("oge", x, 0);
  let result: ComplexValue = {
    re: f.select(right, root, other),
    im: f.copySign(f.select(right, other, root), y),
  };
  const put = (where: IrValue, re: IrValue | number, im: IrValue | number): void => {
    result = { re: f.select(where, re, result.re), im: f.select(where, im, result.im) };
  };
  const missing = f.isNaN(y);
  put(f.compare("oeq", x, -infinity), f.select(missing, y, 0), f.select(missing, infinity, f.copySign(infinity, y)));
  put(f.compare("oeq", x, infinity), x, f.select(missing, y, f.copySign(0, y)));
  put(f.isNaN(x), x, x);
  put(isInfinite(f, y), infinity, y);
  put(f.logic("and", f.compare("oeq", x, 0), f.compare("oeq", y, 0)), 0, y);
  return result;
}

/** x^2 + y^2 - 1 with its relative precision where it nearly vanishes, for x >= y >= 0 and x near 1. */
function normMinusOne(f: FloatOps, x: IrValue, y: IrValue): IrValue {
  const [a, b] = [twoProduct(f, x, x), twoProduct(f, y, y)];
  const sum = twoSum(f, f.sub(a.hi, 1), b.hi);
  return f.add(sum.hi, f.add(sum.lo, f.add(a.lo, b.lo)));
}

/** log of a number given by what it exceeds 1 by, wherever the condition holds. */
interface NearOne {
  readonly where: IrValue;
  readonly excess: IrValue;
  /** What half the logarithm is where the excess is lost. */
  readonly lead: IrValue;
}

/** log|x + iy|, accurate also near the unit circle. */
export function logAbs(f: FloatOps, re: IrValue, im: IrValue, known?: NearOne): IrValue {
  const [a, b] = [f.abs(re), f.abs(im)];
  const steep = f.compare("ogt", b, a);
  const [x, y] = [f.select(steep, b, a), f.select(steep, a, b)];
  const band = f.logic("and", f.compare("ogt", x, 0.7), f.compare("olt", x, 1.42));
  const near = f.logic("and", band, f.compare("olt", y, 1.42));
  const extreme = f.logic("or", f.compare("ogt", x, 1e150), f.compare("olt", x, 1e-150));
  const slope = f.div(y, x);
  const excess = f.select(near, normMinusOne(f, x, y), f.mul(slope, slope));
  const half = f.mul(log1p(f, known === undefined ? excess : f.select(known.where, known.excess, excess)), 0.5);
  const whole = log(f, f.select(extreme, x, f.add(f.mul(x, x), f.mul(y, y))));
  const atEnds = f.logic("or", f.compare("oeq", x, 0), f.compare("oeq", x, infinity));
  const far = f.select(extreme, f.select(atEnds, whole, f.add(whole, half)), f.mul(whole, 0.5));
  const anyInfinite = f.logic("or", isInfinite(f, re), isInfinite(f, im));
  const unordered = f.logic("or", f.isNaN(re), f.isNaN(im));
  const ordered = f.select(near, half, far);
  const result = f.select(unordered, f.select(anyInfinite, infinity, Number.NaN), ordered);
  if (known === undefined) return result;
  return f.select(known.where, f.select(f.compare("oeq", known.excess, 0), known.lead, half), result);
}

export const logComplex = (f: FloatOps, z: ComplexValue): ComplexValue => ({
  re: logAbs(f, z.re, z.im),
  im: atan2(f, z.im, z.re),
});

export function log1pComplex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const small = f.logic("and", f.compare("olt", f.abs(x), 0.5), f.compare("olt", f.abs(y), 0.5));
  // x (2 + x) + y^2, with the errors of the squares put back where the sum nearly cancels.
  const [a, b] = [twoProduct(f, x, x), twoProduct(f, y, y)];
  const twice = f.mul(x, 2);
  const u = twoSum(f, twice, a.hi);
  const sum = twoSum(f, u.hi, b.hi);
  const excess = f.add(sum.hi, f.add(f.add(sum.lo, u.lo), f.add(a.lo, b.lo)));
  const shifted = f.add(x, 1);
  return {
    re: logAbs(f, shifted, y, { where: small, excess, lead: sum.hi }),
    im: atan2(f, y, shifted),
  };
}

/** z^w on the principal branch; 0 to a power with positive real part is 0, and anything to the power 0 is 1. */
export function powComplex(f: FloatOps, z: ComplexValue, w: ComplexValue): ComplexValue {
  const r = hypot(f, z.re, z.im);
  const angle = atan2(f, z.im, z.re);
  const isRealPower = f.compare("oeq", w.im, 0);
  const magnitude = f.mul(pow(f, r, w.re), exp(f, f.mul(f.neg(w.im), angle)));
  const straight = f.mul(w.re, angle);
  const turn = f.select(isRealPower, straight, f.add(straight, f.mul(w.im, logAbs(f, z.re, z.im))));
  const { sin, cos } = sinCos(f, turn);
  const still = f.compare("oeq", turn, 0);
  let result: ComplexValue = {
    re: f.select(still, magnitude, f.mul(magnitude, cos)),
    im: f.select(still, turn, f.mul(magnitude, sin)),
  };
  const positive = f.compare("ogt", w.re, 0);
  const negativeReal = f.logic("and", isRealPower, f.compare("olt", w.re, 0));
  const ofZero = {
    re: f.select(positive, 0, f.select(negativeReal, infinity, Number.NaN)),
    im: f.select(f.logic("or", positive, negativeReal), 0, Number.NaN),
  };
  result = selectComplex(f, f.compare("oeq", r, 0), ofZero, result);
  const toZero = f.logic("and", f.compare("oeq", w.re, 0), isRealPower);
  return { re: f.select(toZero, 1, result.re), im: f.select(toZero, 0, result.im) };
}

/** z / |z|, and 0 at 0. */
export function signComplex(f: FloatOps, z: ComplexValue): ComplexValue {
  const s = scaleOf(f, z);
  const [a, b] = [f.mul(z.re, s), f.mul(z.im, s)];
  const r = hypot(f, a, b);
  const isZero = f.logic("and", f.compare("oeq", z.re, 0), f.compare("oeq", z.im, 0));
  return { re: f.select(isZero, 0, f.div(a, r)), im: f.select(isZero, 0, f.div(b, r)) };
}
