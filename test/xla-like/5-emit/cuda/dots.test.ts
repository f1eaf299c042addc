// Dots by cuBLASLt's stand-in, which computes what it is asked for: how operands lie, what is copied, and the epilogues.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitCudaProduct } from "../../../../xla-like/5-emit/cuda/products/index.js";
import {
  arrayShape,
  type DotDims,
  type DType,
  type HloBuilder,
  type HloInstruction,
} from "../../../../xla-like/index.js";
import { cublasLt } from "../../../native/stand-ins.js";
import { fused, sample } from "../cpu/kernels/harness.js";
import { checkWork, useStandIns, whyNoLibraries } from "./libraries.js";

const plain: DotDims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
const batched: DotDims = { lhsBatch: [0], rhsBatch: [0], lhsContracting: [2], rhsContracting: [1] };
const highest = { precision: "highest" } as const;

type Body = (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[];

function check(shapes: readonly (readonly [DType, readonly number[]])[], body: Body, scale = 30) {
  const arrays = shapes.map(([dtype, dims]) => arrayShape(dtype, dims));
  const { module, fusion } = fused("dot", arrays, body);
  const args = arrays.map((s, k) => sample(s, k + 1));
  return checkWork(module, fusion, args, (ir, symbol, target) => emitCudaProduct(ir, fusion, symbol, target), scale);
}

const f32 = (...dims: number[]) => ["float32", dims] as const;

describe.skipIf(whyNoLibraries !== undefined)(
  `dots on a card${whyNoLibraries ? ` (skipped: ${whyNoLibraries})` : ""}`,
  () => {
    let remove = (): void => undefined;
    beforeAll(() => {
      remove = useStandIns([cublasLt]);
    }, 120_000);
    afterAll(() => remove());

    it.each(["float32", "float64", "complex64", "complex128", "bfloat16", "float16"] as const)("of %s", (dtype) => {
      const ran = check(
        [
          [dtype, [5, 7]],
          [dtype, [7, 6]],
        ],
        (b, [x, y]) => b.dot(x, y, plain, highest),
      );
      expect(ran.steps).toEqual(["matmul"]);
      expect(ran.work.scratchBytes).toBe(0);
    });

    it("in TF32 unless all bits are asked for, as JAX does", () => {
      const params = (["default", "high", "highest"] as const).map((p) => {
        const { module, fusion } = fused(
          "dot",
          [arrayShape("float32", [2, 3]), arrayShape("float32", [3, 4])],
          (b, [x, y]) => b.dot(x, y, plain, { precision: p }),
        );
        const args = [Float32Array.of(1, 2, 3, 4, 5, 6), new Float32Array(12).fill(2)];
        const ran = checkWork(module, fusion, args, (ir, symbol, target) =>
          emitCudaProduct(ir, fusion, symbol, target),
        );
        const [step] = ran.work.steps;
        return step.kind === "call" ? step.params[4] : undefined;
      });
      expect(params).toEqual([1, 1, 0]);
    });

    it("of transposed operands, whose strides the library takes", () => {
      const dims: DotDims = { lhsBatch: [], rhsBatch: [], lhsContracting: [0], rhsContracting: [1] };
      expect(check([f32(7, 5), f32(6, 7)], (b, [x, y]) => b.dot(x, y, dims, highest)).steps).toEqual(["matmul"]);
    });

    it("of parts of arrays", () => {
      const ran = check([f32(9, 10), f32(8, 6)], (b, [x, y]) =>
        b.dot(b.slice(x, [2, 1], [7, 8]), b.slice(y, [1, 2], [8, 6]), plain, highest),
      );
      expect(ran.steps).toEqual(["matmul"]);
    });

    it("of many matrices at a time", () => {
      const ran = check([f32(3, 5, 7), f32(3, 7, 6)], (b, [x, y]) => b.dot(x, y, batched, highest));
      expect(ran.steps).toEqual(["matmul"]);
    });

    it("of what strides do not say as matrices, copied first", () => {
      // Every second column, read backwards.
      const backwards = check([f32(5, 14), f32(7, 6)], (b, [x, y]) =>
        b.dot(b.reverse(b.slice(x, [0, 0], [5, 14], [1, 2]), [1]), y, plain, highest),
      );
      expect(backwards.steps).toEqual(["kernel", "matmul"]);
      expect(backwards.work.scratchBytes).toBeGreaterThanOrEqual(4 * 35);
      // Heads of attention: a batch at two strides, of which the library takes one.
      const heads: DotDims = { lhsBatch: [0, 2], rhsBatch: [0, 2], lhsContracting: [3], rhsContracting: [3] };
      const attention = check([f32(2, 4, 3, 8), f32(2, 5, 3, 8)], (b, [q, k]) => b.dot(q, k, heads, highest));
      expect(attention.steps).toEqual(["kernel", "kernel", "matmul"]);
    });

    it("of narrow floats with another type's result, and of mixed ones", () => {
      const wide = check(
        [
          ["bfloat16", [5, 7]],
          ["bfloat16", [7, 6]],
        ],
        (b, [x, y]) => b.dot(b.convert(x, "float32"), b.convert(y, "float32"), plain),
      );
      expect(wide.steps).toEqual(["matmul"]);
      const mixed = check([["bfloat16", [5, 7]], f32(7, 6)], (b, [x, y]) =>
        b.dot(b.convert(x, "float32"), y, plain, highest),
      );
      expect(mixed.steps).toEqual(["kernel", "matmul"]);
    });

    it("with a bias, another array and a rectifier, by the library", () => {
      const bias = (b: HloBuilder, x: HloInstruction) => b.broadcast(x, [5, 6], [1]);
      const zero = (b: HloBuilder) => b.fill(0, "float32", [5, 6]);
      const shapes = [f32(5, 7), f32(7, 6), f32(6), f32(5, 6)];
      const bodies: readonly Body[] = [
        (b, [x, y, v]) => b.binary("add", b.dot(x, y, plain, highest), bias(b, v)),
        (b, [x, y, v]) => b.binary("maximum", b.binary("add", bias(b, v), b.dot(x, y, plain, highest)), zero(b)),
        (b, [x, y, , r]) => b.binary("add", r, b.dot(x, y, plain, highest)),
        (b, [x, y]) => b.binary("maximum", zero(b), b.dot(x, y, plain, highest)),
        (b, [x, y, v, r]) => b.binary("add", b.binary("add", b.dot(x, y, plain, highest), r), bias(b, v)),
      ];
      for (const body of bodies) expect(check(shapes, body).steps).toEqual(["matmul"]);
    });

    it("with anything else by a kernel", () => {
      const ran = check([f32(5, 7), f32(7, 6), f32(5)], (b, [x, y, v]) => {
        const product = b.dot(x, y, plain, highest);
        const scaled = b.binary("multiply", b.unary("tanh", product), b.broadcast(v, [5, 6], [0]));
        return [b.convert(scaled, "bfloat16"), product];
      });
      expect(ran.steps).toEqual(["matmul", "kernel"]);
      // The product itself is a result: it is written there at once.
      expect(ran.work.scratchBytes).toBe(0);
      const own = check([f32(5, 7), f32(7, 6)], (b, [x, y]) => b.unary("tanh", b.dot(x, y, plain, highest)));
      expect(own.work.scratchBytes).toBeGreaterThanOrEqual(4 * 30);
    });

    it("over an operand that the kernel behind it reads", () => {
      // The first result, the product, may lie where v does, which the second one needs.
      const ran = check([f32(5, 7), f32(7, 6), f32(5, 6)], (b, [x, y, v]) => {
        const product = b.dot(x, y, plain, highest);
        return [product, b.binary("multiply", product, v)];
      });
      expect(ran.steps).toEqual(["matmul", "kernel"]);
      expect(ran.work.scratchBytes).toBeGreaterThanOrEqual(4 * 30);
    });

    it("stored in another order", () => {
      const ran = check([f32(3, 5, 7), f32(3, 7, 6)], (b, [x, y]) =>
        b.transpose(b.dot(x, y, batched, highest), [1, 0, 2]),
      );
      expect(ran.steps).toEqual(["matmul"]);
      const turned = check([f32(5, 7), f32(7, 6)], (b, [x, y]) => b.transpose(b.dot(x, y, plain, highest), [1, 0]));
      expect(turned.steps).toEqual(["matmul", "kernel"]);
    });

    it("of nothing summed, and without elements", () => {
      expect(check([f32(5, 0), f32(0, 6)], (b, [x, y]) => b.dot(x, y, plain)).steps).toEqual(["kernel"]);
      expect(check([f32(0, 7), f32(7, 6)], (b, [x, y]) => b.dot(x, y, plain)).steps).toEqual([]);
    });
  },
);
