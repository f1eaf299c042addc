/** Evenly spaced numbers and grids of them. */
import type { ArrayLike } from "../core/array-like.js";
import {
  type DType,
  defaultFloat,
  defaultInt,
  dtypes,
  isComplex,
  isInexact,
  isInteger,
  promoteTypes,
  toInexact,
} from "../core/dtype.js";
import { scalarType } from "../core/scalars.js";
import { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import { normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import {
  type ArrayOptions,
  arrayOptions,
  asInteger,
  asShape,
  dtypeOption,
  placed,
  type ShapeLike,
} from "./arguments.js";
import { sign } from "./arithmetic.js";
import { log10, power } from "./exponential.js";
import { jitted } from "./jitted.js";
import { asTensors, broadcastTensors, toTensor } from "./promote.js";

type Bound = number | bigint | Tensor;
const numberOf = (fn: string, x: Bound): number => {
  const value = Number(x instanceof Tensor ? x.item() : x);
  if (typeof x === "object" || typeof x === "bigint" || (typeof x === "number" && Number.isFinite(x))) return value;
  throw new ArgumentError("CT003", `${fn}: bounds and step must be finite numbers, but got ${String(x)}.`);
};

/**
 * Numbers from `start` (0 if left out) up to before `stop` in steps of `step`: int32 if all are whole, else float32,
 * unless `dtype` says otherwise.
 * @throws ArgumentError CT003 for bounds that are no finite numbers, CT004 for a step of 0
 * @example
 * np.arange(3).js(); // [0, 1, 2]
 * np.arange(1, 2, 0.5).js(); // [1, 1.5]
 */
export function arange(stop: Bound, options?: ArrayOptions): Tensor;
export function arange(start: Bound, stop: Bound, options?: ArrayOptions): Tensor;
export function arange(start: Bound, stop: Bound, step: Bound, options?: ArrayOptions): Tensor;
export function arange(...args: readonly (Bound | ArrayOptions | undefined)[]): Tensor {
  const last = args.at(-1);
  const hasOptions = last === undefined || (typeof last === "object" && !(last instanceof Tensor));
  const options = (hasOptions ? last : undefined) as ArrayOptions | undefined;
  const bounds = (hasOptions ? args.slice(0, -1) : args) as readonly Bound[];
  checkOptions("arange", options, arrayOptions);
  if (bounds.length < 1 || bounds.length > 3) {
    throw new ArgumentError(
      "CT003",
      `arange: it takes stop, start and stop, or start, stop and step; got ${bounds.length} numbers.`,
    );
  }
  const [start, stop] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  const given = dtypeOption("arange", options?.dtype);
  const dtype = given ?? promoteTypes(bounds.map((x) => (x instanceof Tensor ? x : scalarType(x)))).dtype;
  const [from, to, by] = [start, stop, bounds[2] ?? 1].map((x) => numberOf("arange", x));
  if (by === 0) throw new ArgumentError("CT004", "arange: the step is 0, which never reaches stop. Give another step.");
  const size = Math.max(0, Math.ceil((to - from) / by));
  // Half types are counted in float32, which holds every index.
  const wide = isInexact(dtype) && dtypes[dtype].bytes < 4 ? defaultFloat : dtype === "bool" ? defaultInt : dtype;
  let x = p.iota(wide, [size], 0);
  if (bounds.length === 3 && by !== 1) x = p.mul(by, x);
  if (bounds.length > 1 && (bounds.length === 3 || from !== 0)) x = p.add(from, x);
  return placed("arange", p.convert(x, dtype), options?.device);
}

export interface LinspaceOptions extends ArrayOptions {
  /** Whether `stop` is the last value; true by default. */
  readonly endpoint?: boolean;
  /** Where the axis of samples stands in the result, when start and stop are arrays. */
  readonly axis?: number;
}
const linspaceOptions = [...arrayOptions, "endpoint", "axis"];

interface Spacing {
  readonly num: number;
  readonly endpoint: boolean;
  readonly dtype: DType | undefined;
  readonly axis: number;
}

/** The dtype that samples are computed in: the common inexact type, but no half types. */
function computeType(xs: readonly Tensor[], dtype: DType | undefined): DType {
  const types = dtype === undefined ? xs : [...xs, { dtype, weakType: false }];
  return toInexact(promoteTypes(types).dtype);
}

const linspaceCall = jitted("_linspace", ([a, b], { num, endpoint, dtype, axis }: Spacing) => {
  const type = computeType([a, b], dtype);
  const [start, stop] = broadcastTensors("linspace", p.convert(a, type), p.convert(b, type));
  const ndim = start.ndim + 1;
  const at = normalizeAxis(axis, ndim, "linspace");
  const spread = (x: Tensor): Tensor => p.reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
  const finish = (x: Tensor): Tensor => {
    const out = dtype ?? type;
    return p.convert(isInteger(out) ? p.floor(x) : x, out);
  };
  if (num === 0) return p.full([...start.shape.slice(0, at), 0, ...start.shape.slice(at)], 0, dtype ?? type);
  if (num === 1) return finish(spread(start));
  const parts = endpoint ? num - 1 : num;
  const counting = isComplex(type) ? (type === "complex64" ? "float32" : "float64") : type;
  const positions = p.reshape(
    p.iota(counting, [parts], 0),
    range(ndim).map((d) => (d === at ? parts : 1)),
  );
  const fraction = p.convert(p.div(positions, parts), type);
  // Weighing both ends keeps the values near each of them exact.
  const samples = p.add(p.mul(spread(start), p.sub(1, fraction)), p.mul(spread(stop), fraction));
  return finish(endpoint ? p.concatenate([samples, p.expandDims(stop, [at])], at) : samples);
});

function checkCount(fn: string, num: number): number {
  const n = asInteger(fn, "num", num);
  if (n >= 0) return n;
  throw new ArgumentError("CT004", `${fn}: num is ${n}, but a number of samples is 0 or more.`);
}

/**
 * `num` evenly spaced numbers from `start` to `stop`, which is among them unless `endpoint` is false.
 * With `retstep` the step comes too: `[samples, step]`.
 * @example np.linspace(0, 1, 5).js(); // [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num: number | undefined,
  options: LinspaceOptions & { readonly retstep: true },
): [samples: Tensor, step: Tensor];
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num?: number,
  options?: LinspaceOptions & { readonly retstep?: false },
): Tensor;
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num = 50,
  options: LinspaceOptions & { readonly retstep?: boolean } = {},
): Tensor | [Tensor, Tensor] {
  checkOptions("linspace", options, [...linspaceOptions, "retstep"]);
  const { endpoint = true, axis = 0, device } = options;
  const dtype = dtypeOption("linspace", options.dtype);
  const spacing = { num: checkCount("linspace", num), endpoint, dtype, axis };
  const operands = asTensors("linspace", start, stop);
  const samples = placed("linspace", linspaceCall(operands, spacing), device);
  return options.retstep ? [samples, stepOf(operands, endpoint ? num - 1 : num, dtype)] : samples;
}

/** The distance between samples; NaN where there is none. */
function stepOf(bounds: readonly Tensor[], parts: number, dtype: DType | undefined): Tensor {
  const type = computeType(bounds, dtype);
  const [x, y] = broadcastTensors("linspace", ...bounds.map((b) => p.convert(b, type)));
  return parts > 0 ? p.div(p.sub(y, x), parts) : p.full(x.shape, Number.NaN, type);
}

const logspaceCall = jitted("_logspace", ([a, b, base], { num, endpoint, dtype, axis }: Spacing) => {
  const type = computeType([a, b, base], dtype);
  const [start, stop, c] = [a, b, base].map((x) => p.convert(x, type));
  const exponents = linspaceCall([start, stop], { num, endpoint, dtype: undefined, axis });
  return p.convert(power(c, exponents), dtype ?? type);
});

/** `num` numbers whose logarithms to `base` (10) are evenly spaced from `start` to `stop`. */
export function logspace(
  start: ArrayLike,
  stop: ArrayLike,
  num = 50,
  options: LinspaceOptions & { readonly base?: ArrayLike } = {},
): Tensor {
  checkOptions("logspace", options, [...linspaceOptions, "base"]);
  const { endpoint = true, axis = 0, base = 10, device } = options;
  const dtype = dtypeOption("logspace", options.dtype);
  const spacing = { num: checkCount("logspace", num), endpoint, dtype, axis };
  const operands = asTensors("logspace", start, stop, base);
  return placed("logspace", logspaceCall(operands, spacing), device);
}

const geomspaceCall = jitted("_geomspace", ([a, b], { num, endpoint, dtype, axis }: Spacing) => {
  const type = computeType([a, b], dtype);
  const [start, stop] = [p.convert(a, type), p.convert(b, type)];
  // Complex values may turn: only the moduli follow the logarithm, so the phase of the start is taken out.
  const phase = sign(start);
  const [x, y] = [log10(p.div(start, phase)), log10(p.div(stop, phase))];
  const spaced = logspaceCall([x, y, p.scalarLike(x, 10)], { num, endpoint, dtype: undefined, axis: 0 });
  const product = p.mul(phase.ndim === 0 ? phase : p.expandDims(phase, [0]), spaced);
  return p.convert(p.moveAxis(product, 0, normalizeAxis(axis, product.ndim, "geomspace")), dtype ?? type);
});

/** `num` numbers from `start` to `stop`, each the same multiple of the one before. */
export function geomspace(start: ArrayLike, stop: ArrayLike, num = 50, options: LinspaceOptions = {}): Tensor {
  checkOptions("geomspace", options, linspaceOptions);
  const { endpoint = true, axis = 0, device } = options;
  const dtype = dtypeOption("geomspace", options.dtype);
  const spacing = { num: checkCount("geomspace", num), endpoint, dtype, axis };
  return placed("geomspace", geomspaceCall(asTensors("geomspace", start, stop), spacing), device);
}

/**
 * Coordinates on a grid of vectors: one array for each, all of the grid's shape (with `sparse`, of size 1 along the
 * others' axes). With `indexing: "xy"`, the default, the first two vectors run along columns and rows.
 */
export function meshgrid(
  vectors: readonly ArrayLike[],
  options: { readonly indexing?: "xy" | "ij"; readonly sparse?: boolean } = {},
): Tensor[] {
  checkOptions("meshgrid", options, ["indexing", "sparse"]);
  const { indexing = "xy", sparse = false } = options;
  if (indexing !== "xy" && indexing !== "ij") {
    throw new ArgumentError("CT003", `meshgrid: indexing is ${JSON.stringify(indexing)}, but it must be "xy" or "ij".`);
  }
  const xs = vectors.map((x) => toTensor("meshgrid", x)).map((x) => (x.ndim === 1 ? x : p.reshape(x, [x.size])));
  const swap = indexing === "xy" && xs.length > 1;
  const axisOf = (i: number): number => (swap && i < 2 ? 1 - i : i);
  const shape = range(xs.length).map((d) => xs[axisOf(d)].size);
  return xs.map((x, i) => {
    const own = shape.map((n, d) => (sparse && d !== axisOf(i) ? 1 : n));
    return p.broadcastInDim(x, own, [axisOf(i)]);
  });
}

/**
 * The index along each dimension at each place of an array of the given shape: one array whose first axis runs over the
 * dimensions, or with `sparse` a list of arrays that broadcast to the shape.
 */
export function indices(shape: ShapeLike, options: { readonly dtype?: DType; readonly sparse: true }): Tensor[];
export function indices(shape: ShapeLike, options?: { readonly dtype?: DType; readonly sparse?: false }): Tensor;
export function indices(
  shape: ShapeLike,
  options: { readonly dtype?: DType; readonly sparse?: boolean } = {},
): Tensor | Tensor[] {
  checkOptions("indices", options, ["dtype", "sparse"]);
  const sizes = asShape("indices", shape);
  const dtype = dtypeOption("indices", options.dtype) ?? defaultInt;
  const grids = sizes.map((n, d) => {
    const own = sizes.map((m, i) => (options.sparse && i !== d ? 1 : m));
    return p.broadcastInDim(p.iota(dtype, [n], 0), own, [d]);
  });
  if (options.sparse) return grids;
  return grids.length === 0 ? p.full([0], 0, dtype) : p.stack(grids, 0);
}
