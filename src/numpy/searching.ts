/** Places in sorted vectors: where values belong, which bin they fall into, and interpolation between them. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex, isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { remainder } from "./arithmetic.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteDtypes, promoteDtypesInexact, toTensor } from "./promote.js";
import { refuseComplex } from "./refuse.js";
import { clip } from "./rounding.js";
import { takeRange } from "./take-index.js";
import { select3, whereTensors } from "./where.js";

/** Elements of a vector at places, which are known to be within it. */
export function elementsAt(x: Tensor, places: Tensor): Tensor {
  const dims = { offsetDims: [], collapsedSliceDims: [0], startIndexMap: [0] };
  return p.gather(x, p.expandDims(places, [places.ndim]), dims, [1], { mode: "promise_in_bounds" });
}

/** x before y in sorted order: NaN last, complex numbers by real, then imaginary part. */
function before(x: Tensor, y: Tensor): Tensor {
  if (isComplex(x.dtype)) {
    const [a, b] = [p.real(x), p.real(y)];
    const tied = p.bitwiseNot(p.bitwiseOr(before(a, b), before(b, a)));
    return p.bitwiseOr(before(a, b), p.bitwiseAnd(tied, before(p.imag(x), p.imag(y))));
  }
  if (!isInexact(x.dtype)) return p.lt(x, y);
  return p.bitwiseOr(p.lt(x, y), p.bitwiseAnd(p.eq(x, x), p.ne(y, y)));
}

export type Side = "left" | "right";
/** How to search: halving the vector step by step (the first two), sorting all together, or comparing all with all. */
export type SearchMethod = "scan" | "scan_unrolled" | "sort" | "compare_all";
const methods: readonly SearchMethod[] = ["scan", "scan_unrolled", "sort", "compare_all"];

export interface SearchsortedOptions {
  /** Before (`"left"`, the default) or behind (`"right"`) equal elements. */
  readonly side?: Side;
  /** The indices that would sort the vector, if it is not sorted. */
  readonly sorter?: ArrayLike | null;
  readonly method?: SearchMethod;
}

/** Whether the element at a place goes before the value. */
const isPassed = (element: Tensor, value: Tensor, side: Side): Tensor =>
  side === "left" ? before(element, value) : p.bitwiseNot(before(value, element));

function byHalving(sorted: Tensor, values: Tensor, side: Side): Tensor {
  const n = sorted.size;
  let low = p.full(values.shape, 0, "int32");
  let high = p.full(values.shape, n, "int32");
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    const middle = p.add(low, p.div(p.sub(high, low), 2));
    const isOpen = p.lt(low, high);
    const element = elementsAt(sorted, p.min(middle, n - 1));
    const passed = p.bitwiseAnd(isOpen, isPassed(element, values, side));
    const stopped = p.bitwiseAnd(isOpen, p.bitwiseNot(isPassed(element, values, side)));
    low = p.select(passed, p.add(middle, 1), low);
    high = p.select(stopped, middle, high);
  }
  return low;
}

/** Of all sorted together, as many of the vector's elements as stand before a value. */
function bySorting(sorted: Tensor, values: Tensor, side: Side): Tensor {
  const n = sorted.size;
  const flat = p.reshape(values, [values.size]);
  const count = n + flat.size;
  const all = p.concatenate(side === "left" ? [flat, sorted] : [sorted, flat], 0);
  const [, order] = p.sort([all, p.iota("int32", [count], 0)], 0);
  const [, rank] = p.sort([order, p.iota("int32", [count], 0)], 0);
  const own = side === "left" ? takeRange(rank, 0, 0, flat.size) : takeRange(rank, 0, n, count);
  // Its rank counts the values before it too.
  const [, valueOrder] = p.sort([own, p.iota("int32", [flat.size], 0)], 0);
  const [, ahead] = p.sort([valueOrder, p.iota("int32", [flat.size], 0)], 0);
  return p.reshape(p.sub(own, ahead), values.shape);
}

