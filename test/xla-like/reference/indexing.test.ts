// Gather, scatter and sorts against XLA's definitions, step by step.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrayShape, type DType, type HloBuilder } from "../../../xla-like/index.js";
import { host, indicesOf, integers, numbersOf, placeOf, product, run } from "./helpers.js";

/** Operand dimensions and their parts: collapsed (or inserted), batching, or in the window; and indexed or not. */
const axis = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  slice: fc.integer({ min: 1, max: 4 }),
  part: fc.constantFrom("window", "dropped", "batching"),
  indexed: fc.boolean(),
  rank: fc.nat(1000),
});
const setting = fc.record({
  axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
  batch: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  vectorAt: fc.nat(4),
  windowRank: fc.nat(1000),
  seed: fc.integer(),
});
type Setting = typeof setting extends fc.Arbitrary<infer S> ? S : never;

/** The dimension numbers that a setting stands for, and random indices, some of them out of bounds. */
const layOut = ({ axes, batch, vectorAt, windowRank, seed }: Setting) => {
  const all = axes.map((_, d) => d);
  const operandBatching = all.filter((d) => axes[d].part === "batching");
  const dropped = all.filter((d) => axes[d].part === "dropped");
  const windowed = all.filter((d) => axes[d].part === "window");
  const indexMap = all
    .filter((d) => axes[d].indexed && axes[d].part !== "batching")
    .sort((p, q) => axes[p].rank - axes[q].rank);
  const operand = axes.map((a) => a.size);
  const slices = axes.map((a) => (a.part === "window" ? Math.min(a.slice, a.size) : 1));
  // The indices' batch dimensions: the plain ones, then one for each batching dimension of the operand.
  const batchDims = [...batch, ...operandBatching.map((d) => operand[d])];
  const indexVectorDim = Math.min(vectorAt, batchDims.length);
  const indices = batchDims.toSpliced(indexVectorDim, 0, indexMap.length);
  const axisOf = (k: number): number => (k < indexVectorDim ? k : k + 1);
  const indicesBatching = operandBatching.map((_, k) => axisOf(batch.length + k));
  // Where the window's dimensions stand among the result's.
  const rank = batchDims.length + windowed.length;
  const offsetDims = [...Array(rank).keys()]
    .map((d) => ({ d, key: Math.imul(d + 1, windowRank + 7919) % 101 }))
    .sort((p, q) => p.key - q.key)
    .slice(0, windowed.length)
    .map((o) => o.d)
    .sort((p, q) => p - q);
  const rest = [...Array(rank).keys()].filter((d) => !offsetDims.includes(d));
  const out = new Array<number>(rank);
  offsetDims.forEach((d, k) => {
    out[d] = slices[windowed[k]];
  });
  rest.forEach((d, k) => {
    out[d] = batchDims[k];
  });
  const starts = integers(product(indices), seed);
  /** The start vector of the batch index `b`, spread over the operand's dimensions. */
  const startOf = (b: readonly number[]): number[] => {
    const start = axes.map(() => 0);
    indexMap.forEach((d, k) => {
      start[d] = starts[placeOf(indices, b.toSpliced(indexVectorDim, 0, k))];
    });
    operandBatching.forEach((d, k) => {
      start[d] = b[batch.length + k];
    });
    return start;
  };
  return {
    ...{ operand, indices, slices, out, starts, startOf, rest, offsetDims, windowed, dropped },
    ...{ indexMap, indexVectorDim, operandBatching, indicesBatching },
  };
};

