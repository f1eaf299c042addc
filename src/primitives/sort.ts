/** Sorting and the k largest. */

import { arrayShape, type HloBuilder, type HloComputation, type HloInstruction } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { sameShape } from "../core/aval.js";
import { f32, i32 } from "../core/avals.js";
import { type DType, isComplex, isFloat } from "../core/dtype.js";
import { param } from "../core/params.js";
import { defineMultiPrimitive } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { alignBatch } from "./batched.js";
import { dtypeError, type Result } from "./checks.js";
import { gather } from "./gather.js";
import { iota } from "./iota.js";
import { expandDims, reshape } from "./shape.js";

function checkSort(avals: readonly ShapedArray[], dimension: number, numKeys: number): Result<null> {
  const [x] = avals;
  if (x === undefined)
    return Either.left(new ArgumentError("CT004", "sort: there are no operands. Give at least one."));
  const other = avals.findIndex((a) => !sameShape(a.shape, x.shape));
  if (other > 0) {
    return Either.left(
      new ShapeError(
        "CT103",
        `sort: operand 0 has shape [${x.shape}], but operand ${other} has shape [${avals[other].shape}]. Sorted together, they must be equal.`,
      ),
    );
  }
  if (!Number.isInteger(dimension) || dimension < 0 || dimension >= x.ndim) {
    return Either.left(
      new ShapeError(
        "CT100",
        `sort: operands of shape [${x.shape}] have no dimension ${dimension}. Use one from 0 to ${x.ndim - 1}.`,
      ),
    );
  }
  if (!Number.isInteger(numKeys) || numKeys < 1 || numKeys > avals.length) {
    return Either.left(
      new ArgumentError(
        "CT004",
        `sort: numKeys is ${numKeys}, but there are ${avals.length} operands. At least one, and at most all, can be keys.`,
      ),
    );
  }
  return Either.right(null);
}

/** Zeros without their sign and NaNs alike, so that the total order does not tell them apart. */
function canonical(b: HloBuilder, x: HloInstruction, dtype: DType): HloInstruction {
  const unsigned = b.select(b.compare(x, b.scalar(dtype, 0), "EQ"), b.scalar(dtype, 0), x);
  return b.select(b.compare(x, x, "NE"), b.scalar(dtype, Number.NaN), unsigned);
}

interface Key {
  readonly x: HloInstruction;
  readonly y: HloInstruction;
  readonly totalOrder: boolean;
}

/** What two elements are compared by: complex numbers by real, then imaginary part. */
function keysOf(b: HloBuilder, x: HloInstruction, y: HloInstruction, dtype: DType): Key[] {
  if (isFloat(dtype)) return [{ x: canonical(b, x, dtype), y: canonical(b, y, dtype), totalOrder: true }];
  if (!isComplex(dtype)) return [{ x, y, totalOrder: false }];
  const part: DType = dtype === "complex64" ? "float32" : "float64";
  return (["real", "imag"] as const).flatMap((take) => keysOf(b, b.unary(take, x), b.unary(take, y), part));
}

/** Whether one row of operands stands before another: by the first key in which they differ. */
function comparator(b: HloBuilder, dtypes: readonly DType[], numKeys: number): HloComputation {
  const pairs = dtypes.flatMap((d) => [arrayShape(d, []), arrayShape(d, [])]);
  return b.computation("before", pairs, (c, ps) => {
    const keys = range(numKeys).flatMap((i) => keysOf(c, ps[2 * i], ps[2 * i + 1], dtypes[i]));
    return keys.reduceRight<HloInstruction | null>((rest, { x, y, totalOrder }) => {
      const before = c.compare(x, y, "LT", { totalOrder });
      return rest === null
        ? before
        : c.binary("or", before, c.binary("and", c.compare(x, y, "EQ", { totalOrder }), rest));
    }, null) as HloInstruction;
  });
}

export const sortP = defineMultiPrimitive({
  name: "sort",
  doc: "Sorts the operands together along `dimension`, ascending by the first `numKeys` of them. NaN comes last; -0 and 0 are equal.",
  params: { dimension: param.int, isStable: param.bool, numKeys: param.int },
  abstractEval: (avals, { dimension, numKeys }) => Either.map(() => ({ avals }))(checkSort(avals, dimension, numKeys)),
  jvp(primals, tangents, params) {
    const { shape } = primals[0];
    // The order is found once, as an operand that is sorted along; tangents are gathered by it.
    const sorted = sort([...primals, iota("uint32", shape, params.dimension)], params.dimension, params);
    const order = expandDims(sorted[primals.length], [shape.length]);
    return {
      outs: sorted.slice(0, primals.length),
      tangents: tangents.map((t) => (t instanceof Zero ? t : gatherAlong(t, order, params.dimension))),
    };
  },
  transpose: "none",
  batching(args, dims, { dimension, ...rest }, { size }) {
    const { xs, dim } = alignBatch(args, dims, size);
    const outs = sort(xs, dimension < dim ? dimension : dimension + 1, rest);
    return { outs, dims: outs.map(() => dim) };
  },
  partialEval: "whole",
  dce: "whole",
  lower: ({ b, avals }, args, { dimension, isStable, numKeys }) =>
    b.sort(
      args,
      dimension,
      comparator(
        b,
        avals.map((a) => a.dtype),
        numKeys,
      ),
      { stable: isStable },
    ),
  samples: [
    { avals: [f32(5)], params: { dimension: 0, isStable: true, numKeys: 1 }, domain: [{ apart: 0.1 }] },
    {
      avals: [f32(3, 2), f32(3, 2)],
      params: { dimension: 0, isStable: true, numKeys: 1 },
      domain: [{ apart: 0.1 }, {}],
    },
    {
      avals: [i32(4), f32(4)],
      params: { dimension: 0, isStable: true, numKeys: 2 },
      domain: [{ values: [1, 0, 1, 0] }, { apart: 0.1 }],
    },
    { avals: [f32(2, 0)], params: { dimension: 1, isStable: true, numKeys: 1 } },
  ],
});

