/** checkGrads, checkVmap and checkJit called by hand: what they accept, and what they say. */
import { describe, expect, it } from "vitest";
import { compareTrees } from "../../props/compare.js";
import { checkGrads, checkJit, checkVmap, GradientCheckError } from "../../props/index.js";
import { tensorOf } from "../../props/leaves.js";
import { customJvp } from "../../src/api/index.js";
import type { ShapedArray } from "../../src/core/aval.js";
import type { DType } from "../../src/core/dtype.js";
import { definePrimitive } from "../../src/core/primitive.js";
import type { Tensor } from "../../src/core/tensor.js";
import { Either } from "../../src/prelude/fp.js";
import * as p from "../../src/primitives/index.js";
import type { HloInstruction } from "../../xla-like/index.js";

const tensor = (
  values: readonly number[],
  shape: readonly number[] = [values.length],
  dtype: DType = "float32",
): Tensor => tensorOf(Float64Array.from(values), { shape, dtype });

const identity = {
  doc: "x, with something wrong.",
  operands: ["x"],
  params: {},
  abstractEval: ({ x }: { x: ShapedArray }) => Either.right(x),
  lower: (_: unknown, { x }: { x: HloInstruction }) => x,
  samples: [],
} as const;
const badlyTransposedP = definePrimitive({
  ...identity,
  name: "badly_transposed",
  diff: { kind: "linear", transpose: { x: (ct) => p.mul(ct, 2) } },
  batching: "elementwise",
});
const badlyBatchedP = definePrimitive({
  ...identity,
  name: "badly_batched",
  diff: { kind: "linear", transpose: { x: (ct) => ct } },
  batching: ({ x }, { x: dim }, _, { size }) => (size === 0 ? [p.full([0, 7], 0, x.dtype), 0] : [x, dim]),
});

/** The error that a check throws, or null. */
function thrown(check: () => void): GradientCheckError | null {
  try {
    check();
  } catch (error) {
    if (error instanceof GradientCheckError) return error;
    throw error;
  }
  return null;
}

