/** asin, acos, atan, atan2. */
import { asin as asinCoefficients, atan as atanCoefficients, quarterPis } from "./coefficients.js";
import { constPair, type DoubleWord, dividePairs, fastTwoSum, productResidual, twoSum } from "./double-word.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";

/** asin of a square root, or of x: x + x^3 R(x^2), for x^2 = z up to 1/4; the sum not yet made. */
function asinSeries(f: FloatOps, x: IrValue, z: IrValue): IrValue {
  return f.mul(f.mul(x, z), f.polynomial(z, f.pick(asinCoefficients)));
}

interface Halved {
  readonly far: IrValue;
  /** asin(w) = w + rest, for w = |x|, or where that is beyond 1/2 for w = sqrt((1 - |x|) / 2). */
  readonly w: IrValue;
  readonly rest: IrValue;
}

function halve(f: FloatOps, x: IrValue): Halved {
  const size = f.abs(x);
  const far = f.compare("ogt", size, 0.5);
  const halved = f.mul(f.sub(1, size), 0.5);
  const root = f.sqrt(halved);
  // What the root lost by rounding; at 1 it is 0 / 0.
  const positive = f.compare("ogt", root, 0);
  const lost = f.select(positive, f.div(productResidual(f, halved, root, root), f.add(root, root)), 0);
  const w = f.select(far, root, size);
  const z = f.select(far, halved, f.mul(size, size));
  const series = asinSeries(f, w, z);
  return { far, w, rest: f.select(far, f.add(series, lost), series) };
}

export function asin(f: FloatOps, x: IrValue): IrValue {
  const { far, w, rest } = halve(f, x);
  const halfPi = constPair(f, quarterPis[2]);
  const doubled = f.mul(w, 2);
  const beyond = fastTwoSum(f, halfPi.hi, f.neg(doubled));
  const outer = f.add(beyond.hi, f.add(beyond.lo, f.sub(halfPi.lo, f.mul(rest, 2))));
  const size = f.select(far, outer, f.add(w, rest));
  return f.select(f.isNaN(x), x, f.copySign(size, x));
}

export function acos(f: FloatOps, x: IrValue): IrValue {
  const { far, w, rest } = halve(f, x);
  const negative = f.compare("olt", x, 0);
  const choose = (i: 2 | 4): DoubleWord => constPair(f, quarterPis[i]);
  // pi - 2 asin w, 2 asin w, or pi/2 - asin x.
  const base = {
    hi: f.select(far, f.select(negative, choose(4).hi, 0), choose(2).hi),
    lo: f.select(far, f.select(negative, choose(4).lo, 0), choose(2).lo),
  };
  const minus = f.logic("xor", far, f.not(negative));
  const weight = f.select(far, 2, 1);
  const signedWeight = f.select(minus, f.neg(weight), weight);
  const sum = twoSum(f, base.hi, f.mul(w, signedWeight));
  return f.add(sum.hi, f.add(sum.lo, f.mulAdd(rest, signedWeight, base.lo)));
}

/** The angle of (x, y) in the first octants: by the lesser over the greater, less 45 degrees where that is large. */
function angle(f: FloatOps, y: IrValue, x: IrValue, leftward: IrValue): IrValue {
  const steep = f.compare("ogt", y, x);
  const [least, most] = [f.select(steep, x, y), f.select(steep, y, x)];
  const diagonal = f.compare("ogt", least, f.mul(most, Math.SQRT2 - 1));
  const difference = twoSum(f, least, f.neg(most));
  const sum = fastTwoSum(f, most, least);
  const pick = (yes: IrValue, no: IrValue | number) => f.select(diagonal, yes, no);
  const above = { hi: pick(difference.hi, least), lo: pick(difference.lo, 0) };
  const below = { hi: pick(sum.hi, most), lo: pick(sum.lo, 0) };
  const q = dividePairs(f, above, below);
  const z = f.mul(q.hi, q.hi);
  const rest = f.mulAdd(f.mul(q.hi, z), f.polynomial(z, f.pick(atanCoefficients)), q.lo);

  // The angle is a multiple of pi/4 and this one, added or taken off: off when steep, and off again when leftward.
  const minus = f.logic("xor", steep, leftward);
  const constant = (word: "hi" | "lo"): IrValue => {
    const at = (i: 0 | 1 | 2 | 3 | 4) => constPair(f, quarterPis[i])[word];
    const right = f.select(diagonal, at(1), f.select(steep, at(2), at(0)));
    const left = f.select(diagonal, at(3), f.select(steep, at(2), at(4)));
    return f.select(leftward, left, right);
  };
  const total = twoSum(f, constant("hi"), f.select(minus, f.neg(q.hi), q.hi));
  const small = f.add(f.select(minus, f.neg(rest), rest), constant("lo"));
  return f.add(total.hi, f.add(total.lo, small));
}

export function atan(f: FloatOps, x: IrValue): IrValue {
  // Beyond this the result is pi/2; infinity would make the quotient's remainder NaN.
  const bound = 2 ** (f.format.precision + 3);
  const size = f.abs(x);
  const bounded = f.select(f.compare("ogt", size, bound), bound, size);
  const result = f.copySign(angle(f, bounded, f.const(1), f.bool(false)), x);
  return f.select(f.compare("olt", size, 2 ** (-f.format.precision / 2 - 1)), x, result);
}

export function atan2(f: FloatOps, y: IrValue, x: IrValue): IrValue {
  const infinity = Number.POSITIVE_INFINITY;
  const [sizeY, sizeX] = [f.abs(y), f.abs(x)];
  // Infinite arguments are taken as the directions they stand for, and (0, 0) as lying on the axis of x.
  const anyInfinite = f.compare("oeq", f.max(sizeX, sizeY), infinity);
  const direction = (v: IrValue) => f.select(anyInfinite, f.select(f.compare("oeq", v, infinity), 1, 0), v);
  let [v, u] = [direction(sizeY), direction(sizeX)];
  const origin = f.logic("and", f.compare("oeq", u, 0), f.compare("oeq", v, 0));
  u = f.select(origin, 1, u);
  // Away from both ends of the range, so that sums do not overflow nor remainders vanish.
  const most = f.max(u, v);
  const huge = f.compare("ogt", most, 2 ** (f.format.maxExponent - f.format.precision));
  const tiny = f.compare("olt", most, f.format.minNormal * 2 ** (2 * f.format.precision));
  const factor = f.select(huge, 2 ** -f.format.precision, f.select(tiny, 2 ** (2 * f.format.precision), 1));
  // The sign bit decides, so that -0 lies on the left.
  const leftward = f.compareInt("slt", f.bits(x), f.int(0));
  const result = f.copySign(angle(f, f.mul(v, factor), f.mul(u, factor), leftward), y);
  return f.select(f.logic("or", f.isNaN(x), f.isNaN(y)), Number.NaN, result);
}
