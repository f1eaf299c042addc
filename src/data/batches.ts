import type { Tensors } from "../api/types.js";
import type { Tensor } from "../core/tensor.js";
import { checkOptions } from "../prelude/options.js";
import { checkCount, order, rowsOf } from "./rows.js";

export interface BatchOptions {
  /** Shuffles the rows; without a key they keep their order. */
  readonly key?: Tensor | undefined;
  /** Leaves out the last batch if it is not full: one shape, hence one compilation. False by default. */
  readonly dropRemainder?: boolean | undefined;
  /** The batch to begin with: a run that goes on from a checkpoint leaves out those it has seen. 0 by default. */
  readonly start?: number | undefined;
}

/** Mini-batches, which may be iterated over again, in the same order. */
export interface Batches<T> extends Iterable<T> {
  /** How many there are, those before `start` included. */
  readonly length: number;
}

/**
 * Mini-batches of a tree along its leaves' leading axes: row i of every leaf goes into the same batch.
 *
 * @param tree tensors or typed arrays of shapes `[n, …]`
 * @param batchSize rows in a batch; the last one has what is left
 * @returns trees of the same structure, with leaves of shapes `[batchSize, …]`, made one at a time
 * @throws ShapeError CT103 if the leaves have different numbers of rows
 * @throws ArgumentError CT004 if the batch size is not a positive integer, or the start a negative one
 * @example
 * const examples = { x: np.zeros([10, 3]), label: np.arange(10) };
 * for (const batch of data.batches(examples, 4, { key: random.key(0) })) {
 *   batch.x.shape; // [4, 3], [4, 3], [2, 3]
 * }
 */
export function batches<T>(tree: T, batchSize: number, options: BatchOptions = {}): Batches<Tensors<T>> {
  const fn = "data.batches";
  checkOptions(fn, options, ["key", "dropRemainder", "start"]);
  const { start = 0 } = options;
  checkCount(fn, "batchSize", batchSize, 1);
  checkCount(fn, "start", start, 0);
  const rows = rowsOf(fn, tree);
  const places = order(rows.count, options.key);
  const length = (options.dropRemainder ? Math.floor : Math.ceil)(rows.count / batchSize);
  return {
    length,
    *[Symbol.iterator]() {
      for (let i = start; i < length; i++) yield rows.at(places.slice(i * batchSize, (i + 1) * batchSize));
    },
  };
}
