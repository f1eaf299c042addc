/** Jacobi's methods: eigenvalues of Hermitian matrices, and singular values. Slow, simple, and accurate. */
import { type Complex, complex } from "../functions/complex-number.js";
import { decomposeQR } from "./householder.js";
import { Matrix, mixColumns, mixRows } from "./matrix.js";

const maxSweeps = 100;

/** Tangent of the rotation that takes [[p, r], [r, q]] to diagonal form, the smaller of the two. */
const tangent = (p: number, q: number, r: number): number => {
  const tau = (q - p) / (2 * r);
  const t = 1 / (Math.abs(tau) + Math.hypot(1, tau));
  return tau < 0 ? -t : t;
};

interface Rotation {
  readonly c: Complex;
  readonly s: Complex;
  /** s and c times the conjugate phase of the entry being removed. */
  readonly phasedS: Complex;
  readonly phasedC: Complex;
}

/** The rotation of columns p, q that removes the entry `z` between them, given the diagonal entries. */
const rotationOf = (p: number, q: number, z: Complex, size: number): Rotation => {
  const t = tangent(p, q, size);
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  const x = z.re / size;
  const y = z.im === 0 ? 0 : -z.im / size;
  return { c: complex(c, 0), s: complex(s, 0), phasedS: complex(-s * x, -s * y), phasedC: complex(c * x, c * y) };
};

const conjugate = ({ re, im }: Complex): Complex => complex(re, -im);

export interface HermitianEigen {
  readonly vectors: Matrix;
  /** Ascending. */
  readonly values: Matrix;
}

/** Eigenvalues and orthonormal eigenvectors of the Hermitian matrix that one triangle of `a` gives. */
export const decomposeHermitian = (a: Matrix, lower: boolean): HermitianEigen => {
  const n = a.rows;
  const m = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const z = lower ? a.get(i, j) : conjugate(a.get(j, i));
      m.set(i, j, i === j ? complex(z.re, 0) : z);
      m.set(j, i, i === j ? complex(z.re, 0) : conjugate(z));
    }
  }
  if (!m.isFinite) {
    return { vectors: new Matrix(n, n).fill(Number.NaN), values: new Matrix(1, n).fill(Number.NaN) };
  }
  const v = Matrix.identity(n);
  const norm = Math.hypot(...Array.from({ length: n }, (_, i) => rowNorm(m, i)));
  const negligible = (norm * 2 ** -60) / Math.max(1, n);
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const size = m.absolute(p, q);
        if (size <= negligible) continue;
        rotated = true;
        const { c, s, phasedS, phasedC } = rotationOf(m.re[m.at(p, p)], m.re[m.at(q, q)], m.get(p, q), size);
        mixColumns(m, p, q, c, phasedS, s, phasedC);
        mixRows(m, p, q, c, conjugate(phasedS), s, conjugate(phasedC));
        mixColumns(v, p, q, c, phasedS, s, phasedC);
        m.set(p, q, complex(0, 0));
        m.set(q, p, complex(0, 0));
      }
    }
    if (!rotated) break;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => m.re[m.at(i, i)] - m.re[m.at(j, j)]);
  return { vectors: pickColumns(v, order), values: Matrix.reals(order.map((i) => m.re[m.at(i, i)])) };
};

const rowNorm = (m: Matrix, i: number): number => {
  let norm = 0;
  for (let j = 0; j < m.columns; j++) norm = Math.hypot(norm, m.absolute(i, j));
  return norm;
};

const pickColumns = (m: Matrix, order: readonly number[]): Matrix => {
  const out = new Matrix(m.rows, order.length);
  for (let i = 0; i < m.rows; i++) {
    order.forEach((from, to) => {
      out.set(i, to, m.get(i, from));
    });
  }
  return out;
};

export interface SingularValues {
  readonly u: Matrix;
  /** Descending. */
  readonly s: Matrix;
  readonly vt: Matrix;
}

