// Convolutions by the routine "convolution": exact on small integers, so that every type must agree with the reference.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConvDims, DType, WindowDim } from "../../../../../xla-like/index.js";
import { host, integers, product } from "../../../reference/helpers.js";
import { hasRoutine } from "../routines/helpers.js";
import { runProduct } from "./helpers.js";

const shuffled = (n: number) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n });

describe.skipIf(!hasRoutine("convolution"))("the routine convolution", () => {
  const spatial = fc.record({
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padLow: fc.integer({ min: -1, max: 3 }),
    padHigh: fc.integer({ min: -1, max: 3 }),
    baseDilation: fc.integer({ min: 1, max: 3 }),
    windowDilation: fc.integer({ min: 1, max: 2 }),
    reversal: fc.boolean(),
    input: fc.integer({ min: 1, max: 5 }),
  });
  const setting = fc
    .record({
      spatial: fc.array(spatial, { minLength: 0, maxLength: 3 }),
      batch: fc.integer({ min: 1, max: 2 }),
      inputs: fc.integer({ min: 1, max: 3 }),
      outputs: fc.integer({ min: 1, max: 3 }),
      groups: fc.constantFrom<readonly [number, number]>([1, 1], [2, 1], [3, 1], [1, 2]),
      dtype: fc.constantFrom<DType>("float32", "float64", "bfloat16", "int32", "int64", "complex64"),
      seed: fc.integer(),
    })
    .chain((s) => {
      const rank = s.spatial.length + 2;
      return fc.record({ s: fc.constant(s), input: shuffled(rank), kernel: shuffled(rank), output: shuffled(rank) });
    });

  test("agrees with the reference for any window, grouping and order of dimensions", () => {
    fc.assert(
      fc.property(setting, ({ s, input, kernel, output }) => {
        const [featureGroups, batchGroups] = s.groups;
        const dims: ConvDims = {
          inputBatch: input[0],
          inputFeature: input[1],
          inputSpatial: input.slice(2),
          kernelInputFeature: kernel[0],
          kernelOutputFeature: kernel[1],
          kernelSpatial: kernel.slice(2),
          outputBatch: output[0],
          outputFeature: output[1],
          outputSpatial: output.slice(2),
        };
        const arrange = (order: readonly number[], sizes: readonly number[]): number[] => {
          const out = sizes.slice();
          order.forEach((d, r) => {
            out[d] = sizes[r];
          });
          return out;
        };
        const window: WindowDim[] = s.spatial.map(({ input: _, ...w }) => w);
        const features = s.outputs * featureGroups * batchGroups;
        const lhs = arrange(input, [s.batch * batchGroups, s.inputs * featureGroups, ...s.spatial.map((w) => w.input)]);
        const rhs = arrange(kernel, [s.inputs, features, ...s.spatial.map((w) => w.size)]);
        const parts = s.dtype === "complex64" ? 2 : 1;
        const x = integers(product(lhs) * parts, s.seed);
        const k = integers(product(rhs) * parts, s.seed + 1);
        const { native, reference } = runProduct(
          "convolution",
          [
            { dtype: s.dtype, dims: lhs, data: host(s.dtype, x) },
            { dtype: s.dtype, dims: rhs, data: host(s.dtype, k) },
          ],
          (b, [p, q]) =>
            b.convolution(p, q, { dims, window, featureGroupCount: featureGroups, batchGroupCount: batchGroups }),
        );
        expect(native).toEqual(reference);
      }),
      { numRuns: 300 },
    );
  });

  const same = { size: 3, stride: 1, padLow: 1, padHigh: 1, baseDilation: 1, windowDilation: 1 };
  const last: ConvDims = {
    inputBatch: 0,
    inputSpatial: [1, 2],
    inputFeature: 3,
    kernelSpatial: [0, 1],
    kernelInputFeature: 2,
    kernelOutputFeature: 3,
    outputBatch: 0,
    outputSpatial: [1, 2],
    outputFeature: 3,
  };
  const operand = (dims: readonly number[], seed: number) => ({
    dtype: "float32" as const,
    dims,
    data: host("float32", integers(product(dims), seed)),
  });

  test("of larger images, and its gradients", () => {
    const [x, k, ct] = [operand([3, 14, 14, 20], 1), operand([3, 3, 20, 36], 2), operand([3, 14, 14, 36], 3)];
    const forward = runProduct("convolution", [x, k], (b, [p, q]) =>
      b.convolution(p, q, { dims: last, window: [same, same] }),
    );
    expect(forward.native).toEqual(forward.reference);
    const flipped = { ...same, reversal: true };
    const data = runProduct("convolution", [ct, k], (b, [p, q]) =>
      b.convolution(p, q, {
        dims: { ...last, kernelInputFeature: 3, kernelOutputFeature: 2 },
        window: [flipped, flipped],
      }),
    );
    expect(data.native).toEqual(data.reference);
    const whole = { ...same, size: 14 };
    const weights = runProduct("convolution", [x, ct], (b, [p, q]) =>
      b.convolution(p, q, {
        dims: {
          inputBatch: 3,
          inputSpatial: [1, 2],
          inputFeature: 0,
          kernelInputFeature: 0,
          kernelSpatial: [1, 2],
          kernelOutputFeature: 3,
          outputSpatial: [0, 1],
          outputBatch: 2,
          outputFeature: 3,
        },
        window: [whole, whole],
      }),
    );
    expect(weights.native).toEqual(weights.reference);
  });
});
