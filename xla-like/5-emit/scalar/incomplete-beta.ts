/** The regularized incomplete beta function, in float64. */
import { exp } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import { lgamma, stirlingCorrection } from "./gamma.js";
import type { IrValue } from "./ir.js";
import { anyTrue, loopWhile } from "./lanes.js";
import { log, log1p } from "./logarithm.js";
import { callOutOfLine } from "./out-of-line.js";

const tiny = 1e-300;
const maxTerms = 100_000;
const settled = 2.3e-16;

const away = (f: FloatOps, x: IrValue): IrValue => f.select(f.compare("olt", f.abs(x), tiny), tiny, x);

/** log(x / y), given their difference, in which the digits lie where x is near y. */
function logRatio(f: FloatOps, x: IrValue, y: IrValue, difference: IrValue): IrValue {
  const near = f.compare("olt", f.abs(difference), f.mul(y, 0.5));
  return f.select(near, log1p(f, f.select(near, f.div(difference, y), 0)), log(f, f.div(x, y)));
}

/** x^a (1-x)^b / B(a, b): of large a and b the large logarithms' differences are taken before they are rounded. */
function prefactor(f: FloatOps, a: IrValue, b: IrValue, x: IrValue): IrValue {
  const n = f.add(a, b);
  const [large, small] = [f.max(a, b), f.min(a, b)];
  const bothSmall = f.compare("olt", large, 10);
  const bothLarge = f.compare("oge", small, 10);
  const powers = f.add(f.mul(a, log(f, x)), f.mul(b, log1p(f, f.neg(x))));
  const ofSmall = lgamma(f, small);
  const direct = f.sub(f.sub(lgamma(f, n), lgamma(f, large)), ofSmall);
  const correctionOf = (v: IrValue): IrValue => stirlingCorrection(f, v);
  // -log B where one is large: Stirling's formula for it and for the sum.
  const ratio = f.add(f.mul(f.sub(large, 0.5), log1p(f, f.div(small, large))), f.mul(small, f.sub(log(f, n), 1)));
  const lopsided = f.sub(f.add(ratio, f.sub(correctionOf(n), correctionOf(large))), ofSmall);
  const exponent = f.add(f.select(bothSmall, direct, lopsided), powers);
  // And where both are.
  const [left, other] = [f.mul(x, n), f.mul(f.sub(1, x), n)];
  const turned = f.sub(left, a);
  const balanced = f.add(
    f.add(f.mul(a, logRatio(f, left, a, turned)), f.mul(b, logRatio(f, other, b, f.sub(a, left)))),
    f.sub(f.sub(correctionOf(n), correctionOf(a)), correctionOf(b)),
  );
  const power = exp(f, f.select(bothLarge, balanced, exponent));
  const scale = f.sqrt(f.mul(f.mul(a, f.div(b, n)), 1 / (2 * Math.PI)));
  return f.select(bothLarge, f.mul(scale, power), power);
}

/** The continued fraction of DLMF 8.17.22, by Lentz's method. */
function fraction(f: FloatOps, a: IrValue, b: IrValue, x: IrValue): IrValue {
  const builder = f.b;
  const one = f.const(1);
  const n = f.add(a, b);
  const first = f.div(1, away(f, f.sub(one, f.div(f.mul(n, x), f.add(a, 1)))));
  const [, , , h] = loopWhile(
    builder,
    [one, one, first, first, f.bool(true)] as readonly IrValue[],
    ([m, , , , open]) => anyTrue(builder, f.logic("and", open, f.compare("olt", m, maxTerms))),
    ([m, c, d, h, open]) => {
      const twice = f.add(a, f.mul(m, 2));
      const step = (term: IrValue, c: IrValue, d: IrValue): { c: IrValue; d: IrValue } => ({
        d: f.div(1, away(f, f.add(one, f.mul(term, d)))),
        c: away(f, f.add(one, f.div(term, c))),
      });
      const even = f.div(f.mul(f.mul(m, f.sub(b, m)), x), f.mul(f.sub(twice, 1), twice));
      const s = step(even, c, d);
      const odd = f.neg(f.div(f.mul(f.mul(f.add(a, m), f.add(n, m)), x), f.mul(twice, f.add(twice, 1))));
      const t = step(odd, s.c, s.d);
      const delta = f.mul(t.d, t.c);
      const moved = f.not(f.compare("olt", f.abs(f.sub(delta, 1)), settled));
      const next = f.mul(f.mul(h, f.mul(s.d, s.c)), delta);
      return [f.add(m, 1), t.c, t.d, f.select(open, next, h), f.logic("and", open, moved)];
    },
  );
  return h;
}

/** I_x(a, b) for a, b >= 0, not both 0, and x in [0, 1]; NaN elsewhere. */
export const betainc = (f: FloatOps, a: IrValue, b: IrValue, x: IrValue): IrValue =>
  callOutOfLine(f, "betainc", [a, b, x], 1, (g, [p, q, v]) => [betaincBody(g, p, q, v)])[0];

function betaincBody(f: FloatOps, a: IrValue, b: IrValue, x: IrValue): IrValue {
  const positive = f.logic("and", f.compare("ogt", a, 0), f.compare("ogt", b, 0));
  const within = f.logic("and", f.compare("ogt", x, 0), f.compare("olt", x, 1));
  const ordinary = f.logic("and", positive, within);
  const [p, q, v] = [f.select(ordinary, a, 1), f.select(ordinary, b, 1), f.select(ordinary, x, 0.25)];
  const direct = f.compare("ole", v, f.div(f.add(p, 1), f.add(f.add(p, q), 2)));
  const [c, d, u] = [f.select(direct, p, q), f.select(direct, q, p), f.select(direct, v, f.sub(1, v))];
  const part = f.div(f.mul(prefactor(f, c, d, u), fraction(f, c, d, u)), c);
  const inside = f.select(direct, part, f.sub(1, part));
  // All probability lies at 0 or at 1.
  const atEnd = f.logic("or", f.compare("oeq", x, 0), f.compare("oeq", x, 1));
  const byB = f.select(f.compare("oeq", b, 0), f.select(f.compare("olt", x, 1), 0, 1), f.select(atEnd, x, inside));
  const byA = f.select(f.compare("oeq", a, 0), 1, byB);
  const nonNegative = f.logic("and", f.compare("oge", a, 0), f.compare("oge", b, 0));
  const domain = f.logic("and", nonNegative, f.logic("and", f.compare("oge", x, 0), f.compare("ole", x, 1)));
  const nothing = f.logic("and", f.compare("oeq", a, 0), f.compare("oeq", b, 0));
  return f.select(f.logic("and", domain, f.not(nothing)), byA, Number.NaN);
}
