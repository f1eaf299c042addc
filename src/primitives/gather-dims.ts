/** How gather and scatter describe which dimension plays which part, and the checks of those descriptions. */

import {
  type GatherDims,
  type HloBuilder,
  type HloInstruction,
  hostArray,
  type ScatterDims,
} from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { dtypes } from "../core/dtype.js";
import { param, showTuple } from "../core/params.js";
import { writeElement } from "../core/scalars.js";
import { range } from "../prelude/numbers.js";

/** The last dimension of the indices holds one index vector each; the others, and the offsets, make up the result. */
export interface GatherDimensionNumbers {
  /** Dimensions of the result that run over a window. */
  readonly offsetDims: readonly number[];
  /** Dimensions of the operand, of window size 1, that the result does not have. */
  readonly collapsedSliceDims: readonly number[];
  /** The dimension of the operand that each component of an index vector is for. */
  readonly startIndexMap: readonly number[];
  /** Dimensions of the operand that go along with `startIndicesBatchingDims` of the indices. */
  readonly operandBatchingDims: readonly number[];
  readonly startIndicesBatchingDims: readonly number[];
}

export interface ScatterDimensionNumbers {
  /** Dimensions of the updates that run over a window. */
  readonly updateWindowDims: readonly number[];
  /** Dimensions of the operand, of window size 1, that the updates do not have. */
  readonly insertedWindowDims: readonly number[];
  readonly scatterDimsToOperandDims: readonly number[];
  readonly operandBatchingDims: readonly number[];
  readonly scatterIndicesBatchingDims: readonly number[];
}

type Optional<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;
/** Dimension numbers as users write them: batching dimensions may be left out. */
export type GatherDimensionsInput = Optional<
  GatherDimensionNumbers,
  "operandBatchingDims" | "startIndicesBatchingDims"
>;
export type ScatterDimensionsInput = Optional<
  ScatterDimensionNumbers,
  "operandBatchingDims" | "scatterIndicesBatchingDims"
>;

export const completeGatherDims = (d: GatherDimensionsInput): GatherDimensionNumbers => ({
  ...d,
  operandBatchingDims: d.operandBatchingDims ?? [],
  startIndicesBatchingDims: d.startIndicesBatchingDims ?? [],
});
export const completeScatterDims = (d: ScatterDimensionsInput): ScatterDimensionNumbers => ({
  ...d,
  operandBatchingDims: d.operandBatchingDims ?? [],
  scatterIndicesBatchingDims: d.scatterIndicesBatchingDims ?? [],
});

/** What becomes of windows that are not wholly inside: moved inside, filled or dropped, or left to the promise that there are none. */
export type GatherScatterMode = "clip" | "fill_or_drop" | "promise_in_bounds";

export const modeParam = param.data<GatherScatterMode>((mode) => `GatherScatterMode.${mode.toUpperCase()}`);

const showGather = (d: GatherDimensionNumbers): string =>
  `GatherDimensionNumbers(offset_dims=${showTuple(d.offsetDims)}, collapsed_slice_dims=${showTuple(d.collapsedSliceDims)}, ` +
  `start_index_map=${showTuple(d.startIndexMap)}, operand_batching_dims=${showTuple(d.operandBatchingDims)}, ` +
  `start_indices_batching_dims=${showTuple(d.startIndicesBatchingDims)})`;
export const gatherDimsParam = param.data(showGather);

const showScatter = (d: ScatterDimensionNumbers): string =>
  `ScatterDimensionNumbers(update_window_dims=${showTuple(d.updateWindowDims)}, inserted_window_dims=${showTuple(d.insertedWindowDims)}, ` +
  `scatter_dims_to_operand_dims=${showTuple(d.scatterDimsToOperandDims)}, operand_batching_dims=${showTuple(d.operandBatchingDims)}, ` +
  `scatter_indices_batching_dims=${showTuple(d.scatterIndicesBatchingDims)})`;
export const scatterDimsParam = param.data(showScatter);

export const hloGatherDims = (d: GatherDimensionNumbers, indexRank: number): GatherDims => ({
  ...d,
  indexVectorDim: indexRank - 1,
});
export const hloScatterDims = (d: ScatterDimensionNumbers, indexRank: number): ScatterDims => ({
  updateWindowDims: d.updateWindowDims,
  insertedWindowDims: d.insertedWindowDims,
  inputBatchingDims: d.operandBatchingDims,
  scatterIndicesBatchingDims: d.scatterIndicesBatchingDims,
  scatterDimsToOperandDims: d.scatterDimsToOperandDims,
  indexVectorDim: indexRank - 1,
});

