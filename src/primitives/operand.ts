/** Numbers beside tensors inside rules: a number takes the other operand's dtype. */
import { literal, type ScalarValue } from "../core/scalars.js";
import { Tensor } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";

export type Operand = Tensor | ScalarValue;

/** A scalar of x's dtype, and as weak as x, so that it does not make a weak result strong. */
export const scalarLike = (x: Tensor, value: ScalarValue): Tensor => literal(value, x.dtype, x.weakType);

/** Both operands as tensors; at most one may be a number. */
export function pair(x: Operand, y: Operand): { x: Tensor; y: Tensor } {
  if (x instanceof Tensor) return { x, y: y instanceof Tensor ? y : scalarLike(x, y) };
  if (y instanceof Tensor) return { x: scalarLike(y, x), y };
  throw new TypeError("pair: at least one operand must be a tensor");
}

/** The rule of an operand whose derivative has no formula. */
export function noDerivative(name: string, operand: string): never {
  throw new TransformError(
    "CT331",
    `${name}: no derivative with respect to operand '${operand}' is known. ` +
      "Use stopGradient on it if it is a constant, or give the function a rule of its own with customJvp.",
  );
}
