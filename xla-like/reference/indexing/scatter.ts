/** scatter: combines windows of updates into the operand, at places that the indices name. */
import type { HostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { rowMajor } from "../layout/strides.js";
import type { Lowering } from "../lowering.js";
import { inlineComputation } from "../text/computation.js";
import { loadText, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { offsetsAlong, planIndices } from "./index-vectors.js";

type Combine = (
  out: HostArray,
  updates: HostArray,
  to: number,
  from: number,
  toOffsets: Int32Array,
  fromOffsets: Int32Array,
) => void;

export const scatterKernel = (i: Instr<"scatter">, { prepare, dying }: Lowering): Kernel => {
  const { dims } = i;
  const { dtype, dims: operandDims } = i.shape;
  const updateDims = operandShape(i, 2).dims;
  const strides = rowMajor(operandDims);
  const plan = planIndices(
    operandDims,
    operandShape(i, 1).dims,
    dims.indexVectorDim,
    dims.inputBatchingDims,
    dims.scatterIndicesBatchingDims,
  );
  const windowAxes = operandDims
    .map((_, d) => d)
    .filter((d) => !dims.insertedWindowDims.includes(d) && !dims.inputBatchingDims.includes(d));
  const windowDims = operandDims.map((_, d) => {
    const k = windowAxes.indexOf(d);
    return k < 0 ? 1 : updateDims[dims.updateWindowDims[k]];
  });
  const steps = dims.scatterDimsToOperandDims.map((d) => strides[d]);
  const limits = dims.scatterDimsToOperandDims.map((d) => operandDims[d] - windowDims[d]);

  const toOffsets = Int32Array.from(
    windowAxes.reduce<number[]>(
      (offsets, d) => offsets.flatMap((o) => Array.from({ length: windowDims[d] }, (_, k) => o + k * strides[d])),
      [0],
    ),
  );
  const fromOffsets = Int32Array.from(offsetsAlong(updateDims, dims.updateWindowDims));
  const batchAxes = updateDims.map((_, d) => d).filter((d) => !dims.updateWindowDims.includes(d));
  const fromStarts = offsetsAlong(updateDims, batchAxes);

  const b = new Bindings();
  const { statements, results } = inlineComputation(i.computation, ["old", "x"], b, prepare);
  const combine = functionFromText<Combine>(
    "out, updates, to, from, toOffsets, fromOffsets",
    `// ${dtype}
    for (let w = 0; w < toOffsets.length; w++) {
      const at = to + toOffsets[w];
      const old = ${loadText(dtype, "out", "at", b)};
      const x = ${loadText(dtype, "updates", "from + fromOffsets[w]", b)};
      ${statements}
      ${storeText(dtype, "out", "at", results[0], b)}
    }`,
    b,
  );

  const [inPlace] = dying;
  const { vectorStarts, vectorStep, batchOffsets } = plan;
  return ([operand, indices, updates]) => {
    const out = inPlace ? (operand as HostArray) : (operand as HostArray).slice();
    const index = indices as HostArray;
    windows: for (let w = 0; w < vectorStarts.length; w++) {
      let to = batchOffsets[w];
      for (let k = 0; k < steps.length; k++) {
        const start = Number(index[vectorStarts[w] + k * vectorStep]);
        if (start < 0 || start > limits[k]) continue windows;
        to += start * steps[k];
      }
      combine(out, updates as HostArray, to, fromStarts[w], toOffsets, fromOffsets);
    }
    return out;
  };
};
