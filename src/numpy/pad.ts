/** Arrays made larger at their edges. */
import type { ArrayLike } from "../core/array-like.js";
import { dtypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { mean } from "./averages.js";
import { broadcastToShape, toTensor } from "./promote.js";
import { median } from "./quantiles.js";
import { linspace } from "./ranges.js";
import { max, min } from "./reductions.js";
import { takeRange } from "./take-index.js";

/** One amount for all edges, `[before, after]` for all axes, or a pair (or one number) for each axis. */
export type PadWidth = number | readonly number[] | readonly (readonly number[])[];
type Pairs<T> = readonly (readonly [T, T])[];

const modes = [
  "constant", "edge", "linear_ramp", "maximum", "mean", "median", "minimum", "reflect", "symmetric", "wrap", "empty",
] as const; // biome-ignore format: a list
/** What new elements are: see {@link pad}. */
export type PadMode = (typeof modes)[number];

export interface PadOptions {
  /** `"constant"` by default. */
  readonly mode?: PadMode;
  /** Of `"constant"`: the value, `[before, after]`, or a pair for each axis; 0 by default. */
  readonly constantValues?: ArrayLike;
  /** Of `"linear_ramp"`: the values at the ends; 0 by default. */
  readonly endValues?: ArrayLike;
  /** Of `"maximum"`, `"mean"`, `"median"`, `"minimum"`: how many elements at the edge count; all by default. */
  readonly statLength?: PadWidth | null;
  /** Of `"reflect"` and `"symmetric"`: `"odd"` turns the mirror image over the edge's value. */
  readonly reflectType?: "even" | "odd";
}

/** A pair for each axis, out of one number, one pair, or one for each axis. */
function toPairs(name: string, value: PadWidth, ndim: number): Pairs<number> {
  const rows =
    typeof value === "number"
      ? [[value]]
      : typeof value[0] === "number"
        ? [value as readonly number[]]
        : (value as readonly (readonly number[])[]);
  const fits = (rows.length === 1 || rows.length === ndim) && rows.every((r) => r.length === 1 || r.length === 2);
  const whole = rows.every((r) => r.every((n) => Number.isInteger(n) && n >= 0));
  if (!fits || !whole) {
    throw new ArgumentError(
      "CT003",
      `pad: ${name} is ${JSON.stringify(value)}, but for ${ndim} axes it must be an integer that is not negative, a pair, or a pair for each axis.`,
    );
  }
  return range(ndim).map((d) => {
    const row = rows[rows.length === 1 ? 0 : d];
    return [row[0], row[row.length - 1]];
  });
}

/** The same of scalars that may be tensors. */
function scalarPairs(value: ArrayLike, ndim: number): Pairs<Tensor> {
  const given = toTensor("pad", value);
  const table = broadcastToShape("pad", given, [ndim, 2]);
  const at = (d: number, i: number): Tensor => p.reshape(p.slice(table, [d, i], [d + 1, i + 1]), []);
  return range(ndim).map((d) => [at(d, 0), at(d, 1)]);
}

const repeated = (x: Tensor, d: number, n: number): Tensor => p.broadcastInDim(x, x.shape.with(d, n), range(x.ndim));

function constant(x: Tensor, widths: Pairs<number>, value: ArrayLike): Tensor {
  const given = toTensor("pad", value);
  if (given.ndim === 0 || given.size === 1) {
    const filler = p.reshape(p.convert(given, x.dtype, x.weakType), []);
    return p.pad(
      x,
      filler,
      widths.map(([low, high]) => [low, high, 0]),
    );
  }
  const values = scalarPairs(p.convert(given, x.dtype, x.weakType), x.ndim);
  return widths.reduce((y, [low, high], d) => {
    const along = (before: number, after: number) =>
      range(x.ndim).map((i) => (i === d ? ([before, after, 0] as const) : ([0, 0, 0] as const)));
    const one = low === 0 ? y : p.pad(y, values[d][0], along(low, 0));
    return high === 0 ? one : p.pad(one, values[d][1], along(0, high));
  }, x);
}

/** Axis by axis: what to put before and after. */
const axisByAxis = (
  x: Tensor,
  widths: Pairs<number>,
  mode: PadMode,
  edges: (y: Tensor, d: number, low: number, high: number) => readonly Tensor[],
): Tensor =>
  widths.reduce((y, [low, high], d) => {
    if (low === 0 && high === 0) return y;
    if (y.shape[d] === 0) {
      throw new ShapeError(
        "CT107",
        `pad: axis ${d} of an array of shape [${x.shape}] is empty, so mode "${mode}" has nothing to go by.`,
      );
    }
    return p.concatenate(edges(y, d, low, high), d);
  }, x);

function wrapped(y: Tensor, d: number, low: number, high: number): Tensor[] {
  const n = y.shape[d];
  const copies = Math.floor(low / n) + Math.floor(high / n) + 1;
  return [takeRange(y, d, n - (low % n), n), ...range(copies).map(() => y), takeRange(y, d, 0, high % n)];
}

/** Mirror images, as often as there is room. */
function mirrored(x: Tensor, d: number, widths: readonly [number, number], skipEdge: boolean, odd: boolean): Tensor {
  const size = x.shape[d];
  const offset = skipEdge && size > 1 ? 1 : 0;
  const grow = (start: Tensor, width: number, before: boolean): Tensor => {
    let y = start;
    let edge = takeRange(y, d, before ? 0 : y.shape[d] - 1, before ? 1 : y.shape[d]);
    for (let left = width; left > 0; ) {
      const now = Math.min(left, size - offset);
      left -= now;
      const n = y.shape[d];
      const piece = before ? takeRange(y, d, offset, offset + now) : takeRange(y, d, n - offset - now, n - offset);
      let image = p.rev(piece, [d]);
      if (odd) {
        image = p.sub(p.mul(edge, 2), image);
        if (size > 1) edge = before ? takeRange(image, d, 0, 1) : takeRange(image, d, now - 1, now);
      }
      y = p.concatenate(before ? [image, y] : [y, image], d);
    }
    return y;
  };
  return grow(grow(x, widths[0], true), widths[1], false);
}

const statistics = {
  maximum: (x: Tensor, d: number) => max(x, d, { keepdims: true }),
  minimum: (x: Tensor, d: number) => min(x, d, { keepdims: true }),
  mean: (x: Tensor, d: number) => mean(x, d, { keepdims: true }),
  median: (x: Tensor, d: number) => median(x, d, { keepdims: true }),
} as const;

function byStatistic(
  x: Tensor,
  widths: Pairs<number>,
  mode: keyof typeof statistics,
  lengths: Pairs<number> | null,
): Tensor {
  const whole = ["signed", "unsigned"].includes(dtypes[x.dtype].kind);
  const value = (piece: Tensor, d: number): Tensor => {
    const s = statistics[mode](piece, d);
    const rounded = whole && s.dtype !== x.dtype ? p.round(s, "toNearestEven") : s;
    return p.convert(rounded, x.dtype, x.weakType);
  };
  return axisByAxis(x, widths, mode, (y, d, low, high) => {
    const n = y.shape[d];
    const [before, after] = lengths === null ? [n, n] : lengths[d].map((k) => Math.min(k, n));
    if (before === 0 || after === 0) {
      throw new ArgumentError(
        "CT004",
        "pad: statLength is 0, so there is nothing to take the statistic of. Use 1 or more.",
      );
    }
    const first = value(takeRange(y, d, 0, before), d);
    return [repeated(first, d, low), y, repeated(value(takeRange(y, d, n - after, n), d), d, high)];
  });
}

function ramps(x: Tensor, widths: Pairs<number>, ends: Pairs<Tensor>): Tensor {
  return axisByAxis(x, widths, "linear_ramp", (y, d, low, high) => {
    const n = y.shape[d];
    const ramp = (end: Tensor, from: number, num: number): Tensor => {
      const edge = p.squeeze(takeRange(y, d, from, from + 1), [d]);
      return p.convert(linspace(end, edge, num, { endpoint: false, dtype: y.dtype, axis: d }), y.dtype, y.weakType);
    };
    return [ramp(ends[d][0], 0, low), y, p.rev(ramp(ends[d][1], n - 1, high), [d])];
  });
}

/**
 * x with elements put before and after it along each axis.
 *
 * Modes: `"constant"` values; the `"edge"` value repeated; a `"linear_ramp"` to end values; the `"maximum"`, `"mean"`,
 * `"median"` or `"minimum"` along the axis; the array mirrored without its edge (`"reflect"`) or with it (`"symmetric"`);
 * the array from its other end (`"wrap"`); `"empty"`: values that do not matter.
 * @throws ArgumentError CT003 for widths that do not go with the axes, or a mode that does not exist
 * @example np.pad([1, 2], [1, 2]).js(); // [0, 1, 2, 0, 0]
 */
export function pad(x: ArrayLike, padWidth: PadWidth, options: PadOptions = {}): Tensor {
  checkOptions("pad", options, ["mode", "constantValues", "endValues", "statLength", "reflectType"]);
  const { mode = "constant", constantValues = 0, endValues = 0, statLength = null, reflectType = "even" } = options;
  const a = toTensor("pad", x);
  if (a.ndim === 0) return a;
  const widths = toPairs("padWidth", padWidth, a.ndim);
  switch (mode) {
    case "constant":
      return constant(a, widths, constantValues);
    case "empty":
      return constant(a, widths, 0);
    case "edge":
      return axisByAxis(a, widths, mode, (y, d, low, high) => {
        const n = y.shape[d];
        return [repeated(takeRange(y, d, 0, 1), d, low), y, repeated(takeRange(y, d, n - 1, n), d, high)];
      });
    case "linear_ramp":
      return ramps(a, widths, scalarPairs(endValues, a.ndim));
    case "maximum":
    case "mean":
    case "median":
    case "minimum":
      return byStatistic(a, widths, mode, statLength === null ? null : toPairs("statLength", statLength, a.ndim));
    case "reflect":
    case "symmetric":
      if (reflectType !== "even" && reflectType !== "odd") {
        throw new ArgumentError(
          "CT003",
          `pad: reflectType is ${JSON.stringify(reflectType)}, but it must be "even" or "odd".`,
        );
      }
      return axisByAxis(a, widths, mode, (y, d, low, high) => [
        mirrored(y, d, [low, high], mode === "reflect", reflectType === "odd"),
      ]);
    case "wrap":
      return axisByAxis(a, widths, mode, wrapped);
    default:
      throw new ArgumentError(
        "CT003",
        `pad: mode is ${JSON.stringify(mode)}, but it must be one of ${modes.join(", ")}.`,
      );
  }
}
