// Fourier transforms of every kind against the reference evaluator: all small lengths, primes, long lines, dimensions.
import { describe, expect, test } from "vitest";
import { arrayShape, complexOf, type DType, type HostArray, realPart } from "../../../../../xla-like/index.js";
import { both, hasRoutine, type Operand, randomData } from "./helpers.js";

type Kind = "fft" | "ifft" | "rfft" | "irfft";

/** ‖native - reference‖ / ‖reference‖: each of log n passes rounds. */
function distance(native: HostArray, reference: HostArray): number {
  let gap = 0;
  let norm = 0;
  for (let k = 0; k < reference.length; k++) {
    gap += (Number(native[k]) - Number(reference[k])) ** 2;
    norm += Number(reference[k]) ** 2;
  }
  return norm === 0 ? Math.sqrt(gap) : Math.sqrt(gap / norm);
}

const bounds: Partial<Record<DType, number>> = { float32: 4e-7, float64: 1e-15 };

function check(kind: Kind, part: "float32" | "float64", batch: readonly number[], lengths: readonly number[]): void {
  const complex = complexOf(part);
  const half = [...lengths.slice(0, -1), Math.floor(lengths[lengths.length - 1] / 2) + 1];
  const inDims = [...batch, ...(kind === "irfft" ? half : lengths)];
  const outDims = [...batch, ...(kind === "rfft" ? half : lengths)];
  const dtype = kind === "rfft" ? part : complex;
  const size = inDims.reduce((n, d) => n * d, 1);
  const x: Operand = { dtype, dims: inDims, data: randomData(dtype, size, size + lengths[0], 1) };
  const { native, reference } = both([x], (b, xs) =>
    b.customCall("fft", xs, [arrayShape(kind === "irfft" ? realPart(complex) : complex, outDims)], {
      config: { fftType: kind, fftLength: lengths },
    }),
  );
  expect(native[0]).toHaveLength(reference[0].length);
  expect(distance(native[0], reference[0]), `${kind} of ${part}[${inDims}]`).toBeLessThan(bounds[part] as number);
}

const kinds: readonly Kind[] = ["fft", "ifft", "rfft", "irfft"];
const parts = ["float32", "float64"] as const;

describe.runIf(hasRoutine("fft")).each(parts)("fft of %s", (part) => {
  test.each(kinds)("%s of every length up to 70", (kind) => {
    for (let n = 1; n <= 70; n++) check(kind, part, n % 3 === 0 ? [19] : [], [n]);
  });

  test.each(kinds)("%s of longer lines", (kind) => {
    for (const n of [128, 243, 257, 360, 509, 1000, 1024, 2310, 4096, 4099, 6000]) check(kind, part, [], [n]);
    for (const n of [101, 256, 625, 4096]) check(kind, part, [2, 9], [n]);
  });

  test.each(kinds)("%s over several dimensions", (kind) => {
    check(kind, part, [], [5, 6]);
    check(kind, part, [3], [16, 17]);
    check(kind, part, [2], [4, 67, 10]);
    check(kind, part, [], [300, 3]);
    check(kind, part, [], [2, 2500, 2]);
    check(kind, part, [2], [1, 8]);
  });

  test.each(kinds)("%s of nothing", (kind) => {
    check(kind, part, [0], [8]);
    check(kind, part, [3, 0], [4, 4]);
  });
});
