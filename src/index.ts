/** The public surface: transforms by name, everything else in namespaces. */
import "./interpreters/index.js";

export * as debug from "./api/debug.js";
export * from "./api/index.js";
export * as memory from "./api/memory.js";
export type { ArrayLike, NestedArrayLike, TypedArray } from "./core/array-like.js";
export type { ShapedArray } from "./core/aval.js";
export { type Device, type DeviceKind, defaultDevice, devices, withDefaultDevice } from "./core/devices.js";
export type { DType } from "./core/dtype.js";
export type { Complex, NestedArray, ScalarValue } from "./core/elements.js";
export type { ClosedJaxpr } from "./core/jaxpr.js";
export { withMatmulPrecision } from "./core/matmul-precision.js";
export { type Param, type ParamValues, param } from "./core/params.js";
export {
  type DefinedMultiPrimitive,
  type DefinedPrimitive,
  defineMultiPrimitive,
  definePrimitive,
  type MultiPrimitiveSpec,
  type PrimitiveSpec,
} from "./core/primitive.js";
export { Tensor } from "./core/tensor.js";
export * as data from "./data/index.js";
export * as io from "./io/index.js";
export * as lax from "./lax/index.js";
export * as nn from "./nn/index.js";
export * as numpy from "./numpy/index.js";
export * as optim from "./optim/index.js";
export * as errors from "./prelude/errors.js";
export * as random from "./random/index.js";
export * as scipy from "./scipy/index.js";
export * as tree from "./tree/index.js";
