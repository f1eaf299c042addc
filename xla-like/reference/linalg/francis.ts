/**
 * The real Schur form by Francis's implicit double-shift QR algorithm, after G. H. Golub and C. F. Van Loan,
 * "Matrix Computations", section 7.5.
 */
import { decomposeHessenberg } from "./householder.js";
import type { Matrix } from "./matrix.js";

const epsilon = 2 ** -53;
const maxIterations = 300;

/** Reflects rows k … k+size-1 by I - 2vvᵀ/vᵀv from the left, and the same columns of t and q from the right. */
const reflect = (t: Matrix, q: Matrix, k: number, v: readonly number[], high: number, from: number): void => {
  const n = t.rows;
  const norm = v.reduce((s, x) => s + x * x, 0);
  if (norm === 0) return;
  const scale = 2 / norm;
  for (let j = from; j < n; j++) {
    let dot = 0;
    for (let i = 0; i < v.length; i++) dot += v[i] * t.re[t.at(k + i, j)];
    for (let i = 0; i < v.length; i++) t.re[t.at(k + i, j)] -= scale * dot * v[i];
  }
  for (const [m, rows] of [
    [t, Math.min(high, k + v.length) + 1],
    [q, n],
  ] as const) {
    for (let i = 0; i < rows; i++) {
      let dot = 0;
      for (let j = 0; j < v.length; j++) dot += v[j] * m.re[m.at(i, k + j)];
      for (let j = 0; j < v.length; j++) m.re[m.at(i, k + j)] -= scale * dot * v[j];
    }
  }
};

/** v with (I - 2vvᵀ/vᵀv) x a multiple of the first unit vector. */
const reflector = (x: readonly number[]): number[] => {
  const norm = Math.hypot(...x);
  const v = x.slice();
  v[0] += x[0] >= 0 ? norm : -norm;
  // The direction is all that matters; scaling keeps its square from under- or overflowing.
  return norm === 0 ? x.map(() => 0) : v.map((y) => y / norm);
};

/** One double-shift step on low … high, where `sum` and `product` are those of the two shifts. */
const francisStep = (t: Matrix, q: Matrix, low: number, high: number, sum: number, product: number): void => {
  const h = (i: number, j: number): number => t.re[t.at(i, j)];
  let x = [
    h(low, low) * h(low, low) + h(low, low + 1) * h(low + 1, low) - sum * h(low, low) + product,
    h(low + 1, low) * (h(low, low) + h(low + 1, low + 1) - sum),
    h(low + 1, low) * h(low + 2, low + 1),
  ];
  for (let k = low; k < high; k++) {
    reflect(t, q, k, reflector(x), high, Math.max(low, k - 1));
    if (k > low) for (let i = k + 1; i <= Math.min(high, k + 2); i++) t.re[t.at(i, k - 1)] = 0;
    x = [h(k + 1, k), ...(k + 2 <= high ? [h(k + 2, k)] : []), ...(k + 3 <= high ? [h(k + 3, k)] : [])];
  }
};

/** Rotates rows and columns k, k+1 of t, and columns of q. */
const rotate = (t: Matrix, q: Matrix, k: number, c: number, s: number): void => {
  const n = t.rows;
  for (let j = k; j < n; j++) {
    const [p, r] = [t.at(k, j), t.at(k + 1, j)];
    [t.re[p], t.re[r]] = [c * t.re[p] + s * t.re[r], c * t.re[r] - s * t.re[p]];
  }
  for (const [m, rows] of [
    [t, k + 2],
    [q, n],
  ] as const) {
    for (let i = 0; i < rows; i++) {
      const [p, r] = [m.at(i, k), m.at(i, k + 1)];
      [m.re[p], m.re[r]] = [c * m.re[p] + s * m.re[r], c * m.re[r] - s * m.re[p]];
    }
  }
};

/** Makes a 2 × 2 block triangular if its eigenvalues are real, and its diagonal entries equal if they are not. */
const standardize = (t: Matrix, q: Matrix, k: number): void => {
  const h = (i: number, j: number): number => t.re[t.at(k + i, k + j)];
  const half = (h(0, 0) - h(1, 1)) / 2;
  const bc = h(0, 1) * h(1, 0);
  const discriminant = half * half + bc;
  if (discriminant >= 0) {
    // (λ - d, c) is an eigenvector.
    const z = half + (half >= 0 ? Math.sqrt(discriminant) : -Math.sqrt(discriminant));
    const r = Math.hypot(z, h(1, 0));
    if (r > 0) rotate(t, q, k, z / r, h(1, 0) / r);
    t.re[t.at(k + 1, k)] = 0;
    return;
  }
  // The rotation by φ changes the difference of the diagonal entries to 2 half cos 2φ + (b + c) sin 2φ.
  const angle = Math.atan2(-2 * half, h(0, 1) + h(1, 0)) / 2;
  rotate(t, q, k, Math.cos(angle), Math.sin(angle));
  const mean = (h(0, 0) + h(1, 1)) / 2;
  t.re[t.at(k, k)] = mean;
  t.re[t.at(k + 1, k + 1)] = mean;
};

export const realSchur = (a: Matrix): { readonly t: Matrix; readonly q: Matrix } => {
  const { h: t, q } = decomposeHessenberg(a);
  const size = (i: number, j: number): number => Math.abs(t.re[t.at(i, j)]);
  let high = a.rows - 1;
  for (let iteration = 0; high > 0; iteration++) {
    let low = high;
    for (; low > 0; low--) {
      const neighbours = size(low - 1, low - 1) + size(low, low);
      if (size(low, low - 1) <= epsilon * neighbours || size(low, low - 1) < 1e-300) break;
    }
    if (low > 0) t.re[t.at(low, low - 1)] = 0;
    if (low >= high - 1) {
      if (low === high - 1) standardize(t, q, low);
      high = low - 1;
      iteration = -1;
      continue;
    }
    if (iteration > maxIterations) throw new RangeError("schur: the QR algorithm did not converge");
    const h = (i: number, j: number): number => t.re[t.at(i, j)];
    let sum = h(high - 1, high - 1) + h(high, high);
    let product = h(high - 1, high - 1) * h(high, high) - h(high - 1, high) * h(high, high - 1);
    if (iteration % 10 === 9) {
      // Now and then shifts out of line break cycles.
      const s = size(high, high - 1) + size(high - 1, high - 2);
      sum = 1.5 * s;
      product = s * s;
    }
    francisStep(t, q, low, high, sum, product);
  }
  return { t, q };
};
