/** Wrong derivatives, planted: each must be found, located, and shrunk. Right ones at kinks must pass. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkGradsOver, type GradientPropertyOptions } from "../../props/gradient-property.js";
import { arbitraries, GradientCheckError, itHasCorrectGradients } from "../../props/index.js";
import { customJvp, customVjp } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { range } from "../../src/prelude/numbers.js";
import * as p from "../../src/primitives/index.js";

type Unary = (x: Tensor) => Tensor;
type Slope = (x: Tensor, t: Tensor) => Tensor;

/** `f` with a derivative of the test's making. */
function withJvp(name: string, f: Unary, slope: Slope): Unary {
  const custom = customJvp(Object.defineProperty((x: Tensor) => f(x), "name", { value: name }));
  custom.defjvp(([x]: [Tensor], [t]: [Tensor]) => [f(x), slope(x, t)]);
  return custom;
}

interface Failure {
  readonly error: GradientCheckError;
  /** The counterexample's shape. */
  readonly shape: readonly number[];
}

/** What the check says of a function with a wrong derivative. The fixed seed keeps the test from being a gamble. */
function failure(
  f: (...xs: Tensor[]) => unknown,
  args: fc.Arbitrary<unknown>,
  options: GradientPropertyOptions = {},
): Failure {
  try {
    checkGradsOver("planted", f, args, { seed: 20, ...options });
  } catch (error) {
    if (!(error instanceof GradientCheckError)) throw error;
    const shapes = /float32\[([\d,]*)\]/.exec(error.message);
    expect(shapes).not.toBeNull();
    return { error, shape: (shapes?.[1] ?? "").split(",").filter(Boolean).map(Number) };
  }
  throw new Error("the wrong derivative was not found");
}

/** Operand, index, both values, seed, path and counterexample: all that a failure must name. */
function expectComplete({ error, shape }: Failure): void {
  const { mismatch, message } = error;
  expect(mismatch?.operand).toBe("argument 0");
  expect(mismatch?.index).toHaveLength(shape.length);
  expect(mismatch?.index.every((at, d) => at < shape[d])).toBe(true);
  expect(mismatch?.numerical).not.toEqual(mismatch?.analytic);
  expect(message).toContain("argument 0");
  expect(message).toContain(`index [${mismatch?.index}]`);
  expect(message).toContain(String(mismatch?.analytic));
  expect(message).toMatch(/Reproduce with \{ seed: 20, path: "[\d:]+" \}\./);
  expect(message).toContain("np.array(");
}

const cos = (x: Tensor): Tensor => p.cos(x);
const total = (x: Tensor): Tensor => p.reduceSum(x, range(x.ndim));

