/** Control flow as primitives: loops, branches, checkpoints; and the compiled call. */
export * from "./arguments.js";
export * from "./associative-scan.js";
export * from "./checkpoint.js";
export * from "./checkpoint-name.js";
export * from "./checkpoint-policies.js";
export * from "./checkpoint-primitive.js";
export * from "./cond.js";
export * from "./cond-primitive.js";
export * from "./empty.js";
export * from "./initial-style.js";
export * from "./jit-call.js";
export * from "./map.js";
export { type ScanOptions, scan } from "./scan.js";
export type { ScanParams } from "./scan-jaxpr.js";
export * from "./scan-primitive.js";
export type * from "./types.js";
export * from "./while-loop.js";
export * from "./while-primitive.js";