/** The gather that reads what the scatter writes. */
export const inverseGather = (d: ScatterDimensionNumbers): GatherDimensionNumbers => ({
  offsetDims: d.updateWindowDims,
  collapsedSliceDims: d.insertedWindowDims,
  startIndexMap: d.scatterDimsToOperandDims,
  operandBatchingDims: d.operandBatchingDims,
  startIndicesBatchingDims: d.scatterIndicesBatchingDims,
});
/** The scatter that writes what the gather reads. */
export const inverseScatter = (d: GatherDimensionNumbers): ScatterDimensionNumbers => ({
  updateWindowDims: d.offsetDims,
  insertedWindowDims: d.collapsedSliceDims,
  scatterDimsToOperandDims: d.startIndexMap,
  operandBatchingDims: d.operandBatchingDims,
  scatterIndicesBatchingDims: d.startIndicesBatchingDims,
});

/** The size of an update's window in each dimension of the operand. */
export function windowSizes(d: ScatterDimensionNumbers, rank: number, updates: readonly number[]): number[] {
  let next = 0;
  return range(rank).map((i) =>
    d.insertedWindowDims.includes(i) || d.operandBatchingDims.includes(i) ? 1 : updates[d.updateWindowDims[next++]],
  );
}

const increasing = (dims: readonly number[]): boolean => dims.every((d, i) => i === 0 || d > dims[i - 1]);
const areDims = (dims: readonly number[], rank: number): boolean =>
  new Set(dims).size === dims.length && dims.every((d) => Number.isInteger(d) && d >= 0 && d < rank);

interface Parts {
  readonly window: readonly [name: string, dims: readonly number[], of: string, rank: number];
  readonly dropped: readonly [name: string, dims: readonly number[]];
  readonly map: readonly [name: string, dims: readonly number[]];
  readonly batching: readonly [
    name: string,
    operand: readonly number[],
    indicesName: string,
    indices: readonly number[],
  ];
}

/** What is wrong with dimension numbers, apart from sizes of windows; undefined for nothing. */
function problem(x: ShapedArray, indices: ShapedArray, p: Parts): string | undefined {
  const rank = x.ndim;
  if (indices.ndim === 0)
    return "operand 'indices' is a scalar. Its last dimension must hold the index vectors; add one of size 1.";
  const [windowName, window, of, ofRank] = p.window;
  if (!areDims(window, ofRank) || !increasing(window)) {
    return `${windowName} is [${window}]. They must increase and be dimensions of ${of}, which has rank ${ofRank}.`;
  }
  for (const [name, dims] of [p.dropped, p.batching] as const) {
    if (!areDims(dims, rank) || !increasing(dims)) {
      return `${name} is [${dims}]. They must increase and be dimensions of operand 'x', which has rank ${rank}.`;
    }
  }
  const [mapName, map] = p.map;
  const length = indices.shape[indices.ndim - 1];
  if (!areDims(map, rank))
    return `${mapName} is [${map}]. It must name dimensions of operand 'x', which has rank ${rank}, once each.`;
  if (map.length !== length)
    return `${mapName} is [${map}], but the index vectors of operand 'indices' have length ${length}. The two must agree.`;
  const [batchName, batch, indicesName, indicesBatch] = p.batching;
  for (const [name, dims] of [p.dropped, p.map] as const) {
    if (dims.some((d) => batch.includes(d)))
      return `${name} is [${dims}] and ${batchName} is [${batch}]. They must have no dimension in common.`;
  }
  if (!areDims(indicesBatch, indices.ndim - 1)) {
    return `${indicesName} is [${indicesBatch}]. They must be dimensions of operand 'indices' other than the last.`;
  }
  const sizes = [batch.map((d) => x.shape[d]), indicesBatch.map((d) => indices.shape[d])];
  if (sizes[0].join() !== sizes[1].join()) {
    return `${batchName} [${batch}] of operand 'x' have sizes [${sizes[0]}], but ${indicesName} [${indicesBatch}] of operand 'indices' have [${sizes[1]}].`;
  }
  const parts = window.length + p.dropped[1].length + batch.length;
  if (parts !== rank) {
    return `${windowName}, ${p.dropped[0]} and ${batchName} account for ${parts} dimensions, but operand 'x' has rank ${rank}. Each must be in one of them.`;
  }
  return undefined;
}

