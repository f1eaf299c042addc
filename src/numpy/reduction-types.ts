/** The types that reductions are computed in, and their axes. */
import { type DType, dtypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { normalizeAxes } from "../prelude/numbers.js";
import { expandDims } from "../primitives/shape.js";
import type { Axis } from "./arguments.js";

const promotedInteger: Partial<Record<string, DType>> = { bool: "int32", signed: "int32", unsigned: "uint32" };

/** Sums of narrow integers are int32 or uint32; other types stay. */
export function promoteInteger(dtype: DType): DType {
  const { kind, bytes } = dtypes[dtype];
  const wide = promotedInteger[kind];
  return wide !== undefined && bytes < 4 ? wide : dtype;
}

/** Half types are summed in float32. */
export const wideFloat = (dtype: DType): DType => (dtype === "float16" || dtype === "bfloat16" ? "float32" : dtype);

/** The axes of a reduction, in order. */
export const axesOf = (fn: string, x: Tensor, axis: Axis | undefined): number[] =>
  normalizeAxes(axis, x.ndim, fn).sort((a, b) => a - b);

/** A reduced tensor with its axes of size 1 again, if they are wanted. */
export const restoreAxes = (x: Tensor, axes: readonly number[], keepdims: boolean): Tensor =>
  keepdims ? expandDims(x, axes) : x;
