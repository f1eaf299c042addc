/** Rectangular pieces: slices at fixed places, slices at places computed at run time, and updates of those. */

import type { ShapedArray } from "../core/aval.js";
import { f32, i32 } from "../core/avals.js";
import { param } from "../core/params.js";
import { defineMultiPrimitive, definePrimitive } from "../core/primitive.js";
import { literal } from "../core/scalars.js";
import { LinearOperand, type Tensor, Zero } from "../core/tensor.js";
import { DTypeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { batchAt } from "./batched.js";
import { commonDtype, dtypeError, inClass, out, type Result, shapeError } from "./checks.js";
import { concatenate } from "./concatenate.js";
import { zerosLike } from "./fill.js";
import { batchGather } from "./gather.js";
import { linearJvp, linearTranspose, zeroTangent } from "./linear.js";
import { pad } from "./padding.js";
import { batchScatter, scatterP } from "./scatter.js";
import { broadcastInDim } from "./shape.js";

function sliceShape(
  x: ShapedArray,
  starts: readonly number[],
  limits: readonly number[],
  strides: readonly number[],
): Result<readonly number[]> {
  if (starts.length !== x.ndim || limits.length !== x.ndim || strides.length !== x.ndim) {
    return shapeError(
      `slice: operand 'x' has rank ${x.ndim}, but startIndices is [${starts}], limitIndices [${limits}] and strides [${strides}]. ` +
        "Give one number for each dimension.",
    );
  }
  for (let i = 0; i < x.ndim; i++) {
    const whole = [starts[i], limits[i], strides[i]].every(Number.isInteger);
    if (whole && starts[i] >= 0 && limits[i] >= starts[i] && limits[i] <= x.shape[i] && strides[i] > 0) continue;
    return shapeError(
      `slice: dimension ${i} of operand 'x' has size ${x.shape[i]}, but is sliced from ${starts[i]} to ${limits[i]} in steps of ${strides[i]}. ` +
        "It must be 0 <= start <= limit <= size, with a positive stride.",
    );
  }
  return Either.right(range(x.ndim).map((i) => Math.ceil((limits[i] - starts[i]) / strides[i])));
}

export const sliceP = definePrimitive({
  name: "slice",
  doc: "The elements from `startIndices` to before `limitIndices`, every `strides`-th of them.",
  operands: ["x"],
  params: { limitIndices: param.ints, startIndices: param.ints, strides: param.optional(param.ints) },
  abstractEval: ({ x }, { startIndices, limitIndices, strides }) =>
    Either.chain((shape: readonly number[]) => out(shape, x.dtype))(
      sliceShape(x, startIndices, limitIndices, strides ?? startIndices.map(() => 1)),
    ),
  diff: {
    kind: "linear",
    transpose: {
      x: (ct, { x }, { startIndices, strides }) =>
        pad(
          ct,
          0,
          x.shape.map((size, i) => {
            const step = strides?.[i] ?? 1;
            const end = startIndices[i] + (ct.shape[i] === 0 ? 0 : 1 + (ct.shape[i] - 1) * step);
            return [startIndices[i], size - end, step - 1] as const;
          }),
        ),
    },
  },
  batching({ x }, { x: dim }, { startIndices, limitIndices, strides }) {
    const d = dim as number;
    const insert = (xs: readonly number[], value: number): number[] => [...xs.slice(0, d), value, ...xs.slice(d)];
    return [slice(x, insert(startIndices, 0), insert(limitIndices, x.shape[d]), strides && insert(strides, 1)), d];
  },
  lower: (b, { x }, { startIndices, limitIndices, strides }) =>
    b.slice(x, startIndices, limitIndices, strides ?? startIndices.map(() => 1)),
  samples: [
    { avals: { x: f32(4) }, params: { startIndices: [1], limitIndices: [3] } },
    { avals: { x: f32(5, 3) }, params: { startIndices: [1, 0], limitIndices: [5, 3], strides: [2, 2] } },
    { avals: { x: f32(5) }, params: { startIndices: [0], limitIndices: [4], strides: [3] } },
    { avals: { x: f32(2, 3) }, params: { startIndices: [1, 2], limitIndices: [1, 3] } },
    { avals: { x: f32() }, params: { startIndices: [], limitIndices: [] } },
  ],
});
/** The elements of x from `starts` to before `limits`, every `strides`-th of them. */
export const slice = (
  x: Tensor,
  starts: readonly number[],
  limits: readonly number[],
  strides?: readonly number[],
): Tensor => sliceP.bind({ x }, { startIndices: starts, limitIndices: limits, strides });

/** Start indices must be scalars of one integer type, one for each dimension. */
function checkStarts(name: string, rank: number, starts: readonly ShapedArray[]): Result<void> {
  if (starts.length !== rank) {
    return shapeError(
      `${name}: operand 'x' has rank ${rank}, but got ${starts.length} start indices. Give one for each dimension.`,
    );
  }
  for (const s of starts) {
    if (s.ndim !== 0)
      return shapeError(`${name}: a start index has shape [${s.shape}]. Start indices must be scalars.`);
    if (!inClass(s.dtype, "integer")) return Either.left(dtypeError(name, "startIndices", s.dtype, "integer"));
    if (s.dtype === starts[0].dtype) continue;
    return Either.left(
      new DTypeError(
        "CT104",
        `${name}: the start indices are ${starts.map((i) => i.dtype).join(", ")}. Convert them to one integer type.`,
      ),
    );
  }
  return Either.right(undefined);
}

const fitsInside = (x: readonly number[], sizes: readonly number[]): boolean =>
  sizes.length === x.length && sizes.every((n, i) => Number.isInteger(n) && n >= 0 && n <= x[i]);

/** Scalar indices as index vectors along the last dimension: [n], or [batch, n] when any is batched. */
function stackIndices(starts: readonly Tensor[], dims: readonly (number | null)[], size: number): Tensor {
  const columns = starts.map((s, i) => broadcastInDim(s, [size, 1], dims[i] === null ? [] : [0]));
  return concatenate(columns, 1);
}

export const dynamicSliceP = defineMultiPrimitive({
  name: "dynamic_slice",
  doc: "The slice of size `sliceSizes` that starts at the scalar operands after the first. Starts are moved so that it lies inside.",
  params: { sliceSizes: param.ints },
  abstractEval([x, ...starts], { sliceSizes }) {
    if (!fitsInside(x.shape, sliceSizes)) {
      return shapeError(
        `dynamic_slice: operand 'x' has shape [${x.shape}], but sliceSizes is [${sliceSizes}]. A slice must fit inside.`,
      );
    }
    return Either.map(() => ({ avals: [{ shape: sliceSizes, dtype: x.dtype, weakType: x.weakType }] }))(
      checkStarts("dynamic_slice", x.ndim, starts),
    );
  },
  jvp([x, ...starts], [t], { sliceSizes }) {
    const tangent = t instanceof Zero ? null : dynamicSlice(t, starts, sliceSizes);
    const y = dynamicSlice(x, starts, sliceSizes);
    return { outs: [y], tangents: [tangent ?? zeroTangent(y)] };
  },
  transpose: (cts, args) =>
    linearTranspose(cts, args, ([ct]) => {
      const [x, ...starts] = args as readonly [Tensor | LinearOperand, ...Tensor[]];
      return [
        dynamicUpdateSlice(zerosLike({ shape: x.shape, dtype: ct.dtype }), ct, starts),
        ...starts.map(() => null),
      ];
    }),
  batching([x, ...starts], [dim, ...startDims], { sliceSizes }, { size }) {
    if (startDims.every((d) => d === null)) {
      // One place for all of the batch: still one slice, which takes the whole batch dimension.
      const d = dim as number;
      const zero = literal(0, starts[0]?.dtype ?? "int32");
      const sizes = [...sliceSizes.slice(0, d), size, ...sliceSizes.slice(d)];
      return { outs: [dynamicSlice(x, [...starts.slice(0, d), zero, ...starts.slice(d)], sizes)], dims: [d] };
    }
    const all = range(sliceSizes.length);
    const [y, yDim] = batchGather(x, stackIndices(starts, startDims, size), [dim, 0], {
      dimensionNumbers: {
        offsetDims: all,
        collapsedSliceDims: [],
        startIndexMap: all,
        operandBatchingDims: [],
        startIndicesBatchingDims: [],
      },
      sliceSizes,
      mode: "clip",
      indicesAreSorted: true,
      uniqueIndices: true,
    });
    return { outs: [y], dims: [yDim] };
  },
  partialEval: "whole",
  dce: "whole",
  lower: ({ b }, [x, ...starts], { sliceSizes }) => [b.dynamicSlice(x, starts, sliceSizes)],
  samples: [
    { avals: [f32(4), i32()], params: { sliceSizes: [2] }, domain: [{}, { values: [1] }] },
    {
      avals: [f32(4, 3), i32(), i32()],
      params: { sliceSizes: [2, 3] },
      domain: [{}, { values: [9] }, { values: [-1] }],
    },
    { avals: [f32(4), i32()], params: { sliceSizes: [0] }, domain: [{}, { values: [2] }] },
    { avals: [f32()], params: { sliceSizes: [] } },
  ],
});
/** The slice of x of the given sizes at scalar `starts`, which are moved so that it lies inside. */
export const dynamicSlice = (x: Tensor, starts: readonly Tensor[], sizes: readonly number[]): Tensor =>
  dynamicSliceP.bind([x, ...starts], { sliceSizes: sizes })[0];

export const dynamicUpdateSliceP = defineMultiPrimitive({
  name: "dynamic_update_slice",
  doc: "The first operand with the second in place of the slice that starts at the scalar operands after them.",
  params: {},
  abstractEval([x, update, ...starts]) {
    if (!fitsInside(x.shape, update.shape)) {
      return shapeError(
        `dynamic_update_slice: operand 'update' of shape [${update.shape}] does not fit inside operand 'x' of shape [${x.shape}]. ` +
          "It needs the same rank and no larger sizes.",
      );
    }
    return Either.chain(() =>
      Either.map(() => ({ avals: [{ shape: x.shape, dtype: x.dtype, weakType: x.weakType && update.weakType }] }))(
        checkStarts("dynamic_update_slice", x.ndim, starts),
      ),
    )(commonDtype("dynamic_update_slice", { x, update }, "any"));
  },
  jvp: (primals, tangents) =>
    linearJvp(
      primals,
      tangents,
      (i) => i < 2,
      ([x, update, ...starts]) => [dynamicUpdateSlice(x, update, starts)],
    ),
  transpose: (cts, args) =>
    linearTranspose(cts, args, ([ct]) => {
      const [x, update, ...starts] = args as readonly [Tensor | LinearOperand, Tensor | LinearOperand, ...Tensor[]];
      const blank = (): Tensor => zerosLike({ shape: update.shape, dtype: ct.dtype });
      return [
        x instanceof LinearOperand ? dynamicUpdateSlice(ct, blank(), starts) : null,
        update instanceof LinearOperand ? dynamicSlice(ct, starts, update.shape) : null,
        ...starts.map(() => null),
      ];
    }),
  batching([x, update, ...starts], [xDim, updateDim, ...startDims], _, { size }) {
    if (startDims.every((d) => d === null)) {
      const d = xDim ?? updateDim ?? 0;
      const zero = literal(0, starts[0]?.dtype ?? "int32");
      const [operand, updates] = [batchAt(x, xDim, d, size), batchAt(update, updateDim, d, size)];
      return {
        outs: [dynamicUpdateSlice(operand, updates, [...starts.slice(0, d), zero, ...starts.slice(d)])],
        dims: [d],
      };
    }
    const all = range(starts.length);
    const operands = { x, indices: stackIndices(starts, startDims, size), updates: update };
    const [y, dim] = batchScatter(scatterP, operands, { x: xDim, indices: 0, updates: updateDim }, size, {
      dimensionNumbers: {
        updateWindowDims: all,
        insertedWindowDims: [],
        scatterDimsToOperandDims: all,
        operandBatchingDims: [],
        scatterIndicesBatchingDims: [],
      },
      mode: "clip",
      indicesAreSorted: true,
      uniqueIndices: true,
    });
    return { outs: [y], dims: [dim] };
  },
  partialEval: "whole",
  dce: "whole",
  lower: ({ b }, [x, update, ...starts]) => [b.dynamicUpdateSlice(x, update, starts)],
  samples: [
    { avals: [f32(4), f32(2), i32()], params: {}, domain: [{}, {}, { values: [1] }] },
    { avals: [f32(4, 3), f32(1, 3), i32(), i32()], params: {}, domain: [{}, {}, { values: [7] }, { values: [-2] }] },
    { avals: [f32(4), f32(0), i32()], params: {}, domain: [{}, {}, { values: [2] }] },
    { avals: [f32(), f32()], params: {} },
  ],
});
/** x with `update` in place of the slice at scalar `starts`, which are moved so that it lies inside. */
export const dynamicUpdateSlice = (x: Tensor, update: Tensor, starts: readonly Tensor[]): Tensor =>
  dynamicUpdateSliceP.bind([x, update, ...starts], {})[0];
