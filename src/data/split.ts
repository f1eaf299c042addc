import type { Tensors } from "../api/types.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { sum } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { checkCount, order, rowsOf } from "./rows.js";

export interface SplitOptions {
  /** Shuffles the rows before they are split; without a key the first part has the first rows. */
  readonly key?: Tensor | undefined;
}

/** One tree for each size; two for a fraction. */
export type Parts<T, S> = S extends number ? [T, T] : { -readonly [I in keyof S]: T };

/**
 * Splits a tree along its leaves' leading axes, as into training and test data: every row goes into one part.
 *
 * @param tree tensors or typed arrays of shapes `[n, …]`
 * @param sizes the parts' numbers of rows, which add up to n; or a fraction between 0 and 1 for the first of two
 * @throws ShapeError CT103 if the leaves have different numbers of rows, CT107 if the sizes do not add up
 * @throws ArgumentError CT004 if a size or the fraction is out of range
 * @example
 * const [train, test] = data.split(np.zeros([10, 3]), 0.8, { key: random.key(0) });
 * [train.shape, test.shape]; // [[8, 3], [2, 3]]
 * const [a, b, c] = data.split(np.arange(10), [5, 3, 2]);
 * c.js(); // [8, 9]
 */
export function split<T, const S extends number | readonly number[]>(
  tree: T,
  sizes: S,
  options: SplitOptions = {},
): Parts<Tensors<T>, S> {
  const fn = "data.split";
  checkOptions(fn, options, ["key"]);
  const rows = rowsOf(fn, tree);
  const counts: readonly number[] = typeof sizes === "number" ? fractionOf(fn, sizes, rows.count) : sizes;
  counts.forEach((size, i) => {
    checkCount(fn, `sizes[${i}]`, size, 0);
  });
  if (sum(counts) !== rows.count) {
    throw new ShapeError(
      "CT107",
      `${fn}: the sizes [${counts.join(", ")}] add up to ${sum(counts)}, but there are ${rows.count} rows. Every row must go into one part.`,
    );
  }
  const places = order(rows.count, options.key);
  let end = 0;
  const parts = counts.map((size) => {
    end += size;
    return rows.at(places.slice(end - size, end));
  });
  return parts as Parts<Tensors<T>, S>;
}

function fractionOf(fn: string, fraction: number, count: number): number[] {
  if (!(fraction > 0 && fraction < 1)) {
    throw new ArgumentError(
      "CT004",
      `${fn}: the fraction is ${fraction}, but it must lie between 0 and 1. Give numbers of rows as an array.`,
    );
  }
  const first = Math.round(count * fraction);
  return [first, count - first];
}
