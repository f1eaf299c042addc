/** Products under the names of the array API standard, which take matrices from the last two dimensions. */
import type { ArrayLike } from "../../core/array-like.js";
import type { DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError, ShapeError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import { diagonal as diagonalAlong, trace as traceAlong } from "../diagonals.js";
import {
  cross as crossAlong,
  matmul,
  outer as outerOf,
  type ProductOptions,
  vecdot as vecdotAlong,
} from "../products.js";
import { asTensors } from "../promote.js";

export { matmul, tensordot } from "../products.js";
export { matrixTranspose } from "../shapes.js";

/** The elements on a diagonal of the matrices in the last two dimensions, `offset` above the main one. */
export function diagonal(x: ArrayLike, options: { readonly offset?: number } = {}): Tensor {
  checkOptions("linalg.diagonal", options, ["offset"]);
  return diagonalAlong(x, { ...options, axis1: -2, axis2: -1 });
}

/** The sums of the diagonals of the matrices in the last two dimensions. */
export function trace(x: ArrayLike, options: { readonly offset?: number; readonly dtype?: DType } = {}): Tensor {
  checkOptions("linalg.trace", options, ["offset", "dtype"]);
  return traceAlong(x, { ...options, axis1: -2, axis2: -1 });
}

/** The cross product of vectors of length 3 along an axis. */
export function cross(x: ArrayLike, y: ArrayLike, options: { readonly axis?: number } = {}): Tensor {
  checkOptions("linalg.cross", options, ["axis"]);
  const { axis = -1 } = options;
  const [a, b] = asTensors("linalg.cross", x, y);
  if ([a, b].some((z) => z.ndim === 0 || z.shape.at(axis) !== 3)) {
    throw new ShapeError(
      "CT107",
      `linalg.cross: operands of shapes [${a.shape}] and [${b.shape}] must have size 3 along axis ${axis}.`,
    );
  }
  return crossAlong(a, b, { axis });
}

/** Every product of an element of one vector with one of the other. */
export function outer(x: ArrayLike, y: ArrayLike): Tensor {
  const [a, b] = asTensors("linalg.outer", x, y);
  if (a.ndim === 1 && b.ndim === 1) return outerOf(a, b);
  throw new ShapeError(
    "CT107",
    `linalg.outer: operands have shapes [${a.shape}] and [${b.shape}], but both must be vectors.`,
  );
}

/** The inner product along an axis, the first operand conjugated. */
export function vecdot(x: ArrayLike, y: ArrayLike, options: ProductOptions & { readonly axis?: number } = {}): Tensor {
  checkOptions("linalg.vecdot", options, ["axis", "precision", "preferredElementType"]);
  const { axis = -1, ...rest } = options;
  return vecdotAlong(x, y, axis, rest);
}

/**
 * The product of several matrices, in the order that takes the fewest multiplications. The first and the last may be vectors.
 * @throws ShapeError CT103 where neighbours do not fit
 */
export function multiDot(matrices: readonly ArrayLike[], options: Pick<ProductOptions, "precision"> = {}): Tensor {
  checkOptions("linalg.multiDot", options, ["precision"]);
  if (matrices.length < 2)
    throw new ArgumentError("CT003", `linalg.multiDot: got ${matrices.length} matrices. Give two at least.`);
  const xs = asTensors("linalg.multiDot", ...matrices);
  const fits = xs.every((x, i) => {
    const isEnd = i === 0 || i === xs.length - 1;
    return (x.ndim === 2 || (isEnd && x.ndim === 1)) && (i === 0 || xs[i - 1].shape.at(-1) === x.shape[0]);
  });
  if (!fits) {
    throw new ShapeError(
      "CT103",
      `linalg.multiDot: shapes ${xs.map((x) => `[${x.shape}]`).join(", ")} do not follow on each other.`,
    );
  }
  const shapes = xs.map((x) => x.shape);
  const sizes = [
    shapes[0].length === 1 ? 1 : shapes[0][0],
    ...xs.map((x, i) => (i > 0 && x.ndim === 1 ? 1 : x.shape[x.ndim - 1])),
  ];
  const splits = chainOrder(sizes);
  const product = (i: number, j: number): Tensor =>
    i === j ? xs[i] : matmul(product(i, splits[i][j]), product(splits[i][j] + 1, j), options);
  return product(0, xs.length - 1);
}

/** Where to split each run i … j of matrices of sizes[i] × sizes[i + 1] so that all products cost the least. */
function chainOrder(sizes: readonly number[]): number[][] {
  const n = sizes.length - 1;
  const cost = range(n).map(() => new Array<number>(n).fill(0));
  const split = range(n).map(() => new Array<number>(n).fill(0));
  for (let length = 2; length <= n; length++) {
    for (let i = 0; i + length <= n; i++) {
      const j = i + length - 1;
      cost[i][j] = Number.POSITIVE_INFINITY;
      for (let k = i; k < j; k++) {
        const total = cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1];
        if (total < cost[i][j]) [cost[i][j], split[i][j]] = [total, k];
      }
    }
  }
  return split;
}
