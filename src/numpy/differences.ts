/** Differences between neighbours, gradients, integrals by the trapezoidal rule, and phases made continuous. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex, isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { normalizeAxes, normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions, isPlainObject } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { type Axis, asInteger } from "./arguments.js";
import { add, divide, floorDivide, multiply, remainder, subtract } from "./arithmetic.js";
import { cumsum } from "./cumulative.js";
import { jitted } from "./jitted.js";
import { concatenate } from "./joining.js";
import { asTensors, broadcastToShape, promoteDtypes, promoteDtypesInexact, toTensor } from "./promote.js";
import { sum } from "./reductions.js";
import { refuseComplex } from "./refuse.js";
import { moveaxis, ravel } from "./shapes.js";
import { takeIndex, takeRange } from "./take-index.js";
import { select3, whereTensors } from "./where.js";

/** Each element along d less the one before it; of booleans, whether they differ. */
function neighbours(x: Tensor, d: number): Tensor {
  const n = x.shape[d];
  const [later, earlier] = [takeRange(x, d, Math.min(1, n), n), takeRange(x, d, 0, Math.max(n - 1, 0))];
  return x.dtype === "bool" ? p.ne(later, earlier) : p.sub(later, earlier);
}

export interface DiffOptions {
  /** How often differences are taken; once by default. */
  readonly n?: number;
  /** The last by default. */
  readonly axis?: number;
  /** Put before the elements along the axis; a scalar counts once. */
  readonly prepend?: ArrayLike;
  /** Put behind them. */
  readonly append?: ArrayLike;
}

const diffCall = jitted("diff", ([x], n: number, d: number) => range(n).reduce((y) => neighbours(y, d), x));

/**
 * The n-th differences between neighbours along an axis.
 * @throws ShapeError CT107 for a scalar, ArgumentError CT004 for a negative n
 * @example np.diff([1, 4, 9, 16]).js(); // [3, 5, 7]
 */
export function diff(x: ArrayLike, options: DiffOptions = {}): Tensor {
  checkOptions("diff", options, ["n", "axis", "prepend", "append"]);
  const a = toTensor("diff", x);
  const n = asInteger("diff", "n", options.n ?? 1);
  if (n === 0) return a;
  if (n < 0) throw new ArgumentError("CT004", `diff: n is ${n}, but differences are taken 0 times or more.`);
  if (a.ndim === 0) {
    throw new ShapeError("CT107", "diff: a scalar has no neighbours. Give an array of one dimension at least.");
  }
  const d = normalizeAxis(options.axis ?? -1, a.ndim, "diff");
  const edge = (y: ArrayLike | undefined): Tensor[] => {
    if (y === undefined) return [];
    const t = toTensor("diff", y);
    return [t.ndim === 0 ? broadcastToShape("diff", t, a.shape.with(d, 1)) : t];
  };
  const parts = [...edge(options.prepend), a, ...edge(options.append)];
  return diffCall([parts.length === 1 ? a : concatenate(parts, d)], n, d);
}

/** The differences between neighbours of all elements in one row, with values put before and behind them. */
export function ediff1d(
  x: ArrayLike,
  options: { readonly toEnd?: ArrayLike | null; readonly toBegin?: ArrayLike | null } = {},
): Tensor {
  checkOptions("ediff1d", options, ["toEnd", "toBegin"]);
  const a = ravel(toTensor("ediff1d", x));
  const part = (y: ArrayLike | null | undefined): Tensor[] =>
    y === undefined || y === null ? [] : [ravel(p.convert(toTensor("ediff1d", y), a.dtype))];
  const parts = [...part(options.toBegin), neighbours(a, 0), ...part(options.toEnd)];
  return parts.length === 1 ? parts[0] : concatenate(parts);
}

const gradientCall = jitted("gradient", ([x, h], d: number) => {
  const n = x.shape[d];
  const at = (y: Tensor, from: number, to: number): Tensor => takeRange(y, d, from, to);
  const first = p.sub(at(x, 1, 2), at(x, 0, 1));
  const last = p.sub(at(x, n - 1, n), at(x, n - 2, n - 1));
  if (h.ndim === 0) {
    const inner = p.div(p.mul(p.sub(at(x, 2, n), at(x, 0, n - 2)), 0.5), h);
    return concatenate([p.div(first, h), inner, p.div(last, h)], d);
  }
  const places = p.reshape(
    h,
    x.shape.map((_, i) => (i === d ? n : 1)),
  );
  const steps = neighbours(places, d);
  const [before, after] = [at(steps, 0, n - 2), at(steps, 1, n - 1)];
  const both = p.add(before, after);
  // The parabola through three points has this slope in the middle one.
  const weights = [
    p.div(p.neg(after), p.mul(before, both)),
    p.div(p.sub(after, before), p.mul(before, after)),
    p.div(before, p.mul(after, both)),
  ];
  const inner = weights.map((w, i) => p.mul(w, at(x, i, n - 2 + i))).reduce((y, z) => p.add(y, z));
  return concatenate([p.div(first, at(steps, 0, 1)), inner, p.div(last, at(steps, n - 2, n - 1))], d);
});

/**
 * The gradient of values on a grid, by central differences inside and one-sided ones at the ends: one array along one
 * axis, else a list of them. Behind the values comes the distance between places, or the places themselves as a vector,
 * for all axes or one for each; last of all perhaps `{ axis }`.
 * @throws ShapeError CT107 where an axis has fewer than two values, or not as many as places
 * @example np.gradient([1, 2, 4, 7]).js(); // [1, 1.5, 2.5, 3]
 */
