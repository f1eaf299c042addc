/** Windows that taper signals to their ends. */
import type { ArrayLike } from "../core/array-like.js";
import { defaultFloat } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import { asInteger } from "./arguments.js";
import { divide, multiply } from "./arithmetic.js";
import { toTensor } from "./promote.js";
import { i0 } from "./special.js";

/** The window whose value at place n of 0 … size - 1 is f(n). */
function windowOf(fn: string, size: number, f: (n: Tensor, last: number) => Tensor): Tensor {
  const m = asInteger(fn, "size", size);
  if (m < 0) throw new ArgumentError("CT004", `${fn}: size is ${m}, but a window has 0 elements or more.`);
  return m <= 1 ? p.full([m], 1, defaultFloat) : f(p.iota(defaultFloat, [m], 0), m - 1);
}

/** cos(k π n / last), as multiples of π n over the last place. */
const cosine = (n: Tensor, k: number, last: number): Tensor => p.cos(p.div(p.mul(n, k * Math.PI), last));

/** Blackman's window: 0.42 - 0.5 cos(2πn/(size-1)) + 0.08 cos(4πn/(size-1)). */
export const blackman = (size: number): Tensor =>
  windowOf("blackman", size, (n, last) =>
    p.add(p.sub(0.42, p.mul(0.5, cosine(n, 2, last))), p.mul(0.08, cosine(n, 4, last))),
  );

/** Bartlett's window: a triangle, 0 at both ends. */
export const bartlett = (size: number): Tensor =>
  windowOf("bartlett", size, (n, last) => p.sub(1, p.div(p.abs(p.sub(p.mul(2, n), last)), last)));

/** Hamming's window: 0.54 - 0.46 cos(2πn/(size-1)). */
export const hamming = (size: number): Tensor =>
  windowOf("hamming", size, (n, last) => p.sub(0.54, p.mul(0.46, cosine(n, 2, last))));

/** Hann's window: 0.5 - 0.5 cos(2πn/(size-1)). */
export const hanning = (size: number): Tensor =>
  windowOf("hanning", size, (n, last) => p.mul(0.5, p.sub(1, cosine(n, 2, last))));

/** Kaiser's window: I₀(β √(1 - (2n/(size-1) - 1)²)) / I₀(β). */
export const kaiser = (size: number, beta: ArrayLike): Tensor =>
  windowOf("kaiser", size, (n, last) => {
    const b = toTensor("kaiser", beta);
    const half = last / 2;
    const height = p.sqrt(p.sub(1, p.square(p.div(p.sub(n, half), half))));
    return divide(i0(multiply(b, height)), i0(b));
  });
