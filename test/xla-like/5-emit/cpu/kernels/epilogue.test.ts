// Epilogues: a product finished block by block, against the reference evaluator's whole fusion.
import { describe, expect, it } from "vitest";
import { emitEpilogue, hasEpilogue, productSizes } from "../../../../../xla-like/5-emit/cpu/kernels/epilogue.js";
import { IrModule } from "../../../../../xla-like/5-emit/scalar/ir.js";
import { productOf } from "../../../../../xla-like/hlo/product.js";
import { arrayShape, type HloBuilder, type HloInstruction, sizeOf } from "../../../../../xla-like/index.js";
import { evaluate } from "../../../../../xla-like/reference/evaluate.js";
import { expectClose, fused, host, jit, type Program, sample, whyNoJit } from "./harness.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const plain = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };

/** Runs the epilogue over blocks of the product, which the reference evaluator makes. */
function checkEpilogue(program: Program, raw: Program): void {
  if (jit === undefined) throw new Error("no compiler");
  const { fusion } = program;
  const args = fusion.operands.map((x, k) => {
    if (x.shape.kind === "tuple") throw new Error("operands are arrays");
    return sample(x.shape, k + 1);
  });
  const module = new IrModule();
  const { operands } = emitEpilogue(module, fusion, "finish", host.target);
  const run = `define void @run(ptr %buffers, i64 %n) {
    %b = load ptr, ptr %buffers
    ${[0, 1, 2, 3, 4].map((k) => `%p${k} = getelementptr i64, ptr %b, i64 ${k}\n %v${k} = load i64, ptr %p${k}`).join("\n")}
    %args = getelementptr ptr, ptr %buffers, i64 1
    call void @finish(ptr %args, i64 %v0, i64 %v1, i64 %v2, i64 %v3, i64 %v4)
    ret void
  }`;
  const kernel = jit.jitCompile(`${module}\n${run}`, ["run"], host.options);
  const floats = (data: ArrayLike<number>, extra = 64): Float32Array => {
    const out = new Float32Array(data.length + extra);
    out.set(data);
    return out;
  };
  const [product] = evaluate(raw.module, args);
  const memory = floats(product as Float32Array);
  const outputs = fusion.shape.elements.map((s, k) => (k === 0 ? memory : new Float32Array(sizeOf(s.dims) + 64)));
  const buffers = [memory, ...operands.map((k) => floats(args[k] as Float32Array)), ...outputs];
  const { batch, rows, cols } = productSizes(productOf(fusion));
  for (let b = 0; b < batch; b++)
    for (let row = 0; row < rows; row += 5)
      for (let col = 0; col < cols; col += 48) {
        const bounds = [b, row, Math.min(row + 5, rows), col, Math.min(col + 48, cols)];
        jit.jitRun(kernel, "run", [BigInt64Array.from(bounds.map(BigInt)), ...buffers], 0);
      }
  const want = evaluate(program.module, args);
  fusion.shape.elements.forEach((s, k) => expectClose(s, outputs[k].subarray(0, sizeOf(s.dims)), want[k], 10));
}

describe.skipIf(jit === undefined)(`epilogues${whyNoJit}`, () => {
  const both = (
    shapes: readonly ReturnType<typeof f32>[],
    dot: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction,
    end: (b: HloBuilder, p: HloInstruction, xs: HloInstruction[]) => readonly HloInstruction[],
  ) => {
    const program = fused("dot", shapes, (b, xs) => end(b, dot(b, xs), xs));
    expect(hasEpilogue(program.fusion)).toBe(true);
    checkEpilogue(
      program,
      fused("dot", shapes, (b, xs) => dot(b, xs)),
    );
  };

  it("adds biases and residuals, and keeps the product's mask", () => {
    both(
      [f32(17, 9), f32(9, 100), f32(100), f32(17, 100)],
      (b, [x, y]) => b.dot(x, y, plain),
      (b, p, [, , bias, residual]) => {
        const sum = b.binary("add", p, b.broadcast(bias, [17, 100], [1]));
        const relu = b.binary("maximum", sum, b.scalar("float32", 0));
        return [b.binary("add", relu, residual), b.unary("tanh", sum)];
      },
    );
  });

  it("finishes batches, and single columns", () => {
    const dims = { lhsBatch: [0], rhsBatch: [0], lhsContracting: [2], rhsContracting: [1] };
    both(
      [f32(3, 7, 4), f32(3, 4, 70), f32(3, 7)],
      (b, [x, y]) => b.dot(x, y, dims),
      (b, p, [, , scale]) => [b.binary("multiply", p, b.broadcast(scale, [3, 7, 70], [0, 1]))],
    );
    both(
      [f32(70, 9), f32(9, 1)],
      (b, [x, y]) => b.dot(x, y, plain),
      (b, p) => [b.unary("negate", p)],
    );
  });

  it("is not needed where the product is the result", () => {
    const { fusion } = fused("dot", [f32(3, 4), f32(4, 5)], (b, [x, y]) => b.reshape(b.dot(x, y, plain), [15]));
    expect(hasEpilogue(fusion)).toBe(false);
  });
});
