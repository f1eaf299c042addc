/** The Hurwitz zeta function by Euler–Maclaurin summation. */

/** B_2j / (2j)! for j = 1, 2, …. */
const bernoulliOverFactorial = [
  1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000, 1 / 74724249600,
  -3617 / 10670622842880000, 43867 / 5109094217170944000, -174611 / 802857662698291200000,
  77683 / 1.4101100039391804e22, -236364091 / 1.6938241367317436e27,
]; // biome-ignore format: a table

const positivePart = (s: number, start: number, startSum: number): number => {
  let q = start;
  let sum = startSum;
  for (let k = 0; k < 10 || q < 12; k++) {
    const term = q ** -s;
    sum += term;
    q += 1;
    if (term < sum * 1e-18) return sum;
  }
  const last = q ** -s;
  sum += (last * q) / (s - 1) + last / 2;
  let factor = (s * last) / q;
  for (let j = 0; j < bernoulliOverFactorial.length; j++) {
    const term = bernoulliOverFactorial[j] * factor;
    sum += term;
    if (Math.abs(term) < Math.abs(sum) * 1e-18) break;
    factor *= ((s + 2 * j + 1) * (s + 2 * j + 2)) / (q * q);
  }
  return sum;
};

/** ζ(s, q) = Σ (q + k)^-s. Infinite at s = 1 and at the poles q = 0, -1, …; NaN for s < 1. */
export const zeta = (s: number, q: number): number => {
  if (Number.isNaN(s) || Number.isNaN(q)) return Number.NaN;
  if (s === 1) return Number.POSITIVE_INFINITY;
  if (s < 1) return Number.NaN;
  if (q > 0) return positivePart(s, q, 0);
  // At a pole the sign of infinity is known only if both sides agree, for even s.
  if (q === Math.floor(q)) return s % 2 === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (s !== Math.floor(s)) return Number.NaN;
  let sum = 0;
  let x = q;
  for (; x < 0; x += 1) sum += x ** -s;
  const rest = positivePart(s, x, 0);
  return sum + rest;
};
