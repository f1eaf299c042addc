import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bf16ToNumber, f16ToNumber, numberToBf16, numberToF16 } from "../../../xla-like/hlo/index.js";

interface Format {
  readonly name: string;
  readonly encode: (x: number) => number;
  readonly decode: (bits: number) => number;
  readonly infinity: number;
  readonly nan: number;
}
const formats: readonly Format[] = [
  { name: "float16", encode: numberToF16, decode: f16ToNumber, infinity: 0x7c00, nan: 0x7e00 },
  { name: "bfloat16", encode: numberToBf16, decode: bf16ToNumber, infinity: 0x7f80, nan: 0x7fc0 },
];

describe.each(formats)("$name", ({ encode, decode, infinity, nan }) => {
  it("keeps every value", () => {
    const changed: number[] = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      const notANumber = (bits & 0x7fff) > infinity;
      if (notANumber ? !Number.isNaN(decode(bits)) : encode(decode(bits)) !== bits) changed.push(bits);
    }
    expect(changed).toEqual([]);
    expect(encode(Number.NaN)).toBe(nan);
  });

  it("rounds to the nearest, ties to even", () => {
    // Between any two neighbours: just below the middle, the middle, and just above it.
    const wrong: number[] = [];
    for (let bits = 0; bits < infinity - 1; bits++) {
      const [low, high] = [decode(bits), decode(bits + 1)];
      const middle = (low + high) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const nudge = (high - low) * 2 ** -30;
      if (encode(middle) !== even || encode(middle - nudge) !== bits || encode(middle + nudge) !== bits + 1)
        wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it("overflows from halfway to the next power of two", () => {
    const largest = decode(infinity - 1);
    const halfStep = (largest - decode(infinity - 2)) / 2;
    expect(encode(largest + halfStep * (1 - 2 ** -20))).toBe(infinity - 1);
    expect(encode(largest + halfStep)).toBe(infinity);
    expect(encode(-largest * 2)).toBe(infinity | 0x8000);
    expect(encode(Number.MAX_VALUE)).toBe(infinity);
  });

  it("is odd and monotone", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (x, y) => {
        expect(encode(-x)).toBe(encode(x) ^ 0x8000);
        if (x <= y) expect(decode(encode(x))).toBeLessThanOrEqual(decode(encode(y)));
      }),
    );
  });
});

it("does not round twice: this float64 is above the tie that float32 would round it to", () => {
  expect(numberToF16(1 + 2 ** -11 + 2 ** -40)).toBe(0x3c01);
  expect(numberToF16(Math.fround(1 + 2 ** -11 + 2 ** -40))).toBe(0x3c00);
});
