// Reductions and windows against their definitions.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrayShape, type DType, type HloBuilder, type ReducerName, type WindowDim } from "../../../xla-like/index.js";
import { host, indicesOf, integers, numbersOf, placeOf, product, run } from "./helpers.js";

const fold: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  maximum: Math.max,
  minimum: Math.min,
};
const reducers = fc.constantFrom<ReducerName>("add", "maximum", "minimum");
const types = fc.constantFrom<DType>("float32", "float64", "bfloat16", "int8", "int32", "int64");

describe("reduce", () => {
  test("folds any dimensions of any type", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        reducers,
        types,
        fc.integer(),
        (dims, isReduced, reducer, d, seed) => {
          const dimensions = dims.map((_, k) => k).filter((k) => isReduced[k]);
          const data = integers(product(dims), seed);
          const [got] = run([{ dtype: d, dims, data: host(d, data) }], (b, [x]) =>
            b.reduce([x], [b.scalar(d, 1)], dimensions, b.reducer(reducer, d)),
          );
          const kept = dims.map((_, k) => k).filter((k) => !isReduced[k]);
          const want = new Array<number>(product(kept.map((k) => dims[k]))).fill(1);
          for (const i of indicesOf(dims)) {
            const at = placeOf(
              kept.map((k) => dims[k]),
              kept.map((k) => i[k]),
            );
            want[at] = fold[reducer](want[at], data[placeOf(dims, i)]);
          }
          expect(numbersOf(d, got)).toEqual(want);
        },
      ),
      { numRuns: 200 },
    );
  });

  const sum = (d: DType, data: ReturnType<typeof host>) =>
    run([{ dtype: d, dims: [data.length / (d === "complex128" ? 2 : 1)], data }], (b, [x]) =>
      b.reduce([x], [b.fill(0, d, [])], [0], b.reducer("add", d)),
    )[0];

  test("sums are exact before the last rounding", () => {
    expect(sum("float32", new Float32Array(10_000_000).fill(0.1))[0]).toBe(Math.fround(1e7 * Math.fround(0.1)));
    expect(sum("float64", Float64Array.of(1, 1e100, 1, -1e100))[0]).toBe(2);
    expect(
      Array.from(sum("complex128", Float64Array.of(1, 2, 1e100, 1e80, 1, 1, -1e100, -1e80)) as Float64Array),
    ).toEqual([2, 3]);
    expect(sum("float64", Float64Array.of(1, Infinity, 2))[0]).toBe(Infinity);
    expect(sum("float64", Float64Array.of(Infinity, -Infinity))[0]).toBeNaN();
    const halves = host("bfloat16", new Array(1000).fill(0.01));
    expect(numbersOf("bfloat16", sum("bfloat16", halves))[0]).toBe(10);
  });

  test("integers wrap", () => {
    expect(sum("int8", host("int8", [100, 100, 100]))).toEqual(host("int8", [44]));
    expect(sum("uint32", host("uint32", [4294967295, 2]))).toEqual(host("uint32", [1]));
    expect(sum("int64", host("int64", [2n ** 63n - 1n, 1n]))).toEqual(host("int64", [-(2n ** 63n)]));
  });

  test("maximum and minimum keep NaN", () => {
    const x = { dtype: "float32" as const, dims: [3], data: host("float32", [1, Number.NaN, 2]) };
    const [max, min] = run([x], (b, [v]) =>
      (["maximum", "minimum"] as const).flatMap((op) =>
        b.reduce([v], [b.scalar("float32", 0)], [0], b.reducer(op, "float32")),
      ),
    );
    expect([max[0], min[0]]).toEqual([Number.NaN, Number.NaN]);
  });

  const argmax = (b: HloBuilder) => {
    const f = arrayShape("float32", []);
    const s = arrayShape("int32", []);
    return b.computation("argmax", [f, s, f, s], (c, [v, i, w, j]) => {
      const larger = c.binary("or", c.compare(v, w, "GT"), c.compare(v, v, "NE"));
      const first = c.binary("and", c.compare(v, w, "EQ"), c.compare(i, j, "LT"));
      const keep = c.binary("or", larger, first);
      return [c.select(c.binary("or", larger, c.compare(v, w, "EQ")), v, w), c.select(keep, i, j)];
    });
  };

  test("of several operands: argmax along the middle dimension", () => {
    const data = integers(2 * 5 * 3, 7);
    const x = { dtype: "float32" as const, dims: [2, 5, 3], data: host("float32", data) };
    const [values, places] = run([x], (b, [v]) =>
      b.reduce(
        [v, b.iota("int32", [2, 5, 3], 1)],
        [b.scalar("float32", -Infinity), b.scalar("int32", 0)],
        [1],
        argmax(b),
      ),
    );
    for (const [p, q] of indicesOf([2, 3])) {
      const column = Array.from({ length: 5 }, (_, k) => data[placeOf([2, 5, 3], [p, k, q])]);
      const at = column.indexOf(Math.max(...column));
      expect([values[3 * p + q], places[3 * p + q]]).toEqual([column[at], at]);
    }
  });

  test("by a computation that has no inline form", () => {
    const x = { dtype: "int32" as const, dims: [2, 3], data: host("int32", [1, 2, 3, 4, 5, 6]) };
    const [got] = run([x], (b, [v]) => {
      const s = arrayShape("int32", []);
      const add = b.computation("add", [s, s], (c, [p, q]) => [c.binary("add", p, q)]);
      const called = b.computation("called", [s, s], (c, [p, q]) => c.call(add, [p, q])[0]);
      return b.reduce([v], [b.scalar("int32", 10)], [1], called);
    });
    expect(got).toEqual(host("int32", [16, 25]));
  });

  test("float computations that are no plain reducer round at every step", () => {
    const x = { dtype: "float32" as const, dims: [2], data: host("float32", [2 ** 24, 1]) };
    const [got] = run([x], (b, [v]) => {
      const twice = b.scalarComputation("f", "float32", (c, p, q) =>
        c.binary("add", c.binary("add", p, q), c.scalar("float32", 1)),
      );
      return b.reduce([v], [b.scalar("float32", 0)], [0], twice);
    });
    let want = Math.fround(Math.fround(0 + 2 ** 24) + 1);
    want = Math.fround(Math.fround(want + 1) + 1);
    expect(got[0]).toBe(want);
  });
});

