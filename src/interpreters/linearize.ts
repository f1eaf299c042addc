/** Linearization: a function's results now, and the linear program of their tangents for later. */
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { Tensor, Zero } from "../core/tensor.js";
import { currentTrace, withNewTrace } from "../core/trace.js";
import { dceClosed } from "./dce.js";
import { jvpFlat } from "./jvp.js";
import { PartialEvalTrace } from "./partial-eval.js";

export interface Linearized {
  readonly outs: readonly Tensor[];
  /** Tangents of the inexact inputs in, nonzero tangents of results out; its constants are the residuals. */
  readonly program: ClosedJaxpr;
  readonly nonzeroOut: readonly boolean[];
}

/**
 * Forward mode whose tangents are unknown: partial evaluation leaves exactly the linear part to be done. Of the results
 * only the first `numDiff` (given their number) are differentiated.
 */
export function linearizeFlat(
  f: (...args: Tensor[]) => readonly Tensor[],
  primals: readonly Tensor[],
  description: string,
  numDiff: (total: number) => number = (total) => total,
): Linearized {
  const trace = new PartialEvalTrace(description, currentTrace());
  const tangents = primals.map((x) => {
    const aval = x.aval.tangent();
    return aval.dtype === "float0" ? new Zero(aval) : trace.program.newArg(aval);
  });
  return withNewTrace(trace, () => {
    const dual = jvpFlat(f, primals, tangents, description);
    const wanted = dual.tangents.slice(0, numDiff(dual.outs.length));
    const nonzero = wanted.filter((t): t is Tensor => t instanceof Tensor);
    return {
      outs: dual.outs,
      program: dceClosed(trace.program.finish(nonzero)),
      nonzeroOut: wanted.map((t) => t instanceof Tensor),
    };
  });
}
