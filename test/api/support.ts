/** What the tests of transforms share. */
import "../../src/interpreters/index.js";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "vitest";
import { type ArrayLike, asTensor } from "../../src/core/array-like.js";
import type { DType } from "../../src/core/dtype.js";
import type { Tensor } from "../../src/core/tensor.js";
import { CotangentError } from "../../src/prelude/errors.js";

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

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** The bytes of the heap once garbage is collected and finalizers have run: when it shrinks no more. */
export async function settledHeap(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let unchanged = 0; unchanged < 10; unchanged++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { heapUsed } = process.memoryUsage();
    if (heapUsed < least - (64 << 10)) unchanged = 0;
    least = Math.min(least, heapUsed);
  }
  return least;
}
