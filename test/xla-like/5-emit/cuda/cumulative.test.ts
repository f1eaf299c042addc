// Cumulative windows as fibres: every type, operation and direction; lines in one piece and in many.
import { describe, expect, it } from "vitest";
import {
  arrayShape,
  type DType,
  type HloBuilder,
  type HloInstruction,
  isComplex,
  type ReducerName,
} from "../../../../xla-like/index.js";
import { numbersOf } from "../../reference/helpers.js";
import { jit, whyNoJit } from "../cpu/kernels/harness.js";
import { type Operand, randomData } from "../cpu/routines/helpers.js";
import { expectBarriersNeeded } from "./barriers.js";
import { nvptx, whyNoPtx } from "./ptx.js";
import { type Body, ptxOfRoutine, runRoutineAsFibres } from "./routine-harness.js";

const running = (dims: readonly number[], dimension: number, reverse: boolean) =>
  dims.map((n, d) => {
    const size = d === dimension ? n : 1;
    const [padLow, padHigh] = reverse ? [0, size - 1] : [size - 1, 0];
    return { size, stride: 1, padLow, padHigh, baseDilation: 1, windowDilation: 1 };
  });

const operand = (dtype: DType, dims: readonly number[], seed: number, range?: number): Operand => {
  const size = dims.reduce((n, d) => n * d, 1) * (isComplex(dtype) ? 2 : 1);
  return { dtype, dims, data: randomData(dtype, size, seed, range) };
};

const scan =
  (name: ReducerName, dtype: DType, dims: readonly number[], dimension: number, reverse: boolean): Body =>
  (b, [x, init]) =>
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

function expectClose(dtype: DType, got: readonly number[], want: readonly number[]): void {
  const scale = want.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 1);
  const tolerance = (tolerances[dtype] ?? 0) * scale;
  expect(got).toHaveLength(want.length);
  const wrong = got.findIndex((x, k) => !Object.is(x, want[k]) && !(Math.abs(x - want[k]) <= tolerance));
  expect(wrong, `${got[wrong]} is not ${want[wrong]}`).toBe(-1);
}

/** A short line, one by a block, one of columns, and columns in pieces. */
const shapes: readonly (readonly [readonly number[], number])[] = [
  [[4, 7], 1],
  [[2, 1100], 1],
  [[2, 9, 3], 1],
  [[70, 3], 0],
];

const types: readonly DType[] = [
  "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
  "float16", "bfloat16", "float32", "float64", "complex64", "complex128",
]; // biome-ignore format: a table

