/** The devices `cuda:0`, `cuda:1`, …: programs compiled to PTX, run on NVIDIA's cards by the native runtime. */

import type { CudaTarget } from "../5-emit/cuda/index.js";
import type { HostArray } from "../hlo/dtype.js";
import type { HloModule } from "../hlo/instruction.js";
import type { CudaProgram } from "../pipeline/cuda-program.js";
import type { Client, Device } from "./client.js";
import { makeDevice } from "./device.js";
import { cacheDirectory } from "./disk-cache.js";
import { DeviceFailure, RuntimeUseError } from "./errors.js";
import { KernelCache } from "./kernel-cache.js";
import { type CudaCard, type CudaRuntime, failureCode, type NativeJit } from "./native.js";
import { allocate, fromHost } from "./native-buffer.js";
import { NativeDevice } from "./native-device.js";
import { type LoadableProgram, ProgramCache } from "./program-cache.js";

const MB = 1 << 20;

/** What a card's programs are compiled for; throws where it is too old. */
export type TargetOf = (card: CudaCard) => CudaTarget;

/** Turns what the native runtime throws about a device into what this one's callers know. */
const guarded =
  <A extends readonly unknown[], B>(device: string, f: (...args: A) => B) =>
  (...args: A): B => {
    try {
      return f(...args);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === failureCode)) throw error;
      throw new DeviceFailure(device, error.message);
    }
  };

const guardedRuntime = (device: string, runtime: CudaRuntime): CudaRuntime =>
  Object.fromEntries(
    Object.entries(runtime).map(([name, f]) => [name, guarded(device, f as (...args: unknown[]) => unknown)]),
  ) as unknown as CudaRuntime;

/** A client for cards, whose programs are made by `compileModule`. Nothing is done on a card before it is asked for. */
export const makeCudaClient = (
  jit: NativeJit,
  cards: readonly CudaCard[],
  driverVersion: string,
  targetOf: TargetOf,
  compileModule: (module: HloModule, target: CudaTarget) => CudaProgram,
): Client => {
  const directory = cacheDirectory();
  const kernels = new KernelCache(jit, directory);
  const started = new Map<Device, { readonly card: NativeDevice<CudaRuntime>; readonly programs: ProgramCache }>();

  const make = (module: HloModule, target: CudaTarget): LoadableProgram => {
    const { symbols, names, plan, callbacks, llvm } = compileModule(module, target);
    const image = symbols.length === 0 ? new Uint8Array(0) : kernels.compile(llvm, target);
    return { symbols, names, plan, callbacks, objects: [image], texts: { llvm: () => llvm } };
  };

  const assembled = (runtime: CudaRuntime, ptx: Uint8Array, card: CudaCard): Uint8Array =>
    kernels.assemble(ptx, card.computeCapability, driverVersion, (text) => runtime.assemble(text));

  const start = (device: Device) => {
    const known = started.get(device);
    if (known !== undefined) return known;
    const description = cards[device.index];
    const name = device.toString();
    const target = guarded(name, targetOf)(description);
    const areFibres = target.intrinsics === "fibres";
    const card = new NativeDevice<CudaRuntime>({
      name,
      start: (io, state, progress, host) =>
        guardedRuntime(name, guarded(name, jit.startCuda)(device.index, io, state, progress, host)),
      load: (runtime, { objects, symbols, names, plan }, { words, routines }) => {
        const [kernels] = objects;
        const code = areFibres || kernels.length === 0 ? kernels : assembled(runtime, kernels, description);
        return runtime.loadPlan(code, areFibres, plan.name, symbols, names ?? symbols, words, routines, plan.constants);
      },
      // Nothing is gained from memory that was used just now, and a card has much of it.
      collector: { slack: Math.max(384 * MB, description.memoryBytes / 16), young: description.memoryBytes / 16 },
    });
    const order = target.deterministic === true ? "in order" : "in any order";
    const key = ["cuda", target.arch, target.intrinsics, order, driverVersion, kernels.keyOf(target)].join("\n");
    const made = { card, programs: new ProgramCache(key, directory, (module) => make(module, target)) };
    started.set(device, made);
    return made;
  };

  const checkDevice = (asked: Device): void => {
    if (asked.client !== client) {
      throw new RuntimeUseError(`device ${asked.toString()} does not belong to the client of NVIDIA's cards`);
    }
  };

  const devices: Device[] = [];
  const client: Client = {
    kind: "cuda",
    devices,
    compile: (module, device) => {
      checkDevice(device);
      const { card, programs } = start(device);
      const program = programs.compile(module);
      const target = targetOf(cards[device.index]);
      const ptx = (): string =>
        target.intrinsics === "nvptx"
          ? new TextDecoder().decode(program.objects[0])
          : jit.ptxOf(compileModule(module, { ...target, intrinsics: "nvptx" }).llvm, target.arch);
      return card.load(device, module, { ...program, texts: { ...program.texts, ptx } });
    },
    fromHost: (data: HostArray, shape, device) => {
      checkDevice(device);
      return fromHost(start(device).card.memory, device, shape, data);
    },
    allocate: (shape, device) => {
      checkDevice(device);
      return allocate(start(device).card.memory, device, shape);
    },
    memoryStats: (device) => {
      checkDevice(device);
      return (
        started.get(device)?.card.memoryStats() ?? {
          bytesInUse: 0,
          peakBytesInUse: 0,
          bytesReserved: 0,
          liveBuffers: 0,
        }
      );
    },
  };
  cards.forEach(({ name, computeCapability, memoryBytes }, index) => {
    const gigabytes = Math.round(memoryBytes / 2 ** 30);
    devices.push(
      makeDevice("cuda", index, `${name}, compute capability ${computeCapability}, ${gigabytes} GB`, client),
    );
  });
  return client;
};
