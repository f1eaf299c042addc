/** What a jitted function traced to for one signature, and how it is run. */
import { jitP } from "../control/jit-call.js";
import { DeviceTensor } from "../core/device-tensor.js";
import type { Device } from "../core/devices.js";
import { ClosedJaxpr } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { baseTrace, currentTrace, Tracer } from "../core/trace.js";
import { dceJaxpr } from "../interpreters/dce.js";
import { type CompiledProgram, compileProgram, deviceOf } from "../interpreters/executable.js";
import type { FlatFunction } from "./flat.js";

export interface ProgramOptions {
  /** Where it runs, whatever its operands are on. */
  readonly device: Device | undefined;
  /** Keeps unused inputs as parameters. */
  readonly keepUnused: boolean;
}

/** A program compiled for a device, with the inputs that it uses. */
export class ProgramOnDevice {
  constructor(
    readonly program: CompiledProgram,
    /** Those captured tensors that the program uses, its first arguments. */
    private readonly captured: readonly DeviceTensor[],
    /** Which leaves follow; null for all of them. */
    private readonly usedLeaves: readonly number[] | null,
  ) {}

  run(leaves: readonly DeviceTensor[]): DeviceTensor[] {
    const { captured, usedLeaves } = this;
    if (usedLeaves === null && captured.length === 0) return this.program.run(leaves);
    const args = captured.slice();
    if (usedLeaves === null) for (let i = 0; i < leaves.length; i++) args.push(leaves[i]);
    else for (let i = 0; i < usedLeaves.length; i++) args.push(leaves[usedLeaves[i]]);
    return this.program.run(args);
  }
}

export class TracedProgram {
  readonly #compiled = new Map<Device, ProgramOnDevice>();
  #latest: ProgramOnDevice | undefined;
  /** A captured tracer is part of the trace it came from: the program must not outlive that in a cache. */
  readonly canBeKept: boolean;

  constructor(
    readonly name: string,
    /** Captured tensors come first among its inputs. */
    readonly jaxpr: ClosedJaxpr,
    readonly captured: readonly Tensor[],
    readonly flat: FlatFunction,
    /** Of the leaves. */
    private readonly donated: readonly number[],
    private readonly options: ProgramOptions,
  ) {
    this.canBeKept = !captured.some((x) => x instanceof Tracer);
  }

  /** The result as a tree for these leaves, in the current trace. */
  call(leaves: readonly Tensor[]): unknown {
    const outs =
      currentTrace() === baseTrace() && areConcrete(leaves)
        ? this.on(this.deviceFor(leaves)).run(leaves)
        : jitP.bind([...this.captured, ...leaves], { name: this.name, jaxpr: this.jaxpr });
    return this.flat.rebuildOut(outs);
  }

  /** Where it runs on these leaves. */
  deviceFor(leaves: readonly DeviceTensor[]): Device {
    const { device } = this.options;
    if (device !== undefined) return device;
    const inputs = this.captured.length === 0 ? leaves : [...(this.captured as readonly DeviceTensor[]), ...leaves];
    return deviceOf(this.name, inputs);
  }

  on(device: Device): ProgramOnDevice {
    if (this.#latest?.program.device === device) return this.#latest;
    let compiled = this.#compiled.get(device);
    if (compiled === undefined) {
      compiled = this.#compile(device);
      this.#compiled.set(device, compiled);
    }
    this.#latest = compiled;
    return compiled;
  }

  #compile(device: Device): ProgramOnDevice {
    const { jaxpr } = this.jaxpr;
    const { keepUnused } = this.options;
    const all = jaxpr.outvars.map(() => true);
    const cleaned = dceJaxpr(jaxpr, all, keepUnused);
    const usedIn = keepUnused ? jaxpr.invars.map(() => true) : cleaned.usedIn;
    const used = usedIn.flatMap((u, i) => (u ? [i] : []));
    const offset = this.captured.length;
    const donated = this.donated.map((i) => used.indexOf(i + offset)).filter((i) => i >= 0);
    const leaves = used.filter((i) => i >= offset).map((i) => i - offset);
    return new ProgramOnDevice(
      compileProgram(new ClosedJaxpr(cleaned.jaxpr, []), this.name, device, donated),
      (this.captured as readonly DeviceTensor[]).filter((_, i) => usedIn[i]),
      leaves.length === jaxpr.invars.length - offset ? null : leaves,
    );
  }
}

function areConcrete(leaves: readonly Tensor[]): leaves is readonly DeviceTensor[] {
  for (let i = 0; i < leaves.length; i++) if (!(leaves[i] instanceof DeviceTensor)) return false;
  return true;
}
