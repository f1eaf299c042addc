/** Makes numpy's elementwise functions out of operations on tensors: arguments of any kind, promoted. */
import type { ArrayLike } from "../core/array-like.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { currentTrace } from "../core/trace.js";
import { ne } from "../primitives/comparison.js";
import { zerosLike } from "../primitives/fill.js";
import { promoteArgs, promoteArgsInexact, promoteArgsNumeric, promoteInexact, toTensor } from "./promote.js";

export type Unary = (x: ArrayLike) => Tensor;
export type Binary = (x: ArrayLike, y: ArrayLike) => Tensor;

/** A function under the name that messages and jaxprs give it. */
const called = <F extends object>(name: string, f: F): F => Object.defineProperty(f, "name", { value: name });

/** Of one operand, in its own dtype. */
export const unary = (name: string, f: (x: Tensor) => Tensor): Unary => called(name, (x) => f(toTensor(name, x)));

/** Of one operand; integers and booleans are made float32 first. */
export const unaryInexact = (name: string, f: (x: Tensor) => Tensor): Unary =>
  called(name, (x) => f(promoteInexact(name, x)));

/** Of two operands, in the dtype they promote to. */
export const binary = (name: string, f: (x: Tensor, y: Tensor) => Tensor): Binary =>
  called(name, (x, y) => {
    const [a, b] = promoteArgs(name, x, y);
    return f(a, b);
  });

/** Of two operands, in the inexact dtype they promote to. */
export const binaryInexact = (name: string, f: (x: Tensor, y: Tensor) => Tensor): Binary =>
  called(name, (x, y) => {
    const [a, b] = promoteArgsInexact(name, x, y);
    return f(a, b);
  });

/** Of two operands, in the number type they promote to: booleans count as int32. */
export const binaryNumeric = (name: string, f: (x: Tensor, y: Tensor) => Tensor): Binary =>
  called(name, (x, y) => {
    const [a, b] = promoteArgsNumeric(name, x, y);
    return f(a, b);
  });

/** A function of tensors with a derivative of its own: `jvp` gives the tangent, tangents of zero written out. */
export function withJvp(
  name: string,
  f: (...xs: Tensor[]) => Tensor,
  jvp: (primals: readonly Tensor[], tangents: readonly Tensor[], out: Tensor) => Tensor,
): (...xs: Tensor[]) => Tensor {
  const made: (...xs: Tensor[]) => Tensor = (...xs) =>
    currentTrace().bindCustomJvp(
      {
        name,
        fun: (...ys) => [f(...ys)],
        jvp(primals, tangents) {
          const out = made(...primals);
          const ts = tangents.map((t) => (t instanceof Zero ? zerosLike(t.aval) : t));
          return { outs: [out], tangents: [jvp(primals, ts, out)] };
        },
      },
      xs,
    )[0];
  return made;
}

/** Whether each element is not zero. */
export const truth = (x: Tensor): Tensor => (x.dtype === "bool" ? x : ne(x, 0));
