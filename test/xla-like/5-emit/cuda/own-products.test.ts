// Products by our own kernels as fibres: exact on small integers, so that every type agrees with the reference to the bit.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emitOwnProduct } from "../../../../xla-like/5-emit/cuda/products/own.js";
import type { Fusion } from "../../../../xla-like/5-emit/elements/fusion.js";
import {
  type ArrayShape,
  arrayShape,
  type ConvDims,
  type DType,
  type HloBuilder,
  type HloInstruction,
  type HostArray,
} from "../../../../xla-like/index.js";
import { host, integers, product } from "../../reference/helpers.js";
import { randomConvolution, randomDot } from "../../reference/random-products.js";
import { fused, jit, whyNoJit } from "../cpu/kernels/harness.js";
import { expectBarriersNeeded } from "./barriers.js";
import { checkCuda, type EmitCuda } from "./harness.js";
import { nvptx, whyNoPtx } from "./ptx.js";
import { ptxOfKernels } from "./ptx-kernels.js";
import { launchesOf } from "./routine-harness.js";

type Body = (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[];

const emit: EmitCuda = (module, fusion, symbol, target) => {
  const work = emitOwnProduct(module, fusion, symbol, target);
  return { launches: launchesOf(work), scratchBytes: work.scratchBytes };
};

/** Small integers, of which sums are exact in every type. */
function exact({ dtype, dims }: ArrayShape, seed: number): HostArray {
  const values = integers(product(dims), seed).map((v) => (dtype.startsWith("uint") ? v + 4 : v));
  const data = dtype === "bool" ? values.map((v) => (v > 1 ? 1 : 0)) : values;
  return host(dtype, dtype.startsWith("complex") ? data.flatMap((v) => [v, 1 - v]) : data);
}

/** How many launches there were. */
function check(kind: "dot" | "convolution", shapes: readonly ArrayShape[], body: Body, scale = 1e-30): number {
  const args = shapes.map((s, k) => exact(s, k + 1));
  return checkCuda(fused(kind, shapes, body), args, { emit, scale }).grids.launches.length;
}

const plain = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
const all: readonly DType[] = [
  "float32", "float64", "bfloat16", "float16", "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
  "uint64", "complex64", "complex128",
]; // biome-ignore format: a table

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
const first: ConvDims = {
  inputBatch: 0,
  inputFeature: 1,
  inputSpatial: [2, 3],
  kernelOutputFeature: 0,
  kernelInputFeature: 1,
  kernelSpatial: [2, 3],
  outputBatch: 0,
  outputFeature: 1,
  outputSpatial: [2, 3],
};

describe.skipIf(jit === undefined)(`own products as fibres${whyNoJit}`, () => {
  it.each(all)("multiplies matrices of %s", (dtype) => {
    const of = (...dims: number[]) => arrayShape(dtype, dims);
    const dot: Body = (b, [x, y]) => b.dot(x, y, plain);
    expect(check("dot", [of(37, 21), of(21, 70)], dot)).toBe(1);
    // A long sum is divided, and added up by another launch.
    expect(check("dot", [of(3, 530), of(530, 5)], dot)).toBe(2);
  });

  it("reads operands of any order and type", () => {
    fc.assert(
      fc.property(randomDot(all, 9), ({ dtype, lhs, rhs, dims }) => {
        check("dot", [arrayShape(dtype, lhs), arrayShape(dtype, rhs)], (b, [x, y]) => b.dot(x, y, dims));
      }),
      { numRuns: 30 },
    );
  });

  it("reads views and widened floats, and stores results transposed", () => {
    const [x, y] = [arrayShape("bfloat16", [40, 3, 18]), arrayShape("bfloat16", [18, 24])];
    check("dot", [x, y], (b, [p, q]) => {
      const wide = (i: HloInstruction) => b.convert(i, "float32");
      const sliced = b.reshape(b.slice(p, [0, 1, 0], [40, 2, 18], [1, 1, 1]), [40, 18]);
      return b.transpose(b.dot(wide(b.reverse(sliced, [0])), wide(q), plain), [1, 0]);
    });
    // Heads where a projection left them.
    check("dot", [arrayShape("float32", [2, 9, 3, 8]), arrayShape("float32", [2, 7, 3, 8])], (b, [p, q]) =>
      b.dot(p, q, { lhsBatch: [0, 2], rhsBatch: [0, 2], lhsContracting: [3], rhsContracting: [3] }),
    );
  });

  it("finishes products: biases, residuals, activations, several results", () => {
    const f32 = (...dims: number[]) => arrayShape("float32", dims);
    const body =
      (rows: number): Body =>
      (b, [x, y, bias, residual]) => {
        const sum = b.binary("add", b.dot(x, y, plain), b.broadcast(bias, [rows, 33], [1]));
        const relu = b.binary("maximum", sum, b.broadcast(b.scalar("float32", 0), [rows, 33], []));
        return [b.binary("add", relu, residual), b.convert(b.unary("tanh", sum), "bfloat16")];
      };
    for (const [rows, depth] of [
      [17, 9],
      [2, 300],
    ])
      check("dot", [f32(rows, depth), f32(depth, 33), f32(33), f32(rows, 33)], body(rows));
    // Flattened by what follows.
    check("dot", [f32(6, 5), f32(5, 7), f32(42)], (b, [x, y, z]) =>
      b.binary("multiply", b.reshape(b.dot(x, y, plain), [42]), z),
    );
  });

  it("need their barriers", () => {
    const shapes = [arrayShape("float32", [20, 40]), arrayShape("float32", [40, 30])];
    const program = fused("dot", shapes, (b, [x, y]) => b.dot(x, y, plain));
    const args = shapes.map((s, k) => exact(s, k + 1));
    expectBarriersNeeded((edit) => checkCuda(program, args, { emit, edit }));
  });

  it("multiplies nothing", () => {
    const f32 = (...dims: number[]) => arrayShape("float32", dims);
    expect(check("dot", [f32(3, 0), f32(0, 4)], (b, [x, y]) => b.dot(x, y, plain))).toBe(1);
    expect(check("dot", [f32(0, 3), f32(3, 4)], (b, [x, y]) => b.dot(x, y, plain))).toBe(0);
  });

  it("convolves by any window, grouping and order of dimensions", () => {
    const types: readonly DType[] = ["float32", "float64", "bfloat16", "int32", "int64", "complex64"];
    fc.assert(
      fc.property(
        randomConvolution(types, 3),
        ({ dtype, lhs, rhs, dims, window, featureGroupCount, batchGroupCount }) => {
          check("convolution", [arrayShape(dtype, lhs), arrayShape(dtype, rhs)], (b, [p, q]) =>
            b.convolution(p, q, { dims, window, featureGroupCount, batchGroupCount }),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it("convolves larger images of either order, and finishes them", () => {
    const f32 = (...dims: number[]) => arrayShape("float32", dims);
    check("convolution", [f32(2, 7, 9, 20), f32(3, 3, 20, 18)], (b, [x, k]) =>
      b.convolution(x, k, { dims: last, window: [same, same] }),
    );
    const strided = { ...same, stride: 2 };
    check("convolution", [f32(2, 5, 11, 8), f32(18, 5, 3, 3), f32(18)], (b, [x, k, bias]) => {
      const y = b.convolution(x, k, { dims: first, window: [strided, same] });
      const dims = [2, 18, 6, 8];
      return [
        b.binary(
          "maximum",
          b.binary("add", y, b.broadcast(bias, dims, [1])),
          b.broadcast(b.scalar("float32", 0), dims, []),
        ),
      ];
    });
    // The gradient to the weights: a window as large as the image.
    const whole = { ...same, size: 8 };
    const weights: ConvDims = {
      inputBatch: 3,
      inputSpatial: [1, 2],
      inputFeature: 0,
      kernelInputFeature: 0,
      kernelSpatial: [1, 2],
      kernelOutputFeature: 3,
      outputSpatial: [0, 1],
      outputBatch: 2,
      outputFeature: 3,
    };
    expect(
      check("convolution", [f32(4, 8, 8, 3), f32(4, 8, 8, 6)], (b, [x, ct]) =>
        b.convolution(x, ct, { dims: weights, window: [whole, whole] }),
      ),
    ).toBe(2);
  });
});

describe.skipIf(nvptx === undefined)(`own products as PTX${whyNoPtx}`, () => {
  const ptx = (kind: "dot" | "convolution", shapes: readonly ArrayShape[], body: Body): string => {
    const { fusion }: { readonly fusion: Fusion } = fused(kind, shapes, body);
    return ptxOfKernels((module, target) => launchesOf(emitOwnProduct(module, fusion, "product", target)));
  };

  it.each<DType>(["float32", "float64", "bfloat16", "int8", "complex64", "complex128"])("of %s", (dtype) => {
    const of = (...dims: number[]) => arrayShape(dtype, dims);
    const text = ptx("dot", [of(512, 256), of(256, 1000)], (b, [x, y]) => b.dot(x, y, plain));
    if (dtype === "float32" || dtype === "bfloat16") expect(text).toContain("fma.rn.f32");
    ptx("convolution", [of(8, 14, 14, 64), of(3, 3, 64, 32)], (b, [x, k]) =>
      b.convolution(x, k, { dims: last, window: [same, same] }),
    );
  });
});
