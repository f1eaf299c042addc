/** Random matrices, and normal vectors with a given covariance. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { add as addBroadcasting } from "../numpy/arithmetic.js";
import { diagonal } from "../numpy/diagonals.js";
import { einsum } from "../numpy/einsum.js";
import { jitted } from "../numpy/jitted.js";
import { promoteDtypesInexact } from "../numpy/promote.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { cholesky, eigh, qr, svd } from "../primitives/linalg.js";
import {
  checkKey,
  checkShape,
  floatDtype,
  readOptions,
  type SampleOptions,
  type Shape,
  type ShapeOr,
  sampleShape,
} from "./arguments.js";
import { normalSamples } from "./normal.js";

const orthogonalCall = jitted("_orthogonal", ([key], n: number, m: number, shape: Shape, dtype: DType) => {
  const [q, r] = qr(normalSamples(key, [...shape, Math.max(n, m), Math.min(n, m)], dtype), false);
  // With a positive diagonal of R the decomposition is unique, and Q uniformly distributed.
  const signs = p.sign(diagonal(r, { axis1: -2, axis2: -1 }));
  const x = p.mul(q, p.expandDims(signs, [signs.ndim - 1]));
  return n < m ? p.transpose(x, [...x.shape.keys()].slice(0, -2).concat([x.ndim - 1, x.ndim - 2])) : x;
});

export interface OrthogonalOptions extends SampleOptions {
  /** The number of columns; n by default. */
  readonly m?: number | undefined;
}

/**
 * Matrices with orthonormal columns (rows, if there are fewer of them), uniformly distributed.
 * @param n the number of rows
 * @returns shape [...shape, n, m]
 * @throws ArgumentError CT004 unless n and m are whole numbers of at least 0
 * @example
 * random.orthogonal(random.key(0), 3);
 */
export function orthogonal(key: Tensor, n: number, options: OrthogonalOptions = {}): Tensor {
  const fn = "random.orthogonal";
  checkOptions(fn, options, ["shape", "dtype", "m"]);
  const { m = n } = options;
  for (const size of [n, m]) {
    if (Number.isInteger(size) && size >= 0) continue;
    throw new ArgumentError(
      "CT004",
      `${fn}: a size is ${size}, but rows and columns are counted by whole numbers of at least 0.`,
    );
  }
  const shape = checkShape(fn, options.shape ?? []);
  return orthogonalCall([checkKey(fn, key)], n, m, shape, floatDtype(fn, options.dtype));
}

export type CovarianceMethod = "cholesky" | "eigh" | "svd";

/** A matrix whose product with its transpose is the covariance. */
const factors: Readonly<Record<CovarianceMethod, (covariance: Tensor) => Tensor>> = {
  cholesky,
  eigh(covariance) {
    const [v, w] = eigh(covariance);
    return p.mul(v, p.expandDims(p.sqrt(w), [w.ndim - 1]));
  },
  svd(covariance) {
    const [s, u] = svd(covariance, { fullMatrices: true, computeUv: true });
    return p.mul(u, p.expandDims(p.sqrt(s), [s.ndim - 1]));
  },
};

const multivariateCall = jitted(
  "_multivariate_normal",
  ([key, mean, covariance], shape: Shape, dtype: DType, method: CovarianceMethod) => {
    const samples = normalSamples(key, [...shape, mean.shape[mean.ndim - 1]], dtype);
    return addBroadcasting(mean, einsum("...ij,...j->...i", factors[method](covariance), samples));
  },
);

export interface MultivariateNormalOptions extends SampleOptions {
  /** How the covariance is taken apart; `"cholesky"` by default, `"eigh"` and `"svd"` for singular ones. */
  readonly method?: CovarianceMethod | undefined;
}

/**
 * Normal vectors with the given mean and covariance.
 * @param mean [..., n]
 * @param covariance [..., n, n], symmetric and positive definite
 * @param shape the shape of the samples without their last axis
 * @returns [...shape, n]
 * @throws ShapeError CT103, CT107; ArgumentError CT004 for an unknown method
 * @example
 * random.multivariateNormal(random.key(0), [0, 0], [[2, 0.5], [0.5, 1]], [3]);
 */
export function multivariateNormal(
  key: Tensor,
  mean: ArrayLike,
  covariance: ArrayLike,
  shape?: ShapeOr<MultivariateNormalOptions>,
  options?: MultivariateNormalOptions,
): Tensor {
  const fn = "random.multivariateNormal";
  const given = readOptions(fn, ["shape", "dtype", "method"], shape, options);
  const { method = "cholesky" } = given;
  if (!Object.hasOwn(factors, method)) {
    throw new ArgumentError(
      "CT004",
      `${fn}: method is '${String(method)}'. Use one of ${Object.keys(factors).join(", ")}.`,
    );
  }
  const [m, c] = promoteDtypesInexact(asTensor(mean, fn), asTensor(covariance, fn));
  const n = m.shape.at(-1);
  if (n === undefined || c.ndim < 2 || c.shape[c.ndim - 1] !== n || c.shape[c.ndim - 2] !== n) {
    throw new ShapeError(
      "CT107",
      `${fn}: mean has shape [${m.shape}] and covariance [${c.shape}], but they must be [..., n] and [..., n, n].`,
    );
  }
  const asked = sampleShape(fn, given.shape, m.shape.slice(0, -1), c.shape.slice(0, -2));
  const dtype = given.dtype === undefined ? m.dtype : floatDtype(fn, given.dtype);
  return multivariateCall([checkKey(fn, key), m, c], asked, floatDtype(fn, dtype), method);
}
