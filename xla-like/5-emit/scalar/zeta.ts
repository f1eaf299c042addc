/** The Hurwitz zeta function by Euler–Maclaurin summation, in float64. */
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { anyTrue, choose, loopWhile } from "./lanes.js";
import { callOutOfLine } from "./out-of-line.js";
import { pow } from "./power.js";

const infinity = Number.POSITIVE_INFINITY;

/** B_2j / (2j)! for j = 1, 2, …. */
const bernoulliOverFactorial = [
  1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000, 1 / 74724249600,
  -3617 / 10670622842880000, 43867 / 5109094217170944000, -174611 / 802857662698291200000,
  77683 / 1.4101100039391804e22, -236364091 / 1.6938241367317436e27,
]; // biome-ignore format: a table

/** Where the terms no longer count. */
const negligible = 1e-18;

/** The sum for q > 0: at least ten terms, up to q = 12, then the integral and its corrections. */
const zetaPositive = (f: FloatOps, s: IrValue, q: IrValue): IrValue =>
  callOutOfLine(f, "zeta.positive", [s, q], 1, (g, [t, x]) => [zetaPositiveBody(g, t, x)])[0];

function zetaPositiveBody(f: FloatOps, s: IrValue, q: IrValue): IrValue {
  const { b } = f;
  const opposite = f.neg(s);
  const left = (k: IrValue, x: IrValue, open: IrValue): IrValue =>
    f.logic("and", open, f.logic("or", f.compare("olt", k, 10), f.compare("olt", x, 12)));
  const [, x, sum, open] = loopWhile(
    b,
    [f.const(0), q, f.const(0), f.bool(true)] as readonly IrValue[],
    ([k, at, , still]) => anyTrue(b, left(k, at, still)),
    ([k, at, sum, still]) => {
      const active = left(k, at, still);
      const term = pow(f, at, opposite);
      const more = f.add(sum, term);
      const done = f.logic("and", active, f.compare("olt", term, f.mul(more, negligible)));
      return [
        f.add(k, 1),
        f.select(active, f.add(at, 1), at),
        f.select(active, more, sum),
        choose(b, done, f.bool(false), still),
      ];
    },
  );
  const last = pow(f, x, opposite);
  let total = f.add(sum, f.add(f.div(f.mul(last, x), f.sub(s, 1)), f.mul(last, 0.5)));
  let factor = f.div(f.mul(s, last), x);
  const square = f.mul(x, x);
  let counting = f.bool(true);
  bernoulliOverFactorial.forEach((coefficient, j) => {
    const term = f.mul(factor, coefficient);
    total = f.select(counting, f.add(total, term), total);
    counting = f.logic("and", counting, f.not(f.compare("olt", f.abs(term), f.mul(f.abs(total), negligible))));
    factor = f.mul(factor, f.div(f.mul(f.add(s, 2 * j + 1), f.add(s, 2 * j + 2)), square));
  });
  return f.select(open, total, sum);
}

/** Σ (q + k)^-s: infinite at s = 1 and at the poles q = 0, -1, …; NaN for s < 1. */
export const zeta = (f: FloatOps, s: IrValue, q: IrValue): IrValue =>
  callOutOfLine(f, "zeta", [s, q], 1, (g, [t, x]) => [zetaBody(g, t, x)])[0];

function zetaBody(f: FloatOps, s: IrValue, q: IrValue): IrValue {
  const positive = f.compare("ogt", q, 0);
  // Of a negative q the terms left of 0 are, but for the sign, those from 1 - fraction to -q.
  const fraction = f.sub(q, f.floor(q));
  const right = zetaPositive(f, s, f.select(positive, q, fraction));
  const reached = zetaPositive(f, s, f.sub(1, fraction));
  const beyond = zetaPositive(f, s, f.select(positive, 1, f.sub(1, q)));
  const half = f.mul(s, 0.5);
  const even = f.compare("oeq", f.floor(half), half);
  const mirrored = f.sub(reached, beyond);
  const negative = f.add(f.select(even, mirrored, f.neg(mirrored)), right);
  // At a pole the sign of infinity is known only if both sides agree, for even s.
  const pole = f.compare("oeq", q, f.floor(q));
  const isWhole = f.compare("oeq", s, f.floor(s));
  const ofPole = f.select(even, infinity, Number.NaN);
  const left = f.select(pole, ofPole, f.select(isWhole, negative, Number.NaN));
  const inside = f.select(positive, right, left);
  const bySlope = f.select(f.compare("olt", s, 1), Number.NaN, inside);
  const result = f.select(f.compare("oeq", s, 1), infinity, bySlope);
  return f.select(f.compare("uno", s, q), Number.NaN, result);
}
