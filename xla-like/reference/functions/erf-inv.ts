/** The inverse of the error function. */

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
  -3.64441206401782e-21, -1.6850591381820166e-19, 1.28584807152564e-18, 1.1157877678025181e-17,
  -1.333171662854621e-16, 2.0972767875968562e-17, 6.637638134358324e-15, -4.054566272975207e-14,
  -8.151934197605472e-14, 2.6335093153082323e-12, -1.2975133253453532e-11, -5.415412054294628e-11,
  1.0512122733215323e-9, -4.112633980346984e-9, -2.9070369957882005e-8, 4.2347877827932404e-7,
  -0.0000013654692000834679, -0.000013882523362786469, 0.00018673420803405714, -0.000740702534166267,
  -0.006033670871430149, 0.24015818242558962, 1.6536545626831027,
]; // biome-ignore format: coefficients
const middle64 = [
  2.2137376921775787e-9, 9.075656193888539e-8, -2.7517406297064545e-7, 1.8239629214389228e-8,
  0.0000015027403968909828, -0.000004013867526981546, 0.0000029234449089955446, 0.000012475304481671779,
  -0.000047318229009055734, 0.00006828485145957318, 0.000024031110387097894, -0.0003550375203628475,
  0.0009532893797373805, -0.0016882755560235047, 0.002491442096107851, -0.003751208507569241,
  0.005370914553590064, 1.0052589676941592, 3.0838856104922208,
]; // biome-ignore format: coefficients
const tail64 = [
  -2.7109920616438573e-11, -2.555641816996525e-10, 1.5076572693500548e-9, -3.789465440126737e-9,
  7.61570120807834e-9, -1.496002662714924e-8, 2.914795345090108e-8, -6.771199775845234e-8,
  2.2900482228026655e-7, -9.9298272942317e-7, 0.000004526062597223154, -0.00001968177810553167,
  0.00007599527703001776, -0.00021503011930044477, -0.00013871931833623122, 1.0103004648645344,
  4.849906401408584,
]; // biome-ignore format: coefficients

const { fround } = Math;
/** Multiplication and addition with one rounding, as in the machine code that XLA makes of them. */
const fma = (a: number, b: number, c: number): number => fround(a * b + c);

// The Cephes library's rational function for log(1 + x) near 0 and its polynomial for log of a mantissa near 1.
const log1pNumerator = [
  4.527000086244520e-5, 4.985410282319338e-1, 6.578732594206104, 2.991191932855307e1, 6.09496679809878e1,
  5.711296359058554e1, 2.003955349920128e1,
].map(fround); // biome-ignore format: coefficients
const log1pDenominator = [
  1, 1.506290908346919e1, 8.304756596796722e1, 2.2176239823732857e2, 3.090987222531206e2, 2.164278861449595e2,
  6.011866049760384e1,
].map(fround); // biome-ignore format: coefficients
const logMantissa = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
].map(fround); // biome-ignore format: coefficients
/** log 2 in two parts, the larger with few bits. */
const logTwoHigh = 0.693359375;
const logTwoLow = fround(-2.1219444e-4);

const horner32 = (coefficients: readonly number[], x: number): number => {
  let p = coefficients[0];
  for (let k = 1; k < coefficients.length; k++) p = fma(p, x, coefficients[k]);
  return p;
};

/** log of a positive float32 with XLA's bits. */
const log32 = (x: number): number => {
  let exponent = Math.floor(Math.log2(x)) + 1;
  let mantissa = x / 2 ** exponent;
  // log2 may have rounded across a power of two.
  if (mantissa >= 1) {
    mantissa /= 2;
    exponent += 1;
  }
  if (mantissa < fround(Math.SQRT1_2)) {
    mantissa *= 2;
    exponent -= 1;
  }
  const z = mantissa - 1;
  const square = fround(z * z);
  const cube = fround(square * z);
  const [high, middle, low] = [0, 3, 6].map((k) => horner32(logMantissa.slice(k, k + 3), z));
  const p = fma(fma(high, cube, middle), cube, low);
  const small = fma(p, cube, fround(exponent * logTwoLow));
  return fma(exponent, logTwoHigh, fround(fma(-0.5, square, z) + small));
};

/** log(1 + x) in float32 with XLA's bits, for -1 < x ≤ 0. */
const log1p32 = (x: number): number => {
  if (x <= fround(-0.41421356237309503)) return log32(fround(1 + x));
  const square = fround(x * x);
  const ratio = fround(horner32(log1pNumerator, x) / horner32(log1pDenominator, x));
  return fround(x + fround(fround(-0.5 * square) + fround(fround(x * square) * ratio)));
};

/**
 * The single-precision algorithm, step by step as XLA does it, down to which multiplications are fused with
 * additions: normal samples then have the bits that JAX's have.
 */
export const erfInv32 = (x: number): number => {
  if (Math.abs(x) === 1) return x * Number.POSITIVE_INFINITY;
  if (!(Math.abs(x) < 1)) return Number.NaN;
  const w = -log1p32(-fround(x * x));
  const p = w < 5 ? horner32(central32, fround(w - 2.5)) : horner32(tail32, fround(fround(Math.sqrt(w)) - 3));
  return p * x;
};

export const erfInv64 = (x: number): number => {
  const a = Math.abs(x);
  if (a === 1) return x * Number.POSITIVE_INFINITY;
  // Near 1 the square would lose digits of the distance from 1.
  const w = a < 0.5 ? -Math.log1p(-x * x) : -Math.log((1 - a) * (1 + a));
  const [coefficients, t] =
    w < 6.25 ? [central64, w - 3.125] : w < 16 ? [middle64, Math.sqrt(w) - 3.25] : [tail64, Math.sqrt(w) - 5];
  let p = 0;
  for (const c of coefficients) p = c + p * t;
  return p * x;
};
