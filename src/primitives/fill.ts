/** Tensors of one repeated value. */

import { hostArray } from "../../xla-like/index.js";
import { fromHost } from "../core/device-tensor.js";
import type { DType } from "../core/dtype.js";
import { literal, type ScalarValue } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { broadcastInDim } from "./shape.js";

/** What a filled tensor is made like: an aval, a tensor, or a symbolic zero's aval. */
interface Like {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly weakType?: boolean;
}

/** A tensor of one value: the scalar itself for shape [], else its broadcast in the current trace. */
export const full = (shape: readonly number[], value: ScalarValue, dtype: DType, weakType = false): Tensor =>
  broadcastInDim(literal(value, dtype, weakType), shape, []);

/** A tensor of one value, typed like another. */
export const fullLike = (like: Like, value: ScalarValue): Tensor =>
  full(like.shape, value, like.dtype, like.weakType ?? false);

/** Zeros of a type. Those of `float0` hold no data and are made on the host. */
export const zerosLike = (like: Like): Tensor =>
  like.dtype === "float0" ? fromHost(hostArray("float0", 0), like.shape, "float0") : fullLike(like, 0);

/** Ones of a type. */
export const onesLike = (like: Like): Tensor => fullLike(like, 1);
