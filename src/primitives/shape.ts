/** Operations that move elements without computing: reshape, transpose, broadcast, squeeze. */

import { sameShape } from "../core/aval.js";
import { f32 } from "../core/avals.js";
import { param } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { invertPermutation, isPermutation, prod, range } from "../prelude/numbers.js";
import { out, shapeError } from "./checks.js";
import { reduceSum } from "./reductions.js";

export const broadcastInDimP = definePrimitive({
  name: "broadcast_in_dim",
  doc: "Operand dimension i becomes dimension `broadcastDimensions[i]` of `shape`; size-1 and new dimensions are repeated.",
  operands: ["x"],
  params: {
    broadcastDimensions: param.unless((dims) => dims.length === 0, param.ints),
    shape: param.silent(param.ints),
  },
  abstractEval({ x }, { shape, broadcastDimensions: dims }) {
    const fits =
      dims.length === x.ndim &&
      dims.every(
        (d, i) => (i === 0 || d > dims[i - 1]) && d < shape.length && (x.shape[i] === 1 || x.shape[i] === shape[d]),
      );
    return fits
      ? out(shape, x.dtype)
      : shapeError(
          `broadcast_in_dim: operand 'x' of shape [${x.shape}] cannot become [${shape}] with dimensions [${dims}]. ` +
            "Each must be increasing, and its size 1 or the size it becomes.",
        );
  },
  diff: {
    kind: "linear",
    transpose: {
      x: (ct, { x }, { shape, broadcastDimensions: dims }) => {
        const summed = range(shape.length).filter((d) => !dims.includes(d) || x.shape[dims.indexOf(d)] !== shape[d]);
        return reshape(reduceSum(ct, summed), x.shape);
      },
    },
  },
  batching({ x }, { x: dim }, { shape, broadcastDimensions: dims }, { size }) {
    const front = moveToFront(x, dim as number);
    return [broadcastInDim(front, [size, ...shape], [0, ...dims.map((d) => d + 1)]), 0];
  },
  lower(b, { x }, { shape, broadcastDimensions: dims }, { avals }) {
    // HLO broadcasts whole dimensions only: size-1 dimensions that grow are dropped first.
    const kept = range(dims.length).filter((i) => avals.x.shape[i] === shape[dims[i]]);
    const narrow =
      kept.length === dims.length
        ? x
        : b.reshape(
            x,
            kept.map((i) => avals.x.shape[i]),
          );
    return b.broadcast(
      narrow,
      shape,
      kept.map((i) => dims[i]),
    );
  },
  samples: [
    { avals: { x: f32(3) }, params: { shape: [2, 3], broadcastDimensions: [1] } },
    { avals: { x: f32(2, 1) }, params: { shape: [2, 3], broadcastDimensions: [0, 1] } },
    { avals: { x: f32() }, params: { shape: [2], broadcastDimensions: [] } },
    { avals: { x: f32(2) }, params: { shape: [2, 0], broadcastDimensions: [0] } },
  ],
});
/** The operand's dimension i becomes dimension `dims[i]` of `shape`. */
export const broadcastInDim = (x: Tensor, shape: readonly number[], dims: readonly number[]): Tensor =>
  x.ndim === shape.length && sameShape(x.shape, shape)
    ? x
    : broadcastInDimP.bind({ x }, { shape, broadcastDimensions: dims });

/** x repeated to `shape`, whose last dimensions are x's. */
export const broadcastTo = (x: Tensor, shape: readonly number[]): Tensor =>
  broadcastInDim(x, shape, range(shape.length - x.ndim, shape.length));

export const reshapeP = definePrimitive({
  name: "reshape",
  doc: "The same elements in row-major order, in another shape.",
  operands: ["x"],
  params: { dimensions: param.fixed("None"), newSizes: param.ints, sharding: param.fixed("None") },
  abstractEval: ({ x }, { newSizes }) =>
    prod(newSizes) === x.size && newSizes.every((d) => d >= 0)
      ? out(newSizes, x.dtype)
      : shapeError(
          `reshape: operand 'x' of shape [${x.shape}] has ${x.size} elements, but shape [${newSizes}] has ${prod(newSizes)}.`,
        ),
  diff: { kind: "linear", transpose: { x: (ct, { x }) => reshape(ct, x.shape) } },
  batching: ({ x }, { x: dim }, { newSizes }, { size }) => [
    reshape(moveToFront(x, dim as number), [size, ...newSizes]),
    0,
  ],
  lower: (b, { x }, { newSizes }) => b.reshape(x, newSizes),
  samples: [
    { avals: { x: f32(2, 3) }, params: { newSizes: [3, 2] } },
    { avals: { x: f32(6) }, params: { newSizes: [1, 2, 3] } },
    { avals: { x: f32(1) }, params: { newSizes: [] } },
  ],
});
/** The same elements in another shape. */
export const reshape = (x: Tensor, shape: readonly number[]): Tensor =>
  sameShape(x.shape, shape) ? x : reshapeP.bind({ x }, { newSizes: shape });

