/**
 * Property-based checks of functions of tensors: derivatives against finite differences, vmap against loops, jit against
 * evaluation; arbitraries for fast-check.
 */

export { GradientCheckError, type Mismatch } from "../src/prelude/errors.js";
export type {
  DTypeKind,
  DTypeOptions,
  ElementOptions,
  Program,
  ProgramOptions,
  ShapeOptions,
  TensorOptions,
  TensorsOptions,
} from "./arbitraries/index.js";
export * as arbitraries from "./arbitraries/index.js";
export { type CheckGradsOptions, checkGrads, type Mode } from "./check-grads.js";
export { type CheckJitOptions, checkJit } from "./check-jit.js";
export { type CheckVmapOptions, checkVmap } from "./check-vmap.js";
export type { GradientPropertyOptions } from "./gradient-property.js";
export { type GradientTestOptions, itHasCorrectGradients } from "./it-has-correct-gradients.js";
