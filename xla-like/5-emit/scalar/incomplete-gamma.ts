/** The regularized incomplete gamma functions P and Q, and the derivative that reparametrises gamma samples; float64. */
import { addToPair, sumOf, twoSum } from "./double-word.js";
import { exp, expm1 } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import { digamma, lgamma, stirlingCorrection } from "./gamma.js";
import type { IrValue } from "./ir.js";
import { anyTrue, loopWhile } from "./lanes.js";
import { log, logPair } from "./logarithm.js";
import { callOutOfLine } from "./out-of-line.js";

const infinity = Number.POSITIVE_INFINITY;
const tiny = 1e-300;
const maxTerms = 1_000_000;
/** Where a factor no longer counts: one unit in the last place. */
const settled = 2.3e-16;

const call = (
  f: FloatOps,
  name: string,
  args: readonly IrValue[],
  emit: (f: FloatOps, args: readonly IrValue[]) => IrValue,
): IrValue => callOutOfLine(f, name, args, 1, (g, own) => [emit(g, own)])[0];

/** x^a e^-x / Γ(a+1), by way of Stirling's correction where a is large, so that no big logarithms cancel. */
const prefactor = (f: FloatOps, a: IrValue, x: IrValue): IrValue => call(f, "igamma.prefactor", [a, x], prefactorBody);

function prefactorBody(f: FloatOps, [a, x]: readonly IrValue[]): IrValue {
  const small = f.compare("olt", a, 10);
  const distance = f.sub(x, a);
  const m = f.div(distance, a);
  const far = f.logic("or", f.compare("olt", m, -0.7), f.compare("ogt", m, 3));
  const ratio = log(f, f.select(small, x, f.div(x, a)));
  // log(1 + m) - m of a pair: no digits are lost.
  const near = f.select(f.logic("or", far, f.isNaN(m)), 0, m);
  const sum = twoSum(f, f.const(1), near);
  const curved = sumOf(f, addToPair(f, logPair(f, sum.hi, sum.lo), f.neg(near)));
  const large = f.sub(f.select(far, f.sub(f.mul(a, ratio), distance), f.mul(a, curved)), stirlingCorrection(f, a));
  const direct = f.sub(f.sub(f.mul(a, ratio), x), lgamma(f, f.add(a, 1)));
  const power = exp(f, f.select(small, direct, large));
  return f.select(small, power, f.div(power, f.sqrt(f.mul(a, 2 * Math.PI))));
}

/** P = prefactor times Σ x^n / ((a+1) … (a+n)). */
const seriesSum = (f: FloatOps, a: IrValue, x: IrValue): IrValue =>
  call(f, "igamma.series", [a, x], (g, [c, v]) => {
    const { b } = g;
    const one = g.const(1);
    const [, , sum] = loopWhile(
      b,
      [one, one, one] as readonly IrValue[],
      ([n, term, sum]) => {
        const counts = g.compare("ogt", term, g.mul(sum, 1e-18));
        return anyTrue(b, g.logic("and", counts, g.compare("olt", n, maxTerms)));
      },
      ([n, term, sum]) => {
        const next = g.mul(term, g.div(v, g.add(c, n)));
        return [g.add(n, 1), next, g.add(sum, next)];
      },
    );
    return sum;
  });

/** Q for a < 1 and small x: 1 - x^a/Γ(a+1) and the rest of the series apart, as both are small with a. */
const smallUpper = (f: FloatOps, a: IrValue, x: IrValue): IrValue =>
  call(f, "igamma.small", [a, x], (g, [c, v]) => {
    const { b } = g;
    const u = g.sub(g.mul(c, log(g, v)), lgamma(g, g.add(c, 1)));
    const [, , sum] = loopWhile(
      b,
      [g.const(1), g.const(1), g.const(0)] as readonly IrValue[],
      ([n]) => anyTrue(b, g.compare("olt", n, 60)),
      ([n, term, sum]) => {
        const next = g.neg(g.mul(term, g.div(v, n)));
        return [g.add(n, 1), next, g.add(sum, g.div(g.mul(next, c), g.add(c, n)))];
      },
    );
    return g.sub(g.neg(expm1(g, u)), g.mul(exp(g, u), sum));
  });

const away = (f: FloatOps, x: IrValue): IrValue => f.select(f.compare("olt", f.abs(x), tiny), tiny, x);

