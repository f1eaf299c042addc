/** Discrete Fourier transforms along any axes and of any lengths. */

import { complexOf } from "../../../xla-like/index.js";
import type { ArrayLike } from "../../core/array-like.js";
import { isComplex } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError, DTypeError, ShapeError } from "../../prelude/errors.js";
import { normalizeAxes, normalizeAxis, prod, range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { asInteger } from "../arguments.js";
import { jitted } from "../jitted.js";
import { promoteInexact } from "../promote.js";
import { moveaxis } from "../shapes.js";
import { takeRange } from "../take-index.js";

/**
 * Who divides by the number of elements n: `"backward"`, the default, the inverse; `"forward"` the other; `"ortho"` both,
 * by √n.
 */
export type FftNorm = "backward" | "ortho" | "forward";

export interface FftOptions {
  /** The length of the transform: elements are cut off, or zeros put behind. */
  readonly n?: number | null;
  /** The last by default. */
  readonly axis?: number;
  readonly norm?: FftNorm | null;
}

export interface FftnOptions {
  /** The length along each axis. */
  readonly s?: readonly number[] | null;
  /** All by default, or the last as many as there are lengths; of the 2-d transforms the last two. */
  readonly axes?: readonly number[] | null;
  readonly norm?: FftNorm | null;
}

const transformCall = jitted("fft", ([x], type: p.FftType, lengths: readonly number[]) => transform(x, type, lengths));

/** Devices transform three dimensions at once; of more, some after the others. */
function transform(x: Tensor, type: p.FftType, lengths: readonly number[]): Tensor {
  if (lengths.length <= 3) return p.fft(x, type, lengths);
  const split = lengths.length - 3;
  const inverse = type === "IFFT" || type === "IRFFT";
  const rest = (y: Tensor): Tensor => {
    const axes = range(y.ndim - lengths.length, y.ndim - 3);
    const last = range(y.ndim - split, y.ndim);
    return moveaxis(transform(moveaxis(y, axes, last), inverse ? "IFFT" : "FFT", lengths.slice(0, split)), last, axes);
  };
  return inverse ? p.fft(rest(x), type, lengths.slice(split)) : rest(p.fft(x, type, lengths.slice(split)));
}

/** What the result is multiplied by. */
function factor(fn: string, norm: FftNorm | null, inverse: boolean, lengths: readonly number[]): number {
  const n = prod(lengths);
  switch (norm) {
    case null:
    case "backward":
      return 1;
    case "ortho":
      return inverse ? Math.sqrt(n) : 1 / Math.sqrt(n);
    case "forward":
      return inverse ? n : 1 / n;
    default:
      throw new ArgumentError(
        "CT003",
        `${fn}: norm is ${JSON.stringify(norm)}, but it must be "backward", "ortho" or "forward".`,
      );
  }
}

/** x cut off or filled with zeros to the given size along an axis. */
function fitted(x: Tensor, d: number, n: number): Tensor {
  const own = x.shape[d];
  if (own === n) return x;
  if (own > n) return takeRange(x, d, 0, n);
  return p.pad(
    x,
    0,
    range(x.ndim).map((i) => (i === d ? [0, n - own, 0] : [0, 0, 0])),
  );
}

/** The operand in a type that the transform takes. */
function typed(fn: string, x: ArrayLike, type: p.FftType): Tensor {
  const a = promoteInexact(fn, x);
  if (type === "RFFT") {
    if (isComplex(a.dtype)) {
      throw new DTypeError(
        "CT105",
        `${fn}: operand 'x' is ${a.dtype}, but it takes only real numbers. Use fft, or real(x).`,
      );
    }
    return a.dtype === "float64" ? a : p.convert(a, "float32");
  }
  if (isComplex(a.dtype)) return a;
  const wide = a.dtype === "float64" ? a : p.convert(a, "float32");
  return p.convert(wide, complexOf(wide.dtype));
}

function run(
  fn: string,
  type: p.FftType,
  x: ArrayLike,
  options: FftnOptions,
  defaultAxes: readonly number[] | null,
): Tensor {
  checkOptions(fn, options, ["s", "axes", "norm"]);
  const { s = null, norm = null } = options;
  const given = options.axes ?? defaultAxes;
  const a = typed(fn, x, type);
  const lengths = s?.map((n) => asInteger(fn, "a length", n)) ?? null;
  if (lengths?.some((n) => n <= 0)) throw new ArgumentError("CT004", `${fn}: lengths [${lengths}] must be positive.`);
  if (lengths !== null && given !== null && lengths.length !== given.length) {
    throw new ArgumentError(
      "CT003",
      `${fn}: ${lengths.length} lengths do not go with ${given.length} axes. Give one for each.`,
    );
  }
  const axes = given === null ? range(a.ndim - (lengths?.length ?? a.ndim), a.ndim) : normalizeAxes(given, a.ndim, fn);
  if (axes.some((d) => d < 0))
    throw new ShapeError("CT100", `${fn}: an array of shape [${a.shape}] has not ${axes.length} axes.`);
  const last = range(a.ndim - axes.length, a.ndim);
  const moved = moveaxis(a, axes, last);
  const end = axes.length - 1;
  const full = last.map((d, i) => {
    if (lengths !== null) return lengths[i];
    return type === "IRFFT" && i === end ? Math.max(0, 2 * (moved.shape[d] - 1)) : moved.shape[d];
  });
  const ready = last.reduce(
    (y, d, i) => fitted(y, d, type === "IRFFT" && i === end ? Math.floor(full[i] / 2) + 1 : full[i]),
    moved,
  );
  const out = transformCall([ready], type, full);
  const k = factor(fn, norm, type === "IFFT" || type === "IRFFT", full);
  return moveaxis(k === 1 ? out : p.mul(out, k), last, axes);
}

const nd =
  (name: string, type: p.FftType, defaultAxes: readonly number[] | null) =>
  (x: ArrayLike, options: FftnOptions = {}): Tensor => {
    if (defaultAxes !== null && options.axes && options.axes.length !== 2) {
      throw new ArgumentError("CT003", `fft.${name}: axes are [${options.axes}], but it transforms two.`);
    }
    return run(`fft.${name}`, type, x, options, defaultAxes);
  };

const along =
  (name: string, type: p.FftType) =>
  (x: ArrayLike, options: FftOptions = {}): Tensor => {
    checkOptions(`fft.${name}`, options, ["n", "axis", "norm"]);
    const { n = null, axis = -1, norm = null } = options;
    return run(`fft.${name}`, type, x, { s: n === null ? null : [n], axes: [axis], norm }, null);
  };

/**
 * The discrete Fourier transform along an axis: Σ xⱼ e^(-2πi jk/n).
 * @example np.fft.fft([1, 0, 0, 0]).js(); // four times { re: 1, im: 0 }
 */
export const fft = along("fft", "FFT");
/** The inverse of {@link fft}. */
export const ifft = along("ifft", "IFFT");
/** The transform of real numbers: its first n/2 + 1 elements, of which the others are conjugates. */
export const rfft = along("rfft", "RFFT");
/** The inverse of {@link rfft}: real numbers, 2(m - 1) of them out of m unless `n` says otherwise. */
export const irfft = along("irfft", "IRFFT");

/** The discrete Fourier transform along several axes. */
export const fftn = nd("fftn", "FFT", null);
/** The inverse of {@link fftn}. */
export const ifftn = nd("ifftn", "IFFT", null);
/** The transform of real numbers along several axes; the last axis is halved. */
export const rfftn = nd("rfftn", "RFFT", null);
/** The inverse of {@link rfftn}. */
export const irfftn = nd("irfftn", "IRFFT", null);
/** The discrete Fourier transform along the last two axes. */
export const fft2 = nd("fft2", "FFT", [-2, -1]);
/** The inverse of {@link fft2}. */
export const ifft2 = nd("ifft2", "IFFT", [-2, -1]);
/** The transform of real numbers along the last two axes; the last is halved. */
export const rfft2 = nd("rfft2", "RFFT", [-2, -1]);
/** The inverse of {@link rfft2}. */
export const irfft2 = nd("irfft2", "IRFFT", [-2, -1]);

const conjugate = (x: Tensor): Tensor => (isComplex(x.dtype) ? p.conj(x) : x);

/** The transform of a signal with Hermitian symmetry, given its first half: real numbers. */
export function hfft(x: ArrayLike, options: FftOptions = {}): Tensor {
  checkOptions("fft.hfft", options, ["n", "axis", "norm"]);
  const a = typed("fft.hfft", x, "IRFFT");
  const d = normalizeAxis(options.axis ?? -1, a.ndim, "fft.hfft");
  const n = options.n ?? 2 * (a.shape[d] - 1);
  return p.mul(irfft(conjugate(a), options), n);
}

/** The inverse of {@link hfft}. */
export function ihfft(x: ArrayLike, options: FftOptions = {}): Tensor {
  checkOptions("fft.ihfft", options, ["n", "axis", "norm"]);
  const a = typed("fft.ihfft", x, "RFFT");
  const d = normalizeAxis(options.axis ?? -1, a.ndim, "fft.ihfft");
  const n = options.n ?? a.shape[d];
  return p.mul(conjugate(rfft(a, options)), 1 / n);
}
