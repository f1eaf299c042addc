/** Recorded programs of numpy's functions. */
import { literal } from "../../src/core/scalars.js";
import { grad, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as elementwise from "../../src/numpy/index.js";
import * as creation from "../../src/numpy/creation.js";
import * as einsums from "../../src/numpy/einsum.js";
import { takeIndex } from "../../src/numpy/indexing/index.js";
import { IndexedTensor } from "../../src/numpy/indexing/index.js";
import * as joining from "../../src/numpy/joining.js";
import * as products from "../../src/numpy/products.js";
import * as ranges from "../../src/numpy/ranges.js";
import * as shapes from "../../src/numpy/shapes.js";
import * as sorting from "../../src/numpy/sorting.js";
import * as P from "../../src/primitives/index.js";
import type { Programs } from "./jaxpr-programs.js";

const sumAll = (x: Tensor): Tensor =>
  P.reduceSum(
    x,
    x.shape.map((_, i) => i),
  );

const np = { ...elementwise, ...creation, ...einsums, ...joining, ...products, ...ranges, ...shapes, ...sorting };
const at = (x: Tensor, ...index: unknown[]): Tensor => takeIndex("slice", x, index);

export const numpyPrograms: Programs = {
  "weak scalar argument": (x, y) => np.multiply(x, y),
  "two weak arguments": (x, y) => np.add(np.multiply(x, y), 1),
  "row broadcast": (x, y) => np.add(x, y),
  "column broadcast": (x, y) => np.multiply(x, y),
  "both broadcast": (x, y) => np.multiply(x, y),
  broadcast_to: (x) => np.broadcastTo(x, [2, 3]),
  "mixed dtypes": (x, y) => np.add(x, y),
  "half plus float": (x, y) => np.multiply(x, y),
  "dot vectors": (x, y) => np.dot(x, y),
  matmul: (x, y) => np.matmul(x, y),
  "matmul batched": (x, y) => np.matmul(x, y),
  "matrix times vector": (x, y) => np.matmul(x, y),
  "einsum contraction": (x, y) => np.einsum("ij,jk->ik", x, y),
  "einsum batch and transpose": (x, y) => np.einsum("bqhd,bkhd->bhqk", x, y),
  "einsum trace": (x) => np.einsum("ii->", x),
  outer: (x, y) => np.outer(x, y),
  tensordot: (x, y) => np.tensordot(x, y, 2),
  reshape: (x) => np.reshape(x, [3, 2]),
  "reshape minus one": (x) => np.reshape(x, [-1]),
  transpose: (x) => np.transpose(x),
  "transpose axes": (x) => np.transpose(x, [2, 0, 1]),
  "swapaxes and moveaxis": (x) => np.moveaxis(np.swapaxes(x, 0, 1), -1, 0),
  squeeze: (x) => np.squeeze(x, 1),
  expand_dims: (x) => np.expandDims(x, [0, 2]),
  newaxis: (x) => at(x, "...", null),
  slice: (x) => at(x, [1, 3]),
  "slice strided": (x) => at(x, [null, null, 2], [1, null]),
  "reverse slice": (x) => at(x, [null, null, -1]),
  "static index": (x) => at(x, 0),
  "negative static index": (x) => at(x, -1, 1),
  "gather by array": (x, i) => at(x, i),
  "gather by scalar": (x, i) => at(x, i),
  "gather two arrays": (x, i, j) => at(x, i, j),
  "gather uint8 index": (x, i) => at(x, i),
  "at set": (x, v) => new IndexedTensor(x, [1]).set(v),
  "at add by array": (x, i, v) => new IndexedTensor(x, [i]).add(v),
  "at set slice": (x) => new IndexedTensor(x, [[1, 3]]).set(0),
  concatenate: (x, y) => np.concatenate([x, y, x], 1),
  "concatenate dtypes": (x, y) => np.concatenate([x, y]),
  stack: (x, y) => np.stack([x, y], -1),
  split: (x) => np.split(x, 2),
  comparisons: (x, y) => [
    np.less(x, y),
    np.lessEqual(x, y),
    np.greater(x, y),
    np.greaterEqual(x, y),
    np.equal(x, y),
    np.notEqual(x, y),
  ],
  "compare with literal": (x) => np.greater(x, 1),
  "maximum and minimum": (x, y) => np.minimum(np.maximum(x, 0), y),
  astype: (x) => np.astype(x, "int32"),
  "convert chain": (x) => np.astype(np.astype(np.astype(x, "bfloat16"), "float32"), "bool"),
  arange: () => np.arange(4),
  "arange with step": () => np.arange(0, 2, 0.5),
  "zeros and ones": () => [
    np.zeros([2, 3]),
    np.ones([3], { dtype: "int32" }),
    np.full([2], literal(7, "float32", true)),
  ],
  zeros_like: (x) => [np.zerosLike(x), np.onesLike(x)],
  sort: (x) => np.sort(x, 0),
  argsort: (x) => np.argsort(x),
  "grad gather": grad((x: Tensor, i: Tensor) => sumAll(P.integerPow(at(x, i), 2))),
  "vmap where and gather": vmap((x: Tensor, i: Tensor) => at(x, i)),
  "vmap dot": vmap((x: Tensor, y: Tensor) => np.dot(x, y)),
  "vmap matmul both": vmap((x: Tensor, y: Tensor) => np.matmul(x, y)),
  "multiple outputs": (x) => [np.sin(x), np.add(x, 1), { s: sumAll(x) }],
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