/** Q = a prefactor times this: Lentz's method on Legendre's continued fraction. */
const fraction = (f: FloatOps, a: IrValue, x: IrValue): IrValue =>
  call(f, "igamma.fraction", [a, x], (g, [s, v]) => {
    const { b } = g;
    const first = g.sub(g.add(v, 1), s);
    const start = g.div(1, first);
    const [, , , , h] = loopWhile(
      b,
      [g.const(1), first, g.const(1 / tiny), start, start, g.bool(true)] as readonly IrValue[],
      ([i, , , , , open]) => anyTrue(b, g.logic("and", open, g.compare("olt", i, maxTerms))),
      ([i, step, c, d, h, open]) => {
        const above = g.mul(i, g.sub(s, i));
        const below = g.add(step, 2);
        const nextD = g.div(1, away(g, g.add(g.mul(above, d), below)));
        const nextC = away(g, g.add(below, g.div(above, c)));
        const delta = g.mul(nextD, nextC);
        const moved = g.not(g.compare("olt", g.abs(g.sub(delta, 1)), settled));
        return [g.add(i, 1), below, nextC, nextD, g.select(open, g.mul(h, delta), h), g.logic("and", open, moved)];
      },
    );
    return h;
  });

interface Regions {
  /** Where the series serves, a and x for it; elsewhere what ends it at once. */
  readonly series: IrValue;
  readonly seriesX: IrValue;
  /** The same for the fraction. */
  readonly fractionA: IrValue;
  readonly fractionX: IrValue;
  /** The arguments, ordinary ones in place of all that has a known result. */
  readonly a: IrValue;
  readonly x: IrValue;
}

function regions(f: FloatOps, a: IrValue, x: IrValue): Regions {
  const positive = f.logic("and", f.compare("ogt", a, 0), f.compare("ogt", x, 0));
  const finite = f.logic("and", f.compare("olt", a, infinity), f.compare("olt", x, infinity));
  const ordinary = f.logic("and", positive, finite);
  const [c, v] = [f.select(ordinary, a, 1), f.select(ordinary, x, 1)];
  const series = f.compare("olt", v, f.add(c, 1));
  return {
    series,
    seriesX: f.select(series, v, 0),
    fractionA: f.select(series, 1, c),
    fractionX: f.select(series, 1, v),
    a: c,
    x: v,
  };
}

/** Outside the domain, at its edges, and at infinity. */
function edges(f: FloatOps, a: IrValue, x: IrValue, result: IrValue, atZero: number, beyond: number): IrValue {
  const [zeroA, zeroX] = [f.compare("oeq", a, 0), f.compare("oeq", x, 0)];
  const [endA, endX] = [f.compare("oeq", a, infinity), f.compare("oeq", x, infinity)];
  const farX = f.select(endX, beyond, result);
  const farA = f.select(endA, f.select(endX, Number.NaN, atZero), farX);
  const atX = f.select(zeroX, atZero, farA);
  const atA = f.select(zeroA, f.select(zeroX, Number.NaN, beyond), atX);
  const inside = f.logic("and", f.compare("oge", a, 0), f.compare("oge", x, 0));
  return f.select(inside, atA, Number.NaN);
}

/** P(a, x): the lower function. */
export const igamma = (f: FloatOps, a: IrValue, x: IrValue): IrValue =>
  call(f, "igamma", [a, x], (g, [c, v]) => {
    const at = regions(g, c, v);
    const weight = prefactor(g, at.a, at.x);
    const lower = g.mul(weight, seriesSum(g, at.a, at.seriesX));
    const upper = g.mul(g.mul(at.a, weight), fraction(g, at.fractionA, at.fractionX));
    return edges(g, c, v, g.select(at.series, lower, g.sub(1, upper)), 0, 1);
  });

/** Q(a, x) = 1 - P(a, x): the upper function. */
export const igammac = (f: FloatOps, a: IrValue, x: IrValue): IrValue =>
  call(f, "igammac", [a, x], (g, [c, v]) => {
    const at = regions(g, c, v);
    const weight = prefactor(g, at.a, at.x);
    const lower = g.mul(weight, seriesSum(g, at.a, at.seriesX));
    const upper = g.mul(g.mul(at.a, weight), fraction(g, at.fractionA, at.fractionX));
    const isSmall = g.logic("and", at.series, g.compare("olt", at.a, 1));
    const small = smallUpper(g, g.select(isSmall, at.a, 0.5), g.select(isSmall, at.x, 0.5));
    const result = g.select(isSmall, small, g.select(at.series, g.sub(1, lower), upper));
    return edges(g, c, v, result, 1, 0);
  });

