/** gather: slices of the operand, at places that the indices name. */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { boxCopy } from "../layout/copy.js";
import { rowMajor } from "../layout/strides.js";
import { offsetsAlong, planIndices } from "./index-vectors.js";

export const gatherKernel = (i: Instr<"gather">): Kernel => {
  const { dims, sliceSizes } = i;
  const { dtype, dims: outDims } = i.shape;
  const operandDims = operandShape(i, 0).dims;
  const strides = rowMajor(operandDims);
  const outStrides = rowMajor(outDims);
  const n = sizeOf(outDims);
  const plan = planIndices(
    operandDims,
    operandShape(i, 1).dims,
    dims.indexVectorDim,
    dims.operandBatchingDims,
    dims.startIndicesBatchingDims,
  );
  // Index entries: how far one unit moves in the operand, and the largest start that keeps the slice inside.
  const steps = dims.startIndexMap.map((d) => strides[d]);
  const limits = dims.startIndexMap.map((d) => operandDims[d] - sliceSizes[d]);
  const batchAxes = outDims.map((_, d) => d).filter((d) => !dims.offsetDims.includes(d));
  const outStarts = offsetsAlong(outDims, batchAxes);
  const windowAxes = operandDims
    .map((_, d) => d)
    .filter((d) => !dims.collapsedSliceDims.includes(d) && !dims.operandBatchingDims.includes(d));
  const copy = boxCopy(
    dtype,
    windowAxes.map((d) => sliceSizes[d]),
    dims.offsetDims.map((d) => outStrides[d]),
    windowAxes.map((d) => strides[d]),
  );
  const { vectorStarts, vectorStep, batchOffsets } = plan;
  return ([operand, indices]) => {
    const out = hostArray(dtype, n);
    if (n === 0) return out;
    const index = indices as HostArray;
    for (let w = 0; w < vectorStarts.length; w++) {
      let from = batchOffsets[w];
      for (let k = 0; k < steps.length; k++) {
        const start = Number(index[vectorStarts[w] + k * vectorStep]);
        from += Math.max(0, Math.min(limits[k], start)) * steps[k];
      }
      copy(out, outStarts[w], operand as HostArray, from);
    }
    return out;
  };
};
