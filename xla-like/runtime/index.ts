export type {
  Buffer,
  Client,
  CostAnalysis,
  Device,
  DeviceKind,
  Executable,
  MemoryAnalysis,
  MemoryStats,
} from "./client.js";
export { cpuClient } from "./cpu.js";
export { whyNoCuda } from "./cuda.js";
export { OutOfMemory, RuntimeUseError } from "./errors.js";
export { referenceClient } from "./reference-client.js";
