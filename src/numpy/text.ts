/** Arrays as text. */
import type { ArrayLike } from "../core/array-like.js";
import { dtypes } from "../core/dtype.js";
import type { FormatOptions } from "../core/format.js";
import { toTensor } from "./promote.js";

/**
 * The elements as NumPy prints them; the same as `x.toString(options)`.
 * @example np.arrayStr([1, 2.5]); // "[1.  2.5]"
 */
export const arrayStr = (x: ArrayLike, options: FormatOptions = {}): string =>
  toTensor("arrayStr", x).toString(options);

/**
 * The elements with commas, and the dtype.
 * @example np.arrayRepr([1, 2.5]); // "Tensor([1. , 2.5], dtype=float32)"
 */
export function arrayRepr(x: ArrayLike, options: FormatOptions = {}): string {
  const t = toTensor("arrayRepr", x);
  const elements = t.toString({ separator: ", ", prefix: "Tensor(", ...options });
  return `Tensor(${elements}, dtype=${dtypes[t.dtype].name}${t.weakType ? ", weakType=true" : ""})`;
}
