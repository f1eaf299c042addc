// Loop fusions as kernels for a card: every operation becomes PTX, and machine code where that can be made.
import { describe, expect, it } from "vitest";
import { emitCudaFusion } from "../../../../xla-like/5-emit/cuda/fusion.js";
import { type CudaKernels, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import { arrayShape, HloBuilder, sizeOf } from "../../../../xla-like/hlo/index.js";
import { dataTypes, elementwisePrograms, loopFusion, movingPrograms, otherPrograms, type Program } from "./programs.js";
import { emitAll, entriesOf, nvptx, ptxOf, whyNoPtx } from "./ptx.js";

const archs = ["sm_80", "sm_90"] as const;
const f32 = (...dims: number[]) => arrayShape("float32", dims);

const symbolsOf = (kernels: readonly CudaKernels[]): string[] =>
  kernels.flatMap((k) => k.launches.map((l) => l.symbol));

const programs: readonly (readonly [string, () => readonly Program[]])[] = [
  ["others", otherPrograms],
  ...dataTypes.flatMap((d) => [
    [`elementwise on ${d}`, () => elementwisePrograms(d)] as const,
    [`elements of ${d} moved`, () => movingPrograms(d)] as const,
  ]),
];

describe.skipIf(nvptx === undefined)(`loop kernels as PTX${whyNoPtx}`, () => {
  it.each(programs)("%s", (_, make) => {
    for (const arch of archs) {
      const { ir, kernels } = emitAll(make(), arch);
      const ptx = nvptx?.ptxOf(ir, arch) ?? "";
      expect(ptx).toContain(`.target ${arch}`);
      expect(entriesOf(ptx).sort()).toEqual(symbolsOf(kernels).sort());
      // All memory is known to be the card's, and nothing is left to functions that it does not have.
      expect(ptx).not.toMatch(/\t(ld|st)\.(v\d\.)?[bufs]\d/);
      expect(ptx).not.toContain(".extern .func");
    }
  });

  it("reads and writes 16 bytes at once", () => {
    const add = (d: "float32" | "bfloat16" | "int8" | "float64") =>
      ptxOf(
        [loopFusion("add", [arrayShape(d, [2 ** 22]), arrayShape(d, [2 ** 22])], (b, [x, y]) => b.binary("add", x, y))],
        "sm_90",
      );
    expect(add("float32").match(/ld\.global\.v4\.f32/g)).toHaveLength(2);
    expect(add("float32").match(/st\.global\.v4\.f32/g)).toHaveLength(1);
    expect(add("float64").match(/ld\.global\.v2\.f64/g)).toHaveLength(2);
    expect(add("bfloat16").match(/(ld|st)\.global\.v4\.[bu]32/g)).toHaveLength(3);
    // This LLVM writes bytes four at a time.
    expect(add("int8").match(/ld\.global\.v4\.[bu]32/g)).toHaveLength(2);
  });

  it("divides places by 32-bit arithmetic, and rounds every operation on its own", () => {
    const ptx = ptxOf(
      [
        loopFusion("rows", [f32(1000, 300), f32(300)], (b, [x, y]) =>
          b.binary("add", b.binary("multiply", x, x), b.broadcast(y, [1000, 300], [1])),
        ),
      ],
      "sm_80",
    );
    expect(ptx).not.toMatch(/(div|rem|mul\.hi)\.[us]64/);
    expect(ptx).toContain("mul.hi.u32");
    expect(ptx).not.toContain("fma");
    expect(ptx).toContain("add.rn.f32");
  });

  it.each([
    ["the IR", () => nvptx?.ptxOf("define", "sm_80"), "PTX_FAILED"],
    ["a function that cannot be", () => nvptx?.ptxOf("define i32 @f() { ret i64 0 }", "sm_80"), "PTX_FAILED"],
    ["the architecture", () => nvptx?.ptxOf("", "a100"), "PTX_ARCH"],
  ])("says what is wrong with %s", (_, run, code) => {
    expect(run).toThrow(expect.objectContaining({ code }));
  });
});

describe("launches of loops", () => {
  const launchesOf = (program: Program) =>
    emitCudaFusion(new IrModule(), program.fusion, "kernel", cudaTarget("sm_80")).launches;

  it.each([
    [[2 ** 22], 2 ** 20],
    [[2 ** 22 + 1], 2 ** 20 + 1],
    [[100], 100],
    [[], 1],
  ])("of %j elements have a thread for each vector", (dims, threads) => {
    const [launch] = launchesOf(loopFusion("add", [f32(...dims)], (b, [x]) => b.unary("negate", x)));
    expect(launch).toMatchObject({ block: 256, grid: [Math.ceil(threads / 256), 1, 1], sharedBytes: 0 });
  });

  it("take the operands that are read, one launch for each shape of results", () => {
    const launches = launchesOf(
      loopFusion("two", [f32(8), f32(), f32(4)], (b, [x, y, z]) => [
        b.unary("negate", z),
        b.binary("add", x, b.broadcast(y, [8], [])),
      ]),
    );
    expect(launches.map((l) => [l.symbol, l.args])).toEqual([
      ["kernel", [2, 3]],
      ["kernel_1", [0, 1, 4]],
    ]);
  });

  it("are none where there is nothing to compute", () => {
    expect(launchesOf(loopFusion("none", [f32(0, 3)], (_, [x]) => x))).toEqual([]);
  });

  it("are refused for fusions that have no kernels", () => {
    const b = new HloBuilder("main");
    const dims = [4, sizeOf([2, 32])];
    const computation = b.computation("fused", [f32(...dims)], (c, [x]) => [
      c.reduce([x], [c.scalar("float32", 0)], [1], c.reducer("add", "float32"))[0],
    ]);
    const fusion = b.fusion("dot", computation, [b.parameter(f32(...dims))])[0]?.operands[0];
    if (fusion?.opcode !== "fusion") throw new Error("not a fusion");
    expect(() => emitCudaFusion(new IrModule(), fusion, "kernel", cudaTarget("sm_80"))).toThrow(/of kind dot/);
  });
});

describe("kernels as text", () => {
  const kernels: Readonly<Record<string, Program>> = {
    "flat-add": loopFusion("flat_add", [f32(2 ** 20 + 3), f32(2 ** 20 + 3)], (b, [x, y]) => b.binary("add", x, y)),
    "bias-relu": loopFusion("bias_relu", [f32(4096, 100), f32(100)], (b, [x, y]) =>
      b.binary("maximum", b.binary("add", x, b.broadcast(y, [4096, 100], [1])), b.scalar("float32", 0)),
    ),
    "cast-rows": loopFusion("cast_rows", [arrayShape("bfloat16", [1024, 768])], (b, [x]) => b.convert(x, "float32")),
  };

  it.each(Object.keys(kernels))("%s", async (name) => {
    await expect(emitAll([kernels[name]], "sm_80").ir).toMatchFileSnapshot(`__snapshots__/${name}.ll`);
  });

  // Another LLVM may write the same otherwise.
  const version = nvptx?.llvmVersion() ?? "none";
  it.skipIf(!version.startsWith("19.1."))(`bias-relu as PTX (of LLVM 19.1; here ${version})`, async () => {
    // The first lines name the compiler.
    const text = ptxOf([kernels["bias-relu"]], "sm_90").replace(/^[^.]*/, "");
    await expect(text).toMatchFileSnapshot("__snapshots__/bias-relu.ptx");
  });
});
