/** Trees of tensors with a common leading axis, whose slices are called rows. */
import { flattenTensors } from "../api/flat.js";
import { jit } from "../api/jit.js";
import type { Tensors } from "../api/types.js";
import { asTensor } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { permutation } from "../random/choose.js";
import { take } from "../random/take.js";
import { keystr } from "../tree/index.js";

/** Rows of a tree: how many there are, and copies of some of them. */
export interface Rows<T> {
  readonly count: number;
  /** The rows at these places, as a tree of the same structure. */
  at(places: Int32Array): Tensors<T>;
}

// One program for each signature, whichever rows are taken.
const takeRows = jit(function takeRows(leaves: Tensor[], places: Tensor) {
  return leaves.map((x) => take(x, places, 0));
});

/** A tree's rows; its leaves must have equally long leading axes. */
export function rowsOf<T>(fn: string, tree: T): Rows<T> {
  const { leaves, treedef } = flattenTensors(tree, `${fn}: a leaf`);
  const path = (i: number): string => keystr(treedef.leafPaths()[i]) || "the tensor";
  if (leaves.length === 0) {
    throw new ArgumentError("CT003", `${fn}: the tree has no leaves. Give at least one tensor with a leading axis.`);
  }
  leaves.forEach((x, i) => {
    if (x.ndim > 0 && x.shape[0] === leaves[0].shape[0]) return;
    throw new ShapeError(
      "CT103",
      x.ndim === 0
        ? `${fn}: ${path(i)} is a scalar, which has no rows. Leave it out, or give it a leading axis; make nested arrays tensors with np.array.`
        : `${fn}: ${path(0)} has ${leaves[0].shape[0]} rows and ${path(i)} has ${x.shape[0]}. All leaves need equally many: row i of each belongs together.`,
    );
  });
  return {
    count: leaves[0].shape[0],
    at: (places) => treedef.unflatten(takeRows(leaves, asTensor(places, fn))) as Tensors<T>,
  };
}

/** The places 0 to `count` - 1, shuffled if there is a key. */
export function order(count: number, key: Tensor | undefined): Int32Array {
  return key === undefined
    ? Int32Array.from({ length: count }, (_, i) => i)
    : (permutation(key, count).dataSync() as Int32Array);
}

/** Checks a number of rows. */
export function checkCount(fn: string, name: string, value: unknown, least: number): asserts value is number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return;
  const got = typeof value === "number" ? String(value) : describeType(value);
  throw new ArgumentError("CT004", `${fn}: ${name} is ${got}, but it must be a whole number of at least ${least}.`);
}
