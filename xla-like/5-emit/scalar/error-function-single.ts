/** erf and erfc in float32, shorter than what float64 needs. Fused multiply-add is taken for granted. */
import { erfcScaled, erfSmall, erfTail, exp as expCoefficients, ln2Split } from "./coefficients.js";
import { fastTwoSum } from "./double-word.js";
import { expNormal } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";

/** erf for |x| up to 1: x + x P(x^2). */
const erfNear = (f: FloatOps, x: IrValue): IrValue => f.mulAdd(x, f.polynomial(f.mul(x, x), erfSmall.f32), x);

/** Beyond 1 what is left to 1 is e to a polynomial. */
export function erfSingle(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const bounded = f.select(f.compare("ogt", size, 4), 4, size);
  const rest = expNormal(f, f.polynomial(f.sub(bounded, 2), erfTail));
  const beyond = f.copySign(f.sub(1, rest), x);
  return f.select(f.compare("olt", size, 1), erfNear(f, x), beyond);
}

/** e^-s (p / d) for s = x^2, as pairs up to the last product. */
function erfcPositive(f: FloatOps, size: IrValue): IrValue {
  // Beyond this the result is zero.
  const x = f.select(f.compare("ogt", size, 10.2), 10.2, size);
  const t = f.div(f.sub(x, 4), f.add(x, 4));
  const [first, ...higher] = erfcScaled;
  const p = fastTwoSum(f, f.const(first), f.mul(t, f.polynomial(t, higher)));
  const twice = f.mul(x, 2);
  // The divisor is 1 + 2x; the quotient and what it lacks.
  const d = f.add(twice, 1);
  const dRest = f.select(f.compare("ogt", twice, 1), f.sub(1, f.sub(d, twice)), f.sub(twice, f.sub(d, 1)));
  const inverse = f.div(1, d);
  const quotient = f.mul(p.hi, inverse);
  const lack = f.mulAdd(f.neg(quotient), dRest, f.add(f.mulAdd(f.neg(quotient), d, p.hi), p.lo));
  // e^-s = 2^k (1 + r + …), s as a pair.
  const s = f.mul(x, x);
  const sRest = f.mulAdd(x, x, f.neg(s));
  const k = f.nearestInt(f.mul(s, -Math.LOG2E));
  const [head, tail] = ln2Split.f32;
  const r = f.mulAdd(k.float, -tail, f.mulAdd(k.float, -head, f.neg(s)));
  const sum = fastTwoSum(f, f.const(1), r);
  const rest = f.mulAdd(f.mul(r, r), f.polynomial(r, expCoefficients.f32), sum.lo);
  const small = f.mulAdd(f.neg(sRest), f.add(sum.hi, rest), rest);
  const correction = f.mulAdd(sum.hi, f.mul(lack, inverse), f.mul(small, quotient));
  return f.scale(f.mulAdd(sum.hi, quotient, correction), k.int);
}

export function erfcSingle(f: FloatOps, x: IrValue): IrValue {
  const size = f.abs(x);
  const value = erfcPositive(f, size);
  const beyond = f.select(f.compare("olt", x, 0), f.sub(2, value), value);
  return f.select(f.compare("olt", size, 0.8), f.sub(1, erfNear(f, x)), beyond);
}
