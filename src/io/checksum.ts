/**
 * CRC-32, as in zlib and PNG: what each tensor's bytes in a file are checked against.
 * Source: R. N. Williams, "A painless guide to CRC error detection algorithms", 1993.
 */
import * as zlib from "node:zlib";

/** x^32 + x^26 + … + 1 with its bits reversed, the highest power left out. */
const polynomial = 0xedb88320;

const table = /* @__PURE__ */ (() => {
  const out = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let c = byte;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ polynomial : c >>> 1;
    out[byte] = c;
  }
  return out;
})();

/** The same byte by byte, for versions of Node.js whose zlib has no `crc32`. */
export function crc32Plain(bytes: Uint8Array, before = 0): number {
  let c = ~before;
  for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}

const native = (zlib as { crc32?: (bytes: Uint8Array, before?: number) => number }).crc32;

/** The checksum of bytes that follow others of the checksum `before`. */
export const crc32: (bytes: Uint8Array, before?: number) => number = native ?? crc32Plain;

/** The product of two polynomials modulo the generator; bit 31 is the power 0. */
function multiply(a: number, b: number): number {
  let product = 0;
  let power = b;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= power;
    power = power & 1 ? (power >>> 1) ^ polynomial : power >>> 1;
  }
  return product;
}

/** x^(2^i) modulo the generator. */
const powers = /* @__PURE__ */ (() => {
  const out = [0x40000000];
  for (let i = 1; i < 64; i++) out.push(multiply(out[i - 1], out[i - 1]));
  return out;
})();

/** The checksum of two pieces one after the other, from those of each: pieces can be summed at the same time. */
export function crc32Combine(first: number, second: number, secondLength: number): number {
  // The first piece is shifted by as many bits as the second has.
  let shift = 0x80000000;
  for (let i = 3, n = secondLength; n > 0; i++, n = Math.floor(n / 2)) {
    if (n % 2 === 1) shift = multiply(powers[i], shift);
  }
  return (multiply(shift, first) ^ second) >>> 0;
}

/** Eight hexadecimal digits. */
export const checksumText = (crc: number): string => crc.toString(16).padStart(8, "0");
