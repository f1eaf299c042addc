/** Sets of values: the distinct ones, and which are in others. */
import type { ArrayLike } from "../core/array-like.js";
import { isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ConcretizationError, ShapeError } from "../prelude/errors.js";
import { normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { scatterInto } from "./indexing/at.js";
import { concatenate } from "./joining.js";
import { asTensors, promoteDtypes, toTensor } from "./promote.js";
import { elementsAt, searchsorted } from "./searching.js";
import { flatnonzero } from "./selecting.js";
import { ravel } from "./shapes.js";
import { takeRange } from "./take-index.js";
import { take } from "./taking.js";
import { select3 } from "./where.js";

export interface UniqueOptions {
  readonly returnIndex?: boolean;
  readonly returnInverse?: boolean;
  readonly returnCounts?: boolean;
  /** Distinct slices along this axis, instead of distinct elements. */
  readonly axis?: number | null;
  /** Whether NaN equals NaN; true by default. */
  readonly equalNan?: boolean;
  /** How many to give, where tracing must know: cut off, or filled up. */
  readonly size?: number | null;
  /** What fills up; the smallest value if left out. */
  readonly fillValue?: ArrayLike | null;
}
const uniqueOptions = ["returnIndex", "returnInverse", "returnCounts", "axis", "equalNan", "size", "fillValue"];

/** A number of results, which is known only once they are. */
function countOf(fn: string, count: Tensor, size: number | null | undefined): number {
  if (size !== undefined && size !== null) return size;
  try {
    return Number(count.item());
  } catch (error) {
    if (!(error instanceof ConcretizationError)) throw error;
    throw new ConcretizationError(
      "CT304",
      `${fn}: how many elements the result has depends on values, which are not known while tracing. Give the number as size.`,
      { cause: error },
    );
  }
}

interface Sorted {
  /** Rows in sorted order. */
  readonly rows: Tensor;
  /** The index each row came from; of equal rows the first comes first. */
  readonly order: Tensor;
  /** Which sorted rows are the first of their kind. */
  readonly firsts: Tensor;
  readonly count: Tensor;
}

function sortRows(rows: Tensor, equalNan: boolean): Sorted {
  const [n, m] = rows.shape;
  const places = p.iota("int32", [n], 0);
  // Rows without elements are all alike.
  const columns =
    m === 0 ? [p.full([n], 0, "int32")] : range(m).map((j) => p.reshape(takeRange(rows, 1, j, j + 1), [n]));
  const out = p.sort([...columns, places], 0, { numKeys: columns.length });
  const sorted =
    m === 0
      ? rows
      : p.concatenate(
          out.slice(0, m).map((c) => p.reshape(c, [n, 1])),
          1,
        );
  const head = p.full([Math.min(n, 1)], true, "bool");
  if (n < 2) return { rows: sorted, order: out[columns.length], firsts: head, count: p.full([], n, "int32") };
  const [later, earlier] = [takeRange(sorted, 0, 1, n), takeRange(sorted, 0, 0, n - 1)];
  const differ = p.ne(later, earlier);
  const bothNan = p.bitwiseAnd(p.ne(later, later), p.ne(earlier, earlier));
  const isNew = equalNan && isInexact(rows.dtype) ? p.bitwiseAnd(differ, p.bitwiseNot(bothNan)) : differ;
  const firsts = p.concatenate([head, p.reduceOr(isNew, [1])], 0);
  return { rows: sorted, order: out[columns.length], firsts, count: p.reduceSum(p.convert(firsts, "int32"), [0]) };
}

/** x with its first `count` rows kept, and `fill` in the others. */
function filledUp(x: Tensor, count: Tensor, fill: Tensor): Tensor {
  const isValid = p.lt(p.iota("int32", x.shape, 0), p.broadcastInDim(count, x.shape, []));
  return p.select(isValid, x, p.broadcastInDim(fill, x.shape, []));
}

/**
 * The distinct elements, sorted; with `return…` options a list of them and what is asked for: the index of each one's first
 * occurrence, the place among them of every element, and how often each occurs.
 *
 * @throws ConcretizationError CT304 while tracing without `size`; ShapeError CT107 where an empty array is to be filled up with nothing
 * @example
 * np.unique(np.array([3, 1, 3])).js(); // [1, 3]
 */
export function unique(
  x: ArrayLike,
  options?: UniqueOptions & {
    readonly returnIndex?: false;
    readonly returnInverse?: false;
    readonly returnCounts?: false;
  },
): Tensor;
export function unique(x: ArrayLike, options: UniqueOptions): Tensor | Tensor[];
export function unique(x: ArrayLike, options: UniqueOptions = {}): Tensor | Tensor[] {
  checkOptions("unique", options, uniqueOptions);
  const { returnIndex, returnInverse, returnCounts, axis = null, equalNan = true, size, fillValue } = options;
  const a = toTensor("unique", x);
  const d = axis === null ? 0 : normalizeAxis(axis, a.ndim, "unique");
  const slices = axis === null ? p.reshape(a, [a.size]) : p.moveAxis(a, d, 0);
  const n = slices.shape[0];
  const own = slices.shape.slice(1);
  const { rows, order, firsts, count } = sortRows(p.reshape(slices, [n, n === 0 ? 0 : slices.size / n]), equalNan);
  const k = countOf("unique", count, size);
  if (n === 0 && k > 0 && (fillValue === undefined || fillValue === null)) {
    throw new ShapeError(
      "CT107",
      `unique: an empty array cannot be filled up to ${k} elements with its smallest. Give fillValue.`,
    );
  }
  const places = n === 0 ? p.full([k], 0, "int32") : flatnonzero(firsts, { size: k });
  const fill = fillValue === undefined || fillValue === null ? null : p.convert(toTensor("unique", fillValue), a.dtype);
  const picked = n === 0 ? p.full([k, ...own], 0, a.dtype) : p.reshape(take(rows, places, 0), [k, ...own]);
  const values = fill === null ? picked : filledUp(picked, count, fill);
  // The number of its kind, of each sorted row.
  const kind = p.sub(p.cumsum(p.convert(firsts, "int32"), 0), 1);
  const extras: Tensor[] = [];
  if (returnIndex) extras.push(n === 0 ? places : elementsAt(order, places));
  if (returnInverse) {
    const [, inverse] = p.sort([order, kind], 0);
    extras.push(axis === null ? p.reshape(inverse, a.shape) : inverse);
  }
  if (returnCounts)
    extras.push(scatterInto("unique", p.full([k], 0, "int32"), [kind], 1, p.scatterAdd, { mode: "drop" }));
  const shaped = p.moveAxis(values, 0, d);
  return extras.length === 0 ? shaped : [shaped, ...extras];
}

export interface UniqueSizeOptions {
  /** How many elements to give, where tracing must know. */
  readonly size?: number | null;
  /** What fills up to that. */
  readonly fillValue?: ArrayLike | null;
}
const sizeOptions = ["size", "fillValue"];

/** The distinct elements, indices of first occurrences, places of all elements among them, and counts; NaN are all distinct. */
export function uniqueAll(
  x: ArrayLike,
  options: UniqueSizeOptions = {},
): [values: Tensor, indices: Tensor, inverseIndices: Tensor, counts: Tensor] {
  checkOptions("uniqueAll", options, sizeOptions);
  const all = { returnIndex: true, returnInverse: true, returnCounts: true, equalNan: false };
  const [values, indices, inverse, counts] = unique(x, { ...options, ...all }) as Tensor[];
  return [values, indices, inverse, counts];
}

/** The distinct elements and how often each occurs; NaN are all distinct. */
export function uniqueCounts(x: ArrayLike, options: UniqueSizeOptions = {}): [values: Tensor, counts: Tensor] {
  checkOptions("uniqueCounts", options, sizeOptions);
  const [values, counts] = unique(x, { ...options, returnCounts: true, equalNan: false }) as Tensor[];
  return [values, counts];
}

/** The distinct elements and the place of every element among them; NaN are all distinct. */
export function uniqueInverse(x: ArrayLike, options: UniqueSizeOptions = {}): [values: Tensor, inverseIndices: Tensor] {
  checkOptions("uniqueInverse", options, sizeOptions);
  const [values, inverse] = unique(x, { ...options, returnInverse: true, equalNan: false }) as Tensor[];
  return [values, inverse];
}

/** The distinct elements; NaN are all distinct. */
export function uniqueValues(x: ArrayLike, options: UniqueSizeOptions = {}): Tensor {
  checkOptions("uniqueValues", options, sizeOptions);
  return unique(x, { ...options, equalNan: false }) as Tensor;
}

/** Above so many comparisons values are searched for in sorted order. */
const manyComparisons = 2 ** 20;

/** Whether each element is one of `values`; with `invert`, whether it is none. */
export function isin(x: ArrayLike, values: ArrayLike, options: { readonly invert?: boolean } = {}): Tensor {
  checkOptions("isin", options, ["invert"]);
  const [a, v] = promoteDtypes(...asTensors("isin", x, values));
  const [flat, known] = [ravel(a), ravel(v)];
  const shape = [flat.size, known.size];
  let found: Tensor;
  if (flat.size === 0 || known.size === 0) {
    found = p.full([flat.size], false, "bool");
  } else if (flat.size * known.size <= manyComparisons) {
    found = p.reduceOr(p.eq(p.broadcastInDim(flat, shape, [0]), p.broadcastInDim(known, shape, [1])), [1]);
  } else {
    const [sorted] = p.sort([known], 0);
    const place = p.min(searchsorted(sorted, flat), known.size - 1);
    found = p.eq(elementsAt(sorted, place), flat);
  }
  return p.reshape(options.invert ? p.bitwiseNot(found) : found, a.shape);
}

export interface SetOptions extends UniqueSizeOptions {
  /** The caller knows that no element occurs twice; nothing is done differently. */
  readonly assumeUnique?: boolean;
}
const setOptions = [...sizeOptions, "assumeUnique"];

/** The distinct elements of both, sorted. */
export function union1d(x: ArrayLike, y: ArrayLike, options: UniqueSizeOptions = {}): Tensor {
  checkOptions("union1d", options, sizeOptions);
  return unique(concatenate([ravel(x), ravel(y)]), options as UniqueSizeOptions & { returnIndex?: false });
}

/** The distinct elements that a test lets through, and how many they are. */
function keep(
  fn: string,
  x: Tensor,
  test: (values: Tensor) => Tensor,
  { size, fillValue }: UniqueSizeOptions,
): { readonly values: Tensor; readonly count: Tensor } {
  const { rows, firsts } = sortRows(p.reshape(x, [x.size, 1]), true);
  const sorted = p.reshape(rows, [x.size]);
  const kept = p.bitwiseAnd(firsts, test(sorted));
  const count = p.reduceSum(p.convert(kept, "int32"), [0]);
  const k = countOf(fn, count, size);
  if (x.size === 0) {
    const fill = fillValue === undefined || fillValue === null ? 0 : fillValue;
    return { values: p.broadcastTo(p.convert(toTensor(fn, fill), x.dtype), [k]), count };
  }
  const places = flatnonzero(kept, { size: k });
  const found = elementsAt(sorted, places);
  if (size === undefined || size === null || k === 0) return { values: found, count };
  const fill =
    fillValue === undefined || fillValue === null ? p.reshape(takeRange(found, 0, 0, 1), []) : toTensor(fn, fillValue);
  return { values: filledUp(found, count, p.convert(fill, x.dtype)), count };
}

/** The distinct elements that both have, sorted; with `returnIndices` also where each first occurs in x and in y. */
export function intersect1d(
  x: ArrayLike,
  y: ArrayLike,
  options: SetOptions & { readonly returnIndices: true },
): [values: Tensor, xIndices: Tensor, yIndices: Tensor];
export function intersect1d(
  x: ArrayLike,
  y: ArrayLike,
  options?: SetOptions & { readonly returnIndices?: false },
): Tensor;
export function intersect1d(
  x: ArrayLike,
  y: ArrayLike,
  options: SetOptions & { readonly returnIndices?: boolean } = {},
): Tensor | [Tensor, Tensor, Tensor] {
  checkOptions("intersect1d", options, [...setOptions, "returnIndices"]);
  const [a, b] = promoteDtypes(...asTensors("intersect1d", x, y)).map((z) => ravel(z));
  const { values, count } = keep("intersect1d", a, (v) => isin(v, b), options);
  if (!options.returnIndices) return values;
  const isValid = p.lt(p.iota("int32", values.shape, 0), p.broadcastTo(count, values.shape));
  const firstIn = (z: Tensor): Tensor => {
    if (z.size === 0) return p.full(values.shape, 0, "int32");
    const [sorted, order] = p.sort([z, p.iota("int32", [z.size], 0)], 0);
    return select3(isValid, elementsAt(order, p.min(searchsorted(sorted, values), z.size - 1)), z.size);
  };
  return [values, firstIn(a), firstIn(b)];
}

/** The distinct elements of x that y does not have, sorted; 0 fills up unless `fillValue` says otherwise. */
export function setdiff1d(x: ArrayLike, y: ArrayLike, options: SetOptions = {}): Tensor {
  checkOptions("setdiff1d", options, setOptions);
  const [a, b] = asTensors("setdiff1d", x, y).map((z) => ravel(z));
  const { fillValue = 0, ...rest } = options;
  return keep("setdiff1d", a, (v) => isin(v, b, { invert: true }), { ...rest, fillValue }).values;
}

/** The distinct elements that only one of both has, sorted. */
export function setxor1d(x: ArrayLike, y: ArrayLike, options: SetOptions = {}): Tensor {
  checkOptions("setxor1d", options, setOptions);
  const [a, b] = promoteDtypes(...asTensors("setxor1d", x, y)).map((z) => ravel(z));
  return keep("setxor1d", concatenate([a, b]), (v) => p.ne(isin(v, a), isin(v, b)), options).values;
}
