// Dots and convolutions against their definitions.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConvDims, DType, WindowDim } from "../../../xla-like/index.js";
import { host, indicesOf, integers, numbersOf, placeOf, product, run } from "./helpers.js";

const shuffled = (n: number) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n });

/** A sum begins with 0; where there is nothing to add, the one product keeps its sign, as in XLA. */
const startOf = (depth: number): number => (depth === 1 ? -0 : 0);

describe("dot", () => {
  const setting = fc
    .record({
      batch: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
      left: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 2 }),
      right: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
      contracting: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
      dtype: fc.constantFrom<DType>("float32", "float64", "bfloat16", "float16", "int32", "int64", "uint8"),
      seed: fc.integer(),
    })
    .chain((s) =>
      fc.record({
        s: fc.constant(s),
        lhsOrder: shuffled(s.batch.length + s.left.length + s.contracting.length),
        rhsOrder: shuffled(s.batch.length + s.right.length + s.contracting.length),
      }),
    );

  test("is the sum of products, for any order of dimensions", () => {
    fc.assert(
      fc.property(setting, ({ s, lhsOrder, rhsOrder }) => {
        // Role r of an operand (batch, then free, then contracting) stands at dimension order[r].
        const place = (roles: readonly number[], order: readonly number[]): number[] => {
          const dims = roles.slice();
          order.forEach((d, r) => {
            dims[d] = roles[r];
          });
          return dims;
        };
        const nb = s.batch.length;
        const lhs = place([...s.batch, ...s.left, ...s.contracting], lhsOrder);
        const rhs = place([...s.batch, ...s.right, ...s.contracting], rhsOrder);
        // Free dimensions appear in the result in the order in which they stand in the operand.
        const leftFree = lhsOrder.slice(nb, nb + s.left.length).sort((p, q) => p - q);
        const rightFree = rhsOrder.slice(nb, nb + s.right.length).sort((p, q) => p - q);
        const dims = {
          lhsBatch: lhsOrder.slice(0, nb),
          rhsBatch: rhsOrder.slice(0, nb),
          lhsContracting: lhsOrder.slice(nb + s.left.length),
          rhsContracting: rhsOrder.slice(nb + s.right.length),
        };
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
  const spatial = fc.record({
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padLow: fc.integer({ min: -1, max: 3 }),
    padHigh: fc.integer({ min: -1, max: 3 }),
    baseDilation: fc.integer({ min: 1, max: 3 }),
    windowDilation: fc.integer({ min: 1, max: 2 }),
    reversal: fc.boolean(),
    input: fc.integer({ min: 1, max: 5 }),
  });
  const setting = fc
    .record({
      spatial: fc.array(spatial, { minLength: 0, maxLength: 2 }),
      batch: fc.integer({ min: 1, max: 2 }),
      inputs: fc.integer({ min: 1, max: 3 }),
      outputs: fc.integer({ min: 1, max: 3 }),
      groups: fc.constantFrom<readonly [number, number]>([1, 1], [2, 1], [3, 1], [1, 2]),
      dtype: fc.constantFrom<DType>("float32", "float64", "bfloat16", "int32", "int64"),
      seed: fc.integer(),
    })
    .chain((s) => {
      const rank = s.spatial.length + 2;
      return fc.record({ s: fc.constant(s), input: shuffled(rank), kernel: shuffled(rank), output: shuffled(rank) });
    });

  test("is the sum over taps and features", () => {
    fc.assert(
      fc.property(setting, ({ s, input, kernel, output }) => {
        const [featureGroups, batchGroups] = s.groups;
        const dims: ConvDims = {
          inputBatch: input[0],
          inputFeature: input[1],
          inputSpatial: input.slice(2),
          kernelInputFeature: kernel[0],
          kernelOutputFeature: kernel[1],
          kernelSpatial: kernel.slice(2),
          outputBatch: output[0],
          outputFeature: output[1],
          outputSpatial: output.slice(2),
        };
        const arrange = (order: readonly number[], sizes: readonly number[]): number[] => {
          const out = sizes.slice();
          order.forEach((d, r) => {
            out[d] = sizes[r];
          });
          return out;
        };
        const window: WindowDim[] = s.spatial.map(({ input: _, ...w }) => w);
        const features = s.outputs * featureGroups * batchGroups;
        const lhs = arrange(input, [s.batch * batchGroups, s.inputs * featureGroups, ...s.spatial.map((w) => w.input)]);
        const rhs = arrange(kernel, [s.inputs, features, ...s.spatial.map((w) => w.size)]);
        const places = s.spatial.map((w) => {
          const padded = (w.input - 1) * w.baseDilation + 1 + w.padLow + w.padHigh;
          const reach = (w.size - 1) * w.windowDilation + 1;
          return reach > padded ? 0 : Math.floor((padded - reach) / w.stride) + 1;
        });
        const out = arrange(output, [s.batch, features, ...places]);
        const x = integers(product(lhs), s.seed);
        const k = integers(product(rhs), s.seed + 1);
        const [got] = run(
          [
            { dtype: s.dtype, dims: lhs, data: host(s.dtype, x) },
            { dtype: s.dtype, dims: rhs, data: host(s.dtype, k) },
          ],
          (b, [p, q]) =>
            b.convolution(p, q, { dims, window, featureGroupCount: featureGroups, batchGroupCount: batchGroups }),
        );
        const want = indicesOf(out).map((index) => {
          const feature = index[dims.outputFeature];
          const group = Math.floor(feature / s.outputs);
          let sum = startOf(s.inputs * product(s.spatial.map((w) => w.size)));
          for (const [c, ...taps] of indicesOf([s.inputs, ...s.spatial.map((w) => w.size)])) {
            const at = lhs.map(() => 0);
            at[dims.inputBatch] = index[dims.outputBatch] + (batchGroups > 1 ? group * s.batch : 0);
            at[dims.inputFeature] = c + (featureGroups > 1 ? group * s.inputs : 0);
            const to = rhs.map(() => 0);
            to[dims.kernelInputFeature] = c;
            to[dims.kernelOutputFeature] = feature;
            let inside = true;
            s.spatial.forEach((w, d) => {
              const p = index[dims.outputSpatial[d]] * w.stride + taps[d] * w.windowDilation - w.padLow;
              inside &&= p >= 0 && p % w.baseDilation === 0 && p / w.baseDilation < w.input;
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
