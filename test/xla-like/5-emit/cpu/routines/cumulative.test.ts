// Cumulative windows as scans: every type, operation and direction against the reference evaluator.
import { describe, expect, test } from "vitest";
import { cumulativeOf, isCumulative } from "../../../../../xla-like/2-fuse/cumulative.js";
import {
  type DType,
  type HloBuilder,
  type HloInstruction,
  isComplex,
  type ReducerName,
} from "../../../../../xla-like/index.js";
import { host, numbersOf } from "../../../reference/helpers.js";
import { both, hasRoutine, moduleOf, type Operand, onlyInstruction, randomData, runRoutine } from "./helpers.js";

const running = (dims: readonly number[], dimension: number, reverse: boolean) =>
  dims.map((n, d) => {
    const size = d === dimension ? n : 1;
    const [padLow, padHigh] = reverse ? [0, size - 1] : [size - 1, 0];
    return { size, stride: 1, padLow, padHigh, baseDilation: 1, windowDilation: 1 };
  });

const operand = (dtype: DType, dims: readonly number[], seed: number, range?: number): Operand => {
  const size = dims.reduce((n, d) => n * d, 1);
  return { dtype, dims, data: randomData(dtype, size, seed, range) };
};

const scan =
  (name: ReducerName, dtype: DType, dims: readonly number[], dimension: number, reverse: boolean) =>
  (b: HloBuilder, [x, init]: HloInstruction[]) =>
    b.reduceWindow([x], [init], running(dims, dimension, reverse), b.reducer(name, dtype));

/** Bound on the difference, relative to the largest result. */
const tolerances: Partial<Record<DType, number>> = {
  float16: 2 ** -10,
  bfloat16: 2 ** -7,
  float32: 2 ** -22,
  float64: 2 ** -44,
  complex64: 2 ** -22,
  complex128: 2 ** -44,
};

function expectClose(dtype: DType, native: readonly number[], reference: readonly number[], roundings = 1): void {
  const scale = reference.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 1);
  const tolerance = (tolerances[dtype] ?? 0) * scale * roundings;
  expect(native).toHaveLength(reference.length);
  const wrong = native.findIndex((x, k) => !Object.is(x, reference[k]) && !(Math.abs(x - reference[k]) <= tolerance));
  expect(wrong, `${native[wrong]} is not ${reference[wrong]}`).toBe(-1);
}

const shapes: readonly (readonly [readonly number[], number])[] = [
  [[2], 0],
  [[37], 0],
  [[5, 67], 1],
  [[40, 5], 0],
  [[3, 33, 70], 1],
  [[2, 9, 3], 1],
];

describe("cumulativeOf", () => {
  const of = (change: object) => {
    const window = running([4, 6], 1, false).map((w, d) => (d === 1 ? { ...w, ...change } : w));
    const module = moduleOf([operand("float32", [4, 6], 1), operand("float32", [], 1)], (b, [x, init]) =>
      b.reduceWindow([x], [init], window, b.reducer("add", "float32")),
    );
    const i = onlyInstruction(module);
    return i.opcode === "reduce-window" ? [cumulativeOf(i), isCumulative(i)] : [];
  };
  test("knows windows that reach to one edge", () => {
    expect(of({})).toEqual([{ dimension: 1, reverse: false }, true]);
    expect(of({ padLow: 0, padHigh: 5 })).toEqual([{ dimension: 1, reverse: true }, true]);
  });
  test("and no others", () => {
    for (const change of [
      { size: 5 },
      { padLow: 4 },
      { padHigh: 1 },
      { stride: 2 },
      { windowDilation: 2, padLow: 10 },
    ]) {
      expect(of(change)).toEqual([undefined, false]);
    }
  });
});

