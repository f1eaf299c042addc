/**
 * Hyperbolic functions of complex numbers and their inverses, in float64; each circular function is the hyperbolic one
 * turned by i. Inverses after W. Kahan, "Branch cuts for complex elementary functions" (1987), and T. Hull,
 * T. Fairgrieve, P. Tang, ACM TOMS 23 (1997).
 */
import { finite, hypot, isInfinite, selectComplex } from "./complex-arithmetic.js";
import { logAbs } from "./complex-functions.js";
import { exp } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import { cosh, sinh } from "./hyperbolic.js";
import { atan2 } from "./inverse-trigonometric.js";
import type { IrValue } from "./ir.js";
import { log, log1p } from "./logarithm.js";
import { sinCos } from "./trigonometric.js";
import type { ComplexValue } from "./value.js";

const infinity = Number.POSITIVE_INFINITY;

/** sinh and cosh of x times two factors, in two steps where e^|x| / 2 overflows. */
function scaledPair(f: FloatOps, x: IrValue, bySinh: IrValue, byCosh: IrValue): [IrValue, IrValue] {
  const size = f.abs(x);
  const big = f.compare("ogt", size, 700);
  const half = exp(f, f.mul(size, 0.5));
  const twice = (factor: IrValue): IrValue => f.mul(f.mul(f.mul(half, 0.5), factor), half);
  return [
    f.select(big, f.xorSign(twice(bySinh), x), f.mul(sinh(f, x), bySinh)),
    f.select(big, twice(byCosh), f.mul(cosh(f, x), byCosh)),
  ];
}

export function sinhComplex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const { sin, cos } = sinCos(f, y);
  const isReal = f.compare("oeq", y, 0);
  const [re, im] = scaledPair(f, x, f.select(isReal, 1, cos), sin);
  const atZero = f.compare("oeq", x, 0);
  const zeroOrInfinite = f.logic("or", atZero, isInfinite(f, x));
  const ends = { re: f.select(zeroOrInfinite, x, Number.NaN), im: f.const(Number.NaN) };
  return selectComplex(f, finite(f, y), { re, im: f.select(isReal, y, im) }, ends);
}

export function coshComplex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const { sin, cos } = sinCos(f, y);
  const isReal = f.compare("oeq", y, 0);
  const [im, re] = scaledPair(f, x, sin, f.select(isReal, 1, cos));
  const atZero = f.compare("oeq", x, 0);
  const ends = {
    re: f.select(isInfinite(f, x), infinity, Number.NaN),
    im: f.select(atZero, 0, Number.NaN),
  };
  const ofReal = f.select(f.isNaN(x), y, f.xorSign(y, x));
  const inside = { re, im: f.select(isReal, ofReal, f.select(atZero, f.mul(x, sin), im)) };
  return selectComplex(f, finite(f, y), inside, ends);
}

export function tanhComplex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const { sin, cos } = sinCos(f, y);
  const size = f.abs(x);
  const far = f.compare("ogt", size, 22);
  const t = f.div(sin, cos);
  const beta = f.mulAdd(t, t, f.const(1));
  const s = sinh(f, f.select(far, 1, x));
  const square = f.mul(beta, f.mul(s, s));
  const rho = f.sqrt(f.add(f.mul(s, s), 1));
  const denominator = f.add(square, 1);
  const product = f.mul(sin, cos);
  const tail = f.mul(f.mul(product, 4), exp(f, f.mul(size, -2)));
  const yFinite = finite(f, y);
  const nearby: ComplexValue = {
    re: f.select(far, f.copySign(1, x), f.div(f.mul(f.mul(beta, rho), s), denominator)),
    im: f.select(far, tail, f.div(t, denominator)),
  };
  const ofNaN = { re: x, im: f.select(f.compare("oeq", y, 0), y, x) };
  const inside = selectComplex(f, f.isNaN(x), ofNaN, nearby);
  const noAngle = { re: f.select(f.compare("oeq", x, 0), x, Number.NaN), im: f.const(Number.NaN) };
  const atEnd = { re: f.copySign(1, x), im: f.select(yFinite, f.copySign(0, product), 0) };
  return selectComplex(f, isInfinite(f, x), atEnd, selectComplex(f, yFinite, inside, noAngle));
}

/** What arc sine and arc cosine share, for x, y >= 0: the real angle's two legs, and log of the hyperbolic part. */
interface Arc {
  /** asin's real part is atan2(sine, cosine); acos's is atan2(cosine, sine). */
  readonly sine: IrValue;
  readonly cosine: IrValue;
  readonly imaginary: IrValue;
}

