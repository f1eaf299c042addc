/** Sums, products, quotients, remainders, extrema: element by element, with promotion and broadcasting. */
import type { ArrayLike } from "../core/array-like.js";
import { dtypes, isComplex, isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as p from "../primitives/index.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteArgs, promoteArgsInexact, promoteArgsNumeric, promoteInexact } from "./promote.js";
import { refuseComplex } from "./refuse.js";
import { type Binary, binary, binaryInexact, type Unary, unary, unaryInexact } from "./ufunc.js";
import { select3, whereTensors } from "./where.js";

/** |x|, element by element; the modulus of complex numbers. */
export const absolute: Unary = unary("absolute", (x) => (isUnsignedOrBool(x) ? x : p.abs(x)));
export { absolute as abs };
/** |x| as a float, element by element. */
export const fabs: Unary = unaryInexact("fabs", (x) => (isComplex(x.dtype) ? refuseComplex("fabs") : p.abs(x)));
/** -x, element by element. Booleans are refused: use logicalNot. */
export const negative: Unary = unary("negative", p.neg);
/** +x: x itself. */
export const positive: Unary = unary("positive", (x) => x);
/** -1, 0 or 1 by the sign of each element; x / |x| of complex numbers. */
export const sign: Unary = unary("sign", p.sign);
/** x², element by element. */
export const square: Unary = unary("square", p.square);
/** 1 / x, element by element, as a float. */
export const reciprocal: Unary = unaryInexact("reciprocal", p.reciprocal);

/**
 * x + y, element by element; the disjunction of booleans.
 * @throws ShapeError CT103 if the shapes do not broadcast
 * @example np.add([1, 2], 0.5).js(); // [1.5, 2.5]
 */
export const add: Binary = binary("add", p.add);
/** x - y, element by element. */
export const subtract: Binary = binary("subtract", p.sub);
/** x · y, element by element; the conjunction of booleans. */
export const multiply: Binary = binary("multiply", (x, y) => (x.dtype === "bool" ? p.bitwiseAnd(x, y) : p.mul(x, y)));
/** x / y as a float, element by element. */
export const trueDivide: Binary = binaryInexact("trueDivide", p.div);
export { trueDivide as divide };

const floorDivideCall = jitted("floor_divide", ([a, b]) => {
  const [x, y] = promoteArgsNumeric("floorDivide", a, b);
  if (isComplex(x.dtype)) return refuseComplex("floorDivide");
  if (dtypes[x.dtype].kind === "unsigned") return p.div(x, y);
  if (!isInteger(x.dtype)) return floatDivmod(x, y)[0];
  const q = p.div(x, y);
  const lower = p.bitwiseAnd(p.ne(p.sign(x), p.sign(y)), p.ne(p.rem(x, y), 0));
  return whereTensors(lower, p.sub(q, 1), q);
});

/** The quotient rounded down and the remainder, of floats; a divisor of 0 gives x / 0. */
function floatDivmod(x: Tensor, y: Tensor): [Tensor, Tensor] {
  const mod = p.rem(x, y);
  const quotient = p.div(whereTensors(p.eq(y, 0), x, p.sub(x, mod)), y);
  const adjust = p.bitwiseAnd(p.ne(mod, 0), p.ne(p.sign(y), p.sign(mod)));
  const rest = p.select(adjust, p.add(mod, y), mod);
  return [p.round(p.select(adjust, p.sub(quotient, 1), quotient)), rest];
}

/** The greatest whole number not above x / y, element by element, in the operands' type. */
export const floorDivide: Binary = (x, y) => floorDivideCall(asTensors("floorDivide", x, y));

const remainderCall = jitted("remainder", ([a, b]) => {
  const [x, y] = promoteArgsNumeric("remainder", a, b);
  const divisor = nonzeroDivisor(x, y);
  const mod = p.rem(x, divisor);
  const inexact = p.ne(mod, 0);
  const adjust = p.bitwiseAnd(p.ne(p.lt(mod, 0), p.lt(divisor, 0)), inexact);
  return p.select(adjust, p.add(mod, divisor), mod);
});

/** Integers have no remainder by 0: 1 is put in its place, which gives 0. */
const nonzeroDivisor = (x: Tensor, y: Tensor): Tensor =>
  isInteger(x.dtype) ? whereTensors(p.eq(y, 0), p.onesLike(y), y) : y;

/** x - y ⌊x / y⌋, element by element: the remainder with the sign of the divisor. */
export const remainder: Binary = (x, y) => remainderCall(asTensors("remainder", x, y));
export { remainder as mod };

const fmodCall = jitted("fmod", ([a, b]) => {
  const [x, y] = promoteArgsNumeric("fmod", a, b);
  return p.rem(x, nonzeroDivisor(x, y));
});
/** The remainder of x / y rounded towards zero, with the sign of x. */
export const fmod: Binary = (x, y) => fmodCall(asTensors("fmod", x, y));

const divmodCall = jitted("divmod", ([a, b]) => {
  const [x, y] = promoteArgsNumeric("divmod", a, b);
  if (isComplex(x.dtype)) return refuseComplex("divmod");
  return isInteger(x.dtype) ? [floorDivide(x, y), remainder(x, y)] : floatDivmod(x, y);
});
/** `[floorDivide(x, y), remainder(x, y)]`. */
export function divmod(x: ArrayLike, y: ArrayLike): [Tensor, Tensor] {
  const [quotient, rest] = divmodCall(asTensors("divmod", x, y));
  return [quotient, rest];
}

const modfCall = jitted("modf", ([a]) => {
  const x = promoteInexact("modf", a);
  if (isComplex(x.dtype)) return refuseComplex("modf");
  const whole = whereTensors(p.ge(x, 0), p.floor(x), p.ceil(x));
  return [p.sub(x, whole), whole];
});
/** `[fraction, whole]`: the parts of x after and before the point, both with its sign. */
export function modf(x: ArrayLike): [fraction: Tensor, whole: Tensor] {
  const [fraction, whole] = modfCall(asTensors("modf", x));
  return [fraction, whole];
}

/** The larger of x and y, element by element; NaN where either is. */
export const maximum: Binary = binary("maximum", p.max);
/** The smaller of x and y, element by element; NaN where either is. */
export const minimum: Binary = binary("minimum", p.min);

const fmaxCall = jitted("fmax", ([a, b]) => {
  const [x, y] = promoteArgs("fmax", a, b);
  return whereTensors(p.bitwiseOr(p.gt(x, y), p.ne(y, y)), x, y);
});
const fminCall = jitted("fmin", ([a, b]) => {
  const [x, y] = promoteArgs("fmin", a, b);
  return whereTensors(p.bitwiseOr(p.lt(x, y), p.ne(y, y)), x, y);
});
/** The larger of x and y, element by element; where one is NaN, the other. */
export const fmax: Binary = (x, y) => fmaxCall(asTensors("fmax", x, y));
/** The smaller of x and y, element by element; where one is NaN, the other. */
export const fmin: Binary = (x, y) => fminCall(asTensors("fmin", x, y));

const heavisideCall = jitted("heaviside", ([a, b]) => {
  const [x, y] = promoteArgsInexact("heaviside", a, b);
  if (isComplex(x.dtype)) return refuseComplex("heaviside");
  return select3(p.lt(x, 0), 0, select3(p.gt(x, 0), 1, whereTensors(p.ne(x, x), x, y)));
});
/** 0 where x < 0, 1 where x > 0, y where x is 0. */
export const heaviside: Binary = (x, y) => heavisideCall(asTensors("heaviside", x, y));

const isUnsignedOrBool = (x: Tensor): boolean => ["unsigned", "bool"].includes(dtypes[x.dtype].kind);
