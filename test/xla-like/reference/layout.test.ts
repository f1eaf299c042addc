// Instructions that move elements, against index arithmetic.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DType } from "../../../xla-like/index.js";
import { host, indicesOf, placeOf, product, run } from "./helpers.js";

const types = fc.constantFrom<DType>("float32", "float64", "int8", "int64", "bool", "bfloat16", "complex64");
const dimsOf = (max: number, longest = 4) => fc.array(fc.integer({ min: 0, max }), { maxLength: longest });

/** Elements numbered from 1, as a type holds them; complex ones have two parts. */
const numbered = (d: DType, n: number) => {
  const base = Array.from({ length: n }, (_, i) => (d === "bool" ? i % 2 : (i % 100) + 1));
  return host(d, d === "complex64" ? base.flatMap((v) => [v, -v]) : base);
};

/** The elements of `x` at the given places; -1 stands for 0. */
const pick = (d: DType, x: ReturnType<typeof numbered>, places: readonly number[]) => {
  const unit = d === "complex64" ? 2 : 1;
  const at = (i: number) => (i < 0 ? (x instanceof BigInt64Array ? 0n : 0) : x[i]);
  const parts = places.flatMap((p) => (unit === 2 ? [at(p < 0 ? -1 : 2 * p), at(p < 0 ? -1 : 2 * p + 1)] : [at(p)]));
  const out = x.slice(0, 0).constructor as new (n: number) => typeof x;
  const made = new out(parts.length);
  parts.forEach((v, i) => {
    made[i] = v;
  });
  return made;
};