describe("planted wrong derivatives are found", () => {
  it("a wrong sign", () => {
    const f = withJvp("sine", p.sin, (x, t) => p.neg(p.mul(t, cos(x))));
    const found = failure(f, arbitraries.tensor());
    expectComplete(found);
    expect(found.shape).toEqual([]);
    expect(found.error.mismatch?.numerical).toBeCloseTo(-(found.error.mismatch?.analytic ?? 0), 6);
    expect(found.error.message).toMatchInlineSnapshot(`
      "planted: sine in forward mode, argument 0, index []: the derivative of result is -1, but finite differences give 1. (argument 0: f64[])
      Smallest counterexample, after 1 shrinks of run 1 of 100: np.array(0, { dtype: "float32" }) (argument 0: float32[])
      Reproduce with { seed: 20, path: "0:0" }.  [CT800]"
    `);
  });

  it("a wrong factor", () => {
    const f = withJvp(
      "cube",
      (x) => p.integerPow(x, 3),
      (x, t) => p.mul(t, p.mul(2, p.square(x))),
    );
    const found = failure(f, arbitraries.tensor());
    expectComplete(found);
    expect(found.shape).toEqual([]);
    // At the simplest point where the factor shows: 3x² against 2x² at 1.
    expect(found.error.mismatch?.numerical).toBeCloseTo(3, 6);
    expect(found.error.mismatch?.analytic).toBeCloseTo(2, 9);
  });

  it("a missing term", () => {
    const f = withJvp(
      "product",
      (x) => p.mul(x, p.sin(x)),
      (x, t) => p.mul(t, p.sin(x)),
    );
    const found = failure(f, arbitraries.tensor());
    expectComplete(found);
    expect(found.shape).toEqual([]);
  });

  it("a missing term of the second of two operands", () => {
    const f = customJvp(function times(x: Tensor, y: Tensor) {
      return p.mul(x, y);
    });
    f.defjvp(([x, y]: Tensor[], [t]: Tensor[]) => [p.mul(x, y), p.mul(t, y)]);
    const pair = fc.tuple(arbitraries.tensor({ shape: [2] }), arbitraries.tensor({ shape: [2] }));
    const { error } = failure(f, pair);
    expect(error.mismatch?.operand).toBe("argument 1");
    expect(error.mismatch?.analytic).toBe(0);
    expect(error.message).toContain("argument 0: float32[2], argument 1: float32[2]");
  });

  it("wrong at ties only: a maximum that gives 1 to both", () => {
    const f = customJvp(function larger(x: Tensor, y: Tensor) {
      return p.max(x, y);
    });
    f.defjvp(([x, y]: Tensor[], [t, u]: Tensor[]) => {
      const zero = p.zerosLike(x);
      return [p.max(x, y), p.add(p.select(p.ge(x, y), t, zero), p.select(p.ge(y, x), u, zero))];
    });
    const pair = arbitraries.tensors({ shapes: arbitraries.shape().map((s) => [s, s]) });
    const found = failure(f, pair);
    expectComplete(found);
    expect(found.shape).toEqual([]);
    expect(found.error.message).toContain("[np.array(0,");
  });

  it("wrong at ties only: a maximum along an axis", () => {
    const f = withJvp(
      "maximum",
      (x) => p.reduceMax(x, [0]),
      (x, t) => {
        const top = p.broadcastInDim(p.reduceMax(x, [0]), x.shape, range(1, x.ndim));
        return p.reduceSum(p.select(p.eq(x, top), t, p.zerosLike(t)), [0]);
      },
    );
    const found = failure(f, arbitraries.tensor({ shape: arbitraries.shape({ minRank: 1 }) }));
    expectComplete(found);
    expect(found.shape).toEqual([2]);
  });

  it("wrong for sizes above 8 only", () => {
    const f = withJvp("big", p.sin, (x, t) => (x.size > 8 ? t : p.mul(t, cos(x))));
    const found = failure(f, arbitraries.tensor({ shape: arbitraries.shape({ minRank: 1, maxRank: 1 }) }));
    expectComplete(found);
    expect(found.shape).toEqual([9]);
  });

  it("wrong for sizes above 8 only, whatever the rank", () => {
    const f = withJvp("big", p.sin, (x, t) => (x.size > 8 ? t : p.mul(t, cos(x))));
    const found = failure(f, arbitraries.tensor());
    expectComplete(found);
    expect(found.shape.reduce((n, d) => n * d, 1)).toBeLessThanOrEqual(10);
  });

  it("wrong in one element", () => {
    const spoil = (x: Tensor, t: Tensor): Tensor => {
      const places = p.reshape(p.iota("int32", [x.size], 0), x.shape);
      return p.select(p.eq(places, 2), p.mul(t, 1.5), t);
    };
    const f = withJvp("sine", p.sin, (x, t) => p.mul(spoil(x, t), cos(x)));
    const found = failure(f, arbitraries.tensor({ shape: arbitraries.shape({ minRank: 1, maxRank: 1 }) }));
    expectComplete(found);
    expect(found.shape).toEqual([3]);
    expect(found.error.mismatch?.index).toEqual([2]);
  });

  it("a second derivative only", () => {
    const slope = withJvp("slope", cos, (x, t) => p.mul(t, p.sin(x)));
    const f = withJvp("sine", p.sin, (x, t) => p.mul(t, slope(x)));
    const found = failure(f, arbitraries.tensor());
    expectComplete(found);
    expect(found.shape).toEqual([]);
    expect(found.error.message).toContain("the forward derivative of sine in forward mode");
    expect(() => checkGradsOver("first order", f, arbitraries.tensor(), { order: 1 })).not.toThrow();
  });

  it("reverse mode only", () => {
    const f = customVjp(function sine(x: Tensor) {
      return p.sin(x);
    });
    f.defvjp(
      (x) => [p.sin(x), x],
      (x: Tensor, ct: Tensor) => [p.mul(ct, p.mul(2, cos(x)))],
    );
    const found = failure((x) => f(x), arbitraries.tensor(), { modes: ["rev"] });
    expectComplete(found);
    expect(found.error.message).toContain("in reverse mode");
    expect(found.error.mismatch?.analytic).toBeCloseTo(2 * Number(found.error.mismatch?.numerical), 5);
  });

  it("reverse mode only, behind other operations and in one operand of a tree", () => {
    const scale = customVjp(function scale(x: Tensor, by: Tensor) {
      return p.mul(x, by);
    });
    scale.defvjp(
      (x, by) => [p.mul(x, by), [x, by]],
      ([x, by]: [Tensor, Tensor], ct: Tensor) => [p.mul(ct, by), p.add(p.mul(ct, x), ct)],
    );
    const f = ({ w, b }: { w: Tensor; b: Tensor }): Tensor => total(p.tanh(scale(w, b)));
    const tensors = { w: arbitraries.tensor({ shape: [2] }), b: arbitraries.tensor({ shape: [2] }) };
    const { error } = failure(f as never, fc.tuple(fc.record(tensors)), { modes: ["rev"] });
    expect(error.mismatch?.operand).toBe("argument 0.b");
  });

  it("a complex derivative conjugated by mistake", () => {
    const f = withJvp("square", p.square, (x, t) => p.mul(t, p.mul(2, p.conj(x))));
    expect(() => checkGradsOver("complex", f, arbitraries.tensor({ dtype: "complex64" }), { seed: 1 })).toThrow(
      GradientCheckError,
    );
  });

  it("a slope of 2 at the kink of relu", () => {
    const f = withJvp(
      "relu",
      (x) => p.max(x, 0),
      (x, t) => {
        const zero = p.zerosLike(t);
        return p.select(p.gt(x, 0), t, p.select(p.eq(x, 0), p.mul(t, 2), zero));
      },
    );
    const found = failure(f, arbitraries.tensor());
    expectComplete(found);
    expect(found.error.mismatch?.numerical).toEqual([expect.closeTo(0, 9), expect.closeTo(1, 9)]);
    expect(found.error.mismatch?.analytic).toBe(2);
  });

  it("is found again by the seed and path of the report", () => {
    const f = withJvp("big", p.sin, (x, t) => (x.size > 8 ? t : p.mul(t, cos(x))));
    const { error } = failure(f, arbitraries.tensor());
    const [, path] = /path: "([\d:]+)"/.exec(error.message) ?? [];
    const again = failure(f, arbitraries.tensor(), { path });
    expect(again.error.mismatch).toEqual(error.mismatch);
  });
});