function byComparing(sorted: Tensor, values: Tensor, side: Side): Tensor {
  const shape = [...values.shape, sorted.size];
  const last = values.ndim;
  const passed = isPassed(p.broadcastInDim(sorted, shape, [last]), p.broadcastInDim(values, shape, range(last)), side);
  return p.reduceSum(p.convert(passed, "int32"), [last]);
}

const searchCall = jitted("searchsorted", ([a, v], side: Side, method: SearchMethod) => {
  const [sorted, values] = promoteDtypes(a, v);
  if (sorted.size === 0 || values.size === 0) return p.full(values.shape, 0, "int32");
  if (method === "compare_all") return byComparing(sorted, values, side);
  return method === "sort" ? bySorting(sorted, values, side) : byHalving(sorted, values, side);
});

/**
 * Where values would be put into a sorted vector to keep it sorted. NaN counts as greater than any number.
 * @throws ShapeError CT107 unless the first argument is a vector
 * @example np.searchsorted([1, 2, 3], 2.5).item(); // 2
 */
export function searchsorted(sorted: ArrayLike, values: ArrayLike, options: SearchsortedOptions = {}): Tensor {
  checkOptions("searchsorted", options, ["side", "sorter", "method"]);
  const { side = "left", sorter = null, method = "scan" } = options;
  const [a, v] = asTensors("searchsorted", sorted, values);
  if (a.ndim !== 1) {
    throw new ShapeError(
      "CT107",
      `searchsorted: the sorted elements have shape [${a.shape}], but they must be a vector.`,
    );
  }
  if (side !== "left" && side !== "right") {
    throw new ArgumentError(
      "CT003",
      `searchsorted: side is ${JSON.stringify(side)}, but it must be "left" or "right".`,
    );
  }
  if (!methods.includes(method)) {
    throw new ArgumentError(
      "CT003",
      `searchsorted: method is ${JSON.stringify(method)}, but it must be one of ${methods.join(", ")}.`,
    );
  }
  const ordered = sorter === null ? a : elementsAt(a, p.convert(toTensor("searchsorted", sorter), "int32"));
  return searchCall([ordered, v], side, method);
}

/**
 * The number of the bin each value falls into, given rising (or falling) edges: bin i ends before edge i, or with `right`
 * includes it.
 * @throws ShapeError CT107 unless the edges are a vector
 */
export function digitize(
  x: ArrayLike,
  bins: ArrayLike,
  options: { readonly right?: boolean; readonly method?: SearchMethod } = {},
): Tensor {
  checkOptions("digitize", options, ["right", "method"]);
  const [values, edges] = asTensors("digitize", x, bins);
  if (edges.ndim !== 1) {
    throw new ShapeError("CT107", `digitize: the edges have shape [${edges.shape}], but they must be a vector.`);
  }
  const n = edges.size;
  if (n === 0) return p.full(values.shape, 0, "int32");
  const search = { side: options.right ? "left" : "right", method: options.method ?? "scan" } as const;
  const edge = (i: number): Tensor => p.reshape(takeRange(edges, 0, i, i + 1), []);
  const rising = searchsorted(edges, values, search);
  const falling = p.sub(n, searchsorted(p.rev(edges, [0]), values, search));
  return whereTensors(p.ge(edge(n - 1), edge(0)), rising, falling);
}

/** What values beyond the ends are: given, those at the ends (null), or on the line that ends there. */
export type InterpEnd = ArrayLike | "extrapolate" | null;

export interface InterpOptions {
  readonly left?: InterpEnd;
  readonly right?: InterpEnd;
  /** The length after which places repeat; then there are no ends. */
  readonly period?: ArrayLike | null;
}

interface Ends {
  readonly left: "given" | "extrapolate" | "edge";
  readonly right: "given" | "extrapolate" | "edge";
  readonly periodic: boolean;
}