function arc(f: FloatOps, x: IrValue, y: IrValue): Arc {
  const far = f.logic("or", f.compare("ogt", x, 1e150), f.compare("ogt", y, 1e150));
  const one = f.const(1);
  const above = f.add(x, 1);
  const below = f.sub(x, one);
  const [r, s] = [hypot(f, above, y), hypot(f, below, y)];
  const a = f.mul(f.add(r, s), 0.5);
  const square = f.mul(y, y);
  // a - 1 without cancellation.
  const inside = f.compare("olt", x, 1);
  const left = f.div(square, f.add(r, above));
  const gap = f.sub(one, x);
  const right = f.select(inside, f.div(square, f.add(s, gap)), f.add(s, below));
  const rest = f.mul(f.add(left, right), 0.5);
  const close = f.compare("ole", a, 1.5);
  const root = f.sqrt(f.select(close, f.mul(rest, f.add(a, 1)), f.sub(f.mul(a, a), 1)));
  // log1p of a - 1 + root; beyond, that is not small, and the logarithm of a + root.
  const excess = f.select(close, f.add(rest, root), f.sub(f.add(a, root), 1));
  let imaginary = log1p(f, excess);
  const flat = f.logic("and", f.logic("and", close, inside), f.compare("olt", y, 1e-150));
  imaginary = f.select(flat, f.div(y, f.sqrt(f.mul(gap, above))), imaginary);

  const b = f.div(x, a);
  const steep = f.compare("ole", b, 0.6417);
  const apx = f.add(a, x);
  // sqrt(a^2 - x^2) without cancellation.
  const within = f.compare("ole", x, 1);
  const leftLeg = f.div(square, f.add(r, above));
  const rootInside = f.sqrt(f.mul(f.mul(apx, 0.5), f.add(leftLeg, f.add(s, gap))));
  const ratios = f.add(f.div(apx, f.add(r, above)), f.div(apx, f.add(s, below)));
  const rootOutside = f.mul(y, f.sqrt(f.mul(ratios, 0.5)));
  const ofB = f.sqrt(f.mul(f.sub(one, b), f.add(b, 1)));
  const cosine = f.select(steep, ofB, f.select(within, rootInside, rootOutside));
  // Far out: asin(x + iy) tends to atan(x / y) + i log(2|z|).
  return {
    sine: f.select(far, x, f.select(steep, b, x)),
    cosine: f.select(far, y, cosine),
    imaginary: f.select(far, f.add(logAbs(f, x, y), Math.LN2), imaginary),
  };
}

/** The legs of infinite arguments' angles: themselves. */
function legs(f: FloatOps, x: IrValue, y: IrValue, of: Arc): { sine: IrValue; cosine: IrValue; imaginary: IrValue } {
  const ends = f.logic("or", isInfinite(f, x), isInfinite(f, y));
  return {
    sine: f.select(ends, x, of.sine),
    cosine: f.select(ends, y, of.cosine),
    imaginary: f.select(ends, infinity, of.imaginary),
  };
}

export function asinComplex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const [a, b] = [f.abs(x), f.abs(y)];
  const { sine, cosine, imaginary } = legs(f, a, b, arc(f, a, b));
  const inside = { re: f.copySign(atan2(f, sine, cosine), x), im: f.copySign(imaginary, y) };
  const unordered = f.logic("or", f.isNaN(x), f.isNaN(y));
  const atZero = f.compare("oeq", x, 0);
  const special = {
    re: f.select(atZero, x, Number.NaN),
    im: f.select(f.logic("or", atZero, isInfinite(f, y)), y, f.select(isInfinite(f, x), infinity, Number.NaN)),
  };
  return selectComplex(f, unordered, special, inside);
}

export function acosComplex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const [a, b] = [f.abs(x), f.abs(y)];
  const { sine, cosine, imaginary } = legs(f, a, b, arc(f, a, b));
  const opposite = f.neg(y);
  const inside = { re: atan2(f, cosine, f.copySign(sine, x)), im: f.copySign(imaginary, opposite) };
  const unordered = f.logic("or", f.isNaN(x), f.isNaN(y));
  const atZero = f.compare("oeq", x, 0);
  const ends = f.select(isInfinite(f, y), opposite, f.select(isInfinite(f, x), infinity, Number.NaN));
  const special = {
    re: f.select(atZero, Math.PI / 2, Number.NaN),
    im: f.select(atZero, Number.NaN, ends),
  };
  return selectComplex(f, unordered, special, inside);
}

export function atanhComplex(f: FloatOps, { re: x, im: y }: ComplexValue): ComplexValue {
  const [a, b] = [f.abs(x), f.abs(y)];
  const far = f.logic("or", f.compare("ogt", a, 1e150), f.compare("ogt", b, 1e150));
  // Far out, 1/z to leading order: its real part is the one over the larger part, over 1 and the ratio's square.
  const tall = f.compare("ogt", b, a);
  const anyInfinite = f.logic("or", isInfinite(f, a), isInfinite(f, b));
  const ratio = f.select(tall, f.div(x, b), f.div(y, a));
  const denominator = f.add(f.mul(ratio, ratio), 1);
  const flat = f.div(1, f.mul(a, denominator));
  const high = f.div(f.mul(ratio, f.div(1, b)), denominator);
  const farRe = f.select(anyInfinite, 0, f.abs(f.select(tall, high, flat)));

  const gap = f.sub(1, a);
  const distance = f.add(f.mul(gap, gap), f.mul(y, y));
  const gone = f.compare("oeq", distance, 0);
  const ordinary = f.mul(log1p(f, f.div(f.mul(a, 4), distance)), 0.25);
  const lost = f.mul(f.sub(Math.LN2, log(f, b)), 0.5);
  const angle = atan2(f, f.mul(b, 2), f.sub(f.mul(gap, f.add(a, 1)), f.mul(y, y)));
  const pole = f.logic("and", f.compare("oeq", a, 1), f.compare("oeq", y, 0));
  const near = {
    re: f.copySign(f.select(pole, infinity, f.select(gone, lost, ordinary)), x),
    im: f.select(pole, y, f.copySign(f.mul(angle, 0.5), y)),
  };
  const quarterTurn = f.copySign(Math.PI / 2, y);
  const inside = selectComplex(f, far, { re: f.copySign(farRe, x), im: quarterTurn }, near);
  const eitherInfinite = f.logic("or", isInfinite(f, x), isInfinite(f, y));
  const special = {
    re: f.select(
      eitherInfinite,
      f.select(f.isNaN(x), 0, f.copySign(0, x)),
      f.select(f.compare("oeq", x, 0), x, Number.NaN),
    ),
    im: f.select(isInfinite(f, y), quarterTurn, Number.NaN),
  };
  return selectComplex(f, f.logic("or", f.isNaN(x), f.isNaN(y)), special, inside);
}
