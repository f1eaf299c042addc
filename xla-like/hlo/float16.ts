/**
 * float16 and bfloat16 as bits. Encoding rounds the float64 once, to nearest even: going through float32
 * first would round twice and miss ties.
 */

const f64 = new Float64Array(1);
const f64Words = new Uint32Array(f64.buffer);
const f32 = new Float32Array(1);
const f32Word = new Uint32Array(f32.buffer);

/** Little-endian hosts keep the sign and exponent in the second word. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** Adding and taking away 2^52 leaves a float64 in [0, 2^52) rounded to an integer, ties to even. */
const ROUND = 2 ** 52;

const encoder = (mantissaBits: number, exponentBits: number): ((x: number) => number) => {
  const bias = 2 ** (exponentBits - 1) - 1;
  const signBit = 1 << (mantissaBits + exponentBits);
  const infinity = (2 ** exponentBits - 1) << mantissaBits;
  const quietNaN = infinity | (1 << (mantissaBits - 1));
  const hidden = 1 << mantissaBits;
  const minNormal = 2 ** (1 - bias);
  const subnormalScale = 2 ** (bias - 1 + mantissaBits);
  /** Halfway from the largest finite value to the next power of two: rounds to infinity, as ties go to even. */
  const overflow = 2 ** bias * (2 - 2 ** -(mantissaBits + 1));
  return (x) => {
    if (Number.isNaN(x)) return quietNaN;
    f64[0] = x;
    const high = f64Words[HIGH];
    const sign = high >>> 31 === 1 ? signBit : 0;
    const magnitude = Math.abs(x);
    if (magnitude >= overflow) return sign | infinity;
    if (magnitude < minNormal) return sign | (magnitude * subnormalScale + ROUND - ROUND);
    const exponent = ((high >>> 20) & 0x7ff) - 1023;
    f64Words[HIGH] = (1023 + mantissaBits - exponent) << 20;
    f64Words[1 - HIGH] = 0;
    const significand = magnitude * f64[0] + ROUND - ROUND;
    // A carry out of the significand runs into the exponent, which is what rounding up means.
    return sign | (((exponent + bias) << mantissaBits) + (significand - hidden));
  };
};

/** The float16 nearest to `x`, as bits; ties go to even, every NaN becomes 0x7e00. */
export const numberToF16: (x: number) => number = encoder(10, 5);

/** The bfloat16 nearest to `x`, as bits; ties go to even, every NaN becomes 0x7fc0. */
export const numberToBf16: (x: number) => number = encoder(7, 8);

const decodeF16 = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
};

/** Every float16 value, by its bits. */
const f16Values: Float32Array = Float32Array.from({ length: 0x10000 }, (_, bits) => decodeF16(bits));

export const f16ToNumber = (bits: number): number => f16Values[bits];

/** A bfloat16 is the upper half of a float32. */
export const bf16ToNumber = (bits: number): number => {
  f32Word[0] = bits << 16;
  return f32[0];
};
