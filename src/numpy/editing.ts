/** Elements taken out of arrays and put into them. */
import type { ArrayLike } from "../core/array-like.js";
import { isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { normalizeAxes, normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import type { Axis } from "./arguments.js";
import { scatterInto } from "./indexing/at.js";
import { integerIndices } from "./integer-indices.js";
import { concatenate } from "./joining.js";
import { broadcastToShape, toTensor } from "./promote.js";
import { sum } from "./reductions.js";
import { clip } from "./rounding.js";
import { flatnonzero } from "./selecting.js";
import { moveaxis, ravel } from "./shapes.js";
import { argsort, sort } from "./sorting.js";
import { takeRange } from "./take-index.js";
import { take } from "./taking.js";
import { truth } from "./ufunc.js";
import { select3 } from "./where.js";

const rowOf = (fn: string, x: ArrayLike, axis: number | null): [Tensor, number] => {
  const a = toTensor(fn, x);
  return axis === null ? [ravel(a), 0] : [a, normalizeAxis(axis, a.ndim, fn)];
};

const fromEnd = (places: Tensor, n: number): Tensor => select3(p.lt(places, 0), p.add(places, n), places);

/** The places that stay, of integers that are all different, without knowing them. */
function remaining(gone: Tensor, n: number): Tensor {
  const k = gone.size;
  const places = sort(clip(fromEnd(ravel(gone), n), 0, n));
  // The i-th that stays lies behind every gone place that has at most i staying ones before it.
  const before = p.sub(places, p.iota(places.dtype, [k], 0));
  const kept = p.iota(places.dtype, [n - k], 0);
  const shape = [k, n - k];
  const passed = p.ge(p.broadcastInDim(kept, shape, [1]), p.broadcastInDim(before, shape, [0]));
  return p.add(kept, sum(passed, 0, { dtype: places.dtype }));
}

/**
 * x without some slices along an axis: those that an integer, integers or a mask of booleans name. Without an axis the
 * array counts as one row. Names of integers must be known, unless `assumeUniqueIndices` says that none occurs twice.
 * @example np.delete([1, 2, 3], 1).js(); // [1, 3]
 */
function delete_(
  x: ArrayLike,
  places: ArrayLike,
  axis: number | null = null,
  options: { readonly assumeUniqueIndices?: boolean } = {},
): Tensor {
  checkOptions("delete", options, ["assumeUniqueIndices"]);
  const [a, d] = rowOf("delete", x, axis);
  const n = a.shape[d];
  if (typeof places === "number") {
    const i = normalizeAxis(places, n, "delete");
    return concatenate([takeRange(a, d, 0, i), takeRange(a, d, i + 1, n)], d);
  }
  const without = (gone: readonly number[]): Tensor => {
    const dropped = new Set(gone.map((i) => normalizeAxis(i, n, "delete")));
    return take(a, Int32Array.from(range(n).filter((i) => !dropped.has(i))), d);
  };
  // Plain integers are known also while tracing.
  if (Array.isArray(places) && places.every((i) => Number.isInteger(i))) return without(places as readonly number[]);
  const given = toTensor("delete", places);
  if (given.dtype === "bool") {
    if (given.ndim !== 1 || given.size !== n) {
      throw new ShapeError(
        "CT103",
        `delete: a mask of shape [${given.shape}] does not go with an axis of size ${n}. Give one boolean for each slice.`,
      );
    }
    return take(a, flatnonzero(p.bitwiseNot(given)), d);
  }
  const gone = integerIndices("delete", places);
  if (options.assumeUniqueIndices) return take(a, remaining(gone, n), d);
  return without([...gone.dataSync()].map(Number));
}

export { delete_ as delete };

/**
 * x with values put in before the slices that an integer or a vector of integers names, along an axis; without one the
 * array counts as one row. Values are converted to x's dtype and broadcast.
 * @example np.insert([1, 2, 3], 1, 9).js(); // [1, 9, 2, 3]
 */
export function insert(x: ArrayLike, places: ArrayLike, values: ArrayLike, axis: number | null = null): Tensor {
  const [a, d] = rowOf("insert", x, axis);
  const given = toTensor("insert", places);
  if (given.dtype === "bool" || given.ndim > 1) {
    throw new DTypeError(
      "CT105",
      `insert: places are ${given.dtype} of shape [${given.shape}], but they must be an integer or a vector of integers.`,
    );
  }
  const at = isInteger(given.dtype)
    ? given
    : integerIndices("insert", Array.isArray(places) ? places : [places as number]);
  const typed = p.convert(toTensor("insert", values), a.dtype, a.weakType);
  const missing = a.ndim - typed.ndim;
  let news = missing > 0 ? p.expandDims(typed, range(missing)) : typed;
  // One place given as a scalar takes the values' first axis as the slices to put in.
  if (given.ndim === 0) news = moveaxis(news, 0, d);
  const n = a.shape[d];
  const count = at.size === 1 ? news.shape[d] : at.size;
  if (news.shape[d] !== 1 && news.shape[d] !== count) {
    throw new ShapeError(
      "CT103",
      `insert: ${at.size} places do not go with values of shape [${news.shape}]. Give as many, or one.`,
    );
  }
  const wanted = p.convert(p.broadcastTo(p.reshape(at, [at.size]), [count]), "int32");
  const before = clip(fromEnd(wanted, n), 0, n);
  // In their order, each place moves behind those that were put in before it.
  const order = argsort(before);
  const ranks = scatterInto("insert", p.full([count], 0, "int32"), [order], p.iota("int32", [count], 0), p.scatter);
  const places2 = p.add(before, ranks);
  const total = n + count;
  const isOld = scatterInto("insert", p.full([total], true, "bool"), [places2], false, p.scatter);
  const oldPlaces = flatnonzero(isOld, { size: n });
  const index = (places: Tensor): unknown[] => [...range(d).map(() => [null, null] as const), places];
  const shape = a.shape.with(d, total);
  const blank = p.full(shape, 0, a.dtype, a.weakType);
  const filled = scatterInto(
    "insert",
    blank,
    index(places2),
    broadcastToShape("insert", news, a.shape.with(d, count)),
    p.scatter,
  );
  return scatterInto("insert", filled, index(oldPlaces), a, p.scatter);
}

/** Without zeros at the front (`"f"`), the back (`"b"`), or both, along the given axes or all. Values must be known. */
export function trimZeros(x: ArrayLike, options: { readonly trim?: string; readonly axis?: Axis } = {}): Tensor {
  checkOptions("trimZeros", options, ["trim", "axis"]);
  const { trim = "fb", axis = null } = options;
  const sides = trim.toLowerCase();
  if (!/^[fb]*$/.test(sides)) {
    throw new ArgumentError("CT003", `trimZeros: trim is "${trim}", but it must be "f", "b" or "fb".`);
  }
  const a = toTensor("trimZeros", x);
  return normalizeAxes(axis, a.ndim, "trimZeros").reduce((y, d) => {
    const others = range(a.ndim).filter((i) => i !== d);
    const full = Array.from(p.reduceOr(truth(a), others).dataSync(), Boolean);
    const first = full.indexOf(true);
    if (first < 0) return takeRange(y, d, 0, 0);
    return takeRange(
      y,
      d,
      sides.includes("f") ? first : 0,
      sides.includes("b") ? full.lastIndexOf(true) + 1 : full.length,
    );
  }, a);
}
