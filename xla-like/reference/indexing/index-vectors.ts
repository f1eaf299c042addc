/** What gather and scatter share: reading index vectors, and where batches and windows lie. */
import { advance, dotProduct, rowMajor } from "../layout/strides.js";

/** One dimension of the operand that an index vector's entry, or a batch dimension, moves along. */
export interface IndexPlan {
  /** Offsets of the index vectors in the indices, one per window. */
  readonly vectorStarts: readonly number[];
  /** The step between the entries of one index vector. */
  readonly vectorStep: number;
  /** The operand's offset that batching dimensions give each window. */
  readonly batchOffsets: readonly number[];
}

export const planIndices = (
  operandDims: readonly number[],
  indicesDims: readonly number[],
  indexVectorDim: number,
  operandBatchingDims: readonly number[],
  indicesBatchingDims: readonly number[],
): IndexPlan => {
  const strides = rowMajor(indicesDims);
  const operandStrides = rowMajor(operandDims);
  const axes = indicesDims.map((_, d) => d).filter((d) => d !== indexVectorDim);
  const batchDims = axes.map((d) => indicesDims[d]);
  const vectorSteps = axes.map((d) => strides[d]);
  const batchSteps = axes.map((d) => {
    const k = indicesBatchingDims.indexOf(d);
    return k < 0 ? 0 : operandStrides[operandBatchingDims[k]];
  });
  const vectorStarts: number[] = [];
  const batchOffsets: number[] = [];
  if (!batchDims.includes(0)) {
    const index = batchDims.map(() => 0);
    do {
      vectorStarts.push(dotProduct(index, vectorSteps));
      batchOffsets.push(dotProduct(index, batchSteps));
    } while (advance(index, batchDims));
  }
  const vectorStep = indexVectorDim < indicesDims.length ? strides[indexVectorDim] : 0;
  return { vectorStarts, vectorStep, batchOffsets };
};

/** The offsets, in an array of `dims`, of all places along the dimensions `axes`, row-major. */
export const offsetsAlong = (dims: readonly number[], axes: readonly number[]): number[] => {
  const strides = rowMajor(dims);
  return axes.reduce<number[]>(
    (offsets, d) => offsets.flatMap((o) => Array.from({ length: dims[d] }, (_, i) => o + i * strides[d])),
    [0],
  );
};
