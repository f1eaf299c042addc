/** Comparisons and logic, element by element, with promotion and broadcasting; results are bool. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { asTensors, promoteShapes } from "./promote.js";
import { type Binary, binary, truth, type Unary, unary } from "./ufunc.js";

/** Complex numbers are ordered by real part, then by imaginary part. */
const ordering = (name: string, f: (x: Tensor, y: Tensor) => Tensor): Binary =>
  binary(name, (x, y) => {
    if (!isComplex(x.dtype)) return f(x, y);
    return p.select(p.eq(p.real(x), p.real(y)), f(p.imag(x), p.imag(y)), f(p.real(x), p.real(y)));
  });

/** x = y; NaN equals nothing. */
export const equal: Binary = binary("equal", p.eq);
/** x ≠ y; NaN differs from everything. */
export const notEqual: Binary = binary("notEqual", p.ne);
/** x < y. */
export const less: Binary = ordering("less", p.lt);
/** x ≤ y. */
export const lessEqual: Binary = ordering("lessEqual", p.le);
/** x > y. */
export const greater: Binary = ordering("greater", p.gt);
/** x ≥ y. */
export const greaterEqual: Binary = ordering("greaterEqual", p.ge);

const logical =
  (name: string, f: (x: Tensor, y: Tensor) => Tensor): Binary =>
  (x, y) => {
    const [a, b] = promoteShapes(name, ...asTensors(name, x, y).map(truth));
    return f(a, b);
  };
/** Whether both are not zero. */
export const logicalAnd: Binary = logical("logicalAnd", p.bitwiseAnd);
/** Whether either is not zero. */
export const logicalOr: Binary = logical("logicalOr", p.bitwiseOr);
/** Whether exactly one is not zero. */
export const logicalXor: Binary = logical("logicalXor", p.bitwiseXor);
/** Whether x is zero. */
export const logicalNot: Unary = unary("logicalNot", (x) => p.bitwiseNot(truth(x)));

const sameSizes = (x: Tensor, y: Tensor): boolean => x.ndim === y.ndim && x.shape.every((n, d) => n === y.shape[d]);

/** Whether x and y have one shape and equal elements, as a boolean scalar; with `equalNan` NaN equals NaN. */
export function arrayEqual(x: ArrayLike, y: ArrayLike, options: { readonly equalNan?: boolean } = {}): Tensor {
  checkOptions("arrayEqual", options, ["equalNan"]);
  const [a, b] = asTensors("arrayEqual", x, y);
  if (!sameSizes(a, b)) return p.full([], false, "bool");
  const same = equal(a, b);
  const nan = (z: Tensor): Tensor => p.ne(z, z);
  const eq = options.equalNan ? p.bitwiseOr(same, p.bitwiseAnd(nan(a), nan(b))) : same;
  return p.reduceAnd(eq, range(eq.ndim));
}

/** Whether x and y, broadcast to one shape, have equal elements; false where they do not broadcast. */
export function arrayEquiv(x: ArrayLike, y: ArrayLike): Tensor {
  const [a, b] = asTensors("arrayEquiv", x, y);
  const ndim = Math.max(a.ndim, b.ndim);
  const size = (z: Tensor, d: number): number => z.shape[d - ndim + z.ndim] ?? 1;
  const fits = range(ndim).every((d) => size(a, d) === size(b, d) || size(a, d) === 1 || size(b, d) === 1);
  if (!fits) return p.full([], false, "bool");
  const eq = equal(a, b);
  return p.reduceAnd(eq, range(eq.ndim));
}
