/** erf, erfc and erf's inverse. */
import {
  erfcFar,
  erfcNear,
  erfInvEdge,
  erfInvEdgeLow,
  erfInvFar,
  erfInvFarLow,
  erfInvNear,
  erfInvNearLow,
  erfSmall,
  type Polynomial,
  rootPiPair,
  twoOverRootPiPair,
} from "./coefficients.js";
import {
  addPairs,
  addToPair,
  constPair,
  type DoubleWord,
  dividePairs,
  fastTwoSum,
  multiplyPair,
  negatePair,
  pair,
  productResidual,
  sumOf,
  twoProduct,
  twoSum,
} from "./double-word.js";
import { erfcSingle, erfSingle } from "./error-function-single.js";
import { expScaled } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { logPair } from "./logarithm.js";

/** Beyond this erfc is zero. */
const end = (f: FloatOps): number => (f.format.bits === 32 ? 11 : 28);

/**
 * erfc of x >= 0, relatively exact down to the denormals: e^(h - x^2) / d, where d has the shape of erfc's decline and
 * h is a small polynomial in the exponent, whose rounding hardly shows.
 */
function erfcPositive(f: FloatOps, size: IrValue): IrValue {
  const x = f.select(f.compare("olt", size, end(f)), size, end(f));
  const far = f.compare("ogt", x, 2);
  const u = f.div(1, f.select(far, x, 2));
  const near = f.polynomial(f.sub(x, 1), f.pick(erfcNear));
  const h = f.select(far, f.polynomial(f.sub(u, 0.25), f.pick(erfcFar)), near);
  const exponent = addToPair(f, negatePair(f, twoProduct(f, x, x)), h);
  const { k, pair: mantissa } = expScaled(f, exponent.hi, exponent.lo);
  const [outer, inner] = [multiplyPair(f, constPair(f, rootPiPair), x), twoSum(f, f.const(1), f.mul(x, 0.5))];
  const d = { hi: f.select(far, outer.hi, inner.hi), lo: f.select(far, outer.lo, inner.lo) };
  return f.scale(sumOf(f, dividePairs(f, fastTwoSum(f, mantissa.hi, mantissa.lo), d)), k);
}

/** float32 has shorter ways, which need each multiplication and addition rounded once. */
const isShort = (f: FloatOps): boolean => f.format.bits === 32 && f.target.fma;

export function erfc(f: FloatOps, x: IrValue): IrValue {
  if (isShort(f)) return erfcSingle(f, x);
  const value = erfcPositive(f, f.abs(x));
  return f.select(f.isNaN(x), x, f.select(f.compare("olt", x, 0), f.sub(2, value), value));
}

export function erf(f: FloatOps, x: IrValue): IrValue {
  if (isShort(f)) return erfSingle(f, x);
  const size = f.abs(x);
  const z = f.mul(x, x);
  // 2 / sqrt(pi) as a pair, in place of the polynomial's first coefficient plus one.
  const [, ...higher] = f.pick(erfSmall);
  const slope = constPair(f, twoOverRootPiPair);
  const first = multiplyPair(f, slope, x);
  const cubic = f.mul(f.mul(z, x), f.polynomial(z, higher));
  const near = f.add(first.hi, f.add(first.lo, cubic));
  const beyond = f.copySign(f.sub(1, erfcPositive(f, size)), x);
  const result = f.select(f.compare("olt", size, 1), near, beyond);
  return f.select(f.isNaN(x), x, f.select(f.compare("oeq", x, 0), x, result));
}

/** A polynomial whose first two coefficients and their sums are pairs, so that only the later terms' rounding shows. */
function inverseSeries(f: FloatOps, u: IrValue, of: Polynomial, low: Polynomial): DoubleWord {
  const [first, second, ...higher] = f.pick(of);
  const [firstLow, secondLow] = f.pick(low);
  const slope = addPairs(f, pair(f, f.mul(u, f.polynomial(u, higher))), {
    hi: f.const(second!),
    lo: f.const(secondLow!),
  });
  return addPairs(f, multiplyPair(f, slope, u), { hi: f.const(first!), lo: f.const(firstLow!) });
}

/** x P(w) with w = -log(1 - x^2), which grows as the inverse's square does; Giles, GPU Computing Gems, 2011. */
export function erfInv(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const inside = f.compare("olt", size, 1);
  const bounded = f.select(inside, size, 0);
  const one = f.const(1);
  const square = negatePair(f, twoProduct(f, bounded, bounded));
  const rest = addToPair(f, square, one);
  const exactW = negatePair(f, logPair(f, rest.hi, rest.lo));
  const w = sumOf(f, exactW);
  const farW = f.max(w, 6.25);
  const root = f.sqrt(farW);
  let value = inverseSeries(f, f.sub(w, 3), erfInvNear, erfInvNearLow);
  const replace = (where: IrValue, by: DoubleWord): void => {
    value = { hi: f.select(where, by.hi, value.hi), lo: f.select(where, by.lo, value.lo) };
  };
  replace(f.compare("ogt", w, 6.25), inverseSeries(f, f.sub(root, 3.25), erfInvFar, erfInvFarLow));
  if (f.format.bits === 64) {
    replace(f.compare("ogt", w, 16), inverseSeries(f, f.sub(root, 5), erfInvEdge, erfInvEdgeLow));
  }
  // Far out P grows like the root, and by what the root lost in rounding.
  const lost = f.add(productResidual(f, farW, root, root), f.sub(exactW.lo, f.sub(w, exactW.hi)));
  const growth = f.div(f.mul(f.mul(value.hi, 0.5), lost), farW);
  value = { hi: value.hi, lo: f.add(value.lo, f.select(f.compare("ogt", w, 6.25), growth, 0)) };
  const product = sumOf(f, multiplyPair(f, value, x));
  const atEnd = f.select(f.compare("oeq", size, 1), f.copySign(Number.POSITIVE_INFINITY, x), Number.NaN);
  return f.select(f.compare("oeq", x, 0), x, f.select(inside, product, atEnd));
}
