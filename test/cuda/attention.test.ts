// Attention as one operation of the public API on a simulated card, beside the processor, which computes it in parts.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Cotangent from "../../src/index.js";
import { cublas, cublasLt, cudnn, whyNoStandIns } from "../native/stand-ins.js";
import { buildSimulation, environment, type Simulation } from "./simulation.js";

type Tensor = Cotangent.Tensor;
type Options = Cotangent.nn.AttentionOptions;

describe.skipIf(whyNoStandIns() !== undefined)("attention on cuda:0", () => {
  let simulation: Simulation;
  let ct: typeof Cotangent;
  beforeAll(async () => {
    simulation = buildSimulation([cublas, cublasLt, cudnn]);
    Object.assign(process.env, environment(simulation.folder));
    ct = await import("../../src/index.js");
  }, 120_000);
  afterAll(() => simulation.remove());

  const [B, T, S, N, H] = [2, 6, 8, 4, 8];
  const waves = (dims: readonly number[], dtype: "bfloat16" | "float32", step: number): Tensor => {
    const { numpy: np } = ct;
    const count = dims.reduce((x, y) => x * y, 1);
    return np
      .sin(np.arange(count, { dtype: "float32" }).mul(step))
      .reshape(dims)
      .astype(dtype);
  };
  const inputs = (heads: number, dtype: "bfloat16" | "float32" = "bfloat16") =>
    [
      waves([B, T, N, H], dtype, 0.7),
      waves([B, S, heads, H], dtype, 1.3),
      waves([B, S, heads, H], dtype, 2.9),
    ] as const;

  type Inputs = readonly [Tensor, Tensor, Tensor];
  const loss =
    (options: Options) =>
    ([q, k, v]: Inputs): Tensor => {
      const out = ct.nn.dotProductAttention(q, k, v, { ...options, implementation: "cudnn" });
      return ct.numpy.sin(out.astype("float32").mul(1.5)).sum();
    };
  /** What calls of attention the programs make that a function compiles, after everything that the compiler does. */
  const callsOf = (run: () => void): readonly string[] => {
    const folder = mkdtempSync(join(tmpdir(), "cotangent-attention-"));
    try {
      ct.debug.dump(folder);
      run();
    } finally {
      ct.debug.dump(null);
    }
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((f) =>
      f.endsWith("3-schedule.hlo"),
    );
    const texts = files.sort().map((f) => readFileSync(join(folder, f), "utf8"));
    rmSync(folder, { recursive: true });
    const calls = texts.flatMap((t) => [
      ...t.matchAll(/custom_call_target="(attention[^"]*)", backend_config=(\{[^}]*\})/g),
    ]);
    return calls.map(([, target, config]) => {
      const { bias, biasGradient } = JSON.parse(config) as { bias?: boolean; biasGradient?: boolean };
      return bias === true && biasGradient !== false ? `${target} of a bias too` : target;
    });
  };
  const numbers = (x: unknown): number[] => (Array.isArray(x) ? x.flatMap(numbers) : [Number(x)]);

  /** What a step gives on either device, and which calls of attention the card's program makes. */
  function same(options: () => Options, heads: number, calls: readonly string[], dtype?: "float32"): void {
    const on = (device: string): { readonly results: number[]; readonly calls: readonly string[] } =>
      ct.withDefaultDevice(device, () => {
        const step = ct.jit((x: Inputs) => ct.valueAndGrad(loss(options()))(x));
        const args = inputs(heads, dtype);
        const made = callsOf(() => step(args));
        const [value, gradients] = step(args);
        const all = [value, ...gradients].map((t) => t.astype("float32"));
        return { results: numbers(ct.deviceGet(all)), calls: made };
      });
    const [card, processor] = [on("cuda:0"), on("cpu:0")];
    expect(card.calls).toEqual(calls);
    expect(processor.calls).toEqual([]);
    expect(card.results.length).toBe(processor.results.length);
    card.results.forEach((x, n) => {
      expect(Math.abs(x - processor.results[n]), `number ${n}`).toBeLessThan(
        2 ** -5 * Math.max(1, Math.abs(processor.results[n])),
      );
    });
  }
  const both = ["attention", "attention-gradient"];

  test("is one call, and its gradient another", () => {
    same(() => ({}), N, both);
    same(() => ({ isCausal: true, scale: 0.5 }), N, both);
  });

  test("shares heads of keys", () => same(() => ({ isCausal: true }), 2, both));

  test("takes masks, windows and lengths as a bias", () => {
    same(() => ({ mask: waves([1, 1, T, S], "float32", 5).greater(-0.3) }), N, both);
    same(() => ({ localWindowSize: [2, 1] }), N, both);
    same(
      () => ({
        querySeqLengths: ct.numpy.array([3, 6], { dtype: "int32" }),
        keyValueSeqLengths: ct.numpy.array([8, 5], { dtype: "int32" }),
      }),
      N,
      both,
    );
  });

  test("has a bias's gradient", () => {
    const on = (device: string): number[] =>
      ct.withDefaultDevice(device, () => {
        const [q, k, v] = inputs(2);
        const step = ct.jit(ct.grad((bias: Tensor) => loss({ bias })([q, k, v])));
        const bias = waves([1, N, T, S], "bfloat16", 4);
        const calls = callsOf(() => step(bias));
        expect(calls).toEqual(device === "cpu:0" ? [] : ["attention", "attention-gradient of a bias too"]);
        const gradient = step(bias);
        return numbers(ct.deviceGet(gradient.astype("float32")));
      });
    const [got, want] = [on("cuda:0"), on("cpu:0")];
    expect(want.some((x) => Math.abs(x) > 0.1)).toBe(true);
    got.forEach((x, n) => expect(Math.abs(x - want[n]), `number ${n}`).toBeLessThan(2 ** -5));
  });

  test("is computed in parts where cuDNN does not have it", () => same(() => ({ isCausal: true }), N, [], "float32"));
});
