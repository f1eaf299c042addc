/** Integer arithmetic with XLA's answers where C has none: division by zero, overflow, wide shifts, powers. */

export const popcount32 = (x: number): number => {
  let v = x >>> 0;
  v -= (v >>> 1) & 0x55555555;
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

const low32 = (x: bigint): number => Number(x & 0xffffffffn);
const high32 = (x: bigint): number => Number((x >> 32n) & 0xffffffffn);
export const popcount64 = (x: bigint): bigint => BigInt(popcount32(low32(x)) + popcount32(high32(x)));
export const leadingZeros64 = (x: bigint): bigint => {
  const high = Math.clz32(high32(x));
  return BigInt(high < 32 ? high : 32 + Math.clz32(low32(x)));
};

/** x / 0 has every bit set, which is -1 for signed types; wrapping makes INT_MIN / -1 = INT_MIN. */
export const divide = (x: number, y: number): number => (y === 0 ? -1 : Math.trunc(x / y));
export const divideBig = (x: bigint, y: bigint): bigint => (y === 0n ? -1n : x / y);
export const remainder = (x: number, y: number): number => (y === 0 ? x : x % y);
export const remainderBig = (x: bigint, y: bigint): bigint => (y === 0n ? x : x % y);

/** Repeated squaring that wraps; a negative power of anything but 1 and -1 is 0. */
export const power = (x: number, y: number): number => {
  if (y < 0) return x === 1 ? 1 : x === -1 ? (y % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  let base = x;
  for (let n = y; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
};
export const powerBig = (x: bigint, y: bigint): bigint => {
  if (y < 0n) return x === 1n ? 1n : x === -1n ? (y % 2n === 0n ? 1n : -1n) : 0n;
  let result = 1n;
  let base = x;
  for (let n = y; n > 0n; n >>= 1n) {
    if (n & 1n) result = BigInt.asIntN(64, result * base);
    base = BigInt.asIntN(64, base * base);
  }
  return result;
};

/** Shift amounts are read as unsigned; from the width on, all bits have left. */
export const shiftLeft =
  (width: number) =>
  (x: number, y: number): number =>
    y < 0 || y >= width ? 0 : x << y;
export const shiftRightLogical = (width: number) => {
  const mask = width === 32 ? 0xffffffff : 2 ** width - 1;
  return (x: number, y: number): number => (y < 0 || y >= width ? 0 : ((x & mask) >>> 0) >>> y);
};
export const shiftRightArithmetic = (width: number) => {
  const up = 32 - width;
  return (x: number, y: number): number => ((x << up) >> up) >> (y < 0 || y >= width ? width - 1 : y);
};
export const shiftLeftBig = (x: bigint, y: bigint): bigint => (y < 0n || y >= 64n ? 0n : x << y);
export const shiftRightLogicalBig = (x: bigint, y: bigint): bigint =>
  y < 0n || y >= 64n ? 0n : BigInt.asUintN(64, x) >> y;
export const shiftRightArithmeticBig = (x: bigint, y: bigint): bigint =>
  BigInt.asIntN(64, x) >> (y < 0n || y >= 64n ? 63n : y);
