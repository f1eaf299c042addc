// What is in the files that make_files.py reads: every dtype, scalars, nothing at all, and more than one piece of text.
import { type DType, numpy as np, type Tensor } from "../../src/index.js";

const floats = ["float16", "bfloat16", "float32", "float64"] as const;
const integers = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const;

export const ourArrays = (): Record<string, Tensor> => ({
  ...Object.fromEntries(
    [...floats, ...integers].map((dtype) => [dtype, np.array([[0, 1, 2], [3, 100, 7]]).astype(dtype)]),
  ),
  ...Object.fromEntries(
    (["complex64", "complex128"] as DType[]).map((dtype) => [
      dtype,
      np.array([1.5, -2, 3], { dtype: "float64" }).astype(dtype).mul(np.array([{ re: 0.5, im: 2 }], { dtype })),
    ]),
  ),
  special: np.array([Number.NaN, -Infinity, -0, 1e-45]),
  bool: np.array([true, false, true]),
  scalar: np.array(2.5),
  empty: np.zeros([0, 3]),
  "with.dots and ü": np.arange(5),
});

export const ourTree = (): unknown => ({ arrays: ourArrays(), layers: [{ w: np.ones([2, 2]) }], step: 7, note: "ü" });
