/** Norms of vectors and matrices, and what is told from singular values. */
import type { ArrayLike } from "../../core/array-like.js";
import { isComplex } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError, ShapeError } from "../../prelude/errors.js";
import { normalizeAxes, range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import type { Axis } from "../arguments.js";
import { power } from "../exponential.js";
import { jitted } from "../jitted.js";
import { isnan } from "../predicates.js";
import { promoteInexact, toTensor } from "../promote.js";
import { any, max, min, sum } from "../reductions.js";
import { expandDims, moveaxis } from "../shapes.js";
import { takeIndex } from "../take-index.js";
import { select3 } from "../where.js";
import { svd, svdvals } from "./decompositions.js";
import { epsilonOf, inexactMatrix } from "./matrices.js";
import { inv } from "./solving.js";

/** The order of a norm: a number p of vectors, ±1, ±2 or ±∞ of matrices, `"fro"` (Frobenius) or `"nuc"` (nuclear). */
export type NormOrder = number | "fro" | "f" | "nuc" | null;

export interface NormOptions {
  readonly ord?: NormOrder;
  /** One axis for norms of vectors, two for norms of matrices; null for all. */
  readonly axis?: Axis;
  readonly keepdims?: boolean;
}

/** |x|², real. */
const squares = (x: Tensor): Tensor => (isComplex(x.dtype) ? p.real(p.mul(x, p.conj(x))) : p.mul(x, x));
const euclidean = (x: Tensor, axes: readonly number[], keepdims: boolean): Tensor =>
  p.sqrt(sum(squares(x), axes, { keepdims }));

const wrongOrder = (fn: string, ord: NormOrder, what: string): ArgumentError =>
  new ArgumentError("CT003", `${fn}: there is no norm of ${what} of order ${JSON.stringify(ord)}.`);

function ofVectors(fn: string, x: Tensor, ord: NormOrder, axes: readonly number[], keepdims: boolean): Tensor {
  if (ord === null || ord === 2) return euclidean(x, axes, keepdims);
  if (typeof ord !== "number" || Number.isNaN(ord)) throw wrongOrder(fn, ord, "vectors");
  const sizes = p.abs(x);
  if (ord === Number.POSITIVE_INFINITY) return max(sizes, axes, { keepdims, initial: 0 });
  if (ord === Number.NEGATIVE_INFINITY) return min(sizes, axes, { keepdims });
  if (ord === 0) return sum(p.ne(x, 0), axes, { keepdims, dtype: sizes.dtype });
  if (ord === 1) return sum(sizes, axes, { keepdims });
  return power(sum(power(sizes, p.scalarLike(sizes, ord)), axes, { keepdims }), p.scalarLike(sizes, 1 / ord));
}

function ofMatrices(fn: string, x: Tensor, ord: NormOrder, axes: readonly [number, number], keepdims: boolean): Tensor {
  if (ord === null || ord === "fro" || ord === "f") return euclidean(x, axes, keepdims);
  const [row, column] = axes;
  const isInfinite = ord === Number.POSITIVE_INFINITY || ord === Number.NEGATIVE_INFINITY;
  if (ord === 1 || ord === -1 || isInfinite) {
    const [summed, kept] = isInfinite ? [column, row] : [row, column];
    const sums = sum(p.abs(x), summed, { keepdims: true });
    const found = ord > 0 ? max(sums, kept, { keepdims: true, initial: 0 }) : min(sums, kept, { keepdims: true });
    return keepdims
      ? found
      : p.squeeze(
          found,
          [...axes].sort((a, b) => a - b),
        );
  }
  if (ord !== 2 && ord !== -2 && ord !== "nuc") throw wrongOrder(fn, ord, "matrices");
  const s = svd(moveaxis(x, axes, [-2, -1]), { computeUv: false });
  const found = ord === "nuc" ? sum(s, -1) : ord === 2 ? max(s, -1, { initial: 0 }) : min(s, -1);
  return keepdims ? expandDims(found, axes) : found;
}

const normCall = jitted("norm", ([x], ord: NormOrder, axes: readonly number[], keepdims: boolean) => {
  if (axes.length === 1) return ofVectors("linalg.norm", x, ord, axes, keepdims);
  if (axes.length === 2) return ofMatrices("linalg.norm", x, ord, [axes[0], axes[1]], keepdims);
  if (ord === null) return euclidean(x, axes, keepdims);
  throw new ShapeError(
    "CT107",
    `linalg.norm: ${axes.length} axes are neither a vector's nor a matrix'. Give one or two as axis.`,
  );
});

/**
 * The norm of a vector (`axis` one axis, or x of one dimension) or a matrix (two): the 2-norm of vectors and the Frobenius
 * norm of matrices unless `ord` says otherwise.
 * @throws ArgumentError CT003 for an order that does not exist
 * @example np.linalg.norm([3, 4]).item(); // 5
 */
export function norm(x: ArrayLike, options: NormOptions = {}): Tensor {
  checkOptions("linalg.norm", options, ["ord", "axis", "keepdims"]);
  const { ord = null, axis = null, keepdims = false } = options;
  const a = promoteInexact("linalg.norm", x);
  return normCall([a], ord, axis === null ? range(a.ndim) : normalizeAxes(axis, a.ndim, "linalg.norm"), keepdims);
}

/** The norm of vectors along axes, whose elements count as one row; of all elements by default. */
export function vectorNorm(x: ArrayLike, options: NormOptions = {}): Tensor {
  checkOptions("linalg.vectorNorm", options, ["ord", "axis", "keepdims"]);
  const { ord = 2, axis = null, keepdims = false } = options;
  const a = promoteInexact("linalg.vectorNorm", x);
  const axes = axis === null ? range(a.ndim) : normalizeAxes(axis, a.ndim, "linalg.vectorNorm");
  return ofVectors("linalg.vectorNorm", a, ord, axes, keepdims);
}

/** The norm of the matrices in the last two dimensions; the Frobenius norm by default. */
export function matrixNorm(
  x: ArrayLike,
  options: { readonly ord?: NormOrder; readonly keepdims?: boolean } = {},
): Tensor {
  checkOptions("linalg.matrixNorm", options, ["ord", "keepdims"]);
  const { ord = "fro", keepdims = false } = options;
  const a = inexactMatrix("linalg.matrixNorm", x);
  return ofMatrices("linalg.matrixNorm", a, ord, [a.ndim - 2, a.ndim - 1], keepdims);
}

/** How many singular values exceed `rtol` times the largest; by default the rounding error of the larger dimension. */
export function matrixRank(
  x: ArrayLike,
  options: { readonly rtol?: ArrayLike | null; readonly hermitian?: boolean } = {},
): Tensor {
  checkOptions("linalg.matrixRank", options, ["rtol", "hermitian"]);
  const a = promoteInexact("linalg.matrixRank", x);
  if (a.ndim < 2) return p.convert(any(p.ne(a, 0)), "int32");
  const s = svd(a, { fullMatrices: false, computeUv: false, hermitian: options.hermitian ?? false });
  const given = options.rtol ?? null;
  const limit =
    given === null
      ? p.mul(max(s, -1), Math.max(...a.shape.slice(-2)) * epsilonOf(a))
      : p.convert(toTensor("linalg.matrixRank", given), s.dtype);
  const bound = p.broadcastInDim(limit, [...limit.shape, 1], range(limit.ndim));
  return sum(p.gt(s, p.broadcastTo(bound, s.shape)), -1);
}

/** The condition number: the norm of a matrix times the norm of its inverse, the 2-norm by default. */
export function cond(x: ArrayLike, options: { readonly p?: NormOrder } = {}): Tensor {
  checkOptions("linalg.cond", options, ["p"]);
  const ord = options.p ?? null;
  const a = inexactMatrix("linalg.cond", x);
  const [m, n] = a.shape.slice(-2);
  if (m === 0 || n === 0)
    throw new ShapeError(
      "CT107",
      `linalg.cond: an array of shape [${a.shape}] has no condition. It must not be empty.`,
    );
  if (ord === null || ord === 2 || ord === -2) {
    const s = svdvals(a);
    const [largest, smallest] = [takeIndex(s, s.ndim - 1, 0), takeIndex(s, s.ndim - 1, s.shape[s.ndim - 1] - 1)];
    if (ord !== -2) return p.div(largest, smallest);
    return unlessGiven(p.div(smallest, largest), a);
  }
  if (m !== n)
    throw new ShapeError(
      "CT107",
      `linalg.cond: of order ${JSON.stringify(ord)} only square matrices have a condition, but the shape is [${a.shape}].`,
    );
  const size = (y: Tensor): Tensor => norm(y, { ord, axis: [-2, -1] });
  return unlessGiven(p.mul(size(a), size(inv(a))), a);
}

/** ∞ for what became NaN without any in the matrix. */
const unlessGiven = (r: Tensor, a: Tensor): Tensor =>
  select3(p.bitwiseAnd(isnan(r), p.bitwiseNot(any(isnan(a), [-2, -1]))), Number.POSITIVE_INFINITY, r);