const windowDim = fc.record({
  input: fc.integer({ min: 1, max: 5 }),
  size: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padLow: fc.integer({ min: -1, max: 2 }),
  padHigh: fc.integer({ min: -1, max: 2 }),
  baseDilation: fc.integer({ min: 1, max: 2 }),
  windowDilation: fc.integer({ min: 1, max: 2 }),
});
const placesOf = (input: number, w: WindowDim): number => {
  const padded = (input - 1) * w.baseDilation + 1 + w.padLow + w.padHigh;
  const reach = (w.size - 1) * w.windowDilation + 1;
  return reach > padded ? 0 : Math.floor((padded - reach) / w.stride) + 1;
};

/** The places in the operand under the window at `index`, leaving out padding. */
const under = (dims: readonly number[], window: readonly WindowDim[], index: readonly number[]): number[] =>
  indicesOf(window.map((w) => w.size)).flatMap((tap) => {
    const at = tap.map((t, k) => {
      const w = window[k];
      return (index[k] * w.stride + t * w.windowDilation - w.padLow) / w.baseDilation;
    });
    return at.every((v, k) => Number.isInteger(v) && v >= 0 && v < dims[k]) ? [placeOf(dims, at)] : [];
  });

describe("windows", () => {
  test("reduce-window folds what lies under the window", () => {
    fc.assert(
      fc.property(fc.array(windowDim, { maxLength: 3 }), reducers, types, fc.integer(), (axes, reducer, d, seed) => {
        const dims = axes.map((a) => a.input);
        const window: WindowDim[] = axes.map(({ input: _, ...w }) => w);
        const data = integers(product(dims), seed);
        const [got] = run([{ dtype: d, dims, data: host(d, data) }], (b, [x]) =>
          b.reduceWindow([x], [b.scalar(d, -1)], window, b.reducer(reducer, d)),
        );
        const want = indicesOf(axes.map((a, k) => placesOf(a.input, window[k]))).map((i) =>
          under(dims, window, i).reduce((sum, p) => fold[reducer](sum, data[p]), -1),
        );
        expect(numbersOf(d, got)).toEqual(want);
      }),
      { numRuns: 150 },
    );
  });

  test("select-and-scatter gives each window's source to its first maximum", () => {
    fc.assert(
      fc.property(fc.array(windowDim, { maxLength: 2 }), fc.integer(), (axes, seed) => {
        const dims = axes.map((a) => a.input);
        const window: WindowDim[] = axes.map(({ input: _, ...w }) => ({ ...w, baseDilation: 1, windowDilation: 1 }));
        const places = axes.map((a, k) => placesOf(a.input, window[k]));
        const data = integers(product(dims), seed);
        const source = integers(product(places), seed + 1);
        const d: DType = "float32";
        const [got] = run(
          [
            { dtype: d, dims, data: host(d, data) },
            { dtype: d, dims: places, data: host(d, source) },
          ],
          (b, [x, s]) => {
            const select = b.scalarComputation("ge", d, (c, p, q) => c.compare(p, q, "GE"));
            return b.selectAndScatter(x, s, b.scalar(d, 0), window, select, b.reducer("add", d));
          },
        );
        const want = data.map(() => 0);
        indicesOf(places).forEach((i, k) => {
          const [first, ...rest] = under(dims, window, i);
          if (first === undefined) return;
          want[rest.reduce((best, p) => (data[best] >= data[p] ? best : p), first)] += source[k];
        });
        expect(numbersOf(d, got)).toEqual(want);
      }),
      { numRuns: 100 },
    );
  });
});
