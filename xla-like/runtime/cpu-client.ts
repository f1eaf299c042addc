/** The device `cpu:0`: programs compiled to machine code, run by the native runtime. */
import { dtypes, type HostArray } from "../hlo/dtype.js";
import type { HloModule } from "../hlo/instruction.js";
import type { CpuProgram, HostCallback } from "../pipeline/cpu-program.js";
import type { Client, Device, Executable, MemoryStats } from "./client.js";
import { fromHost, storageLength } from "./cpu-buffer.js";
import { CpuExecutable } from "./cpu-executable.js";
import { CpuMemory } from "./cpu-memory.js";
import { Cell } from "./cpu-state.js";
import { makeDevice } from "./device.js";
import { cacheDirectory } from "./disk-cache.js";
import { RuntimeUseError } from "./errors.js";
import { describeHost, type NativeJit } from "./native.js";
import { ObjectCache } from "./object-cache.js";
import { encodePlan } from "./plan-codec.js";
import { ProgramCache } from "./program-cache.js";

/** A client whose programs are made by `compile`. */
export const makeCpuClient = (jit: NativeJit, compileModule: (module: HloModule) => CpuProgram): Client => {
  const callbacks = new Map<number, HostCallback>();
  let nextCallback = 0;

  const runCallback = (number: number, operands: number, results: number): void => {
    const { io, native } = memory;
    const addresses = Array.from({ length: operands + results }, (_, i) => io[2 * i]);
    const callback = callbacks.get(number) as HostCallback;
    const args = callback.operands.map((shape, i) => {
      const arg = new dtypes[shape.dtype].storage(storageLength(shape));
      io[0] = addresses[i];
      native.read(arg);
      return arg;
    });
    // It may use the runtime itself, whose `io` may then be another.
    const made = callback.call(...args);
    for (let i = 0; i < results; i++) {
      memory.io[0] = addresses[operands + i];
      native.write(made[i]);
    }
  };

  const memory = new CpuMemory("cpu:0", jit, runCallback);
  const directory = cacheDirectory();
  const programs = new ProgramCache(jit, new ObjectCache(jit, directory), directory, compileModule);
  const unloader = new FinalizationRegistry<() => void>((unload) => unload());

  const checkDevice = (asked: Device): void => {
    if (asked !== device) throw new RuntimeUseError(`device ${asked.toString()} does not belong to the CPU client`);
  };

  const load = (module: HloModule): Executable => {
    const program = programs.compile(module);
    const first = nextCallback;
    nextCallback += program.callbacks.length;
    program.callbacks.forEach((callback, i) => {
      callbacks.set(first + i, callback);
    });
    const { words, routines, hostSlots } = encodePlan(program.plan, program.symbols, first);
    memory.reserveIo(2 * hostSlots);
    const plan = memory.native.loadPlan(program.objects, program.symbols, words, routines, program.plan.constants);
    const codeBytes = program.objects.reduce((sum, object) => sum + object.length, 0);
    const executable = new CpuExecutable(device, memory, module, program, plan, codeBytes);
    const count = program.callbacks.length;
    unloader.register(executable, () => {
      memory.native.freePlan(plan);
      for (let i = first; i < first + count; i++) callbacks.delete(i);
    });
    return executable;
  };

  const client: Client = {
    kind: "cpu",
    devices: [],
    compile: (module, asked) => {
      checkDevice(asked);
      return load(module);
    },
    fromHost: (data: HostArray, shape, asked) => {
      checkDevice(asked);
      return fromHost(memory, device, shape, data);
    },
    memoryStats: (asked): MemoryStats => {
      checkDevice(asked);
      const { state } = memory;
      return {
        bytesInUse: state[Cell.bytesInUse],
        peakBytesInUse: state[Cell.peakBytes],
        bytesReserved: state[Cell.reservedBytes],
        liveBuffers: state[Cell.liveBuffers],
      };
    },
  };
  const device = makeDevice("cpu", 0, describeHost(), client);
  (client.devices as Device[]).push(device);
  return client;
};
