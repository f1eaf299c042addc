/** Numbers beside tensors inside rules: a number takes the other operand's dtype. */
import { literal, type ScalarValue } from "../core/scalars.js";
import { Tensor } from "../core/tensor.js";

export type Operand = Tensor | ScalarValue;

/** A scalar of x's dtype. */
export const scalarLike = (x: Tensor, value: ScalarValue): Tensor => literal(value, x.dtype);

/** Both operands as tensors; at most one may be a number. */
export function pair(x: Operand, y: Operand): { x: Tensor; y: Tensor } {
  if (x instanceof Tensor) return { x, y: y instanceof Tensor ? y : scalarLike(x, y) };
  if (y instanceof Tensor) return { x: scalarLike(y, x), y };
  throw new TypeError("pair: at least one operand must be a tensor");
}
