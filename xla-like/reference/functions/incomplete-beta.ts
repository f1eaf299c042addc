/** The regularized incomplete beta function. */
import { lgamma, stirlingCorrection } from "./gamma.js";

/** -log B(large, small): the difference of the two large logarithms is taken before it is rounded. */
const lopsided = (large: number, small: number): number => {
  const n = large + small;
  const ratio = (large - 0.5) * Math.log1p(small / large) + small * (Math.log(n) - 1);
  return ratio + stirlingCorrection(n) - stirlingCorrection(large) - lgamma(small);
};

/** log(x / y), given their difference, in which the digits lie where x is near y. */
const logRatio = (x: number, y: number, difference: number): number =>
  Math.abs(difference) < y / 2 ? Math.log1p(difference / y) : Math.log(x / y);

/** x^a (1-x)^b / B(a, b). */
const prefactor = (a: number, b: number, x: number): number => {
  if (a < 10 && b < 10) {
    return Math.exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  }
  const n = a + b;
  if (a < 10 || b < 10)
    return Math.exp(lopsided(Math.max(a, b), Math.min(a, b)) + a * Math.log(x) + b * Math.log1p(-x));
  const left = a * logRatio(x * n, a, x * n - a);
  const right = b * logRatio((1 - x) * n, b, a - x * n);
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

/** I_x(a, b) for a, b ≥ 0, not both 0, and x in [0, 1]; NaN elsewhere. */
export const betainc = (a: number, b: number, x: number): number => {
  if (!(a >= 0) || !(b >= 0) || !(x >= 0 && x <= 1) || (a === 0 && b === 0)) return Number.NaN;
  // All probability lies at 0 or at 1.
  if (a === 0) return 1;
  if (b === 0) return x < 1 ? 0 : 1;
  if (x === 0 || x === 1) return x;
  if (x <= (a + 1) / (a + b + 2)) return (prefactor(a, b, x) * fraction(a, b, x)) / a;
  return 1 - (prefactor(b, a, 1 - x) * fraction(b, a, 1 - x)) / b;
};
