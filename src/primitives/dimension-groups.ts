/** Splitting groups off a dimension, and merging dimensions. */
import type { Tensor } from "../core/tensor.js";
import { moveAxis, reshape } from "./shape.js";

/**
 * Dimension `from` merged, as the outer part, into dimension `into`, which is numbered without `from`.
 */
export function intoDimension(from: number, into: number, x: Tensor): Tensor {
  const shape = x.shape.filter((_, d) => d !== from);
  shape[into] *= x.shape[from];
  return reshape(moveAxis(x, from, into), shape);
}

/** Dimension `from` split into `size` outer parts, a dimension of their own in its place, and the inner rest after it. */
export function outOfDimension(from: number, size: number, x: Tensor): Tensor {
  const { shape } = x;
  return reshape(x, [...shape.slice(0, from), size, shape[from] / size, ...shape.slice(from + 1)]);
}
