/**
 * sin, cos and tan: x less the nearest multiple of pi/2 as a pair, then a polynomial by quadrant. If any lane is large,
 * a function out of line computes the large ones, one by one.
 */
import { cos as cosCoefficients, quarterPis, sin as sinCoefficients } from "./coefficients.js";
import { constPair, type DoubleWord, dividePairs, fastTwoSum, multiplyPair, sumOf } from "./double-word.js";
import type { FloatOps } from "./float-ops.js";
import { type IrValue, typeText } from "./ir.js";
import { callOutOfLine, eachLane } from "./out-of-line.js";
import { anyLane, isLarge, type Reduced, reduceLarge, reduceOrdinary } from "./reduction.js";

type OfReduced = (f: FloatOps, reduced: Reduced) => readonly IrValue[];

/** Functions of the remainder and the quadrant; arguments that are tiny are their own sines and tangents. */
function reducing(f: FloatOps, name: string, x: IrValue, results: number, of: OfReduced): readonly IrValue[] {
  const { b } = f;
  const large = isLarge(f, x);
  // A tangent is a quotient of two roundings already.
  const fast = of(f, reduceOrdinary(f, x, name !== "tan"));
  const [slow, done] = [b.freshLabel("large"), b.freshLabel("reduced")];
  const before = b.currentBlock;
  b.statement(`br i1 ${anyLane(f, large).text}, label %${slow}, label %${done}`);
  b.startBlock(slow);
  const exact = callOutOfLine(f, `${name}.large`, [x], results, (g, [v]) =>
    eachLane(g, v, results, (one, lane) =>
      callOutOfLine(one, `${name}.lane`, [lane], results, (h, [u]) => of(h, reduceLarge(h, u))),
    ),
  );
  const chosen = exact.map((value, i) => f.select(large, value, fast[i]));
  const after = b.currentBlock;
  b.statement(`br label %${done}`);
  b.startBlock(done);
  return chosen.map((value, i) =>
    b.effectful(
      value.type,
      `phi ${typeText(value.type)} [ ${value.text}, %${after} ], [ ${fast[i].text}, %${before} ]`,
    ),
  );
}

/** sin(r + lo) for |r| <= pi/4. */
function sinPair(f: FloatOps, { hi: r, lo }: DoubleWord): DoubleWord {
  const z = f.mul(r, r);
  const cube = f.mul(z, r);
  // cos r = 1 - z/2 is near enough for what lo adds.
  const correction = isZero(f, lo) ? lo : f.mulAdd(f.mul(z, -0.5), lo, lo);
  return { hi: r, lo: f.mulAdd(cube, f.polynomial(z, f.pick(sinCoefficients)), correction) };
}

/** cos(r + lo) for |r| <= pi/4. */
function cosPair(f: FloatOps, { hi: r, lo }: DoubleWord): DoubleWord {
  const z = f.mul(r, r);
  const half = f.mul(z, 0.5);
  const sum = fastTwoSum(f, f.const(1), f.neg(half));
  const turned = isZero(f, lo) ? lo : f.neg(f.mul(r, lo));
  const rest = f.mulAdd(f.mul(z, z), f.polynomial(z, f.pick(cosCoefficients)), turned);
  return { hi: sum.hi, lo: f.add(sum.lo, f.add(rest, squareLoss(f, r, z))) };
}

const isZero = (f: FloatOps, x: IrValue): boolean => x.text === f.const(0).text;

/** What z / 2 lost of r^2 / 2. */
function squareLoss(f: FloatOps, r: IrValue, z: IrValue): IrValue {
  return f.target.fma ? f.mul(0.5, f.b.intrinsic("fma", f.neg(r), r, z)) : f.const(0);
}

const bit = (f: FloatOps, q: IrValue, mask: number): IrValue =>
  f.compareInt("ne", f.intOp("and", q, f.int(mask)), f.int(0));

function signed(f: FloatOps, value: IrValue, negative: IrValue): IrValue {
  return f.select(negative, f.neg(value), value);
}

const sinOf: OfReduced = (f, { remainder, quadrant }) => {
  const value = f.select(bit(f, quadrant, 1), sumOf(f, cosPair(f, remainder)), sumOf(f, sinPair(f, remainder)));
  return [signed(f, value, bit(f, quadrant, 2))];
};

const cosOf: OfReduced = (f, { remainder, quadrant }) => {
  const value = f.select(bit(f, quadrant, 1), sumOf(f, sinPair(f, remainder)), sumOf(f, cosPair(f, remainder)));
  return [signed(f, value, bit(f, f.intOp("add", quadrant, f.int(1)), 2))];
};

const bothOf: OfReduced = (f, reduced) => [...sinOf(f, reduced), ...cosOf(f, reduced)];

/** sin / cos, or -cos / sin in the odd quadrants, as a quotient of pairs: two rounded factors would be too many. */
const tanOf: OfReduced = (f, { remainder, quadrant }) => {
  const normal = ({ hi, lo }: DoubleWord) => fastTwoSum(f, hi, lo);
  const [s, c] = [normal(sinPair(f, remainder)), normal(cosPair(f, remainder))];
  const odd = bit(f, quadrant, 1);
  const choose = (yes: DoubleWord, no: DoubleWord): DoubleWord => ({
    hi: f.select(odd, yes.hi, no.hi),
    lo: f.select(odd, yes.lo, no.lo),
  });
  return [signed(f, sumOf(f, dividePairs(f, choose(c, s), choose(s, c))), odd)];
};

/** x itself where it is tiny, which keeps -0. */
const tinyIsItself = (f: FloatOps, x: IrValue, value: IrValue): IrValue =>
  f.select(f.compare("olt", f.abs(x), 2 ** (-f.format.precision / 2 - 1)), x, value);

export const sin = (f: FloatOps, x: IrValue): IrValue => tinyIsItself(f, x, reducing(f, "sin", x, 1, sinOf)[0]);
export const cos = (f: FloatOps, x: IrValue): IrValue => reducing(f, "cos", x, 1, cosOf)[0];
export const tan = (f: FloatOps, x: IrValue): IrValue => tinyIsItself(f, x, reducing(f, "tan", x, 1, tanOf)[0]);

export interface SinCos {
  readonly sin: IrValue;
  readonly cos: IrValue;
}

/** Both, from one reduction. */
export function sinCos(f: FloatOps, x: IrValue): SinCos {
  const [s, c] = reducing(f, "sinCos", x, 2, bothOf);
  return { sin: tinyIsItself(f, x, s), cos: c };
}

/** sin(pi x) and cos(pi x), reduced exactly: quarter turns of x are multiples of a half. */
export function sinCosPi(f: FloatOps, x: IrValue): SinCos {
  // Turns of two are whole; what is left of them is small enough for an integer.
  const within = f.sub(x, f.mul(f.roundEven(f.mul(x, 0.5)), 2));
  const quarter = f.nearestInt(f.mul(within, 2));
  const rest = f.sub(within, f.mul(quarter.float, 0.5));
  const remainder = multiplyPair(f, constPair(f, quarterPis[4]), rest);
  const [s, c] = bothOf(f, { remainder, quadrant: quarter.int });
  return { sin: s, cos: c };
}
