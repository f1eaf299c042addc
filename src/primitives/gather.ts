/** Windows of a tensor at places given by index vectors. */

import type { HloBuilder, HloInstruction } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { f32, i32, u8 } from "../core/avals.js";
import { type DType, dtypes, isInexact } from "../core/dtype.js";
import { param } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import { canHold, type ScalarValue } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { dtypeError, inClass, out, shapeError } from "./checks.js";
import { zerosLike } from "./fill.js";
import {
  behindBatch,
  completeGatherDims,
  type GatherDimensionNumbers,
  type GatherDimensionsInput,
  type GatherScatterMode,
  gatherDimsParam,
  gatherProblem,
  gatherShape,
  hloGatherDims,
  inverseScatter,
  lastStarts,
  modeParam,
} from "./gather-dims.js";
import { highest, lowest } from "./reducers.js";
import { scatterAdd } from "./scatter.js";
import { moveToFront } from "./shape.js";

interface GatherParams {
  readonly dimensionNumbers: GatherDimensionNumbers;
  readonly fillValue?: ScalarValue;
  readonly indicesAreSorted: boolean;
  readonly mode: GatherScatterMode;
  readonly sliceSizes: readonly number[];
  readonly uniqueIndices: boolean;
}

/** Python's text of a number. */
function showFill(x: ScalarValue): string {
  if (typeof x === "boolean") return x ? "True" : "False";
  if (typeof x === "object") return `(${x.re}${x.im < 0 ? "-" : "+"}${Math.abs(x.im)}j)`;
  if (typeof x === "bigint" || Number.isFinite(x)) return String(x);
  return Number.isNaN(x) ? "nan" : x < 0 ? "-inf" : "inf";
}

/** What stands for a missing element: NaN, the least signed or greatest unsigned integer, true. */
function missing(dtype: DType): ScalarValue {
  if (isInexact(dtype)) return Number.NaN;
  return dtypes[dtype].kind === "signed" ? lowest(dtype) : highest(dtype);
}

const simple: GatherDimensionNumbers = {
  offsetDims: [],
  collapsedSliceDims: [0],
  startIndexMap: [0],
  operandBatchingDims: [],
  startIndicesBatchingDims: [],
};
const sampleParams = { dimensionNumbers: simple, sliceSizes: [1], indicesAreSorted: false, uniqueIndices: false };

export const gatherP = definePrimitive({
  name: "gather",
  doc: "Windows of size `sliceSizes` of the operand, each starting at one index vector of the indices.",
  operands: ["x", "indices"],
  params: {
    dimensionNumbers: gatherDimsParam,
    fillValue: param.optional(param.data<ScalarValue>(showFill)),
    indicesAreSorted: param.bool,
    mode: modeParam,
    sliceSizes: param.ints,
    uniqueIndices: param.bool,
  },
  abstractEval({ x, indices }, { dimensionNumbers: d, sliceSizes, fillValue }) {
    if (!inClass(indices.dtype, "integer"))
      return Either.left(dtypeError("gather", "indices", indices.dtype, "integer"));
    const wrong = gatherProblem(x, indices, d, sliceSizes);
    if (wrong !== undefined) return shapeError(`gather: ${wrong}`);
    if (fillValue !== undefined && !canHold(x.dtype, fillValue)) {
      return Either.left(
        new DTypeError(
          "CT104",
          `gather: fillValue is ${showFill(fillValue)}, which operand 'x' of type ${x.dtype} cannot hold.`,
        ),
      );
    }
    return out(gatherShape(indices.shape, d, sliceSizes), x.dtype, x.weakType);
  },
  diff: {
    kind: "linear",
    jvp: { x: (t, { indices }, p) => gather(t, indices, p.dimensionNumbers, p.sliceSizes, { ...p, fillValue: 0 }) },
    transpose: {
      x: (ct, { x, indices }, { dimensionNumbers, ...p }) =>
        scatterAdd(
          zerosLike({ shape: x.shape, dtype: ct.dtype }),
          indices as Tensor,
          ct,
          inverseScatter(dimensionNumbers),
          p,
        ),
      indices: "none",
    },
  },
  batching: ({ x, indices }, dims, p) => batchGather(x, indices, [dims.x, dims.indices], p),
  lower(b, { x, indices }, p, { avals, out: o }) {
    const { dtype } = avals.x;
    if (o.size === 0) return b.fill(dtype === "bool" ? false : 0, dtype, o.shape);
    const d = p.dimensionNumbers;
    const windows = b.gather(x, indices, hloGatherDims(d, avals.indices.ndim), p.sliceSizes, {
      indicesAreSorted: p.indicesAreSorted,
    });
    if (p.mode !== "fill_or_drop" || d.startIndexMap.length === 0) return windows;
    const inside = lowerInside(
      b,
      indices,
      avals.indices,
      lastStarts(b, avals.indices, d.startIndexMap, avals.x.shape, p.sliceSizes),
    );
    const batchDims = range(o.ndim).filter((i) => !d.offsetDims.includes(i));
    return b.select(
      b.broadcast(inside, o.shape, batchDims),
      windows,
      b.fill(p.fillValue ?? missing(dtype), dtype, o.shape),
    );
  },
  samples: [
    {
      avals: { x: f32(4), indices: i32(3, 1) },
      params: { ...sampleParams, mode: "promise_in_bounds" },
      domain: { indices: { values: [2, 0, 2] } },
    },
    {
      avals: { x: f32(4), indices: i32(2, 1) },
      params: { ...sampleParams, mode: "fill_or_drop", fillValue: 7 },
      domain: { indices: { values: [1, 4] } },
    },
    {
      avals: { x: f32(3, 4), indices: i32(2, 2) },
      params: {
        dimensionNumbers: { ...simple, offsetDims: [1], startIndexMap: [1, 0] },
        sliceSizes: [1, 2],
        indicesAreSorted: false,
        uniqueIndices: false,
        mode: "clip",
      },
      domain: { indices: { values: [3, 1, 0, 5] } },
    },
    {
      avals: { x: f32(2, 3), indices: i32(2, 2, 1) },
      params: {
        dimensionNumbers: {
          offsetDims: [],
          collapsedSliceDims: [1],
          startIndexMap: [1],
          operandBatchingDims: [0],
          startIndicesBatchingDims: [0],
        },
        sliceSizes: [1, 1],
        indicesAreSorted: false,
        uniqueIndices: false,
        mode: "fill_or_drop",
        fillValue: 0,
      },
      domain: { indices: { values: [0, 2, 3, 2] } },
    },
    { avals: { x: f32(0), indices: i32(0, 1) }, params: { ...sampleParams, mode: "clip" } },
    {
      avals: { x: u8(4), indices: u8(2, 1) },
      params: { ...sampleParams, mode: "fill_or_drop" },
      domain: { indices: { values: [3, 200] } },
    },
  ],
});