export const transposeP = definePrimitive({
  name: "transpose",
  doc: "Dimension i of the result is dimension `permutation[i]` of the operand.",
  operands: ["x"],
  params: { permutation: param.ints },
  abstractEval: ({ x }, { permutation: p }) =>
    p.length === x.ndim && isPermutation(p)
      ? out(
          p.map((d) => x.shape[d]),
          x.dtype,
        )
      : shapeError(`transpose: [${p}] is not a permutation of the ${x.ndim} dimensions of operand 'x'.`),
  diff: { kind: "linear", transpose: { x: (ct, _, { permutation }) => transpose(ct, invertPermutation(permutation)) } },
  batching: ({ x }, { x: dim }, { permutation }) => {
    const d = dim as number;
    return [transpose(x, [d, ...permutation.map((p) => (p < d ? p : p + 1))]), 0];
  },
  lower: (b, { x }, { permutation }) => b.transpose(x, permutation),
  samples: [
    { avals: { x: f32(2, 3) }, params: { permutation: [1, 0] } },
    { avals: { x: f32(2, 3, 4) }, params: { permutation: [2, 0, 1] } },
  ],
});
/** Dimension i of the result is dimension `permutation[i]` of x. */
export const transpose = (x: Tensor, permutation: readonly number[]): Tensor =>
  permutation.every((p, i) => p === i) && permutation.length === x.ndim ? x : transposeP.bind({ x }, { permutation });

/** x with dimension `from` moved to `to`. */
export function moveAxis(x: Tensor, from: number, to: number): Tensor {
  if (from === to) return x;
  const rest = range(x.ndim).filter((d) => d !== from);
  rest.splice(to, 0, from);
  return transpose(x, rest);
}
export const moveToFront = (x: Tensor, dim: number): Tensor => moveAxis(x, dim, 0);
/** Each dimension as it is numbered once a batch dimension stands at `dim`. */
export const shiftAxes = (axes: readonly number[], dim: number): number[] => axes.map((a) => (a < dim ? a : a + 1));
/** Where dimension `dim` stands once `removed` (not containing it) are gone. */
export const dimAfterRemoval = (dim: number, removed: readonly number[]): number =>
  dim - removed.filter((r) => r < dim).length;

export const squeezeP = definePrimitive({
  name: "squeeze",
  doc: "Drops dimensions of size 1.",
  operands: ["x"],
  params: { dimensions: param.ints },
  abstractEval: ({ x }, { dimensions }) =>
    dimensions.every((d) => x.shape[d] === 1)
      ? out(
          x.shape.filter((_, i) => !dimensions.includes(i)),
          x.dtype,
        )
      : shapeError(`squeeze: dimensions [${dimensions}] of operand 'x' of shape [${x.shape}] do not all have size 1.`),
  diff: { kind: "linear", transpose: { x: (ct, _, { dimensions }) => expandDims(ct, dimensions) } },
  batching: ({ x }, { x: dim }, { dimensions }) => {
    const shifted = shiftAxes(dimensions, dim as number);
    return [squeeze(x, shifted), dimAfterRemoval(dim as number, shifted)];
  },
  lower: (b, { x }, _, { out: o }) => b.reshape(x, o.shape),
  samples: [
    { avals: { x: f32(2, 1, 3) }, params: { dimensions: [1] } },
    { avals: { x: f32(1, 3, 1) }, params: { dimensions: [0, 2] } },
  ],
});
/** x without the given dimensions of size 1. */
export const squeeze = (x: Tensor, dimensions: readonly number[]): Tensor =>
  dimensions.length === 0 ? x : squeezeP.bind({ x }, { dimensions });

/** x with new dimensions of size 1, numbered as in the result. */
export function expandDims(x: Tensor, dimensions: readonly number[]): Tensor {
  const ndim = x.ndim + dimensions.length;
  const kept = range(ndim).filter((d) => !dimensions.includes(d));
  const shape = range(ndim).map((d) => (dimensions.includes(d) ? 1 : x.shape[kept.indexOf(d)]));
  return broadcastInDim(x, shape, kept);
}
