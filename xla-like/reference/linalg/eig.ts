/** Eigenvalues and eigenvectors of general matrices, from the Schur form. */
import { divide, sqrt, multiply as times } from "../functions/complex-basic.js";
import { type Complex, complex } from "../functions/complex-number.js";
import { Matrix, mixColumns, mixRows, multiply, normalizeColumn } from "./matrix.js";
import { decomposeSchur, type Schur } from "./schur.js";

export interface Eigen {
  /** A row. */
  readonly values: Matrix;
  /** Columns u with uᴴ A = λ uᴴ. */
  readonly left: Matrix;
  /** Columns v with A v = λ v. */
  readonly right: Matrix;
}

const conj = ({ re, im }: Complex): Complex => complex(re, -im);

/** Rotates away the 2 × 2 blocks of a real Schur form; the eigenvalue with positive imaginary part comes first. */
const triangularize = ({ t, q }: Schur): void => {
  for (let k = 0; k + 1 < t.rows; k++) {
    if (t.absolute(k + 1, k) === 0) continue;
    const d = t.get(k + 1, k + 1);
    const c = t.get(k + 1, k);
    const half = (t.re[t.at(k, k)] - d.re) / 2;
    const root = sqrt(complex(half * half + t.re[t.at(k, k + 1)] * c.re, 0));
    const z = complex(half + root.re, root.im);
    const r = Math.hypot(z.re, z.im, c.re);
    // (λ - d, c) is an eigenvector: the first column of the rotation.
    const x = complex(z.re / r, z.im / r);
    const y = complex(c.re / r, 0);
    const minusY = complex(-y.re, 0);
    mixRows(t, k, k + 1, conj(x), y, minusY, x, k);
    mixColumns(t, k, k + 1, x, y, minusY, conj(x), k + 2);
    mixColumns(q, k, k + 1, x, y, minusY, conj(x));
    t.set(k + 1, k, complex(0, 0));
  }
};

/** λ - μ, kept away from zero so that repeated eigenvalues still give some vector. */
const gap = (a: Complex, b: Complex, norm: number): Complex => {
  const z = complex(a.re - b.re, a.im - b.im);
  return Math.hypot(z.re, z.im) < 2 ** -52 * norm ? complex(2 ** -52 * norm, 0) : z;
};

/** Eigenvectors of a triangular matrix as columns: from the right by back, from the left by forward substitution. */
const triangularVectors = (t: Matrix, side: "left" | "right"): Matrix => {
  const n = t.rows;
  const x = Matrix.identity(n);
  const norm = Math.max(Number.MIN_VALUE * 2 ** 52, ...Array.from({ length: n }, (_, i) => t.absolute(i, i)));
  for (let k = 0; k < n; k++) {
    for (let step = 1; side === "right" ? k - step >= 0 : k + step < n; step++) {
      const i = side === "right" ? k - step : k + step;
      let re = 0;
      let im = 0;
      for (let j = Math.min(i, k); j <= Math.max(i, k); j++) {
        if (j === i) continue;
        const entry = side === "right" ? t.get(i, j) : conj(t.get(j, i));
        const z = times(entry, x.get(j, k));
        re += z.re;
        im += z.im;
      }
      const difference = gap(t.get(k, k), t.get(i, i), norm);
      x.set(i, k, divide(complex(re, im), side === "right" ? difference : conj(difference)));
    }
  }
  return x;
};

/** The diagonal of a Schur form; a block [[a, b], [c, a]] of a real one has a ± i √(-bc). */
const eigenvaluesOf = (t: Matrix, real: boolean): Matrix => {
  const values = new Matrix(1, t.rows);
  for (let k = 0; k < t.rows; k++) {
    const c = real && k + 1 < t.rows ? t.re[t.at(k + 1, k)] : 0;
    if (c === 0) {
      values.set(0, k, t.get(k, k));
      continue;
    }
    const im = Math.sqrt(Math.abs(t.re[t.at(k, k + 1)])) * Math.sqrt(Math.abs(c));
    values.set(0, k, complex(t.re[t.at(k, k)], im));
    values.set(0, k + 1, complex(t.re[t.at(k, k)], -im));
    k += 1;
  }
  return values;
};

export const decomposeGeneral = (a: Matrix): Eigen => {
  const n = a.rows;
  if (!a.isFinite) {
    const nan = (rows: number): Matrix => new Matrix(rows, n).fill(Number.NaN);
    return { values: nan(1), left: nan(n), right: nan(n) };
  }
  const schur = decomposeSchur(a);
  const real = a.isReal;
  const values = eigenvaluesOf(schur.t, real);
  triangularize(schur);
  const left = multiply(schur.q, triangularVectors(schur.t, "left"));
  const right = multiply(schur.q, triangularVectors(schur.t, "right"));
  for (const m of [left, right]) {
    for (let k = 0; k < n; k++) {
      // Of a real matrix the second of two conjugate eigenvalues has the conjugate vector.
      if (real && values.im[k] < 0) for (let i = 0; i < n; i++) m.set(i, k, conj(m.get(i, k - 1)));
      else normalizeColumn(m, k);
    }
  }
  return { values, left, right };
};
