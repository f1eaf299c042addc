/** The one client of this process for NVIDIA's cards, or why there is none. */
import { type CudaTarget, cudaTarget } from "../5-emit/cuda/index.js";
import { compileForCuda } from "../pipeline/index.js";
import type { Client } from "./client.js";
import { makeCudaClient } from "./cuda-client.js";
import { DeviceFailure } from "./errors.js";
import { type CudaCard, type CudaProbe, loadJit, loadNative } from "./native.js";

let result: { readonly client: Client | undefined } | undefined;

/** The client, if there is a driver with cards and the addon compiles. Never throws. */
export const cudaClient = (): Client | undefined => {
  result ??= { client: make() };
  return result.client;
};

function make(): Client | undefined {
  const native = loadJit();
  if (!native.ok) return undefined;
  const probe = probeOnce();
  if (probe === undefined || !probe.ok) return undefined;
  return makeCudaClient(native.jit, probe.cards, probe.version, targetOf, compileForCuda);
}

/** A stand-in for the driver runs kernels itself: as fibres, on the host. */
const isSimulated = ({ name }: CudaCard): boolean => name.startsWith("Simulated card");

/** The oldest card that kernels are compiled for, Ampere; Hopper and later have instructions of their own. */
const oldest = 8;
const hopper = 9;
/** The simulated card has no more to keep busy. */
const warp = 32;

function targetOf(card: CudaCard): CudaTarget {
  const major = Number(card.computeCapability.split(".")[0]);
  if (major < oldest) {
    throw new DeviceFailure(
      card.name,
      `compute capability ${card.computeCapability} is too old: cotangent compiles for ${oldest}.0 (Ampere) and later`,
    );
  }
  const arch = major >= hopper ? "sm_90" : "sm_80";
  const target = isSimulated(card) ? cudaTarget(arch, "fibres", warp) : cudaTarget(arch);
  return { ...target, deterministic: process.env.COTANGENT_DETERMINISTIC === "1" };
}

let probe: CudaProbe | undefined;

/** What the driver says; undefined where it cannot even be asked. */
function probeOnce(): CudaProbe | undefined {
  const native = loadNative();
  if (!native.ok) return undefined;
  try {
    probe ??= native.module.cudaProbe();
  } catch (error) {
    probe = { ok: false, kind: "not-initialized", reason: messageOf(error), searched: [], remedy: "See nvidia-smi." };
  }
  return probe;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Why there is no device `cuda:index`: what is missing, where it was looked for, and what to do. */
export function whyNoCuda(index: number): string {
  const native = loadNative();
  if (!native.ok) return `CUDA needs the native addon: ${native.reason}.`;
  const jit = loadJit();
  const seen = probeOnce();
  if (seen?.ok && !jit.ok) return `CUDA needs a compiler: ${jit.reason}.`;
  return seen === undefined ? "" : explain(seen, index);
}

function explain(seen: CudaProbe, index: number): string {
  if (!seen.ok) {
    const places = seen.searched.length > 0 ? ` Looked in: ${seen.searched.join("; ")}.` : "";
    return `${capitalized(seen.reason)}.${places} ${seen.remedy}`;
  }
  const count = seen.cards.length;
  return (
    `The driver (${seen.path}, for CUDA ${seen.version}) sees ${count} ${count === 1 ? "card" : "cards"}, counted ` +
    `from 0, and none has the number ${index}. See nvidia-smi and CUDA_VISIBLE_DEVICES.`
  );
}

function capitalized(text: string): string {
  return text.startsWith("lib") || text.startsWith("/") ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
