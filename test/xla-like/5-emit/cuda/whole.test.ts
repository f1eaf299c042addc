// Instructions that stay whole because of what they combine by, as fibres.
import { describe, expect, it } from "vitest";
import { arrayShape, type HloBuilder, type ScatterDims } from "../../../../xla-like/index.js";
import { jit, whyNoJit } from "../cpu/kernels/harness.js";
import { type Operand, randomData } from "../cpu/routines/helpers.js";
import { type Body, runRoutineAsFibres } from "./routine-harness.js";

const floats = (dims: readonly number[], seed: number): Operand => ({
  dtype: "float32",
  dims,
  data: randomData("float32", dims.reduce((n, d) => n * d, 1), seed, 3), // biome-ignore format: short
});
const scalar = arrayShape("float32", []);

function expectSame(operands: readonly Operand[], body: Body): number {
  const { got, want, launches } = runRoutineAsFibres(operands, body);
  expect(got).toEqual(want);
  return launches.length;
}

/** x, negated, by a call of another computation. */
const negatedByCall = (b: HloBuilder) => {
  const inner = b.computation("inner", [scalar], (c, [x]) => [c.unary("negate", x)]);
  return b.scalarComputation("outer", "float32", (c, x, y) => {
    const [other] = c.call(inner, [y]);
    return c.binary("subtract", x, other);
  });
};

describe.skipIf(jit === undefined)(`whole instructions as fibres${whyNoJit}`, () => {
  const elements: ScatterDims = {
    updateWindowDims: [],
    insertedWindowDims: [0],
    inputBatchingDims: [],
    scatterIndicesBatchingDims: [],
    scatterDimsToOperandDims: [0],
    indexVectorDim: 1,
  };
  const indices: Operand = { dtype: "int32", dims: [9, 1], data: Int32Array.of(1, 4, 1, 1, -2, 9, 4, 0, 5) };

  it("scatters by any computation, beside the operand", () => {
    // Applied once for every index, as the update is not asked.
    expectSame([floats([7], 1), indices, floats([9], 2)], (b, [x, i, u]) =>
      b.scatter(
        x,
        i,
        u,
        elements,
        b.scalarComputation("apply", "float32", (c, old) => c.binary("multiply", old, old)),
      ),
    );
    expect(
      expectSame(
        [
          { dtype: "int8", dims: [7], data: randomData("int8", 7, 1) },
          indices,
          { dtype: "int8", dims: [9], data: randomData("int8", 9, 2) },
        ],
        (b, [x, i, u]) => b.scatter(x, i, u, elements, b.reducer("xor", "int8")),
      ),
    ).toBe(2);
  });

  it("reduces by computations that call others", () => {
    expectSame([floats([5, 9], 1), floats([], 2)], (b, [x, init]) => b.reduce([x], [init], [1], negatedByCall(b)));
    const window = { size: 3, stride: 2, padLow: 1, padHigh: 1, windowDilation: 1, baseDilation: 1 };
    expectSame([floats([9], 1), floats([], 2)], (b, [x, init]) =>
      b.reduceWindow([x], [init], [window], negatedByCall(b)),
    );
  });
});
