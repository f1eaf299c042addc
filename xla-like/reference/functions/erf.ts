/** The error function, its complement and its inverse. */

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
  if (x !== x) return x;
  if (x < -6) return 2;
  if (x < 1) return 1 - erf(x);
  return x > 27.3 ? 0 : erfcFraction(x);
};

// M. Giles, "Approximating the erfinv function", GPU Computing Gems 2 (2010): polynomials in w = -log(1 - x²).
const central32 = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727,
  1.50140941,
].map(Math.fround); // biome-ignore format: coefficients
const tail32 = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406,
  2.83297682,
].map(Math.fround); // biome-ignore format: coefficients
const central64 = [
  -3.6444120640178196996e-21, -1.685059138182016589e-19, 1.2858480715256400167e-18, 1.115787767802518096e-17,
  -1.333171662854620906e-16, 2.0972767875968561637e-17, 6.6376381343583238325e-15, -4.0545662729752068639e-14,
  -8.1519341976054721522e-14, 2.6335093153082322977e-12, -1.2975133253453532498e-11, -5.4154120542946279317e-11,
  1.051212273321532285e-9, -4.1126339803469836976e-9, -2.9070369957882005086e-8, 4.2347877827932403518e-7,
  -1.3654692000834678645e-6, -1.3882523362786468719e-5, 0.0001867342080340571352, -0.00074070253416626697512,
  -0.0060336708714301490533, 0.24015818242558961693, 1.6536545626831027356,
]; // biome-ignore format: coefficients
const middle64 = [
  2.2137376921775787049e-9, 9.0756561938885390979e-8, -2.7517406297064545428e-7, 1.8239629214389227755e-8,
  1.5027403968909827627e-6, -4.013867526981545969e-6, 2.9234449089955446044e-6, 1.2475304481671778723e-5,
  -4.7318229009055733981e-5, 6.8284851459573175448e-5, 2.4031110387097893999e-5, -0.0003550375203628474796,
  0.00095328937973738049703, -0.0016882755560235047313, 0.0024914420961078508066, -0.0037512085075692412107,
  0.005370914553590063617, 1.0052589676941592334, 3.0838856104922207635,
]; // biome-ignore format: coefficients
const tail64 = [
  -2.7109920616438573243e-11, -2.5556418169965252055e-10, 1.5076572693500548083e-9, -3.7894654401267369937e-9,
  7.6157012080783393804e-9, -1.4960026627149240478e-8, 2.9147953450901080826e-8, -6.7711997758452339498e-8,
  2.2900482228026654717e-7, -9.9298272942317002539e-7, 4.5260625972231537039e-6, -1.9681778105531670567e-5,
  7.5995277030017761139e-5, -0.00021503011930044477347, -0.00013871931833623122026, 1.0103004648645343977,
  4.8499064014085844221,
]; // biome-ignore format: coefficients

/**
 * The single-precision algorithm, every step rounded to float32: normal samples then have the bits that JAX's have.
 * Multiplication and addition of Horner's scheme are fused, as they are in XLA's code.
 */
export const erfInv32 = (x: number): number => {
  if (Math.abs(x) === 1) return x * Number.POSITIVE_INFINITY;
  const { fround } = Math;
  let w = -fround(Math.log1p(-fround(x * x)));
  const inner = w < 5;
  w = inner ? fround(w - 2.5) : fround(fround(Math.sqrt(w)) - 3);
  let p = 0;
  for (const c of inner ? central32 : tail32) p = fround(c + p * w);
  return p * x;
};

export const erfInv64 = (x: number): number => {
  if (Math.abs(x) === 1) return x * Number.POSITIVE_INFINITY;
  const w = -Math.log1p(-x * x);
  const [coefficients, t] =
    w < 6.25 ? [central64, w - 3.125] : w < 16 ? [middle64, Math.sqrt(w) - 3.25] : [tail64, Math.sqrt(w) - 5];
  let p = 0;
  for (const c of coefficients) p = c + p * t;
  return p * x;
};
