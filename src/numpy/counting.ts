/** How often values occur: of integers, and in bins. */
import type { ArrayLike } from "../core/array-like.js";
import { isInteger, promoteTypes, toInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { prod, range as upTo } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { asInteger } from "./arguments.js";
import { array } from "./creation.js";
import { diff } from "./differences.js";
import { scatterInto } from "./indexing/at.js";
import { asTensors, promoteDtypesInexact, toTensor } from "./promote.js";
import { linspace } from "./ranges.js";
import { max, min, sum } from "./reductions.js";
import { clip } from "./rounding.js";
import { searchsorted } from "./searching.js";
import { takeIndex, takeRange } from "./take-index.js";
import { ravelMultiIndex } from "./unravel.js";
import { select3 } from "./where.js";

export interface BincountOptions {
  /** What each element counts for; 1 by default. */
  readonly weights?: ArrayLike | null;
  /** The least number of counts. */
  readonly minlength?: number;
  /** How many counts to give, where tracing must know; integers beyond are not counted. */
  readonly length?: number | null;
}

/**
 * How often each of 0, 1, 2, … occurs in a vector of integers; negative ones count as 0.
 * @throws ConcretizationError CT301 while tracing without `length`; DTypeError CT105 unless integers
 * @example np.bincount(np.array([1, 1, 3], { dtype: "int32" })).js(); // [0, 2, 0, 1]
 */
export function bincount(x: ArrayLike, options: BincountOptions = {}): Tensor {
  checkOptions("bincount", options, ["weights", "minlength", "length"]);
  const given = toTensor("bincount", x);
  const a = given.dtype === "bool" ? p.convert(given, "int32") : given;
  if (!isInteger(a.dtype)) {
    throw new DTypeError(
      "CT105",
      `bincount: operand 'x' is ${a.dtype}, but it takes only integers. Convert it with astype.`,
    );
  }
  if (a.ndim !== 1) throw new ShapeError("CT107", `bincount: x has shape [${a.shape}], but it must be a vector.`);
  const weights = toTensor("bincount", options.weights ?? 1);
  if (weights.ndim > 0 && weights.size !== a.size) {
    throw new ShapeError("CT103", `bincount: ${a.size} elements have ${weights.size} weights. Give one for each.`);
  }
  const least = asInteger("bincount", "minlength", options.minlength ?? 0);
  const length =
    options.length === undefined || options.length === null
      ? Math.max(least, a.size === 0 ? 0 : Math.max(0, Number(max(a).item())) + 1)
      : asInteger("bincount", "length", options.length);
  return scatterInto("bincount", p.full([length], 0, weights.dtype), [clip(a, 0)], weights, p.scatterAdd, {
    mode: "drop",
  });
}

/** A number of bins, or their edges. */
export type Bins = ArrayLike;
/** The least and greatest edge; by default those of the values. */
export type Extent = readonly [ArrayLike, ArrayLike] | Tensor | null;

export interface HistogramOptions {
  /** How many bins of one width, 10 by default; or the edges of all, one more than bins. */
  readonly bins?: Bins;
  readonly range?: Extent;
  /** What each element counts for; 1 by default. */
  readonly weights?: ArrayLike | null;
  /** Divide by total and widths, so that the integral is 1. */
  readonly density?: boolean;
}
const histogramOptions = ["bins", "range", "weights", "density"];

/** The edges of the bins that histogram would use. */
export function histogramBinEdges(
  x: ArrayLike,
  options: Pick<HistogramOptions, "bins" | "range" | "weights"> = {},
): Tensor {
  checkOptions("histogramBinEdges", options, ["bins", "range", "weights"]);
  const { bins = 10, range = null } = options;
  const a = toTensor("histogramBinEdges", x);
  const dtype = toInexact(a.dtype);
  if (typeof bins === "string") {
    throw new ArgumentError(
      "CT003",
      `histogramBinEdges: bins is "${bins as string}", but it must be a number of bins, or edges.`,
    );
  }
  const edges = toTensor("histogramBinEdges", bins);
  if (edges.ndim === 1) return p.convert(edges, dtype);
  const count = asInteger("histogramBinEdges", "bins", bins);
  const ends = range === null ? p.stack([min(a), max(a)], 0) : array(range as ArrayLike);
  if (ends.ndim !== 1 || ends.size !== 2) {
    throw new ShapeError("CT107", `histogramBinEdges: range has shape [${ends.shape}], but it must be two numbers.`);
  }
  const [low, high] = [0, 1].map((i) => p.convert(takeIndex(ends, 0, i), dtype));
  const isPoint = p.eq(low, high);
  const [from, to] = [select3(isPoint, p.sub(low, 0.5), low), select3(isPoint, p.add(high, 0.5), high)];
  return linspace(from, to, count + 1, { dtype });
}

/** Values and their weights, in one inexact type; weights are ones if not given. */
function weighted(
  fn: string,
  x: ArrayLike,
  weights: ArrayLike | null | undefined,
  count: (x: Tensor) => readonly number[],
) {
  if (weights === undefined || weights === null) {
    const [a] = promoteDtypesInexact(toTensor(fn, x));
    return [a, p.full(count(a), 1, a.dtype)] as const;
  }
  const [a, w] = promoteDtypesInexact(...asTensors(fn, x, weights));
  const wanted = count(a);
  if (w.ndim !== wanted.length || !w.shape.every((n, d) => n === wanted[d])) {
    throw new ShapeError(
      "CT103",
      `${fn}: values of shape [${a.shape}] have weights of shape [${w.shape}], but need [${wanted}].`,
    );
  }
  return [a, w] as const;
}

/**
 * How many values fall into each bin, and the edges: a bin holds its lower edge, the last one its upper edge too.
 * @throws ShapeError CT103 for weights of another shape
 * @example np.histogram([1, 2, 2, 5], { bins: 2 })[0].js(); // [3, 1]
 */
export function histogram(x: ArrayLike, options: HistogramOptions = {}): [counts: Tensor, edges: Tensor] {
  checkOptions("histogram", options, histogramOptions);
  const { bins = 10, range = null, density = false } = options;
  const [a, weights] = weighted("histogram", x, options.weights, (z) => z.shape);
  const edges = histogramBinEdges(a, { bins, range });
  const n = edges.size;
  const inside = searchsorted(edges, a, { side: "right" });
  const bin = select3(p.eq(a, takeIndex(edges, 0, n - 1)), n - 1, inside);
  const all = scatterInto("histogram", p.full([n], 0, weights.dtype), [bin], weights, p.scatterAdd);
  const counts = takeRange(all, 0, 1, n);
  if (!density) return [counts, edges];
  return [p.div(p.div(counts, p.convert(diff(edges), counts.dtype)), sum(counts)), edges];
}

export interface HistogramDdOptions {
  /** One number of bins for all dimensions, or for each dimension a number or edges. */
  readonly bins?: number | readonly Bins[];
  /** For each dimension the least and greatest edge, or null for those of the values. */
  readonly range?: readonly Extent[] | null;
  readonly weights?: ArrayLike | null;
  readonly density?: boolean;
}

/** How many rows of a matrix fall into each box of a grid, and the grid's edges along each dimension. */
export function histogramdd(sample: ArrayLike, options: HistogramDdOptions = {}): [counts: Tensor, edges: Tensor[]] {
  checkOptions("histogramdd", options, histogramOptions);
  const { bins = 10, range = null, density = false } = options;
  const given = toTensor("histogramdd", sample);
  if (given.ndim !== 2) {
    throw new ShapeError(
      "CT107",
      `histogramdd: the sample has shape [${given.shape}], but it must be a matrix, one row for each point.`,
    );
  }
  const [points, weights] = weighted("histogramdd", given, options.weights, (z) => [z.shape[0]]);
  const ndim = points.shape[1];
  const perDimension = typeof bins === "number" ? upTo(ndim).map(() => bins) : bins;
  if (perDimension.length !== ndim || (range !== null && range.length !== ndim)) {
    throw new ArgumentError("CT003", `histogramdd: bins and range must be given for each of the ${ndim} dimensions.`);
  }
  const edges: Tensor[] = [];
  const boxes = upTo(ndim).map((d) => {
    const column = takeIndex(points, 1, d);
    const own = histogramBinEdges(column, { bins: perDimension[d], range: range === null ? null : range[d] });
    edges.push(own);
    const bin = searchsorted(own, column, { side: "right" });
    return select3(p.eq(column, takeIndex(own, 0, own.size - 1)), p.sub(bin, 1), bin);
  });
  // Beside the bins, one place on each side for what lies outside.
  const shape = edges.map((e) => e.size + 1);
  const flat = bincount(ravelMultiIndex(boxes, shape, { mode: "clip" }), {
    length: prod(shape),
    weights: options.weights === undefined || options.weights === null ? null : weights,
  });
  const all = p.reshape(flat, shape);
  const counts = p.slice(
    all,
    shape.map(() => 1),
    shape.map((n) => n - 1),
  );
  if (!density) return [counts, edges];
  const parts = p.convert(counts, points.dtype);
  const widths = edges.map((e, d) => p.broadcastInDim(diff(e), parts.shape, [d]));
  return [widths.reduce((y, w) => p.div(y, w), p.div(parts, sum(parts))), edges];
}

export interface Histogram2dOptions extends Omit<HistogramDdOptions, "bins"> {
  /** A number of bins or edges for both, or `[x, y]` for each. */
  readonly bins?: Bins | readonly [Bins, Bins];
}

/** How many points (x, y) fall into each rectangle of a grid, and the edges along x and y. */
export function histogram2d(
  x: ArrayLike,
  y: ArrayLike,
  options: Histogram2dOptions = {},
): [counts: Tensor, xEdges: Tensor, yEdges: Tensor] {
  checkOptions("histogram2d", options, histogramOptions);
  const { bins = 10, ...rest } = options;
  const isPair = Array.isArray(bins) && bins.length === 2;
  const both = typeof bins === "number" ? bins : isPair ? (bins as readonly Bins[]) : [bins as Bins, bins as Bins];
  const [a, b] = asTensors("histogram2d", x, y);
  const { dtype } = promoteTypes([a, b]);
  const sample = p.stack([p.convert(a, dtype), p.convert(b, dtype)], 1);
  const [counts, [xEdges, yEdges]] = histogramdd(sample, { ...rest, bins: both });
  return [counts, xEdges, yEdges];
}
