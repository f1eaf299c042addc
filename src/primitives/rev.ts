import { f32 } from "../core/avals.js";
import { param } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { out, shapeError } from "./checks.js";
import { shiftAxes } from "./shape.js";

export const revP = definePrimitive({
  name: "rev",
  doc: "Reverses the order of elements along dimensions.",
  operands: ["x"],
  params: { dimensions: param.ints },
  abstractEval: ({ x }, { dimensions: dims }) =>
    dims.every((d) => d >= 0 && d < x.ndim) && new Set(dims).size === dims.length
      ? out(x.shape, x.dtype)
      : shapeError(`rev: operand 'x' has rank ${x.ndim}, but dimensions is [${dims}]. Each must be a dimension, once.`),
  diff: { kind: "linear", transpose: { x: (ct, _, { dimensions }) => rev(ct, dimensions) } },
  batching: ({ x }, { x: dim }, { dimensions }) => [rev(x, shiftAxes(dimensions, dim as number)), dim],
  lower: (b, { x }, { dimensions }) => b.reverse(x, dimensions),
  samples: [{ avals: { x: f32(2, 3) }, params: { dimensions: [1] } }],
});

/** x with the order of elements along the dimensions reversed. */
export const rev = (x: Tensor, dimensions: readonly number[]): Tensor => revP.bind({ x }, { dimensions });
