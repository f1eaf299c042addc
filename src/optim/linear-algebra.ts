/** Iterative linear algebra for preconditioners and constraints. */
import { scan } from "../control/scan.js";
import { whileLoop } from "../control/while-loop.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import * as random from "../random/index.js";
import { treeNorm, treeScale, treeSub, treeVdot } from "./trees.js";

export interface PowerIterationOptions {
  /** Where to start; needed for a function, else random. */
  readonly v0?: unknown;
  readonly numIters?: number | undefined;
  readonly errorTolerance?: number | undefined;
  readonly key?: Tensor | undefined;
}

const unit = <T>(x: T): T => treeScale(p.div(1, treeNorm(x)), x);
const multiply = (a: Tensor, x: Tensor): Tensor => np.matmul(a, x, { precision: "highest" });

/**
 * The eigenvalue of largest modulus and its eigenvector.
 * @param matrix a symmetric matrix, or the product with one as a function of a tree
 * @throws ArgumentError CT003 for a function without `v0`
 */
export function powerIteration(
  matrix: Tensor | ((v: never) => unknown),
  options: PowerIterationOptions = {},
): [eigenvalue: Tensor, eigenvector: unknown] {
  const fn = "optim.powerIteration";
  checkOptions(fn, options, ["v0", "numIters", "errorTolerance", "key"]);
  const { numIters = 100, errorTolerance = 1e-6 } = options;
  let start = options.v0;
  if (start === undefined) {
    if (!(matrix instanceof Tensor)) {
      throw new ArgumentError(
        "CT003",
        `${fn}: a function says nothing about its operand. Give where to start with the option v0.`,
      );
    }
    const key = options.key ?? random.key(0);
    start = random.uniform(key, matrix.shape.slice(-1), { dtype: matrix.dtype, minval: -1, maxval: 1 });
  }
  const apply =
    matrix instanceof Tensor ? (v: unknown) => multiply(matrix, v as Tensor) : (matrix as (v: unknown) => unknown);
  type State = readonly [vector: unknown, image: unknown, value: Tensor, i: Tensor];
  const going = ([vector, image, value, i]: State): Tensor => {
    const residual = treeNorm(treeSub(image, treeScale(value, vector)));
    const converged = p.lt(p.abs(p.div(residual, p.convert(value, residual.dtype))), errorTolerance);
    return p.bitwiseAnd(p.bitwiseNot(converged), p.lt(i, numIters));
  };
  const step = ([, image, , i]: State): State => {
    const vector = unit(image);
    const next = apply(vector);
    return [vector, next, p.convert(treeVdot(vector, next), "float32"), p.add(i, 1)];
  };
  const first = unit(start);
  const state: State = [first, apply(first), p.full([], 0, "float32"), p.full([], 0, "int32")];
  const [, image, value] = whileLoop(going as never, step as never, state as never) as unknown as State;
  return [value, unit(image)];
}

export interface InverseRootOptions {
  readonly numIters?: number | undefined;
  /** Added to the diagonal, times the largest eigenvalue; 1e-6 by default. */
  readonly ridgeEpsilon?: number | undefined;
  readonly errorTolerance?: number | undefined;
}

/**
 * The matrix to the power -1/root, by coupled Newton iterations (Guo and Higham, 2006).
 * @param matrix symmetric and positive semidefinite
 * @param root 1, 2, 4 or 8
 * @returns the root, and how far the iteration was from its end
 * @throws ArgumentError CT004 for other roots
 */
