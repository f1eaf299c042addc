/** Exponentially scaled modified Bessel functions e^-|x| I_n(x) for n = 0 and 1. */

/** The power series, all of whose terms are positive. */
const series = (order: number, x: number): number => {
  const y = (x * x) / 4;
  let term = order === 0 ? 1 : x / 2;
  let sum = term;
  for (let k = 1; term > sum * 1e-18; k++) {
    term *= y / (k * (k + order));
    sum += term;
  }
  return Math.exp(-x) * sum;
};

/** Hankel's asymptotic series; from x = 25 its smallest term is below e^-50. */
const asymptotic = (order: number, x: number): number => {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 40; k++) {
    term *= -(4 * order * order - (2 * k - 1) ** 2) / (8 * k * x);
    sum += term;
    if (Math.abs(term) < 1e-18) break;
  }
  return sum / Math.sqrt(2 * Math.PI * x);
};

const scaled = (order: number, x: number): number => (x < 25 ? series(order, x) : asymptotic(order, x));

export const besselI0e = (x: number): number => (Number.isNaN(x) ? x : scaled(0, Math.abs(x)));
export const besselI1e = (x: number): number =>
  Number.isNaN(x) || x === 0 ? x : Math.sign(x) * scaled(1, Math.abs(x));
