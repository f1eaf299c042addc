/** Layers: plain objects that make parameters and apply them. */
export * from "./conv.js";
export * from "./dense.js";
export type { ApplyOptions, InputSpec, Layer, ParamsOf } from "./layer.js";
export * from "./norm.js";
export * from "./sequential.js";