describe("a function that throws", () => {
  it("is reported with its counterexample", () => {
    const f = (x: Tensor): Tensor => {
      if (x.ndim === 2) throw new RangeError("no matrices");
      return p.sin(x);
    };
    const { error, shape } = failure(f, arbitraries.tensor());
    expect(error.code).toBe("CT806");
    expect(error.message).toContain("planted: no matrices");
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(shape).toEqual([1, 1]);
  });
  it("has nothing to differentiate", () => {
    const ints = arbitraries.tensor({ dtype: "int32" });
    expect(() => checkGradsOver("ints", (x: Tensor) => p.neg(x), ints)).toThrow(/CT804/);
  });
  it("is given something that is no list of arguments", () => {
    expect(() => checkGradsOver("numbers", p.sin, fc.integer())).toThrow(/Wrap it: fc.tuple/);
  });
});

describe("right derivatives at kinks and ties pass", () => {
  const ranked = arbitraries.tensor({ shape: arbitraries.shape({ minRank: 1 }) });
  const pair = arbitraries.tensors({ shapes: arbitraries.shape().map((s) => [s, s]) });
  itHasCorrectGradients("relu", (x: Tensor) => p.max(x, 0), arbitraries.tensor());
  itHasCorrectGradients("abs", p.abs, arbitraries.tensor());
  itHasCorrectGradients("max of two", (x: Tensor, y: Tensor) => p.max(x, y), pair);
  itHasCorrectGradients("min of two, summed", (x: Tensor, y: Tensor) => total(p.min(x, y)), pair);
  itHasCorrectGradients("max along an axis", (x: Tensor) => p.reduceMax(x, [0]), ranked);
  itHasCorrectGradients("sort", (x: Tensor) => p.sort([x], 0)[0], ranked);
  itHasCorrectGradients("cumulative max", (x: Tensor) => p.cummax(x, 0), ranked, { numRuns: 40 });
  itHasCorrectGradients("clamp", (x: Tensor) => p.clamp(-1, x, 1), arbitraries.tensor());
  itHasCorrectGradients("floor, which jumps", p.floor, arbitraries.tensor());
  itHasCorrectGradients("sqrt, infinitely steep at 0", p.sqrt, arbitraries.tensor({ min: 0 }));
});

describe("right derivatives pass", () => {
  itHasCorrectGradients("softplus", (x: Tensor) => p.log1p(p.exp(x)), arbitraries.tensor());
  itHasCorrectGradients("log, near its pole", (x: Tensor) => p.log(x), fc.tuple(arbitraries.tensor({ min: 0.01 })));
  itHasCorrectGradients(
    "a complex product",
    (x: Tensor) => p.mul(x, p.exp(x)),
    arbitraries.tensor({ dtype: "complex64" }),
  );
  itHasCorrectGradients(
    "every leaf of a tree",
    (leaves: Tensor[]) => leaves.map((x) => p.sin(x)),
    fc.tuple(fc.array(arbitraries.tensor(), { minLength: 1, maxLength: 3 })),
  );
  itHasCorrectGradients(
    "a random program",
    (x: Tensor, y: Tensor) => p.mul(p.tanh(x), p.reduceSum(p.square(y), range(y.ndim))),
    fc.tuple(arbitraries.tensor(), arbitraries.tensor()),
    { numRuns: 30 },
  );
});
