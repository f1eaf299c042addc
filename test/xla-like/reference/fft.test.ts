// Fourier transforms against their definition.
import { describe, expect, test } from "vitest";
import { arrayShape } from "../../../xla-like/index.js";
import { host, indicesOf, placeOf, product, run } from "./helpers.js";

/** Σ over all places of x[j] e^(∓2πi j·k/n). */
const definition = (x: readonly number[], dims: readonly number[], sign: number): number[] =>
  indicesOf(dims).flatMap((k) => {
    let re = 0;
    let im = 0;
    for (const j of indicesOf(dims)) {
      const turn = j.reduce((t, v, d) => t + ((v * k[d]) % dims[d]) / dims[d], 0);
      const [c, s] = [Math.cos(2 * Math.PI * turn), sign * Math.sin(2 * Math.PI * turn)];
      const at = 2 * placeOf(dims, j);
      re += x[at] * c - x[at + 1] * s;
      im += x[at] * s + x[at + 1] * c;
    }
    return [re, im];
  });

const wave = (n: number): number[] => Array.from({ length: n }, (_, k) => Math.sin(3 * k * k + 1));
const close = (got: ArrayLike<unknown>, want: readonly number[]): void => {
  const scale = Math.max(1, ...want.map(Math.abs));
  expect(got.length).toBe(want.length);
  want.forEach((w, k) => {
    expect(Math.abs(Number(got[k]) - w), `[${k}]: ${got[k]} and ${w}`).toBeLessThan(1e-13 * scale);
  });
};

const fft = (
  fftType: string,
  dims: readonly number[],
  data: readonly number[],
  out: readonly number[],
  rank: number,
  lengths = dims.slice(-rank),
) => {
  const real = fftType === "rfft";
  const result = arrayShape(fftType === "irfft" ? "float64" : "complex128", out);
  const dtype = real ? ("float64" as const) : ("complex128" as const);
  return run([{ dtype, dims, data: host(dtype, data) }], (b, [x]) =>
    b.customCall("fft", [x], [result], { config: { fftType, fftLength: [...lengths] } }),
  )[0];
};

describe("fft", () => {
  test.each([1, 2, 3, 4, 5, 6, 8, 12, 15, 16, 30, 49, 64, 67, 101, 127, 128, 134, 210])(
    "of length %i, and back",
    (n) => {
      const x = wave(2 * n);
      const spectrum = fft("fft", [n], x, [n], 1);
      close(spectrum, definition(x, [n], -1));
      close(fft("ifft", [n], Array.from(spectrum, Number), [n], 1), x);
    },
  );

  test("over several dimensions, with others as batch", () => {
    const dims = [2, 3, 4];
    const x = wave(2 * product(dims));
    const got = Array.from(fft("fft", dims, x, dims, 2), Number);
    const half = 2 * 12;
    close(got.slice(0, half), definition(x.slice(0, half), [3, 4], -1));
    close(got.slice(half), definition(x.slice(half), [3, 4], -1));
    close(fft("ifft", dims, got, dims, 2), x);
  });

  test.each([
    [1, 1],
    [2, 4],
    [3, 5],
    [4, 6],
    [5, 7],
  ])("of real arrays [%i, %i], and back", (m, n) => {
    const x = wave(m * n);
    const pairs = x.flatMap((v) => [v, 0]);
    const half = (n >> 1) + 1;
    const whole = definition(pairs, [m, n], -1);
    const want = Array.from({ length: m }, (_, r) => whole.slice(2 * r * n, 2 * (r * n + half))).flat();
    const spectrum = fft("rfft", [m, n], x, [m, half], 2);
    close(spectrum, want);
    close(fft("irfft", [m, half], Array.from(spectrum, Number), [m, n], 2, [m, n]), x);
  });

  test("irfft takes the imaginary parts of self-conjugate frequencies for zero", () => {
    close(
      fft("irfft", [3], [1, 9, 2, 1, 3, 9], [4], 1, [4]),
      [2, -1, 0, 0].map((_, k) => [1 + 4 + 3, 1 - 2 - 3, 1 - 4 + 3, 1 + 2 - 3][k] / 4),
    );
  });

  test("an unknown type is told", () => {
    expect(() => fft("dct", [2], [1, 0, 1, 0], [2], 1)).toThrow(/fftType is dct/);
  });
});