describe.runIf(hasRoutine("cumulative"))("cumulative", () => {
  const all: readonly DType[] = [
    "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "bfloat16", "float32", "float64", "complex64", "complex128",
  ]; // biome-ignore format: a table

  test.each(all)("sums, products and extrema of %s", (dtype) => {
    const names: ReducerName[] = isComplex(dtype) ? ["add", "multiply"] : ["add", "multiply", "maximum", "minimum"];
    for (const name of names) {
      for (const [dims, dimension] of shapes) {
        for (const reverse of [false, true]) {
          const range = name === "multiply" ? 1.5 : 90;
          const inputs = [operand(dtype, dims, dimension + 1, range), operand(dtype, [], 5, range)];
          const { native, reference } = both(inputs, scan(name, dtype, dims, dimension, reverse));
          expectClose(dtype, numbersOf(dtype, native[0]), numbersOf(dtype, reference[0]));
        }
      }
    }
  });

  test.each(["and", "or", "xor"] as const)("%s of integers and bools", (name) => {
    for (const dtype of ["bool", "uint8", "int32", "uint64"] as const) {
      for (const [dims, dimension] of shapes) {
        const inputs = [operand(dtype, dims, 3), operand(dtype, [], 1)];
        const { native, reference } = both(inputs, scan(name, dtype, dims, dimension, false));
        expect(native[0]).toEqual(reference[0]);
      }
    }
  });

  test("extrema keep NaN, infinities and the signs of zeros", () => {
    for (const name of ["maximum", "minimum"] as const) {
      for (const dtype of ["float32", "float64"] as const) {
        const x = operand(dtype, [100], 3, 2);
        [-0, 0, -0, Infinity, -Infinity].forEach((v, k) => {
          x.data[k] = v;
        });
        x.data[60] = Number.NaN;
        const init: Operand = { dtype, dims: [], data: x.data.slice(0, 1) };
        for (const reverse of [false, true]) {
          const { native, reference } = both([x, init], scan(name, dtype, [100], 0, reverse));
          expect(native[0]).toEqual(reference[0]);
        }
      }
    }
  });

  test.each(["float16", "float32", "float64"] as const)("log of sums of exponentials of %s", (dtype) => {
    const logaddexp = (b: HloBuilder) =>
      b.scalarComputation("logaddexp", dtype, (c, x, y) => {
        const delta = c.binary("subtract", x, y);
        const smaller = c.unary("exponential", c.unary("negate", c.unary("abs", delta)));
        const sum = c.binary("add", c.binary("maximum", x, y), c.unary("log-plus-one", smaller));
        return c.select(c.compare(delta, delta, "NE"), c.binary("add", x, y), sum);
      });
    for (const reverse of [false, true]) {
      const x = operand(dtype, [6, 50], 3, 20);
      const init: Operand = { dtype, dims: [], data: host(dtype, [-Infinity]) };
      const { native, reference } = both([x, init], (b, [p, q]) =>
        b.reduceWindow([p], [q], running([6, 50], 1, reverse), logaddexp(b)),
      );
      // The reference evaluator rounds at each of 50 steps.
      expectClose(dtype, numbersOf(dtype, native[0]), numbersOf(dtype, reference[0]), 25);
    }
  });

  test("a long line in blocks, as exact as a short one", () => {
    const n = 300_000;
    const x = operand("float32", [n], 3, 1);
    for (const reverse of [false, true]) {
      const { native, reference } = both([x, operand("float32", [], 1)], scan("add", "float32", [n], 0, reverse));
      expectClose("float32", numbersOf("float32", native[0]), numbersOf("float32", reference[0]));
    }
    const tenths: Operand = { dtype: "float32", dims: [n], data: new Float32Array(n).fill(0.1) };
    const zero: Operand = { dtype: "float32", dims: [], data: new Float32Array(1) };
    const { native } = both([tenths, zero], scan("add", "float32", [n], 0, false));
    expect(native[0][n - 1]).toBe(Math.fround(n * Math.fround(0.1)));
  });

  // Results of 16 MB and more go past the caches where they lie as that asks, which rows of odd lengths do not.
  test.each([
    ["rows", [4096, 1024], 1],
    ["rows of an odd length", [4099, 1027], 1],
    ["columns", [1024, 4096], 0],
    ["columns of an odd number", [1030, 4099], 0],
    ["one line", [2 ** 22 + 5], 0],
  ] as const)("large results: %s", (_, dims, dimension) => {
    const size = dims.reduce((n, d) => n * d, 1);
    const length = dims[dimension]!;
    const step = dimension === dims.length - 1 ? 1 : dims[1]!;
    const x = operand("float32", dims, 3, 1);
    const zero: Operand = { dtype: "float32", dims: [], data: new Float32Array(1) };
    for (const reverse of [false, true]) {
      const module = moduleOf([x, zero], scan("add", "float32", dims, dimension, reverse));
      const [native] = runRoutine(module, [x.data, zero.data]);
      let wrong = 0;
      for (let line = 0; line < size / length; line++) {
        const first = step === 1 ? line * length : line;
        let sum = 0;
        for (let k = 0; k < length; k++) {
          const at = first + (reverse ? length - 1 - k : k) * step;
          sum += Number(x.data[at]);
          // Two additions in float64 and one rounding.
          if (Math.abs(Number(native[at]) - sum) > 2 ** -24 * Math.abs(sum) + 1e-12 * length) wrong++;
        }
      }
      expect(wrong).toBe(0);
    }
  });
});