export function matrixInversePthRoot(
  matrix: ArrayLike,
  root: number,
  options: InverseRootOptions = {},
): [Tensor, Tensor] {
  const fn = "optim.matrixInversePthRoot";
  checkOptions(fn, options, ["numIters", "ridgeEpsilon", "errorTolerance"]);
  const { numIters = 100, ridgeEpsilon = 1e-6, errorTolerance = 1e-6 } = options;
  const a = asTensor(matrix, fn);
  if (a.ndim !== 2 || a.shape[0] !== a.shape[1]) {
    throw new ShapeError("CT107", `${fn}: the matrix has shape [${a.shape}], but it must be square.`);
  }
  if (![1, 2, 4, 8].includes(root)) throw new ArgumentError("CT004", `${fn}: root is ${root}. Use 1, 2, 4 or 8.`);
  const alpha = -1 / root;
  const [greatest] = powerIteration(a);
  const ridge = p.mul(ridgeEpsilon, p.max(greatest, 1e-16));
  if (a.size === 1) return [p.pow(p.add(a, p.convert(ridge, a.dtype)), alpha), p.full([], 0, "float32")];
  const identity = np.eye(a.shape[0]);
  const damped = p.add(p.convert(a, "float32"), p.mul(ridge, identity));
  const z = p.div(1 + root, p.mul(2, treeNorm(damped)));
  const errorOf = (m: Tensor): Tensor => np.max(p.abs(p.sub(m, identity)));
  const power = (m: Tensor): Tensor => {
    let out = m;
    for (let n = 1; n < root; n *= 2) out = multiply(out, out);
    return out;
  };
  type State = readonly [i: Tensor, m: Tensor, h: Tensor, before: Tensor, error: Tensor, falling: Tensor];
  const going = ([i, , , , error, falling]: State): Tensor =>
    p.bitwiseAnd(p.lt(i, numIters), p.bitwiseAnd(p.gt(error, errorTolerance), falling));
  const step = ([i, m, h, , error]: State): State => {
    const mix = p.add(p.mul(1 - alpha, identity), p.mul(alpha, m));
    const next = multiply(power(mix), m);
    const nextError = errorOf(next);
    return [p.add(i, 1), next, multiply(h, mix), h, nextError, p.lt(nextError, p.mul(error, 1.2))];
  };
  const m0 = p.mul(damped, z);
  const h0 = p.mul(identity, p.pow(z, 1 / root));
  const start: State = [p.full([], 0, "int32"), m0, h0, h0, errorOf(m0), p.full([], true, "bool")];
  const [, m, h, before, , falling] = whileLoop(going as never, step as never, start as never) as unknown as State;
  return [p.convert(p.select(falling, h, before), a.dtype), errorOf(m)];
}

export interface NnlsOptions {
  /** An upper bound of the largest eigenvalue of AᵀA; found if left out. */
  readonly lipschitz?: number | Tensor | undefined;
}

/**
 * The x ≥ 0 with the least |A x - b|, by accelerated projected gradients (Polyak, 2015).
 * @param a [m, n]
 * @param b [m] or [m, k]
 * @returns [n] or [n, k]
 */
export function nnls(a: ArrayLike, b: ArrayLike, iters: number, options: NnlsOptions = {}): Tensor {
  const fn = "optim.nnls";
  checkOptions(fn, options, ["lipschitz"]);
  const [A, y] = [asTensor(a, fn), asTensor(b, fn)];
  if (A.ndim !== 2 || y.ndim < 1 || y.ndim > 2 || y.shape[0] !== A.shape[0]) {
    throw new ShapeError(
      "CT107",
      `${fn}: a has shape [${A.shape}] and b [${y.shape}], but they must be [m, n] and [m] or [m, k].`,
    );
  }
  const [Q, q] = [np.matmul(np.transpose(A), A), np.matmul(np.transpose(A), y)];
  const columns = np.max(np.sum(p.abs(Q), 0), null, { initial: 0 });
  const bound =
    options.lipschitz === undefined ? p.min(treeNorm(Q), columns) : p.convert(asTensor(options.lipschitz, fn), Q.dtype);
  const L = p.select(p.eq(bound, 0), p.fullLike(bound, 1), bound);
  type State = readonly [x: Tensor, ahead: Tensor, c: Tensor];
  const step = ([x, ahead, c]: State) => {
    const nextC = p.div(p.add(1, p.sqrt(p.add(1, p.mul(4, p.mul(c, c))))), 2);
    const nextX = p.max(p.sub(ahead, p.div(p.sub(np.matmul(Q, ahead), q), L)), 0);
    const pace = p.div(p.sub(c, 1), nextC);
    return [[nextX, p.add(nextX, p.mul(pace, p.sub(nextX, x))), nextC] as State, null] as const;
  };
  const start: State = [p.fullLike(q, 0), p.fullLike(q, 0), p.full([], 0, Q.dtype)];
  const [[x]] = scan(step as never, start as never, null, { length: iters }) as unknown as [State, null];
  return x;
}