export interface GatherOptions {
  readonly uniqueIndices?: boolean;
  readonly indicesAreSorted?: boolean;
  readonly mode?: GatherScatterMode;
  /** What windows outside hold with mode fill_or_drop: NaN, the least signed or greatest unsigned integer unless given. */
  readonly fillValue?: ScalarValue;
}

/** Windows of x, of the given sizes, at the index vectors in the last dimension of `indices`. */
export function gather(
  x: Tensor,
  indices: Tensor,
  dims: GatherDimensionsInput,
  sliceSizes: readonly number[],
  { mode = "promise_in_bounds", fillValue, indicesAreSorted = false, uniqueIndices = false }: GatherOptions = {},
): Tensor {
  const fill = mode === "fill_or_drop" ? (fillValue ?? missing(x.dtype)) : undefined;
  const dimensionNumbers = completeGatherDims(dims);
  return gatherP.bind(
    { x, indices },
    { dimensionNumbers, fillValue: fill, indicesAreSorted, mode, sliceSizes, uniqueIndices },
  );
}

/** Gather with a batch dimension in the operand, the indices or both; the result's stands in front. */
export function batchGather(
  x: Tensor,
  indices: Tensor,
  [xDim, indicesDim]: readonly [number | null, number | null],
  p: GatherParams,
): [Tensor, number] {
  const d = p.dimensionNumbers;
  const offsetDims = behindBatch(d.offsetDims);
  if (xDim === null) {
    const at = moveToFront(indices, indicesDim as number);
    const dims = { ...d, offsetDims, startIndicesBatchingDims: behindBatch(d.startIndicesBatchingDims) };
    // Over a whole batch, indices into one operand need no longer be sorted or unique.
    return [gather(x, at, dims, p.sliceSizes, { ...p, indicesAreSorted: false, uniqueIndices: false }), 0];
  }
  const operand = moveToFront(x, xDim);
  const size = operand.shape[0];
  const behind = {
    collapsedSliceDims: behindBatch(d.collapsedSliceDims),
    startIndexMap: behindBatch(d.startIndexMap),
    operandBatchingDims: behindBatch(d.operandBatchingDims),
  };
  if (indicesDim === null) {
    const dims = { ...behind, offsetDims: [0, ...offsetDims], startIndicesBatchingDims: d.startIndicesBatchingDims };
    return [gather(operand, indices, dims, [size, ...p.sliceSizes], p), 0];
  }
  const dims = {
    ...behind,
    offsetDims,
    operandBatchingDims: [0, ...behind.operandBatchingDims],
    startIndicesBatchingDims: [0, ...behindBatch(d.startIndicesBatchingDims)],
  };
  return [gather(operand, moveToFront(indices, indicesDim), dims, [Math.min(size, 1), ...p.sliceSizes], p), 0];
}

/** Which index vectors give windows that lie inside. */
function lowerInside(b: HloBuilder, indices: HloInstruction, aval: ShapedArray, last: HloInstruction): HloInstruction {
  let inside = b.compare(indices, last, "LE");
  if (dtypes[aval.dtype].kind === "signed") {
    inside = b.binary("and", b.compare(indices, b.scalar(aval.dtype, 0), "GE"), inside);
  }
  return b.reduce([inside], [b.scalar("bool", true)], [aval.ndim - 1], b.reducer("and", "bool"))[0];
}
