/** Circular and hyperbolic functions and angles, element by element. Integers become float32. */

import { isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as p from "../primitives/index.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteArgsInexact, promoteInexact, toTensor } from "./promote.js";
import { refuseComplex } from "./refuse.js";
import { type Binary, binaryInexact, type Unary, unaryInexact, withJvp } from "./ufunc.js";
import { select3, whereTensors } from "./where.js";

/** The sine of angles in radians. */
export const sin: Unary = unaryInexact("sin", p.sin);
/** The cosine of angles in radians. */
export const cos: Unary = unaryInexact("cos", p.cos);
/** The tangent of angles in radians. */
export const tan: Unary = unaryInexact("tan", p.tan);
/** The angle in [-π/2, π/2] whose sine is x; NaN outside [-1, 1]. */
export const arcsin: Unary = unaryInexact("arcsin", p.asin);
/** The angle in [0, π] whose cosine is x; NaN outside [-1, 1]. */
export const arccos: Unary = unaryInexact("arccos", p.acos);
/** The angle in [-π/2, π/2] whose tangent is x. */
export const arctan: Unary = unaryInexact("arctan", p.atan);
/** The hyperbolic sine. */
export const sinh: Unary = unaryInexact("sinh", p.sinh);
/** The hyperbolic cosine. */
export const cosh: Unary = unaryInexact("cosh", p.cosh);
/** The hyperbolic tangent. */
export const tanh: Unary = unaryInexact("tanh", p.tanh);
/** The inverse of sinh. */
export const arcsinh: Unary = unaryInexact("arcsinh", p.asinh);
/** The inverse of cosh; NaN below 1. */
export const arccosh: Unary = unaryInexact("arccosh", p.acosh);
/** The inverse of tanh; NaN outside [-1, 1]. */
export const arctanh: Unary = unaryInexact("arctanh", p.atanh);
export { arccos as acos, arccosh as acosh, arcsin as asin, arcsinh as asinh, arctan as atan, arctanh as atanh };

/** The angle of the point (x, y) in (-π, π]: arctan(y / x) with the quadrant of the point. */
export const arctan2: Binary = binaryInexact("arctan2", p.atan2);
export { arctan2 as atan2 };

/** Degrees as radians. */
export const deg2rad: Unary = unaryInexact("deg2rad", (x) => p.mul(x, Math.PI / 180));
/** Radians as degrees. */
export const rad2deg: Unary = unaryInexact("rad2deg", (x) => p.mul(x, 180 / Math.PI));
export { deg2rad as radians, rad2deg as degrees };

const hypotCall = jitted("hypot", ([a, b]) => {
  const [x, y] = promoteArgsInexact("hypot", a, b).map(p.abs);
  const infinite = p.bitwiseOr(p.eq(x, Number.POSITIVE_INFINITY), p.eq(y, Number.POSITIVE_INFINITY));
  const [greater, lesser] = [p.max(x, y), p.min(x, y)];
  const zero = p.eq(greater, 0);
  const divisor = whereTensors(p.eq(greater, 0), p.onesLike(greater), greater);
  const length = p.mul(greater, p.sqrt(p.add(1, p.square(p.div(lesser, divisor)))));
  return select3(infinite, p.scalarLike(length, Number.POSITIVE_INFINITY), whereTensors(zero, greater, length));
});
/** √(x² + y²) without overflow. */
export const hypot: Binary = (x, y) => {
  const operands = asTensors("hypot", x, y);
  if (operands.some((z) => isComplex(z.dtype))) return refuseComplex("hypot");
  return hypotCall(operands);
};

/** The Maclaurin series of the k-th derivative of sin(x) / x at 0: its even derivatives are ±1/(k + 1). */
const sincAtZero = (k: number): ((x: Tensor) => Tensor) => {
  const value = k % 2 === 1 ? 0 : (k % 4 === 0 ? 1 : -1) / (k + 1);
  const at = withJvp(
    "_sinc_maclaurin",
    (x) => p.add(p.mul(x, 0), value),
    ([x], [t]) => p.mul(sincAtZero(k + 1)(x), t),
  );
  return (x) => at(x);
};
const sincZero = sincAtZero(0);
const sincCall = jitted("sinc", ([a]) => {
  const x = promoteInexact("sinc", a);
  const zero = p.eq(x, 0);
  const scaled = p.mul(Math.PI, x);
  const safe = select3(zero, p.scalarLike(x, 1), scaled);
  return whereTensors(zero, sincZero(scaled), p.div(p.sin(safe), safe));
});
/** sin(πx) / (πx), which is 1 at 0. */
export const sinc: Unary = (x) => sincCall([toTensor("sinc", x)]);
