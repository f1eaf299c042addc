import { jit } from "../src/api/index.js";
import type { AnyFunction } from "../src/api/types.js";
import { GradientCheckError } from "../src/prelude/errors.js";
import { checkOptions } from "../src/prelude/options.js";
import { compareTrees } from "./compare.js";

/** The options of {@link checkJit}. */
export interface CheckJitOptions {
  /** The absolute error allowed; by default a few units in the last place of numbers near 1. */
  readonly atol?: number;
  /** The relative error allowed; by default a few units in the last place. */
  readonly rtol?: number;
}

/**
 * Checks that `f` compiled gives what `f` gives evaluated operation by operation, and gives it again when called again.
 *
 * @param args the arguments of `f`, as a list
 * @throws GradientCheckError CT803 naming the result, index and both values
 * @example
 * checkJit((x: Tensor) => np.tanh(x).sum(), [np.ones([3])]);
 */
export function checkJit(f: AnyFunction, args: readonly unknown[], options: CheckJitOptions = {}): void {
  checkOptions("checkJit", options, ["atol", "rtol"]);
  const want = f(...args);
  const compiled = jit(f);
  for (const call of ["first", "second"]) {
    const found = compareTrees(compiled(...(args as never[])), want, options);
    if (found === null) continue;
    throw new GradientCheckError(
      "CT803",
      `checkJit: the ${call} call of ${f.name || "the function"} compiled: ${found.message} (jit against evaluation)`,
      found.mismatch,
    );
  }
}
