import type { ArrayLike } from "../core/array-like.js";
import { isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError } from "../prelude/errors.js";
import { convert } from "../primitives/convert.js";
import { toTensor } from "./promote.js";

/** Indices as a tensor. Whole numbers in plain arrays, float32 elsewhere, can only be integers here. */
export function integerIndices(fn: string, indices: ArrayLike): Tensor {
  const t = toTensor(fn, indices);
  if (isInteger(t.dtype)) return t;
  if (Array.isArray(indices) && t.dtype === "float32") return convert(t, "int32");
  throw new DTypeError(
    "CT105",
    `${fn}: the indices are ${t.dtype}, but they must be integers. Convert them with astype("int32").`,
  );
}
