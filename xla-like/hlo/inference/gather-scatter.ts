/** Shapes of gather and scatter. */
import { isInteger } from "../dtype.js";
import { check } from "../error.js";
import type { GatherDims, HloComputation, ScatterDims } from "../instruction.js";
import { type ArrayShape, arrayShape, sameDims, shapeText } from "../shape.js";
import { checkSignature } from "./computation.js";
import { checkDimensions, checkIncreasing, checkLength, checkSizes, remaining } from "./dimensions.js";

const checkSorted = (what: string, dimensions: readonly number[], rank: number): void => {
  checkDimensions(what, dimensions, rank);
  checkIncreasing(what, dimensions);
};

/** The dimensions of the indices that say which window, and the length of one index. */
const indexDims = (indices: ArrayShape, indexVectorDim: number): { batch: number[]; length: number } => {
  check(isInteger(indices.dtype), () => `indices must be integers, not ${shapeText(indices)}`);
  const rank = indices.dims.length;
  check(
    Number.isInteger(indexVectorDim) && 0 <= indexVectorDim && indexVectorDim <= rank,
    () => `index_vector_dim is ${indexVectorDim}, but the indices are ${shapeText(indices)}`,
  );
  return {
    batch: indices.dims.filter((_, d) => d !== indexVectorDim),
    // An index vector dimension past the end stands for a trailing one of size 1.
    length: indexVectorDim === rank ? 1 : indices.dims[indexVectorDim],
  };
};

/** The batching dimensions of operand and indices pair up, with equal sizes, and the index has its own dimensions. */
const checkBatching = (
  operand: ArrayShape,
  indices: ArrayShape,
  operandBatching: readonly number[],
  indicesBatching: readonly number[],
  indexMap: readonly number[],
  indexVectorDim: number,
): void => {
  checkSorted("the operand's batching dimensions", operandBatching, operand.dims.length);
  checkDimensions("the indices' batching dimensions", indicesBatching, indices.dims.length);
  checkLength("the indices' batching dimensions", indicesBatching, operandBatching.length);
  checkDimensions("the index map with the batching dimensions", [...indexMap, ...operandBatching], operand.dims.length);
  operandBatching.forEach((d, i) => {
    const e = indicesBatching[i];
    check(e !== indexVectorDim, () => `index_vector_dim ${e} cannot be a batching dimension as well`);
    check(
      operand.dims[d] === indices.dims[e],
      () => `batching dimension ${d} of ${shapeText(operand)} and ${e} of ${shapeText(indices)} differ in size`,
    );
  });
};

/** Puts the window's sizes at `windowDims` of a rank-n result and the others, in order, in the remaining places. */
const interleave = (windowDims: readonly number[], window: readonly number[], batch: readonly number[]): number[] => {
  const out = new Array<number>(window.length + batch.length);
  windowDims.forEach((d, i) => {
    out[d] = window[i];
  });
  remaining(out.length, windowDims).forEach((d, i) => {
    out[d] = batch[i];
  });
  return out;
};

export const inferGather = (
  operand: ArrayShape,
  indices: ArrayShape,
  dims: GatherDims,
  sliceSizes: readonly number[],
): ArrayShape => {
  const rank = operand.dims.length;
  const { batch, length } = indexDims(indices, dims.indexVectorDim);
  checkLength("start_index_map", dims.startIndexMap, length);
  checkBatching(
    operand,
    indices,
    dims.operandBatchingDims,
    dims.startIndicesBatchingDims,
    dims.startIndexMap,
    dims.indexVectorDim,
  );
  checkSorted("collapsed_slice_dims", dims.collapsedSliceDims, rank);
  const dropped = [...dims.collapsedSliceDims, ...dims.operandBatchingDims];
  checkDimensions("collapsed and batching dimensions", dropped, rank);
  checkLength("slice_sizes", sliceSizes, rank);
  checkSizes("slice_sizes", sliceSizes);
  sliceSizes.forEach((n, d) => {
    check(n <= operand.dims[d], () => `a slice of [${sliceSizes}] does not fit into ${shapeText(operand)}`);
    check(
      !dropped.includes(d) || n <= 1,
      () => `slice_sizes is ${n} in dimension ${d}, which the result does not have`,
    );
  });
  const window = remaining(rank, dropped).map((d) => sliceSizes[d]);
  checkLength("offset_dims", dims.offsetDims, window.length);
  checkSorted("offset_dims", dims.offsetDims, window.length + batch.length);
  return arrayShape(operand.dtype, interleave(dims.offsetDims, window, batch));
};

export const inferScatter = (
  operand: ArrayShape,
  indices: ArrayShape,
  updates: ArrayShape,
  dims: ScatterDims,
  computation: HloComputation,
): ArrayShape => {
  const rank = operand.dims.length;
  const { batch, length } = indexDims(indices, dims.indexVectorDim);
  checkLength("scatter_dims_to_operand_dims", dims.scatterDimsToOperandDims, length);
  checkBatching(
    operand,
    indices,
    dims.inputBatchingDims,
    dims.scatterIndicesBatchingDims,
    dims.scatterDimsToOperandDims,
    dims.indexVectorDim,
  );
  checkSorted("inserted_window_dims", dims.insertedWindowDims, rank);
  const dropped = [...dims.insertedWindowDims, ...dims.inputBatchingDims];
  checkDimensions("inserted and batching dimensions", dropped, rank);
  const kept = remaining(rank, dropped);
  checkLength("update_window_dims", dims.updateWindowDims, kept.length);
  checkSorted("update_window_dims", dims.updateWindowDims, updates.dims.length);
  check(
    updates.dtype === operand.dtype,
    () => `scatter's updates are ${shapeText(updates)}, but its operand is ${shapeText(operand)}`,
  );
  const window = dims.updateWindowDims.map((d) => updates.dims[d]);
  window.forEach((n, i) => {
    check(n <= operand.dims[kept[i]], () => `update windows of [${window}] do not fit into ${shapeText(operand)}`);
  });
  const scattered = updates.dims.filter((_, d) => !dims.updateWindowDims.includes(d));
  check(
    sameDims(scattered, batch),
    () => `scatter's updates ${shapeText(updates)} have [${scattered}] windows, but the indices ask for [${batch}]`,
  );
  const scalar = arrayShape(operand.dtype, []);
  checkSignature("scatter", computation, [scalar, scalar], scalar);
  return operand;
};
