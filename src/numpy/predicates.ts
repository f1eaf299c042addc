/** Questions about elements: NaN, infinite, finite, real, close. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex, isFloat, isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteArgs, promoteArgsInexact, toTensor } from "./promote.js";
import { refuseComplex } from "./refuse.js";
import { type Unary, unary } from "./ufunc.js";

const everywhere = (x: Tensor, value: boolean): Tensor => p.full(x.shape, value, "bool");

/** Whether each element is NaN. */
export const isnan: Unary = unary("isnan", (x) => p.ne(x, x));

const isInfinite = (x: Tensor): Tensor => p.eq(p.abs(x), Number.POSITIVE_INFINITY);
const isinfCall = jitted("isinf", ([x]) => {
  if (isComplex(x.dtype)) return p.bitwiseOr(isInfinite(p.real(x)), isInfinite(p.imag(x)));
  return isFloat(x.dtype) ? isInfinite(x) : everywhere(x, false);
});
/** Whether each element is ∞ or -∞. */
export const isinf: Unary = (x) => isinfCall(asTensors("isinf", x));

const isInfinity = (name: string, infinity: number): Unary =>
  unary(name, (x) => {
    if (isComplex(x.dtype)) return refuseComplex(name);
    return isFloat(x.dtype) ? p.eq(x, infinity) : everywhere(x, false);
  });
/** Whether each element is ∞. */
export const isposinf: Unary = isInfinity("isposinf", Number.POSITIVE_INFINITY);
/** Whether each element is -∞. */
export const isneginf: Unary = isInfinity("isneginf", Number.NEGATIVE_INFINITY);

/** Whether each element is neither NaN nor infinite. */
export const isfinite: Unary = unary("isfinite", (x) => {
  if (isFloat(x.dtype)) return p.isFinite(x);
  if (isComplex(x.dtype)) return p.bitwiseAnd(p.isFinite(p.real(x)), p.isFinite(p.imag(x)));
  return everywhere(x, true);
});

const isrealCall = jitted("isreal", ([x]) => (isComplex(x.dtype) ? p.eq(p.imag(x), 0) : everywhere(x, true)));
/** Whether the imaginary part of each element is 0. */
export const isreal: Unary = (x) => isrealCall(asTensors("isreal", x));
const iscomplexCall = jitted("iscomplex", ([x]) => (isComplex(x.dtype) ? p.ne(p.imag(x), 0) : everywhere(x, false)));
/** Whether the imaginary part of each element is not 0. */
export const iscomplex: Unary = (x) => iscomplexCall(asTensors("iscomplex", x));

/** Whether the dtype is complex. */
export const iscomplexobj = (x: ArrayLike): boolean => isComplex(toTensor("iscomplexobj", x).dtype);
/** Whether the dtype is not complex. */
export const isrealobj = (x: ArrayLike): boolean => !iscomplexobj(x);
/** Whether x is a scalar: a number, or a tensor of no dimensions. */
export const isscalar = (x: ArrayLike): boolean => !Array.isArray(x) && toTensor("isscalar", x).ndim === 0;

export interface CloseOptions {
  /** The relative tolerance, 1e-5 by default. */
  readonly rtol?: ArrayLike;
  /** The absolute tolerance, 1e-8 by default. */
  readonly atol?: ArrayLike;
  /** Whether NaN is close to NaN. */
  readonly equalNan?: boolean;
}
const closeOptions = ["rtol", "atol", "equalNan"];

const iscloseCall = jitted("isclose", ([a, b, r, t], equalNan: boolean) => {
  const [x, y] = promoteArgs("isclose", a, b);
  if (!isInexact(x.dtype) && x.dtype === "bool") return p.eq(x, y);
  const [f, g] = promoteArgsInexact("isclose", x, y);
  const real = (z: Tensor): Tensor => p.convert(z, p.abs(g).dtype);
  const within = p.le(p.abs(p.sub(f, g)), p.add(real(t), p.mul(real(r), p.abs(g))));
  const close = p.bitwiseOr(p.bitwiseAnd(isfinite(g), within), p.eq(f, g));
  return equalNan ? p.bitwiseOr(close, p.bitwiseAnd(p.ne(f, f), p.ne(g, g))) : close;
});

/** Whether |x - y| ≤ atol + rtol · |y|, element by element; equal infinities are close. */
export function isclose(x: ArrayLike, y: ArrayLike, options: CloseOptions = {}): Tensor {
  checkOptions("isclose", options, closeOptions);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  return iscloseCall(asTensors("isclose", x, y, rtol, atol), equalNan);
}

const allcloseCall = jitted("allclose", (xs, equalNan: boolean) => {
  const close = iscloseCall(xs, equalNan);
  return p.reduceAnd(close, range(close.ndim));
});
/** Whether all elements are close, as a boolean scalar; see {@link isclose}. */
export function allclose(x: ArrayLike, y: ArrayLike, options: CloseOptions = {}): Tensor {
  checkOptions("allclose", options, closeOptions);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  return allcloseCall(asTensors("allclose", x, y, rtol, atol), equalNan);
}
