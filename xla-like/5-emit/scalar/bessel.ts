/** Exponentially scaled modified Bessel functions e^-|x| I_n(x) for n = 0 and 1, in float64. */
import { exp } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { anyTrue, loopWhile } from "./lanes.js";
import { callOutOfLine } from "./out-of-line.js";

const infinity = Number.POSITIVE_INFINITY;
const negligible = 1e-18;
/** From here on Hankel's series serves: its smallest term is below e^-50. */
const asymptoticFrom = 25;

/** The power series, all of whose terms are positive. */
function series(f: FloatOps, order: 0 | 1, x: IrValue): IrValue {
  const { b } = f;
  const y = f.mul(f.mul(x, x), 0.25);
  const first = order === 0 ? f.const(1) : f.mul(x, 0.5);
  const counts = ([, term, sum]: readonly IrValue[]): IrValue => f.compare("ogt", term, f.mul(sum, negligible));
  const [, , sum] = loopWhile(
    b,
    [f.const(1), first, first] as readonly IrValue[],
    (state) => anyTrue(b, counts(state)),
    ([k, term, sum]) => {
      const next = f.div(f.mul(term, y), f.mul(k, f.add(k, order)));
      return [f.add(k, 1), next, f.add(sum, next)];
    },
  );
  return f.mul(exp(f, f.neg(x)), sum);
}

function asymptotic(f: FloatOps, order: 0 | 1, x: IrValue): IrValue {
  const { b } = f;
  const inverse = f.div(0.125, x);
  const [, , sum] = loopWhile(
    b,
    [f.const(1), f.const(1), f.const(1)] as readonly IrValue[],
    ([k, term]) => {
      const counts = f.logic("and", f.compare("ogt", f.abs(term), negligible), f.compare("olt", k, 40));
      return anyTrue(b, counts);
    },
    ([k, term, sum]) => {
      const odd = f.sub(f.mul(k, 2), 1);
      const weight = f.sub(f.mul(odd, odd), 4 * order * order);
      const next = f.mul(term, f.mul(f.div(weight, k), inverse));
      return [f.add(k, 1), next, f.add(sum, next)];
    },
  );
  return f.div(sum, f.sqrt(f.mul(x, 2 * Math.PI)));
}

function scaled(f: FloatOps, order: 0 | 1, x: IrValue): IrValue {
  const size = f.abs(x);
  const far = f.compare("oge", size, asymptoticFrom);
  const near = series(f, order, f.select(far, 0, size));
  const distant = f.select(f.logic("and", far, f.compare("olt", size, infinity)), size, 1e300);
  const value = f.select(far, asymptotic(f, order, distant), near);
  const atEnd = f.select(f.compare("oeq", size, infinity), 0, value);
  return f.select(f.isNaN(x), x, order === 0 ? atEnd : f.copySign(atEnd, x));
}

export const besselI0e = (f: FloatOps, x: IrValue): IrValue =>
  callOutOfLine(f, "bessel.i0e", [x], 1, (g, [v]) => [scaled(g, 0, v)])[0];
export const besselI1e = (f: FloatOps, x: IrValue): IrValue =>
  callOutOfLine(f, "bessel.i1e", [x], 1, (g, [v]) => [scaled(g, 1, v)])[0];
