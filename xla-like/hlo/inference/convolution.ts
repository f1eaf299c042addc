/** The shape of a convolution. */
import type { DType } from "../dtype.js";
import { check } from "../error.js";
import type { ConvDims, WindowDim } from "../instruction.js";
import { type ArrayShape, arrayShape, shapeText } from "../shape.js";
import { checkDimensions, checkLength } from "./dimensions.js";
import { checkResultType } from "./dot.js";
import { checkWindow, windowOutputSize } from "./window.js";

const checkLabels = (what: string, labels: readonly number[], rank: number): void => {
  checkLength(`the convolution's ${what} dimensions`, labels, rank);
  checkDimensions(`the convolution's ${what} dimensions`, labels, rank);
};

export const inferConvolution = (
  x: ArrayShape,
  kernel: ArrayShape,
  dims: ConvDims,
  window: readonly WindowDim[],
  featureGroupCount: number,
  batchGroupCount: number,
  result: DType,
): ArrayShape => {
  check(
    x.dtype === kernel.dtype,
    () => `a convolution's operands must have one type: ${shapeText(x)}, ${shapeText(kernel)}`,
  );
  checkResultType("a convolution", x.dtype, result);
  const rank = x.dims.length;
  const outputRank = dims.outputSpatial.length + 2;
  check(
    rank === kernel.dims.length && rank === outputRank,
    () =>
      `the convolution's dimensions name rank ${outputRank}, but the operands are ${shapeText(x)} and ${shapeText(kernel)}`,
  );
  checkLabels("input", [dims.inputBatch, dims.inputFeature, ...dims.inputSpatial], rank);
  checkLabels("kernel", [dims.kernelInputFeature, dims.kernelOutputFeature, ...dims.kernelSpatial], rank);
  checkLabels("output", [dims.outputBatch, dims.outputFeature, ...dims.outputSpatial], rank);
  checkWindow(window, rank - 2);
  for (const [what, count] of Object.entries({ featureGroupCount, batchGroupCount }))
    check(Number.isInteger(count) && count >= 1, () => `the convolution's ${what} is ${count}, but must be at least 1`);
  check(
    featureGroupCount === 1 || batchGroupCount === 1,
    () => "a convolution has feature groups or batch groups, not both",
  );
  const inputFeatures = x.dims[dims.inputFeature];
  const kernelInputs = kernel.dims[dims.kernelInputFeature];
  const outputFeatures = kernel.dims[dims.kernelOutputFeature];
  const batch = x.dims[dims.inputBatch];
  check(
    inputFeatures === kernelInputs * featureGroupCount,
    () =>
      `the input has ${inputFeatures} features, but the kernel takes ${kernelInputs} in each of ${featureGroupCount} groups`,
  );
  check(
    outputFeatures % featureGroupCount === 0 && outputFeatures % batchGroupCount === 0,
    () => `${outputFeatures} output features do not divide into ${featureGroupCount * batchGroupCount} groups`,
  );
  check(batch % batchGroupCount === 0, () => `a batch of ${batch} does not divide into ${batchGroupCount} groups`);
  const out = new Array<number>(rank);
  out[dims.outputBatch] = batch / batchGroupCount;
  out[dims.outputFeature] = outputFeatures;
  window.forEach((w, i) => {
    const taps = kernel.dims[dims.kernelSpatial[i]];
    check(
      w.size === taps,
      () => `the window's size is ${w.size} in spatial dimension ${i}, but the kernel has ${taps}`,
    );
    out[dims.outputSpatial[i]] = windowOutputSize(x.dims[dims.inputSpatial[i]], w);
  });
  return arrayShape(result, out);
};
