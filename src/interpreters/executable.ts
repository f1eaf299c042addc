/** A compiled program on a device, from tensors to tensors. */

import type { Buffer, HloModule } from "../../xla-like/index.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { type Device, defaultDevice } from "../core/devices.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { DeviceError } from "../prelude/errors.js";
import { lowerProgram } from "./lowering.js";

export interface CompiledProgram {
  readonly module: HloModule;
  readonly device: Device;
  run(args: readonly DeviceTensor[]): DeviceTensor[];
}

/** Where a computation on these operands runs: on the device the committed ones are on. */
export function deviceOf(name: string, args: readonly DeviceTensor[]): Device {
  let chosen: DeviceTensor | null = null;
  for (const x of args) {
    if (!x.committed) continue;
    if (chosen && chosen.device !== x.device) {
      const at = (y: DeviceTensor) => `operand ${args.indexOf(y)} (${y.aval}) is on ${y.device}`;
      throw new DeviceError(
        "CT500",
        `${name}: ${at(chosen)}, but ${at(x)}. Move one with devicePut(x, "${chosen.device}"); nothing moves between devices by itself.`,
      );
    }
    chosen = x;
  }
  return chosen?.device ?? defaultDevice();
}

/** The operand's buffer on the device; uncommitted operands are copied there. */
function bufferOn(device: Device, name: string, x: DeviceTensor): Buffer {
  const buffer = x.usable(name);
  if (buffer.device === device) return buffer;
  return device.client.fromHost(buffer.read().slice(), buffer.shape, device);
}

export function compileProgram(
  closed: ClosedJaxpr,
  name: string,
  device: Device,
  donated: readonly number[] = [],
): CompiledProgram {
  const { module, consts } = lowerProgram(closed, name, donated);
  const executable = device.client.compile(module, device);
  const outAvals = closed.outAvals;
  return {
    module,
    device,
    run(args) {
      const buffers: Buffer[] = [];
      let committed = false;
      for (const x of consts) buffers.push(bufferOn(device, name, x));
      for (const x of args) {
        committed ||= x.committed;
        buffers.push(bufferOn(device, name, x));
      }
      const results = executable.execute(buffers);
      for (const i of donated) args[i].markDonated();
      return results.map((b, i) => new DeviceTensor(outAvals[i], b, committed));
    },
  };
}
