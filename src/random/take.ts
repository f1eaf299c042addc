/** Elements at indices, inside samplers. */
import type { Tensor } from "../core/tensor.js";
import { range } from "../prelude/numbers.js";
import { gather } from "../primitives/gather.js";
import { reshape } from "../primitives/shape.js";

/** The slices of x at `indices` along `axis`; the indices' axes stand in its place. They must lie inside. */
export function take(x: Tensor, indices: Tensor, axis: number): Tensor {
  const behind = x.ndim - axis - 1;
  return gather(
    x,
    reshape(indices, [...indices.shape, 1]),
    {
      offsetDims: [...range(axis), ...range(axis + indices.ndim, axis + indices.ndim + behind)],
      collapsedSliceDims: [axis],
      startIndexMap: [axis],
    },
    x.shape.map((n, d) => (d === axis ? 1 : n)),
    { mode: "clip" },
  );
}
