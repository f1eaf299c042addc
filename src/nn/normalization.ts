/** Functions over whole axes: softmax, its logarithm and its normaliser, standardised values. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import type { Axis } from "../numpy/arguments.js";
import * as np from "../numpy/index.js";
import { jitted } from "../numpy/jitted.js";
import { promoteArgsInexact, promoteInexact, toTensor } from "../numpy/promote.js";
import { axesOf } from "../numpy/reduction-types.js";
import { select3, whereTensors } from "../numpy/where.js";
import { ArgumentError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import { type Either, leadingOption } from "./options.js";

const lowest = Number.NEGATIVE_INFINITY;

export interface SoftmaxOptions {
  readonly axis?: Axis | undefined;
  /** A mask that broadcasts with x: elements where it is false count as -∞. */
  readonly where?: ArrayLike | undefined;
}

const readSoftmax = (fn: string, axis: Either<Axis, SoftmaxOptions>, options: SoftmaxOptions | undefined) =>
  leadingOption<"axis", SoftmaxOptions>(fn, "axis", ["axis", "where"], axis, options);

const masked = (fn: string, where: ArrayLike | undefined) =>
  where === undefined ? {} : { where: toTensor(fn, where) };

/**
 * exp(x) / Σ exp(x) over an axis: positive numbers that add up to 1.
 * @param axis an axis or several; the last by default
 * @returns x's shape; 0 where the mask is false
 * @example nn.softmax([0, 0]).js(); // [0.5, 0.5]
 */
export function softmax(x: ArrayLike, axis?: Either<Axis, SoftmaxOptions>, options?: SoftmaxOptions): Tensor {
  const given = readSoftmax("softmax", axis, options);
  const over = given.axis === undefined ? -1 : given.axis;
  const t = promoteInexact("softmax", x);
  const mask = masked("softmax", given.where);
  const greatest = np.max(t, over, { ...mask, initial: lowest, keepdims: true });
  const safe = mask.where === undefined ? t : select3(mask.where, t, lowest);
  const weights = np.exp(np.subtract(safe, p.stopGradient(greatest)));
  const result = np.divide(weights, np.sum(weights, over, { ...mask, keepdims: true }));
  return mask.where === undefined ? result : select3(mask.where, result, 0);
}

const logSoftmaxCall = jitted("log_softmax", ([t, where], over: Axis) => {
  const mask = where === undefined ? {} : { where };
  const greatest = np.max(t, over, { ...mask, initial: lowest, keepdims: true });
  const safe = where === undefined ? t : select3(where, t, lowest);
  const shifted = np.subtract(safe, p.stopGradient(greatest));
  const result = np.subtract(shifted, np.log(np.sum(np.exp(shifted), over, { ...mask, keepdims: true })));
  return where === undefined ? result : select3(where, result, lowest);
});

/** log(softmax(x)), without underflow; -∞ where the mask is false. */
export function logSoftmax(x: ArrayLike, axis?: Either<Axis, SoftmaxOptions>, options?: SoftmaxOptions): Tensor {
  const given = readSoftmax("logSoftmax", axis, options);
  const { where } = masked("logSoftmax", given.where);
  const t = promoteInexact("logSoftmax", x);
  return logSoftmaxCall(where === undefined ? [t] : [t, where], given.axis === undefined ? -1 : given.axis);
}

export interface LogsumexpOptions {
  readonly axis?: Axis | undefined;
  /** Factors of the exponentials; they broadcast with x. */
  readonly b?: ArrayLike | undefined;
  /** Keeps reduced axes, with size 1. */
  readonly keepdims?: boolean | undefined;
  readonly where?: ArrayLike | undefined;
  /** Gives `[log |Σ|, sign of Σ]`. */
  readonly returnSign?: boolean | undefined;
}
const logsumexpOptions = ["axis", "b", "keepdims", "where", "returnSign"] as const;

/**
 * log Σ b · exp(x) over axes, without overflow.
 * @param axis an axis or several; null, the default, is all
 * @returns x's shape without the axes; NaN for a negative sum, unless `returnSign` gives the sign too
 * @example nn.logsumexp([0, 0]).item(); // log 2
 */
