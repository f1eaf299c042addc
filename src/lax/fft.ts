/** Discrete Fourier transforms. */

import { jitted } from "../control/jitted.js";
import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { fft as transform } from "../primitives/fft.js";
import type { FftType } from "./constants.js";
import { tensor } from "./operands.js";

/**
 * The discrete Fourier transform over the last dimensions of x, as many as there are lengths.
 *
 * @param fftType `"FFT"` and `"IFFT"` of complex numbers, `"RFFT"` of reals, whose last dimension becomes `n / 2 + 1`
 *   complex ones, `"IRFFT"` back to reals; inverses are divided by the number of elements
 * @param fftLengths the lengths of the transformed dimensions, as they are on the side of the reals
 * @example
 * lax.fft(np.array([1, 0, 0, 0]), "RFFT", [4]).js(); // [{ re: 1, im: 0 }, { re: 1, im: 0 }, { re: 1, im: 0 }]
 */
export const fft = (x: ArrayLike, fftType: FftType, fftLengths: readonly number[]): Tensor =>
  fftCall([tensor("lax.fft", x)], fftType, fftLengths);

const fftCall = jitted("fft", ([x], fftType: FftType, fftLengths: readonly number[]) =>
  transform(x, fftType, fftLengths),
);
