/** Arithmetic of leaves with hyperparameters: numbers as exact as the leaf, tensors in the leaf's type. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { isComplex } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import * as p from "../primitives/index.js";
import type { Scalar, ScalarOrSchedule, Schedule } from "./types.js";

/** A hyperparameter in x's type. */
export const like = (x: Tensor, h: Scalar): Tensor =>
  h instanceof Tensor ? p.convert(h, x.dtype) : p.scalarLike(x, h);

/** h · x. */
export const times = (h: Scalar, x: Tensor): Tensor => p.mul(like(x, h), x);
/** x + h. */
export const plus = (x: Tensor, h: Scalar): Tensor => p.add(x, like(x, h));
/** 1 - h. */
export const complement = (h: Scalar): Scalar => (h instanceof Tensor ? p.sub(1, h) : 1 - h);
export const negated = (h: Scalar): Scalar => (h instanceof Tensor ? p.neg(h) : -h);

/** |x|² of each element, real. */
export const absSquare = (x: Tensor): Tensor => (isComplex(x.dtype) ? p.real(p.mul(p.conj(x), x)) : p.mul(x, x));

/** The type that scalars beside x are computed in: float32, or float64 beside 64-bit types. */
export const scalarDtype = (x: Tensor): "float32" | "float64" =>
  x.dtype === "float64" || x.dtype === "complex128" ? "float64" : "float32";

/** base^count in the type of scalars beside x. */
export function powerBeside(x: Tensor, base: Scalar, count: Tensor): Tensor {
  const dtype = scalarDtype(x);
  const b = base instanceof Tensor ? p.convert(base, dtype) : p.full([], base, dtype);
  return p.pow(b, p.convert(count, dtype));
}

export const isSchedule = (x: ScalarOrSchedule): x is Schedule => typeof x === "function";

/** The value of a schedule at a step, as a tensor. */
export const valueAt = (schedule: Schedule, step: Tensor): Tensor =>
  asTensor(schedule(step) as ArrayLike, "optim: a schedule");

/** A count of 0. */
export const zeroCount = (): Tensor => p.full([], 0, "int32");