/** For each index vector in the last dimension of `order` the element of x there along `axis`. */
const gatherAlong = (x: Tensor, order: Tensor, axis: number): Tensor => {
  const others = range(x.ndim).filter((d) => d !== axis);
  return gather(
    x,
    order,
    {
      offsetDims: [],
      collapsedSliceDims: [axis],
      startIndexMap: [axis],
      operandBatchingDims: others,
      startIndicesBatchingDims: others,
    },
    x.shape.map(() => 1),
    { mode: "promise_in_bounds" },
  );
};

/** The operands sorted together along `dimension`, by the first `numKeys` of them. */
export const sort = (
  xs: readonly Tensor[],
  dimension: number,
  { isStable = true, numKeys = 1 }: { readonly isStable?: boolean; readonly numKeys?: number } = {},
): readonly Tensor[] => sortP.bind(xs, { dimension, isStable, numKeys });

function checkTopK(x: ShapedArray, k: number, axis: number): Result<readonly number[]> {
  if (isComplex(x.dtype)) return Either.left(dtypeError("top_k", "x", x.dtype, "real"));
  if (x.ndim === 0 || !Number.isInteger(axis) || axis < 0 || axis >= x.ndim) {
    return Either.left(
      new ShapeError(
        "CT100",
        `top_k: operand 'x' of shape [${x.shape}] has no axis ${axis} to take the largest along.`,
      ),
    );
  }
  if (Number.isInteger(k) && k >= 0 && k <= x.shape[axis])
    return Either.right(x.shape.map((n, d) => (d === axis ? k : n)));
  return Either.left(
    new ShapeError(
      "CT107",
      `top_k: k is ${k}, but operand 'x' of shape [${x.shape}] has ${x.shape[axis]} elements along axis ${axis}. Take between 0 and all.`,
    ),
  );
}

export const topKP = defineMultiPrimitive({
  name: "top_k",
  doc: "The k largest elements along `axis`, descending, and their indices; of equal ones the first come first.",
  params: { axis: param.int, k: param.int },
  abstractEval: ([x], { axis, k }) =>
    Either.map((shape: readonly number[]) => ({
      avals: [
        { shape, dtype: x.dtype, weakType: x.weakType },
        { shape, dtype: "int32" as const, weakType: false },
      ],
    }))(checkTopK(x, k, axis)),
  jvp([x], [t], { axis, k }) {
    const [values, indices] = topK(x, k, axis);
    const noTangent = new Zero(indices.aval.tangent());
    if (t instanceof Zero) return { outs: [values, indices], tangents: [new Zero(values.aval.tangent()), noTangent] };
    const tangent = gatherAlong(t, reshape(indices, [...indices.shape, 1]), axis);
    return { outs: [values, indices], tangents: [tangent, noTangent] };
  },
  transpose: "none",
  batching([x], [dim], { axis, k }) {
    const outs = topK(x, k, axis < (dim as number) ? axis : axis + 1);
    return { outs, dims: [dim, dim] };
  },
  partialEval: "whole",
  dce: "whole",
  lower({ b, avals: [x] }, [operand], { axis, k }) {
    if (axis === x.ndim - 1) return b.topK(operand, k);
    const swap = range(x.ndim).map((d) => (d === axis ? x.ndim - 1 : d === x.ndim - 1 ? axis : d));
    return b.topK(b.transpose(operand, swap), k).map((y) => b.transpose(y, swap));
  },
  samples: [
    { avals: [f32(5)], params: { axis: 0, k: 2 }, domain: [{ apart: 0.1 }] },
    { avals: [f32(3, 2)], params: { axis: 0, k: 2 }, domain: [{ apart: 0.1 }] },
    { avals: [f32(2, 3)], params: { axis: 1, k: 3 }, domain: [{ apart: 0.1 }] },
    { avals: [i32(4)], params: { axis: 0, k: 0 } },
  ],
});
/** The k largest elements of x along `axis`, descending, and their indices. */
export const topK = (x: Tensor, k: number, axis = x.ndim - 1): [values: Tensor, indices: Tensor] => {
  const [values, indices] = topKP.bind([x], { axis, k });
  return [values, indices];
};
