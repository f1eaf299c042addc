/** Sums, products, extrema and truth over axes. */
import type { ArrayLike } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { prod as product } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { identityElement, type Monoid } from "../primitives/reducers.js";
import { type Axis, dtypeOption } from "./arguments.js";
import { jitted } from "./jitted.js";
import { toTensor } from "./promote.js";
import { axesOf, promoteInteger, restoreAxes, wideFloat } from "./reduction-types.js";
import { truth } from "./ufunc.js";
import { whereTensors } from "./where.js";

export interface ReductionOptions {
  /** Keeps reduced axes, with size 1. */
  readonly keepdims?: boolean;
  /** A mask that broadcasts with x: elements where it is false do not count. */
  readonly where?: ArrayLike;
  /** A value that takes part in the reduction once. */
  readonly initial?: ArrayLike;
}
export interface SumOptions extends ReductionOptions {
  /** The type of the result, in which it is computed. */
  readonly dtype?: DType;
}

/** x with the value where the mask is false. */
function masked(fn: string, x: Tensor, mask: ArrayLike | undefined, value: () => Tensor): Tensor {
  if (mask === undefined) return x;
  const where = toTensor(fn, mask);
  return whereTensors(where, x, value());
}

interface Kind {
  readonly name: string;
  readonly reduce: (x: Tensor, axes: readonly number[]) => Tensor;
  readonly combine: (x: Tensor, y: Tensor) => Tensor;
  readonly monoid: Monoid;
  /** Whether nothing has a value: the empty sum has one, the maximum of nothing has none. */
  readonly hasIdentity: boolean;
}

function reduce(kind: Kind, x: Tensor, axis: Axis | undefined, options: ReductionOptions): Tensor {
  const { keepdims = false, where, initial } = options;
  const axes = axesOf(kind.name, x, axis);
  if (!kind.hasIdentity && initial === undefined) {
    if (where !== undefined) {
      throw new ArgumentError(
        "CT003",
        `${kind.name}: with a mask there may be no element at all, which has no ${kind.name}. Give option 'initial', a value for that case.`,
      );
    }
    if (product(axes.map((d) => x.shape[d])) === 0) {
      throw new ShapeError(
        "CT107",
        `${kind.name}: the array of shape [${x.shape}] has no elements along the axes reduced, and nothing has no ${kind.name}. Give option 'initial'.`,
      );
    }
  }
  const source = masked(kind.name, x, where, () => p.scalarLike(x, identityElement(kind.monoid, x.dtype)));
  const reduced = kind.reduce(source, axes);
  if (initial === undefined) return restoreAxes(reduced, axes, keepdims);
  const start = p.convert(toTensor(kind.name, initial), reduced.dtype);
  if (start.ndim !== 0) {
    throw new ShapeError("CT107", `${kind.name}: initial has shape [${start.shape}], but it must be a scalar.`);
  }
  return restoreAxes(kind.combine(start, reduced), axes, keepdims);
}

const sums: Kind = {
  name: "sum",
  reduce: p.reduceSum,
  combine: p.add,
  monoid: "sum",
  hasIdentity: true,
};
const products: Kind = {
  name: "prod",
  reduce: p.reduceProd,
  combine: p.mul,
  monoid: "prod",
  hasIdentity: true,
};
const sumOptions = ["keepdims", "where", "initial", "dtype"];

/** Sums and products: narrow integers widen, half types are added up in float32. */
function accumulate(kind: Kind, x: ArrayLike, axis: Axis | undefined, options: SumOptions): Tensor {
  checkOptions(kind.name, options, sumOptions);
  const t = toTensor(kind.name, x);
  const dtype = dtypeOption(kind.name, options.dtype);
  const result = dtype ?? promoteInteger(t.dtype);
  const weak = dtype === undefined && t.weakType;
  const wide = dtype === undefined ? wideFloat(result) : result;
  const compute = wide === "bool" ? "int32" : wide;
  const reduced = reduce(kind, p.convert(t, compute, weak), axis, options);
  return p.convert(reduced, result, weak);
}