describe.skipIf(jit === undefined)(`scans as fibres${whyNoJit}`, () => {
  it.each(types)("sums, products and extrema of %s", (dtype) => {
    const names: ReducerName[] = isComplex(dtype) ? ["add", "multiply"] : ["add", "multiply", "maximum", "minimum"];
    names.forEach((name, n) => {
      shapes.forEach(([dims, dimension], k) => {
        if ((k + n + types.indexOf(dtype)) % 2 === 0) return;
        const range = name === "multiply" ? 1.5 : 90;
        const inputs = [operand(dtype, dims, dimension + 1, range), operand(dtype, [], 5, range)];
        const reverse = (n + k) % 4 < 2;
        const { got, want } = runRoutineAsFibres(inputs, scan(name, dtype, dims, dimension, reverse));
        expectClose(dtype, numbersOf(dtype, got[0]), numbersOf(dtype, want[0]));
      });
    });
  });

  it.each(["and", "or", "xor"] as const)("%s of integers and bools", (name) => {
    for (const dtype of ["bool", "int32"] as const) {
      for (const [dims, dimension] of shapes) {
        const inputs = [operand(dtype, dims, 3), operand(dtype, [], 1)];
        const { got, want } = runRoutineAsFibres(inputs, scan(name, dtype, dims, dimension, false));
        expect(got).toEqual(want);
      }
    }
  });

  it("of long lines in pieces, exactly", () => {
    const size = 9300;
    const data = Float32Array.from({ length: size }, (_, k) => ((k * 37) % 101) - 50);
    let sum = 3;
    const want = Float32Array.from(data, (x) => {
      sum += x;
      return sum;
    });
    const x: Operand = { dtype: "float32", dims: [size], data };
    const start: Operand = { dtype: "float32", dims: [], data: Float32Array.of(3) };
    const { got, launches } = runRoutineAsFibres([x, start], scan("add", "float32", [size], 0, false));
    expect(got[0]).toEqual(want);
    expect(launches).toHaveLength(3);
    const turned: Operand = { ...x, data: data.toReversed() };
    const { got: back } = runRoutineAsFibres([turned, start], scan("add", "float32", [size], 0, true));
    expect(back[0]).toEqual(want.toReversed());
  });

  it("need their barriers", () => {
    const inputs = [operand("int32", [1, 2200], 1), operand("int32", [], 5)];
    expectBarriersNeeded((edit) => {
      const { got, want } = runRoutineAsFibres(inputs, scan("add", "int32", [1, 2200], 1, false), edit);
      expect(got).toEqual(want);
    });
  });

  it("keeps NaN, infinities and the signs of zeros among extrema", () => {
    for (const name of ["maximum", "minimum"] as const) {
      for (const dtype of ["float32", "bfloat16"] as const) {
        const x = operand("float32", [100], 3, 2);
        [-0, 0, -0, Infinity, -Infinity, 1, 2, Number.NaN].forEach((v, k) => {
          x.data[(k * 9) % 100] = v;
        });
        const bits = new Uint32Array(x.data.buffer);
        const narrow = Uint16Array.from(bits, (v) => v >>> 16);
        const inputs: Operand[] = [
          dtype === "float32" ? x : { ...x, dtype, data: narrow },
          { dtype, dims: [], data: dtype === "float32" ? Float32Array.of(-Infinity) : Uint16Array.of(0xff80) },
        ];
        const { got, want } = runRoutineAsFibres(inputs, scan(name, dtype, [100], 0, false));
        expect(numbersOf(dtype, got[0])).toEqual(numbersOf(dtype, want[0]));
      }
    }
  });

  const logAddExp = (b: HloBuilder) =>
    b.scalarComputation("logaddexp", "float32", (c, x, y) => {
      const delta = c.binary("subtract", x, y);
      const near = c.unary("log-plus-one", c.unary("exponential", c.unary("negate", c.unary("abs", delta))));
      const sum = c.binary("add", c.binary("maximum", x, y), near);
      return c.select(c.compare(delta, delta, "NE"), c.binary("add", x, y), sum);
    });

  const sumOfLogs = (x: number, y: number): number => {
    const larger = Math.max(x, y);
    return larger === -Infinity ? larger : larger + Math.log1p(Math.exp(-Math.abs(x - y)));
  };

  it("of logarithms of sums", () => {
    for (const [dims, dimension] of shapes) {
      const x = operand("float32", dims, 3, 30);
      x.data[3] = -Infinity;
      const inputs: Operand[] = [x, { dtype: "float32", dims: [], data: Float32Array.of(-Infinity) }];
      const { got } = runRoutineAsFibres(inputs, (b, [p, init]) =>
        b.reduceWindow([p], [init], running(dims, dimension, false), logAddExp(b)),
      );
      // Rounded once: the reference evaluator rounds at every step, a thousand times for the last of a line.
      const inner = dims.slice(dimension + 1).reduce((n, d) => n * d, 1);
      const want = numbersOf("float32", x.data);
      want.forEach((v, k) => {
        const isFirst = Math.floor(k / inner) % dims[dimension] === 0;
        want[k] = isFirst ? v : sumOfLogs(want[k - inner], v);
      });
      expectClose("float32", numbersOf("float32", got[0]), want.map(Math.fround));
    }
  });

  it("by any computation, of several operands too", () => {
    // x -> a x + b, one after the other: whoever combines must keep the order.
    const scalar = arrayShape("float64", []);
    for (const [dims, dimension] of shapes) {
      const inputs: Operand[] = [
        operand("float64", dims, 1, 1),
        operand("float64", dims, 2, 1),
        { dtype: "float64", dims: [], data: Float64Array.of(1) },
        { dtype: "float64", dims: [], data: Float64Array.of(0) },
      ];
      const body: Body = (b, [x, y, p, q]): readonly HloInstruction[] => {
        const both = b.computation("after", [scalar, scalar, scalar, scalar], (c, [a, s, a2, s2]) => [
          c.binary("multiply", a, a2),
          c.binary("add", c.binary("multiply", s, a2), s2),
        ]);
        return b.reduceWindow([x, y], [p, q], running(dims, dimension, false), both);
      };
      const { got, want } = runRoutineAsFibres(inputs, body);
      got.forEach((g, k) => expectClose("float64", numbersOf("float64", g), numbersOf("float64", want[k])));
    }
  });
});

describe.skipIf(nvptx === undefined)(`scans as PTX${whyNoPtx}`, () => {
  it.each<DType>(["bool", "bfloat16", "float32", "int64", "complex128"])("of %s", (dtype) => {
    for (const [dims, dimension] of [
      [[100_000], 0],
      [[512, 3000], 1],
      [[1000, 64], 0],
    ] as const) {
      const inputs = [operand(dtype, [1], 1), operand(dtype, [], 1)];
      const text = ptxOfRoutine(
        [{ ...inputs[0], dims }, inputs[1]],
        scan(dtype === "bool" ? "or" : "add", dtype, dims, dimension, true),
      );
      if (dims.length === 1) expect(text).toContain("shfl.sync.idx");
    }
  });
});
