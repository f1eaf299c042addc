/** Recorded programs of numpy's functions. */
import { grad, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as np from "../../src/numpy/index.js";
import * as P from "../../src/primitives/index.js";
import type { Programs } from "./jaxpr-programs.js";

const sumAll = (x: Tensor): Tensor =>
  P.reduceSum(
    x,
    x.shape.map((_, i) => i),
  );

export const numpyPrograms: Programs = {
  "weak scalar argument": (x, y) => np.multiply(x, y),
  "two weak arguments": (x, y) => np.add(np.multiply(x, y), 1),
  "row broadcast": (x, y) => np.add(x, y),
  "column broadcast": (x, y) => np.multiply(x, y),
  "both broadcast": (x, y) => np.multiply(x, y),
  "integer operations": (x, y) => [
    np.add(x, y),
    np.multiply(x, 2),
    np.floorDivide(x, y),
    np.remainder(x, y),
    np.subtract(x, 1),
    P.integerPow(x, 2),
  ],
  "float floor division and mod": (x, y) => [np.floorDivide(x, y), np.remainder(x, y)],
  "isnan and isfinite": (x) => [np.isnan(x), np.isfinite(x), np.isinf(x)],
  "bool operations": (x, y) => [
    np.bitwiseAnd(x, y),
    np.bitwiseOr(x, y),
    np.invert(x),
    np.logicalXor(x, y),
    np.logicalNot(x),
  ],
  "grad broadcast": grad((b: Tensor, x: Tensor) => sumAll(P.integerPow(np.add(x, b), 2))),
  "vmap out_axes": vmap((x: Tensor, y: Tensor) => np.multiply(x, y), { inAxes: [0, null], outAxes: 1 }),
  "vmap grad over parameters": vmap(
    grad((w: Tensor, x: Tensor) =>
      sumAll(
        np.tanh(
          P.dotGeneral(
            x,
            w,
            [
              [[0], [0]],
              [[], []],
            ],
            { preferredElementType: "float32" },
          ),
        ),
      ),
    ),
    { inAxes: [null, 0] },
  ),
};
