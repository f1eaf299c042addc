/**
 * Complex matrices in float64 on which every decomposition works. Real matrices have imaginary parts that are and
 * stay exactly zero; products skip them, so that infinities do not turn into NaN.
 */
import { type Complex, complex } from "../functions/complex-number.js";

export class Matrix {
  readonly re: Float64Array;
  readonly im: Float64Array;

  constructor(
    readonly rows: number,
    readonly columns: number,
  ) {
    this.re = new Float64Array(rows * columns);
    this.im = new Float64Array(rows * columns);
  }

  static identity(rows: number, columns = rows): Matrix {
    const m = new Matrix(rows, columns);
    for (let i = 0; i < Math.min(rows, columns); i++) m.re[i * columns + i] = 1;
    return m;
  }

  /** A row of real numbers. */
  static reals(values: ArrayLike<number>): Matrix {
    const m = new Matrix(1, values.length);
    m.re.set(values);
    return m;
  }

  at(i: number, j: number): number {
    return i * this.columns + j;
  }
  get(i: number, j: number): Complex {
    const k = this.at(i, j);
    return complex(this.re[k], this.im[k]);
  }
  set(i: number, j: number, { re, im }: Complex): void {
    const k = this.at(i, j);
    this.re[k] = re;
    this.im[k] = im;
  }
  absolute(i: number, j: number): number {
    const k = this.at(i, j);
    return this.im[k] === 0 ? Math.abs(this.re[k]) : Math.hypot(this.re[k], this.im[k]);
  }

  clone(): Matrix {
    const m = new Matrix(this.rows, this.columns);
    m.re.set(this.re);
    m.im.set(this.im);
    return m;
  }

  transposed(conjugate: boolean): Matrix {
    const m = new Matrix(this.columns, this.rows);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.columns; j++) {
        const from = this.at(i, j);
        const to = m.at(j, i);
        m.re[to] = this.re[from];
        m.im[to] = conjugate && this.im[from] !== 0 ? -this.im[from] : this.im[from];
      }
    }
    return m;
  }

  /** The leading block of another size, filled up with zeros. */
  resized(rows: number, columns: number): Matrix {
    const m = new Matrix(rows, columns);
    for (let i = 0; i < Math.min(rows, this.rows); i++) {
      for (let j = 0; j < Math.min(columns, this.columns); j++) m.set(i, j, this.get(i, j));
    }
    return m;
  }

  fill(value: number): this {
    this.re.fill(value);
    return this;
  }

  get isFinite(): boolean {
    return this.re.every(Number.isFinite) && this.im.every(Number.isFinite);
  }
  get isReal(): boolean {
    return this.im.every((v) => v === 0);
  }
}

/** c[k] -= a[i] · b[j], by linear places; `conjugateA` takes a's conjugate. */
export const subtractProduct = (
  c: Matrix,
  k: number,
  a: Matrix,
  i: number,
  b: Matrix,
  j: number,
  conjugateA = false,
): void => {
  const x = a.re[i];
  const y = conjugateA ? -a.im[i] : a.im[i];
  const u = b.re[j];
  const v = b.im[j];
  if (y === 0 && v === 0) {
    c.re[k] -= x * u;
    return;
  }
  c.re[k] -= x * u - y * v;
  c.im[k] -= x * v + y * u;
};

/** Replaces columns p and q by (α·p + β·q, γ·p + δ·q) in the first `rows` rows. */
export const mixColumns = (
  m: Matrix,
  p: number,
  q: number,
  alpha: Complex,
  beta: Complex,
  gamma: Complex,
  delta: Complex,
  rows = m.rows,
): void => {
  for (let i = 0; i < rows; i++) mix(m, m.at(i, p), m.at(i, q), alpha, beta, gamma, delta);
};

/** The same for rows, from column `from` on. */
export const mixRows = (
  m: Matrix,
  p: number,
  q: number,
  alpha: Complex,
  beta: Complex,
  gamma: Complex,
  delta: Complex,
  from = 0,
): void => {
  for (let j = from; j < m.columns; j++) mix(m, m.at(p, j), m.at(q, j), alpha, beta, gamma, delta);
};

const mix = (m: Matrix, p: number, q: number, a: Complex, b: Complex, c: Complex, d: Complex): void => {
  const { re, im } = m;
  const x = re[p];
  const y = im[p];
  const u = re[q];
  const v = im[q];
  re[p] = a.re * x - a.im * y + b.re * u - b.im * v;
  im[p] = a.re * y + a.im * x + b.re * v + b.im * u;
  re[q] = c.re * x - c.im * y + d.re * u - d.im * v;
  im[q] = c.re * y + c.im * x + d.re * v + d.im * u;
};

export const multiply = (a: Matrix, b: Matrix): Matrix => {
  const c = new Matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const at = a.at(i, k);
      const x = a.re[at];
      const y = a.im[at];
      for (let j = 0; j < b.columns; j++) {
        const from = b.at(k, j);
        const to = c.at(i, j);
        c.re[to] += x * b.re[from] - y * b.im[from];
        c.im[to] += x * b.im[from] + y * b.re[from];
      }
    }
  }
  return c;
};

/** Scales column j to length 1 and turns it so that its largest entry is real, as LAPACK does with eigenvectors. */
export const normalizeColumn = (m: Matrix, j: number): void => {
  let length = 0;
  let largest = 0;
  let row = 0;
  for (let i = 0; i < m.rows; i++) {
    const a = m.absolute(i, j);
    length = Math.hypot(length, a);
    if (a > largest) {
      largest = a;
      row = i;
    }
  }
  if (length === 0) return;
  const { re, im } = m.get(row, j);
  const phase = im === 0 ? complex(1, 0) : complex(re / largest, -im / largest);
  for (let i = 0; i < m.rows; i++) {
    const z = m.get(i, j);
    const x = (z.re * phase.re - z.im * phase.im) / length;
    const y = (z.re * phase.im + z.im * phase.re) / length;
    m.set(i, j, complex(x, y));
  }
  if (im !== 0) m.im[m.at(row, j)] = 0;
};
