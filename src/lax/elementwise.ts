/** Operations element by element. Operands have one dtype, and one shape or are scalars. */
import type { Tensor } from "../core/tensor.js";
import * as p from "../primitives/index.js";
import type { RoundingMethod } from "./constants.js";
import { type ArrayLike, binary, operands, tensor, unary } from "./operands.js";
import { placed } from "./place.js";

/** The sine, in radians. */
export const sin = unary("lax.sin", p.sin);
/** The cosine, in radians. */
export const cos = unary("lax.cos", p.cos);
/** The tangent, in radians. */
export const tan = unary("lax.tan", p.tan);
/** The angle in [-π/2, π/2] whose sine is x. */
export const asin = unary("lax.asin", p.asin);
/** The angle in [0, π] whose cosine is x. */
export const acos = unary("lax.acos", p.acos);
/** The angle in [-π/2, π/2] whose tangent is x. */
export const atan = unary("lax.atan", p.atan);
/** The hyperbolic sine. */
export const sinh = unary("lax.sinh", p.sinh);
/** The hyperbolic cosine. */
export const cosh = unary("lax.cosh", p.cosh);
/** The inverse hyperbolic sine. */
export const asinh = unary("lax.asinh", p.asinh);
/** The inverse hyperbolic cosine. */
export const acosh = unary("lax.acosh", p.acosh);
/** The inverse hyperbolic tangent. */
export const atanh = unary("lax.atanh", p.atanh);
/** The hyperbolic tangent. */
export const tanh = unary("lax.tanh", p.tanh);
/** e to the x. */
export const exp = unary("lax.exp", p.exp);
/** 2 to the x. */
export const exp2 = unary("lax.exp2", p.exp2);
/** e to the x, less 1, exact near 0. */
export const expm1 = unary("lax.expm1", p.expm1);
/** The natural logarithm. */
export const log = unary("lax.log", p.log);
/** The natural logarithm of 1 + x, exact near 0. */
export const log1p = unary("lax.log1p", p.log1p);
/** 1 / (1 + exp(-x)). */
export const logistic = unary("lax.logistic", p.logistic);
/** The absolute value; of complex numbers the modulus. */
export const abs = unary("lax.abs", p.abs);
/** -x. */
export const neg = unary("lax.neg", p.neg);
/** -1, 0 or 1 by the sign; of complex numbers the direction. */
export const sign = unary("lax.sign", p.sign);
/** The square root. */
export const sqrt = unary("lax.sqrt", p.sqrt);
/** 1 / sqrt(x). */
export const rsqrt = unary("lax.rsqrt", p.rsqrt);
/** The cube root. */
export const cbrt = unary("lax.cbrt", p.cbrt);
/** x · x. */
export const square = unary("lax.square", p.square);
/** 1 / x. */
export const reciprocal = unary("lax.reciprocal", p.reciprocal);
/** The largest whole number not above x. */
export const floor = unary("lax.floor", p.floor);
/** The smallest whole number not below x. */
export const ceil = unary("lax.ceil", p.ceil);
/** Whether x is neither infinite nor NaN. */
// biome-ignore lint/suspicious/noShadowRestrictedNames: JAX's name.
export const isFinite = unary("lax.isFinite", p.isFinite);
/** The error function. */
export const erf = unary("lax.erf", p.erf);
/** 1 - erf(x), exact for large x. */
export const erfc = unary("lax.erfc", p.erfc);
/** The inverse of the error function. */
export const erfInv = unary("lax.erfInv", p.erfInv);
/** The logarithm of the absolute value of the gamma function. */
export const lgamma = unary("lax.lgamma", p.lgamma);
/** The derivative of lgamma. */
export const digamma = unary("lax.digamma", p.digamma);
/** The modified Bessel function of order 0, times exp(-|x|). */
export const besselI0e = unary("lax.besselI0e", p.besselI0e);
/** The modified Bessel function of order 1, times exp(-|x|). */
export const besselI1e = unary("lax.besselI1e", p.besselI1e);
/** The real part. */
export const real = unary("lax.real", p.real);
/** The imaginary part. */
export const imag = unary("lax.imag", p.imag);
/** The bits of x inverted; the negation of booleans. */
export const bitwiseNot = unary("lax.bitwiseNot", p.bitwiseNot);
/** The number of bits that are 1. */
export const populationCount = unary("lax.populationCount", p.populationCount);
/** The number of leading bits that are 0. */
export const clz = unary("lax.clz", p.clz);
/** x, whose derivative counts as zero. */
export const stopGradient = unary("lax.stopGradient", p.stopGradient);
/** The complex conjugate. */
export const conj = unary("lax.conj", (x) => p.conj(x));
/** x + y. */
export const add = binary("lax.add", p.add);
/** x - y. */
export const sub = binary("lax.sub", p.sub);
/** x · y. */
export const mul = binary("lax.mul", p.mul);
/** x / y; integers are divided towards zero. */
export const div = binary("lax.div", p.div);
/** The remainder of x / y, with the sign of x. */
export const rem = binary("lax.rem", p.rem);
/** The larger of x and y; NaN if either is. */
export const max = binary("lax.max", p.max);
/** The smaller of x and y; NaN if either is. */
export const min = binary("lax.min", p.min);
/** x to the y. */
export const pow = binary("lax.pow", p.pow);
/** The angle of the point (y, x): the first operand is the vertical coordinate. */
export const atan2 = binary("lax.atan2", p.atan2);
/** The float next to x towards y. */
export const nextafter = binary("lax.nextafter", p.nextafter);
/** The complex number of real part x and imaginary part y. */
export const complex = binary("lax.complex", p.complex);
/** The high half of the product of integers. */
export const mulhi = binary("lax.mulhi", p.mulhi);
/** The bits that both have. */
export const bitwiseAnd = binary("lax.bitwiseAnd", p.bitwiseAnd);
/** The bits that either has. */
export const bitwiseOr = binary("lax.bitwiseOr", p.bitwiseOr);
/** The bits that exactly one has. */
export const bitwiseXor = binary("lax.bitwiseXor", p.bitwiseXor);
/** x with its bits moved y places up. */
export const shiftLeft = binary("lax.shiftLeft", p.shiftLeft);
/** x with its bits moved y places down, the sign filling up. */
export const shiftRightArithmetic = binary("lax.shiftRightArithmetic", p.shiftRightArithmetic);
/** x with its bits moved y places down, zeros filling up. */
export const shiftRightLogical = binary("lax.shiftRightLogical", p.shiftRightLogical);
/** Whether x equals y. */
export const eq = binary("lax.eq", p.eq);
/** Whether x differs from y. */
export const ne = binary("lax.ne", p.ne);
/** Whether x is below y. */
export const lt = binary("lax.lt", p.lt);
/** Whether x is not above y. */
export const le = binary("lax.le", p.le);
/** Whether x is above y. */
export const gt = binary("lax.gt", p.gt);
/** Whether x is not below y. */
export const ge = binary("lax.ge", p.ge);
/** The regularised lower incomplete gamma function P(a, x). */
export const igamma = binary("lax.igamma", p.igamma);
/** The regularised upper incomplete gamma function Q(a, x). */
export const igammac = binary("lax.igammac", p.igammac);
/** The derivative of igamma with respect to a. */
export const igammaGradA = binary("lax.igammaGradA", p.igammaGradA);
/** The derivative of a gamma-distributed sample x with respect to a. */
export const randomGammaGrad = binary("lax.randomGammaGrad", p.randomGammaGrad);
/** The Hurwitz zeta function. */
export const zeta = binary("lax.zeta", p.zeta);
/** The derivative of order m of digamma. */
export const polygamma = binary("lax.polygamma", p.polygamma);

