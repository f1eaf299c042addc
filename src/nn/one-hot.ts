/** Classes as vectors. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, defaultFloat } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { toTensor } from "../numpy/promote.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";

const oneHotCall = jitted("_one_hot", ([x], numClasses: number, at: number, dtype: DType) => {
  const shape = x.shape.map(() => 1);
  shape.splice(at, 0, numClasses);
  return p.convert(p.eq(p.expandDims(x, [at]), p.iota(x.dtype, shape, at)), dtype);
});

export interface OneHotOptions {
  /** float32 by default. */
  readonly dtype?: DType | undefined;
  /** Where the axis of classes stands in the result; last by default. */
  readonly axis?: number | undefined;
}

/**
 * A vector for each class index: 1 at the index, 0 elsewhere; all 0 for indices out of range.
 * @param x integers
 * @returns x's shape with a new axis of size numClasses
 * @throws ArgumentError CT004 unless numClasses is a whole number; ShapeError CT100 if the axis is out of range
 * @example nn.oneHot(np.array([2, 0], { dtype: "int32" }), 3).js(); // [[0, 0, 1], [1, 0, 0]]
 */
export function oneHot(x: ArrayLike, numClasses: number, options: OneHotOptions = {}): Tensor {
  checkOptions("oneHot", options, ["dtype", "axis"]);
  const { axis = -1, dtype = defaultFloat } = options;
  const t = toTensor("oneHot", x);
  if (!Number.isInteger(numClasses) || numClasses < 0) {
    throw new ArgumentError(
      "CT004",
      `oneHot: numClasses is ${numClasses}, but it must be a whole number of at least 0.`,
    );
  }
  const ndim = t.ndim + 1;
  if (!Number.isInteger(axis) || axis < -ndim || axis >= ndim) {
    throw new ShapeError(
      "CT100",
      `oneHot: axis is ${axis}, but the result has ${ndim} axes. Use one of -${ndim} to ${ndim - 1}.`,
    );
  }
  return oneHotCall([t], numClasses, axis < 0 ? axis + ndim : axis, asDType(dtype, "oneHot"));
}
