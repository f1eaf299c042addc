/** Elementary functions of real numbers where JavaScript's own differ from C's or are missing. */

const scratch = new Float64Array(1);
const bits64 = new BigInt64Array(scratch.buffer);
const scratch32 = new Float32Array(1);
const bits32 = new Int32Array(scratch32.buffer);

/** C's pow: 1 to any power is 1, and so is -1 to an infinite one. */
export const pow = (x: number, y: number): number => {
  if (x === 1 || (x === -1 && (y === Number.POSITIVE_INFINITY || y === Number.NEGATIVE_INFINITY))) return 1;
  return x ** y;
};

/** Keeps NaN and the sign of zero. */
export const sign = (x: number): number => (x > 0 ? 1 : x < 0 ? -1 : x);

/** To nearest, ties to even; the sign of zero is kept. */
export const roundEven = (x: number): number => {
  const a = Math.abs(x);
  if (!(a < 4503599627370496)) return x;
  const r = a + 4503599627370496 - 4503599627370496;
  return x < 0 || Object.is(x, -0) ? -r : r;
};

/** To nearest, ties away from zero; the sign of zero is kept. */
export const roundAway = (x: number): number => {
  const a = Math.abs(x);
  if (!(a < 4503599627370496)) return x;
  const down = Math.floor(a);
  const r = a - down >= 0.5 ? down + 1 : down;
  return x < 0 || Object.is(x, -0) ? -r : r;
};

/** 1/(1+e^-x), without overflow where x is very negative. */
export const logistic = (x: number): number => {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
};

export const rsqrt = (x: number): number => 1 / Math.sqrt(x);

/** Orders the bits of a float as integers: -NaN < -∞ < … < -0 < 0 < … < ∞ < NaN. */
const totalOrderKey = (x: number): bigint => {
  scratch[0] = x;
  const b = bits64[0];
  return b < 0n ? ~b ^ -0x8000000000000000n : b;
};
export const totalOrderLess = (x: number, y: number): boolean => {
  if (x < y) return true;
  if (x > y || (x === y && x !== 0)) return false;
  return totalOrderKey(x) < totalOrderKey(y);
};
export const totalOrderEqual = (x: number, y: number): boolean =>
  x === y ? x !== 0 || Object.is(x, y) : Number.isNaN(x) && Number.isNaN(y) && totalOrderKey(x) === totalOrderKey(y);

/** The neighbour of x in the direction of y, for a type whose bits order like sign and magnitude. */
export const nextafter64 = (x: number, y: number): number => {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? 5e-324 : -5e-324;
  scratch[0] = x;
  bits64[0] += x < y === x > 0 ? 1n : -1n;
  return scratch[0];
};
export const nextafter32 = (x: number, y: number): number => {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === y) return y;
  const tiny = 2 ** -149;
  if (x === 0) return y > 0 ? tiny : -tiny;
  scratch32[0] = x;
  bits32[0] += x < y === x > 0 ? 1 : -1;
  return scratch32[0];
};

/** Keeps the given numbers of exponent and mantissa bits: rounds to even, overflows to infinity, flushes what would be denormal. */
export const reducePrecision = (exponentBits: number, mantissaBits: number): ((x: number) => number) => {
  const bias = 2 ** (exponentBits - 1) - 1;
  const smallest = 2 ** (1 - bias);
  const limit = 2 ** bias * (2 - 2 ** -(mantissaBits + 1));
  return (x) => {
    if (Number.isNaN(x) || x === 0 || Math.abs(x) === Number.POSITIVE_INFINITY) return x;
    const magnitude = Math.abs(x);
    scratch[0] = magnitude;
    const exponent = Number(bits64[0] >> 52n) - 1023;
    const quantum = 2 ** (Math.max(exponent, -1022) - mantissaBits);
    const rounded = mantissaBits >= 52 ? magnitude : roundEven(magnitude / quantum) * quantum;
    const kept = magnitude >= limit ? Number.POSITIVE_INFINITY : rounded < smallest ? 0 : rounded;
    return x < 0 ? -kept : kept;
  };
};
