/** Makes special functions: promotion as numpy has it, one program each, of real arguments. */
import type { ArrayLike } from "../../core/array-like.js";
import { isComplex } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { jitted } from "../../numpy/jitted.js";
import { promoteArgsInexact } from "../../numpy/promote.js";
import { DTypeError } from "../../prelude/errors.js";
import { add, mul } from "../../primitives/arithmetic.js";
import { fullLike } from "../../primitives/fill.js";

export type Special1 = (x: ArrayLike) => Tensor;
export type Special2 = (x: ArrayLike, y: ArrayLike) => Tensor;

function realOnly(name: string, xs: readonly Tensor[]): readonly Tensor[] {
  const odd = xs.find((x) => isComplex(x.dtype));
  if (odd === undefined) return xs;
  throw new DTypeError(
    "CT105",
    `scipy.special.${name}: an operand is ${odd.dtype}, but it takes only real numbers. Take its real part.`,
  );
}

/** Of one argument; integers become float32. */
export function special1(name: string, f: (x: Tensor) => Tensor): Special1 {
  const call = jitted(name, ([x]) => f(x));
  return (x) => call(realOnly(name, promoteArgsInexact(`scipy.special.${name}`, x)));
}

/** Of two arguments, promoted; they broadcast. */
export function special2(name: string, f: (x: Tensor, y: Tensor) => Tensor): Special2 {
  const call = jitted(name, ([x, y]) => f(x, y));
  return (x, y) => call(realOnly(name, promoteArgsInexact(`scipy.special.${name}`, x, y)));
}

/** The value at x of a polynomial, the highest power's coefficient first. */
export const polynomial = (coefficients: readonly number[], x: Tensor): Tensor =>
  coefficients.slice(1).reduce((y, c) => add(mul(y, x), c), fullLike(x, coefficients[0]));
