/** Complex numbers and their parts. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { jitted } from "./jitted.js";
import { promoteDtypesInexact, toTensor } from "./promote.js";
import { type Unary, unary } from "./ufunc.js";

/** The complex conjugate; x itself if it is real. */
export const conjugate: Unary = unary("conjugate", (x) => (isComplex(x.dtype) ? p.conj(x) : x));
export { conjugate as conj };
/** The real part; x itself if it is real. */
export const real: Unary = unary("real", (x) => (isComplex(x.dtype) ? p.real(x) : x));
/** The imaginary part; zeros if x is real. */
export const imag: Unary = unary("imag", (x) => (isComplex(x.dtype) ? p.imag(x) : p.zerosLike(x)));

const angleCall = jitted("angle", ([x], deg: boolean) => {
  const parts = isComplex(x.dtype) ? [p.imag(x), p.real(x)] : [p.zerosLike(x), x];
  const [y, z] = promoteDtypesInexact(...parts);
  const angle = p.atan2(y, z);
  return deg ? p.mul(angle, 180 / Math.PI) : angle;
});
/** The angle of complex numbers in (-π, π], in degrees with `deg`; of real ones 0 or π. */
export function angle(x: ArrayLike, options: { readonly deg?: boolean } = {}): Tensor {
  checkOptions("angle", options, ["deg"]);
  return angleCall([toTensor("angle", x)], options.deg ?? false);
}
