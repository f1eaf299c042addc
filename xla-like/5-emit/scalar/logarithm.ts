/**
 * log and its relatives: x = 2^k m with m between sqrt(1/2) and sqrt(2), and log m = log((1 + s) / (1 - s)) with
 * s = (m - 1) / (m + 1), a series in odd powers of s.
 */
import {
  ln2Split,
  log2ePair,
  log as logCoefficients,
  logTail1,
  logTail2,
  twoFifths,
  twoThirds,
} from "./coefficients.js";
import {
  addPairs,
  addToPair,
  constPair,
  type DoubleWord,
  dividePairs,
  fastTwoSum,
  multiplyPairs,
  sumOf,
  twoSum,
} from "./double-word.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";

interface Split {
  /** The exponent, and the same as a float. */
  readonly k: IrValue;
  readonly exponent: IrValue;
  readonly m: IrValue;
}

/** The bits of sqrt(1/2): what lies between it and twice it gets exponent 0. */
const rootHalf = { f32: 0x3f3504f3n, f64: 0x3fe6a09e667f3bcdn };

/** x > 0 as 2^k m. */
export function splitExponent(f: FloatOps, x: IrValue): Split {
  const { precision, maxExponent, minNormal } = f.format;
  const tiny = f.compare("olt", x, minNormal);
  const normal = f.select(tiny, f.mul(x, 2 ** precision), x);
  const bias = f.selectInt(tiny, f.int(maxExponent + precision), f.int(maxExponent));
  return splitBiased(f, normal, bias);
}

/** The same for numbers that are not denormal. */
export const splitNormal = (f: FloatOps, x: IrValue): Split => splitBiased(f, x, f.int(f.format.maxExponent));

function splitBiased(f: FloatOps, normal: IrValue, bias: IrValue): Split {
  const { precision, maxExponent } = f.format;
  const base = f.pick(rootHalf);
  const one = BigInt(maxExponent) << BigInt(precision - 1);
  const shifted = f.intOp("add", f.bits(normal), f.int(one - base));
  const raw = f.intOp("lshr", shifted, f.int(precision - 1));
  const k = f.intOp("sub", raw, bias);
  const mantissa = f.intOp("and", shifted, f.int((1n << BigInt(precision - 1)) - 1n));
  return { k, exponent: f.toFloat(k), m: f.fromBits(f.intOp("add", mantissa, f.int(base))) };
}

/** What lies outside the domain, and at its ends. */
function logSpecial(f: FloatOps, x: IrValue, inside: IrValue): IrValue {
  const top = f.select(f.compare("oeq", x, Number.POSITIVE_INFINITY), x, inside);
  const zero = f.select(f.compare("oeq", x, 0), Number.NEGATIVE_INFINITY, top);
  return f.select(f.compare("olt", x, 0), Number.NaN, f.select(f.isNaN(x), x, zero));
}

/** k ln2 + log(1 + t), with a small correction; after fdlibm: the largest terms are added last. */
function assemble(f: FloatOps, k: IrValue, t: IrValue, correction?: IrValue): IrValue {
  const [head, tail] = f.pick(ln2Split);
  const s = f.div(t, f.add(t, 2));
  const z = f.mul(s, s);
  const half = f.mul(f.mul(t, 0.5), t);
  const series = f.mul(z, f.polynomial(z, f.pick(logCoefficients)));
  const low = correction === undefined ? f.mul(k, tail) : f.mulAdd(k, tail, correction);
  const small = f.sub(half, f.mulAdd(s, f.add(half, series), low));
  return f.mulAdd(k, head, f.sub(t, small));
}

export function log(f: FloatOps, x: IrValue): IrValue {
  const { exponent, m } = splitExponent(f, x);
  return logSpecial(f, x, assemble(f, exponent, f.sub(m, 1)));
}

export function log1p(f: FloatOps, x: IrValue): IrValue {
  const sum = twoSum(f, f.const(1), x);
  const { k, exponent, m } = splitExponent(f, sum.hi);
  const near = f.compareInt("eq", k, f.int(0));
  // Near 0, x itself is the exact m - 1; elsewhere what the sum lost comes back to first order.
  const t = f.select(near, x, f.sub(m, 1));
  const inside = assemble(f, exponent, t, f.select(near, 0, f.div(sum.lo, sum.hi)));
  const special = logSpecial(f, sum.hi, inside);
  // Where x is not seen in 1 + x it is the result, which keeps -0 and denormals.
  return f.select(f.compare("olt", f.abs(x), 2 ** -f.format.precision), x, special);
}

/** log(x + lo) of a positive pair, as a pair; with the exponent left out and given apart if asked for. */
export function logMantissaPair(f: FloatOps, x: IrValue, lo?: IrValue): { exponent: IrValue; log: DoubleWord } {
  const { k, exponent, m } = splitExponent(f, x);
  const exact = f.sub(m, 1);
  const t = lo === undefined ? undefined : twoSum(f, exact, f.scale(lo, f.intOp("sub", f.int(0), k)));
  const numerator = t ?? { hi: exact, lo: f.const(0) };
  const quotient = dividePairs(f, numerator, addToPair(f, numerator, f.const(2)));
  const s = fastTwoSum(f, quotient.hi, quotient.lo);
  const z = multiplyPairs(f, s, s);
  const series = addPairs(f, scaled(f, s, 2), multiplyPairs(f, multiplyPairs(f, z, s), seriesAfterFirst(f, z)));
  return { exponent, log: series };
}

/** 2/3 + 2/5 z + 2/7 z^2 + …, its first terms in pairs as far as the format's second word reaches. */
function seriesAfterFirst(f: FloatOps, z: DoubleWord): DoubleWord {
  const third = constPair(f, twoThirds);
  if (f.format.bits === 32) {
    return addToPair(f, third, f.mul(z.hi, f.polynomial(z.hi, logTail1.f32)));
  }
  const fifth = constPair(f, twoFifths);
  const fromFifth = addToPair(f, fifth, f.mul(z.hi, f.polynomial(z.hi, logTail2.f64)));
  return addPairs(f, third, multiplyPairs(f, z, fromFifth));
}

const scaled = (f: FloatOps, x: DoubleWord, by: number): DoubleWord => ({ hi: f.mul(x.hi, by), lo: f.mul(x.lo, by) });

/** log(2^extra (x + lo)) of a positive finite pair, as a pair. */
export function logPair(f: FloatOps, x: IrValue, lo?: IrValue, extra?: IrValue): DoubleWord {
  const { exponent, log: series } = logMantissaPair(f, x, lo);
  const k = extra === undefined ? exponent : f.add(exponent, extra);
  const [head, tail] = f.pick(ln2Split);
  return addPairs(f, fastTwoSum(f, f.mul(k, head), f.mul(k, tail)), series);
}

export function log2(f: FloatOps, x: IrValue): IrValue {
  const { exponent, log: series } = logMantissaPair(f, x);
  const inside = sumOf(f, addToPair(f, multiplyPairs(f, series, constPair(f, log2ePair)), exponent));
  return logSpecial(f, x, inside);
}
