/** Cholesky factors and triangular systems. */
import { divide } from "../functions/complex-basic.js";
import { complex } from "../functions/complex-number.js";
import { Matrix, subtractProduct } from "./matrix.js";

/** The lower factor L of a Hermitian matrix given by its lower triangle; NaN below if it is not positive definite. */
export const cholesky = (a: Matrix): Matrix => {
  const n = a.rows;
  const l = new Matrix(n, n);
  for (let j = 0; j < n; j++) {
    const diagonal = l.at(j, j);
    l.re[diagonal] = a.re[diagonal];
    for (let k = 0; k < j; k++) {
      const { re, im } = l.get(j, k);
      l.re[diagonal] -= re * re + im * im;
    }
    if (!(l.re[diagonal] > 0 && l.re[diagonal] < Number.POSITIVE_INFINITY)) {
      const failed = new Matrix(n, n);
      for (let i = 0; i < n; i++) failed.re.fill(Number.NaN, i * n, i * n + i + 1);
      return failed;
    }
    const pivot = Math.sqrt(l.re[diagonal]);
    l.re[diagonal] = pivot;
    for (let i = j + 1; i < n; i++) {
      const at = l.at(i, j);
      l.re[at] = a.re[at];
      l.im[at] = a.im[at];
      // Σ L(i,k) · conj L(j,k)
      for (let k = 0; k < j; k++) subtractProduct(l, at, l, l.at(j, k), l, l.at(i, k), true);
      l.re[at] /= pivot;
      l.im[at] /= pivot;
    }
  }
  return l;
};

/** X with M X = B, where M is lower or upper triangular; entries across the diagonal are not read. */
export const solveTriangular = (m: Matrix, b: Matrix, lower: boolean, unitDiagonal: boolean): Matrix => {
  const n = m.rows;
  const x = b.clone();
  for (let step = 0; step < n; step++) {
    const i = lower ? step : n - 1 - step;
    for (let j = 0; j < x.columns; j++) {
      const at = x.at(i, j);
      for (let k = lower ? 0 : i + 1; k < (lower ? i : n); k++) subtractProduct(x, at, m, m.at(i, k), x, x.at(k, j));
      if (!unitDiagonal) divideEntry(x, at, m, m.at(i, i));
    }
  }
  return x;
};

const divideEntry = (x: Matrix, at: number, m: Matrix, by: number): void => {
  if (x.im[at] === 0 && m.im[by] === 0) {
    x.re[at] /= m.re[by];
    return;
  }
  const z = divide(complex(x.re[at], x.im[at]), complex(m.re[by], m.im[by]));
  x.re[at] = z.re;
  x.im[at] = z.im;
};

export interface TriangularSolve {
  readonly leftSide: boolean;
  readonly lower: boolean;
  readonly transposeA: boolean;
  readonly conjugateA: boolean;
  readonly unitDiagonal: boolean;
}

const conjugated = (a: Matrix): Matrix => a.transposed(true).transposed(false);

/** op(A) X = B, or X op(A) = B. */
export const triangularSolve = (a: Matrix, b: Matrix, options: TriangularSolve): Matrix => {
  const { leftSide, lower, transposeA, conjugateA, unitDiagonal } = options;
  const op = conjugateA ? conjugated(a) : a;
  // From the right, X M = B is Mᵀ Xᵀ = Bᵀ.
  if (leftSide) {
    return solveTriangular(transposeA ? op.transposed(false) : op, b, lower !== transposeA, unitDiagonal);
  }
  const turned = transposeA ? op : op.transposed(false);
  return solveTriangular(turned, b.transposed(false), lower === transposeA, unitDiagonal).transposed(false);
};
