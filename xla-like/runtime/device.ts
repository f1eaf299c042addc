import type { Client, Device, DeviceKind } from "./client.js";

export const makeDevice = (kind: DeviceKind, index: number, description: string, client: Client): Device =>
  Object.freeze({ kind, index, description, client, toString: () => `${kind}:${index}` });
