/** The functions of structured.json's records, by name. */
import type { Tensor } from "../../src/core/tensor.js";
import { range } from "../../src/prelude/numbers.js";
import type { Window } from "../../src/primitives/index.js";
import * as p from "../../src/primitives/index.js";

export type F = (...xs: Tensor[]) => Tensor;

const window = (
  windowDimensions: number[],
  windowStrides: number[],
  padding: [number, number][],
  rest: Partial<Window> = {},
): Window => ({
  windowDimensions,
  windowStrides,
  padding,
  baseDilation: windowDimensions.map(() => 1),
  windowDilation: windowDimensions.map(() => 1),
  ...rest,
});

export const functions: Readonly<Record<string, F>> = {
  reduce_sum: (x) => p.reduceSum(x, [1, 0]),
  "reduce_sum no axes": (x) => p.reduceSum(x, []),
  reduce_max: (x) => p.reduceMax(x, [0]),
  "reduce_max ties": (x) => p.reduceMax(x, [0]),
  "reduce_max nan": (x) => p.reduceMax(x, [0]),
  "reduce_min ties": (x) => p.reduceMin(x, range(x.ndim)),
  reduce_prod: (x) => p.reduceProd(x, [0]),
  "reduce_prod zeros": (x) => p.reduceProd(x, [0]),
  "reduce_prod zero": (x) => p.reduceProd(x, [0]),
  "reduce_prod middle": (x) => p.reduceProd(x, [0]),
  cumsum: (x) => p.cumsum(x, 1, true),
  "cumprod zero": (x) => p.cumprod(x, 0),
  cumprod: (x) => p.cumprod(x, 0),
  "cummax ties": (x) => p.cummax(x, 0),
  "cummin reverse": (x) => p.cummin(x, 0, true),
  cumlogsumexp: (x) => p.cumlogsumexp(x, 0),
  "cumlogsumexp infinities": (x) => p.cumlogsumexp(x, 0),
  sort: (x) => p.sort([x], x.ndim - 1)[0],
  "sort ties": (x) => p.sort([x], 0)[0],
  "sort nan": (x) => p.sort([x], 0)[0],
  "sort key and value": (x, y) => p.sort([x, y], 0)[1],
  top_k: (x) => p.topK(x, 2)[0],
  dot: (x, y) =>
    p.dotGeneral(x, y, [
      [[1], [0]],
      [[], []],
    ]),
  "dot batch": (x, y) =>
    p.dotGeneral(x, y, [
      [[2], [0]],
      [[0], [2]],
    ]),
  "dot crossed": (x, y) =>
    p.dotGeneral(x, y, [
      [
        [2, 0],
        [0, 1],
      ],
      [[], []],
    ]),
  "dot outer": (x, y) =>
    p.dotGeneral(x, y, [
      [[], []],
      [[], []],
    ]),
  "matmul broadcast": (x, y) => p.matmul(x, y, { preferredElementType: "float32" }),
  "matmul vector": (x, y) => p.matmul(x, y, { preferredElementType: "float32" }),
  "matmul matrix vector": (x, y) => p.matmul(x, y, { preferredElementType: "float32" }),
  "matmul ones": (x, y) => p.matmul(x, y, { preferredElementType: "float32" }),
  "window sum": (x) =>
    p.reduceWindowSum(
      x,
      window(
        [2, 2],
        [1, 2],
        [
          [0, 1],
          [0, 0],
        ],
      ),
    ),
  "window sum dilated": (x) =>
    p.reduceWindowSum(x, window([2], [2], [[1, 2]], { baseDilation: [2], windowDilation: [3] })),
  "window sum negative padding": (x) => p.reduceWindowSum(x, window([2], [1], [[-1, -2]])),
  "window max": (x) =>
    p.reduceWindowMax(
      x,
      window(
        [1, 2],
        [1, 1],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    ),
  "window max ties": (x) => p.reduceWindowMax(x, window([2], [1], [[0, 1]])),
  "window min dilated base": (x) => p.reduceWindowMin(x, window([2], [1], [[1, 0]], { baseDilation: [2] })),
  conv: (x, w) => p.convolve(x, w, [1], "SAME"),
  "conv strides": (x, w) =>
    p.convolve(
      x,
      w,
      [2, 1],
      [
        [0, 1],
        [2, -1],
      ],
    ),
  "conv dilations": (x, w) =>
    p.convolve(
      x,
      w,
      [1, 2],
      [
        [1, 1],
        [0, 2],
      ],
      { lhsDilation: [2, 1], rhsDilation: [1, 2] },
    ),
  "conv feature groups": (x, w) => p.convolve(x, w, [1], "VALID", { featureGroupCount: 2 }),
  "conv batch groups": (x, w) => p.convolve(x, w, [2], "VALID", { batchGroupCount: 2 }),
  "conv channels last": (x, w) => p.convolve(x, w, [1, 1], "SAME", { dimensionNumbers: ["NHWC", "HWIO", "NHWC"] }),
  "conv transpose": (x, w) => p.convTranspose(x, w, [2], "SAME"),
  logaddexp: (x, y) => p.logaddexp(x, y),
};