/** x to a fixed integer power. */
export const integerPow = (x: ArrayLike, y: number): Tensor => p.integerPow(tensor("lax.integerPow", x), y);

/** The nearest whole number; halves go away from zero, or to the even neighbour. */
export const round = (
  x: ArrayLike,
  roundingMethod: RoundingMethod | { readonly roundingMethod?: RoundingMethod } = "awayFromZero",
): Tensor => p.round(tensor("lax.round", x), placed("lax.round", "roundingMethod", roundingMethod).roundingMethod);

/** The regularised incomplete beta function. */
export function betainc(a: ArrayLike, b: ArrayLike, x: ArrayLike): Tensor {
  const [l, m, r] = operands("lax.betainc", a, b, x);
  return p.betainc(l, m, r);
}

/** x held within [min, max]. */
export function clamp(min: ArrayLike, x: ArrayLike, max: ArrayLike): Tensor {
  const [low, value, high] = operands("lax.clamp", min, x, max);
  return p.clamp(low, value, high);
}

/** x where the predicate holds, else y. The predicate is boolean: a scalar, or of the operands' shape. */
export function select(predicate: ArrayLike, x: ArrayLike, y: ArrayLike): Tensor {
  const [a, b] = operands("lax.select", x, y);
  return p.select(tensor("lax.select", predicate), a, b);
}

/** For each element the case that `which` numbers: a boolean or int32. */
export const selectN = (which: ArrayLike, ...cases: readonly ArrayLike[]): Tensor =>
  p.selectN(tensor("lax.selectN", which), ...operands("lax.selectN", ...cases));
