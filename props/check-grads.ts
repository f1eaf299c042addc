import type { AnyFunction } from "../src/api/types.js";
import { ArgumentError, GradientCheckError } from "../src/prelude/errors.js";
import { checkOptions } from "../src/prelude/options.js";
import { findProblem, type Mode, type Plan } from "./gradient-check.js";
import { floating, isDifferentiable, leavesOf, widen } from "./leaves.js";

export type { Mode };

/** The options of {@link checkGrads}. */
export interface CheckGradsOptions {
  /** How often the function is differentiated: 2, the default, checks the derivative of the derivative too. */
  readonly order?: number;
  /** Forward mode, reverse mode or, by default, both. A customVjp has reverse mode only. */
  readonly modes?: readonly Mode[];
  /** The absolute error allowed; 1e-6 by default. */
  readonly atol?: number;
  /** The error allowed relative to the derivative; 1e-5 by default. */
  readonly rtol?: number;
  /** The largest step of the differences; 2⁻⁸ by default. Kinks and poles nearby are stepped around. */
  readonly eps?: number;
  /** Chooses the directions. */
  readonly seed?: number;
}

export const optionNames: readonly string[] = ["order", "modes", "atol", "rtol", "eps", "seed"];

/** Options as a plan, with what is left out filled in. */
export function planOf(where: string, options: CheckGradsOptions): Plan {
  const { order = 2, modes = ["fwd", "rev"], atol = 1e-6, rtol = 1e-5, eps = 2 ** -8, seed = 0 } = options;
  const wrong = (what: string) => new ArgumentError("CT003", `${where}: ${what}.`);
  if (!Number.isInteger(order) || order < 1) throw wrong(`order must be a positive integer, but it is ${order}`);
  if (!Array.isArray(modes) || modes.length === 0 || !modes.every((m) => m === "fwd" || m === "rev")) {
    throw wrong(`modes must be a list of "fwd" and "rev", but it is ${JSON.stringify(modes)}`);
  }
  for (const [name, value] of Object.entries({ atol, rtol, eps })) {
    if (!(value >= 0) || (name === "eps" && value === 0)) {
      throw wrong(`${name} must be a ${name === "eps" ? "positive" : "non-negative"} number, but it is ${value}`);
    }
  }
  return { order, modes: [...new Set(modes)], atol, rtol, eps, seed };
}

/** The arguments with floating-point tensors in double precision, where differences mean something. */
export function widened(where: string, args: readonly unknown[]): unknown[] {
  const { leaves, treedef } = leavesOf(args);
  const tensors = leaves.map((l) => floating(l.tensor));
  if (!tensors.some(isDifferentiable)) {
    throw new ArgumentError(
      "CT804",
      `${where}: none of the arguments has a floating-point or complex tensor to differentiate with respect to.`,
    );
  }
  return treedef.unflatten(tensors.map(widen)) as unknown[];
}

/**
 * Checks the derivatives of `f` at `args` against finite differences, in double precision, and forward against reverse
 * mode.
 *
 * At kinks any value between the one-sided derivatives will do, and ties are checked along directions that keep them
 * too, where a wrong rule cannot hide. Where a result jumps there is no derivative to compare with, only one mode with
 * the other.
 *
 * @param f any function of trees of tensors; it is called with float64 in place of other float dtypes
 * @param args the arguments of `f`, as a list
 * @throws GradientCheckError CT800 when a derivative differs from differences, CT801 when modes differ; its `mismatch`
 *   gives operand, index, numerical and analytic value
 * @throws ArgumentError CT804 when there is nothing to differentiate with respect to
 * @example
 * checkGrads((x: Tensor) => np.sin(x).mul(x), [np.array([0.5, 2])]);
 */
export function checkGrads(f: AnyFunction, args: readonly unknown[], options: CheckGradsOptions = {}): void {
  checkOptions("checkGrads", options, optionNames);
  const plan = planOf("checkGrads", options);
  const problem = findProblem(f, widened("checkGrads", args), plan, true);
  if (problem) throw new GradientCheckError(problem.code, `checkGrads: ${problem.message}`, problem.mismatch);
}
