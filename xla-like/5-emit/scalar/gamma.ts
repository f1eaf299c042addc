/** The logarithm of the gamma function and its derivatives, in float64. */
import { lgammaNearTwo } from "./coefficients.js";
import { exp } from "./exponential.js";
import type { FloatOps } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { anyTrue, loopWhile } from "./lanes.js";
import { log } from "./logarithm.js";
import { callOutOfLine } from "./out-of-line.js";
import { sinCosPi } from "./trigonometric.js";
import { zeta } from "./zeta.js";

const infinity = Number.POSITIVE_INFINITY;
const eulerGamma = 0.5772156649015329;
const halfLogTwoPi = 0.9189385332046728;

/** B_2j / (2j (2j-1)): Stirling's series. */
const stirling = [
  1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400, 43867 / 244188,
]; // biome-ignore format: a table

/** B_2j / 2j: digamma's. */
const digammaSeries = [
  1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160, 43867 / 14364,
]; // biome-ignore format: a table

/** From here on the asymptotic series serve. */
const asymptoticFrom = 10;

/** log Γ(x) - ((x - 1/2) log x - x + 1/2 log 2 pi), for x >= 10. */
export function stirlingCorrection(f: FloatOps, x: IrValue): IrValue {
  const inverse = f.div(1, x);
  return f.mul(f.polynomial(f.mul(inverse, inverse), stirling), inverse);
}

/**
 * x > 0: by Stirling's series, or brought to within 1/2 of 2 by the recurrence, whose factors' logarithm is taken
 * together.
 */
function lgammaPositive(f: FloatOps, x: IrValue): IrValue {
  const big = f.compare("oge", x, asymptoticFrom);
  const [half, one] = [f.compare("olt", x, 0.5), f.compare("olt", x, 1.5)];
  let y = f.select(big, 2, x);
  let product = f.const(1);
  for (let k = 0; k < asymptoticFrom - 2; k++) {
    const above = f.compare("ogt", y, 2.5);
    y = f.select(above, f.sub(y, 1), y);
    product = f.select(above, f.mul(product, y), product);
  }
  const below = f.select(half, f.mul(x, f.add(x, 1)), x);
  const factors = log(f, f.select(big, x, f.select(one, below, product)));
  const z = f.sub(y, f.select(half, 0, f.select(one, 1, 2)));
  const series = f.mul(z, f.mulAdd(z, f.polynomial(z, lgammaNearTwo), f.const(1 - eulerGamma)));
  const small = f.select(one, f.sub(series, factors), f.add(series, factors));
  const leading = f.mul(f.sub(x, 0.5), f.sub(factors, 1));
  const large = f.add(f.add(leading, halfLogTwoPi - 0.5), stirlingCorrection(f, x));
  return f.select(big, large, small);
}

/** log |Γ(x)|; infinite at the poles. Left of 0 by reflection. */
export const lgamma = (f: FloatOps, x: IrValue): IrValue =>
  callOutOfLine(f, "lgamma", [x], 1, (g, [v]) => [lgammaBody(g, v)])[0];

function lgammaBody(f: FloatOps, x: IrValue): IrValue {
  const negative = f.compare("olt", x, 0);
  const positive = lgammaPositive(f, f.select(negative, f.sub(1, x), x));
  // Next to 0 log |x| is all there is, and the sine's inverse might overflow.
  const tiny = f.compare("ogt", x, -1e-17);
  const sine = f.abs(sinCosPi(f, x).sin);
  const reflected = log(f, f.select(tiny, f.neg(x), f.div(Math.PI, sine)));
  const left = f.select(tiny, f.neg(reflected), f.sub(reflected, positive));
  const result = f.select(negative, left, positive);
  const pole = f.logic("and", f.compare("ole", x, 0), f.compare("oeq", x, f.floor(x)));
  const infinite = f.logic("or", pole, f.compare("oeq", f.abs(x), infinity));
  return f.select(infinite, infinity, result);
}

/** The derivative of log Γ; NaN at the poles. */
export const digamma = (f: FloatOps, x: IrValue): IrValue =>
  callOutOfLine(f, "digamma", [x], 1, (g, [v]) => [digammaBody(g, v)])[0];

function digammaBody(f: FloatOps, x: IrValue): IrValue {
  const left = f.compare("ole", x, 0);
  let y = f.select(left, f.sub(1, x), x);
  // The recurrence's sum of 1 / y as one fraction.
  let [above, below] = [f.const(0), f.const(1)];
  for (let k = 0; k < asymptoticFrom; k++) {
    const small = f.compare("olt", y, asymptoticFrom);
    above = f.select(small, f.mulAdd(above, y, below), above);
    below = f.select(small, f.mul(below, y), below);
    y = f.select(small, f.add(y, 1), y);
  }
  const inverse = f.div(1, y);
  const square = f.mul(inverse, inverse);
  const series = f.mul(square, f.polynomial(square, digammaSeries));
  const smooth = f.sub(f.sub(log(f, y), f.mul(inverse, 0.5)), series);
  const right = f.sub(smooth, f.div(above, below));
  const { sin, cos } = sinCosPi(f, x);
  const reflected = f.sub(right, f.div(f.mul(Math.PI, cos), sin));
  const pole = f.logic("and", left, f.compare("oeq", x, f.floor(x)));
  return f.select(pole, Number.NaN, f.select(left, reflected, right));
}

/** The n-th derivative of digamma: (-1)^(n+1) n! ζ(n+1, x); NaN unless n is a whole number >= 0. */
export const polygamma = (f: FloatOps, n: IrValue, x: IrValue): IrValue =>
  callOutOfLine(f, "polygamma", [n, x], 1, (g, [k, v]) => [polygammaBody(g, k, v)])[0];

function polygammaBody(f: FloatOps, n: IrValue, x: IrValue): IrValue {
  const { b } = f;
  const isOrder = f.logic("and", f.compare("oge", n, 0), f.compare("oeq", n, f.floor(n)));
  const order = f.select(isOrder, n, 1);
  const next = f.add(order, 1);
  const sums = zeta(f, next, x);
  // Beyond 160! the factorial overflows where the product may not.
  const large = f.compare("ogt", order, 160);
  const bounded = f.select(large, 0, order);
  const [, factorial] = loopWhile(
    b,
    [f.const(2), f.const(1)] as readonly IrValue[],
    ([k]) => anyTrue(b, f.compare("ole", k, bounded)),
    ([k, product]) => [f.add(k, 1), f.select(f.compare("ole", k, bounded), f.mul(product, k), product)],
  );
  const ofLarge = exp(f, f.add(lgamma(f, next), log(f, sums)));
  const size = f.select(large, ofLarge, f.mul(factorial, sums));
  const half = f.mul(order, 0.5);
  const odd = f.compare("une", f.floor(half), half);
  const signed = f.select(odd, size, f.neg(size));
  const result = f.select(f.compare("oeq", order, 0), digamma(f, x), signed);
  return f.select(isOrder, result, Number.NaN);
}
