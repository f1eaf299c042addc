/** sin, cos and tan: x less the nearest multiple of pi/2 as a pair, then a polynomial by quadrant. */
import { cos as cosCoefficients, quarterPis, sin as sinCoefficients } from "./coefficients.js";
import { constPair, type DoubleWord, dividePairs, fastTwoSum, multiplyPair, sumOf } from "./double-word.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { reduceHalfPi } from "./reduction.js";

/** sin(r + lo) for |r| <= pi/4. */
function sinPair(f: FloatOps, { hi: r, lo }: DoubleWord): DoubleWord {
  const z = f.mul(r, r);
  const cube = f.mul(z, r);
  // cos r = 1 - z/2 is near enough for what lo adds.
  const correction = f.mulAdd(f.mul(z, -0.5), lo, lo);
  return { hi: r, lo: f.mulAdd(cube, f.polynomial(z, f.pick(sinCoefficients)), correction) };
}

/** cos(r + lo) for |r| <= pi/4. */
function cosPair(f: FloatOps, { hi: r, lo }: DoubleWord): DoubleWord {
  const z = f.mul(r, r);
  const half = f.mul(z, 0.5);
  const sum = fastTwoSum(f, f.const(1), f.neg(half));
  const rest = f.mulAdd(f.mul(z, z), f.polynomial(z, f.pick(cosCoefficients)), f.neg(f.mul(r, lo)));
  return { hi: sum.hi, lo: f.add(sum.lo, f.add(rest, squareLoss(f, r, z))) };
}

/** What z / 2 lost of r^2 / 2. */
function squareLoss(f: FloatOps, r: IrValue, z: IrValue): IrValue {
  return f.target.fma ? f.mul(0.5, f.b.intrinsic("fma", f.neg(r), r, z)) : f.const(0);
}

const bit = (f: FloatOps, q: IrValue, mask: number): IrValue =>
  f.compareInt("ne", f.intOp("and", q, f.int(mask)), f.int(0));

function signed(f: FloatOps, value: IrValue, negative: IrValue): IrValue {
  return f.select(negative, f.neg(value), value);
}

export function sin(f: FloatOps, x: IrValue): IrValue {
  const { remainder, quadrant } = reduceHalfPi(f, x);
  const swapped = bit(f, quadrant, 1);
  const value = f.select(swapped, sumOf(f, cosPair(f, remainder)), sumOf(f, sinPair(f, remainder)));
  const result = signed(f, value, bit(f, quadrant, 2));
  return f.select(f.compare("olt", f.abs(x), 2 ** (-f.format.precision / 2 - 1)), x, result);
}

export function cos(f: FloatOps, x: IrValue): IrValue {
  const { remainder, quadrant } = reduceHalfPi(f, x);
  const swapped = bit(f, quadrant, 1);
  const value = f.select(swapped, sumOf(f, sinPair(f, remainder)), sumOf(f, cosPair(f, remainder)));
  return signed(f, value, bit(f, f.intOp("add", quadrant, f.int(1)), 2));
}

/** Both, from one reduction. */
export function sinCos(f: FloatOps, x: IrValue): { readonly sin: IrValue; readonly cos: IrValue } {
  const { remainder, quadrant } = reduceHalfPi(f, x);
  const swapped = bit(f, quadrant, 1);
  const [s, c] = [sumOf(f, sinPair(f, remainder)), sumOf(f, cosPair(f, remainder))];
  const sine = signed(f, f.select(swapped, c, s), bit(f, quadrant, 2));
  return {
    sin: f.select(f.compare("olt", f.abs(x), 2 ** (-f.format.precision / 2 - 1)), x, sine),
    cos: signed(f, f.select(swapped, s, c), bit(f, f.intOp("add", quadrant, f.int(1)), 2)),
  };
}

/** sin(pi x) and cos(pi x), reduced exactly: quarter turns of x are multiples of a half. */
export function sinCosPi(f: FloatOps, x: IrValue): { readonly sin: IrValue; readonly cos: IrValue } {
  // Turns of two are whole; what is left of them is small enough for an integer.
  const within = f.sub(x, f.mul(f.roundEven(f.mul(x, 0.5)), 2));
  const quarter = f.nearestInt(f.mul(within, 2));
  const rest = f.sub(within, f.mul(quarter.float, 0.5));
  const pi = constPair(f, quarterPis[4]);
  const angle = multiplyPair(f, pi, rest);
  const swapped = bit(f, quarter.int, 1);
  const [s, c] = [sumOf(f, sinPair(f, angle)), sumOf(f, cosPair(f, angle))];
  return {
    sin: signed(f, f.select(swapped, c, s), bit(f, quarter.int, 2)),
    cos: signed(f, f.select(swapped, s, c), bit(f, f.intOp("add", quarter.int, f.int(1)), 2)),
  };
}

/** sin / cos, or -cos / sin in the odd quadrants, as a quotient of pairs: two rounded factors would be too many. */
export function tan(f: FloatOps, x: IrValue): IrValue {
  const { remainder, quadrant } = reduceHalfPi(f, x);
  const normal = ({ hi, lo }: DoubleWord) => fastTwoSum(f, hi, lo);
  const [s, c] = [normal(sinPair(f, remainder)), normal(cosPair(f, remainder))];
  const odd = bit(f, quadrant, 1);
  const choose = (yes: DoubleWord, no: DoubleWord): DoubleWord => ({
    hi: f.select(odd, yes.hi, no.hi),
    lo: f.select(odd, yes.lo, no.lo),
  });
  const result = signed(f, sumOf(f, dividePairs(f, choose(c, s), choose(s, c))), odd);
  return f.select(f.compare("olt", f.abs(x), 2 ** (-f.format.precision / 2 - 1)), x, result);
}
