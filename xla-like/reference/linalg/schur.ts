/** Schur forms by the QR algorithm: complex with single shifts, real with Francis's double shifts. */
import { divide, sqrt, multiply as times } from "../functions/complex-basic.js";
import { type Complex, complex } from "../functions/complex-number.js";
import { realSchur } from "./francis.js";
import { decomposeHessenberg } from "./householder.js";
import { Matrix, mixColumns, mixRows } from "./matrix.js";

export interface Schur {
  /** Upper triangular; for real matrices with 2 × 2 blocks on the diagonal, one for each pair of complex eigenvalues. */
  readonly t: Matrix;
  /** A = Q T Qᴴ. */
  readonly q: Matrix;
}

const epsilon = 2 ** -53;
const maxIterations = 300;

export const decomposeSchur = (a: Matrix): Schur => {
  const n = a.rows;
  if (!a.isFinite) return { t: new Matrix(n, n).fill(Number.NaN), q: new Matrix(n, n).fill(Number.NaN) };
  return a.isReal ? realSchur(a) : complexSchur(a);
};

/** The eigenvalue of the 2 × 2 block ending at `k` that is nearer to its last entry. */
const wilkinsonShift = (t: Matrix, k: number): Complex => {
  const a = t.get(k - 1, k - 1);
  const d = t.get(k, k);
  const bc = times(t.get(k - 1, k), t.get(k, k - 1));
  const half = complex((a.re - d.re) / 2, (a.im - d.im) / 2);
  const root = sqrt(complex(times(half, half).re + bc.re, times(half, half).im + bc.im));
  // The larger of half ± root, so that bc over it is the smaller eigenvalue's distance from d.
  const aligned = half.re * root.re + half.im * root.im >= 0;
  const sum = aligned ? complex(half.re + root.re, half.im + root.im) : complex(half.re - root.re, half.im - root.im);
  if (sum.re === 0 && sum.im === 0) return d;
  const step = divide(bc, sum);
  return complex(d.re - step.re, d.im - step.im);
};

const addToDiagonal = (t: Matrix, from: number, to: number, { re, im }: Complex): void => {
  for (let i = from; i <= to; i++) {
    t.re[t.at(i, i)] += re;
    t.im[t.at(i, i)] += im;
  }
};

/** One QR step on rows and columns low … high: T - σ = Q R becomes R Q + σ. */
const qrStep = (t: Matrix, q: Matrix, low: number, high: number, shift: Complex): void => {
  addToDiagonal(t, low, high, complex(-shift.re, -shift.im));
  const rotations: { readonly c: Complex; readonly s: Complex }[] = [];
  for (let k = low; k < high; k++) {
    const x = t.get(k, k);
    const y = t.get(k + 1, k);
    const r = Math.hypot(x.re, x.im, y.re, y.im);
    const c = r === 0 ? complex(1, 0) : complex(x.re / r, x.im / r);
    const s = r === 0 ? complex(0, 0) : complex(y.re / r, y.im / r);
    mixRows(t, k, k + 1, conj(c), conj(s), complex(-s.re, -s.im), c, k);
    t.set(k + 1, k, complex(0, 0));
    rotations.push({ c, s });
  }
  rotations.forEach(({ c, s }, i) => {
    const k = low + i;
    mixColumns(t, k, k + 1, c, s, complex(-s.re, s.im), conj(c), Math.min(high, k + 1) + 1);
    mixColumns(q, k, k + 1, c, s, complex(-s.re, s.im), conj(c));
  });
  addToDiagonal(t, low, high, shift);
};

const conj = ({ re, im }: Complex): Complex => complex(re, -im);

const complexSchur = (a: Matrix): Schur => {
  const { h: t, q } = decomposeHessenberg(a);
  let high = a.rows - 1;
  for (let iteration = 0; high > 0; iteration++) {
    let low = high;
    for (; low > 0; low--) {
      const neighbours = t.absolute(low - 1, low - 1) + t.absolute(low, low);
      if (t.absolute(low, low - 1) <= epsilon * neighbours || t.absolute(low, low - 1) < 1e-300) break;
    }
    if (low > 0) t.set(low, low - 1, complex(0, 0));
    if (low === high) {
      high -= 1;
      iteration = 0;
      continue;
    }
    if (iteration > maxIterations) throw new RangeError("schur: the QR algorithm did not converge");
    // Now and then a shift out of line breaks cycles.
    const shift =
      iteration % 10 === 9 ? complex(t.absolute(high, high - 1) + t.absolute(high, high), 0) : wilkinsonShift(t, high);
    qrStep(t, q, low, high, shift);
  }
  return { t, q };
};
