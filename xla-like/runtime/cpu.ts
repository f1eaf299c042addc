/** The one client of this process for `cpu:0`, or why there is none. */
import { compileForCpu } from "../pipeline/index.js";
import type { Client } from "./client.js";
import { makeCpuClient } from "./cpu-client.js";
import { loadJit, type NativeJit } from "./native.js";

export type CpuResult =
  | { readonly ok: true; readonly client: Client }
  | { readonly ok: false; readonly reason: string };

let result: CpuResult | undefined;

/** Never throws: without it everything still runs on the reference device. */
export const cpuClient = (): CpuResult => {
  result ??= make();
  return result;
};

function make(): CpuResult {
  const native = loadJit();
  if (!native.ok) return native;
  const { jit } = native;
  const options = { target: targetOf(jit), hasRoutine: (name: string) => jit.hasRoutine(name) };
  return { ok: true, client: makeCpuClient(jit, (module) => compileForCpu(module, options)) };
}

/** What LLVM is told to compile for, as the emitters need to know it. */
function targetOf(jit: NativeJit) {
  const features = new Set(jit.jitTarget().features.split(","));
  const has = (feature: string): boolean => features.has(`+${feature}`);
  const vectorBits =
    has("avx512f") && has("avx512vl") && has("avx512bw") && has("avx512dq") ? 512 : has("avx2") ? 256 : 128;
  return { fma: has("fma") || has("neon"), half: has("f16c"), scales: vectorBits === 512, vectorBits } as const;
}
