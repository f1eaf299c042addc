/** Products of vectors, matrices and tensors. */

import type { Precision } from "../../xla-like/index.js";
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, isComplex, promoteTypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { normalizeAxes, normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { mul, sub } from "../primitives/arithmetic.js";
import { conj } from "../primitives/complex.js";
import { dotGeneral } from "../primitives/dot.js";
import { matmul as matrixProduct } from "../primitives/matmul.js";
import { reshape } from "../primitives/shape.js";
import { stack } from "./joining.js";
import { asTensors, broadcastTensors, promoteArgs, promoteDtypes, toTensor } from "./promote.js";
import { expandDims, moveaxis, ravel } from "./shapes.js";
import { takeIndex } from "./take-index.js";

export interface ProductOptions {
  /** How exactly the device multiplies: `"default"`, `"high"`, `"highest"`. */
  readonly precision?: Precision;
  /** The type that products are added up and returned in. */
  readonly preferredElementType?: DType;
}

function productArgs(fn: string, x: ArrayLike, y: ArrayLike, options: ProductOptions) {
  checkOptions(fn, options, ["precision", "preferredElementType"]);
  const [a, b] = asTensors(fn, x, y);
  const { dtype, weakType } = promoteTypes([a, b]);
  const [l, r] = promoteDtypes(a, b);
  const { precision, preferredElementType } = options;
  const preferred = preferredElementType === undefined ? dtype : asDType(preferredElementType, fn);
  return { l, r, weakType, dot: { precision, preferredElementType: preferred } };
}

/**
 * The matrix product over the last two dimensions; leading dimensions broadcast, vectors are rows or columns as needed.
 * @throws ShapeError CT103 if the contracted sizes differ or an operand is 0-d
 * @example
 * np.matmul(np.ones([2, 3]), np.ones([3, 4])).shape; // [2, 4]
 */
export function matmul(x: ArrayLike, y: ArrayLike, options: ProductOptions = {}): Tensor {
  const { l, r, dot: dotOptions } = productArgs("matmul", x, y, options);
  return matrixProduct(l, r, dotOptions);
}

/**
 * The product of NumPy's dot: of vectors their inner product, of matrices the matrix product, with a scalar the multiple;
 * otherwise over x's last dimension and y's last but one.
 */
export function dot(x: ArrayLike, y: ArrayLike, options: ProductOptions = {}): Tensor {
  const { l, r, dot: dotOptions } = productArgs("dot", x, y, options);
  if (l.ndim === 0 || r.ndim === 0) return mul(l, r);
  const contracted = [[l.ndim - 1], [r.ndim === 1 ? 0 : r.ndim - 2]] as const;
  return dotGeneral(l, r, [contracted, [[], []]], dotOptions);
}

/** The inner product of the elements in one row, the first operand conjugated. */
export function vdot(x: ArrayLike, y: ArrayLike, options: ProductOptions = {}): Tensor {
  const a = toTensor("vdot", x);
  return dot(ravel(isComplex(a.dtype) ? conj(a) : a), ravel(y), options);
}

/** The product over the last dimension of both. */
export function inner(x: ArrayLike, y: ArrayLike, options: ProductOptions = {}): Tensor {
  const { l, r, dot: dotOptions } = productArgs("inner", x, y, options);
  if (l.ndim === 0 || r.ndim === 0) return mul(l, r);
  return dotGeneral(
    l,
    r,
    [
      [[l.ndim - 1], [r.ndim - 1]],
      [[], []],
    ],
    dotOptions,
  );
}

/** Every product of an element of x with one of y: shape [x.size, y.size]. */
export function outer(x: ArrayLike, y: ArrayLike): Tensor {
  const [a, b] = promoteDtypes(...asTensors("outer", x, y)).map((z) => ravel(z));
  return mul(expandDims(a, 1), expandDims(b, 0));
}

/**
 * The product over several dimensions: the last `axes` of x with the first of y, or those that two lists pair up.
 * @example
 * np.tensordot(np.ones([2, 3, 4]), np.ones([3, 4, 5])).shape; // [2, 5]
 */
export function tensordot(
  x: ArrayLike,
  y: ArrayLike,
  axes: number | readonly [number | readonly number[], number | readonly number[]] = 2,
  options: ProductOptions = {},
): Tensor {
  const { l, r, dot: dotOptions } = productArgs("tensordot", x, y, options);
  const toList = (a: number | readonly number[]): readonly number[] => (typeof a === "number" ? [a] : a);
  const [left, right] =
    typeof axes === "number"
      ? [range(l.ndim - axes, l.ndim), range(axes)]
      : [normalizeAxes(toList(axes[0]), l.ndim, "tensordot"), normalizeAxes(toList(axes[1]), r.ndim, "tensordot")];
  return dotGeneral(
    l,
    r,
    [
      [left, right],
      [[], []],
    ],
    dotOptions,
  );
}

/** The inner product along an axis, the first operand conjugated; other dimensions broadcast. */
export function vecdot(x: ArrayLike, y: ArrayLike, axis = -1, options: ProductOptions = {}): Tensor {
  const { l, r, dot: dotOptions } = productArgs("vecdot", x, y, options);
  const [a, b] = broadcastTensors("vecdot", l, r);
  const d = normalizeAxis(axis, a.ndim, "vecdot");
  const batch = range(a.ndim - 1);
  const last = (z: Tensor): Tensor => moveaxis(z, d, -1);
  const left = isComplex(a.dtype) ? conj(a) : a;
  return dotGeneral(
    last(left),
    last(b),
    [
      [[a.ndim - 1], [a.ndim - 1]],
      [batch, batch],
    ],
    dotOptions,
  );
}

/** Matrices times vectors, over the last dimensions; leading dimensions broadcast. */
export function matvec(x: ArrayLike, y: ArrayLike, options: ProductOptions = {}): Tensor {
  const product = matmul(x, expandDims(y, -1), options);
  return reshape(product, product.shape.slice(0, -1));
}

/** Vectors (conjugated) times matrices, over the last dimensions; leading dimensions broadcast. */
export function vecmat(x: ArrayLike, y: ArrayLike, options: ProductOptions = {}): Tensor {
  const a = toTensor("vecmat", x);
  const product = matmul(expandDims(isComplex(a.dtype) ? conj(a) : a, -2), y, options);
  return reshape(product, [...product.shape.slice(0, -2), product.shape[product.ndim - 1]]);
}

/** The Kronecker product: each element of x times all of y, block by block. */
export function kron(x: ArrayLike, y: ArrayLike): Tensor {
  const [a, b] = promoteDtypes(...asTensors("kron", x, y));
  const ndim = Math.max(a.ndim, b.ndim);
  const wide = (z: Tensor): number[] => [...new Array<number>(ndim - z.ndim).fill(1), ...z.shape];
  const [p, q] = [wide(a), wide(b)];
  const [l, r] = broadcastTensors(
    "kron",
    reshape(
      a,
      p.flatMap((n) => [n, 1]),
    ),
    reshape(
      b,
      q.flatMap((n) => [1, n]),
    ),
  );
  return reshape(
    mul(l, r),
    p.map((n, i) => n * q[i]),
  );
}

export interface CrossOptions {
  /** Where x's, y's and the result's vectors lie; `axis` stands for all three. */
  readonly axisa?: number;
  readonly axisb?: number;
  readonly axisc?: number;
  readonly axis?: number;
}

/**
 * The cross product of vectors of length 3; vectors of length 2 lie in the plane, and two of those give a scalar.
 * @throws ShapeError CT107 for other lengths
 */
export function cross(x: ArrayLike, y: ArrayLike, options: CrossOptions = {}): Tensor {
  checkOptions("cross", options, ["axisa", "axisb", "axisc", "axis"]);
  const { axis, axisa = axis ?? -1, axisb = axis ?? -1, axisc = axis ?? -1 } = options;
  const [p, q] = promoteArgs("cross", moveaxis(x, axisa, -1), moveaxis(y, axisb, -1));
  const lengths = [p.shape[p.ndim - 1], q.shape[q.ndim - 1]];
  if (lengths.some((n) => n !== 2 && n !== 3)) {
    throw new ShapeError(
      "CT107",
      `cross: vectors of lengths ${lengths.join(" and ")} have no cross product. Both must be 2 or 3.`,
    );
  }
  const part = (z: Tensor, i: number): Tensor | null => (i < z.shape[z.ndim - 1] ? takeIndex(z, z.ndim - 1, i) : null);
  const times = (a: Tensor | null, b: Tensor | null): Tensor | null => {
    if (a === null || b === null) return null;
    const [l, r] = broadcastTensors("cross", a, b);
    return mul(l, r);
  };
  const minus = (i: number, j: number): Tensor => {
    const l = times(part(p, i), part(q, j));
    const r = times(part(p, j), part(q, i));
    return l === null ? (sub(0, r as Tensor) as Tensor) : r === null ? l : sub(l, r);
  };
  if (lengths.every((n) => n === 2)) return minus(0, 1);
  return stack([minus(1, 2), minus(2, 0), minus(0, 1)], axisc);
}
