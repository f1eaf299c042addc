import { grad } from "../../../src/api/index.js";
import type { Tensor } from "../../../src/core/tensor.js";
import * as lax from "../../../src/lax/index.js";
import * as np from "../../../src/numpy/index.js";
import { cholesky } from "../../../src/numpy/linalg/index.js";
import type { Programs } from "./types.js";

export const productPrograms: Programs = {
  "dot vectors": (x, y) => np.dot(x, y),
  matmul: (x, y) => np.matmul(x, y),
  "matmul batched": (x, y) => np.matmul(x, y),
  "matrix times vector": (x, y) => np.matmul(x, y),
  "lax dot_general": (x, y) =>
    lax.dotGeneral(
      x,
      y,
      [
        [[1], [2]],
        [[0], [0]],
      ],
      { preferredElementType: "float32" },
    ),
  "einsum contraction": (x, y) => np.einsum("ij,jk->ik", x, y),
  "einsum batch and transpose": (x, y) => np.einsum("bqhd,bkhd->bhqk", x, y),
  "einsum trace": (x) => np.einsum("ii->", x),
  outer: (x, y) => np.outer(x, y),
  tensordot: (x, y) => np.tensordot(x, y, 2),
  conv_general_dilated: (x, w) => lax.convGeneralDilated(x, w, [1, 1], "SAME"),
  "conv NHWC strided": (x, w) =>
    lax.convGeneralDilated(x, w, [2, 2], "VALID", { rhsDilation: [2, 1], dimensionNumbers: ["NHWC", "HWIO", "NHWC"] }),
  "grad conv": grad((w: Tensor, x: Tensor) => np.sum(lax.convGeneralDilated(x, w, [1, 1], "SAME"))),
  "max pool": (x) => lax.reduceWindow(x, Number.NEGATIVE_INFINITY, lax.max, [1, 2, 2], [1, 2, 2], "VALID"),
  "average pool": (x) => np.divide(lax.reduceWindow(x, 0, lax.add, [2, 2], [1, 1], "SAME"), 4),
  fft: (x) => lax.fft(x, "RFFT", [8]),
  linalg: (x, b) => [cholesky(x), lax.linalg.triangularSolve(x, b, { leftSide: true, lower: true })],
};