/**
 * The sum over an axis, several, or all of them. Booleans and narrow integers are added up as int32 or uint32, half
 * types in float32.
 * @param axis an axis or a list of them; null, the default, is all
 * @returns x's shape without the axes, or with size 1 there if `keepdims`
 * @throws ShapeError CT100 or CT101 for axes that x does not have, or given twice
 * @example
 * np.sum([[1, 2], [3, 4]], 0).js(); // [4, 6]
 */
export const sum = (x: ArrayLike, axis?: Axis, options: SumOptions = {}): Tensor => accumulate(sums, x, axis, options);

/** The product over axes; see {@link sum} for types and options. */
export const prod = (x: ArrayLike, axis?: Axis, options: SumOptions = {}): Tensor =>
  accumulate(products, x, axis, options);

const maxima: Kind = { name: "max", reduce: p.reduceMax, combine: p.max, monoid: "max", hasIdentity: false };
const minima: Kind = { name: "min", reduce: p.reduceMin, combine: p.min, monoid: "min", hasIdentity: false };
const extremumOptions = ["keepdims", "where", "initial"];

function extremum(kind: Kind, x: ArrayLike, axis: Axis | undefined, options: ReductionOptions): Tensor {
  checkOptions(kind.name, options, extremumOptions);
  return reduce(kind, toTensor(kind.name, x), axis, options);
}

/** The largest element over axes; NaN if there is one. @throws ShapeError CT107 for no elements without `initial` */
export const max = (x: ArrayLike, axis?: Axis, options: ReductionOptions = {}): Tensor =>
  extremum(maxima, x, axis, options);
/** The smallest element over axes; NaN if there is one. */
export const min = (x: ArrayLike, axis?: Axis, options: ReductionOptions = {}): Tensor =>
  extremum(minima, x, axis, options);
export { max as amax, min as amin };

export interface TruthOptions {
  readonly keepdims?: boolean;
  readonly where?: ArrayLike;
}
const everything: Kind = {
  name: "all",
  reduce: p.reduceAnd,
  combine: p.bitwiseAnd,
  monoid: "and",
  hasIdentity: true,
};
const anything: Kind = {
  name: "any",
  reduce: p.reduceOr,
  combine: p.bitwiseOr,
  monoid: "or",
  hasIdentity: true,
};
function truthOver(kind: Kind, x: ArrayLike, axis: Axis | undefined, options: TruthOptions): Tensor {
  checkOptions(kind.name, options, ["keepdims", "where"]);
  return reduce(kind, p.convert(toTensor(kind.name, x), "bool"), axis, options);
}
/** Whether all elements over axes are not zero. */
export const all = (x: ArrayLike, axis?: Axis, options: TruthOptions = {}): Tensor =>
  truthOver(everything, x, axis, options);
/** Whether any element over axes is not zero. */
export const any = (x: ArrayLike, axis?: Axis, options: TruthOptions = {}): Tensor =>
  truthOver(anything, x, axis, options);

const countCall = jitted("count_nonzero", ([x], axis: Axis | undefined, keepdims: boolean) =>
  sum(truth(x), axis, { keepdims, dtype: "int32" }),
);
/** How many elements over axes are not zero, as int32. */
export function countNonzero(x: ArrayLike, axis?: Axis, options: { readonly keepdims?: boolean } = {}): Tensor {
  checkOptions("countNonzero", options, ["keepdims"]);
  return countCall([toTensor("countNonzero", x)], axis ?? null, options.keepdims ?? false);
}

const ptpCall = jitted("_ptp", ([x], axis: Axis | undefined, keepdims: boolean) =>
  p.sub(max(x, axis, { keepdims }), min(x, axis, { keepdims })),
);
/** The largest element less the smallest, over axes. */
export function ptp(x: ArrayLike, axis?: Axis, options: { readonly keepdims?: boolean } = {}): Tensor {
  checkOptions("ptp", options, ["keepdims"]);
  return ptpCall([toTensor("ptp", x)], axis ?? null, options.keepdims ?? false);
}
