/** Programs on flat lists of tensors, with their constants and, where they are known, their pullbacks. */
import { exportedCallP, type HloProgram } from "../control/exported-call.js";
import { isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { customVjp } from "./custom-vjp.js";

/** A tensor that is part of a function, under the name that files have for it. */
export interface NamedConstant {
  readonly name: string;
  readonly value: Tensor;
}

export interface FlatProgram {
  /** Its first inputs are the constants. */
  readonly program: HloProgram;
  readonly constants: readonly NamedConstant[];
  /**
   * From the inputs and the cotangents of those results that have any to the cotangents of those inputs that have any;
   * constants have none. Null where it is not known.
   */
  readonly vjp: (() => FlatProgram) | null;
}

const whole = (p: FlatProgram, xs: readonly Tensor[]): readonly Tensor[] =>
  exportedCallP.bind([...p.constants.map((c) => c.value), ...xs], { program: p.program });

/** Applies a program in the current trace. */
export function callProgram(p: FlatProgram, xs: readonly Tensor[]): readonly Tensor[] {
  const { vjp } = p;
  if (vjp === null) return whole(p, xs);
  const { inAvals, outAvals } = p.program;
  const inputs = inAvals.slice(p.constants.length);
  const f = customVjp((...args: Tensor[]) => whole(p, args));
  f.defvjp(
    // Calls f again, so that what is differentiated twice finds the pullback twice.
    (...args) => [f(...args), args],
    (args: readonly Tensor[], cts: readonly Tensor[]) => {
      const given = cts.filter((_, i) => isInexact(outAvals[i].dtype));
      const found = [...callProgram(vjp(), [...args, ...given])];
      return inputs.map((a) => (isInexact(a.dtype) ? (found.shift() as Tensor) : null));
    },
  );
  return f(...xs) as readonly Tensor[];
}
