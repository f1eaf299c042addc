import type { ShapedArray } from "../core/aval.js";
import { isInexact } from "../core/dtype.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { LinearOperand, type Tensor, Zero } from "../core/tensor.js";
import { backwardPass } from "../interpreters/transposition.js";

/** The cotangents of all inputs, from those of the differentiated results, through a linearized program. */
export function pullback(
  program: ClosedJaxpr,
  inputs: readonly { readonly aval: ShapedArray }[],
  nonzeroOut: readonly boolean[],
  cts: readonly (Tensor | Zero)[],
): (Tensor | Zero)[] {
  const linear = program.inAvals.map((a) => new LinearOperand(a));
  const found = backwardPass(
    program.jaxpr,
    program.consts,
    linear,
    cts.filter((_, i) => nonzeroOut[i]),
  );
  let k = 0;
  return inputs.map((x) => (isInexact(x.aval.dtype) ? (found[k++] as Tensor | Zero) : new Zero(x.aval.tangent())));
}
