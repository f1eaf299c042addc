/** Arithmetic, roots, logarithms and powers of complex numbers, with C99's special values and branch cuts. */
import { type Complex, complex } from "./complex-number.js";

const inf = Number.POSITIVE_INFINITY;
const isInf = (x: number): boolean => x === inf || x === -inf;
export const copySign = (magnitude: number, sign: number): number => {
  const a = Math.abs(magnitude);
  return sign < 0 || Object.is(sign, -0) ? -a : a;
};

export const add = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im);
export const subtract = (a: Complex, b: Complex): Complex => complex(a.re - b.re, a.im - b.im);
export const multiply = (a: Complex, b: Complex): Complex =>
  complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
export const negate = (z: Complex): Complex => complex(-z.re, -z.im);
export const conjugate = (z: Complex): Complex => complex(z.re, -z.im);
/** iz and -iz, exactly. */
export const timesI = (z: Complex): Complex => complex(-z.im, z.re);
export const overI = (z: Complex): Complex => complex(z.im, -z.re);
export const equal = (a: Complex, b: Complex): number => (a.re === b.re && a.im === b.im ? 1 : 0);

/** |z| without overflow; infinite if either part is. */
export const abs = (z: Complex): number => {
  const x = Math.abs(z.re);
  const y = Math.abs(z.im);
  if (x === inf || y === inf) return inf;
  return Math.hypot(x, y);
};

/** The power of two that brings the larger part of z near 1. */
const scaleOf = (z: Complex): number => {
  const m = Math.max(Math.abs(z.re), Math.abs(z.im));
  return m === 0 || !Number.isFinite(m) ? 1 : 2 ** -Math.max(-1022, Math.min(1022, Math.floor(Math.log2(m))));
};

/** C99's division: scaled, and exact about infinities and division by zero. */
export const divide = (a: Complex, b: Complex): Complex => {
  const s = scaleOf(b);
  const c = b.re * s;
  const d = b.im * s;
  const norm = c * c + d * d;
  const t = scaleOf(a);
  const x = a.re * t;
  const y = a.im * t;
  let re = (((x * c + y * d) / norm) * s) / t;
  let im = (((y * c - x * d) / norm) * s) / t;
  if (Number.isNaN(re) && Number.isNaN(im)) {
    if (norm === 0 && (!Number.isNaN(a.re) || !Number.isNaN(a.im))) {
      re = copySign(inf, c) * a.re;
      im = copySign(inf, c) * a.im;
    } else if ((isInf(a.re) || isInf(a.im)) && Number.isFinite(c) && Number.isFinite(d)) {
      const p = copySign(isInf(a.re) ? 1 : 0, a.re);
      const q = copySign(isInf(a.im) ? 1 : 0, a.im);
      re = inf * (p * c + q * d);
      im = inf * (q * c - p * d);
    } else if ((isInf(b.re) || isInf(b.im)) && Number.isFinite(a.re) && Number.isFinite(a.im)) {
      const p = copySign(isInf(b.re) ? 1 : 0, b.re);
      const q = copySign(isInf(b.im) ? 1 : 0, b.im);
      re = 0 * (a.re * p + a.im * q);
      im = 0 * (a.im * p - a.re * q);
    }
  }
  return complex(re, im);
};

export const sqrt = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  if (x === 0 && y === 0) return complex(0, y);
  if (isInf(y)) return complex(inf, y);
  if (Number.isNaN(x)) return complex(x, x);
  if (x === inf) return complex(x, Number.isNaN(y) ? y : copySign(0, y));
  if (x === -inf) return Number.isNaN(y) ? complex(y, inf) : complex(0, copySign(inf, y));
  // Scale by a power of four, so that neither hypot nor the sum overflows or loses denormals.
  const large = Math.max(Math.abs(x), Math.abs(y)) > 2 ** 1000;
  const small = Math.max(Math.abs(x), Math.abs(y)) < 2 ** -900;
  const s = large ? 2 ** -100 : small ? 2 ** 200 : 1;
  const back = large ? 2 ** 50 : small ? 2 ** -100 : 1;
  const t = Math.sqrt((Math.hypot(x * s, y * s) + Math.abs(x) * s) / 2);
  if (x >= 0) return complex(t * back, ((y * s) / (2 * t)) * back);
  return complex(((Math.abs(y) * s) / (2 * t)) * back, copySign(t * back, y));
};

export const rsqrt = (z: Complex): Complex => divide(complex(1, 0), sqrt(z));

