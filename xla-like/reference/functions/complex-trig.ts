/**
 * Trigonometric and hyperbolic functions of complex numbers and their inverses. Each circular function is the
 * hyperbolic one turned by i, which is exact. Inverse functions follow W. Kahan, "Branch cuts for complex
 * elementary functions" (1987) and T. Hull, T. Fairgrieve, P. Tang, ACM TOMS 23 (1997).
 */
import { copySign, logAbs, overI, timesI } from "./complex-basic.js";
import { type Complex, complex } from "./complex-number.js";

const inf = Number.POSITIVE_INFINITY;

/** e^|x|/2 · (c, s), in two steps where e^|x| would overflow. */
const bigPair = (x: number, c: number, s: number): Complex => {
  const half = Math.exp(x / 2);
  return complex((half / 2) * c * half, (half / 2) * s * half);
};

export const sinh = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  if (y === 0) return complex(Math.sinh(x), y);
  if (!Number.isFinite(y)) {
    if (x === 0) return complex(x, Number.NaN);
    return complex(Math.abs(x) === inf ? x : Number.NaN, Number.NaN);
  }
  if (x === 0) return complex(x * Math.cos(y), Math.sin(y));
  if (Math.abs(x) > 700) {
    if (Math.abs(x) === inf) return complex(x * Math.cos(y), inf * Math.sin(y));
    const big = bigPair(Math.abs(x), Math.cos(y), Math.sin(y));
    return complex(copySign(1, x) * big.re, big.im);
  }
  return complex(Math.sinh(x) * Math.cos(y), Math.cosh(x) * Math.sin(y));
};

export const cosh = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  if (y === 0) return complex(Math.cosh(x), Number.isNaN(x) ? y : copySign(1, x) * y);
  if (!Number.isFinite(y)) {
    if (x === 0) return complex(Number.NaN, 0);
    return complex(Math.abs(x) === inf ? inf : Number.NaN, Number.NaN);
  }
  if (x === 0) return complex(Math.cos(y), x * Math.sin(y));
  if (Math.abs(x) > 700) {
    if (Math.abs(x) === inf) return complex(inf * Math.cos(y), x * Math.sin(y));
    const big = bigPair(Math.abs(x), Math.cos(y), Math.sin(y));
    return complex(big.re, copySign(1, x) * big.im);
  }
  return complex(Math.cosh(x) * Math.cos(y), Math.sinh(x) * Math.sin(y));
};

export const tanh = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  if (Math.abs(x) === inf) {
    return complex(copySign(1, x), Number.isFinite(y) ? copySign(0, Math.sin(2 * y)) : 0);
  }
  if (!Number.isFinite(y)) return complex(x === 0 ? x : Number.NaN, Number.NaN);
  if (Number.isNaN(x)) return complex(x, y === 0 ? y : x);
  if (Math.abs(x) > 22) {
    return complex(copySign(1, x), 4 * Math.sin(y) * Math.cos(y) * Math.exp(-2 * Math.abs(x)));
  }
  const t = Math.tan(y);
  const beta = 1 + t * t;
  const s = Math.sinh(x);
  const rho = Math.sqrt(1 + s * s);
  const denominator = 1 + beta * s * s;
  return complex((beta * rho * s) / denominator, t / denominator);
};

export const sin = (z: Complex): Complex => overI(sinh(timesI(z)));
export const cos = (z: Complex): Complex => cosh(timesI(z));
export const tan = (z: Complex): Complex => overI(tanh(timesI(z)));

/** What arc sine and arc cosine share, for x, y ≥ 0: the real angle's two legs, and log of the hyperbolic part. */
interface Arc {
  /** asin's real part is atan2(sine, cosine); acos's is atan2(cosine, sine). */
  readonly sine: number;
  readonly cosine: number;
  readonly imaginary: number;
}

