// Processors with less than this one has: what is emitted for them runs, uses nothing they lack, and computes the same.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { loadJit } from "../../xla-like/runtime/native.js";

const jit = loadJit();

const script = `
  import { jit, lax, nn, numpy as np, random, withDefaultDevice } from "./src/index.ts";
  import { loadJit } from "./xla-like/runtime/native.ts";

  const program = (x, w) => {
    const h = np.tanh(np.matmul(x, w));
    const p = nn.softmax(x.astype("bfloat16").astype("float32"));
    return [p, np.exp(h).sum(0), np.sort(h.ravel()), np.cumsum(h, 1), np.sin(x.mul(1e5))];
  };
  const run = (device) => withDefaultDevice(device, () => {
    const x = random.normal(random.key(1), [37, 53]), w = random.normal(random.key(2), [53, 29]);
    return jit(program)(x, w).map((y) => Array.from(y.dataSync()));
  });
  const [cpu, reference] = [run("cpu:0"), run("reference:0")];
  const worst = cpu.map((y, k) => Math.max(...y.map((v, i) => Math.abs(v - reference[k][i]) / (1 + Math.abs(v)))));
  console.log(JSON.stringify({ worst, target: loadJit().jit.jitTarget(), sizes: cpu.map((y) => y.length) }));`;

const runWith = (features: string) => {
  const text = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    encoding: "utf8",
    env: { ...process.env, COTANGENT_CPU_FEATURES: features },
  });
  return JSON.parse(text) as {
    readonly worst: readonly number[];
    readonly sizes: readonly number[];
    readonly target: { readonly cpu: string; readonly features: string };
  };
};

describe.runIf(jit.ok && process.arch === "x64")("COTANGENT_CPU_FEATURES", () => {
  test.each([
    ["avx2", "x86-64-v3", "+avx2"],
    ["sse42", "x86-64-v2", "+sse4.2"],
  ])(
    "%s",
    (features, cpu, has) => {
      const { target, worst, sizes } = runWith(features);
      expect(target.cpu).toBe(cpu);
      expect(target.features).toContain(has);
      expect(target.features).not.toContain("avx512");
      expect(sizes).toEqual([37 * 53, 29, 37 * 29, 37 * 29, 37 * 53]);
      for (const error of worst) expect(error).toBeLessThan(1e-5);
    },
    120_000,
  );
});