describe("gather and scatter", () => {
  test("gather takes clamped slices", () => {
    fc.assert(
      fc.property(setting, fc.constantFrom<DType>("float32", "int64", "bfloat16", "int8"), (s, d) => {
        const g = layOut(s);
        const data = integers(product(g.operand), s.seed + 1);
        const [got] = run(
          [
            { dtype: d, dims: g.operand, data: host(d, data) },
            { dtype: "int32", dims: g.indices, data: host("int32", g.starts) },
          ],
          (b, [x, i]) =>
            b.gather(
              x,
              i,
              {
                offsetDims: g.offsetDims,
                collapsedSliceDims: g.dropped,
                operandBatchingDims: g.operandBatching,
                startIndicesBatchingDims: g.indicesBatching,
                startIndexMap: g.indexMap,
                indexVectorDim: g.indexVectorDim,
              },
              g.slices,
            ),
        );
        const want = indicesOf(g.out).map((i) => {
          const start = g.startOf(g.rest.map((e) => i[e]));
          const at = start.map((v, e) => Math.max(0, Math.min(g.operand[e] - g.slices[e], v)));
          g.windowed.forEach((e, k) => {
            at[e] += i[g.offsetDims[k]];
          });
          return data[placeOf(g.operand, at)];
        });
        expect(numbersOf(d, got)).toEqual(want);
      }),
      { numRuns: 200 },
    );
  });

  test("scatter adds windows and drops those that do not fit", () => {
    fc.assert(
      fc.property(setting, fc.constantFrom<DType>("float32", "int64", "bfloat16", "int32"), (s, d) => {
        const g = layOut(s);
        const data = integers(product(g.operand), s.seed + 1);
        const updates = integers(product(g.out), s.seed + 2);
        const [got] = run(
          [
            { dtype: d, dims: g.operand, data: host(d, data) },
            { dtype: "int64", dims: g.indices, data: host("int64", g.starts) },
            { dtype: d, dims: g.out, data: host(d, updates) },
          ],
          (b, [x, i, u]) =>
            b.scatter(
              x,
              i,
              u,
              {
                updateWindowDims: g.offsetDims,
                insertedWindowDims: g.dropped,
                inputBatchingDims: g.operandBatching,
                scatterIndicesBatchingDims: g.indicesBatching,
                scatterDimsToOperandDims: g.indexMap,
                indexVectorDim: g.indexVectorDim,
              },
              b.reducer("add", d),
            ),
        );
        const want = data.slice();
        indicesOf(g.out).forEach((i, from) => {
          const start = g.startOf(g.rest.map((e) => i[e]));
          if (start.some((v, e) => v < 0 || v + g.slices[e] > g.operand[e])) return;
          const at = start.slice();
          g.windowed.forEach((e, k) => {
            at[e] += i[g.offsetDims[k]];
          });
          want[placeOf(g.operand, at)] += updates[from];
        });
        expect(numbersOf(d, got)).toEqual(want);
      }),
      { numRuns: 200 },
    );
  });

  test("scatter can overwrite, the last update of a place winning", () => {
    const f = (values: readonly number[]) => host("float32", values);
    const [got] = run(
      [
        { dtype: "float32", dims: [3], data: f([1, 2, 3]) },
        { dtype: "int32", dims: [3, 1], data: host("int32", [2, 0, 2]) },
        { dtype: "float32", dims: [3], data: f([7, 8, 9]) },
      ],
      (b, [x, i, u]) =>
        b.scatter(
          x,
          i,
          u,
          {
            updateWindowDims: [],
            insertedWindowDims: [0],
            inputBatchingDims: [],
            scatterIndicesBatchingDims: [],
            scatterDimsToOperandDims: [0],
            indexVectorDim: 1,
          },
          b.scalarComputation("second", "float32", (_, __, y) => y),
        ),
    );
    expect(got).toEqual(f([8, 2, 9]));
  });
});

describe("sort", () => {
  const lessThan = (b: HloBuilder, d: DType, totalOrder: boolean, rest: readonly DType[]) => {
    const shapes = [d, d, ...rest.flatMap((r) => [r, r])].map((t) => arrayShape(t, []));
    return b.computation("lt", shapes, (c, [p, q]) => c.compare(p, q, "LT", { totalOrder }));
  };

  test("is stable and carries the other operands along", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(70), { minLength: 1, maxLength: 3 }).filter((dims) => product(dims) < 3000),
        fc.nat(2),
        fc.constantFrom<DType>("int32", "float32", "int64", "float16"),
        fc.integer(),
        (dims, where, d, seed) => {
          const dimension = where % dims.length;
          const keys = integers(product(dims), seed);
          const [sorted, places] = run([{ dtype: d, dims, data: host(d, keys) }], (b, [x]) =>
            b.sort([x, b.iota("int32", dims, dimension)], dimension, lessThan(b, d, false, ["int32"]), {
              stable: true,
            }),
          );
          const others = dims.map((n, k) => (k === dimension ? 1 : n));
          const got = numbersOf(d, sorted);
          for (const base of indicesOf(others)) {
            const line = Array.from({ length: dims[dimension] }, (_, k) =>
              placeOf(
                dims,
                base.map((v, e) => (e === dimension ? k : v)),
              ),
            );
            const order = line.map((p, k) => ({ key: keys[p], k })).sort((p, q) => p.key - q.key);
            expect(line.map((p) => [got[p], Number(places[p])])).toEqual(order.map((o) => [o.key, o.k]));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the total order puts -NaN first, -0 before 0 and NaN last", () => {
    const x = new Float32Array([Number.NaN, 0, -0, Infinity, -Infinity, 1, -1, 0]);
    new Uint32Array(x.buffer)[7] = 0xffc00000;
    const [got] = run([{ dtype: "float32", dims: [8], data: x }], (b, [v]) =>
      b.sort([v], 0, lessThan(b, "float32", true, [])),
    );
    const bits = Array.from(new Uint32Array((got as Float32Array).buffer));
    expect(bits).toEqual([0xffc00000, 0xff800000, 0xbf800000, 0x80000000, 0, 0x3f800000, 0x7f800000, 0x7fc00000]);
  });

  test("complex operands are carried as pairs", () => {
    const [, values] = run(
      [
        { dtype: "int32", dims: [3], data: host("int32", [2, 0, 1]) },
        { dtype: "complex64", dims: [3], data: host("complex64", [1, 2, 3, 4, 5, 6]) },
      ],
      (b, [k, v]) => b.sort([k, v], 0, lessThan(b, "int32", false, ["complex64"])),
    );
    expect(values).toEqual(host("complex64", [3, 4, 5, 6, 1, 2]));
  });
});
