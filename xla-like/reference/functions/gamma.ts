/** The logarithm of the gamma function and its derivatives. */
import { zeta } from "./zeta.js";

const eulerGamma = 0.5772156649015329;
const halfLogTwoPi = 0.9189385332046728;

/** ζ(k) - 1 for k = 2, 3, …: the coefficients of log Γ around 2. */
const zetaMinusOne = Array.from({ length: 54 }, (_, i) => zeta(i + 2, 2));

/** B_2j / (2j (2j-1)): the coefficients of Stirling's series. */
const stirling = [
  1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400, 43867 / 244188,
]; // biome-ignore format: a table

/** B_2j / 2j: those of digamma's. */
const digammaSeries = [
  1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160, 43867 / 14364,
]; // biome-ignore format: a table

/** log Γ(x) - ((x - ½) log x - x + ½ log 2π), for x ≥ 10. */
export const stirlingCorrection = (x: number): number => {
  const y = 1 / (x * x);
  let sum = 0;
  for (let j = stirling.length - 1; j >= 0; j--) sum = sum * y + stirling[j];
  return sum / x;
};

/** sin(πx) with an exact reduction. */
export const sinPi = (x: number): number => {
  const r = x - 2 * Math.round(x / 2);
  const a = Math.abs(r);
  const s = a <= 0.25 ? Math.sin(Math.PI * a) : a <= 0.75 ? Math.cos(Math.PI * (0.5 - a)) : Math.sin(Math.PI * (1 - a));
  return r < 0 ? -s : s;
};
const cosPi = (x: number): number => sinPi(x + 0.5);

/** log Γ(2 + z) for |z| ≤ ½, by its Taylor series. */
const lgammaNearTwo = (z: number): number => {
  let sum = 0;
  for (let i = 32; i >= 0; i--) sum = (i % 2 === 0 ? zetaMinusOne[i] : -zetaMinusOne[i]) / (i + 2) + z * sum;
  return z * (1 - eulerGamma + z * sum);
};

/** log |Γ(x)|; +∞ at the poles. */
export const lgamma = (x: number): number => {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (x <= 0 && x === Math.floor(x)) return Number.POSITIVE_INFINITY;
  if (x < 0) {
    if (x > -1e-17) return -Math.log(-x);
    return Math.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
  }
  if (x < 1e-17) return -Math.log(x);
  if (x < 0.5) return lgammaNearTwo(x) - Math.log(x * (1 + x));
  if (x < 1.5) return lgammaNearTwo(x - 1) - Math.log1p(x - 1);
  if (x <= 2.5) return lgammaNearTwo(x - 2);
  if (x < 10) {
    let product = 1;
    let y = x;
    while (y > 2.5) {
      y -= 1;
      product *= y;
    }
    return Math.log(product) + lgammaNearTwo(y - 2);
  }
  return (x - 0.5) * (Math.log(x) - 1) + (halfLogTwoPi - 0.5) + stirlingCorrection(x);
};

/** The derivative of log Γ; NaN at the poles. */
export const digamma = (x: number): number => {
  if (x <= 0) {
    if (x === Math.floor(x)) return Number.NaN;
    return digamma(1 - x) - (Math.PI * cosPi(x)) / sinPi(x);
  }
  let shift = 0;
  let y = x;
  while (y < 10) {
    shift += 1 / y;
    y += 1;
  }
  const inverse = 1 / (y * y);
  let sum = 0;
  for (let j = digammaSeries.length - 1; j >= 0; j--) sum = sum * inverse + digammaSeries[j];
  if (y === Number.POSITIVE_INFINITY) return y;
  return Math.log(y) - 0.5 / y - sum * inverse - shift;
};

/** The n-th derivative of digamma: (-1)^(n+1) n! ζ(n+1, x); NaN unless n is a whole number ≥ 0. */
export const polygamma = (n: number, x: number): number => {
  if (!(n >= 0) || n !== Math.floor(n)) return Number.NaN;
  if (n === 0) return digamma(x);
  const signed = n % 2 === 1 ? 1 : -1;
  const z = zeta(n + 1, x);
  if (n > 160) return signed * Math.exp(lgamma(n + 1) + Math.log(z));
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return signed * factorial * z;
};
