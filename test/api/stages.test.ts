import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { debug, devices, jit, lax, numpy as np, type Tensor } from "../../src/index.js";
import type { Executable } from "../../xla-like/index.js";
import { thrownBy } from "./support.js";

const [reference] = devices("reference");
const scaled = (options = {}) =>
  jit((x: Tensor, y: Tensor) => np.exp(np.matmul(x, y)).mul(2), { device: reference, ...options });
const [x, y] = [np.ones([2, 3]), np.ones([3, 4])];

afterEach(() => {
  vi.restoreAllMocks();
  debug.dump(null);
});

/** Has the reference device's executables tell more of themselves. */
function compilesWith(more: Partial<Executable>): void {
  const { client } = reference;
  const compile = client.compile.bind(client);
  vi.spyOn(client, "compile").mockImplementation((module, device) => ({ ...compile(module, device), ...more }));
}

describe("asText", () => {
  it("prints StableHLO", () => {
    const text = jit((v: Tensor) => v.mul(2))
      .lower(np.ones([3]))
      .asText("stablehlo");
    expect(text).toBe(
      [
        "module @jit__lambda_ {",
        "  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {",
        "    %0 = stablehlo.constant dense<2.0> : tensor<f32>",
        "    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>",
        "    %2 = stablehlo.multiply %arg0, %1 : tensor<3xf32>",
        "    return %2 : tensor<3xf32>",
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("says which operation StableHLO lacks", () => {
    const lowered = jit((v: Tensor) => np.linalg.qr(v)).lower(np.ones([3, 3]));
    const error = thrownBy(() => lowered.asText("stablehlo"));
    expect(error.code).toBe("CT606");
    expect(error.message).toMatch(
      /^asText: StableHLO has no operation for the library routine qr \(of qr\)\. Ask for "hlo"/,
    );
  });
});

describe("costAnalysis", () => {
  it("counts from the program", () => {
    const cost = scaled().lower(x, y).compile().costAnalysis();
    expect(cost).toMatchObject({ flops: 2 * 2 * 3 * 4 + 8, transcendentals: 8 });
    expect(cost.bytesAccessed).toBeGreaterThan(4 * (6 + 12 + 8));
  });

  it("counts loops as often as they run", () => {
    const f = jit((v: Tensor) => lax.foriLoop(0, 10, (_, c: Tensor) => np.sin(c), v), { device: reference });
    expect(
      f
        .lower(np.ones([5]))
        .compile()
        .costAnalysis().transcendentals,
    ).toBe(50);
  });

  it("is the device's where it has its own", () => {
    const costAnalysis = () => ({ flops: 1, bytesAccessed: 2, transcendentals: 3 });
    compilesWith({ costAnalysis });
    expect(scaled().lower(x, y).compile().costAnalysis()).toEqual(costAnalysis());
  });
});

describe("memoryAnalysis", () => {
  it("is what the device planned, or an error where it plans nothing", () => {
    expect(thrownBy(() => scaled().lower(x, y).compile().memoryAnalysis())).toMatchObject({
      name: "CompileError",
      code: "CT602",
    });
    const planned = { argumentBytes: 72, outputBytes: 32, tempBytes: 32, aliasBytes: 0, generatedCodeBytes: 900 };
    compilesWith({ memoryAnalysis: () => planned });
    expect(scaled().lower(x, y).compile().memoryAnalysis()).toEqual(planned);
  });
});

const [cpu] = devices("cpu");
describe.skipIf(cpu === undefined)("on cpu:0", () => {
  const compiled = () =>
    jit((a: Tensor, b: Tensor) => np.exp(a.mul(b)), { device: cpu, donateArgnums: 0 })
      .lower(np.ones([5, 7]), np.ones([5, 7]))
      .compile();

  it("there are LLVM IR and the bytes of buffers and code", () => {
    expect(compiled().asText("llvm")).toContain("define ");
    const memory = compiled().memoryAnalysis();
    expect(memory).toMatchObject({ argumentBytes: 2 * 140, outputBytes: 140, aliasBytes: 140 });
    expect(memory.tempBytes).toBeGreaterThanOrEqual(0);
    expect(memory.generatedCodeBytes).toBeGreaterThan(0);
    expect(compiled().costAnalysis()).toMatchObject({ flops: 35, transcendentals: 35 });
  });
});

describe("asText", () => {
  it("asks the device for what its compiler makes", () => {
    compilesWith({ asText: (kind) => (kind === "llvm" ? "define void @kernel()" : undefined) });
    const lowered = scaled().lower(x, y);
    expect(lowered.asText("llvm")).toBe("define void @kernel()");
    expect(lowered.compile().asText("llvm")).toBe("define void @kernel()");
    expect(thrownBy(() => lowered.asText("ptx"))).toMatchObject({ name: "CompileError", code: "CT601" });
    expect(thrownBy(() => lowered.asText("wasm" as never)).code).toBe("CT601");
  });

  it("does not compile for the jaxpr and the HLO", () => {
    const compile = vi.spyOn(reference.client, "compile");
    const lowered = scaled().lower(x, y);
    expect(lowered.asText("jaxpr")).toContain("dot_general");
    expect(lowered.asText()).toContain("dot(");
    expect(compile).not.toHaveBeenCalled();
    lowered.compile();
    expect(compile).toHaveBeenCalledTimes(1);
  });
});

describe("compiled functions", () => {
  it("run with the captured tensors, without unused arguments", () => {
    const captured = np.array([1, 2]);
    const f = jit((a: Tensor, _unused: Tensor, b: Tensor) => a.add(b).mul(captured), { device: reference });
    const compiled = f.lower(np.ones([2]), np.ones([3]), 1.5).compile();
    expect((compiled(np.array([3, 4]), np.ones([3]), 0.5) as Tensor).js()).toEqual([3.5, 9]);
    expect((compiled(np.array([5, 6]), np.ones([3]), 1.5) as Tensor).js()).toEqual([6.5, 15]);
    expect(thrownBy(() => compiled(np.ones([2]))).code).toBe("CT330");
    expect(thrownBy(() => compiled(np.ones([3]), np.ones([3]), 1.5)).code).toBe("CT330");
  });
});

describe("debug.dump", () => {
  it("writes the stages of every compilation until it is stopped", () => {
    const dir = mkdtempSync(join(tmpdir(), "cotangent-stages-"));
    try {
      debug.dump(join(dir, "stages"));
      const f = jit((v: Tensor) => np.sin(v).add(1));
      f(np.ones([3]));
      f(np.ones([3]));
      f(np.ones([4]));
      const folders = readdirSync(join(dir, "stages")).filter((name) => name.includes("jit__lambda_"));
      expect(folders).toHaveLength(2);
      const files = readdirSync(join(dir, "stages", folders[0]));
      expect(files).toEqual(expect.arrayContaining(["0-lower.hlo", "0-trace.jaxpr"]));
      expect(readFileSync(join(dir, "stages", folders[0], "0-trace.jaxpr"), "utf8")).toContain("sin");
      expect(readFileSync(join(dir, "stages", folders[1], "0-lower.hlo"), "utf8")).toContain("sine(");
      debug.dump(null);
      f(np.ones([5]));
      expect(readdirSync(join(dir, "stages")).filter((name) => name.includes("jit__lambda_"))).toHaveLength(2);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it("refuses what is no directory", () => {
    const dir = mkdtempSync(join(tmpdir(), "cotangent-stages-"));
    try {
      const file = join(dir, "file");
      writeFileSync(file, "text");
      expect(thrownBy(() => debug.dump(join(file, "below")))).toMatchObject({ name: "ArgumentError", code: "CT603" });
      expect(thrownBy(() => debug.dump("")).code).toBe("CT603");
      expect(thrownBy(() => debug.dump(undefined as never)).code).toBe("CT603");
      expect(existsSync(join(file, "below"))).toBe(false);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