export function gradient(x: ArrayLike, ...rest: readonly (ArrayLike | { readonly axis?: Axis })[]): Tensor | Tensor[] {
  const last = rest[rest.length - 1];
  const hasOptions = isPlainObject(last) && !("re" in last);
  const options = (hasOptions ? last : {}) as { readonly axis?: Axis };
  checkOptions("gradient", options, ["axis"]);
  const spacing = (hasOptions ? rest.slice(0, -1) : rest) as readonly ArrayLike[];
  const [a, ...given] = promoteDtypesInexact(...asTensors("gradient", x, ...spacing));
  const axes = normalizeAxes(options.axis, a.ndim, "gradient");
  if (![0, 1, axes.length].includes(given.length)) {
    throw new ArgumentError(
      "CT003",
      `gradient: got ${given.length} distances for ${axes.length} axes. Give none, one, or one for each axis.`,
    );
  }
  const slopes = axes.map((d, i) => {
    const h = given.length === 0 ? p.scalarLike(a, 1) : given[given.length === 1 ? 0 : i];
    if (a.shape[d] < 2 || h.ndim > 1 || (h.ndim === 1 && h.size !== a.shape[d])) {
      throw new ShapeError(
        "CT107",
        `gradient: values of shape [${a.shape}] and a distance of shape [${h.shape}] along axis ${d} do not fit. An axis needs two ` +
          "values at least, and a distance is a scalar or a vector of as many places.",
      );
    }
    return gradientCall([a, h], d);
  });
  return slopes.length === 1 ? slopes[0] : slopes;
}

const trapezoidCall = jitted("trapezoid", ([given, steps], d: number) => {
  const y = moveaxis(given, d, -1);
  const n = y.shape[y.ndim - 1];
  const axis = y.ndim - 1;
  if (steps.ndim === 0 || steps.shape[steps.ndim - 1] === 1) {
    const step = steps.ndim === 0 ? steps : takeIndex(steps, steps.ndim - 1, 0);
    const ends = p.add(takeIndex(y, axis, 0), takeIndex(y, axis, n - 1));
    return multiply(step, p.sub(sum(y, -1), p.mul(ends, 0.5)));
  }
  const pairs = p.add(takeRange(y, axis, 1, n), takeRange(y, axis, 0, n - 1));
  return p.mul(sum(multiply(steps, pairs), -1), 0.5);
});

/**
 * The integral along an axis by the trapezoidal rule, over places `x` (a vector, or of y's shape), or places `dx` apart.
 * @example np.trapezoid([1, 2, 3]).item(); // 4
 */
export function trapezoid(
  y: ArrayLike,
  x: ArrayLike | null = null,
  options: { readonly dx?: ArrayLike; readonly axis?: number } = {},
): Tensor {
  checkOptions("trapezoid", options, ["dx", "axis"]);
  const values = toTensor("trapezoid", y);
  const d = normalizeAxis(options.axis ?? -1, values.ndim, "trapezoid");
  const [a, places] = promoteDtypesInexact(values, toTensor("trapezoid", x ?? options.dx ?? 1));
  if (x === null) return trapezoidCall([a, places.ndim === 0 ? places : moveaxis(places, d, -1)], d);
  const steps = places.ndim === 1 ? diff(places) : moveaxis(diff(places, { axis: d }), d, -1);
  return trapezoidCall([a, steps], d);
}

export interface UnwrapOptions {
  /** Jumps below this stay; half the period by default. */
  readonly discont?: ArrayLike | null;
  readonly axis?: number;
  /** 2π by default. */
  readonly period?: ArrayLike;
}

const unwrapCall = jitted("unwrap", ([a, b, jump], d: number) => {
  const [x, period] = promoteDtypes(a, b);
  if (isComplex(x.dtype)) return refuseComplex("unwrap");
  const n = x.shape[d];
  if (n === 0) return x;
  const half = isInteger(x.dtype) ? floorDivide(period, 2) : divide(period, 2);
  const step = neighbours(x, d);
  const folded = subtract(remainder(add(step, half), period), half);
  // A step of half a period keeps its direction.
  const atEdge = p.bitwiseAnd(p.eq(folded, p.neg(half)), p.gt(step, 0));
  const wanted = whereTensors(atEdge, half, folded);
  const limit = jump.size === 0 ? divide(period, 2) : p.reshape(jump, jump.shape.slice(1));
  const isSmall = p.lt(...(promoteDtypes(p.abs(step), limit) as [Tensor, Tensor]));
  const correction = select3(isSmall, 0, p.sub(wanted, step));
  return concatenate([takeRange(x, d, 0, 1), p.add(takeRange(x, d, 1, n), cumsum(correction, d))], d);
});

/** Phases without jumps: whole periods are added so that neighbours along the axis differ by half a period at most. */
export function unwrap(x: ArrayLike, options: UnwrapOptions = {}): Tensor {
  checkOptions("unwrap", options, ["discont", "axis", "period"]);
  const { discont = null, axis = -1, period = 2 * Math.PI } = options;
  const [a, b] = asTensors("unwrap", x, period);
  const jump = discont === null ? p.full([0], 0, "float32") : p.expandDims(toTensor("unwrap", discont), [0]);
  return unwrapCall([a, b, jump], normalizeAxis(axis, a.ndim, "unwrap"));
}