const interpCall = jitted("interp", (operands, ends: Ends) => {
  let [x, xp] = promoteDtypesInexact(operands[0], operands[1]);
  let [fp] = promoteDtypesInexact(operands[2]);
  const rest = operands.slice(3);
  const last = (v: Tensor): Tensor => takeRange(v, 0, v.size - 1, v.size);
  const first = (v: Tensor): Tensor => takeRange(v, 0, 0, 1);
  if (isComplex(x.dtype)) return refuseComplex("interp");
  if (ends.periodic) {
    const period = p.abs(p.convert(rest[rest.length - 1], x.dtype));
    [x, xp] = [remainder(x, period), remainder(xp, period)];
    // The points by their places, and one more on each side.
    [xp, fp] = p.sort([xp, fp], 0);
    xp = p.concatenate([p.sub(last(xp), period), xp, p.add(first(xp), period)], 0);
    fp = p.concatenate([last(fp), fp, first(fp)], 0);
  }
  const n = xp.size;
  const i = clip(searchsorted(xp, x, { side: "right" }), 1, n - 1);
  // With one point there is no line: both ends of it are that point.
  const lower = p.max(p.sub(i, 1), 0);
  const upper = p.min(i, n - 1);
  const [y0, y1] = [elementsAt(fp, lower), elementsAt(fp, upper)];
  const [x0, x1] = [elementsAt(xp, lower), elementsAt(xp, upper)];
  const width = p.sub(x1, x0);
  const epsilon = xp.dtype === "float64" ? 2 ** -104 : 2 ** -46;
  const isFlat = p.le(p.abs(width), epsilon);
  const slope = p.div(p.sub(x, x0), select3(isFlat, 1, width));
  const line = whereTensors(isFlat, y0, p.add(y0, p.mul(p.convert(slope, y0.dtype), p.sub(y1, y0))));
  if (ends.periodic) return line;
  const scalar = (v: Tensor): Tensor => p.reshape(v, []);
  const leftEnd = ends.left === "given" ? rest[0] : scalar(first(fp));
  const withLeft = ends.left === "extrapolate" ? line : whereTensors(p.lt(x, scalar(first(xp))), leftEnd, line);
  if (ends.right === "extrapolate") return withLeft;
  const rightEnd = ends.right === "given" ? rest[ends.left === "given" ? 1 : 0] : scalar(last(fp));
  return whereTensors(p.gt(x, scalar(last(xp))), rightEnd, withLeft);
});

/**
 * Linear interpolation: the value at x of the line through the points (xp, fp), of which xp rises. Beyond the ends it is
 * `left` and `right`, by default the values there.
 * @throws ShapeError CT103 unless xp and fp are vectors of one length
 * @example np.interp(1.5, [1, 2], [10, 20]).item(); // 15
 */
export function interp(x: ArrayLike, xp: ArrayLike, fp: ArrayLike, options: InterpOptions = {}): Tensor {
  checkOptions("interp", options, ["left", "right", "period"]);
  const { left = null, right = null, period = null } = options;
  const points = asTensors("interp", x, xp, fp);
  const [, places, values] = points;
  if (places.ndim !== 1 || values.ndim !== 1 || places.size !== values.size || places.size === 0) {
    throw new ShapeError(
      "CT103",
      `interp: xp and fp must be vectors of one length above 0, but have shapes [${places.shape}] and [${values.shape}].`,
    );
  }
  const kind = (end: InterpEnd): Ends["left"] => {
    if (end === null) return "edge";
    if (typeof end !== "string") return "given";
    if (end === "extrapolate") return end;
    throw new ArgumentError(
      "CT003",
      `interp: an end is ${JSON.stringify(end)}, but it must be a value, null or "extrapolate".`,
    );
  };
  const given = [left, right, period].filter((v) => v !== null && typeof v !== "string");
  const ends: Ends = { left: kind(left), right: kind(right), periodic: period !== null };
  return interpCall([...points, ...asTensors("interp", ...(given as ArrayLike[]))], ends);
}
