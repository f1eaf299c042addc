// The text of a few small kernels, kept for people to read and for changes to be seen.
import { describe, expect, it } from "vitest";
import { emitEpilogue } from "../../../../../xla-like/5-emit/cpu/kernels/epilogue.js";
import { emitFusion } from "../../../../../xla-like/5-emit/cpu/kernels/fusion.js";
import { IrModule } from "../../../../../xla-like/5-emit/scalar/ir.js";
import { arrayShape, type HloBuilder, type HloInstruction } from "../../../../../xla-like/index.js";
import { fused, host, type Program } from "./harness.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const s32 = arrayShape("int32", []);

const kernels: Readonly<Record<string, Program>> = {
  "flat-add": fused("loop", [f32(1000), f32(1000)], (b, [x, y]) => b.binary("add", x, y)),
  "bias-relu": fused("loop", [f32(32, 100), f32(100)], (b, [x, y]) =>
    b.binary("maximum", b.binary("add", x, b.broadcast(y, [32, 100], [1])), b.scalar("float32", 0)),
  ),
  transpose: fused("loop", [f32(32, 32)], (b, [x]) => b.transpose(x, [1, 0])),
  "centred-rows": fused("row", [f32(16, 256)], (b, [x]) => {
    const sum = b.reduce([x], [b.scalar("float32", 0)], [1], b.reducer("add", "float32"))[0];
    const mean = b.binary("multiply", sum, b.scalar("float32", 1 / 256));
    return b.binary("subtract", x, b.broadcast(mean, [16, 256], [0]));
  }),
  "column-sums": fused("row", [f32(1024, 64)], (b, [x]) =>
    b.reduce([x], [b.scalar("float32", 0)], [0], b.reducer("add", "float32")),
  ),
  "slice-update": fused("update", [f32(8, 64), f32(1, 64), s32, s32], (b, [x, u, p, q]: HloInstruction[]) =>
    b.dynamicUpdateSlice(x, u, [p, q]),
  ),
};

describe("kernels as text", () => {
  it.each(Object.keys(kernels))("%s", async (name) => {
    const module = new IrModule();
    emitFusion(module, kernels[name].fusion, "kernel", host.target);
    await expect(module.toString()).toMatchFileSnapshot(`__snapshots__/${name}.ll`);
  });

  it.each([
    [2 ** 22, true, true],
    [2 ** 22, false, false],
    [2 ** 20, true, false],
  ])("of %i elements, results apart from operands %s, written past the caches %s", (size, apart, streamed) => {
    const { fusion } = fused("loop", [f32(size)], (b, [x]) => b.unary("negate", x));
    const module = new IrModule();
    emitFusion(module, fusion, "kernel", { ...host.target, apart });
    expect(module.toString().includes("!nontemporal")).toBe(streamed);
  });

  it("an epilogue", async () => {
    const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
    const { fusion } = fused("dot", [f32(8, 4), f32(4, 64), f32(64)], (b: HloBuilder, [x, y, bias]) =>
      b.binary("add", b.dot(x, y, dims), b.broadcast(bias, [8, 64], [1])),
    );
    const module = new IrModule();
    emitEpilogue(module, fusion, "finish", host.target);
    await expect(module.toString()).toMatchFileSnapshot("__snapshots__/epilogue.ll");
  });
});
