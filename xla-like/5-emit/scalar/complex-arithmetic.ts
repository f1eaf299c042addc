/** Complex numbers: what needs no function of one variable. */
import type { CompareDirection } from "../../hlo/instruction.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import type { ComplexValue } from "./value.js";

const infinity = Number.POSITIVE_INFINITY;

export const addComplex = (f: FloatOps, z: ComplexValue, w: ComplexValue): ComplexValue => ({
  re: f.add(z.re, w.re),
  im: f.add(z.im, w.im),
});

export const subtractComplex = (f: FloatOps, z: ComplexValue, w: ComplexValue): ComplexValue => ({
  re: f.sub(z.re, w.re),
  im: f.sub(z.im, w.im),
});

export const multiplyComplex = (f: FloatOps, z: ComplexValue, w: ComplexValue): ComplexValue => ({
  re: f.sub(f.mul(z.re, w.re), f.mul(z.im, w.im)),
  im: f.add(f.mul(z.re, w.im), f.mul(z.im, w.re)),
});

export const negateComplex = (f: FloatOps, z: ComplexValue): ComplexValue => ({ re: f.neg(z.re), im: f.neg(z.im) });
export const conjugate = (f: FloatOps, z: ComplexValue): ComplexValue => ({ re: z.re, im: f.neg(z.im) });
/** i z and -i z, exactly. */
export const timesI = (f: FloatOps, z: ComplexValue): ComplexValue => ({ re: f.neg(z.im), im: z.re });
export const overI = (f: FloatOps, z: ComplexValue): ComplexValue => ({ re: z.im, im: f.neg(z.re) });

export const selectComplex = (f: FloatOps, where: IrValue, z: ComplexValue, w: ComplexValue): ComplexValue => ({
  re: f.select(where, z.re, w.re),
  im: f.select(where, z.im, w.im),
});

export const constComplex = (f: FloatOps, re: number, im: number): ComplexValue => ({
  re: f.const(re),
  im: f.const(im),
});

export const isInfinite = (f: FloatOps, x: IrValue): IrValue => f.compare("oeq", f.abs(x), infinity);
export const finite = (f: FloatOps, x: IrValue): IrValue => f.compare("olt", f.abs(x), infinity);

export function compareComplex(f: FloatOps, direction: CompareDirection, z: ComplexValue, w: ComplexValue): IrValue {
  const [re, im] = [f.compare("oeq", z.re, w.re), f.compare("oeq", z.im, w.im)];
  const same = f.logic("and", re, im);
  return direction === "NE" ? f.not(same) : same;
}

/** A power of two that brings the larger part near 1; 1 for zeros and what is not finite. */
export function scaleOf(f: FloatOps, z: ComplexValue): IrValue {
  const most = f.max(f.abs(z.re), f.abs(z.im));
  const { precision, maxExponent } = f.format;
  const exponent = f.intOp("lshr", f.bits(most), f.int(precision - 1));
  // 2^(1023 - exponent), whose biased exponent is kept within what is normal.
  const biased = f.intOp("sub", f.int(2 * maxExponent), exponent);
  const low = f.selectInt(f.compareInt("slt", biased, f.int(1)), f.int(1), biased);
  const kept = f.selectInt(f.compareInt("sgt", low, f.int(2 * maxExponent - 1)), f.int(2 * maxExponent - 1), low);
  const scale = f.fromBits(f.intOp("shl", kept, f.int(precision - 1)));
  const ordinary = f.logic("and", f.compare("ogt", most, 0), f.compare("olt", most, infinity));
  return f.select(ordinary, scale, 1);
}

/** sqrt(x^2 + y^2) without overflow or loss; infinite if either is, even beside NaN. */
export function hypot(f: FloatOps, x: IrValue, y: IrValue): IrValue {
  const s = scaleOf(f, { re: x, im: y });
  const [a, b] = [f.mul(x, s), f.mul(y, s)];
  const size = f.div(f.sqrt(f.add(f.mul(a, a), f.mul(b, b))), s);
  return f.select(f.logic("or", isInfinite(f, x), isInfinite(f, y)), infinity, size);
}

/** C99's division: scaled, and exact about infinities and division by zero. */
export function divideComplex(f: FloatOps, a: ComplexValue, b: ComplexValue): ComplexValue {
  const [s, t] = [scaleOf(f, b), scaleOf(f, a)];
  const [c, d, x, y] = [f.mul(b.re, s), f.mul(b.im, s), f.mul(a.re, t), f.mul(a.im, t)];
  const norm = f.add(f.mul(c, c), f.mul(d, d));
  const unscale = (v: IrValue): IrValue => f.div(f.mul(f.div(v, norm), s), t);
  const re = unscale(f.add(f.mul(x, c), f.mul(y, d)));
  const im = unscale(f.sub(f.mul(y, c), f.mul(x, d)));
  const lost = f.logic("and", f.isNaN(re), f.isNaN(im));

  const unit = (v: IrValue): IrValue => f.copySign(f.select(isInfinite(f, v), 1, 0), v);
  const both = (test: (v: IrValue) => IrValue, z: ComplexValue, op: "and" | "or"): IrValue =>
    f.logic(op, test(z.re), test(z.im));
  const infinite = (v: IrValue): IrValue => isInfinite(f, v);
  const bounded = (v: IrValue): IrValue => finite(f, v);
  // A zero divisor: infinities by its sign.
  const overZero = f.copySign(infinity, c);
  const byZero = f.logic("and", f.compare("oeq", norm, 0), f.not(both((v) => f.isNaN(v), a, "and")));
  // An infinite dividend over a finite divisor, and a finite one over an infinite one.
  const large = f.logic("and", both(infinite, a, "or"), both(bounded, { re: c, im: d }, "and"));
  const [p, q] = [unit(a.re), unit(a.im)];
  const small = f.logic("and", both(infinite, b, "or"), both(bounded, a, "and"));
  const [u, v] = [unit(b.re), unit(b.im)];
  const pick = (zero: IrValue, big: IrValue, little: IrValue, otherwise: IrValue): IrValue =>
    f.select(lost, f.select(byZero, zero, f.select(large, big, f.select(small, little, otherwise))), otherwise);
  return {
    re: pick(
      f.mul(overZero, a.re),
      f.mul(infinity, f.add(f.mul(p, c), f.mul(q, d))),
      f.mul(0, f.add(f.mul(a.re, u), f.mul(a.im, v))),
      re,
    ),
    im: pick(
      f.mul(overZero, a.im),
      f.mul(infinity, f.sub(f.mul(q, c), f.mul(p, d))),
      f.mul(0, f.sub(f.mul(a.im, u), f.mul(a.re, v))),
      im,
    ),
  };
}
