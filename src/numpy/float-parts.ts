/** Floats taken apart and put together: signs, mantissas, exponents, neighbours. */
import type { ArrayLike } from "../core/array-like.js";
import { type DType, dtypes, isComplex, isFloat, isInexact, isInteger } from "../core/dtype.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { currentTrace } from "../core/trace.js";
import { DTypeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { floatLayout } from "./float-layout.js";
import { jitted } from "./jitted.js";
import { isinf } from "./predicates.js";
import { asTensors, promoteArgsInexact, promoteDtypesInexact, promoteShapes, toTensor } from "./promote.js";
import { refuseComplex } from "./refuse.js";
import { type Binary, binaryInexact, type Unary, unaryInexact } from "./ufunc.js";
import { select3, whereTensors } from "./where.js";

/** The integer type of a float's width, whose bits are shifted and masked. */
const bitsType = (dtype: DType): DType => `int${8 * dtypes[dtype].bytes}` as DType;

const signbitCall = jitted("signbit", ([x]) => {
  if (isComplex(x.dtype)) return refuseComplex("signbit");
  if (isInteger(x.dtype)) return p.lt(x, 0);
  if (!isFloat(x.dtype)) return p.full(x.shape, false, "bool");
  const bits = p.bitcastConvertType(x, bitsType(x.dtype));
  return p.convert(p.shiftRightArithmetic(bits, 8 * dtypes[x.dtype].bytes - 1), "bool");
});
/** Whether the sign bit is set: x < 0, or -0, or a negative NaN. */
export const signbit: Unary = (x) => signbitCall(asTensors("signbit", x));

const copysignCall = jitted("copysign", ([a, b]) => {
  const [x, y] = promoteArgsInexact("copysign", a, b);
  if (isComplex(x.dtype)) return refuseComplex("copysign");
  return whereTensors(signbit(y), p.neg(p.abs(x)), p.abs(x));
});
/** |x| with the sign of y. */
export const copysign: Binary = (x, y) => copysignCall(asTensors("copysign", x, y));

/** The next float after x in the direction of y. */
export const nextafter: Binary = binaryInexact("nextafter", p.nextafter);

/** The distance from x to the next float away from 0, with the sign of x. */
export const spacing: Unary = unaryInexact("spacing", (x) => {
  if (isComplex(x.dtype)) return refuseComplex("spacing");
  const gap = p.sub(p.nextafter(x, copysign(p.scalarLike(x, Number.POSITIVE_INFINITY), x)), x);
  const smallest = floatLayout(x.dtype).smallestSubnormal;
  return whereTensors(p.eq(gap, 0), copysign(p.scalarLike(x, smallest), x), gap);
});

/** Mantissa in ±[0.5, 1) and exponent, from the bits. Subnormals are scaled up first. */
function takeApart(x: Tensor): [Tensor, Tensor] {
  const { exponentBits, mantissaBits, smallestNormal } = floatLayout(x.dtype);
  const type = bitsType(x.dtype);
  const mask = 2 ** exponentBits - 1;
  const bias = 2 ** (exponentBits - 1) - 1;
  const subnormal = p.lt(p.abs(x), smallestNormal);
  const scaled = whereTensors(subnormal, p.mul(x, 2 ** mantissaBits), x);
  const scale = select3(subnormal, p.full([], -mantissaBits, type), p.full([], 0, type));
  const bits = p.bitcastConvertType(scaled, type);
  const raw = p.bitwiseAnd(p.shiftRightArithmetic(bits, mantissaBits), mask);
  const exponent = p.add(scale, p.add(p.sub(raw, bias), 1));
  const field = BigInt(mask) << BigInt(mantissaBits);
  const half = BigInt(bias - 1) << BigInt(mantissaBits);
  const mantissa = p.bitcastConvertType(p.bitwiseOr(p.bitwiseAnd(bits, ~field), half), x.dtype);
  const whole = p.bitwiseOr(p.bitwiseOr(isinf(x), p.ne(x, x)), p.eq(x, 0));
  return [whereTensors(whole, x, mantissa), p.convert(whereTensors(whole, p.zerosLike(exponent), exponent), "int32")];
}

function frexpWithJvp(x: Tensor): readonly Tensor[] {
  return currentTrace().bindCustomJvp(
    {
      name: "_frexp",
      fun: (y) => takeApart(y),
      jvp([y], [t]) {
        const outs = frexpWithJvp(y);
        const slope = p.exp2(p.neg(p.convert(outs[1], y.dtype)));
        const tangent = t instanceof Zero ? new Zero(t.aval) : p.mul(t, slope);
        return { outs, tangents: [tangent, new Zero(outs[1].aval.tangent())] };
      },
    },
    [x],
  );
}
const frexpCall = jitted("frexp", ([a]) => {
  const [x] = promoteDtypesInexact(a);
  return isComplex(x.dtype) ? refuseComplex("frexp") : frexpWithJvp(x);
});
/** `[mantissa, exponent]` with x = mantissa · 2^exponent; the mantissa is in ±[0.5, 1), or x itself if 0 or not finite. */
export function frexp(x: ArrayLike): [mantissa: Tensor, exponent: Tensor] {
  const [mantissa, exponent] = frexpCall(asTensors("frexp", x));
  return [mantissa, exponent];
}

const ldexpCall = jitted("ldexp", ([a, b]) => {
  const [x, n] = promoteShapes("ldexp", promoteDtypesInexact(a)[0], p.convert(b, promoteDtypesInexact(a)[0].dtype));
  const [mantissa, own] = frexp(x);
  const exponent = p.add(p.convert(own, x.dtype), n);
  // The sum may exceed the largest exponent by one where the product is still finite.
  const m = whereTensors(p.gt(exponent, 0), p.mul(mantissa, 2), mantissa);
  const e = whereTensors(p.gt(exponent, 0), p.sub(exponent, 1), exponent);
  const product = p.mul(m, p.pow(2, e));
  return whereTensors(p.bitwiseOr(isinf(x), p.eq(x, 0)), x, product);
});
/** x · 2ⁿ for integers n, without overflow on the way. */
export const ldexp: Binary = (x, n) => {
  const [a, b] = asTensors("ldexp", x, n);
  if (isComplex(a.dtype) || isInexact(b.dtype)) {
    throw new DTypeError(
      "CT105",
      `ldexp: the operands are ${a.dtype} and ${b.dtype}, but it takes a real number and an integer exponent. Convert them with astype.`,
    );
  }
  return ldexpCall([a, b]);
};

export interface NanToNumOptions {
  /** What NaN becomes; 0 by default. */
  readonly nan?: number;
  /** What ∞ becomes; the largest finite number by default. */
  readonly posinf?: number;
  /** What -∞ becomes; the least finite number by default. */
  readonly neginf?: number;
}

const nanToNumCall = jitted("nan_to_num", ([x], options: NanToNumOptions): Tensor => {
  if (!isInexact(x.dtype)) return x;
  if (isComplex(x.dtype)) return p.complex(nanToNumCall([p.real(x)], options), nanToNumCall([p.imag(x)], options));
  const { max } = floatLayout(x.dtype);
  const put = (y: Tensor, where: Tensor, value: number): Tensor => select3(where, p.scalarLike(y, value), y);
  let y = put(x, p.ne(x, x), options.nan ?? 0);
  y = put(y, p.eq(y, Number.POSITIVE_INFINITY), options.posinf ?? max);
  return put(y, p.eq(y, Number.NEGATIVE_INFINITY), options.neginf ?? -max);
});
/** x with finite numbers in place of NaN and infinities. */
export function nanToNum(x: ArrayLike, options: NanToNumOptions = {}): Tensor {
  checkOptions("nanToNum", options, ["nan", "posinf", "neginf"]);
  return nanToNumCall([toTensor("nanToNum", x)], options);
}
