/**
 * convolution: the input is padded and dilated into a larger array of zeros; every window then is a fixed list of
 * offsets, and the convolution a product over these lists.
 */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr, WindowDim } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { type BoxCopy, boxCopy } from "../layout/copy.js";
import { boxOffsets, dotProduct, rowMajor } from "../layout/strides.js";
import { prepareProduct } from "./product.js";

interface Padded {
  readonly dims: readonly number[];
  readonly copy: BoxCopy;
  readonly toStart: number;
  readonly fromStart: number;
}

/** How the input lies in its padded array; negative padding leaves elements out. */
const padInput = (i: Instr<"convolution">, dims: readonly number[]): Padded => {
  const { inputSpatial } = i.dims;
  const windowOf = (d: number): WindowDim | undefined => i.window[inputSpatial.indexOf(d)];
  const low = dims.map((_, d) => windowOf(d)?.padLow ?? 0);
  const steps = dims.map((_, d) => windowOf(d)?.baseDilation ?? 1);
  const padded = dims.map((n, d) => {
    const w = windowOf(d);
    const dilated = n === 0 ? 0 : (n - 1) * steps[d] + 1;
    return w === undefined ? n : Math.max(0, dilated + w.padLow + w.padHigh);
  });
  const first = dims.map((_, d) => Math.max(0, Math.ceil(-low[d] / steps[d])));
  const box = dims.map((n, d) =>
    Math.max(0, Math.min(n - 1, Math.floor((padded[d] - 1 - low[d]) / steps[d])) - first[d] + 1),
  );
  const toStrides = rowMajor(padded);
  const fromStrides = rowMajor(dims);
  return {
    dims: padded,
    copy: boxCopy(
      operandShape(i, 0).dtype,
      box,
      toStrides.map((s, d) => s * steps[d]),
      fromStrides,
    ),
    toStart: first.reduce((sum, f, d) => sum + (low[d] + f * steps[d]) * toStrides[d], 0),
    fromStart: dotProduct(first, fromStrides),
  };
};

const pick = <A>(list: readonly A[], at: readonly number[]): A[] => at.map((d) => list[d]);

export const convolutionKernel = (i: Instr<"convolution">): Kernel => {
  const { dims, window } = i;
  const { dtype, dims: inputDims } = operandShape(i, 0);
  const { dims: kernelDims } = operandShape(i, 1);
  const outDims = i.shape.dims;
  const padded = padInput(i, inputDims);
  const input = rowMajor(padded.dims);
  const kernel = rowMajor(kernelDims);
  const out = rowMajor(outDims);

  const groups = i.featureGroupCount * i.batchGroupCount;
  const batch = outDims[dims.outputBatch];
  const depthFeatures = kernelDims[dims.kernelInputFeature];
  const groupOutputs = outDims[dims.outputFeature] / groups;
  const places = pick(outDims, dims.outputSpatial);
  const taps = pick(kernelDims, dims.kernelSpatial);

  const inputSpatial = pick(input, dims.inputSpatial);
  const rows = boxOffsets(
    [batch, ...places],
    [input[dims.inputBatch], ...inputSpatial.map((s, d) => s * window[d].stride)],
  );
  const depth = boxOffsets(
    [depthFeatures, ...taps],
    [input[dims.inputFeature], ...inputSpatial.map((s, d) => s * window[d].windowDilation)],
  );
  // A reversed dimension of the kernel is read from its end.
  const kernelSpatial = pick(kernel, dims.kernelSpatial);
  const kernelDepth = boxOffsets(
    [depthFeatures, ...taps],
    [kernel[dims.kernelInputFeature], ...kernelSpatial.map((s, d) => (window[d].reversal === true ? -s : s))],
  );
  const kernelStart = window.reduce(
    (sum, w, d) => (w.reversal === true ? sum + (taps[d] - 1) * kernelSpatial[d] : sum),
    0,
  );
  const product = prepareProduct(
    dtype,
    i.shape.dtype,
    { rows, depth },
    { rows: boxOffsets([groupOutputs], [kernel[dims.kernelOutputFeature]]), depth: kernelDepth },
    boxOffsets([batch, ...places], [out[dims.outputBatch], ...pick(out, dims.outputSpatial)]),
    boxOffsets([groupOutputs], [out[dims.outputFeature]]),
  );
  const inputStep = i.batchGroupCount > 1 ? batch * input[dims.inputBatch] : depthFeatures * input[dims.inputFeature];

  const isPadded = window.some((w) => w.padLow !== 0 || w.padHigh !== 0 || w.baseDilation !== 1);
  const paddedSize = sizeOf(padded.dims);
  const n = sizeOf(outDims);
  return ([x, w]) => {
    const result = hostArray(i.shape.dtype, n);
    if (n === 0) return result;
    let source = x as HostArray;
    if (isPadded) {
      source = hostArray(dtype, paddedSize);
      padded.copy(source, padded.toStart, x as HostArray, padded.fromStart);
    }
    for (let g = 0; g < groups; g++) {
      const kernelAt = kernelStart + g * groupOutputs * kernel[dims.kernelOutputFeature];
      const outAt = g * groupOutputs * out[dims.outputFeature];
      product(result, outAt, source, g * inputStep, w as HostArray, kernelAt);
    }
    return result;
  };
};
