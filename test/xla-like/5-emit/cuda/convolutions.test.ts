// Convolutions by cuDNN's stand-in: forward ones and derivatives, how tensors lie, what is copied, what is our own.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitCudaProduct } from "../../../../xla-like/5-emit/cuda/products/index.js";
import {
  arrayShape,
  type ConvDims,
  type DType,
  type HloBuilder,
  type HloInstruction,
  type WindowDim,
} from "../../../../xla-like/index.js";
import { cudnn } from "../../../native/stand-ins.js";
import { fused, sample } from "../cpu/kernels/harness.js";
import { checkWork, useStandIns, whyNoLibraries } from "./libraries.js";

const tap = (size: number, more: Partial<WindowDim> = {}): WindowDim => ({
  size,
  stride: 1,
  padLow: 0,
  padHigh: 0,
  baseDilation: 1,
  windowDilation: 1,
  ...more,
});

/** Features last, kernels as [height, width, in, out]. */
const nhwc: ConvDims = {
  inputBatch: 0, inputFeature: 3, inputSpatial: [1, 2],
  kernelInputFeature: 2, kernelOutputFeature: 3, kernelSpatial: [0, 1],
  outputBatch: 0, outputFeature: 3, outputSpatial: [1, 2],
}; // biome-ignore format: a table
/** Features first, kernels as [out, in, height, width]. */
const nchw: ConvDims = {
  inputBatch: 0, inputFeature: 1, inputSpatial: [2, 3],
  kernelInputFeature: 1, kernelOutputFeature: 0, kernelSpatial: [2, 3],
  outputBatch: 0, outputFeature: 1, outputSpatial: [2, 3],
}; // biome-ignore format: a table

interface Options {
  readonly dtype?: DType;
  readonly dims?: ConvDims;
  readonly window?: readonly WindowDim[];
  readonly groups?: number;
  readonly batchGroups?: number;
  readonly precision?: "default" | "highest";
  readonly after?: (b: HloBuilder, x: HloInstruction) => HloInstruction | readonly HloInstruction[];
}

const usual = [tap(3, { padLow: 1, padHigh: 1 }), tap(2)];

function check(x: readonly number[], w: readonly number[], options: Options = {}) {
  const { dtype = "float32", dims = nhwc, window = usual, precision = "highest", after = (_, y) => y } = options;
  const shapes = [arrayShape(dtype, x), arrayShape(dtype, w)];
  const { module, fusion } = fused("convolution", shapes, (b, [image, kernel]) =>
    after(
      b,
      b.convolution(image, kernel, {
        dims,
        window,
        precision,
        featureGroupCount: options.groups ?? 1,
        batchGroupCount: options.batchGroups ?? 1,
      }),
    ),
  );
  const args = shapes.map((s, k) => sample(s, k + 1));
  return checkWork(module, fusion, args, (ir, symbol, target) => emitCudaProduct(ir, fusion, symbol, target), 100);
}

