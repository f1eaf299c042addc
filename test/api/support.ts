/** What the tests of transforms share. */
import "../../src/interpreters/index.js";
import { asTensor, type ArrayLike } from "../../src/core/array-like.js";
import type { DType } from "../../src/core/dtype.js";
import type { Tensor } from "../../src/core/tensor.js";
import { CotangentError } from "../../src/prelude/errors.js";
import { expect } from "vitest";

export const t = (value: ArrayLike, dtype?: DType): Tensor => asTensor(value, "test", { dtype });

/** The class and code that a call throws, with its message. */
export function thrownBy(f: () => unknown): { name: string; code: string; message: string } {
  try {
    f();
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    return { name: error.name, code: error.code, message: error.message };
  }
  return expect.fail("nothing was thrown");
}

export { real as convertReal } from "../../src/primitives/complex.js";
