/** Sets of values: the distinct ones, and which are in others. */
import type { ArrayLike } from "../core/array-like.js";
import type { DeviceTensor } from "../core/device-tensor.js";
import type { Tensor } from "../core/tensor.js";
import { ConcretizationError } from "../prelude/errors.js";
import { normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { sub } from "../primitives/arithmetic.js";
import { eq, lt, ne } from "../primitives/comparison.js";
import { convert } from "../primitives/convert.js";
import { cumsum } from "../primitives/cumulative.js";
import { full } from "../primitives/fill.js";
import { iota } from "../primitives/iota.js";
import { reduceOr, reduceSum } from "../primitives/reductions.js";
import { select } from "../primitives/select.js";
import { broadcastInDim, moveAxis, reshape } from "../primitives/shape.js";
import { sort } from "../primitives/sort.js";
import { concatenate } from "./joining.js";
import { asTensors, promoteDtypes, toTensor } from "./promote.js";
import { ravel } from "./shapes.js";
import { takeRange } from "./take-index.js";
import { gatherAlongAxis } from "./take-along-axis.js";

export interface UniqueOptions {
  readonly returnIndex?: boolean;
  readonly returnInverse?: boolean;
  readonly returnCounts?: boolean;
  /** Distinct slices along this axis, instead of distinct elements. */
  readonly axis?: number | null;
  /** How many to give, where tracing must know: cut off, or filled up. */
  readonly size?: number;
  /** What fills up; the smallest value if left out. */
  readonly fillValue?: ArrayLike;
}

const known = ["returnIndex", "returnInverse", "returnCounts", "axis", "size", "fillValue"];

/** What a number of distinct values is: known only once they are. */
function countOf(fn: string, count: Tensor, size: number | undefined): number {
  if (size !== undefined) return size;
  try {
    return Number((count.concrete(fn) as DeviceTensor).item());
  } catch (error) {
    if (!(error instanceof ConcretizationError)) throw error;
    throw new ConcretizationError(
      "CT301",
      `${fn}: how many elements the result has depends on values, which are not known while tracing. Give the number with size.`,
      { cause: error },
    );
  }
}

/**
 * The distinct elements, sorted; with `return…` options a list of them and what is asked for: the index of each one's first
 * occurrence, the place among them of every element, and how often each occurs.
 *
 * @throws ConcretizationError CT301 under jit without `size`
 * @example
 * np.unique(np.array([3, 1, 3])).js(); // [1, 3]
 */
export function unique(
  x: ArrayLike,
  options?: UniqueOptions & { returnIndex?: false; returnInverse?: false; returnCounts?: false },
): Tensor;
export function unique(x: ArrayLike, options: UniqueOptions): Tensor | Tensor[];
export function unique(x: ArrayLike, options: UniqueOptions = {}): Tensor | Tensor[] {
  checkOptions("unique", options, known);
  const { returnIndex, returnInverse, returnCounts, axis = null, size, fillValue } = options;
  const a = toTensor("unique", x);
  const d = axis === null ? 0 : normalizeAxis(axis, a.ndim, "unique");
  const rows = axis === null ? reshape(a, [a.size, 1]) : moveAxis(a, d, 0);
  const flat = reshape(rows, [rows.shape[0], rows.size / Math.max(rows.shape[0], 1)]);
  const found = distinctRows(flat);
  const count = countOf("unique", found.count, size);
  const pick = (v: Tensor, fill: Tensor | null): Tensor => fitTo(v, found.firsts, found.count, count, fill);
  const fill = fillValue === undefined ? null : convert(toTensor("unique", fillValue), a.dtype);
  const values = pick(found.sorted, fill);
  const shaped = axis === null ? ravel(values) : moveAxis(reshape(values, [count, ...rows.shape.slice(1)]), 0, d);
  const extras: Tensor[] = [];
  if (returnIndex) extras.push(ravel(pick(reshape(found.order, [flat.shape[0], 1]), null)));
  if (returnInverse) extras.push(axis === null ? reshape(found.inverse, a.shape) : found.inverse);
  if (returnCounts) extras.push(countsOf(found.group, count));
  return extras.length === 0 ? shaped : [shaped, ...extras];
}

interface Distinct {
  readonly sorted: Tensor;
  /** Which sorted rows are the first of their kind. */
  readonly firsts: Tensor;
  readonly order: Tensor;
  /** The group number of each sorted row, and of each given one. */
  readonly group: Tensor;
  readonly inverse: Tensor;
  readonly count: Tensor;
}

function distinctRows(rows: Tensor): Distinct {
  const [n, m] = rows.shape;
  const columns = range(m).map((j) => reshape(takeRange(rows, 1, j, j + 1), [n]));
  const sortedAll = sort([...columns, iota("int32", [n], 0)], 0, { numKeys: Math.max(m, 1) });
  const order = sortedAll[m];
  const sorted =
    m === 0
      ? rows
      : concatenate(
          sortedAll.slice(0, m).map((c) => reshape(c, [n, 1])),
          1,
        );
  const differs = n < 2 ? null : reduceOr(notSame(takeRange(sorted, 0, 1, n), takeRange(sorted, 0, 0, n - 1)), [1]);
  const head = full([Math.min(n, 1)], true, "bool");
  const firsts = differs === null ? head : concatenate([head, differs], 0);
  const group = sub(cumsum(convert(firsts, "int32"), 0), 1);
  const [, inverse] = sort([order, group], 0);
  return { sorted, firsts, order, group, inverse, count: reduceSum(convert(firsts, "int32"), [0]) };
}

/** Different, where NaN counts as equal to itself. */
const notSame = (x: Tensor, y: Tensor): Tensor => {
  const bothNaN = select(ne(x, x), ne(y, y), full(x.shape, false, "bool"));
  return select(bothNaN, full(x.shape, false, "bool"), ne(x, y));
};

/** The marked rows in front, cut off or filled up to `size` with `fill`, or the first of them. */
function fitTo(rows: Tensor, marked: Tensor, count: Tensor, size: number, fill: Tensor | null): Tensor {
  const n = rows.shape[0];
  const rank = convert(select(marked, full([n], 0, "int32"), full([n], 1, "int32")), "int32");
  const [, places] = sort([rank, iota("int32", [n], 0)], 0);
  if (n === 0) return fill === null ? rows : broadcastInDim(fill, [size, ...rows.shape.slice(1)], []);
  const index = Array.from({ length: size }, (_, i) => Math.min(i, n - 1));
  const wanted = select(
    lt(iota("int32", [size], 0), count),
    gatherAlongAxis(places, toTensor("unique", Int32Array.from(index)), 0),
    broadcastInDim(reshape(takeRange(places, 0, 0, 1), []), [size], []),
  );
  const picked = gatherRows(rows, wanted);
  if (fill === null) return picked;
  const inside = broadcastInDim(lt(iota("int32", [size], 0), count), picked.shape, [0]);
  return select(inside, picked, broadcastInDim(fill, picked.shape, []));
}

const gatherRows = (rows: Tensor, places: Tensor): Tensor => {
  const m = rows.shape[1] ?? 1;
  return gatherAlongAxis(rows, broadcastInDim(places, [places.size, m], [0]), 0);
};

function countsOf(group: Tensor, count: number): Tensor {
  const n = group.size;
  const same = eq(broadcastInDim(group, [count, n], [1]), iota("int32", [count, n], 0));
  return reduceSum(convert(same, "int32"), [1]);
}

export interface SetOptions {
  /** How many elements to give, where tracing must know. */
  readonly size?: number;
  /** What fills up to that. */
  readonly fillValue?: ArrayLike;
}

/** Whether each element is one of `values`. */
export function isin(x: ArrayLike, values: ArrayLike, options: { readonly invert?: boolean } = {}): Tensor {
  checkOptions("isin", options, ["invert"]);
  const [a, v] = promoteDtypes(...asTensors("isin", x, values));
  const shape = [a.size, v.size];
  const found = reduceOr(eq(broadcastInDim(ravel(a), shape, [0]), broadcastInDim(ravel(v), shape, [1])), [1]);
  return reshape(options.invert ? not(found) : found, a.shape);
}
const not = (x: Tensor): Tensor => select(x, full(x.shape, false, "bool"), full(x.shape, true, "bool"));

/** The distinct elements of both, sorted. */
export function union1d(x: ArrayLike, y: ArrayLike, options: SetOptions = {}): Tensor {
  checkOptions("union1d", options, ["size", "fillValue"]);
  return unique(concatenate([ravel(x), ravel(y)]), options);
}

/** The distinct elements that a test lets through. */
function keep(fn: string, x: ArrayLike, test: (distinct: Tensor) => Tensor, { size, fillValue }: SetOptions): Tensor {
  const distinct = unique(x);
  const kept = test(distinct);
  const n = reduceSum(convert(kept, "int32"), [0]);
  const count = countOf(fn, n, size);
  const fill = fillValue === undefined ? full([], 0, distinct.dtype) : convert(toTensor(fn, fillValue), distinct.dtype);
  return ravel(fitTo(reshape(distinct, [distinct.size, 1]), kept, n, count, fill));
}

/** The distinct elements that both have, sorted. */
export function intersect1d(x: ArrayLike, y: ArrayLike, options: SetOptions = {}): Tensor {
  checkOptions("intersect1d", options, ["size", "fillValue"]);
  const [a, b] = promoteDtypes(...asTensors("intersect1d", x, y));
  return keep("intersect1d", a, (v) => isin(v, b), options);
}

/** The distinct elements of x that y does not have, sorted. */
export function setdiff1d(x: ArrayLike, y: ArrayLike, options: SetOptions = {}): Tensor {
  checkOptions("setdiff1d", options, ["size", "fillValue"]);
  const [a, b] = promoteDtypes(...asTensors("setdiff1d", x, y));
  return keep("setdiff1d", a, (v) => isin(v, b, { invert: true }), options);
}

/** The distinct elements that only one of both has, sorted. */
export function setxor1d(x: ArrayLike, y: ArrayLike, options: SetOptions = {}): Tensor {
  checkOptions("setxor1d", options, ["size", "fillValue"]);
  const [a, b] = promoteDtypes(...asTensors("setxor1d", x, y));
  const all = concatenate([ravel(a), ravel(b)]);
  return keep("setxor1d", all, (v) => select(isin(v, a), isin(v, b, { invert: true }), isin(v, b)), options);
}
