/**
 * A convolution as products of matrices that nobody lays out: rows are places of the result, columns its features, one
 * product for each group; the summed dimension runs over the taps of the window and the features under it. What lies
 * in the padding or between dilated elements is read as zero.
 */
import { viewOf } from "../../../2-fuse/views.js";
import type { Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf, type Computed } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import type { Int, Placed } from "../../elements/frame.js";
import { partsFrom } from "../../elements/index.js";
import { chooseValue } from "../../elements/selections.js";
import { type GridKernel, unravelled } from "../grid-kernel.js";
import { computeType, factor, type OwnProduct, type Summed, zero } from "./own-product.js";

/** With fewer features a tap is too short for a slice of the sum. */
const fewFeatures = 8;

/** Places along one dimension of an image under the window, and whether there is anything. */
interface Tap {
  readonly at: Int;
  readonly inside: Placed | undefined;
}

export function ownConvolution(i: Instr<"convolution">): OwnProduct {
  const [image, kernelOperand] = i.operands;
  const { dims, window } = i;
  const imageDims = arrayOf(image).dims;
  const kernelDims = arrayOf(kernelOperand).dims;
  const outDims = i.shape.dims;
  const groups = i.featureGroupCount * i.batchGroupCount;
  const groupOutputs = outDims[dims.outputFeature] / groups;
  const features = kernelDims[dims.kernelInputFeature];
  const compute = computeType(i);
  const taps = window.map((w) => w.size);
  // The result's places in the order of its memory.
  const placeDims = outDims.map((_, d) => d).filter((d) => d !== dims.outputFeature);
  const placeSizes = placeDims.map((d) => outDims[d]);

  const strides = viewOf(image)?.strides;
  const strideOf = (d: number): number => Math.abs(strides?.[d] ?? sizeOf(imageDims.slice(d + 1)));
  const innermost = dims.inputSpatial[dims.inputSpatial.length - 1];
  const featuresNear = innermost === undefined || strideOf(dims.inputFeature) <= strideOf(innermost);
  // A run for each tap, unless there are few features.
  const byTap = features >= fewFeatures;
  const summed = (kernel: GridKernel, { run, k }: Summed): { readonly taps: readonly Int[]; readonly feature: Int } => {
    if (byTap) return { taps: unravelled(kernel.ints, run, taps), feature: k };
    const found = unravelled(kernel.ints, k, [...taps, features]);
    return { taps: found.slice(0, -1), feature: found[found.length - 1] };
  };

  /** Where a tap of the window at place `out` of the result lies in the image. */
  const tapOf = (kernel: GridKernel, s: number, out: Int, tap: Int): Tap => {
    const { ints } = kernel;
    const { stride, windowDilation, padLow, padHigh, baseDilation, size } = window[s];
    const extent = imageDims[dims.inputSpatial[s]];
    const at = ints.sub(ints.add(ints.mul(out, stride), ints.mul(tap, windowDilation)), padLow);
    const reach = (outDims[dims.outputSpatial[s]] - 1) * stride + (size - 1) * windowDilation - padLow;
    const isAlwaysInside = padLow <= 0 && padHigh <= 0 && baseDilation === 1 && reach < extent;
    if (isAlwaysInside) return { at, inside: undefined };
    const dilated = (extent - 1) * baseDilation + 1;
    const within = ints.compare("ult", at, Math.max(0, dilated));
    const safe = ints.select(within, at, 0);
    if (baseDilation === 1) return { at: safe, inside: within };
    const isElement = ints.compare("eq", ints.rem(safe, baseDilation), 0);
    return { at: ints.div(safe, baseDilation), inside: kernel.and(within, isElement) };
  };

  const left = (kernel: GridKernel, group: Int, row: Int, sum: Summed): Computed => {
    const { ints } = kernel;
    const place = unravelled(kernel.ints, row, placeSizes);
    const outAt = (d: number): Int => place[placeDims.indexOf(d)];
    const { taps: at, feature } = summed(kernel, sum);
    const coordinates: Int[] = [];
    let inside: Placed | undefined;
    dims.inputSpatial.forEach((d, s) => {
      const tap = tapOf(kernel, s, outAt(dims.outputSpatial[s]), at[s]);
      coordinates[d] = tap.at;
      if (tap.inside !== undefined) inside = kernel.and(inside, tap.inside);
    });
    const batch = outAt(dims.outputBatch);
    const byBatch = i.batchGroupCount > 1;
    coordinates[dims.inputBatch] = byBatch ? ints.add(ints.mul(group, outDims[dims.outputBatch]), batch) : batch;
    coordinates[dims.inputFeature] = byBatch ? feature : ints.add(ints.mul(group, features), feature);
    const index = partsFrom(
      imageDims,
      coordinates.map((x) => affine(x)),
    );
    const x = factor(kernel, image, compute, kernel.evaluator.evaluate(image, index));
    if (inside === undefined) return x;
    const depth = Math.max(inside.depth, x.depth);
    const cx = kernel.evaluator.context(depth, 1);
    return { value: chooseValue(cx.builder, inside, x.value, zero(cx, compute)), depth };
  };

  const right = (kernel: GridKernel, group: Int, sum: Summed, column: Int): Computed => {
    const { ints } = kernel;
    const { taps: at, feature } = summed(kernel, sum);
    const coordinates: Int[] = [];
    dims.kernelSpatial.forEach((d, s) => {
      // A reversed dimension is read from its end.
      coordinates[d] = window[s].reversal === true ? ints.sub(taps[s] - 1, at[s]) : at[s];
    });
    coordinates[dims.kernelInputFeature] = feature;
    coordinates[dims.kernelOutputFeature] = ints.add(ints.mul(group, groupOutputs), column);
    const index = partsFrom(
      kernelDims,
      coordinates.map((x) => affine(x)),
    );
    return factor(kernel, kernelOperand, compute, kernel.evaluator.evaluate(kernelOperand, index));
  };

  return {
    product: i,
    batch: groups,
    rows: sizeOf(placeSizes),
    columns: groupOutputs,
    runs: imageDims.includes(0) ? 0 : byTap ? sizeOf(taps) : 1,
    run: byTap ? features : features * sizeOf(taps),
    left,
    right,
    coordinates: (kernel, group, row, column) => {
      const place = unravelled(kernel.ints, row, placeSizes);
      const feature = kernel.ints.add(kernel.ints.mul(group, groupOutputs), column);
      return outDims.map((_, d) => (d === dims.outputFeature ? feature : place[placeDims.indexOf(d)]));
    },
    leftAlongDepth: featuresNear && features > 1,
    rightAlongDepth: dims.kernelOutputFeature !== kernelDims.length - 1,
    outAlongRows: dims.outputFeature !== outDims.length - 1 || groupOutputs === 1,
  };
}
