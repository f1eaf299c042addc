// Dots of views by the routine "dot": exact on small integers, so that every type must agree with the reference.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DType, HloBuilder, HloInstruction, HostArray } from "../../../../../xla-like/index.js";
import { host, integers, product } from "../../../reference/helpers.js";
import { randomDot } from "../../../reference/random-products.js";
import { hasRoutine, type Operand } from "../routines/helpers.js";
import { runProduct } from "./helpers.js";

const operandOf = (dtype: DType, dims: readonly number[], seed: number): Operand => {
  const values = integers(product(dims), seed).map((v) => (dtype.startsWith("uint") ? v + 4 : v));
  const data = dtype === "bool" ? values.map((v) => (v > 1 ? 1 : 0)) : values;
  return { dtype, dims, data: host(dtype, dtype.startsWith("complex") ? data.flatMap((v) => [v, 1 - v]) : data) };
};

describe.skipIf(!hasRoutine("dot"))("the routine dot", () => {
  const dtypes: readonly DType[] = [
    "float32", "float64", "bfloat16", "float16", "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
    "uint64", "complex64", "complex128",
  ]; // biome-ignore format: a table
  const dots = fc.record({
    s: randomDot(dtypes, 12),
    views: fc.array(fc.constantFrom("transpose", "reverse", "slice"), { maxLength: 3 }),
  });

  /** Something that turns into `x`'s dimensions again, read another way. */
  const viewed = (b: HloBuilder, x: HloInstruction, dims: readonly number[], view: string): HloInstruction => {
    const all = dims.map((_, d) => d);
    if (view === "reverse") return b.reverse(x, all.slice(0, 1));
    if (view === "transpose") return b.transpose(b.transpose(x, all.slice().reverse()), all.slice().reverse());
    return b.slice(
      x,
      dims.map(() => 0),
      dims,
      dims.map(() => 1),
    );
  };

  test("reads operands of any order through views", () => {
    fc.assert(
      fc.property(dots, ({ s: { dtype, seed, lhs, rhs, dims }, views }) => {
        const { native, reference } = runProduct(
          "dot",
          [operandOf(dtype, lhs, seed), operandOf(dtype, rhs, seed + 1)],
          (b, [x, y]) =>
            b.dot(
              views.reduce((v, view) => viewed(b, v, lhs, view), x),
              y,
              dims,
            ),
        );
        expect(native).toEqual(reference);
      }),
      { numRuns: 150 },
    );
  });

  test("reads heads where the projection left them, and writes none of them elsewhere", () => {
    const [batch, length, heads, depth] = [2, 12, 3, 8];
    const projected = operandOf("float32", [batch, length, 3 * heads * depth], 3);
    const part = (b: HloBuilder, x: HloInstruction, n: number): HloInstruction => {
      const width = heads * depth;
      const slice = b.slice(x, [0, 0, n * width], [batch, length, (n + 1) * width], [1, 1, 1]);
      return b.transpose(b.reshape(slice, [batch, length, heads, depth]), [0, 2, 1, 3]);
    };
    const { native, reference } = runProduct("dot", [projected], (b, [x]) =>
      b.dot(part(b, x, 0), part(b, x, 1), {
        lhsBatch: [0, 1],
        rhsBatch: [0, 1],
        lhsContracting: [3],
        rhsContracting: [3],
      }),
    );
    expect(native).toEqual(reference);
  });

  test("stores its result transposed and reshaped", () => {
    const dims = { lhsBatch: [0, 1], rhsBatch: [0, 1], lhsContracting: [3], rhsContracting: [2] };
    const operands = [operandOf("float32", [2, 3, 12, 9], 3), operandOf("float32", [2, 3, 9, 20], 4)];
    for (const order of [[0, 2, 1, 3], [2, 1, 0, 3], [1, 0, 2, 3]]) // biome-ignore format: a table
      for (const isReshaped of [false, true]) {
        const { native, reference } = runProduct("dot", operands, (b, [x, y]) => {
          const stored = b.transpose(b.dot(x, y, dims), order);
          return isReshaped ? b.reshape(stored, [2 * 3 * 12 * 20]) : stored;
        });
        expect(native).toEqual(reference);
      }
  });

  test("widens narrow floats as it reads", () => {
    const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
    for (const dtype of ["bfloat16", "float16"] as const) {
      const { native, reference } = runProduct(
        "dot",
        [operandOf(dtype, [33, 70], 1), operandOf("float32", [70, 50], 2)],
        (b, [x, y]) => b.dot(b.convert(x, "float32"), y, dims),
      );
      expect(native).toEqual(reference);
    }
  });

  test("leaves a single product its sign, and begins a sum of several with 0", () => {
    const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
    const sizes = [[1, 1, 1], [1, 1, 40], [40, 1, 1], [30, 1, 40], [1, 2, 1], [30, 9, 40]]; // biome-ignore format: a table
    for (const dtype of ["float32", "float64", "bfloat16", "complex64"] as const)
      for (const [m, k, n] of sizes) {
        const parts = dtype === "complex64" ? 2 : 1;
        const full = (count: number, value: number): HostArray => host(dtype, new Array(parts * count).fill(value));
        const { native, reference } = runProduct(
          "dot",
          [
            { dtype, dims: [m, k], data: full(m * k, -0) },
            { dtype, dims: [k, n], data: full(k * n, 1) },
          ],
          (b, [x, y]) => b.dot(x, y, dims),
        );
        expect([...native].map((v) => Object.is(v, -0))).toEqual([...reference].map((v) => Object.is(v, -0)));
        expect(native).toEqual(reference);
      }
  });

  test("joins dimensions that lie evenly in memory", () => {
    const { params } = runProduct(
      "dot",
      [operandOf("float32", [4, 6, 5], 1), operandOf("float32", [5, 7], 2)],
      (b, [x, y]) => b.dot(x, y, { lhsBatch: [], rhsBatch: [], lhsContracting: [2], rhsContracting: [0] }),
    );
    expect(params.slice(7)).toEqual([0, 1, 1, 1, 24, 5, 7, 7, 1, 1, 5, 1, 7]);
  });
});
