/** Polynomials as vectors of coefficients, the highest power first. */

import { complexOf } from "../../xla-like/index.js";
import { scan } from "../control/scan.js";
import type { ArrayLike } from "../core/array-like.js";
import { type DType, isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { asInteger } from "./arguments.js";
import { divide, multiply } from "./arithmetic.js";
import { convolve } from "./convolving.js";
import { vander } from "./diagonals.js";
import { finfo } from "./dtypes.js";
import { trimZeros } from "./editing.js";
import { jitted } from "./jitted.js";
import { concatenate } from "./joining.js";
import { eigvals } from "./linalg/eigen.js";
import { lstsq } from "./linalg/least-squares.js";
import { inv } from "./linalg/solving.js";
import { dot, outer } from "./products.js";
import { asTensors, broadcastShapesOf, promoteDtypes, promoteDtypesInexact, toTensor } from "./promote.js";
import { atleast1d, transpose } from "./shapes.js";
import { takeRange } from "./take-index.js";

function vector(fn: string, name: string, x: Tensor): Tensor {
  const v = atleast1d(x);
  if (v.ndim === 1) return v;
  throw new ShapeError("CT107", `${fn}: ${name} has shape [${x.shape}], but coefficients are a vector.`);
}

const polyvalCall = jitted("polyval", ([a, b], unroll: number) => {
  const [coefficients, x] = promoteDtypes(a, b);
  const shape = broadcastShapesOf("polyval", [coefficients.shape.slice(1), x.shape]);
  const start = p.full(shape, 0, x.dtype, x.weakType);
  // Horner's scheme.
  const [y] = scan(
    (value: Tensor, c: Tensor) => [p.convert(p.add(p.mul(value, x), c), x.dtype, x.weakType), null] as [Tensor, null],
    start,
    coefficients,
    { unroll },
  );
  return y;
});

/**
 * The value of a polynomial at x.
 * @example np.polyval([1, 0, -1], 3).item(); // 8
 */
export function polyval(coefficients: ArrayLike, x: ArrayLike, options: { readonly unroll?: number } = {}): Tensor {
  checkOptions("polyval", options, ["unroll"]);
  const [c, at] = asTensors("polyval", coefficients, x);
  if (c.ndim === 0) throw new ShapeError("CT107", "polyval: the coefficients are a scalar, but they must be a vector.");
  return polyvalCall([c, at], asInteger("polyval", "unroll", options.unroll ?? 16));
}

/** With zeros in front, to n coefficients. */
const lengthened = (x: Tensor, n: number): Tensor => p.pad(x, 0, [[n - x.size, 0, 0]]);

/** The sum of two polynomials. */
export function polyadd(a: ArrayLike, b: ArrayLike): Tensor {
  const [x, y] = promoteDtypes(...asTensors("polyadd", a, b)).map((z, i) => vector("polyadd", i === 0 ? "a" : "b", z));
  const n = Math.max(x.size, y.size);
  return p.add(lengthened(x, n), lengthened(y, n));
}

/** The difference of two polynomials. */
export function polysub(a: ArrayLike, b: ArrayLike): Tensor {
  const [x, y] = promoteDtypes(...asTensors("polysub", a, b));
  return polyadd(x, p.neg(y));
}

/** The product of two polynomials; with `trimLeadingZeros` without the leading zeros of both, which must then be known. */
export function polymul(a: ArrayLike, b: ArrayLike, options: { readonly trimLeadingZeros?: boolean } = {}): Tensor {
  checkOptions("polymul", options, ["trimLeadingZeros"]);
  const factors = promoteDtypesInexact(...asTensors("polymul", a, b)).map((x) => {
    const v = vector("polymul", "a factor", x);
    const trimmed = options.trimLeadingZeros ? trimZeros(v, { trim: "f" }) : v;
    return trimmed.size === 0 ? p.full([1], 0, v.dtype) : trimmed;
  });
  return convolve(factors[0], factors[1], { mode: "full" });
}

/**
 * Quotient and remainder of two polynomials. The remainder has the dividend's length, with zeros in front unless
 * `trimLeadingZeros` drops what is 0 to rounding.
 */
export function polydiv(
  a: ArrayLike,
  b: ArrayLike,
  options: { readonly trimLeadingZeros?: boolean } = {},
): [quotient: Tensor, remainder: Tensor] {
  checkOptions("polydiv", options, ["trimLeadingZeros"]);
  const [u, v] = promoteDtypesInexact(...asTensors("polydiv", a, b)).map((x) => vector("polydiv", "an operand", x));
  const steps = u.size - v.size + 1;
  const lead = p.div(1, takeRange(v, 0, 0, 1));
  let rest = u;
  const digits: Tensor[] = [];
  for (let k = 0; k < steps; k++) {
    const digit = p.mul(lead, takeRange(rest, 0, k, k + 1));
    digits.push(digit);
    const product = p.mul(digit, v);
    rest = p.sub(rest, p.pad(product, 0, [[k, u.size - v.size - k, 0]]));
  }
  const quotient = digits.length === 0 ? p.full([1], 0, u.dtype) : concatenate(digits);
  if (!options.trimLeadingZeros) return [quotient, rest];
  const isZero = p.lt(p.abs(rest), Math.sqrt(finfo(u.dtype).eps));
  const zeroed = p.select(isZero, p.zerosLike(rest), rest);
  const kept = trimZeros(zeroed, { trim: "f" });
  return [quotient, takeRange(rest, 0, rest.size - kept.size, rest.size)];
}

/** (n)(n-1)…(n-m+1): what m derivatives of xⁿ multiply by. */
const falling = (n: number, m: number): number => range(m).reduce((f, i) => f * (n - i), 1);

const constants = (values: readonly number[], dtype: DType): Tensor =>
  p.convert(toTensor("polynomials", Float64Array.from(values)), dtype);

/** The m-th antiderivative; `k` are the constants of integration, one for all or one for each of the m. */
export function polyint(
  coefficients: ArrayLike,
  options: { readonly m?: number; readonly k?: ArrayLike | null } = {},
): Tensor {
  checkOptions("polyint", options, ["m", "k"]);
  const m = asInteger("polyint", "m", options.m ?? 1);
  const [given, k] = promoteDtypesInexact(...asTensors("polyint", coefficients, options.k ?? 0));
  if (m < 0)
    throw new ArgumentError("CT004", `polyint: m is ${m}. A polynomial is integrated 0 times or more; see polyder.`);
  const c = vector("polyint", "coefficients", given);
  const added = k.size === 1 ? p.broadcastTo(p.reshape(k, [1]), [m]) : k;
  if (added.ndim !== 1 || added.size !== m) {
    throw new ShapeError(
      "CT103",
      `polyint: k has shape [${k.shape}], but it must be one constant, or a vector of ${m}.`,
    );
  }
  if (m === 0) return c;
  const all = concatenate([c, added]);
  const n = all.size;
  const divisors = range(n).map((i) => range(m).reduce((f, j) => f * Math.max(1, n - 1 - i - j), 1));
  return p.div(all, constants(divisors, c.dtype));
}

/** The m-th derivative. */
export function polyder(coefficients: ArrayLike, options: { readonly m?: number } = {}): Tensor {
  checkOptions("polyder", options, ["m"]);
  const m = asInteger("polyder", "m", options.m ?? 1);
  if (m < 0)
    throw new ArgumentError(
      "CT004",
      `polyder: m is ${m}. A polynomial is differentiated 0 times or more; see polyint.`,
    );
  const [given] = promoteDtypesInexact(toTensor("polyder", coefficients));
  const c = vector("polyder", "coefficients", given);
  if (m === 0) return c;
  const n = Math.max(c.size - m, 0);
  return p.mul(
    takeRange(c, 0, 0, n),
    constants(
      range(n).map((i) => falling(c.size - 1 - i, m)),
      c.dtype,
    ),
  );
}

/** The polynomial with leading coefficient 1 and the given roots; of a square matrix, its characteristic polynomial. */
export function poly(roots: ArrayLike): Tensor {
  const [given] = promoteDtypesInexact(toTensor("poly", roots));
  const isMatrix = given.ndim === 2 && given.shape[0] === given.shape[1] && given.size > 0;
  const zeros = vector("poly", "the roots", isMatrix ? eigvals(given) : given);
  const one = p.full([1], 1, zeros.dtype);
  if (zeros.size === 0) return p.full([], 1, zeros.dtype);
  return range(zeros.size).reduce(
    (product, i) => convolve(product, p.concatenate([one, p.neg(takeRange(zeros, 0, i, i + 1))], 0)),
    one,
  );
}

/** The eigenvalues of the companion matrix. */
function rootsOfMonic(c: Tensor): Tensor {
  const n = c.size - 1;
  const dtype = isComplex(c.dtype) ? c.dtype : complexOf(c.dtype);
  if (n < 1) return p.full([0], 0, dtype);
  const top = p.reshape(p.neg(p.div(takeRange(c, 0, 1, n + 1), takeRange(c, 0, 0, 1))), [1, n]);
  const shift = p.convert(p.eq(p.iota("int32", [n - 1, n], 0), p.iota("int32", [n - 1, n], 1)), c.dtype);
  return eigvals(p.concatenate([top, shift], 0));
}

/**
 * The roots of a polynomial. Leading zeros must be known; with `stripZeros: false` they need not be, and give roots NaN.
 * @example np.roots([1, 0, -4]).js().map((z) => z.re).sort(); // [-2, 2]
 */
export function roots(coefficients: ArrayLike, options: { readonly stripZeros?: boolean } = {}): Tensor {
  checkOptions("roots", options, ["stripZeros"]);
  const [given] = promoteDtypesInexact(toTensor("roots", coefficients));
  const c = vector("roots", "coefficients", given);
  const n = c.size;
  const dtype = isComplex(c.dtype) ? c.dtype : complexOf(c.dtype);
  if (n < 2) return p.full([0], 0, dtype);
  const isZero = p.eq(c, 0);
  // As many leading zeros as there are places before which nothing but zeros stands.
  const leading = p.reduceSum(p.cumprod(p.convert(isZero, "int32"), 0), [0]);
  if (options.stripZeros ?? true) return rootsOfMonic(takeRange(c, 0, Math.min(Number(leading.item()), n), n));
  const places = p.rem(p.add(p.iota("int32", [n], 0), leading), n);
  const rolled = p.gather(
    c,
    p.expandDims(places, [1]),
    { offsetDims: [], collapsedSliceDims: [0], startIndexMap: [0] },
    [1],
    { mode: "promise_in_bounds" },
  );
  const safe = p.select(p.broadcastTo(p.eq(leading, n), [n]), p.full([n], 1, c.dtype), rolled);
  const found = rootsOfMonic(safe);
  const [, order] = p.sort([p.convert(p.eq(found, 0), "int32"), p.iota("int32", [n - 1], 0)], 0);
  const sorted = p.gather(
    found,
    p.expandDims(order, [1]),
    { offsetDims: [], collapsedSliceDims: [0], startIndexMap: [0] },
    [1],
    { mode: "promise_in_bounds" },
  );
  const counts = p.lt(p.iota("int32", [n - 1], 0), p.sub(n - 1, leading));
  return p.select(counts, sorted, p.full([n - 1], { re: Number.NaN, im: Number.NaN }, dtype));
}

export interface PolyfitOptions {
  /** Singular values below this part of the largest count as 0; by default the rounding error of all points. */
  readonly rcond?: number | null;
  /** Give residuals, rank, singular values and rcond too. */
  readonly full?: boolean;
  /** What each point's distance is multiplied by. */
  readonly w?: ArrayLike | null;
  /** Give the coefficients' covariances too: scaled by the residuals, or `"unscaled"`. */
  readonly cov?: boolean | "unscaled";
}

/**
 * The polynomial of degree `deg` that is nearest to points (x, y) in the sense of least squares. With `full` or `cov`, a
 * list of it and what else was asked for.
 * @throws ShapeError CT103, CT107 for points that do not go together
 */
export function polyfit(x: ArrayLike, y: ArrayLike, deg: number, options: PolyfitOptions = {}): Tensor | Tensor[] {
  checkOptions("polyfit", options, ["rcond", "full", "w", "cov"]);
  const [px, py] = asTensors("polyfit", x, y);
  const order = asInteger("polyfit", "deg", deg) + 1;
  if (order < 1) throw new ArgumentError("CT004", `polyfit: deg is ${deg}, but a degree is 0 or more.`);
  if (px.ndim !== 1 || px.size === 0 || py.ndim < 1 || py.ndim > 2 || py.shape[0] !== px.size) {
    throw new ShapeError(
      "CT103",
      `polyfit: x has shape [${px.shape}] and y has shape [${py.shape}], but x must be a vector, and y have as many rows.`,
    );
  }
  const [xs] = promoteDtypesInexact(px);
  const rcond = options.rcond ?? px.size * finfo(xs.dtype).eps;
  const column = (v: Tensor): Tensor => p.reshape(v, [v.size, 1]);
  let [lhs, rhs] = [vander(xs, order), py];
  if (options.w !== undefined && options.w !== null) {
    const [w] = promoteDtypesInexact(toTensor("polyfit", options.w));
    if (w.ndim !== 1 || w.size !== px.size) {
      throw new ShapeError(
        "CT103",
        `polyfit: w has shape [${w.shape}], but it must be a vector of ${px.size} weights.`,
      );
    }
    lhs = multiply(lhs, column(w));
    rhs = multiply(rhs, rhs.ndim === 2 ? column(w) : w);
  }
  // Columns of length 1 make the system better conditioned.
  const scale = p.sqrt(p.reduceSum(p.mul(lhs, lhs), [0]));
  lhs = p.div(lhs, p.reshape(scale, [1, order]));
  const [solution, residuals, rank, s] = lstsq(lhs, rhs, { rcond });
  const c = solution.ndim > 1 ? divide(solution, column(scale)) : divide(solution, scale);
  if (options.full) return [c, residuals, rank, s, toTensor("polyfit", rcond)];
  if (!options.cov) return c;
  const base = p.div(inv(dot(transpose(lhs), lhs)), outer(scale, scale));
  if (options.cov !== "unscaled" && px.size <= order) {
    throw new ArgumentError(
      "CT004",
      `polyfit: ${px.size} points do not show how far ${order} coefficients are off. Give more, or cov: "unscaled".`,
    );
  }
  const factor = options.cov === "unscaled" ? toTensor("polyfit", 1) : divide(residuals, px.size - order);
  if (py.ndim === 1) return [c, multiply(base, p.reshape(factor, [1, 1]))];
  return [c, multiply(p.expandDims(base, [2]), atleast1d(factor))];
}
