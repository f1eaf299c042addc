/** The regularized incomplete beta function. */
import { lgamma, stirlingCorrection } from "./gamma.js";

/** x^a (1-x)^b / B(a, b). */
const prefactor = (a: number, b: number, x: number): number => {
  if (a < 10 || b < 10) {
    return Math.exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  }
  const n = a + b;
  const left = a * Math.log1p((x * n - a) / a);
  const right = b * Math.log1p((a - x * n) / b);
  const correction = stirlingCorrection(n) - stirlingCorrection(a) - stirlingCorrection(b);
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(left + right + correction);
};

/** The continued fraction of DLMF 8.17.22, by Lentz's method. */
const fraction = (a: number, b: number, x: number): number => {
  const tiny = 1e-300;
  const guard = (v: number): number => (Math.abs(v) < tiny ? tiny : v);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return h;
};

/** I_x(a, b) for a, b > 0 and x in [0, 1]; NaN elsewhere. */
export const betainc = (a: number, b: number, x: number): number => {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  if (x <= (a + 1) / (a + b + 2)) return (prefactor(a, b, x) * fraction(a, b, x)) / a;
  return 1 - (prefactor(b, a, 1 - x) * fraction(b, a, 1 - x)) / b;
};
