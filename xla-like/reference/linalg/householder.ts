/** Householder reflections: QR and Hessenberg form. Signs are LAPACK's: R has real diagonal entries of either sign. */
import { divide } from "../functions/complex-basic.js";
import { type Complex, complex } from "../functions/complex-number.js";
import { Matrix } from "./matrix.js";

/** H = I - τ v vᴴ, where v is 1 at `start` and 0 before. */
interface Reflection {
  readonly start: number;
  readonly tau: Complex;
  /** The entries of v from `start` on. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The reflection whose Hᴴ takes column j, from row `start` on, to (β, 0, …, 0). */
const reflectionOf = (a: Matrix, start: number, j: number): Reflection => {
  const length = a.rows - start;
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  let rest = 0;
  for (let i = 0; i < length; i++) {
    const k = a.at(start + i, j);
    re[i] = a.re[k];
    im[i] = a.im[k];
    if (i > 0) rest = Math.hypot(rest, re[i], im[i]);
  }
  const alpha = complex(re[0], im[0]);
  re[0] = 1;
  im[0] = 0;
  if (rest === 0 && alpha.im === 0) {
    re.fill(0, 1);
    im.fill(0, 1);
    return { start, tau: complex(0, 0), re, im };
  }
  const norm = Math.hypot(alpha.re, alpha.im, rest);
  const beta = alpha.re >= 0 ? -norm : norm;
  const scale = divide(complex(1, 0), complex(alpha.re - beta, alpha.im));
  for (let i = 1; i < length; i++) {
    const x = re[i];
    const y = im[i];
    re[i] = x * scale.re - y * scale.im;
    im[i] = x * scale.im + y * scale.re;
  }
  return { start, tau: complex((beta - alpha.re) / beta, -alpha.im / beta), re, im };
};

/** Applies H (or Hᴴ) from the left to the columns from `from` on. */
const reflectRows = (m: Matrix, { start, tau, re, im }: Reflection, adjoint: boolean, from = 0): void => {
  if (tau.re === 0 && tau.im === 0) return;
  const t = adjoint ? -tau.im : tau.im;
  for (let j = from; j < m.columns; j++) {
    let x = 0;
    let y = 0;
    for (let i = 0; i < re.length; i++) {
      const k = m.at(start + i, j);
      x += re[i] * m.re[k] + im[i] * m.im[k];
      y += re[i] * m.im[k] - im[i] * m.re[k];
    }
    const u = tau.re * x - t * y;
    const v = tau.re * y + t * x;
    for (let i = 0; i < re.length; i++) {
      const k = m.at(start + i, j);
      m.re[k] -= re[i] * u - im[i] * v;
      m.im[k] -= re[i] * v + im[i] * u;
    }
  }
};

/** Applies H from the right to all rows. */
const reflectColumns = (m: Matrix, { start, tau, re, im }: Reflection): void => {
  if (tau.re === 0 && tau.im === 0) return;
  for (let i = 0; i < m.rows; i++) {
    let x = 0;
    let y = 0;
    for (let k = 0; k < re.length; k++) {
      const at = m.at(i, start + k);
      x += m.re[at] * re[k] - m.im[at] * im[k];
      y += m.re[at] * im[k] + m.im[at] * re[k];
    }
    const u = tau.re * x - tau.im * y;
    const v = tau.re * y + tau.im * x;
    for (let k = 0; k < re.length; k++) {
      const at = m.at(i, start + k);
      m.re[at] -= u * re[k] + v * im[k];
      m.im[at] -= v * re[k] - u * im[k];
    }
  }
};

/** The first `columns` columns of H₁ H₂ …. */
const accumulate = (reflections: readonly Reflection[], rows: number, columns: number): Matrix => {
  const q = Matrix.identity(rows, columns);
  for (const h of reflections.toReversed()) reflectRows(q, h, false);
  return q;
};

const clearBelow = (m: Matrix, subdiagonals: number): void => {
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < Math.min(m.columns, i - subdiagonals); j++) m.set(i, j, complex(0, 0));
  }
};

/** A = Q R with Q of all rows' size, or only of as many columns as R needs. */
export const decomposeQR = (a: Matrix, fullMatrices: boolean): { readonly q: Matrix; readonly r: Matrix } => {
  const r = a.clone();
  const steps = Math.min(a.rows, a.columns);
  const reflections: Reflection[] = [];
  for (let j = 0; j < steps; j++) {
    const h = reflectionOf(r, j, j);
    reflectRows(r, h, true, j);
    r.im[r.at(j, j)] = 0;
    reflections.push(h);
  }
  clearBelow(r, 0);
  const size = fullMatrices ? a.rows : steps;
  return { q: accumulate(reflections, a.rows, size), r: r.resized(size, a.columns) };
};

/** A = Q H Qᴴ with H zero below its first subdiagonal. */
export const decomposeHessenberg = (a: Matrix): { readonly h: Matrix; readonly q: Matrix } => {
  const h = a.clone();
  const reflections: Reflection[] = [];
  for (let j = 0; j + 2 < a.rows; j++) {
    const reflection = reflectionOf(h, j + 1, j);
    reflectRows(h, reflection, true, j);
    reflectColumns(h, reflection);
    reflections.push(reflection);
  }
  clearBelow(h, 1);
  return { h, q: accumulate(reflections, a.rows, a.rows) };
};
