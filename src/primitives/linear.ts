/** What the rules of variadic linear operations share: symbolic zeros made real, and jvps that apply the operation again. */
import { LinearOperand, type Tensor, Zero } from "../core/tensor.js";
import { zerosLike } from "./fill.js";

type Tangent = Tensor | Zero;

export const instantiate = (t: Tangent): Tensor => (t instanceof Zero ? zerosLike(t.aval) : t);

/** The zero tangent of a result. */
export const zeroTangent = (x: Tensor): Zero => new Zero(x.aval.tangent());

/** Jointly linear in the operands of `linear`: the operation on their tangents, beside the other operands. */
export function linearJvp(
  primals: readonly Tensor[],
  tangents: readonly Tangent[],
  linear: (i: number) => boolean,
  apply: (xs: readonly Tensor[]) => readonly Tensor[],
): { outs: readonly Tensor[]; tangents: readonly Tangent[] } {
  const outs = apply(primals);
  if (tangents.every((t, i) => t instanceof Zero || !linear(i))) return { outs, tangents: outs.map(zeroTangent) };
  return { outs, tangents: apply(primals.map((x, i) => (linear(i) ? instantiate(tangents[i]) : x))) };
}

/** Zero cotangents give zero cotangents; otherwise the rule gets all of them instantiated. */
export function linearTranspose(
  cts: readonly Tangent[],
  args: readonly (Tensor | LinearOperand)[],
  rule: (cts: readonly Tensor[]) => readonly (Tensor | null)[],
): readonly (Tangent | null)[] {
  if (cts.every((ct) => ct instanceof Zero))
    return args.map((x) => (x instanceof LinearOperand ? new Zero(x.aval) : null));
  return rule(cts.map(instantiate));
}
