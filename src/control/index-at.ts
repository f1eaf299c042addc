import type { Tensor } from "../core/tensor.js";
import { reshape } from "../primitives/shape.js";
import { slice } from "../primitives/slicing.js";

/** Element `i` of x along `dim`; x itself where there is no such dimension. */
export function index(x: Tensor, dim: number | null, i: number): Tensor {
  if (dim === null) return x;
  const starts = x.shape.map((_, d) => (d === dim ? i : 0));
  const limits = x.shape.map((n, d) => (d === dim ? i + 1 : n));
  return reshape(
    slice(x, starts, limits),
    x.shape.filter((_, d) => d !== dim),
  );
}
