/** Decompositions of matrices, and systems solved with them; over leading dimensions, one matrix after the other. */
import { scan } from "../control/scan.js";
import type { ArrayLike } from "../core/array-like.js";
import { isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import * as l from "../primitives/linalg.js";
import { mT } from "../primitives/linalg-common.js";
import { operands, tensor } from "./operands.js";

const adjoint = (x: Tensor): Tensor => mT(isComplex(x.dtype) ? p.conj(x) : x);
const hermitian = (x: Tensor, symmetrizeInput: boolean): Tensor =>
  symmetrizeInput ? p.div(p.add(x, adjoint(x)), p.scalarLike(x, 2)) : x;

/** The options of {@link cholesky}. */
export interface CholeskyOptions {
  /** Takes the mean of x and its adjoint first. Default true. */
  readonly symmetrizeInput?: boolean;
}
/**
 * The lower triangular L with L Lᴴ = x, of a positive definite Hermitian matrix; NaN of others.
 * @example
 * lax.linalg.cholesky(np.array([[4, 2], [2, 5]])).js(); // [[2, 0], [1, 2]]
 */
export function cholesky(x: ArrayLike, options: CholeskyOptions = {}): Tensor {
  checkOptions("lax.linalg.cholesky", options, ["symmetrizeInput"]);
  return l.cholesky(hermitian(tensor("lax.linalg.cholesky", x), options.symmetrizeInput ?? true));
}

/** The options of {@link triangularSolve}; all false unless given. */
export interface TriangularSolveOptions extends l.TriangularSolveOptions {}
/** x with op(a) x = b (`leftSide`), or x op(a) = b; a is upper triangular unless `lower` is given. */
export function triangularSolve(a: ArrayLike, b: ArrayLike, options: TriangularSolveOptions = {}): Tensor {
  const names = ["leftSide", "lower", "transposeA", "conjugateA", "unitDiagonal"];
  checkOptions("lax.linalg.triangularSolve", options, names);
  const [m, v] = operands("lax.linalg.triangularSolve", a, b);
  // A vector for each matrix counts as one column (or row).
  if (v.ndim !== m.ndim - 1) return l.triangularSolve(m, v, options);
  const d = options.leftSide ? v.ndim : v.ndim - 1;
  return p.squeeze(l.triangularSolve(m, p.expandDims(v, [d]), options), [d]);
}

/** LU decomposition with partial pivoting: L below the diagonal of the first result, U on and above it. */
export const lu = (x: ArrayLike): [lu: Tensor, pivots: Tensor, permutation: Tensor] => l.lu(tensor("lax.linalg.lu", x));

/** The permutation of `permutationSize` rows that exchanging row i with row `pivots[i]`, for each i, comes to. */
export function luPivotsToPermutation(pivots: ArrayLike, permutationSize: number): Tensor {
  const all = tensor("lax.linalg.luPivotsToPermutation", pivots);
  const k = all.shape[all.ndim - 1];
  const shape = [...all.shape.slice(0, -1), permutationSize];
  const last = shape.length - 1;
  const place = p.iota("int32", shape, last);
  const column = (x: Tensor): Tensor => p.broadcastInDim(x, shape, [...shape.keys()].slice(0, -1));
  let permutation = place;
  for (let i = 0; i < k; i++) {
    const at = p.slice(
      all,
      all.shape.map((_, d) => (d === last ? i : 0)),
      all.shape.map((n, d) => (d === last ? i + 1 : n)),
    );
    const there = p.eq(place, column(p.convert(p.squeeze(at, [last]), "int32")));
    const here = p.eq(place, p.full(shape, i, "int32"));
    const valueThere = column(p.reduceSum(p.select(there, permutation, p.zerosLike(permutation)), [last]));
    const valueHere = column(p.reduceSum(p.select(here, permutation, p.zerosLike(permutation)), [last]));
    permutation = p.select(here, valueThere, p.select(there, valueHere, permutation));
  }
  return permutation;
}

/** The options of {@link eigh}. */
export interface EighOptions {
  /** Whether the lower triangle is read, where x is not symmetrized. Default true. */
  readonly lower?: boolean;
  /** Takes the mean of x and its adjoint first. Default true. */
  readonly symmetrizeInput?: boolean;
  /** Eigenvalues come in ascending order either way. */
  readonly sortEigenvalues?: boolean;
}
/** Eigenvectors, as columns, and ascending eigenvalues of a Hermitian matrix. */
export function eigh(x: ArrayLike, options: EighOptions = {}): [v: Tensor, w: Tensor] {
  checkOptions("lax.linalg.eigh", options, ["lower", "symmetrizeInput", "sortEigenvalues"]);
  const a = hermitian(tensor("lax.linalg.eigh", x), options.symmetrizeInput ?? true);
  return l.eigh(a, options.lower ?? true);
}

/** The options of {@link eig}. */
export interface EigOptions extends Partial<l.EigOptions> {}
/** Eigenvalues of a square matrix, and where asked for left and right eigenvectors as columns: `[w, left, right]`. */
export function eig(x: ArrayLike, options: EigOptions = {}): Tensor[] {
  const names = ["computeLeftEigenvectors", "computeRightEigenvectors", "enableEigvecDerivs"];
  checkOptions("lax.linalg.eig", options, names);
  return [
    ...l.eig(tensor("lax.linalg.eig", x), {
      computeLeftEigenvectors: true,
      computeRightEigenvectors: true,
      enableEigvecDerivs: false,
      ...options,
    }),
  ];
}

/** The options of {@link qr}. */
export interface QrOptions {
  /** Makes Q square. Default true. */
  readonly fullMatrices?: boolean;
}
/** x as the product of a matrix with orthonormal columns and an upper triangular one. */
export function qr(x: ArrayLike, options: QrOptions = {}): [q: Tensor, r: Tensor] {
  checkOptions("lax.linalg.qr", options, ["fullMatrices"]);
  return l.qr(tensor("lax.linalg.qr", x), options.fullMatrices ?? true);
}

/** The options of {@link svd}. */
export interface SvdOptions extends Partial<l.SvdOptions> {}
/** Singular value decomposition: `[u, s, vh]` with x = u diag(s) vh, descending; s alone with `computeUv: false`. */
export function svd(x: ArrayLike, options: SvdOptions & { readonly computeUv: false }): Tensor;
export function svd(x: ArrayLike, options?: SvdOptions): [u: Tensor, s: Tensor, vh: Tensor];
export function svd(x: ArrayLike, options: SvdOptions = {}): Tensor | [Tensor, Tensor, Tensor] {
  checkOptions("lax.linalg.svd", options, ["fullMatrices", "computeUv"]);
  const { fullMatrices = true, computeUv = true } = options;
  const [s, u, vh] = l.svd(tensor("lax.linalg.svd", x), { fullMatrices, computeUv });
  return computeUv ? [u, s, vh] : s;
}

/** The options of {@link symmetricProduct}. */
export interface SymmetricProductOptions {
  readonly alpha?: number;
  readonly beta?: number;
  /** Fills the upper triangle too. */
  readonly symmetrizeOutput?: boolean;
}
/** alpha · a aᵀ + beta · c, right in its lower triangle. */
export function symmetricProduct(a: ArrayLike, c: ArrayLike, options: SymmetricProductOptions = {}): Tensor {
  checkOptions("lax.linalg.symmetricProduct", options, ["alpha", "beta", "symmetrizeOutput"]);
  const { alpha = 1, beta = 0, symmetrizeOutput = false } = options;
  const [x, y] = operands("lax.linalg.symmetricProduct", a, c);
  const square = p.mul(p.scalarLike(x, alpha), p.matmul(x, mT(x), { precision: "highest" }));
  const out = p.add(square, p.mul(p.scalarLike(y, beta), y));
  if (!symmetrizeOutput) return out;
  const [row, column] = [p.iota("int32", out.shape, out.ndim - 2), p.iota("int32", out.shape, out.ndim - 1)];
  return p.select(p.ge(row, column), out, mT(out));
}

/**
 * x with T x = b for tridiagonal T: Gaussian elimination without pivoting, row by row (the Thomas algorithm).
 *
 * @param dl the diagonal below the main one, shape [..., n]; `dl[0]` is not read
 * @param d the main diagonal
 * @param du the diagonal above; `du[n - 1]` is not read
 * @param b right-hand sides, shape [..., n, k]
 */
export function tridiagonalSolve(dl: ArrayLike, d: ArrayLike, du: ArrayLike, b: ArrayLike): Tensor {
  const [low, main, up, right] = operands("lax.linalg.tridiagonalSolve", dl, d, du, b);
  const n = main.shape[main.ndim - 1];
  const same = [low, up].every((x) => `${x.shape}` === `${main.shape}`);
  if (!same || right.ndim !== main.ndim + 1 || `${right.shape.slice(0, -1)}` !== `${main.shape}`) {
    throw new ShapeError(
      "CT103",
      `lax.linalg.tridiagonalSolve: the diagonals have shapes [${low.shape}], [${main.shape}] and [${up.shape}], b [${right.shape}]. ` +
        "Diagonals are [..., n], b is [..., n, k].",
    );
  }
  if (n === 0) return right;
  const rows = (x: Tensor): Tensor => p.moveAxis(x, main.ndim - 1, 0);
  const wide = (x: Tensor): Tensor =>
    p.broadcastInDim(x, [...x.shape, right.shape[right.ndim - 1]], [...x.shape.keys()]);
  type Rows = readonly [Tensor, Tensor];
  // Downwards each row loses its element below the diagonal, and its diagonal becomes 1.
  const first: Rows = [p.zerosLike(firstRow(rows(main))), p.zerosLike(firstRow(rows(right)))];
  const eliminate = ([u, y]: Rows, [a, m, c, r]: readonly Tensor[]): [Rows, Rows] => {
    const pivot = p.sub(m, p.mul(a, u));
    const next: Rows = [p.div(c, pivot), p.div(p.sub(r, p.mul(wide(a), y)), wide(pivot))];
    return [next, next];
  };
  const [, [ups, ys]] = scan(eliminate as never, first, [rows(low), rows(main), rows(up), rows(right)]) as unknown as [
    Rows,
    Rows,
  ];
  // Upwards each unknown follows from the one below it.
  const substitute = (below: Tensor, [u, y]: readonly Tensor[]): [Tensor, Tensor] => {
    const x = p.sub(y, p.mul(wide(u), below));
    return [x, x];
  };
  const zero = p.zerosLike(firstRow(rows(right)));
  const [, xs] = scan(substitute as never, zero, [ups, ys], { reverse: true }) as unknown as Rows;
  return p.moveAxis(xs, 0, main.ndim - 1);
}
const firstRow = (x: Tensor): Tensor =>
  p.reshape(
    p.slice(
      x,
      x.shape.map(() => 0),
      [1, ...x.shape.slice(1)],
    ),
    x.shape.slice(1),
  );
