export type { Buffer, Client, Device, DeviceKind, Executable, MemoryStats } from "./client.js";
export { RuntimeUseError } from "./errors.js";
export { referenceClient } from "./reference-client.js";
