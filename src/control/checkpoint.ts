import { ArgumentError } from "../prelude/errors.js";
import { checkOptions, describeType } from "../prelude/options.js";
import { checkFunction, flattenTensors } from "./arguments.js";
import type { CheckpointPolicy } from "./checkpoint-policies.js";
import { checkpointP } from "./checkpoint-primitive.js";
import { traceFunction } from "./initial-style.js";
import type { AnyFunction } from "./types.js";

/** The options of {@link checkpoint}. */
export interface CheckpointOptions {
  /** Which intermediate values to keep, such as `checkpointPolicies.dotsSaveable`. By default none. */
  readonly policy?: CheckpointPolicy | undefined;
  /**
   * Keeps compilers from finding that the backward pass computes something twice, which would undo the checkpoint.
   * Default true; false is right inside scan, where they cannot.
   */
  readonly preventCse?: boolean | undefined;
}

/**
 * `f`, differentiated in reverse mode with less memory: only its inputs, and what the policy names, are kept for the
 * backward pass, which computes the rest again. Values and derivatives are the same (Griewank and Walther,
 * "Evaluating Derivatives", ch. 12). Inside a `scan` body it makes memory grow with the carry, not with the work of an
 * iteration. Loops and branches within `f` are computed again as wholes, whatever the policy.
 *
 * @param f a function of trees of tensors; it may close over tensors
 * @returns a function with the same arguments and results
 * @throws ArgumentError CT001 for an unknown option, CT003 for a policy that is no function
 * @example
 * const layer = checkpoint((w, x) => np.tanh(np.matmul(x, w)), { policy: checkpointPolicies.dotsSaveable });
 */
export function checkpoint<F extends AnyFunction>(f: F, options: CheckpointOptions = {}): F {
  checkOptions("checkpoint", options, ["policy", "preventCse"]);
  checkFunction("checkpoint", "f", f);
  const { policy, preventCse = true } = options;
  if (policy !== undefined && typeof policy !== "function") {
    throw new ArgumentError(
      "CT003",
      `checkpoint: policy must be a function such as checkpointPolicies.dotsSaveable, but it is ${describeType(policy)}.`,
    );
  }
  const call = (...args: unknown[]): unknown => {
    const { leaves, treedef } = flattenTensors(args, "checkpoint: argument ");
    const avals = leaves.map((x) => x.aval);
    const { jaxpr, consts, outTree } = traceFunction(f, treedef, avals, "checkpoint", "f");
    return outTree.unflatten(
      checkpointP.bind([...consts, ...leaves], { jaxpr, differentiated: false, policy, preventCse }),
    );
  };
  Object.defineProperty(call, "name", { value: f.name, configurable: true });
  return call as F;
}
