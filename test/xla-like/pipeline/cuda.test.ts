// From a module to kernels and a plan for a card: what becomes of instructions, loops and fusions that are alike.
import { describe, expect, test } from "vitest";
import { cudaTarget } from "../../../xla-like/5-emit/cuda/index.js";
import { NoKernel } from "../../../xla-like/5-emit/no-kernel.js";
import type { Thunk } from "../../../xla-like/5-emit/plan.js";
import { arrayShape, HloBuilder, type HloInstruction, type HloModule } from "../../../xla-like/index.js";
import { compileForCuda } from "../../../xla-like/pipeline/index.js";
import { loadJit } from "../../../xla-like/runtime/native.js";

const native = loadJit();
const target = cudaTarget("sm_90");
const compile = (module: HloModule) => compileForCuda(module, target);
const vector = arrayShape("float32", [64]);

/** A loop that doubles a vector; `more(b, i, x)` says whether it goes on, of a counter from 0 and the vector. */
function loop(more: (b: HloBuilder, i: HloInstruction, x: HloInstruction) => HloInstruction): HloModule {
  const b = new HloBuilder("entry");
  const x = b.parameter(vector);
  const state = [arrayShape("int32", []), vector];
  const condition = b.computation("more", state, (c, [i, y]) => more(c, i, y));
  const body = b.computation("turn", state, (c, [i, y]) => [
    c.binary("add", i, c.scalar("int32", 1)),
    c.binary("add", y, y),
  ]);
  const [, result] = b.while(condition, body, [b.scalar("int32", 0), x]);
  return b.module("loop", [result]);
}

const kinds = (thunks: readonly Thunk[]): readonly string[] => thunks.map((t) => t.kind);

describe("programs for cards", () => {
  test("equal fusions are one kernel, and all kernels one module", () => {
    const b = new HloBuilder("entry");
    const [x, y] = [b.parameter(vector), b.parameter(vector)];
    const roots = [x, y].map((z) => b.unary("sine", z));
    const scalar = arrayShape("float32", []);
    const less = b.computation("less", [scalar, scalar], (c, [p, q]) => c.compare(p, q, "LT"));
    const sorted = b.sort([x], 0, less);
    const { plan, llvm, symbols, names } = compile(b.module("twice", [...roots, ...sorted]));
    const launches = plan.thunks.filter((t) => t.kind === "launch");
    expect(launches.length).toBe(plan.thunks.length);
    expect(names).toHaveLength(symbols.length);
    expect(names.some((name) => /^%fusion\.\d+ \(sine\)$/.test(name))).toBe(true);
    expect(names.some((name) => /^%sort\.\d+$/.test(name))).toBe(true);
    for (const symbol of symbols) expect(llvm).toContain(`@${symbol}(`);
    const sines = launches.filter((t) => t.symbol.startsWith("loop_"));
    expect(new Set(sines.map((t) => t.symbol)).size).toBe(1);
  });

  test("a loop whose turns are known does not ask", () => {
    const known = compile(loop((b, i) => b.compare(i, b.scalar("int32", 5), "LT")));
    expect(known.plan.thunks.find((t) => t.kind === "while")).toMatchObject({ trips: 5 });
    const unknown = compile(
      loop((b, _, x) => b.compare(b.reshape(b.slice(x, [0], [1]), []), b.scalar("float32", 9), "LT")),
    );
    const asking = unknown.plan.thunks.find((t) => t.kind === "while");
    expect(asking).toBeDefined();
    expect(asking).not.toHaveProperty("trips");
  });

  test("elements of another width are the same bytes", () => {
    const b = new HloBuilder("entry");
    const { plan } = compile(b.module("bytes", [b.bitcastConvert(b.parameter(vector), "uint8")]));
    expect(kinds(plan.thunks)).toEqual(["copy"]);
    expect(plan.thunks[0]).toMatchObject({ from: 0, bytes: 256 });
  });

  test("what no kernel computes is refused by its name, and never computed by the host", () => {
    const b = new HloBuilder("entry");
    const shape = arrayShape("float16", [2, 2]);
    const module = b.module("refused", b.customCall("cholesky", [b.parameter(shape)], [shape]));
    expect(() => compile(module)).toThrow(NoKernel);
    expect(() => compile(module)).toThrow(/cholesky has no kernel on NVIDIA's cards/);
  });

  test.runIf(native.ok)("the module becomes PTX for every architecture", () => {
    if (!native.ok) return;
    const b = new HloBuilder("entry");
    const x = b.parameter(arrayShape("float32", [100, 64]));
    const module = b.module("rows", [b.unary("tanh", x)]);
    for (const arch of ["sm_80", "sm_90"] as const) {
      const { llvm, symbols } = compileForCuda(module, cudaTarget(arch));
      const ptx = native.jit.ptxOf(llvm, arch);
      expect(ptx).toContain(`.target ${arch}`);
      for (const symbol of symbols) expect(ptx).toContain(`.visible .entry ${symbol}(`);
    }
  });
});