describe("layout", () => {
  test("transpose, reverse and reshape", () => {
    fc.assert(
      fc.property(types, dimsOf(4), fc.infiniteStream(fc.nat(1000)), (d, dims, random) => {
        const order = dims.map((_, k) => ({ k, r: random.next().value as number }));
        const permutation = order.sort((p, q) => p.r - q.r).map((o) => o.k);
        const flipped = dims.map((_, k) => k).filter(() => (random.next().value as number) % 2 === 0);
        const data = numbered(d, product(dims));
        const [t, r, s] = run([{ dtype: d, dims, data }], (b, [x]) => [
          b.transpose(x, permutation),
          b.reverse(x, flipped),
          b.reshape(x, [product(dims)]),
        ]);
        const turned = permutation.map((k) => dims[k]);
        const back = indicesOf(turned).map((i) => {
          const source = dims.map(() => 0);
          permutation.forEach((k, e) => {
            source[k] = i[e];
          });
          return placeOf(dims, source);
        });
        expect(t).toEqual(pick(d, data, back));
        const mirrored = indicesOf(dims).map((i) =>
          placeOf(
            dims,
            i.map((v, k) => (flipped.includes(k) ? dims[k] - 1 - v : v)),
          ),
        );
        expect(r).toEqual(pick(d, data, mirrored));
        expect(s).toEqual(data);
      }),
      { numRuns: 150 },
    );
  });

  test("broadcast", () => {
    fc.assert(
      fc.property(types, dimsOf(4), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (d, dims, kept) => {
        const dimensions = dims.map((_, k) => k).filter((k) => kept[k]);
        const source = dimensions.map((k) => dims[k]);
        const data = numbered(d, product(source));
        const [got] = run([{ dtype: d, dims: source, data }], (b, [x]) => b.broadcast(x, dims, dimensions));
        const places = indicesOf(dims).map((i) =>
          placeOf(
            source,
            dimensions.map((k) => i[k]),
          ),
        );
        expect(got).toEqual(pick(d, data, places));
      }),
      { numRuns: 150 },
    );
  });

  test("slice and pad with strides, interiors and negative edges", () => {
    const axis = fc.record({
      size: fc.integer({ min: 0, max: 6 }),
      from: fc.nat(6),
      length: fc.nat(6),
      stride: fc.integer({ min: 1, max: 3 }),
      low: fc.integer({ min: -3, max: 3 }),
      high: fc.integer({ min: -3, max: 3 }),
      interior: fc.nat(2),
    });
    fc.assert(
      fc.property(types, fc.array(axis, { maxLength: 3 }), (d, axes) => {
        const dims = axes.map((a) => a.size);
        const starts = axes.map((a) => Math.min(a.from, a.size));
        const limits = axes.map((a, k) => Math.min(starts[k] + a.length, a.size));
        const strides = axes.map((a) => a.stride);
        const data = numbered(d, product(dims));
        const zero = host(d, d === "complex64" ? [0, 0] : [0]);
        const low = axes.map((a) => Math.max(a.low, -a.size));
        const padded = axes.map((a, k) => low[k] + a.high + a.size + Math.max(0, a.size - 1) * a.interior);
        const high = axes.map((a, k) => a.high - Math.min(0, padded[k]));
        const outDims = padded.map((n) => Math.max(0, n));
        const [s, p] = run(
          [
            { dtype: d, dims, data },
            { dtype: d, dims: [], data: zero },
          ],
          (b, [x, v]) => [
            b.slice(x, starts, limits, strides),
            b.pad(
              x,
              v,
              low,
              high,
              axes.map((a) => a.interior),
            ),
          ],
        );
        const sliced = indicesOf(axes.map((_, k) => Math.ceil((limits[k] - starts[k]) / strides[k]))).map((i) =>
          placeOf(
            dims,
            i.map((v, k) => starts[k] + v * strides[k]),
          ),
        );
        expect(s).toEqual(pick(d, data, sliced));
        const sources = indicesOf(outDims).map((i) => {
          const at = i.map((v, k) => (v - low[k]) / (axes[k].interior + 1));
          const inside = at.every((v, k) => Number.isInteger(v) && v >= 0 && v < dims[k]);
          return inside ? placeOf(dims, at) : -1;
        });
        expect(p).toEqual(pick(d, data, sources));
      }),
      { numRuns: 200 },
    );
  });

  test("concatenate and iota", () => {
    fc.assert(
      fc.property(types, fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }), fc.nat(2), (d, sizes, where) => {
        const around = [2, 3];
        const dimension = where;
        const dims = (n: number): number[] => around.toSpliced(dimension, 0, n);
        const total = sizes.reduce((n, s) => n + s, 0);
        const whole = numbered(d, product(dims(total)));
        let start = 0;
        const parts = sizes.map((n) => {
          const places = indicesOf(dims(n)).map((i) => {
            const shifted = i.slice();
            shifted[dimension] += start;
            return placeOf(dims(total), shifted);
          });
          start += n;
          return { dtype: d, dims: dims(n), data: pick(d, whole, places) };
        });
        expect(run(parts, (b, xs) => b.concatenate(xs, dimension))[0]).toEqual(whole);
        const [count] = run([], (b) => b.iota("int32", dims(4), dimension));
        expect(Array.from(count as Int32Array)).toEqual(indicesOf(dims(4)).map((i) => i[dimension]));
      }),
      { numRuns: 60 },
    );
  });

  test("long rows take the block copies, with the same result", () => {
    const data = Float32Array.from({ length: 3 * 100 }, (_, i) => i);
    const [rows, columns] = run([{ dtype: "float32", dims: [3, 100], data }], (b, [x]) => [
      b.slice(x, [1, 10], [3, 90]),
      b.broadcast(b.slice(x, [0, 7], [3, 8]), [3, 1, 64], [0, 1]),
    ]);
    expect(Array.from(rows as Float32Array)).toEqual(
      [1, 2].flatMap((r) => Array.from({ length: 80 }, (_, c) => r * 100 + c + 10)),
    );
    expect(Array.from(columns as Float32Array)).toEqual([0, 1, 2].flatMap((r) => new Array(64).fill(r * 100 + 7)));
  });

  test("dynamic slices and updates clamp their starts", () => {
    const data = host("int32", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const start = (v: number) => ({ dtype: "int64" as const, dims: [], data: host("int64", [v]) });
    const x = { dtype: "int32" as const, dims: [10], data };
    for (const [at, first] of [
      [3, 3],
      [-5, 0],
      [99, 7],
    ]) {
      const [slice, updated] = run([x, start(at)], (b, [v, s]) => [
        b.dynamicSlice(v, [s], [3]),
        b.dynamicUpdateSlice(v, b.fill(-1, "int32", [3]), [s]),
      ]);
      expect(Array.from(slice as Int32Array)).toEqual([first, first + 1, first + 2]);
      expect(Array.from(updated as Int32Array)).toEqual(
        Array.from(data as Int32Array, (v, i) => (i >= first && i < first + 3 ? -1 : v)),
      );
    }
  });

  test("bitcasts read the bits, and change the rank with the width", () => {
    const f = { dtype: "float32" as const, dims: [2], data: host("float32", [1, -2]) };
    const [words, bytes] = run([f], (b, [x]) => [b.bitcastConvert(x, "uint32"), b.bitcastConvert(x, "uint8")]);
    expect(words).toEqual(host("uint32", [0x3f800000, 0xc0000000]));
    expect(bytes).toEqual(host("uint8", [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]));
    const view = new Uint8Array(9).subarray(1);
    view.set(bytes as Uint8Array);
    const [back] = run([{ dtype: "uint8", dims: [2, 4], data: view }], (b, [x]) => b.bitcastConvert(x, "float32"));
    expect(back).toEqual(f.data);
  });
});
