/** What the decompositions share: matrices are the last two dimensions, the ones before them are batches. */

import { realPart } from "../../xla-like/index.js";
import type { Shaped, ShapedArray } from "../core/aval.js";
import { type DType, isComplex } from "../core/dtype.js";
import type { OutAval } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { add } from "./arithmetic.js";
import type { Result } from "./checks.js";
import { eq, ge } from "./comparison.js";
import { conj } from "./complex.js";
import { convert } from "./convert.js";
import { zerosLike } from "./fill.js";
import { iota } from "./iota.js";
import { matmul } from "./matmul.js";
import { reduceSum } from "./reductions.js";
import { select } from "./select.js";
import { broadcastInDim, moveToFront, transpose } from "./shape.js";
import { slice } from "./slicing.js";

const takes: readonly DType[] = ["float32", "float64", "complex64", "complex128"];

/** Checks that x is a matrix, or many, of a type that decompositions are made for. */
export function checkMatrix(name: string, operand: string, x: ShapedArray, square = false): Result<null> {
  if (!takes.includes(x.dtype)) {
    return Either.left(
      new DTypeError(
        "CT105",
        `${name}: operand '${operand}' is ${x.dtype}, but it takes only ${takes.join(", ")}. Convert it with astype.`,
      ),
    );
  }
  const [m, n] = x.shape.slice(-2);
  if (x.ndim < 2 || (square && m !== n)) {
    return Either.left(
      new ShapeError(
        "CT107",
        `${name}: operand '${operand}' has shape [${x.shape}], but it must be ${square ? "a square matrix" : "a matrix"} ` +
          "in its last two dimensions.",
      ),
    );
  }
  return Either.right(null);
}

/** Results of a decomposition of x: their shapes behind the batch dimensions, and dtypes (x's if left out). */
export const factors = (
  x: Shaped,
  outs: readonly { readonly shape: readonly number[]; readonly dtype?: DType }[],
): { readonly avals: readonly OutAval[] } => ({
  avals: outs.map((o) => ({
    shape: [...x.shape.slice(0, -2), ...o.shape],
    dtype: o.dtype ?? x.dtype,
    weakType: false,
  })),
});

export const realOf = (dtype: DType): DType => (isComplex(dtype) ? realPart(dtype) : dtype);

/** Batching for operations over leading dimensions: the batch becomes the first of them. */
export const overLeading =
  <P>(bind: (x: Tensor, params: P) => readonly Tensor[]) =>
  ([x]: readonly Tensor[], [dim]: readonly (number | null)[], params: P) => {
    const outs = bind(moveToFront(x, dim as number), params);
    return { outs, dims: outs.map(() => 0) };
  };

/** The last two dimensions exchanged. */
export const mT = (x: Tensor): Tensor => transpose(x, [...range(x.ndim - 2), x.ndim - 1, x.ndim - 2]);
/** The same, conjugated. */
export const adjoint = (x: Tensor): Tensor => mT(isComplex(x.dtype) ? conj(x) : x);

/** Matrix products as exact as the device makes them. */
export const mm = (x: Tensor, y: Tensor): Tensor => matmul(x, y, { precision: "highest" });

/** Where the column is at most k to the right of the row, in matrices of the given sizes. */
const below = (shape: readonly number[], k: number): Tensor =>
  ge(add(iota("int32", shape, 0), k), iota("int32", shape, 1));

const masked = (x: Tensor, keep: boolean, k: number): Tensor => {
  const mask = broadcastInDim(below(x.shape.slice(-2), k), x.shape, [x.ndim - 2, x.ndim - 1]);
  return keep ? select(mask, x, zerosLike(x)) : select(mask, zerosLike(x), x);
};
/** x with zeros above the k-th diagonal. */
export const lowerTriangle = (x: Tensor, k = 0): Tensor => masked(x, true, k);
/** x with zeros below the k-th diagonal. */
export const upperTriangle = (x: Tensor, k = 0): Tensor => masked(x, false, k - 1);

const onDiagonal = (m: number, n: number): Tensor => eq(iota("int32", [m, n], 0), iota("int32", [m, n], 1));
/** The identity matrix. */
export const eye = (n: number, dtype: DType): Tensor => convert(onDiagonal(n, n), dtype);

/** The elements on the diagonal of matrices. */
export function diagonalOf(x: Tensor): Tensor {
  const [m, n] = x.shape.slice(-2);
  const mask = broadcastInDim(onDiagonal(m, n), x.shape, [x.ndim - 2, x.ndim - 1]);
  const all = reduceSum(select(mask, x, zerosLike(x)), [x.ndim - 2]);
  const shape = [...x.shape.slice(0, -2), Math.min(m, n)];
  return m >= n
    ? all
    : slice(
        all,
        shape.map(() => 0),
        shape,
      );
}

/** Rows and columns `[start, stop)` of matrices. */
export function block(x: Tensor, rows: readonly [number, number], columns: readonly [number, number]): Tensor {
  const lead = x.shape.slice(0, -2);
  return slice(x, [...lead.map(() => 0), rows[0], columns[0]], [...lead, rows[1], columns[1]]);
}

/** v[..., i] as a column, and as a row, of matrices. */
export const asColumn = (v: Tensor): Tensor => broadcastInDim(v, [...v.shape, 1], range(v.ndim));
export const asRow = (v: Tensor): Tensor =>
  broadcastInDim(v, [...v.shape.slice(0, -1), 1, ...v.shape.slice(-1)], [...range(v.ndim - 1), v.ndim]);