export function gatherProblem(
  x: ShapedArray,
  indices: ShapedArray,
  d: GatherDimensionNumbers,
  sliceSizes: readonly number[],
): string | undefined {
  const found = problem(x, indices, {
    window: ["offsetDims", d.offsetDims, "the result", d.offsetDims.length + indices.ndim - 1],
    dropped: ["collapsedSliceDims", d.collapsedSliceDims],
    map: ["startIndexMap", d.startIndexMap],
    batching: ["operandBatchingDims", d.operandBatchingDims, "startIndicesBatchingDims", d.startIndicesBatchingDims],
  });
  if (found !== undefined) return found;
  // Where nothing is gathered, windows need not fit.
  const fits = (n: number, i: number): boolean =>
    Number.isInteger(n) && n >= 0 && (n <= x.shape[i] || indices.size === 0);
  if (sliceSizes.length !== x.ndim || !sliceSizes.every(fits)) {
    return `sliceSizes is [${sliceSizes}], but operand 'x' has shape [${x.shape}]. A window needs a size for each dimension and must fit inside.`;
  }
  const wide = [...d.collapsedSliceDims, ...d.operandBatchingDims].find((i) => sliceSizes[i] > 1);
  if (wide !== undefined)
    return `sliceSizes is ${sliceSizes[wide]} in dimension ${wide}, which the result does not have. It must be 1 there.`;
  return undefined;
}

/** The result's shape: windows at `offsetDims`, the indices' other dimensions in the remaining places. */
export function gatherShape(
  indices: readonly number[],
  d: GatherDimensionNumbers,
  sliceSizes: readonly number[],
): number[] {
  const window = sliceSizes.filter((_, i) => !d.collapsedSliceDims.includes(i) && !d.operandBatchingDims.includes(i));
  const batch = indices.slice(0, -1);
  let nextWindow = 0;
  let nextBatch = 0;
  return range(window.length + batch.length).map((i) =>
    d.offsetDims.includes(i) ? window[nextWindow++] : batch[nextBatch++],
  );
}

export function scatterProblem(
  x: ShapedArray,
  indices: ShapedArray,
  updates: ShapedArray,
  d: ScatterDimensionNumbers,
): string | undefined {
  const expected = d.updateWindowDims.length + indices.ndim - 1;
  if (indices.ndim > 0 && updates.ndim !== expected) {
    return `operand 'updates' has rank ${updates.ndim}, but the indices and updateWindowDims [${d.updateWindowDims}] ask for rank ${expected}.`;
  }
  const found = problem(x, indices, {
    window: ["updateWindowDims", d.updateWindowDims, "operand 'updates'", updates.ndim],
    dropped: ["insertedWindowDims", d.insertedWindowDims],
    map: ["scatterDimsToOperandDims", d.scatterDimsToOperandDims],
    batching: [
      "operandBatchingDims",
      d.operandBatchingDims,
      "scatterIndicesBatchingDims",
      d.scatterIndicesBatchingDims,
    ],
  });
  if (found !== undefined) return found;
  const sizes = windowSizes(d, x.ndim, updates.shape);
  const dropped = [...d.insertedWindowDims, ...d.operandBatchingDims];
  if (sizes.some((n, i) => n > x.shape[i] && !dropped.includes(i))) {
    return `operand 'updates' of shape [${updates.shape}] has windows [${sizes}], which do not fit inside operand 'x' of shape [${x.shape}].`;
  }
  const scattered = updates.shape.filter((_, i) => !d.updateWindowDims.includes(i));
  const asked = indices.shape.slice(0, -1);
  if (scattered.join() !== asked.join()) {
    return `operand 'updates' of shape [${updates.shape}] has [${scattered}] windows, but operand 'indices' of shape [${indices.shape}] asks for [${asked}].`;
  }
  return undefined;
}

/** The last place, in each indexed dimension, where a window still lies inside, as a constant shaped like the indices. */
export function lastStarts(
  b: HloBuilder,
  indices: ShapedArray,
  map: readonly number[],
  x: readonly number[],
  sizes: readonly number[],
): HloInstruction {
  const { bytes, kind } = dtypes[indices.dtype];
  // A place beyond the indices' type is one that no index exceeds.
  const greatest = 2 ** (8 * bytes - (kind === "signed" ? 1 : 0)) - 1;
  const data = hostArray(indices.dtype, map.length);
  map.forEach((d, i) => {
    writeElement(data, i, indices.dtype, Math.min(x[d] - sizes[d], greatest));
  });
  return b.broadcast(b.constant(indices.dtype, [map.length], data), indices.shape, [indices.ndim - 1]);
}

/** Dimensions as they are numbered with a batch dimension in front. */
export const behindBatch = (dims: readonly number[]): number[] => dims.map((d) => d + 1);
