/** What functions of matrices share. */
import type { ArrayLike } from "../../core/array-like.js";
import { dtypes, isComplex } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { ShapeError } from "../../prelude/errors.js";
import { promoteInexact } from "../promote.js";

/** A matrix or many, in a float or complex type that decompositions take. */
export function inexactMatrix(fn: string, x: ArrayLike): Tensor {
  const a = promoteInexact(fn, x);
  if (a.ndim < 2) {
    throw new ShapeError(
      "CT107",
      `${fn}: the argument has shape [${a.shape}], but it must be a matrix, or many: [..., m, n].`,
    );
  }
  return a;
}

/** The same, square. */
export function squareMatrix(fn: string, x: ArrayLike): Tensor {
  const a = inexactMatrix(fn, x);
  const [m, n] = a.shape.slice(-2);
  if (m === n) return a;
  throw new ShapeError(
    "CT107",
    `${fn}: the argument has shape [${a.shape}], but its last two dimensions must be equal.`,
  );
}

/** The spacing of numbers at 1 in a type, or in a complex type's parts. */
export const epsilonOf = (x: Tensor): number =>
  isComplex(x.dtype)
    ? dtypes[x.dtype].bytes === 8
      ? 2 ** -23
      : 2 ** -52
    : x.dtype === "float64"
      ? 2 ** -52
      : 2 ** -23;
