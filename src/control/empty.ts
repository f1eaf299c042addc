/** A value nobody reads: what a branch returns where another branch has a residual. */
import type { ShapedArray } from "../core/aval.js";
import { param } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { broadcastInDim } from "../primitives/shape.js";

export const emptyP = definePrimitive({
  name: "empty2",
  doc: "A scalar of some value; it is zero, but nothing may depend on that.",
  operands: [],
  params: { dtype: param.dtype, memorySpace: param.fixed("MemorySpace.Device") },
  abstractEval: (_, { dtype }) => Either.right({ shape: [], dtype, weakType: false }),
  diff: { kind: "discrete" },
  batching: () => {
    throw new Error("empty2 has no operands to be batched");
  },
  lower: (b, _, { dtype }) => b.scalar(dtype, dtype === "bool" ? false : 0),
  samples: [],
});

/** A tensor of a type whose value nobody reads. */
export const empty = ({ dtype, shape }: ShapedArray): Tensor =>
  broadcastInDim(emptyP.bind({}, { dtype, memorySpace: undefined }), shape, []);
