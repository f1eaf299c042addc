/** The error function, the normal distribution, the logistic function, and powers turned into logarithms. */
import type { ArrayLike } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { asInteger } from "../../numpy/arguments.js";
import { jitted } from "../../numpy/jitted.js";
import { toTensor } from "../../numpy/promote.js";
import { withJvp } from "../../numpy/ufunc.js";
import { select3, whereTensors } from "../../numpy/where.js";
import { ArgumentError, DTypeError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { polynomial, type Special1, type Special2, special1, special2 } from "./functions.js";

/** erf x = 2/√π ∫₀ˣ e^(-t²) dt. */
export const erf: Special1 = special1("erf", p.erf);
/** 1 - erf x, exact also where erf is near 1. */
export const erfc: Special1 = special1("erfc", p.erfc);
/** The inverse of erf. */
export const erfinv: Special1 = special1("erfinv", p.erfInv);

const logitOf = withJvp(
  "logit",
  (x) => p.log(p.div(x, p.sub(1, x))),
  ([x], [t]) => p.div(t, p.mul(x, p.sub(1, x))),
);
/** log(x / (1 - x)), the inverse of expit. */
export const logit: Special1 = special1("logit", logitOf);
/** 1 / (1 + e^-x). */
export const expit: Special1 = special1("expit", p.logistic);

const powered =
  (log: (x: Tensor) => Tensor) =>
  (x: Tensor, power: Tensor): Tensor => {
    const isZero = p.eq(power, 0);
    const safe = select3(isZero, 1, power);
    const value = log(x);
    return whereTensors(isZero, value, p.div(p.expm1(p.mul(safe, value)), safe));
  };
/** (x^λ - 1) / λ, and log x where λ is 0. */
export const boxcox: Special2 = special2("boxcox", powered(p.log));
/** ((1 + x)^λ - 1) / λ, and log(1 + x) where λ is 0. */
export const boxcox1p: Special2 = special2("boxcox1p", powered(p.log1p));

/** An argument as it is: the types that these functions are made for. */
function wide(name: string, x: ArrayLike): Tensor {
  const t = toTensor(`scipy.special.${name}`, x);
  if (t.dtype === "float32" || t.dtype === "float64") return t;
  throw new DTypeError(
    "CT105",
    `scipy.special.${name}: operand 'x' is ${t.dtype}, but it takes only float32 and float64. Convert it with astype.`,
  );
}

const ndtrOf = (x: Tensor): Tensor => {
  const w = p.mul(x, Math.SQRT1_2);
  const size = p.abs(w);
  const tail = p.erfc(size);
  const far = p.select(p.gt(w, 0), p.sub(2, tail), tail);
  return p.mul(p.select(p.lt(size, Math.SQRT1_2), p.add(p.erf(w), 1), far), 0.5);
};
const ndtrCall = jitted("ndtr", ([x]) => ndtrOf(x));
/** The distribution function of the normal distribution. */
export const ndtr = (x: ArrayLike): Tensor => ndtrCall([wide("ndtr", x)]);

const logPdf = (x: Tensor): Tensor => p.sub(p.mul(p.square(x), -0.5), 0.5 * Math.log(2 * Math.PI));

// Rational approximations of the Cephes library (S. L. Moshier, ndtri), highest powers first.
const central = [
  [-59.96335010141079, 98.00107541859997, -56.67628574690703, 13.931260938727968, -1.2391658386738125],
  [1, 1.9544885833814176, 4.676279128988815, 86.36024213908905, -225.46268785411937, 200.26021238006066, -82.03722561683334, 15.90562251262117, -1.1833162112133],
] as const; // biome-ignore format: a table
const middle = [
  [4.0554489230596245, 31.525109459989388, 57.16281922464213, 44.08050738932008, 14.684956192885803, 2.1866330685079025, -0.1402560791713545, -0.03504246268278482, -0.0008574567851546854],
  [1, 15.779988325646675, 45.39076351288792, 41.3172038254672, 15.04253856929075, 2.504649462083094, -0.14218292285478779, -0.03808064076915783, -0.0009332594808954574],
] as const; // biome-ignore format: a table
const outer = [
  [3.2377489177694603, 6.915228890689842, 3.9388102529247444, 1.3330346081580755, 0.20148538954917908, 0.012371663481782003, 0.00030158155350823543, 2.6580697468673755e-06, 6.239745391849833e-09],
  [1, 6.02427039364742, 3.6798356385616087, 1.3770209948908132, 0.21623699359449663, 0.013420400608854318, 0.00032801446468212774, 2.8924786474538068e-06, 6.790194080099813e-09],
] as const; // biome-ignore format: a table

const quotient = ([top, bottom]: readonly [readonly number[], readonly number[]], x: Tensor): Tensor =>
  p.div(polynomial(top, x), polynomial(bottom, x));

function quantileOf(q: Tensor): Tensor {
  const edge = Math.exp(-2);
  const upper = p.gt(q, 1 - edge);
  const lower = p.select(upper, p.sub(1, q), q);
  // 0 has its own value; another one here keeps NaN away.
  const safe = select3(p.eq(lower, 0), 0.5, lower);
  const w = p.sub(safe, 0.5);
  const ww = p.square(w);
  const near = p.mul(p.add(w, p.mul(p.mul(w, ww), quotient(central, ww))), -Math.sqrt(2 * Math.PI));
  const z = p.sqrt(p.mul(p.log(safe), -2));
  const first = p.sub(z, p.div(p.log(z), z));
  const inverse = p.reciprocal(z);
  const far = (table: typeof middle | typeof outer): Tensor => p.sub(first, p.mul(quotient(table, inverse), inverse));
  const size = p.select(p.gt(safe, edge), near, p.select(p.ge(z, 8), far(outer), far(middle)));
  const x = p.select(upper, size, p.neg(size));
  const infinite = (v: number): Tensor => p.fullLike(q, v);
  return p.select(
    p.eq(q, 0),
    infinite(Number.NEGATIVE_INFINITY),
    p.select(p.eq(q, 1), infinite(Number.POSITIVE_INFINITY), x),
  );
}
const ndtriOf = withJvp(
  "ndtri",
  (q) => quantileOf(q),
  // At 0 and 1, where the slope is infinite, it counts as 0.
  (_, [t], x) => p.mul(t, p.select(p.isFinite(x), p.exp(p.neg(logPdf(x))), p.fullLike(x, 0))),
);
const ndtriCall = jitted("ndtri", ([q]) => ndtriOf(q));
/** The quantiles of the normal distribution: the inverse of ndtr. */
export const ndtri = (q: ArrayLike): Tensor => ndtriCall([wide("ndtri", q)]);

/** The odd factorial (2n - 1)!!. */
const oddFactorial = (n: number): number => range(1, 2 * n, 2).reduce((f, k) => f * k, 1);

/** log Φ(x) far below 0, by an asymptotic series. */
function logTail(x: Tensor, order: number): Tensor {
  const inverse = p.reciprocal(p.square(x));
  const series = range(1, order + 1).map((n) => (n % 2 === 1 ? -1 : 1) * oddFactorial(n));
  const sum = order === 0 ? p.fullLike(x, 1) : polynomial([...series.reverse(), 1], inverse);
  const scale = p.sub(p.sub(p.mul(p.square(x), -0.5), p.log(p.neg(x))), 0.5 * Math.log(2 * Math.PI));
  return p.add(scale, p.log(sum));
}

const logNdtrCall = jitted("log_ndtr", ([x], order: number) => {
  const [low, high] = x.dtype === "float64" ? [-20, 8] : [-10, 5];
  const value = withJvp(
    "log_ndtr",
    (t) => {
      const above = p.gt(t, high);
      const probability = ndtrOf(p.select(above, p.neg(t), p.max(t, low)));
      const below = logTail(p.min(t, low), order);
      return p.select(above, p.neg(probability), p.select(p.gt(t, low), p.log(probability), below));
    },
    ([t], [dt], out) => p.mul(dt, p.exp(p.sub(logPdf(t), out))),
  );
  return value(x);
});
/** The logarithm of ndtr, exact also where ndtr is 0 to rounding; `seriesOrder` terms there. */
export function logNdtr(x: ArrayLike, options: { readonly seriesOrder?: number } = {}): Tensor {
  checkOptions("scipy.special.logNdtr", options, ["seriesOrder"]);
  const order = asInteger("scipy.special.logNdtr", "seriesOrder", options.seriesOrder ?? 3);
  if (order < 0 || order > 30) {
    throw new ArgumentError(
      "CT004",
      `scipy.special.logNdtr: seriesOrder is ${order}, but it must be between 0 and 30.`,
    );
  }
  return logNdtrCall([wide("logNdtr", x)], order);
}
