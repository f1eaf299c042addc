/** A device that the native runtime works for: its memory, and the programs and functions of the host that it knows. */
import { dtypes } from "../hlo/dtype.js";
import type { HloModule } from "../hlo/instruction.js";
import type { HostCallback } from "../pipeline/cpu-program.js";
import type { Device, MemoryStats } from "./client.js";
import type { DeviceRuntime } from "./native.js";
import { storageLength } from "./native-buffer.js";
import { NativeExecutable } from "./native-executable.js";
import { type MemoryOptions, NativeMemory } from "./native-memory.js";
import { type EncodedPlan, encodePlan } from "./plan-codec.js";
import type { LoadableProgram } from "./program-cache.js";
import { Cell } from "./runtime-state.js";

type RunCallback = (callback: number, operands: number, results: number) => void;

export interface NativeDeviceOptions<R> extends Omit<MemoryOptions<R>, "start"> {
  readonly start: (io: Float64Array, state: Float64Array, progress: () => void, host: RunCallback) => R;
  /** The number of a plan that the runtime has loaded. */
  readonly load: (runtime: R, program: LoadableProgram, plan: EncodedPlan) => number;
}

export class NativeDevice<R extends DeviceRuntime> {
  readonly memory: NativeMemory<R>;
  readonly #load: NativeDeviceOptions<R>["load"];
  readonly #callbacks = new Map<number, HostCallback>();
  #nextCallback = 0;
  readonly #unloader = new FinalizationRegistry<() => void>((unload) => unload());

  constructor({ start, load, ...options }: NativeDeviceOptions<R>) {
    this.#load = load;
    const host: RunCallback = (callback, operands, results) => this.#runCallback(callback, operands, results);
    this.memory = new NativeMemory({ ...options, start: (io, state, progress) => start(io, state, progress, host) });
  }

  load(device: Device, module: HloModule, program: LoadableProgram): NativeExecutable {
    const { memory } = this;
    const callbacks = this.#callbacks;
    const first = this.#nextCallback;
    const count = program.callbacks.length;
    this.#nextCallback += count;
    program.callbacks.forEach((callback, i) => {
      callbacks.set(first + i, callback);
    });
    const encoded = encodePlan(program.plan, program.symbols, first);
    memory.reserveIo(2 * encoded.hostSlots);
    const plan = this.#load(memory.native, program, encoded);
    const codeBytes = program.objects.reduce((sum, object) => sum + object.length, 0);
    const executable = new NativeExecutable(device, memory, module, program, plan, codeBytes);
    this.#unloader.register(executable, () => {
      memory.native.freePlan(plan);
      for (let i = first; i < first + count; i++) callbacks.delete(i);
    });
    return executable;
  }

  memoryStats(): MemoryStats {
    const { state } = this.memory;
    return {
      bytesInUse: state[Cell.bytesInUse],
      peakBytesInUse: state[Cell.peakBytes],
      bytesReserved: state[Cell.reservedBytes],
      liveBuffers: state[Cell.liveBuffers],
    };
  }

  #runCallback(number: number, operands: number, results: number): void {
    const { memory } = this;
    const { io, native } = memory;
    const addresses = Array.from({ length: operands + results }, (_, i) => io[2 * i]);
    const callback = this.#callbacks.get(number) as HostCallback;
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
  }
}
