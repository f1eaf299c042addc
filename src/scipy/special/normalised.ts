/** Exponentials normalised, as scipy has them: over all axes unless one is named. */
import type { ArrayLike } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as nn from "../../nn/index.js";
import type { Axis } from "../../numpy/arguments.js";
import { toTensor } from "../../numpy/promote.js";
import { normalizeAxes, range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";

export { logsumexp } from "../../nn/index.js";

const over =
  (name: string, f: (x: Tensor, axis: readonly number[]) => Tensor) =>
  (x: ArrayLike, options: { readonly axis?: Axis } = {}): Tensor => {
    checkOptions(name, options, ["axis"]);
    const a = toTensor(name, x);
    const axis = options.axis ?? null;
    return f(a, axis === null ? range(a.ndim) : normalizeAxes(axis, a.ndim, name));
  };

/** exp x over the sum of all of them, along the given axes or all. */
export const softmax = over("scipy.special.softmax", (x, axis) => nn.softmax(x, axis));
/** The logarithm of {@link softmax}, without overflow. */
export const logSoftmax = over("scipy.special.logSoftmax", (x, axis) => nn.logSoftmax(x, axis));