export function logsumexp(
  x: ArrayLike,
  axis: Either<Axis, LogsumexpOptions>,
  options: LogsumexpOptions & { readonly returnSign: true },
): [Tensor, Tensor];
export function logsumexp(x: ArrayLike, options: LogsumexpOptions & { readonly returnSign: true }): [Tensor, Tensor];
export function logsumexp(x: ArrayLike, axis?: Either<Axis, LogsumexpOptions>, options?: LogsumexpOptions): Tensor;
export function logsumexp(
  x: ArrayLike,
  axis?: Either<Axis, LogsumexpOptions>,
  options?: LogsumexpOptions,
): Tensor | [Tensor, Tensor] {
  const fn = "logsumexp";
  const given = leadingOption<"axis", LogsumexpOptions>(fn, "axis", logsumexpOptions, axis, options);
  const { b, keepdims = false, returnSign = false } = given;
  const mask = masked(fn, given.where);
  let t = mask.where === undefined ? toTensor(fn, x) : select3(mask.where, x, 0);
  let factors: Tensor | undefined;
  if (b === undefined) t = promoteInexact(fn, t);
  else {
    [t, factors] = promoteArgsInexact(fn, t, b);
    // exp(-∞) · 0 is 0, whatever x is there.
    t = select3(np.notEqual(factors, 0), t, lowest);
  }
  const dims = axesOf(fn, t, given.axis);
  const greatest = np.max(isComplex(t.dtype) ? p.real(t) : t, dims, { ...mask, keepdims, initial: lowest });
  const shift = p.stopGradient(p.select(p.isFinite(greatest), greatest, p.fullLike(greatest, 0)));
  const exponent = p.sub(t, p.convert(keepdims ? shift : p.expandDims(shift, dims), t.dtype));
  const terms = factors === undefined ? p.exp(exponent) : np.multiply(p.exp(exponent), factors);
  const total = np.sum(terms, dims, { ...mask, keepdims });
  const sign = p.sign(total);
  const size = returnSign || !isComplex(t.dtype) ? p.abs(total) : total;
  const out = p.add(p.log(size), p.convert(shift, size.dtype));
  if (returnSign) return [out, sign];
  if (factors === undefined || isComplex(out.dtype)) return out;
  return whereTensors(p.lt(sign, 0), p.full([], Number.NaN, out.dtype), out);
}

export interface LogmeanexpOptions {
  readonly axis?: Axis | undefined;
  readonly keepdims?: boolean | undefined;
  readonly where?: ArrayLike | undefined;
}

/** The logarithm of the mean of exp(x) over axes, without overflow. */
export function logmeanexp(x: ArrayLike, axis?: Either<Axis, LogmeanexpOptions>, options?: LogmeanexpOptions): Tensor {
  const fn = "logmeanexp";
  const given = leadingOption<"axis", LogmeanexpOptions>(fn, "axis", ["axis", "keepdims", "where"], axis, options);
  const t = toTensor(fn, x);
  const { where, keepdims = false } = given;
  const sum = logsumexp(t, given.axis, { where, keepdims });
  const over = axesOf(fn, t, given.axis);
  const count =
    where === undefined
      ? over.reduce((n, d) => n * t.shape[d], 1)
      : np.sum(np.broadcastTo(p.convert(toTensor(fn, where), "int32"), t.shape), over, { keepdims });
  return np.subtract(
    sum,
    np.log(typeof count === "number" ? p.full([], count, sum.dtype) : p.convert(count, sum.dtype)),
  );
}

export interface StandardizeOptions {
  readonly axis?: Axis | undefined;
  /** By default that of x. */
  readonly mean?: ArrayLike | undefined;
  readonly variance?: ArrayLike | undefined;
  /** Added to the variance; 1e-5 by default. */
  readonly epsilon?: ArrayLike | undefined;
  readonly where?: ArrayLike | undefined;
  /** How the variance is computed: as E x² - (E x)² in one pass, or in two as E (x - E x)². */
  readonly algorithm?: "fast" | "stable" | undefined;
}
const standardizeOptions = ["axis", "mean", "variance", "epsilon", "where", "algorithm"] as const;

/**
 * x less its mean over axes, divided by its standard deviation.
 * @param axis an axis or several; the last by default
 * @example nn.standardize([1, 2, 3]).js(); // [-1.2247, 0, 1.2247]
 */
export function standardize(
  x: ArrayLike,
  axis?: Either<Axis, StandardizeOptions>,
  options?: StandardizeOptions,
): Tensor {
  const fn = "standardize";
  const given = leadingOption<"axis", StandardizeOptions>(fn, "axis", standardizeOptions, axis, options);
  const { epsilon = 1e-5, algorithm = "fast" } = given;
  if (algorithm !== "fast" && algorithm !== "stable") {
    throw new ArgumentError("CT004", `${fn}: algorithm is '${String(algorithm)}', but it must be 'fast' or 'stable'.`);
  }
  const over = given.axis === undefined ? -1 : given.axis;
  const t = toTensor(fn, x);
  const reduced = { ...masked(fn, given.where), keepdims: true };
  const mean = given.mean ?? np.mean(t, over, reduced);
  const spread = (): Tensor => {
    if (algorithm === "stable") return np.mean(np.square(np.subtract(t, mean)), over, reduced);
    return np.maximum(0, np.subtract(np.mean(np.square(t), over, reduced), np.square(mean)));
  };
  const variance = given.variance ?? spread();
  const square = promoteInexact(fn, variance);
  // A number is as exact as what it is added to.
  const inverse = p.rsqrt(
    typeof epsilon === "number" ? p.add(square, epsilon) : promoteInexact(fn, np.add(square, epsilon)),
  );
  return np.multiply(np.subtract(t, mean), inverse);
}
