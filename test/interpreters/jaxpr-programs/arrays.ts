import type { Tensor } from "../../../src/core/tensor.js";
import * as lax from "../../../src/lax/index.js";
import * as np from "../../../src/numpy/index.js";
import { IndexedTensor, takeIndex } from "../../../src/numpy/indexing/index.js";
import { float, type Programs } from "./types.js";

const at = (x: Tensor, ...index: unknown[]): Tensor => takeIndex("slice", x, index);

/** Each index vector names a row. */
const rows = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };

export const arrayPrograms: Programs = {
  broadcast_to: (x) => np.broadcastTo(x, [2, 3]),
  reshape: (x) => np.reshape(x, [3, 2]),
  "reshape minus one": (x) => np.reshape(x, [-1]),
  transpose: (x) => np.transpose(x),
  "transpose axes": (x) => np.transpose(x, [2, 0, 1]),
  "swapaxes and moveaxis": (x) => np.moveaxis(np.swapaxes(x, 0, 1), -1, 0),
  squeeze: (x) => np.squeeze(x, 1),
  expand_dims: (x) => np.expandDims(x, [0, 2]),
  newaxis: (x) => at(x, "...", null),
  concatenate: (x, y) => np.concatenate([x, y, x], 1),
  "concatenate dtypes": (x, y) => np.concatenate([x, y]),
  stack: (x, y) => np.stack([x, y], -1),
  split: (x) => np.split(x, 2),

  slice: (x) => at(x, [1, 3]),
  "slice strided": (x) => at(x, [null, null, 2], [1, null]),
  "reverse slice": (x) => at(x, [null, null, -1]),
  "lax slice and rev": (x) => lax.rev(lax.slice(x, [0, 1], [2, 3], [1, 2]), [0]),
  "static index": (x) => at(x, 0),
  "negative static index": (x) => at(x, -1, 1),
  "gather by array": (x, i) => at(x, i),
  "gather by scalar": (x, i) => at(x, i),
  "gather two arrays": (x, i, j) => at(x, i, j),
  "gather uint8 index": (x, i) => at(x, i),
  take: (x, i) => np.take(x, i, 1),
  take_along_axis: (x, i) => np.takeAlongAxis(x, i, 1),
  dynamic_slice: (x, i) => lax.dynamicSlice(x, [i], [2]),
  dynamic_update_slice: (x, u, i) => lax.dynamicUpdateSlice(x, u, [i]),
  dynamic_index_in_dim: (x, i) => lax.dynamicIndexInDim(x, i, 0, { keepdims: false }),
  "lax pad": (x) =>
    lax.pad(x, 0, [
      [1, 2, 1],
      [-1, 0, 0],
    ]),
  "at set": (x, v) => new IndexedTensor(x, [1]).set(v),
  "at add by array": (x, i, v) => new IndexedTensor(x, [i]).add(v),
  "at set slice": (x) => new IndexedTensor(x, [[1, 3]]).set(0),
  "lax scatter_add": (x, i, u) => lax.scatterAdd(x, i, u, rows),

  segment_sum: (x, i) => lax.scatterAdd(np.zeros([3]), np.expandDims(i, 1), x, rows),
  arange: () => np.arange(4),
  "arange with step": () => np.arange(0, 2, 0.5),
  "zeros and ones": () => [np.zeros([2, 3]), np.ones([3], { dtype: "int32" }), np.full([2], float(7))],
  zeros_like: (x) => [np.zerosLike(x), np.onesLike(x)],
  eye: () => np.eye(3),
  "lax iota": () => [lax.iota("int32", 4), lax.broadcastedIota("int32", [2, 3], 1)],
  tril: (x) => np.tril(x),

  "sum all": (x) => np.sum(x),
  "sum axis": (x) => np.sum(x, 0),
  "sum keepdims": (x) => np.sum(x, -1, { keepdims: true }),
  "sum of int8": (x) => np.sum(x),
  "sum of bfloat16": (x) => np.sum(x),
  "sum of bool": (x) => np.sum(x),
  "max and min": (x) => [np.max(x, 1), np.min(x, [0, 1])],
  "mean axis": (x) => np.mean(x, 1),
  "mean of int": (x) => np.mean(x),
  var: (x) => np.var(x, 0),
  std: (x) => np.std(x, -1, { keepdims: true, ddof: 1 }),
  prod: (x) => np.prod(x),
  "all and any": (x) => [np.all(x), np.any(x, 0)],
  "lax reduce": (x) => lax.reduce(x, float(0), lax.add, [0]),
  cumsum: (x) => np.cumsum(x, 1),
  "lax cumulative": (x) => [lax.cumprod(x), lax.cummax(x, 0, { reverse: true }), lax.cumlogsumexp(x)],
  argmax: (x) => np.argmax(x, 1),
  "argmax flat": (x) => np.argmax(x),
  sort: (x) => np.sort(x, 0),
  argsort: (x) => np.argsort(x),
  top_k: (x) => lax.topK(x, 2),
  "sort with keys": (x, y) => lax.sort([x, y], -1, { numKeys: 1 }),
  "multiple outputs": (x) => [np.sin(x), np.add(x, 1), { s: np.sum(x) }],
};
