/**
 * Discrete Fourier transforms of any length in float64: split by prime factors; a large prime goes by Bluestein's
 * convolution. Roots of unity are computed one by one, so that errors grow only with the depth of the recursion.
 */

/** Parts of a list of complex numbers. */
export interface Signal {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export const signal = (n: number): Signal => ({ re: new Float64Array(n), im: new Float64Array(n) });

const roots = new Map<number, Signal>();
const rootLimit = 64;

/** e^(-2πik/n) for k = 0 … n-1; angles are reduced to an eighth of a turn, where sine and cosine are best. */
const rootsOfUnity = (n: number): Signal => {
  const known = roots.get(n);
  if (known !== undefined) return known;
  const w = signal(n);
  for (let k = 0; k < n; k++) {
    const eighth = Math.round((8 * k) / n);
    const rest = (2 * Math.PI * (8 * k - eighth * n)) / (8 * n);
    const quarter = (eighth >> 1) & 3;
    // An odd eighth leaves a rest around 45°, written with the angle itself.
    const angle = eighth % 2 === 1 ? rest + Math.PI / 4 : rest;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    w.re[k] = [c, -s, -c, s][quarter];
    w.im[k] = -[s, c, -s, -c][quarter];
  }
  if (roots.size >= rootLimit) roots.clear();
  roots.set(n, w);
  return w;
};

const smallestFactor = (n: number): number => {
  for (let p = 2; p * p <= n; p++) if (n % p === 0) return p;
  return n;
};

const largestDirectPrime = 64;

/** The transform of n numbers of `x` that stand `step` apart from `start` on. */
const transformLine = (x: Signal, start: number, step: number, n: number): Signal => {
  const out = signal(n);
  if (n === 1) {
    out.re[0] = x.re[start];
    out.im[0] = x.im[start];
    return out;
  }
  const p = smallestFactor(n);
  if (p === n) return n > largestDirectPrime ? bluestein(x, start, step, n) : direct(x, start, step, n);
  // p transforms of the numbers p apart, put together by transforms of length p.
  const m = n / p;
  const parts = Array.from({ length: p }, (_, r) => transformLine(x, start + r * step, step * p, m));
  const { re: wr, im: wi } = rootsOfUnity(n);
  for (let k = 0; k < n; k++) {
    let re = 0;
    let im = 0;
    for (let r = 0; r < p; r++) {
      const t = (r * k) % n;
      const a = parts[r].re[k % m];
      const b = parts[r].im[k % m];
      re += a * wr[t] - b * wi[t];
      im += a * wi[t] + b * wr[t];
    }
    out.re[k] = re;
    out.im[k] = im;
  }
  return out;
};

const direct = (x: Signal, start: number, step: number, n: number): Signal => {
  const out = signal(n);
  const { re: wr, im: wi } = rootsOfUnity(n);
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      const t = (j * k) % n;
      const a = x.re[start + j * step];
      const b = x.im[start + j * step];
      out.re[k] += a * wr[t] - b * wi[t];
      out.im[k] += a * wi[t] + b * wr[t];
    }
  }
  return out;
};

/** With jk = (j² + k² - (k-j)²) / 2 the transform is a convolution, done by transforms of a power-of-two length. */
const bluestein = (x: Signal, start: number, step: number, n: number): Signal => {
  const length = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const half = rootsOfUnity(2 * n);
  const chirp = (k: number): number => (k * k) % (2 * n);
  const a = signal(length);
  const b = signal(length);
  for (let k = 0; k < n; k++) {
    const t = chirp(k);
    const [u, v] = [x.re[start + k * step], x.im[start + k * step]];
    a.re[k] = u * half.re[t] - v * half.im[t];
    a.im[k] = u * half.im[t] + v * half.re[t];
    b.re[k] = half.re[t];
    b.im[k] = -half.im[t];
    if (k > 0) {
      b.re[length - k] = b.re[k];
      b.im[length - k] = b.im[k];
    }
  }
  const fa = transformLine(a, 0, 1, length);
  const fb = transformLine(b, 0, 1, length);
  // The inverse transform is the transform of the conjugate, conjugated.
  const c = signal(length);
  for (let k = 0; k < length; k++) {
    c.re[k] = fa.re[k] * fb.re[k] - fa.im[k] * fb.im[k];
    c.im[k] = -(fa.re[k] * fb.im[k] + fa.im[k] * fb.re[k]);
  }
  const d = transformLine(c, 0, 1, length);
  const out = signal(n);
  for (let k = 0; k < n; k++) {
    const t = chirp(k);
    const [u, v] = [d.re[k] / length, -d.im[k] / length];
    out.re[k] = u * half.re[t] - v * half.im[t];
    out.im[k] = u * half.im[t] + v * half.re[t];
  }
  return out;
};

/** Σ x[j] e^(-2πijk/n); with `inverse`, Σ x[j] e^(2πijk/n) / n. */
export const transform = (x: Signal, inverse: boolean): Signal => {
  const n = x.re.length;
  if (n === 0) return signal(0);
  if (!inverse) return transformLine(x, 0, 1, n);
  const turned = transformLine({ re: x.re, im: x.im.map((v) => -v) }, 0, 1, n);
  return { re: turned.re.map((v) => v / n), im: turned.im.map((v) => -v / n) };
};
