/** The gamma function and its kin. */
import type { ArrayLike } from "../../core/array-like.js";
import { isInteger } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { asInteger } from "../../numpy/arguments.js";
import { signbit } from "../../numpy/float-parts.js";
import { jitted } from "../../numpy/jitted.js";
import { asTensors, broadcastTensors, promoteArgsInexact, promoteInexact, toTensor } from "../../numpy/promote.js";
import { withJvp } from "../../numpy/ufunc.js";
import { select3, whereTensors } from "../../numpy/where.js";
import { ArgumentError, DTypeError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import * as p from "../../primitives/index.js";
import { polynomial, type Special1, type Special2, special1, special2 } from "./functions.js";

/** log |Γ(x)|. */
export const gammaln: Special1 = special1("gammaln", p.lgamma);
/** log Γ(x) for x > 0; NaN elsewhere. */
export const loggamma: Special1 = special1("loggamma", (x) => select3(p.gt(x, 0), p.lgamma(x), Number.NaN));

/** -1 where Γ is negative: between negative integers, every other time; NaN at them. */
function signOfGamma(x: Tensor): Tensor {
  const whole = p.floor(x);
  const isNegative = p.lt(x, 0);
  const isPole = p.bitwiseOr(p.bitwiseAnd(isNegative, p.eq(x, whole)), p.ne(x, x));
  const isOdd = p.ne(p.rem(whole, 2), 0);
  const isMinusZero = p.bitwiseAnd(p.eq(x, 0), signbit(x));
  const turned = p.bitwiseOr(p.bitwiseAnd(isNegative, isOdd), isMinusZero);
  return select3(isPole, Number.NaN, select3(turned, p.fullLike(x, -1), 1));
}
/** The sign of Γ(x); NaN at negative integers. */
export const gammasgn: Special1 = special1("gammasgn", signOfGamma);
const gammaOf = (x: Tensor): Tensor => p.mul(signOfGamma(x), p.exp(p.lgamma(x)));
/** Γ(x). */
export const gamma: Special1 = special1("gamma", gammaOf);

/** n!, continued to all n ≥ 0 as Γ(n + 1); 0 for negative n. */
export const factorial: Special1 = special1("factorial", (n) =>
  select3(p.lt(n, 0), p.fullLike(n, 0), p.exp(p.lgamma(p.add(n, 1)))),
);

const combOf = (n: Tensor, k: Tensor): Tensor => {
  const possible = p.bitwiseAnd(p.le(k, n), p.bitwiseAnd(p.ge(n, 0), p.ge(k, 0)));
  const [m, j] = [select3(possible, n, 0), select3(possible, k, 0)];
  const log = p.sub(p.sub(p.lgamma(p.add(m, 1)), p.lgamma(p.add(j, 1))), p.lgamma(p.add(p.sub(m, j), 1)));
  return select3(possible, p.exp(log), 0);
};
const combCall = jitted("comb", ([n, k], repetition: boolean) => {
  if (!repetition) return combOf(n, k);
  const none = p.bitwiseAnd(p.eq(k, 0), p.ge(n, 0));
  return select3(none, 1, combOf(p.sub(p.add(n, k), 1), k));
});
/** In how many ways k of n things can be chosen; with `repetition` each as often as one likes. */
export function comb(n: ArrayLike, k: ArrayLike, options: { readonly repetition?: boolean } = {}): Tensor {
  const [a, b] = broadcastTensors("scipy.special.comb", ...promoteArgsInexact("scipy.special.comb", n, k));
  return combCall([a, b], options.repetition ?? false);
}

const pochOf = withJvp(
  "poch",
  (z, m) => select3(p.eq(m, 0), p.fullLike(z, 1), p.div(gammaOf(p.add(z, m)), gammaOf(z))),
  ([z, m], [dz, dm], out) => {
    const both = p.digamma(p.add(z, m));
    return p.mul(out, p.add(p.mul(dz, p.sub(both, p.digamma(z))), p.mul(dm, both)));
  },
);
/** The rising factorial z (z + 1) … (z + m - 1) = Γ(z + m) / Γ(z). */
export const poch: Special2 = special2("poch", (z, m) => {
  const [a, b] = broadcastTensors("scipy.special.poch", z, m);
  return pochOf(a, b);
});

// Stirling's series of log Γ(x) - ((x - ½) log x - x + ½ log 2π), which from x = 8 on is exact to rounding.
const stirling = [1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12];
const correction = (x: Tensor): Tensor => {
  const inverse = p.reciprocal(x);
  return p.mul(polynomial(stirling, p.square(inverse)), inverse);
};

/**
 * log B(a, b) without the cancellation of three large logarithms: where an argument is 8 or more, by Stirling's series
 * (DiDonato and Morris, Algorithm 708, 1992).
 */
function logBeta(a: Tensor, b: Tensor): Tensor {
  const [low, high] = [p.min(a, b), p.max(a, b)];
  const total = p.add(low, high);
  const direct = p.sub(p.add(p.lgamma(low), p.lgamma(high)), p.lgamma(total));
  const one = p.fullLike(high, 8);
  const far = p.ge(high, 8);
  const both = p.ge(low, 8);
  const large = whereTensors(far, high, one);
  const small = whereTensors(both, low, one);
  const ratio = p.log1p(p.div(low, large));
  const sum = p.add(low, large);
  const tail = p.sub(correction(large), correction(sum));
  // log Γ(large) - log Γ(low + large).
  const difference = p.sub(p.add(tail, p.sub(low, p.mul(low, p.log(sum)))), p.mul(p.sub(large, 0.5), ratio));
  const lower = p.add(p.lgamma(low), difference);
  const logShare = p.log(p.div(small, p.add(small, large)));
  const upper = p.add(
    p.add(p.mul(p.log(large), -0.5), 0.5 * Math.log(2 * Math.PI)),
    p.sub(
      p.add(
        p.add(correction(small), p.sub(correction(large), correction(p.add(small, large)))),
        p.mul(p.sub(small, 0.5), logShare),
      ),
      p.mul(large, p.log1p(p.div(small, large))),
    ),
  );
  return whereTensors(both, upper, whereTensors(far, lower, direct));
}

const betalnOf = withJvp(
  "betaln",
  (a, b) => logBeta(a, b),
  ([a, b], [da, db]) => {
    const both = p.digamma(p.add(a, b));
    return p.add(p.mul(da, p.sub(p.digamma(a), both)), p.mul(db, p.sub(p.digamma(b), both)));
  },
);
const spread2 =
  (name: string, f: (a: Tensor, b: Tensor) => Tensor) =>
  (a: Tensor, b: Tensor): Tensor => {
    const [x, y] = broadcastTensors(`scipy.special.${name}`, a, b);
    return f(x, y);
  };
/** log B(a, b), the logarithm of the beta function. */
export const betaln: Special2 = special2("betaln", spread2("betaln", betalnOf));
/** B(a, b) = Γ(a) Γ(b) / Γ(a + b). */
export const beta: Special2 = special2(
  "beta",
  spread2("beta", (a, b) => {
    const sign = p.mul(p.mul(signOfGamma(a), signOfGamma(b)), signOfGamma(p.add(a, b)));
    return p.mul(sign, p.exp(betalnOf(a, b)));
  }),
);

const betaincCall = jitted("betainc", ([a, b, x]) => p.betainc(a, b, x));
/** The regularised incomplete beta function I_x(a, b). */
export function betainc(a: ArrayLike, b: ArrayLike, x: ArrayLike): Tensor {
  const name = "scipy.special.betainc";
  return betaincCall(broadcastTensors(name, ...promoteArgsInexact(name, a, b, x)));
}

/** The lower regularised incomplete gamma function P(a, x). */
export const gammainc: Special2 = special2("gammainc", p.igamma);
/** The upper one: Q(a, x) = 1 - P(a, x). */
export const gammaincc: Special2 = special2("gammaincc", p.igammac);

/** ψ(x), the derivative of log Γ. */
export const digamma: Special1 = special1("digamma", p.digamma);
const polygammaOf = special2("polygamma", p.polygamma);
/**
 * The n-th derivative of ψ at x.
 * @throws DTypeError CT105 unless n is of an integer type
 */
export function polygamma(n: ArrayLike, x: ArrayLike): Tensor {
  const order = toTensor("scipy.special.polygamma", n);
  if (isInteger(order.dtype)) return polygammaOf(order, x);
  throw new DTypeError(
    "CT105",
    `scipy.special.polygamma: n is ${order.dtype}, but it must be an integer. Convert it with astype.`,
  );
}

// B₂ⱼ / (2j)! for j = 1, 2, …
const bernoulliOverFactorial = [
  1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000, 1 / 74724249600, -3617 / 10670622842880000,
]; // biome-ignore format: a table
const zetaTerms = 10;

/** ∂/∂x Σ (k + q)^-x, by Euler and Maclaurin's formula: ten terms, an integral for the rest, and what it misses. */
function zetaByOrder(x: Tensor, q: Tensor): Tensor {
  const logarithmic = (base: Tensor): Tensor => p.mul(p.log(base), p.pow(base, p.neg(x)));
  const terms = range(zetaTerms).map((k) => logarithmic(p.add(q, k)));
  const sum = terms.reduce((y, t) => p.add(y, t));
  const base = p.add(q, zetaTerms);
  const [power, log, order] = [p.pow(base, p.neg(x)), p.log(base), p.sub(x, 1)];
  const integral = p.mul(p.mul(base, power), p.add(p.div(log, order), p.reciprocal(p.square(order))));
  let total = p.neg(p.add(p.add(sum, integral), p.mul(p.mul(log, power), 0.5)));
  // The rising factorial x (x + 1) … of the j-th correction, and its logarithmic derivative.
  let [rising, slope, scale] = [x, p.reciprocal(x), p.div(power, base)];
  bernoulliOverFactorial.forEach((b, j) => {
    total = p.add(total, p.mul(p.mul(p.mul(rising, scale), b), p.sub(slope, log)));
    for (const i of [2 * j + 1, 2 * j + 2]) {
      rising = p.mul(rising, p.add(x, i));
      slope = p.add(slope, p.reciprocal(p.add(x, i)));
      scale = p.div(scale, base);
    }
  });
  return total;
}
const zetaOf = withJvp("zeta", p.zeta, ([x, q], [dx, dq]) =>
  p.sub(p.mul(dx, zetaByOrder(x, q)), p.mul(dq, p.mul(x, p.zeta(p.add(x, 1), q)))),
);
/** Hurwitz's zeta function Σ (k + q)^-x over k ≥ 0, for x > 1. */
export const zeta: Special2 = special2("zeta", (x, q) => {
  const [a, b] = broadcastTensors("scipy.special.zeta", x, q);
  return zetaOf(a, b);
});

const multigammalnCall = jitted("multigammaln", ([a], d: number) => {
  const shifts = p.div(p.iota(a.dtype, [d], 0), 2);
  const shape = [...a.shape, d];
  const terms = p.lgamma(p.sub(p.broadcastInDim(a, shape, range(a.ndim)), p.broadcastInDim(shifts, shape, [a.ndim])));
  return p.add(p.reduceSum(terms, [a.ndim]), (d * (d - 1) * Math.log(Math.PI)) / 4);
});
/** The logarithm of the multivariate gamma function of dimension d. */
export const multigammaln = (a: ArrayLike, d: number): Tensor =>
  multigammalnCall([promoteInexact("scipy.special.multigammaln", a)], asInteger("scipy.special.multigammaln", "d", d));

/** The Bernoulli numbers B₀ … Bₙ, with B₁ = -½. */
export function bernoulli(n: number): Tensor {
  const last = asInteger("scipy.special.bernoulli", "n", n);
  if (last < 0) throw new ArgumentError("CT004", `scipy.special.bernoulli: n is ${last}, but it counts from 0.`);
  const numbers = range(last + 1).map((m) => {
    if (m < 2) return m === 0 ? 1 : -0.5;
    if (m % 2 === 1) return 0;
    // |B_m| = 2 m! ζ(m) / (2π)^m, with alternating signs.
    const scale = range(1, m + 1).reduce((f, i) => (f * i) / (2 * Math.PI), 2);
    const sum = range(1, 50).reduce((s, k) => s + k ** -m, 0);
    const zetaOf = m === 2 ? Math.PI ** 2 / 6 : sum;
    return (m % 4 === 0 ? -1 : 1) * scale * zetaOf;
  });
  return asTensors("scipy.special.bernoulli", Float32Array.from(numbers))[0];
}
