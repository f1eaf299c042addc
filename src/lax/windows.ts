/** Reductions over sliding windows, and reductions with computations of one's own. */

import { reduceWindow as reduceWindowOver } from "../control/reduce-window.js";
import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { checkOptions } from "../prelude/options.js";
import { type Padding, type PaddingName, resolvePadding } from "../primitives/index.js";
import { dilatedSize } from "../primitives/window-geometry.js";
import { tensor } from "./operands.js";

export { reduce } from "../control/reduce.js";

/** The options of {@link reduceWindow}. */
export interface ReduceWindowOptions {
  /** Holes between the elements of the operand. */
  readonly baseDilation?: readonly number[];
  /** Holes between the elements of the window. */
  readonly windowDilation?: readonly number[];
}

/**
 * Combines the elements of each window with a computation: associative, with the initial value as its identity.
 *
 * @param windowDimensions the window's size along each dimension
 * @param padding `"SAME"`, `"VALID"`, or `[low, high]` for each dimension
 * @example
 * const x = np.arange(4).astype("float32");
 * lax.reduceWindow(x, 0, lax.add, [2], [2], "VALID").js(); // [1, 5]
 */
export function reduceWindow(
  x: ArrayLike,
  initValue: ArrayLike,
  computation: (x: Tensor, y: Tensor) => ArrayLike,
  windowDimensions: readonly number[],
  windowStrides: readonly number[],
  padding: PaddingName | Padding,
  options: ReduceWindowOptions = {},
): Tensor {
  checkOptions("lax.reduceWindow", options, ["baseDilation", "windowDilation"]);
  const a = tensor("lax.reduceWindow", x);
  const ones = windowDimensions.map(() => 1);
  const { baseDilation = ones, windowDilation = ones } = options;
  const sizes = a.shape.map((n, d) => dilatedSize(n, baseDilation[d]));
  const window = windowDimensions.map((n, d) => dilatedSize(n, windowDilation[d]));
  const pads = resolvePadding("lax.reduceWindow", padding, sizes, window, windowStrides);
  return reduceWindowOver(a, initValue as never, computation as never, {
    windowDimensions,
    windowStrides,
    padding: pads,
    baseDilation,
    windowDilation,
  }) as Tensor;
}
