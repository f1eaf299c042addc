/** What the tests of control flow share. */
import { expect } from "vitest";
import { type ArrayLike, asTensor } from "../../src/core/array-like.js";
import type { Tensor } from "../../src/core/tensor.js";
import { CotangentError } from "../../src/prelude/errors.js";
import { leaves } from "../../src/tree/index.js";
import "../../src/interpreters/index.js";

/** A float32 tensor. */
export const t = (x: ArrayLike): Tensor => asTensor(x, "test", { dtype: "float32" });
export const int = (x: ArrayLike): Tensor => asTensor(x, "test", { dtype: "int32" });

/** Every number of a tree of tensors, in order. */
export const numbers = (tree: unknown): number[] =>
  (leaves(tree) as Tensor[]).flatMap((x) => Array.from(x.dataSync(), Number));

/** The same structure-free numbers, up to rounding of float32. */
export function expectClose(actual: unknown, wanted: unknown, tolerance = 1e-5): void {
  const [a, b] = [numbers(actual), numbers(wanted)];
  expect(a.length).toBe(b.length);
  a.forEach((x, i) => {
    expect(Math.abs(x - b[i]), `element ${i}: ${x} and ${b[i]}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(b[i])),
    );
  });
}

/** The coded error that a call throws. */
export function errorOf(f: () => unknown): CotangentError {
  try {
    f();
  } catch (error) {
    expect(error).toBeInstanceOf(CotangentError);
    return error as CotangentError;
  }
  throw new Error("nothing was thrown");
}
