/** The error function and its complement. */

const inverseRootPi = 1 / Math.sqrt(Math.PI);

/** e^(-x²) to the last digits: the rounding error of x² would otherwise be magnified by x². */
const expMinusSquare = (x: number): number => {
  const t = x * 134217729;
  const high = t - (t - x);
  return Math.exp(-high * high) * Math.exp(-(x + high) * (x - high));
};

/** Kummer's series, whose terms all have one sign: erf x = 2x e^(-x²)/√π · Σ (2x²)^n / (2n+1)!!. */
const erfSeries = (x: number): number => {
  const y = 2 * x * x;
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= y / (2 * n + 1);
    sum += term;
  }
  return 2 * x * inverseRootPi * expMinusSquare(x) * sum;
};

/** Laplace's continued fraction for x ≥ 1, evaluated from its tail. */
const erfcFraction = (x: number): number => {
  let f = x;
  for (let k = Math.ceil(175 / (x * x)) + 12; k > 0; k--) f = x + k / 2 / f;
  return (expMinusSquare(x) * inverseRootPi) / f;
};

export const erf = (x: number): number => {
  const a = Math.abs(x);
  if (a < 1e-9) return x * 2 * inverseRootPi;
  if (a < 2) return erfSeries(x);
  if (a > 6) return Math.sign(x);
  return a >= 2 ? Math.sign(x) * (1 - erfcFraction(a)) : Number.NaN;
};

export const erfc = (x: number): number => {
  if (Number.isNaN(x)) return x;
  if (x < -6) return 2;
  if (x < 1) return 1 - erf(x);
  return x > 27.3 ? 0 : erfcFraction(x);
};
