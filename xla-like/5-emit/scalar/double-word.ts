/**
 * Numbers as unevaluated sums of two floats: about twice the precision, where one rounding too many would show.
 * After Dekker and Knuth; Muller et al., Handbook of Floating-Point Arithmetic, chapters 4 and 14.
 */
import { type FloatOps, float32Format, float64Format } from "./float-ops.js";
import { type IrValue, typeText } from "./ir.js";

export interface DoubleWord {
  readonly hi: IrValue;
  readonly lo: IrValue;
}

/** x + y exactly. */
export function twoSum(f: FloatOps, x: IrValue, y: IrValue): DoubleWord {
  const hi = f.add(x, y);
  const ofY = f.sub(hi, x);
  const ofX = f.sub(hi, ofY);
  return { hi, lo: f.add(f.sub(x, ofX), f.sub(y, ofY)) };
}

/** x + y exactly, where |x| >= |y| or x is 0. */
export function fastTwoSum(f: FloatOps, x: IrValue, y: IrValue): DoubleWord {
  const hi = f.add(x, y);
  return { hi, lo: f.sub(y, f.sub(hi, x)) };
}

/** x y exactly, unless it underflows. */
export function twoProduct(f: FloatOps, x: IrValue, y: IrValue): DoubleWord {
  const hi = f.mul(x, y);
  return { hi, lo: f.neg(productResidual(f, hi, x, y)) };
}

/** p - x y, rounded once, where p is near x y. */
export function productResidual(f: FloatOps, p: IrValue, x: IrValue, y: IrValue): IrValue {
  if (f.target.fma) return f.b.intrinsic("fma", f.neg(x), y, p);
  if (f.format.bits === 32) {
    // The product of two float32 is exact in float64, and so is its difference from a number near it.
    const wide = f.as(float64Format);
    const [p64, x64, y64] = [widen(f, p), widen(f, x), widen(f, y)];
    return narrow(f, wide.sub(p64, wide.mul(x64, y64)));
  }
  const [a, b] = [split(f, x), split(f, y)];
  const sub = (from: IrValue, u: IrValue, v: IrValue) => f.sub(from, f.mul(u, v));
  return sub(sub(sub(sub(p, a.hi, b.hi), a.hi, b.lo), a.lo, b.hi), a.lo, b.lo);
}

/** Dekker's two halves, of at most 26 bits each. */
function split(f: FloatOps, x: IrValue): DoubleWord {
  const scaled = f.mul(x, 2 ** 27 + 1);
  const hi = f.sub(scaled, f.sub(scaled, x));
  return { hi, lo: f.sub(x, hi) };
}

export function widen(f: FloatOps, x: IrValue): IrValue {
  const to = f.as(float64Format).type;
  return f.b.pure(to, `fpext ${typeText(f.as(float32Format).type)} ${x.text} to ${typeText(to)}`);
}

export function narrow(f: FloatOps, x: IrValue): IrValue {
  const to = f.as(float32Format).type;
  return f.b.pure(to, `fptrunc ${typeText(f.as(float64Format).type)} ${x.text} to ${typeText(to)}`);
}

/** x + y for two pairs. */
export function addPairs(f: FloatOps, x: DoubleWord, y: DoubleWord): DoubleWord {
  const sum = twoSum(f, x.hi, y.hi);
  return fastTwoSum(f, sum.hi, f.add(sum.lo, f.add(x.lo, y.lo)));
}

export function addToPair(f: FloatOps, x: DoubleWord, y: IrValue): DoubleWord {
  const sum = twoSum(f, x.hi, y);
  return fastTwoSum(f, sum.hi, f.add(sum.lo, x.lo));
}

export function multiplyPairs(f: FloatOps, x: DoubleWord, y: DoubleWord): DoubleWord {
  const product = twoProduct(f, x.hi, y.hi);
  return fastTwoSum(f, product.hi, f.mulAdd(x.hi, y.lo, f.mulAdd(x.lo, y.hi, product.lo)));
}

export function multiplyPair(f: FloatOps, x: DoubleWord, y: IrValue): DoubleWord {
  const product = twoProduct(f, x.hi, y);
  return fastTwoSum(f, product.hi, f.mulAdd(x.lo, y, product.lo));
}

/** x / y: the quotient, and the remainder's quotient as its second word. */
export function dividePairs(f: FloatOps, x: DoubleWord, y: DoubleWord): DoubleWord {
  const hi = f.div(x.hi, y.hi);
  const rest = f.sub(f.add(productResidual(f, x.hi, hi, y.hi), x.lo), f.mul(hi, y.lo));
  return { hi, lo: f.div(rest, y.hi) };
}

export const pair = (f: FloatOps, x: IrValue): DoubleWord => ({ hi: x, lo: f.const(0) });

/** The constant as a pair; in float32 its two words are both taken from the float64. */
export function constPair(f: FloatOps, value: { readonly hi: number; readonly lo: number }): DoubleWord {
  if (f.format.bits === 64) return { hi: f.const(value.hi), lo: f.const(value.lo) };
  const hi = Math.fround(value.hi);
  return { hi: f.const(hi), lo: f.const(value.hi - hi + value.lo) };
}

export const sumOf = (f: FloatOps, x: DoubleWord): IrValue => f.add(x.hi, x.lo);
export const negatePair = (f: FloatOps, x: DoubleWord): DoubleWord => ({ hi: f.neg(x.hi), lo: f.neg(x.lo) });
