// Dots and convolutions against their definitions.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { host, indicesOf, integers, numbersOf, placeOf, product, run } from "./helpers.js";
import { randomConvolution, randomDot } from "./random-products.js";

/** A sum begins with 0; where there is nothing to add, the one product keeps its sign, as in XLA. */
const startOf = (depth: number): number => (depth === 1 ? -0 : 0);

describe("dot", () => {
  const dots = randomDot(["float32", "float64", "bfloat16", "float16", "int32", "int64", "uint8"], 7);

  test("is the sum of products, for any order of dimensions", () => {
    fc.assert(
      fc.property(dots, (s) => {
        const { lhs, rhs, dims, leftFree, rightFree } = s;
        const isUnsigned = s.dtype === "uint8";
        const x = integers(product(lhs), s.seed).map((v) => (isUnsigned ? v + 4 : v));
        const y = integers(product(rhs), s.seed + 1).map((v) => (isUnsigned ? v + 4 : v));
        const [got] = run(
          [
            { dtype: s.dtype, dims: lhs, data: host(s.dtype, x) },
            { dtype: s.dtype, dims: rhs, data: host(s.dtype, y) },
          ],
          (b, [p, q]) => b.dot(p, q, dims),
        );
        const want = indicesOf(s.batch).flatMap((batch) =>
          indicesOf(leftFree.map((d) => lhs[d])).flatMap((m) =>
            indicesOf(rightFree.map((d) => rhs[d])).map((n) => {
              let sum = startOf(product(s.contracting));
              for (const k of indicesOf(s.contracting)) {
                const i = lhs.map(() => 0);
                const j = rhs.map(() => 0);
                batch.forEach((v, r) => {
                  i[dims.lhsBatch[r]] = v;
                  j[dims.rhsBatch[r]] = v;
                });
                m.forEach((v, r) => {
                  i[leftFree[r]] = v;
                });
                n.forEach((v, r) => {
                  j[rightFree[r]] = v;
                });
                k.forEach((v, r) => {
                  i[dims.lhsContracting[r]] = v;
                  j[dims.rhsContracting[r]] = v;
                });
                sum += x[placeOf(lhs, i)] * y[placeOf(rhs, j)];
              }
              return sum;
            }),
          ),
        );
        expect(numbersOf(s.dtype, got)).toEqual(numbersOf(s.dtype, host(s.dtype, want)));
      }),
      { numRuns: 150 },
    );
  });

  const matrix = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };

  test("of complex matrices", () => {
    const a = host("complex64", [1, 2, 3, -1, 0, 1, 2, 2]);
    const b = host("complex64", [1, 0, 0, 1, 2, -1, 1, 1]);
    const operand = (data: typeof a) => ({ dtype: "complex64" as const, dims: [2, 2], data });
    const [got] = run([operand(a), operand(b)], (h, [x, y]) => h.dot(x, y, matrix));
    // (1+2i)·1 + (3-i)(2-i) = 6-3i, (1+2i)i + (3-i)(1+i) = 2+3i, i + (2+2i)(2-i) = 6+3i, i·i + (2+2i)(1+i) = -1+4i.
    expect(Array.from(got as Float32Array)).toEqual([6, -3, 2, 3, 6, 3, -1, 4]);
  });

  test("rounds float32 sums once, at the end", () => {
    const n = 4096;
    const data = Float32Array.from({ length: n }, (_, i) => Math.fround(Math.sin(i) * 1e3));
    const ones = new Float32Array(n).fill(1 / 3);
    const [got] = run(
      [
        { dtype: "float32", dims: [1, n], data },
        { dtype: "float32", dims: [n, 1], data: ones },
      ],
      (b, [x, y]) => b.dot(x, y, matrix),
    );
    const exact = data.reduce((sum, v) => sum + v * Math.fround(1 / 3), 0);
    expect(got[0]).toBe(Math.fround(exact));
  });

  test("wraps int32 and accumulates narrow types into a wider result", () => {
    const big = { dtype: "int32" as const, dims: [1, 2], data: host("int32", [2147483647, 3]) };
    const other = { dtype: "int32" as const, dims: [2, 1], data: host("int32", [3, 5]) };
    expect(run([big, other], (b, [x, y]) => b.dot(x, y, matrix))[0]).toEqual(host("int32", [-2147483636]));
    const bytes = { dtype: "int8" as const, dims: [1, 3], data: host("int8", [127, 127, -128]) };
    const column = { dtype: "int8" as const, dims: [3, 1], data: host("int8", [127, 127, 127]) };
    const [wide] = run([bytes, column], (b, [x, y]) => b.dot(x, y, matrix, { preferredDtype: "int32" }));
    expect(wide).toEqual(host("int32", [127 * 127 * 2 - 128 * 127]));
  });
});

describe("convolution", () => {
  const convolutions = randomConvolution(["float32", "float64", "bfloat16", "int32", "int64"], 2);

  test("is the sum over taps and features", () => {
    fc.assert(
      fc.property(convolutions, (s) => {
        const { lhs, rhs, out, dims, window, featureGroupCount, batchGroupCount } = s;
        const x = integers(product(lhs), s.seed);
        const k = integers(product(rhs), s.seed + 1);
        const [got] = run(
          [
            { dtype: s.dtype, dims: lhs, data: host(s.dtype, x) },
            { dtype: s.dtype, dims: rhs, data: host(s.dtype, k) },
          ],
          (b, [p, q]) => b.convolution(p, q, { dims, window, featureGroupCount, batchGroupCount }),
        );
        const want = indicesOf(out).map((index) => {
          const feature = index[dims.outputFeature];
          const group = Math.floor(feature / s.outputs);
          let sum = startOf(s.inputs * product(window.map((w) => w.size)));
          for (const [c, ...taps] of indicesOf([s.inputs, ...window.map((w) => w.size)])) {
            const at = lhs.map(() => 0);
            at[dims.inputBatch] = index[dims.outputBatch] + (batchGroupCount > 1 ? group * s.batch : 0);
            at[dims.inputFeature] = c + (featureGroupCount > 1 ? group * s.inputs : 0);
            const to = rhs.map(() => 0);
            to[dims.kernelInputFeature] = c;
            to[dims.kernelOutputFeature] = feature;
            let inside = true;
            window.forEach((w, d) => {
              const p = index[dims.outputSpatial[d]] * w.stride + taps[d] * w.windowDilation - w.padLow;
              inside &&= p >= 0 && p % w.baseDilation === 0 && p / w.baseDilation < lhs[dims.inputSpatial[d]];
              at[dims.inputSpatial[d]] = p / w.baseDilation;
              to[dims.kernelSpatial[d]] = w.reversal ? w.size - 1 - taps[d] : taps[d];
            });
            sum += (inside ? x[placeOf(lhs, at)] : 0) * k[placeOf(rhs, to)];
          }
          return sum;
        });
        expect(numbersOf(s.dtype, got)).toEqual(numbersOf(s.dtype, host(s.dtype, want)));
      }),
      { numRuns: 200 },
    );
  });
});
