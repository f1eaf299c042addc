/** Mathematical functions as LLVM IR over any number of lanes; what they promise is in docs/adr/0007-llvm-jit.md. */
import { erf, erfc, erfInv } from "./error-function.js";
import { exp, exp2, expm1, logistic } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import { acosh, asinh, atanh, cosh, sinh, tanh } from "./hyperbolic.js";
import { acos, asin, atan, atan2 } from "./inverse-trigonometric.js";
import type { IrValue } from "./ir.js";
import { log, log1p, log2 } from "./logarithm.js";
import { cbrt, pow, rsqrt } from "./power.js";
import { ceil, floor, remainder, roundAway, roundEven, sign, sqrt } from "./rounding.js";
import { cos, sin, tan } from "./trigonometric.js";

export type UnaryEmitter = (f: FloatOps, x: IrValue) => IrValue;
export type BinaryEmitter = (f: FloatOps, x: IrValue, y: IrValue) => IrValue;

export const unaryFunctions = {
  acos, acosh, asin, asinh, atan, atanh, cbrt, ceil, cos, cosh, erf, erfc, erfInv, exp, exp2, expm1, floor, log, log1p,
  log2, logistic, roundAway, roundEven, rsqrt, sign, sin, sinh, sqrt, tan, tanh,
} as const satisfies Record<string, UnaryEmitter>; // biome-ignore format: a table

export const binaryFunctions = { atan2, pow, remainder } as const satisfies Record<string, BinaryEmitter>;

export type UnaryFunctionName = keyof typeof unaryFunctions;
export type BinaryFunctionName = keyof typeof binaryFunctions;

export { emitConstant, emitElement } from "./constants.js";
export { emitConvert } from "./conversions.js";
export { elementwiseModule } from "./elementwise.js";
export { type FloatFormat, FloatOps, float32Format, float64Format, type ScalarTarget } from "./float-ops.js";
export { IrBuilder, IrModule, type IrType, type IrValue, irType, splat, typeText } from "./ir.js";
export { anyTrue, choose, loopWhile, spread } from "./lanes.js";
export {
  type AccessOptions,
  gatherElements,
  loadElements,
  loadScalarSplat,
  memoryElement,
  storeElements,
  storeScalar,
} from "./memory.js";
export { emitOperation } from "./operations.js";
export {
  type ComplexValue,
  isComplexValue,
  type OperationContext,
  registerElement,
  type Value,
} from "./value.js";
