/** Gradient checks over an arbitrary's arguments. */
import * as fc from "fast-check";
import type { AnyFunction } from "../src/api/types.js";
import { Tensor } from "../src/core/tensor.js";
import { ArgumentError, GradientCheckError } from "../src/prelude/errors.js";
import { checkOptions, describeType } from "../src/prelude/options.js";
import { type CheckGradsOptions, optionNames, planOf, widened } from "./check-grads.js";
import { findProblem } from "./gradient-check.js";
import { argumentName, isDifferentiable, leavesOf } from "./leaves.js";

/** The options of {@link itHasCorrectGradients}: those of checkGrads, and how to look for a counterexample. */
export interface GradientPropertyOptions extends Omit<CheckGradsOptions, "seed"> {
  /** How many arguments to try; 100 by default. */
  readonly numRuns?: number;
  /** fast-check's seed, as a failure reports it. */
  readonly seed?: number;
  /** fast-check's path to a counterexample, as a failure reports it. */
  readonly path?: string;
}

export const propertyOptionNames: readonly string[] = [...optionNames, "numRuns", "path"];

/** Thrown while looking for a counterexample, where a description would be thrown away. */
class Found extends Error {}

/**
 * Checks the derivatives of `f` at arguments that an arbitrary makes, and shrinks the first that fail.
 *
 * @param argsArbitrary makes lists of arguments (or the one argument, a tensor)
 * @throws GradientCheckError as checkGrads does, for the smallest counterexample found: the message also has that
 *   counterexample, its shapes, and the seed and path that lead fast-check to it
 */
export function checkGradsOver(
  name: string,
  f: AnyFunction,
  argsArbitrary: fc.Arbitrary<unknown>,
  options: GradientPropertyOptions = {},
): void {
  checkOptions(name, options, propertyOptionNames);
  const { numRuns = 100, seed, path, ...rest } = options;
  const plan = planOf(name, rest);
  const property = fc.property(argsArbitrary, (value) => {
    const args = argumentsOf(name, value);
    // Trees may happen to have no leaf to differentiate with respect to.
    fc.pre(leavesOf(args).leaves.some((l) => isDifferentiable(l.tensor)));
    if (findProblem(f, widened(name, args), plan, false)) throw new Found();
  });
  const search = { numRuns, ...(seed !== undefined && { seed }), ...(path !== undefined && { path }) };
  const details = fc.check(property, search);
  if (!details.failed) return;
  const { counterexample, numShrinks, errorInstance } = details;
  if (counterexample === null) {
    throw new ArgumentError(
      "CT804",
      `${name}: hardly any of the arguments made has a floating-point or complex tensor to differentiate with respect to.`,
    );
  }
  const args = argumentsOf(name, counterexample[0]);
  const story =
    `\nSmallest counterexample, after ${numShrinks} shrinks of run ${details.numRuns} of ${numRuns}: ` +
    `${fc.stringify(counterexample[0])} (${types(args)})` +
    `\nReproduce with { seed: ${details.seed}, path: ${JSON.stringify(details.counterexamplePath)} }.`;
  if (!(errorInstance instanceof Found)) {
    const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    throw new GradientCheckError("CT806", `${name}: ${message}${story}`, null, { cause: errorInstance });
  }
  const problem = findProblem(f, widened(name, args), plan, true);
  if (!problem) {
    throw new GradientCheckError(
      "CT806",
      `${name}: the derivatives were wrong at first, and then right: the function gives different results each time.${story}`,
    );
  }
  throw new GradientCheckError(problem.code, `${name}: ${problem.message}${story}`, problem.mismatch);
}

function argumentsOf(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Tensor) return [value];
  throw new ArgumentError(
    "CT003",
    `${name}: the arbitrary must make lists of arguments, but it made ${describeType(value)}. Wrap it: fc.tuple(arbitrary).`,
  );
}

const types = (args: readonly unknown[]): string =>
  leavesOf(args)
    .leaves.map((l) => `${argumentName(l.path)}: ${l.tensor.dtype}[${l.tensor.shape}]`)
    .join(", ");
