import type { Client, Device, DeviceKind } from "./client.js";

/** A device, which prints as its name: `cpu:0`. */
export function makeDevice(kind: DeviceKind, index: number, description: string, client: Client): Device {
  const name = `${kind}:${index}`;
  const hidden = {
    client: { value: client },
    toString: { value: () => name },
    [Symbol.for("nodejs.util.inspect.custom")]: { value: () => name },
  };
  return Object.freeze(Object.defineProperties({ kind, index, description }, hidden)) as Device;
}