/**
 * dx/da for a sample x of the gamma distribution with shape a, its probability held fixed: -(∂P/∂a) / (∂P/∂x). Series
 * and fraction are differentiated term by term; the common factors cancel.
 */
export const randomGammaGrad = (f: FloatOps, a: IrValue, x: IrValue): IrValue =>
  call(f, "randomGammaGrad", [a, x], (g, [c, v]) => {
    const at = regions(g, c, v);
    const logX = log(g, at.x);
    const { sum, slope } = seriesSlope(g, at.a, at.seriesX);
    const above = g.sub(logX, digamma(g, g.add(at.a, 1)));
    const lower = g.neg(g.mul(g.div(at.x, at.a), g.add(g.mul(sum, above), slope)));
    const [h, dh] = fractionSlope(g, at.fractionA, at.fractionX);
    const upper = g.mul(at.x, g.add(g.mul(h, g.sub(logX, digamma(g, at.a))), dh));
    const inside = g.select(at.series, lower, upper);
    const endless = g.logic("or", g.compare("oeq", c, infinity), g.compare("oeq", v, infinity));
    const zero = g.compare("oeq", v, 0);
    const result = g.select(zero, 0, g.select(endless, Number.NaN, inside));
    const domain = g.logic("and", g.compare("ogt", c, 0), g.compare("oge", v, 0));
    return g.select(domain, result, Number.NaN);
  });

function seriesSlope(f: FloatOps, a: IrValue, x: IrValue): { sum: IrValue; slope: IrValue } {
  const { b } = f;
  const [zero, one] = [f.const(0), f.const(1)];
  const [, , sum, , slope] = loopWhile(
    b,
    [one, one, one, zero, zero] as readonly IrValue[],
    ([n, term, sum]) => {
      const counts = f.compare("ogt", term, f.mul(sum, 1e-18));
      return anyTrue(b, f.logic("and", counts, f.compare("olt", n, maxTerms)));
    },
    ([n, term, sum, harmonic, slope]) => {
      const inverse = f.div(1, f.add(a, n));
      const next = f.mul(term, f.mul(x, inverse));
      const more = f.add(harmonic, inverse);
      return [f.add(n, 1), next, f.add(sum, next), more, f.sub(slope, f.mul(next, more))];
    },
  );
  return { sum, slope };
}

/** The fraction h and ∂h/∂a, carried through the recurrence: ∂an/∂a is i and ∂b/∂a is -1. */
function fractionSlope(f: FloatOps, a: IrValue, x: IrValue): readonly [h: IrValue, dh: IrValue] {
  const { b } = f;
  const first = f.sub(f.add(x, 1), a);
  const d0 = f.div(1, first);
  const [, , , , , , h, dh] = loopWhile(
    b,
    [
      f.const(1),
      first,
      f.const(1 / tiny),
      f.const(0),
      d0,
      f.mul(d0, d0),
      d0,
      f.mul(d0, d0),
      f.bool(true),
    ] as readonly IrValue[],
    ([i, , , , , , , , open]) => anyTrue(b, f.logic("and", open, f.compare("olt", i, maxTerms))),
    ([i, step, c, dc, d, dd, h, dh, open]) => {
      const above = f.mul(i, f.sub(a, i));
      const below = f.add(step, 2);
      const slopeD = f.sub(f.add(f.mul(i, d), f.mul(above, dd)), 1);
      const nextDc = f.sub(f.add(f.div(i, c), -1), f.div(f.mul(above, dc), f.mul(c, c)));
      const nextC = f.add(below, f.div(above, c));
      const nextD = f.div(1, f.add(f.mul(above, d), below));
      const nextDd = f.neg(f.mul(f.mul(slopeD, nextD), nextD));
      const delta = f.mul(nextD, nextC);
      const slopeDelta = f.add(f.mul(nextDd, nextC), f.mul(nextD, nextDc));
      const still = f.logic(
        "or",
        f.not(f.compare("olt", f.abs(f.sub(delta, 1)), settled)),
        f.not(f.compare("olt", f.abs(slopeDelta), 1e-16)),
      );
      return [
        f.add(i, 1),
        below,
        nextC,
        nextDc,
        nextD,
        nextDd,
        f.select(open, f.mul(h, delta), h),
        f.select(open, f.add(f.mul(dh, delta), f.mul(h, slopeDelta)), dh),
        f.logic("and", open, still),
      ];
    },
  );
  return [h, dh];
}
