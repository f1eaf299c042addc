/** The frequencies that transforms' elements belong to, and their order. */
import type { ArrayLike } from "../../core/array-like.js";
import { defaultFloat, toInexact } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError } from "../../prelude/errors.js";
import { normalizeAxes } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { type ArrayOptions, type Axis, arrayOptions, asInteger, dtypeOption, placed } from "../arguments.js";
import { divide, multiply } from "../arithmetic.js";
import { toTensor } from "../promote.js";
import { roll } from "../rearranging.js";

export interface FrequencyOptions extends ArrayOptions {
  /** The distance between samples; 1 by default. */
  readonly d?: ArrayLike;
}

function frequencies(fn: string, n: number, options: FrequencyOptions, places: (count: number) => Tensor): Tensor {
  checkOptions(fn, options, [...arrayOptions, "d"]);
  const count = asInteger(fn, "n", n);
  if (count < 0) throw new ArgumentError("CT004", `${fn}: n is ${count}, but a transform has 0 elements or more.`);
  const dtype = dtypeOption(fn, options.dtype) ?? defaultFloat;
  const type = toInexact(dtype);
  const spacing = p.convert(multiply(options.d ?? 1, count), type);
  const out = divide(p.convert(places(count), type), spacing);
  return placed(fn, p.convert(out, dtype), options.device);
}

/**
 * The frequencies of a transform of n elements: 0, 1, …, then the negative ones, over n times the distance of samples.
 * @example np.fft.fftfreq(4).js(); // [0, 0.25, -0.5, -0.25]
 */
export const fftfreq = (n: number, options: FrequencyOptions = {}): Tensor =>
  frequencies("fft.fftfreq", n, options, (count) => {
    const half = Math.floor(count / 2);
    return p.sub(p.rem(p.add(p.iota("int32", [count], 0), half), p.full([count], Math.max(count, 1), "int32")), half);
  });

/** The frequencies of the transform of n real numbers: those that are not negative. */
export const rfftfreq = (n: number, options: FrequencyOptions = {}): Tensor =>
  frequencies("fft.rfftfreq", n, options, (count) => p.iota("int32", [Math.floor(count / 2) + 1], 0));

function shifted(fn: string, x: ArrayLike, axes: Axis, sign: 1 | -1): Tensor {
  const a = toTensor(fn, x);
  const dims = normalizeAxes(axes, a.ndim, fn);
  return roll(
    a,
    dims.map((d) => sign * Math.floor(a.shape[d] / 2)),
    dims,
  );
}

/** A transform with frequency 0 in the middle of the given axes, or of all. */
export const fftshift = (x: ArrayLike, axes: Axis = null): Tensor => shifted("fft.fftshift", x, axes, 1);
/** The inverse of {@link fftshift}. */
export const ifftshift = (x: ArrayLike, axes: Axis = null): Tensor => shifted("fft.ifftshift", x, axes, -1);
