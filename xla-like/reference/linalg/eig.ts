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

export const decomposeGeneral = (a: Matrix): Eigen => {
  const n = a.rows;
  if (!a.isFinite) {
    const nan = (rows: number): Matrix => new Matrix(rows, n).fill(Number.NaN);
    return { values: nan(1), left: nan(n), right: nan(n) };
  }
  const real = a.isReal;
  const schur = decomposeSchur(a);
  const paired = Array.from({ length: n }, (_, k) => real && k > 0 && schur.t.absolute(k, k - 1) !== 0);
  triangularize(schur);
  const { t, q } = schur;
  const left = multiply(q, triangularVectors(t, "left"));
  const right = multiply(q, triangularVectors(t, "right"));
  const values = new Matrix(1, n);
  for (let k = 0; k < n; k++) {
    const first = paired[k + 1] === true;
    // A real matrix has exactly real eigenvalues, or exactly conjugate pairs.
    if (paired[k]) values.set(0, k, conj(values.get(0, k - 1)));
    else values.set(0, k, real && !first ? complex(t.re[t.at(k, k)], 0) : t.get(k, k));
    for (const m of [left, right]) {
      if (paired[k]) for (let i = 0; i < n; i++) m.set(i, k, conj(m.get(i, k - 1)));
      else normalizeColumn(m, k);
    }
  }
  return { values, left, right };
};