describe("checkGrads", () => {
  it("passes over trees, several results, integers beside floats, and numbers", () => {
    const f = ({ w, n }: { w: Tensor; n: Tensor }, x: Tensor) => ({
      product: p.mul(p.sin(w), x),
      rounded: p.convert(w, "int32"),
      scaled: p.mul(w, p.convert(n, w.dtype)),
    });
    checkGrads(f, [{ w: tensor([0.3, -0.7]), n: tensor([2, 3], [2], "int32") }, 1.5]);
  });

  it("passes for complex arguments and results", () => {
    const z = tensor([0.3, -0.4, 1.1, 0.2], [2], "complex64");
    checkGrads((x: Tensor) => p.mul(p.exp(x), p.conj(x)), [z]);
    checkGrads((x: Tensor) => p.abs(x), [z]);
    checkGrads((x: Tensor) => p.complex(p.sin(x), x), [tensor([0.5, 1])]);
  });

  it("goes to the third order", () => {
    checkGrads((x: Tensor) => p.mul(x, p.tanh(x)), [tensor([0.4, -1.2])], { order: 3 });
  });

  it("calls the function in double precision", () => {
    const seen = new Set<string>();
    const f = (x: Tensor) => {
      seen.add(x.dtype);
      return p.exp(x);
    };
    checkGrads(f, [tensor([1], [1], "bfloat16")]);
    expect(seen).toEqual(new Set(["float64"]));
  });

  it("accepts results that have no derivative where they jump, end or are infinitely steep", () => {
    const at = tensor([0, 1, 4]);
    checkGrads(p.floor, [at]);
    checkGrads(p.sqrt, [at]);
    checkGrads(p.sign, [at]);
    checkGrads((x: Tensor) => p.asin(x), [tensor([1, 0.5])]);
  });

  it("names operand, index, result and both values", () => {
    const f = customJvp(function scaled(w: Tensor, x: Tensor) {
      return { y: p.mul(w, x) };
    });
    f.defjvp(([w, x]: Tensor[], [dw, dx]: Tensor[]) => [
      { y: p.mul(w, x) },
      { y: p.add(p.mul(dw, x), p.mul(dx, p.mul(w, tensor([1, 2, 1], [3], "float64")))) },
    ]);
    const error = thrown(() => checkGrads(f, [tensor([1, 2, 3]), tensor([4, 5, 6])]));
    expect(error?.code).toBe("CT800");
    expect(error?.mismatch).toEqual({
      operand: "argument 1",
      index: [1],
      numerical: expect.closeTo(2, 6),
      analytic: 4,
    });
    expect(error?.message).toMatchInlineSnapshot(
      `"checkGrads: scaled in forward mode, argument 1, index [1]: the derivative of result.y, index [1], is 4, but finite differences give 2. (argument 0: f64[3], argument 1: f64[3])  [CT800]"`,
    );
  });

  it("finds modes that disagree where differences say nothing", () => {
    const jumpy = customJvp(function jumpy(x: Tensor) {
      return p.floor(x);
    });
    jumpy.defjvp(([x]: [Tensor], [t]: [Tensor]) => [p.floor(x), badlyTransposedP.bind({ x: t }, {})]);
    const error = thrown(() => checkGrads(jumpy, [tensor([1, 2])], { order: 1 }));
    expect(error?.code).toBe("CT801");
    expect(error?.mismatch?.analytic).toBeCloseTo(2 * Number(error?.mismatch?.numerical), 9);
    expect(error?.message).toContain("jumpy, argument 0, index [");
    expect(error?.message).toContain("reverse mode gives");
  });

  it("says what is wrong with its arguments", () => {
    const x = tensor([1]);
    expect(() => checkGrads(p.sin, [tensor([1], [1], "int32")])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkGrads: none of the arguments has a floating-point or complex tensor to differentiate with respect to.  [CT804]]`,
    );
    expect(() => checkGrads(p.sin, [x], { order: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkGrads: order must be a positive integer, but it is 0.  [CT003]]`,
    );
    expect(() => checkGrads(p.sin, [x], { modes: ["forward" as never] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkGrads: modes must be a list of "fwd" and "rev", but it is ["forward"].  [CT003]]`,
    );
    expect(() => checkGrads(p.sin, [x], { eps: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkGrads: eps must be a positive number, but it is 0.  [CT003]]`,
    );
    expect(() => checkGrads(p.sin, [x], { rtoll: 1 } as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkGrads: unknown option 'rtoll'. Did you mean 'rtol'? Known options: order, modes, atol, rtol, eps, seed.  [CT001]]`,
    );
  });
});

describe("checkVmap", () => {
  it("passes for operations on all kinds of operands", () => {
    checkVmap((x: Tensor, y: Tensor) => p.reduceSum(p.mul(x, y), [0]), [tensor([1, 2, 3]), tensor([4, 5, 6])]);
    checkVmap(
      ({ i, x }: { i: Tensor; x: Tensor }) => p.dynamicSlice(x, [i], [1]),
      [{ i: tensor([1], [], "int32"), x: tensor([1, 2, 3]) }],
    );
  });

  it("finds a function that looks at its batch", () => {
    let calls = 0;
    const counting = (x: Tensor): Tensor => p.mul(x, ++calls);
    const error = thrown(() => checkVmap(counting, [tensor([1, 2])]));
    expect(error?.code).toBe("CT802");
    expect(error?.message).toContain("counting with batch axes [0], element 0 of the batch: result, index [0]");
  });

  it("finds an empty batch of the wrong shape", () => {
    const error = thrown(() => checkVmap((x: Tensor) => badlyBatchedP.bind({ x }, {}), [tensor([1, 2])]));
    expect(error?.code).toBe("CT802");
    expect(error?.message).toContain("over an empty batch (axes [0]) gives f32[0,7], but it should give shape [0,2]");
  });
});

describe("checkJit", () => {
  it("passes for pure functions", () => {
    checkJit((x: Tensor) => ({ a: p.sin(x), b: [p.exp(x), 3] }), [tensor([1, 2])]);
  });
  it("finds a function that changes from call to call", () => {
    let calls = 0;
    const counting = (x: Tensor): Tensor => p.mul(x, ++calls);
    const error = thrown(() => checkJit(counting, [tensor([1, 2])]));
    expect(error?.message).toMatchInlineSnapshot(
      `"checkJit: the first call of counting compiled: result, index [0]: 2, but it should be 1. (jit against evaluation)  [CT803]"`,
    );
  });
});

describe("compareTrees", () => {
  const message = (got: unknown, want: unknown): string | undefined => compareTrees(got, want)?.message;
  it("tells structures, types and values apart", () => {
    expect(message([1], [1, 2])).toMatchInlineSnapshot(`"the structure is [*], but it should be [*, *]."`);
    expect(message({ a: tensor([1]) }, { a: tensor([1], [1], "float64") })).toMatchInlineSnapshot(
      `"result.a is f32[1], but it should be f64[1]."`,
    );
    expect(message([tensor([1, 2])], [tensor([1, 2.5])])).toMatchInlineSnapshot(
      `"result[0], index [1]: 2, but it should be 2.5."`,
    );
    expect(message(tensor([1, 2, 3, 5], [2], "complex64"), tensor([1, 2, 3, 4], [2], "complex64"))).toContain(
      "index [1]",
    );
  });
  it("allows rounding errors, NaN for NaN, and zeros of either sign", () => {
    expect(message(tensor([1 + 1e-6, Number.NaN, -0]), tensor([1, Number.NaN, 0]))).toBeUndefined();
    expect(message(tensor([Number.POSITIVE_INFINITY]), tensor([Number.NaN]))).toContain("should be NaN");
    expect(message(tensor([Number.POSITIVE_INFINITY]), tensor([Number.POSITIVE_INFINITY]))).toBeUndefined();
  });
  it("compares 64-bit integers exactly", () => {
    const big = (offset: bigint): Tensor => p.add(p.full([], 2n ** 60n, "int64"), p.full([], offset, "int64"));
    expect(message(big(0n), big(1n))).toContain("1152921504606846976, but it should be 1152921504606846977");
  });
});
