/** Values in registers: one element of each lane, by element type. */
import { type DType, dtypes, realPart } from "../../hlo/dtype.js";
import { FloatOps, float32Format, float64Format, type ScalarTarget } from "./float-ops.js";
import type { IrBuilder, IrValue } from "./ir.js";
import { spread } from "./lanes.js";

export interface ComplexValue {
  readonly re: IrValue;
  readonly im: IrValue;
}

/**
 * bool is i1; integers are as wide as their type, which says how they are signed; float16 and bfloat16 are float
 * holding a number of theirs; complex numbers are two floats.
 */
export type Value = IrValue | ComplexValue;

/** Where operations are written, and over how many lanes; one lane means plain scalar types. */
export interface OperationContext {
  readonly builder: IrBuilder;
  readonly lanes: number;
  readonly target: ScalarTarget;
}

export const isComplexValue = (v: Value): v is ComplexValue => "re" in v;

/** A value that is known not to be complex. */
export function single(v: Value): IrValue {
  if (isComplexValue(v)) throw new TypeError("a complex value where a real one belongs");
  return v;
}

/** A value that is known to be complex. */
export function parts(v: Value): ComplexValue {
  if (isComplexValue(v)) return v;
  throw new TypeError("a real value where a complex one belongs");
}

/** The type's name in LLVM IR, in registers; of complex types that of a part. */
export function registerElement(dtype: DType): string {
  const { kind, bytes } = dtypes[dtype];
  if (kind === "bool") return "i1";
  if (kind === "float" || kind === "complex") return realPart(dtype) === "float64" ? "double" : "float";
  return `i${8 * bytes}`;
}

/** Arithmetic on what floats of a type, or the parts of a complex type, are in registers. */
export const floatOpsOf = (cx: OperationContext, dtype: DType): FloatOps =>
  new FloatOps(cx.builder, registerElement(dtype) === "double" ? float64Format : float32Format, cx.lanes, cx.target);

/** One lane's value in all lanes; others as they are. */
export function spreadValue(cx: OperationContext, v: Value): Value {
  if (!isComplexValue(v)) return spread(cx.builder, v, cx.lanes);
  return { re: spread(cx.builder, v.re, cx.lanes), im: spread(cx.builder, v.im, cx.lanes) };
}
