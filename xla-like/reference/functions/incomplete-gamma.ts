/** The regularized incomplete gamma functions P and Q, and the derivative that reparametrises gamma samples. */
import { digamma, lgamma, stirlingCorrection } from "./gamma.js";

const tiny = 1e-300;
const maxTerms = 1_000_000;

/** log(1+m) - m without cancellation, for m in [-0.7, 3]. */
const log1pMinus = (m: number): number => {
  // With r = m/(2+m): log(1+m) = 2(r + r³/3 + …), and m = 2r/(1-r).
  const r = m / (2 + m);
  const square = r * r;
  let power = r * square;
  let sum = 0;
  for (let k = 3; Math.abs(power) > 1e-19 * Math.abs(r); k += 2) {
    sum += power / k;
    power *= square;
  }
  return 2 * sum - m * r;
};

/** x^a e^-x / Γ(a+1), by way of Stirling's correction where a is large, so that no big logarithms cancel. */
const prefactor = (a: number, x: number): number => {
  if (a < 10) return Math.exp(a * Math.log(x) - x - lgamma(a + 1));
  const m = (x - a) / a;
  const exponent = m < -0.7 || m > 3 ? a * Math.log(x / a) - (x - a) : a * log1pMinus(m);
  return Math.exp(exponent - stirlingCorrection(a)) / Math.sqrt(2 * Math.PI * a);
};

/** P = prefactor · Σ x^n / ((a+1) … (a+n)). */
const seriesSum = (a: number, x: number): number => {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < maxTerms && term > sum * 1e-18; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
};

/** Q for a < 1 and small x: 1 - x^a/Γ(a+1) and the rest of the series separately, as both are small with a. */
const smallUpper = (a: number, x: number): number => {
  const u = a * Math.log(x) - lgamma(a + 1);
  let term = 1;
  let sum = 0;
  for (let n = 1; n < 60; n++) {
    term *= -x / n;
    sum += (term * a) / (a + n);
  }
  return -Math.expm1(u) - Math.exp(u) * sum;
};

/** Q = a · prefactor · this, by Lentz's method on Legendre's continued fraction. */
const fraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < maxTerms; i++) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + an / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return h;
};

const useSeries = (a: number, x: number): boolean => x < a + 1;

/** P(a, x): the lower function. */
export const igamma = (a: number, x: number): number => {
  if (!(a >= 0) || !(x >= 0)) return Number.NaN;
  if (a === 0) return x === 0 ? Number.NaN : 1;
  if (x === 0) return 0;
  if (a === Number.POSITIVE_INFINITY) return x === Number.POSITIVE_INFINITY ? Number.NaN : 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  if (useSeries(a, x)) return prefactor(a, x) * seriesSum(a, x);
  return 1 - a * prefactor(a, x) * fraction(a, x);
};

/** Q(a, x) = 1 - P(a, x): the upper function. */
export const igammac = (a: number, x: number): number => {
  if (!(a >= 0) || !(x >= 0)) return Number.NaN;
  if (a === 0) return x === 0 ? Number.NaN : 0;
  if (x === 0) return 1;
  if (a === Number.POSITIVE_INFINITY) return x === Number.POSITIVE_INFINITY ? Number.NaN : 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (a < 1 && useSeries(a, x)) return smallUpper(a, x);
  if (useSeries(a, x)) return 1 - prefactor(a, x) * seriesSum(a, x);
  return a * prefactor(a, x) * fraction(a, x);
};

/**
 * dx/da for a sample x of the gamma distribution with shape a, its probability held fixed:
 * -(∂P/∂a) / (∂P/∂x). Series and fraction are differentiated term by term; the common factors cancel.
 */
export const randomGammaGrad = (a: number, x: number): number => {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (a === Number.POSITIVE_INFINITY || x === Number.POSITIVE_INFINITY) return Number.NaN;
  if (useSeries(a, x)) {
    let term = 1;
    let sum = 1;
    let harmonic = 0;
    let slope = 0;
    for (let n = 1; n < maxTerms && term > sum * 1e-18; n++) {
      harmonic += 1 / (a + n);
      term *= x / (a + n);
      sum += term;
      slope -= term * harmonic;
    }
    return -(x / a) * (sum * (Math.log(x) - digamma(a + 1)) + slope);
  }
  return x * fractionSlope(a, x);
};

/** h (log x - ψ(a)) + ∂h/∂a for the fraction h, whose derivative is carried through the recurrence. */
const fractionSlope = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let dc = 0;
  let d = 1 / b;
  let dd = 1 / (b * b);
  let h = d;
  let dh = dd;
  for (let i = 1; i < maxTerms; i++) {
    const an = -i * (i - a);
    b += 2;
    // ∂an/∂a = i and ∂b/∂a = -1.
    const denominator = an * d + b;
    const slopeD = i * d + an * dd - 1;
    const numerator = b + an / c;
    dc = -1 + i / c - (an * dc) / (c * c);
    c = numerator;
    d = 1 / denominator;
    dd = -slopeD * d * d;
    const delta = d * c;
    const slopeDelta = dd * c + d * dc;
    dh = dh * delta + h * slopeDelta;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16 && Math.abs(slopeDelta) < 1e-16) break;
  }
  return h * (Math.log(x) - digamma(a)) + dh;
};