const arc = (x: number, y: number): Arc => {
  if (x > 1e150 || y > 1e150) {
    // Far out: asin(x + iy) → atan(x / y) + i log(2|z|).
    return { sine: x, cosine: y, imaginary: Math.LN2 + logAbs(x, y) };
  }
  const r = Math.hypot(x + 1, y);
  const s = Math.hypot(x - 1, y);
  const a = (r + s) / 2;
  let imaginary: number;
  if (a <= 1.5) {
    // a - 1 without cancellation.
    const left = (y * y) / (r + (x + 1));
    const right = x < 1 ? (y * y) / (s + (1 - x)) : s + (x - 1);
    const am1 = (left + right) / 2;
    imaginary = Math.log1p(am1 + Math.sqrt(am1 * (a + 1)));
    if (x < 1 && y < 1e-150) imaginary = y / Math.sqrt((1 - x) * (1 + x));
  } else {
    imaginary = Math.log(a + Math.sqrt(a * a - 1));
  }
  const b = x / a;
  if (b <= 0.6417) return { sine: b, cosine: Math.sqrt((1 - b) * (1 + b)), imaginary };
  // √(a² - x²) without cancellation.
  const apx = a + x;
  const root =
    x <= 1
      ? Math.sqrt((apx / 2) * ((y * y) / (r + (x + 1)) + (s + (1 - x))))
      : y * Math.sqrt((apx / (r + (x + 1)) + apx / (s + (x - 1))) / 2);
  return { sine: x, cosine: root, imaginary };
};

export const asin = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  if (Number.isNaN(x) || Number.isNaN(y)) {
    if (x === 0) return z;
    if (Math.abs(y) === inf) return complex(Number.NaN, y);
    return complex(Number.NaN, Math.abs(x) === inf ? inf : Number.NaN);
  }
  if (Math.abs(x) === inf || Math.abs(y) === inf) {
    return complex(copySign(Math.atan2(Math.abs(x), Math.abs(y)), x), copySign(inf, y));
  }
  const { sine, cosine, imaginary } = arc(Math.abs(x), Math.abs(y));
  return complex(copySign(Math.atan2(sine, cosine), x), copySign(imaginary, y));
};

export const acos = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  if (Number.isNaN(x) || Number.isNaN(y)) {
    if (x === 0) return complex(Math.PI / 2, Number.NaN);
    if (Math.abs(y) === inf) return complex(Number.NaN, -y);
    return complex(Number.NaN, Math.abs(x) === inf ? inf : Number.NaN);
  }
  if (Math.abs(x) === inf || Math.abs(y) === inf) {
    return complex(Math.atan2(Math.abs(y), x), copySign(inf, -y));
  }
  const { sine, cosine, imaginary } = arc(Math.abs(x), Math.abs(y));
  return complex(Math.atan2(cosine, copySign(sine, x)), copySign(imaginary, -y));
};

export const asinh = (z: Complex): Complex => overI(asin(timesI(z)));

export const acosh = (z: Complex): Complex => {
  const w = acos(z);
  // The real part is |Im acos z|; NaN's sign says nothing.
  return complex(Math.abs(w.im), Number.isNaN(w.re) ? w.re : copySign(w.re, z.im));
};

export const atanh = (z: Complex): Complex => {
  const { re: x, im: y } = z;
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  if (Number.isNaN(x) || Number.isNaN(y)) {
    if (ax === inf) return complex(copySign(0, x), Number.NaN);
    if (ay === inf) return complex(copySign(0, x), copySign(Math.PI / 2, y));
    return complex(x === 0 ? x : Number.NaN, Number.NaN);
  }
  if (ax > 1e150 || ay > 1e150) {
    // 1/z to leading order.
    const re = ax === inf || ay === inf ? 0 : x / ax / (ax * (1 + (y / ax) ** 2));
    const other = ay > ax ? ((x / ay) * (1 / ay)) / (1 + (x / ay) ** 2) : re;
    return complex(copySign(other, x), copySign(Math.PI / 2, y));
  }
  if (ax === 1 && y === 0) return complex(copySign(inf, x), y);
  const gap = (1 - ax) * (1 - ax) + y * y;
  const re = gap === 0 ? (Math.log(2) - Math.log(ay)) / 2 : Math.log1p((4 * ax) / gap) / 4;
  return complex(copySign(re, x), copySign(Math.atan2(2 * ay, (1 - ax) * (1 + ax) - y * y) / 2, y));
};

export const atan = (z: Complex): Complex => overI(atanh(timesI(z)));
