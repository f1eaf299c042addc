/** Counting along a dimension: iota and its 64-bit form for counters of random bits. */

import type { HloBuilder, HloInstruction } from "../../xla-like/index.js";
import type { DType } from "../core/dtype.js";
import { param } from "../core/params.js";
import { defineMultiPrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { prod, range } from "../prelude/numbers.js";
import { dtypeError, inClass, shapeError } from "./checks.js";

const noOperands = (): never => {
  throw new TypeError("iota has no operands to batch or differentiate");
};

export const iotaP = defineMultiPrimitive({
  name: "iota",
  doc: "Each element is its index along `dimension`.",
  params: { dimension: param.int, dtype: param.dtype, shape: param.ints, sharding: param.fixed("None") },
  abstractEval(_, { dimension, dtype, shape }) {
    if (!inClass(dtype, "number")) return Either.left(dtypeError("iota", "dtype", dtype, "number"));
    return Number.isInteger(dimension) && dimension >= 0 && dimension < shape.length
      ? Either.right({ avals: [{ shape, dtype, weakType: false }] })
      : shapeError(
          `iota: dimension is ${dimension}, but the shape [${shape}] has ${shape.length} dimensions. Name one of them.`,
        );
  },
  jvp: "discrete",
  transpose: "none",
  batching: noOperands,
  partialEval: "whole",
  dce: "whole",
  lower: ({ b }, _, { dimension, dtype, shape }) => [b.iota(dtype, shape, dimension)],
  samples: [
    { avals: [], params: { dimension: 0, dtype: "int32", shape: [4] } },
    { avals: [], params: { dimension: 1, dtype: "float32", shape: [2, 3] } },
    { avals: [], params: { dimension: 0, dtype: "uint8", shape: [0, 2] } },
  ],
});
/** A tensor whose elements are their indices along `dimension`. */
export const iota = (dtype: DType, shape: readonly number[], dimension = 0): Tensor =>
  iotaP.bind([], { dimension, dtype, shape })[0];

export const iota2x32ShapeP = defineMultiPrimitive({
  name: "iota_2x32_shape",
  doc: "Each element is its row-major position, as a 64-bit number in two halves: the high 32 bits, then the low.",
  params: { shape: param.ints },
  abstractEval: (_, { shape }) =>
    shape.length > 0
      ? Either.right({ avals: [0, 1].map(() => ({ shape, dtype: "uint32" as const, weakType: false })) })
      : shapeError("iota_2x32_shape: the shape is [], which has no dimension to count along. Use zeros."),
  jvp: "discrete",
  transpose: "none",
  batching: noOperands,
  partialEval: "whole",
  dce: "whole",
  lower({ b }, _, { shape }) {
    // Positions below 2^32 need no 64-bit arithmetic.
    if (prod(shape) <= 2 ** 32) return [b.fill(0, "uint32", shape), positions(b, "uint32", shape)];
    const wide = positions(b, "uint64", shape);
    const high = b.binary("shift-right-logical", wide, b.scalar("uint64", 32n));
    return [b.convert(high, "uint32"), b.convert(wide, "uint32")];
  },
  samples: [
    { avals: [], params: { shape: [4] } },
    { avals: [], params: { shape: [2, 0, 3] } },
    { avals: [], params: { shape: [2, 3] } },
  ],
});
/** Row-major positions as [high, low] halves of 64-bit numbers; the shape is not []. */
export const iota2x32Shape = (shape: readonly number[]): readonly Tensor[] => iota2x32ShapeP.bind([], { shape });

function positions(b: HloBuilder, dtype: "uint32" | "uint64", shape: readonly number[]): HloInstruction {
  return range(shape.length)
    .filter((d) => shape[d] !== 1 || d === shape.length - 1)
    .map((d) => {
      const index = b.iota(dtype, shape, d);
      const stride = prod(shape.slice(d + 1));
      return stride === 1 ? index : b.binary("multiply", index, b.scalar(dtype, BigInt(stride)));
    })
    .reduce((x, y) => b.binary("add", x, y));
}
