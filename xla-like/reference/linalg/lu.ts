/** LU decomposition with partial pivoting. */
import { divide } from "../functions/complex-basic.js";
import { Matrix, subtractProduct } from "./matrix.js";

export interface LU {
  /** U on and above the diagonal, L without its unit diagonal below. */
  readonly lu: Matrix;
  /** Row j was exchanged with row pivots[j], in this order. */
  readonly pivots: Matrix;
  /** Row i of P A is row permutation[i] of A. */
  readonly permutation: Matrix;
}

export const decomposeLU = (a: Matrix): LU => {
  const lu = a.clone();
  const { rows, columns } = a;
  const steps = Math.min(rows, columns);
  const pivots = new Array<number>(steps);
  const permutation = Array.from({ length: rows }, (_, i) => i);
  for (let j = 0; j < steps; j++) {
    const pivot = pivotRow(lu, j);
    pivots[j] = pivot;
    if (pivot !== j) {
      swapRows(lu, j, pivot);
      [permutation[j], permutation[pivot]] = [permutation[pivot], permutation[j]];
    }
    // A zero pivot leaves its column as it is: U is singular there.
    if (lu.absolute(j, j) === 0) continue;
    const diagonal = lu.get(j, j);
    for (let i = j + 1; i < rows; i++) {
      const at = lu.at(i, j);
      if (lu.im[at] === 0 && diagonal.im === 0) lu.re[at] /= diagonal.re;
      else lu.set(i, j, divide(lu.get(i, j), diagonal));
      for (let k = j + 1; k < columns; k++) subtractProduct(lu, lu.at(i, k), lu, at, lu, lu.at(j, k));
    }
  }
  return { lu, pivots: Matrix.reals(pivots), permutation: Matrix.reals(permutation) };
};

/** The row of the largest entry |re| + |im| on or below the diagonal, as LAPACK chooses. */
const pivotRow = (m: Matrix, j: number): number => {
  let best = j;
  let largest = -1;
  for (let i = j; i < m.rows; i++) {
    const k = m.at(i, j);
    const size = Math.abs(m.re[k]) + Math.abs(m.im[k]);
    if (size > largest) {
      largest = size;
      best = i;
    }
  }
  return best;
};

const swapRows = (m: Matrix, p: number, q: number): void => {
  for (const part of [m.re, m.im]) {
    const row = part.slice(p * m.columns, (p + 1) * m.columns);
    part.copyWithin(p * m.columns, q * m.columns, (q + 1) * m.columns);
    part.set(row, q * m.columns);
  }
};
