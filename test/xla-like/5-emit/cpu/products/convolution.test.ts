// Convolutions by the routine "convolution": exact on small integers, so that every type must agree with the reference.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConvDims } from "../../../../../xla-like/index.js";
import { host, integers, product } from "../../../reference/helpers.js";
import { randomConvolution } from "../../../reference/random-products.js";
import { hasRoutine } from "../routines/helpers.js";
import { runProduct } from "./helpers.js";

describe.skipIf(!hasRoutine("convolution"))("the routine convolution", () => {
  const convolutions = randomConvolution(["float32", "float64", "bfloat16", "int32", "int64", "complex64"], 3);

  test("agrees with the reference for any window, grouping and order of dimensions", () => {
    fc.assert(
      fc.property(convolutions, ({ dtype, seed, lhs, rhs, dims, window, featureGroupCount, batchGroupCount }) => {
        const parts = dtype === "complex64" ? 2 : 1;
        const x = integers(product(lhs) * parts, seed);
        const k = integers(product(rhs) * parts, seed + 1);
        const { native, reference } = runProduct(
          "convolution",
          [
            { dtype: dtype, dims: lhs, data: host(dtype, x) },
            { dtype: dtype, dims: rhs, data: host(dtype, k) },
          ],
          (b, [p, q]) => b.convolution(p, q, { dims, window, featureGroupCount, batchGroupCount }),
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
