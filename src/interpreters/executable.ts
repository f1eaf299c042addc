/** A compiled program on a device, from tensors to tensors. */

import {
  type Buffer,
  dumpStage,
  type Executable,
  type HloModule,
  isDumping,
  printModule,
} from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { teachFailure } from "../core/device-failures.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { type Device, defaultDevice } from "../core/devices.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { DeviceError, DonationError } from "../prelude/errors.js";
import { lowerProgram } from "./lowering.js";

/** Where a computation on these operands runs: on the device the committed ones are on. */
export function deviceOf(name: string, args: readonly DeviceTensor[]): Device {
  let chosen: DeviceTensor | undefined;
  for (let i = 0; i < args.length; i++) {
    const x = args[i];
    if (!x.committed) continue;
    if (chosen === undefined) chosen = x;
    else if (chosen.device !== x.device) throw differentDevices(name, args, chosen, x);
  }
  return chosen === undefined ? defaultDevice() : chosen.device;
}

function differentDevices(name: string, args: readonly DeviceTensor[], a: DeviceTensor, b: DeviceTensor): DeviceError {
  const at = (x: DeviceTensor) => `operand ${args.indexOf(x)} (${x.aval}) is on ${x.device}`;
  return new DeviceError(
    "CT500",
    `${name}: ${at(a)}, but ${at(b)}. Move one with devicePut(x, "${a.device}"); nothing moves between devices by itself.`,
  );
}

/** A lowered program, compiled when it is first run. */
export class CompiledProgram {
  #executable: Executable | undefined;
  readonly #outAvals: readonly ShapedArray[];

  constructor(
    readonly name: string,
    private readonly jaxpr: ClosedJaxpr,
    readonly module: HloModule,
    readonly device: Device,
    /** Passed before the arguments. */
    private readonly consts: readonly DeviceTensor[],
    /** Arguments whose memory the results may take over. */
    private readonly donated: readonly number[],
  ) {
    this.#outAvals = jaxpr.outAvals;
  }

  get executable(): Executable {
    this.#executable ??= this.#compile();
    return this.#executable;
  }

  #compile(): Executable {
    const { module, device } = this;
    if (isDumping()) {
      dumpStage(module.name, 0, "trace.jaxpr", `${this.jaxpr}\n`);
      dumpStage(module.name, 0, "lower.hlo", printModule(module));
    }
    try {
      return device.client.compile(module, device);
    } catch (error) {
      throw teachFailure(error, this.name);
    }
  }

  run(args: readonly DeviceTensor[]): DeviceTensor[] {
    const { device, name, consts, donated } = this;
    const executable = this.#executable ?? this.executable;
    const buffers = new Array<Buffer>(consts.length + args.length);
    let committed = false;
    let k = 0;
    for (let i = 0; i < consts.length; i++) buffers[k++] = consts[i].bufferOn(device, name);
    for (let i = 0; i < args.length; i++) {
      const x = args[i];
      if (x.committed) committed = true;
      buffers[k++] = x.bufferOn(device, name);
    }
    if (donated.length > 0) this.#prepareDonation(args, buffers);
    let results: Buffer[];
    try {
      results = executable.execute(buffers);
    } catch (error) {
      throw teachFailure(error, name);
    }
    for (let i = 0; i < donated.length; i++) args[donated[i]].markDonated();
    const outAvals = this.#outAvals;
    const outs = new Array<DeviceTensor>(results.length);
    for (let i = 0; i < results.length; i++) outs[i] = new DeviceTensor(outAvals[i], results[i], committed);
    return outs;
  }

  /** Each donated buffer must be there once: its memory is reused while the others are still read. */
  #prepareDonation(args: readonly DeviceTensor[], buffers: Buffer[]): void {
    const { device, name, consts, donated } = this;
    for (const i of donated) buffers[consts.length + i] = args[i].ownBufferOn(device, name);
    if (new Set(buffers).size === buffers.length) return;
    for (const i of donated) {
      const buffer = buffers[consts.length + i];
      const other = buffers.findIndex((b, j) => b === buffer && j !== consts.length + i) - consts.length;
      if (other < -consts.length) continue;
      throw new DonationError(
        "CT504",
        `${name}: a donated ${args[i].aval} tensor is passed twice${other < 0 ? ", or closed over" : ""}${
          donated.includes(other) ? ", and donated each time" : ""
        }. Its memory is given away once and must not be read elsewhere in the call: ` +
          "pass a copy (x.copy()) in one place, or leave the argument out of donateArgnums.",
      );
    }
  }
}

export function compileProgram(
  closed: ClosedJaxpr,
  name: string,
  device: Device,
  donated: readonly number[] = [],
): CompiledProgram {
  const { module, consts } = lowerProgram(closed, name, donated);
  return new CompiledProgram(name, closed, module, device, consts, donated);
}
