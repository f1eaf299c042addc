/** Arbitraries for fast-check. */
export { broadcastable } from "./broadcastable.js";
export { type DTypeKind, type DTypeOptions, dtype } from "./dtype.js";
export { type Program, type ProgramOptions, program } from "./program.js";
export { pytree } from "./pytree.js";
export { type ShapeOptions, shape } from "./shape.js";
export { type ElementOptions, type TensorOptions, type TensorsOptions, tensor, tensors } from "./tensor.js";
