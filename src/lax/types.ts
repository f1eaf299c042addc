/** Conversions of element types. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as p from "../primitives/index.js";
import { tensor } from "./operands.js";

/** x in another dtype. Floats become integers by truncation, saturating; NaN becomes 0. */
export const convertElementType = (x: ArrayLike, dtype: DType): Tensor =>
  p.convert(tensor("lax.convertElementType", x), asDType(dtype, "lax.convertElementType"));

/** The bits of x as another dtype; of another width, with a dimension for the parts added or removed. */
export const bitcastConvertType = (x: ArrayLike, dtype: DType): Tensor =>
  p.bitcastConvertType(tensor("lax.bitcastConvertType", x), asDType(dtype, "lax.bitcastConvertType"));

/** x rounded to a float format of fewer bits. */
export const reducePrecision = (x: ArrayLike, exponentBits: number, mantissaBits: number): Tensor =>
  p.reducePrecision(tensor("lax.reducePrecision", x), exponentBits, mantissaBits);

/** The operands as they are; no work is moved across by the compiler. */
export const optimizationBarrier = (...xs: readonly ArrayLike[]): Tensor[] => [
  ...p.optimizationBarrier(xs.map((x) => tensor("lax.optimizationBarrier", x))),
];
