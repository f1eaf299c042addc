/** The devices of this machine and the default one. */

import {
  cpuClient,
  cudaClient,
  type Device,
  type DeviceKind,
  referenceClient,
  whyNoCuda,
} from "../../xla-like/index.js";
import { ArgumentError, DeviceError } from "../prelude/errors.js";
import { notAsync } from "../prelude/not-async.js";

export type { Device, DeviceKind };

const cpu = cpuClient();
const cuda = cudaClient();
const clients = [...(cpu.ok ? [cpu.client] : []), ...(cuda === undefined ? [] : [cuda]), referenceClient()];
const all: readonly Device[] = clients.flatMap((c) => c.devices);

/** The devices, or those of one kind; empty where there is none. */
export function devices(kind?: DeviceKind): Device[] {
  return all.filter((d) => kind === undefined || d.kind === kind);
}

/** A device by its name (`"reference:0"`), by its kind (the first of it), or as it is. */
export function asDevice(device: Device | string, where: string): Device {
  if (typeof device !== "string") {
    if (all.includes(device)) return device;
    throw new ArgumentError("CT501", `${where}: the device must be a Device or its name, as devices() lists them.`);
  }
  const found = all.find((d) => d.toString() === device || (d.kind === device && d.index === 0));
  if (found) return found;
  const card = /^cuda(?::(\d+))?$/.exec(device);
  const why = card ? `${whyNoCuda(Number(card[1] ?? 0))} ` : "";
  throw new DeviceError(
    "CT501",
    `${where}: there is no device '${device}' here. ${why}There is ${all.join(", ")}. cotangent never falls back to another device.`,
  );
}

let chosen: Device = initialDevice();

/** The processor, or the device that COTANGENT_DEVICE names: cards are for those who ask for one. */
function initialDevice(): Device {
  const wanted = process.env.COTANGENT_DEVICE;
  if (wanted) return asDevice(wanted, "COTANGENT_DEVICE");
  if (!cpu.ok) {
    process.stderr.write(`cotangent: no native code, so everything runs on reference:0, slowly: ${cpu.reason}\n`);
  }
  return cpu.ok ? all[0] : referenceClient().devices[0];
}

/** The device on which tensors are made when nothing else decides; with an argument, sets it. */
export function defaultDevice(device?: Device | string): Device {
  if (device !== undefined) chosen = asDevice(device, "defaultDevice");
  return chosen;
}

/**
 * Runs `f` with another default device.
 * @throws ArgumentError (CT015) if `f` is async: the device would be the old one again after its first `await`
 */
export function withDefaultDevice<T>(device: Device | string, f: () => T): T {
  const saved = chosen;
  chosen = asDevice(device, "withDefaultDevice");
  try {
    return notAsync(
      f(),
      "withDefaultDevice: the function is asynchronous, but the default device changes back before it is done. " +
        "Await data before the call, or give the device to devicePut and to what makes tensors.",
    );
  } finally {
    chosen = saved;
  }
}
