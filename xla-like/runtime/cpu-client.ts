/** The device `cpu:0`: programs compiled to machine code, run by the native runtime. */
import type { HostArray } from "../hlo/dtype.js";
import type { HloModule } from "../hlo/instruction.js";
import type { CpuProgram } from "../pipeline/cpu-program.js";
import type { Client, Device } from "./client.js";
import { makeDevice } from "./device.js";
import { cacheDirectory } from "./disk-cache.js";
import { RuntimeUseError } from "./errors.js";
import { describeHost, type NativeJit, type NativeRuntime } from "./native.js";
import { allocate, fromHost } from "./native-buffer.js";
import { NativeDevice } from "./native-device.js";
import { ObjectCache, targetKey } from "./object-cache.js";
import { ProgramCache } from "./program-cache.js";

/** A client whose programs are made by `compile`. */
export const makeCpuClient = (jit: NativeJit, compileModule: (module: HloModule) => CpuProgram): Client => {
  const cpu = new NativeDevice<NativeRuntime>({
    name: "cpu:0",
    start: (io, state, progress, host) => jit.startRuntime(io, state, progress, host),
    slab: (runtime) => runtime.slab(),
    load: (runtime, { objects, symbols, plan }, { words, routines }) =>
      runtime.loadPlan(objects, symbols, words, routines, plan.constants),
  });
  const directory = cacheDirectory();
  const objects = new ObjectCache(jit, directory);
  const programs = new ProgramCache(targetKey(jit), directory, (module) => {
    const { symbols, plan, callbacks, llvm } = compileModule(module);
    const texts = typeof llvm === "string" ? [llvm] : llvm;
    return { symbols, plan, callbacks, objects: objects.compile(texts), texts: { llvm: () => texts.join("\n") } };
  });

  const checkDevice = (asked: Device): void => {
    if (asked !== device) throw new RuntimeUseError(`device ${asked.toString()} does not belong to the CPU client`);
  };

  const client: Client = {
    kind: "cpu",
    devices: [],
    compile: (module, asked) => {
      checkDevice(asked);
      return cpu.load(device, module, programs.compile(module));
    },
    fromHost: (data: HostArray, shape, asked) => {
      checkDevice(asked);
      return fromHost(cpu.memory, device, shape, data);
    },
    allocate: (shape, asked) => {
      checkDevice(asked);
      return allocate(cpu.memory, device, shape);
    },
    memoryStats: (asked) => {
      checkDevice(asked);
      return cpu.memoryStats();
    },
  };
  const device = makeDevice("cpu", 0, describeHost(), client);
  (client.devices as Device[]).push(device);
  return client;
};
