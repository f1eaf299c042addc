import type { Tensor } from "../core/tensor.js";
import { type GatherOptions, gather } from "../primitives/gather.js";
import { reshape } from "../primitives/shape.js";

/** Elements at places along one dimension: `places` has x's rank, and x's sizes but along that dimension. */
export function gatherAlongAxis(
  x: Tensor,
  places: Tensor,
  d: number,
  options: GatherOptions = { mode: "promise_in_bounds" },
): Tensor {
  const others = x.shape.map((_, i) => i).filter((i) => i !== d);
  const dims = {
    offsetDims: [],
    collapsedSliceDims: [d],
    startIndexMap: [d],
    operandBatchingDims: others,
    startIndicesBatchingDims: others,
  };
  return gather(
    x,
    reshape(places, [...places.shape, 1]),
    dims,
    x.shape.map(() => 1),
    options,
  );
}