const split = (x: number): number => {
  const t = x * 134217729;
  return t - (t - x);
};
/** The rounding error of x·x. */
const squareError = (x: number, square: number): number => {
  const h = split(x);
  const l = x - h;
  return h * h - square + 2 * h * l + l * l;
};
/** x² + y² - 1 to full relative precision where it nearly vanishes (x ≥ y ≥ 0). */
const normMinusOne = (x: number, y: number): number => {
  const a = x * x;
  const b = y * y;
  const lead = a - 1 + b;
  // a - 1 is exact for a in [½, 2]; the error of adding b is recovered as in a two-sum.
  const u = a - 1;
  const bb = lead - u;
  const sumError = u - (lead - bb) + (b - bb);
  return lead + (sumError + squareError(x, a) + squareError(y, b));
};

/** log|x + iy|, accurate also near the unit circle. */
export const logAbs = (re: number, im: number): number => {
  const x = Math.max(Math.abs(re), Math.abs(im));
  const y = Math.min(Math.abs(re), Math.abs(im));
  if (Number.isNaN(re) || Number.isNaN(im)) return isInf(re) || isInf(im) ? inf : Number.NaN;
  if (x > 0.7 && x < 1.42 && y < 1.42) return Math.log1p(normMinusOne(x, y)) / 2;
  if (x > 1e150 || x < 1e-150) return x === 0 || x === inf ? Math.log(x) : Math.log(x) + Math.log1p((y / x) ** 2) / 2;
  return Math.log(x * x + y * y) / 2;
};

export const log = (z: Complex): Complex => complex(logAbs(z.re, z.im), Math.atan2(z.im, z.re));

export const log1p = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  const angle = Math.atan2(y, 1 + x);
  if (Math.abs(x) < 0.5 && Math.abs(y) < 0.5) {
    // x(2+x) + y², with the errors of the squares put back where the sum nearly cancels.
    const a = x * x;
    const b = y * y;
    const u = 2 * x + a;
    const uu = u - 2 * x;
    const uError = 2 * x - (u - uu) + (a - uu);
    const lead = u + b;
    const bb = lead - u;
    const sumError = u - (lead - bb) + (b - bb);
    const norm = lead + (sumError + uError + squareError(x, a) + squareError(y, b));
    return complex(norm === 0 ? lead : Math.log1p(norm) / 2, angle);
  }
  return complex(logAbs(1 + x, y), angle);
};

/** e^x (cos y + i sin y), where e^x alone may overflow. */
const polar = (x: number, y: number): Complex => {
  if (y === 0) return complex(Math.exp(x), y);
  if (x > 709) {
    const half = Math.exp(x / 2);
    return complex(half * Math.cos(y) * half, half * Math.sin(y) * half);
  }
  const r = Math.exp(x);
  return complex(r * Math.cos(y), r * Math.sin(y));
};

export const exp = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  if (Number.isFinite(y)) {
    if (x === -inf) return complex(0 * Math.cos(y), 0 * Math.sin(y));
    return Number.isNaN(x) && y === 0 ? z : polar(x, y);
  }
  if (x === -inf) return complex(0, 0);
  if (x === inf) return complex(inf, Number.NaN);
  return complex(Number.NaN, Number.NaN);
};

export const expm1 = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  if (!(Math.abs(x) < 700) || !Number.isFinite(y)) {
    const e = exp(z);
    return complex(e.re - 1, e.im);
  }
  const half = Math.sin(y / 2);
  return complex(Math.expm1(x) * Math.cos(y) - 2 * half * half, y === 0 ? y : Math.exp(x) * Math.sin(y));
};

/** z^w on the principal branch; 0 to a power with positive real part is 0, and anything to the power 0 is 1. */
export const pow = (z: Complex, w: Complex): Complex => {
  if (w.re === 0 && w.im === 0) return complex(1, 0);
  const r = abs(z);
  if (r === 0) {
    if (w.re > 0) return complex(0, 0);
    return w.im === 0 && w.re < 0 ? complex(inf, 0) : complex(Number.NaN, Number.NaN);
  }
  const angle = Math.atan2(z.im, z.re);
  const magnitude = r ** w.re * Math.exp(-w.im * angle);
  const turn = w.im === 0 ? w.re * angle : w.re * angle + w.im * logAbs(z.re, z.im);
  if (turn === 0) return complex(magnitude, turn);
  return complex(magnitude * Math.cos(turn), magnitude * Math.sin(turn));
};

/** z / |z|, and 0 at 0. */
export const sign = (z: Complex): Complex => {
  if (z.re === 0 && z.im === 0) return complex(0, 0);
  const s = scaleOf(z);
  const r = Math.hypot(z.re * s, z.im * s);
  return complex((z.re * s) / r, (z.im * s) / r);
};

export const logistic = (z: Complex): Complex => {
  const one = complex(1, 0);
  if (z.re >= 0) return divide(one, add(one, exp(negate(z))));
  const e = exp(z);
  return divide(e, add(one, e));
};

/** -i log((x + iy) / √(x² + y²)). */
export const atan2 = (y: Complex, x: Complex): Complex =>
  overI(log(divide(add(x, timesI(y)), sqrt(add(multiply(x, x), multiply(y, y))))));
