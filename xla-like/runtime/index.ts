export { NoKernel } from "../5-emit/no-kernel.js";
export type {
  Buffer,
  Client,
  CostAnalysis,
  Device,
  DeviceKind,
  Executable,
  HeldBytes,
  MemoryAnalysis,
  MemoryStats,
  UnfilledBuffer,
} from "./client.js";
export { cpuClient } from "./cpu.js";
export { cudaClient, whyNoCuda } from "./cuda.js";
export { DeviceFailure, OutOfMemory, RuntimeUseError } from "./errors.js";
export { type MemoryPart, type NativeFiles, nativeFiles } from "./native-files.js";
export { referenceClient } from "./reference-client.js";