describe.skipIf(whyNoLibraries !== undefined)(
  `convolutions on a card${whyNoLibraries ? ` (skipped: ${whyNoLibraries})` : ""}`,
  () => {
    let remove = (): void => undefined;
    beforeAll(() => {
      remove = useStandIns([cudnn]);
    }, 120_000);
    afterAll(() => remove());

    it("of images with features last: the kernel is turned, all else lies as it should", () => {
      const ran = check([2, 5, 6, 3], [3, 2, 3, 4]);
      expect(ran.steps).toEqual(["kernel", "convolution"]);
    });

    it("of images with features first: nothing is copied", () => {
      expect(check([2, 3, 5, 6], [4, 3, 3, 2], { dims: nchw }).steps).toEqual(["convolution"]);
    });

    it.each(["float64", "bfloat16", "float16"] as const)("of %s, in the layout that its engines want", (dtype) => {
      const [last, first] = [
        check([2, 5, 6, 3], [3, 2, 3, 4], { dtype }),
        check([2, 3, 5, 6], [4, 3, 3, 2], { dtype, dims: nchw }),
      ];
      const turned = ["kernel", "kernel", "convolution", "kernel"];
      expect(last.steps).toEqual(dtype === "float64" ? turned : ["kernel", "convolution"]);
      expect(first.steps).toEqual(dtype === "float64" ? ["convolution"] : turned);
    });

    it("with strides, dilated windows, uneven padding and groups", () => {
      const window = [tap(3, { stride: 2, padLow: 1 }), tap(2, { windowDilation: 2, padHigh: 2 })];
      expect(check([2, 6, 6, 4], [3, 2, 2, 6], { window, groups: 2 }).steps).toContain("convolution");
    });

    it("over one dimension, and over three", () => {
      const one: ConvDims = {
        inputBatch: 0, inputFeature: 2, inputSpatial: [1],
        kernelInputFeature: 1, kernelOutputFeature: 2, kernelSpatial: [0],
        outputBatch: 0, outputFeature: 2, outputSpatial: [1],
      }; // biome-ignore format: a table
      expect(check([2, 7, 3], [3, 3, 4], { dims: one, window: [tap(3, { stride: 2 })] }).steps).toContain(
        "convolution",
      );
      const three: ConvDims = {
        inputBatch: 0, inputFeature: 4, inputSpatial: [1, 2, 3],
        kernelInputFeature: 3, kernelOutputFeature: 4, kernelSpatial: [0, 1, 2],
        outputBatch: 0, outputFeature: 4, outputSpatial: [1, 2, 3],
      }; // biome-ignore format: a table
      const window = [tap(2), tap(2, { padLow: 1 }), tap(1)];
      expect(check([1, 3, 4, 3, 2], [2, 2, 1, 2, 3], { dims: three, window }).steps).toContain("convolution");
    });

    it("as derivatives by the data, also where the last elements are left over", () => {
      // Of images of 7 by 6 with strides 2 and 1; and of 6 elements by windows of 1 with stride 2, as in residual networks.
      const kernel = { kernelInputFeature: 3, kernelOutputFeature: 2 };
      const full = [
        tap(3, { baseDilation: 2, padLow: 1, padHigh: 1, reversal: true }),
        tap(2, { padLow: 1, padHigh: 1, reversal: true }),
      ];
      const ran = check([2, 4, 5, 4], [3, 2, 3, 4], { dims: { ...nhwc, ...kernel }, window: full });
      expect(ran.work.steps.flatMap((s) => (s.kind === "call" ? s.params.slice(4, 5) : []))).toEqual([1]);
      const left = [tap(3, { baseDilation: 2, padLow: 2, padHigh: 3, reversal: true }), tap(1)];
      const over = check([2, 2, 5, 4], [3, 1, 3, 4], { dims: { ...nhwc, ...kernel }, window: left });
      expect(over.work.steps.flatMap((s) => (s.kind === "call" ? s.params.slice(4, 5) : []))).toEqual([1]);
    });

    it("as derivatives by the weights", () => {
      // The image's features are the batch, and its batch is summed; the kernel is the result's cotangent.
      const dims: ConvDims = {
        inputBatch: 3, inputFeature: 0, inputSpatial: [1, 2],
        kernelInputFeature: 0, kernelOutputFeature: 3, kernelSpatial: [1, 2],
        outputBatch: 2, outputFeature: 3, outputSpatial: [0, 1],
      }; // biome-ignore format: a table
      const window = [tap(4, { windowDilation: 2, padLow: 1, padHigh: 1 }), tap(5)];
      const ran = check([2, 7, 6, 3], [2, 4, 5, 4], { dims, window });
      expect(ran.work.steps.flatMap((s) => (s.kind === "call" ? s.params.slice(4, 5) : []))).toEqual([2]);
    });

    it("in TF32 unless all bits are asked for", () => {
      const exact = check([1, 4, 4, 2], [2, 2, 2, 2], { window: [tap(2), tap(2)] });
      expect(() => check([1, 4, 4, 2], [2, 2, 2, 2], { window: [tap(2), tap(2)], precision: "default" })).toThrow(
        /is .*, not/,
      );
      expect(exact.steps).toContain("convolution");
    });

    it("with what is computed from them by a kernel", () => {
      const ran = check([2, 3, 5, 6], [4, 3, 3, 2], { dims: nchw, after: (b, y) => [b.unary("tanh", y), y] });
      expect(ran.steps).toEqual(["convolution", "kernel"]);
      expect(ran.work.scratchBytes).toBe(0);
    });

    it("by kernels of our own where cuDNN has none", () => {
      const own = (x: readonly number[], w: readonly number[], options: Options) =>
        expect(check(x, w, options).steps).not.toContain("convolution");
      own([2, 5, 6, 3], [3, 2, 3, 4], { dtype: "int32" });
      own([2, 5, 6, 3], [3, 2, 3, 4], { dtype: "complex64" });
      own([2, 5, 6, 3], [3, 2, 3, 4], { batchGroups: 2 });
      own([2, 5, 6, 3], [3, 2, 3, 4], { window: [tap(3, { padLow: -1 }), tap(2)] });
      own([2, 5, 6, 3], [3, 2, 3, 4], { window: [tap(3, { baseDilation: 2 }), tap(2)] });
    });
  },
);
