/** Operations across axes that vmap maps under a name. */
import type { ArrayLike } from "../core/array-like.js";
import { toInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { isPermutation, normalizeAxis, prod, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as c from "../primitives/collectives.js";
import * as p from "../primitives/index.js";
import * as tree from "../tree/index.js";
import { tensor } from "./operands.js";
import { dynamicIndexInDim, dynamicSliceInDim } from "./slicing.js";

/** The name of an axis, or the names of several. */
export type AxisNames = string | readonly string[];
const list = (names: AxisNames): readonly string[] => (typeof names === "string" ? [names] : names);

/** A function of a tensor, over trees. */
const overTree = <T>(fn: string, x: T, f: (leaf: Tensor) => Tensor): T =>
  tree.map((leaf: unknown) => f(tensor(fn, leaf as ArrayLike)), x) as T;

const over = (fn: string, f: (x: Tensor, axisName: string) => Tensor) =>
  Object.defineProperty(
    <T>(x: T, axisName: AxisNames): T => {
      for (const name of list(axisName)) c.namedAxis(fn, name);
      return overTree(fn, x, (leaf) => list(axisName).reduce(f, leaf));
    },
    "name",
    { value: fn },
  );

const countable = (x: Tensor): Tensor => (x.dtype === "bool" ? p.convert(x, "int32") : x);

/**
 * The sum over a named axis, or several, of each tensor of a tree; the same for each element of the axis.
 * @throws TransformError CT325 if no axis has the name
 * @example
 * vmap((x: Tensor) => x.div(lax.psum(x, "i")), { axisName: "i" })(np.array([1, 3])).js(); // [0.25, 0.75]
 */
export const psum = over("lax.psum", (x, name) => c.psum(countable(x), name));
/** The largest over a named axis. */
export const pmax = over("lax.pmax", c.pmax);
/** The smallest over a named axis. */
export const pmin = over("lax.pmin", c.pmin);
/** The mean over a named axis. */
export const pmean = over("lax.pmean", (x, name) => {
  const inexact = p.convert(x, toInexact(x.dtype));
  return p.div(c.psum(inexact, name), c.namedAxis("lax.pmean", name).size);
});

/** The options of {@link allGather}. */
export interface AllGatherOptions {
  /** Where the results have the gathered axis. Default 0. */
  readonly axis?: number;
  /** Joins the values along an axis they have, instead of stacking them along a new one. */
  readonly tiled?: boolean;
}
/**
 * The values of each tensor of a tree over a named axis, stacked.
 * @example
 * vmap((x: Tensor) => lax.allGather(x, "i"), { axisName: "i" })(np.array([1, 2])).js(); // [[1, 2], [1, 2]]
 */
export function allGather<T>(x: T, axisName: string, options: AllGatherOptions = {}): T {
  checkOptions("lax.allGather", options, ["axis", "tiled"]);
  c.namedAxis("lax.allGather", axisName);
  const { axis = 0, tiled = false } = options;
  return overTree("lax.allGather", x, (leaf) => {
    const d = normalizeAxis(axis, tiled ? leaf.ndim : leaf.ndim + 1, "lax.allGather");
    const gathered = p.moveAxis(c.allGather(leaf, axisName), 0, d);
    return tiled ? joined(gathered, d) : gathered;
  });
}
/** x with the axes d and d + 1 as one. */
const joined = (x: Tensor, d: number): Tensor =>
  p.reshape(x, [...x.shape.slice(0, d), x.shape[d] * x.shape[d + 1], ...x.shape.slice(d + 2)]);

/** The place along a named axis, an int32; along several, counted row by row. */
export function axisIndex(axisName: AxisNames): Tensor {
  return list(axisName).reduce(
    (at, name) => {
      const { size } = c.namedAxis("lax.axisIndex", name);
      const own = c.axisIndex(name);
      return at === null ? own : p.add(p.mul(at, p.scalarLike(at, size)), own);
    },
    null as Tensor | null,
  ) as Tensor;
}
/** The size of a named axis; of several, the product. */
export const axisSize = (axisName: AxisNames): number =>
  prod(list(axisName).map((name) => c.namedAxis("lax.axisSize", name).size));

/**
 * The values moved along a named axis.
 * @param perm pairs `[from, to]` of places, each place at most once on either side; places that nothing goes to get zeros
 * @example
 * const shift = (x: Tensor) => lax.ppermute(x, "i", [[0, 1], [1, 2], [2, 0]]);
 * vmap(shift, { axisName: "i" })(np.array([1, 2, 3])).js(); // [3, 1, 2]
 */
export function ppermute<T>(x: T, axisName: string, perm: readonly (readonly [from: number, to: number])[]): T {
  const { size } = c.namedAxis("lax.ppermute", axisName);
  for (const side of [0, 1] as const) {
    const places = perm.map((pair) => pair[side]);
    if (new Set(places).size === places.length && places.every((i) => Number.isInteger(i) && i >= 0 && i < size))
      continue;
    throw new ShapeError(
      "CT102",
      `lax.ppermute: perm goes ${side === 0 ? "from" : "to"} the places ${places.join(", ")} of the axis '${axisName}' of size ${size}. ` +
        `Name each of 0 … ${size - 1} once at most.`,
    );
  }
  // For each place where its value comes from; `size`, where there are zeros, if from nowhere.
  const sources = range(size).map((to) => perm.find((pair) => pair[1] === to)?.[0] ?? size);
  const source = dynamicIndexInDim(tensor("lax.ppermute", Int32Array.from(sources)), c.axisIndex(axisName), 0, {
    keepdims: false,
  });
  return overTree("lax.ppermute", x, (leaf) => {
    const zero = p.zerosLike(leaf);
    const all = p.concatenate([c.allGather(leaf, axisName), p.expandDims(zero, [0])], 0);
    return dynamicIndexInDim(all, source, 0, { keepdims: false });
  });
}
/** The values of a named axis reordered: place i gets the value of place `perm[i]`. */
export function pshuffle<T>(x: T, axisName: string, perm: readonly number[]): T {
  const { size } = c.namedAxis("lax.pshuffle", axisName);
  if (isPermutation(perm, size)) {
    return ppermute(
      x,
      axisName,
      perm.map((from, to) => [from, to] as const),
    );
  }
  throw new ShapeError(
    "CT102",
    `lax.pshuffle: perm is [${perm}], but the axis '${axisName}' has size ${size}. Name each of 0 … ${size - 1} once.`,
  );
}
/** The value at one place of a named axis, for all. */
export function pbroadcast<T>(x: T, axisName: string, source: number): T {
  const { size } = c.namedAxis("lax.pbroadcast", axisName);
  const at = normalizeAxis(source, size, "lax.pbroadcast");
  return overTree("lax.pbroadcast", x, (leaf) =>
    dynamicIndexInDim(c.allGather(leaf, axisName), at, 0, { keepdims: false }),
  );
}

/** The options of {@link allToAll} and {@link psumScatter}. */
export interface TiledOptions {
  /** Splits and joins axes that stay, instead of taking one away and putting one in. */
  readonly tiled?: boolean;
}
/**
 * Splits an axis over the places of a named axis, and gathers from them along another: the named axis and `splitAxis`
 * change places, and the named one's values come to stand along `concatAxis`.
 *
 * @param splitAxis an axis of the named axis's size (tiled: of a multiple of it)
 * @param concatAxis where the result has the gathered axis (tiled: the axis along which values are joined)
 */
export function allToAll<T>(
  x: T,
  axisName: string,
  splitAxis: number,
  concatAxis: number,
  options: TiledOptions = {},
): T {
  checkOptions("lax.allToAll", options, ["tiled"]);
  const { tiled = false } = options;
  return overTree("lax.allToAll", x, (leaf) => {
    const part = ownPart("lax.allToAll", c.allGather(leaf, axisName), axisName, splitAxis, tiled);
    const d = normalizeAxis(concatAxis, leaf.ndim, "lax.allToAll");
    const placedThere = p.moveAxis(part, 0, d);
    return tiled ? joined(placedThere, d) : placedThere;
  });
}
/** The values, gathered in front, of this place's part of an axis. */
function ownPart(fn: string, gathered: Tensor, axisName: string, splitAxis: number, tiled: boolean): Tensor {
  const { size } = c.namedAxis(fn, axisName);
  const d = normalizeAxis(splitAxis, gathered.ndim - 1, fn) + 1;
  const n = gathered.shape[d];
  if (tiled ? n % size !== 0 : n !== size) {
    throw new ShapeError(
      "CT103",
      `${fn}: axis ${splitAxis} has size ${n}, but must have ${tiled ? "a multiple of " : ""}the size ${size} of '${axisName}' to be split over it.`,
    );
  }
  const at = c.axisIndex(axisName);
  if (!tiled) return dynamicIndexInDim(gathered, at, d, { keepdims: false });
  return dynamicSliceInDim(gathered, p.mul(at, p.scalarLike(at, n / size)), n / size, d);
}
/** A named axis and an axis of the same size exchanged. */
export const pswapaxes = <T>(x: T, axisName: string, axis: number): T => allToAll(x, axisName, axis, axis);

/** The options of {@link psumScatter}. */
export interface PsumScatterOptions extends TiledOptions {
  /** The axis of the sum that is split over the places. Default 0. */
  readonly scatterDimension?: number;
}
/** The sum over a named axis, of which each place gets its part. */
export function psumScatter<T>(x: T, axisName: string, options: PsumScatterOptions = {}): T {
  checkOptions("lax.psumScatter", options, ["scatterDimension", "tiled"]);
  const { scatterDimension = 0, tiled = false } = options;
  c.namedAxis("lax.psumScatter", axisName);
  return overTree("lax.psumScatter", x, (leaf) => {
    const total = p.expandDims(c.psum(countable(leaf), axisName), [0]);
    return p.squeeze(ownPart("lax.psumScatter", total, axisName, scatterDimension, tiled), [0]);
  });
}
