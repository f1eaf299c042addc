import type * as fc from "fast-check";
import type { AnyFunction } from "../src/api/types.js";
import { GradientCheckError } from "../src/prelude/errors.js";
import { checkGradsOver, type GradientPropertyOptions } from "./gradient-property.js";

/** The options of {@link itHasCorrectGradients}. */
export interface GradientTestOptions extends GradientPropertyOptions {
  /** After how many milliseconds the test runner gives up; its own default otherwise. */
  readonly timeout?: number;
}

type Register = (name: string, test: () => void, timeout?: number) => unknown;

// Only under vitest: elsewhere it is not needed, and need not be installed.
const vitest = process.env.VITEST ? await import("vitest") : null;

/** The test runner's `it`: vitest's, or what another runner has put into the global scope. */
const register = (): Register | undefined =>
  (vitest?.it ?? (globalThis as { it?: Register }).it) as Register | undefined;

/**
 * Registers a test that the derivatives of `f` are right, in forward and reverse mode and to second order, at 100
 * arguments that an arbitrary makes. A failure is shrunk and names operand, index, both values, the smallest
 * counterexample with its shapes, and the seed and path to reproduce it with.
 *
 * Runs under vitest, and under any runner that has a global `it`.
 *
 * @param f a function of trees of tensors
 * @param argsArbitrary makes lists of arguments: `fc.tuple(arbitraries.tensor(), …)`, or `arbitraries.tensor()` for one
 * @throws GradientCheckError CT805 where there is no test runner; the test throws CT800 or CT801 for a wrong derivative,
 *   CT806 when `f` throws
 * @example
 * itHasCorrectGradients("softplus", (x: Tensor) => np.log1p(np.exp(x)), arbitraries.tensor());
 */
export function itHasCorrectGradients(
  name: string,
  f: AnyFunction,
  argsArbitrary: fc.Arbitrary<unknown>,
  options: GradientTestOptions = {},
): void {
  const { timeout, ...rest } = options;
  const it = register();
  if (!it) {
    throw new GradientCheckError(
      "CT805",
      `itHasCorrectGradients: there is no test runner to register '${name}' with. ` +
        "Run it under vitest, or under a runner with a global it(); elsewhere call checkGrads.",
    );
  }
  it(name, () => checkGradsOver(name, f, argsArbitrary, rest), timeout);
}
