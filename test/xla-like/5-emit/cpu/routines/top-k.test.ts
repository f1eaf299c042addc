// top-k against the reference evaluator: heaps for few, a sort for many, ties and NaN.
import { describe, expect, test } from "vitest";
import type { DType } from "../../../../../xla-like/index.js";
import { both, hasRoutine, type Operand, randomData } from "./helpers.js";

const expectSame = (x: Operand, k: number): void => {
  const { native, reference } = both([x], (b, [p]) => b.topK(p, k));
  expect(native).toEqual(reference);
};

const operand = (dtype: DType, dims: readonly number[], seed: number, range?: number): Operand => {
  const size = dims.reduce((n, d) => n * d, 1);
  return { dtype, dims, data: randomData(dtype, size, seed, range) };
};

describe.runIf(hasRoutine("top-k"))("top-k", () => {
  const types: readonly DType[] = [
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "bfloat16", "float32", "float64",
  ]; // biome-ignore format: a table

  test.each(types)("of %s", (dtype) => {
    for (const [dims, k] of [
      [[50], 0],
      [[50], 1],
      [[50], 7],
      [[50], 50],
      [[7, 1000], 10],
      [[3, 4, 300], 200],
    ] as const) {
      expectSame(operand(dtype, dims, k + 1), k);
    }
  });

  test("of equal ones the first", () => {
    for (const k of [1, 5, 300]) expectSame(operand("int32", [4, 1000], k, 3), k);
  });

  test("NaN above infinity, and the zeros in order", () => {
    const x = operand("float32", [400], 3, 1);
    for (let i = 0; i < 400; i += 7) x.data[i] = [Number.NaN, -0, 0, Infinity, -Infinity][i % 5];
    for (const k of [3, 40, 400]) expectSame(x, k);
  });

  test("of one long line", () => {
    for (const k of [5, 20_000]) expectSame(operand("float32", [60_000], k), k);
  });
});
