// sort and top-k as fibres: every type, any comparator, lines that a block sorts and lines that many merge.
import { describe, expect, it } from "vitest";
import {
  arrayShape,
  type DType,
  type HloBuilder,
  type HloComputation,
  type HloInstruction,
  isComplex,
  isFloat,
} from "../../../../xla-like/index.js";
import { jit, whyNoJit } from "../cpu/kernels/harness.js";
import { type Operand, randomData } from "../cpu/routines/helpers.js";
import { expectBarriersNeeded } from "./barriers.js";
import { nvptx, whyNoPtx } from "./ptx.js";
import { type Body, ptxOfRoutine, runRoutineAsFibres } from "./routine-harness.js";

const types: readonly DType[] = [
  "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
  "float16", "bfloat16", "float32", "float64", "complex64", "complex128",
]; // biome-ignore format: a table

const operand = (dtype: DType, dims: readonly number[], seed: number, range?: number): Operand => {
  const size = dims.reduce((n, d) => n * d, 1);
  return { dtype, dims, data: randomData(dtype, size * (isComplex(dtype) ? 2 : 1), seed, range) };
};

/** By the first operand, as the library lowers it: zeros and NaNs alike; complex numbers by their real parts alone. */
function comparator(b: HloBuilder, operands: readonly Operand[], direction: "LT" | "GT"): HloComputation {
  const pairs = operands.flatMap(({ dtype }) => [arrayShape(dtype, []), arrayShape(dtype, [])]);
  const [{ dtype }] = operands;
  return b.computation("before", pairs, (c, [p, q]) => {
    const canonical = (x: HloInstruction): HloInstruction => {
      const unsigned = c.select(c.compare(x, c.scalar(dtype, 0), "EQ"), c.scalar(dtype, 0), x);
      return c.select(c.compare(x, x, "NE"), c.scalar(dtype, Number.NaN), unsigned);
    };
    if (isComplex(dtype)) return c.compare(c.unary("real", p), c.unary("real", q), direction, { totalOrder: true });
    if (isFloat(dtype)) return c.compare(canonical(p), canonical(q), direction, { totalOrder: true });
    return c.compare(p, q, direction);
  });
}

function expectSame(operands: readonly Operand[], body: Body, launches?: number): void {
  const { got, want, launches: made } = runRoutineAsFibres(operands, body);
  expect(got).toEqual(want);
  if (launches !== undefined) expect(made).toHaveLength(launches);
}

const sortOf =
  (operands: readonly Operand[], dimension: number, direction: "LT" | "GT" = "LT"): Body =>
  (b, xs) =>
    b.sort(xs, dimension, comparator(b, operands, direction), { stable: true });

const sorts = (operands: readonly Operand[], dimension: number, direction?: "LT" | "GT", launches?: number): void =>
  expectSame(operands, sortOf(operands, dimension, direction), launches);

const numbers = (dims: readonly number[]): Operand => {
  const size = dims.reduce((n, d) => n * d, 1);
  return { dtype: "int32", dims, data: Int32Array.from({ length: size }, (_, k) => k) };
};

describe.skipIf(jit === undefined)(`sorts as fibres${whyNoJit}`, () => {
  it.each(types)("of %s, with where elements stood, along any dimension", (dtype) => {
    const range = dtype === "bool" ? undefined : 9;
    sorts([operand(dtype, [3, 65], 1, range), numbers([3, 65])], 1, "LT", 1);
    sorts([operand(dtype, [2, 9, 5], 3)], 1, "GT");
  });

  it("of lines of any length", () => {
    for (const dims of [[1], [2, 5], [37], [13, 7]] as const) {
      for (const dimension of dims.keys()) sorts([operand("int16", dims, 1, 9), numbers(dims)], dimension, "LT", 1);
    }
  });

  it("of long lines by merges of one, two and more levels", () => {
    sorts([operand("float32", [1500], 1, 50), numbers([1500])], 0, "LT", 2);
    sorts([operand("float32", [2, 2700], 2, 1000)], 1, "GT", 4);
    sorts([operand("bfloat16", [5000, 2], 3, 1000), numbers([5000, 2])], 0, "LT", 6);
    sorts([operand("complex128", [700], 3, 20), numbers([700])], 0, "LT");
  });

  it("of several operands by several keys, of NaN and of both zeros", () => {
    const x = operand("float32", [400], 3, 1);
    for (let i = 0; i < 400; i += 3) x.data[i] = [Number.NaN, -0, 0, Infinity, -Infinity][i % 5];
    for (const direction of ["LT", "GT"] as const) sorts([x, numbers([400])], 0, direction);
    const keys = [
      operand("int8", [300], 1, 4),
      operand("uint16", [300], 2, 4),
      numbers([300]),
      operand("bool", [300], 4),
    ];
    const pairs = keys.flatMap(({ dtype }) => [arrayShape(dtype, []), arrayShape(dtype, [])]);
    expectSame(keys, (b, xs) => {
      const before = b.computation("before", pairs, (c, [p, q, r, s]) =>
        c.binary("or", c.compare(p, q, "LT"), c.binary("and", c.compare(p, q, "EQ"), c.compare(r, s, "GT"))),
      );
      return b.sort(xs, 0, before, { stable: true });
    });
  });

  it("need their barriers", () => {
    const operands = [operand("float32", [2, 1100], 1, 50)];
    expectBarriersNeeded((edit) => {
      const { got, want } = runRoutineAsFibres(operands, sortOf(operands, 1), edit);
      expect(got).toEqual(want);
    });
  });

  it("of nothing", () => {
    sorts([operand("float32", [0], 1)], 0, "LT", 0);
    sorts([operand("float32", [3, 0], 1)], 0, "LT", 0);
  });
});

const topK =
  (k: number): Body =>
  (b, [x]) =>
    b.topK(x, k);

describe.skipIf(jit === undefined)(`top-k as fibres${whyNoJit}`, () => {
  it.each(types.filter((d) => !isComplex(d)))("of %s", (dtype) => {
    for (const [dims, k] of [
      [[3, 4, 30], 20],
      [[1100], 10],
    ] as const) {
      expectSame([operand(dtype, dims, k + 1)], topK(k));
    }
  });

  it("of equal ones the first, and of a long line few or many", () => {
    for (const k of [0, 1, 50]) expectSame([operand("uint8", [50], 1)], topK(k));
    for (const k of [1, 5, 300]) expectSame([operand("int32", [2, 1000], k, 3)], topK(k));
    for (const k of [3, 1000, 4999]) expectSame([operand("float32", [5000], k)], topK(k));
  });

  it("of NaN above infinity, and the zeros in order", () => {
    const x = operand("float32", [400], 3, 1);
    for (let i = 0; i < 400; i += 7) x.data[i] = [Number.NaN, -0, 0, Infinity, -Infinity][i % 5];
    for (const k of [3, 400]) expectSame([x], topK(k));
  });
});

describe.skipIf(nvptx === undefined)(`sorts as PTX${whyNoPtx}`, () => {
  it.each<DType>(["bool", "bfloat16", "float32", "int64", "complex128"])("of %s", (dtype) => {
    const operands = [operand(dtype, [5000], 1), numbers([5000])];
    const text = ptxOfRoutine(operands, sortOf(operands, 0));
    expect(text).toContain("bar.sync");
    if (!isComplex(dtype)) ptxOfRoutine([operands[0]], topK(100));
  });
});