/** A = U diag(s) Vᴴ, by one-sided rotations that make the columns of A orthogonal. */
export const decomposeSingular = (a: Matrix, fullMatrices: boolean): SingularValues => {
  const { rows, columns } = a;
  const k = Math.min(rows, columns);
  if (!a.isFinite) {
    return {
      u: new Matrix(rows, fullMatrices ? rows : k).fill(Number.NaN),
      s: new Matrix(1, k).fill(Number.NaN),
      vt: new Matrix(fullMatrices ? columns : k, columns).fill(Number.NaN),
    };
  }
  if (rows < columns) {
    const { u, s, vt } = decomposeSingular(a.transposed(true), fullMatrices);
    return { u: vt.transposed(true), s, vt: u.transposed(true) };
  }
  const { m, v, scale } = orthogonalColumns(a);
  const lengths = Array.from({ length: columns }, (_, j) => columnNorm(m, j));
  const order = lengths.map((_, j) => j).sort((i, j) => lengths[j] - lengths[i]);
  const u = pickColumns(m, order);
  const rank = order.filter((j) => lengths[j] > 0).length;
  order.forEach((j, to) => {
    if (lengths[j] === 0) return;
    for (let i = 0; i < rows; i++) {
      u.re[u.at(i, to)] /= lengths[j];
      u.im[u.at(i, to)] /= lengths[j];
    }
  });
  return {
    u: completed(u, rank, fullMatrices ? rows : columns),
    s: Matrix.reals(order.map((j) => lengths[j] / scale)),
    vt: pickColumns(v, order).transposed(true),
  };
};

/** Rotates columns until all are orthogonal; scaled by a power of two so that squares neither over- nor underflow. */
const orthogonalColumns = (a: Matrix): { readonly m: Matrix; readonly v: Matrix; readonly scale: number } => {
  const m = a.clone();
  const n = a.columns;
  const largest = m.re.reduce((s, x, i) => Math.max(s, Math.abs(x), Math.abs(m.im[i])), 0);
  const scale = largest === 0 ? 1 : 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
  for (let i = 0; i < m.re.length; i++) {
    m.re[i] *= scale;
    m.im[i] *= scale;
  }
  const v = Matrix.identity(n);
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const z = innerProduct(m, p, q);
        const pp = columnNorm(m, p) ** 2;
        const qq = columnNorm(m, q) ** 2;
        const size = Math.hypot(z.re, z.im);
        if (size <= 2 ** -53 * Math.sqrt(pp * qq) || size < 1e-290) continue;
        rotated = true;
        const { c, s, phasedS, phasedC } = rotationOf(pp, qq, z, size);
        mixColumns(m, p, q, c, phasedS, s, phasedC);
        mixColumns(v, p, q, c, phasedS, s, phasedC);
      }
    }
    if (!rotated) break;
  }
  return { m, v, scale };
};

/** pᴴ q. */
const innerProduct = (m: Matrix, p: number, q: number): Complex => {
  let re = 0;
  let im = 0;
  for (let i = 0; i < m.rows; i++) {
    const a = m.at(i, p);
    const b = m.at(i, q);
    re += m.re[a] * m.re[b] + m.im[a] * m.im[b];
    im += m.re[a] * m.im[b] - m.im[a] * m.re[b];
  }
  return complex(re, im);
};

const columnNorm = (m: Matrix, j: number): number => {
  let squares = 0;
  for (let i = 0; i < m.rows; i++) {
    const k = m.at(i, j);
    squares += m.re[k] * m.re[k] + m.im[k] * m.im[k];
  }
  return Math.sqrt(squares);
};

/** The first `rank` columns, which are orthonormal, and as many more that make a basis. */
const completed = (u: Matrix, rank: number, columns: number): Matrix => {
  if (rank === columns) return u.resized(u.rows, columns);
  const { q } = decomposeQR(u.resized(u.rows, rank), true);
  const out = u.resized(u.rows, columns);
  for (let j = rank; j < columns; j++) for (let i = 0; i < u.rows; i++) out.set(i, j, q.get(i, j));
  return out;
};
