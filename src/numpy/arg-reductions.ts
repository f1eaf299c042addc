/** Where the largest and smallest elements are. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex, isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { normalizeAxes } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { jitted } from "./jitted.js";
import { toTensor } from "./promote.js";
import { restoreAxes } from "./reduction-types.js";
import { all } from "./reductions.js";
import { whereTensors } from "./where.js";

const argOf = (
  fn: string,
  f: (x: Tensor, axis: number) => Tensor,
  x: Tensor,
  axis: number | null | undefined,
  keepdims: boolean,
): Tensor => {
  if (x.size === 0 && (axis === null || axis === undefined || x.shape[axis < 0 ? axis + x.ndim : axis] === 0)) {
    throw new ShapeError("CT107", `${fn}: the array of shape [${x.shape}] has no elements to choose from.`);
  }
  if (axis === null || axis === undefined) {
    const place = f(p.reshape(x, [x.size]), 0);
    return keepdims
      ? p.expandDims(
          place,
          x.shape.map((_, d) => d),
        )
      : place;
  }
  const [d] = normalizeAxes(axis, x.ndim, fn);
  return restoreAxes(f(x, d), [d], keepdims);
};

/** The index, as int32, of the largest element along an axis, or in row-major order; of several the first, NaN before all. */
export function argmax(x: ArrayLike, axis?: number | null, options: { readonly keepdims?: boolean } = {}): Tensor {
  checkOptions("argmax", options, ["keepdims"]);
  return argOf("argmax", p.argmax, toTensor("argmax", x), axis, options.keepdims ?? false);
}
/** The index of the smallest element; see {@link argmax}. */
export function argmin(x: ArrayLike, axis?: number | null, options: { readonly keepdims?: boolean } = {}): Tensor {
  checkOptions("argmin", options, ["keepdims"]);
  return argOf("argmin", p.argmin, toTensor("argmin", x), axis, options.keepdims ?? false);
}

const nanArg = (name: string, f: typeof argmax, filler: number) =>
  jitted(name, ([x], axis: number | null | undefined, keepdims: boolean) => {
    if (!isInexact(x.dtype) || isComplex(x.dtype)) return f(x, axis, { keepdims });
    const missing = p.ne(x, x);
    const place = f(whereTensors(missing, p.full([], filler, x.dtype, true), x), axis, { keepdims });
    const none = all(missing, axis ?? null, { keepdims });
    return whereTensors(none, p.full([], -1, "int32", true), place);
  });
const nanargmaxCall = nanArg("_nanargmax", argmax, Number.NEGATIVE_INFINITY);
const nanargminCall = nanArg("_nanargmin", argmin, Number.POSITIVE_INFINITY);
/** The index of the largest element that is not NaN; -1 where there is none. */
export function nanargmax(x: ArrayLike, axis?: number | null, options: { readonly keepdims?: boolean } = {}): Tensor {
  checkOptions("nanargmax", options, ["keepdims"]);
  return nanargmaxCall([toTensor("nanargmax", x)], axis ?? null, options.keepdims ?? false);
}
/** The index of the smallest element that is not NaN; -1 where there is none. */
export function nanargmin(x: ArrayLike, axis?: number | null, options: { readonly keepdims?: boolean } = {}): Tensor {
  checkOptions("nanargmin", options, ["keepdims"]);
  return nanargminCall([toTensor("nanargmin", x)], axis ?? null, options.keepdims ?? false);
}
