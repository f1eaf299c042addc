/** Exponential integrals, by series near 0, continued fractions and asymptotic series. */
import { foriLoop } from "../../control/while-loop.js";
import type { ArrayLike } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { asInteger } from "../../numpy/arguments.js";
import { jitted } from "../../numpy/jitted.js";
import { promoteInexact } from "../../numpy/promote.js";
import { withJvp } from "../../numpy/ufunc.js";
import { select3, whereTensors } from "../../numpy/where.js";
import { ArgumentError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import * as p from "../../primitives/index.js";
import { polynomial, type Special1, special1 } from "./functions.js";

const eulerGamma = 0.5772156649015329;
const factorials: number[] = [1];
for (let i = 1; i <= 170; i++) factorials.push(factorials[i - 1] * i);

/** ψ(n) of a positive integer. */
const psi = (n: number): number => range(1, n).reduce((s, k) => s + 1 / k, -eulerGamma);

const seriesTerms = 28;
const fractionDepth = 100;

/** Eₙ(x) for 0 < x ≤ 1 (Abramowitz and Stegun, 5.1.12). */
function nearZero(n: number, x: Tensor): Tensor {
  const m = n - 1;
  const power = m === 0 ? 1 : (m % 2 === 0 ? 1 : -1) / factorials[m];
  const logarithmic = p.mul(p.mul(p.integerPow(x, m), power), p.add(p.neg(p.log(x)), psi(n)));
  const coefficients = range(seriesTerms).map((k) =>
    k === m ? 0 : (k % 2 === 0 ? 1 : -1) / ((k - m) * factorials[k]),
  );
  return p.sub(logarithmic, polynomial(coefficients.reverse(), x));
}

/** Eₙ(x) for x > 1: e^-x / (x + n - 1·n/(x + n + 2 - 2(n + 1)/(…))), from the innermost on. */
function byFraction(n: number, x: Tensor): Tensor {
  let tail = p.add(x, n + 2 * fractionDepth);
  for (let k = fractionDepth; k > 0; k--) tail = p.sub(p.add(x, n + 2 * (k - 1)), p.div(k * (n + k - 1), tail));
  return p.div(p.exp(p.neg(x)), tail);
}

function integralOf(n: number, x: Tensor): Tensor {
  if (n === 0) return p.div(p.exp(p.neg(x)), x);
  const near = p.le(x, 1);
  const small = nearZero(n, select3(near, x, 1));
  const large = byFraction(n, select3(near, 1, x));
  const value = whereTensors(near, small, large);
  const atZero = n === 1 ? Number.POSITIVE_INFINITY : 1 / (n - 1);
  const whole = select3(p.eq(x, 0), atZero, value);
  // e^-∞ times a continued fraction of infinities is no number.
  const finite = select3(p.eq(x, Number.POSITIVE_INFINITY), 0, whole);
  return select3(p.lt(x, 0), Number.NaN, finite);
}

const expnCall = jitted(
  "expn",
  ([x], n: number): Tensor =>
    withJvp(
      "expn",
      (t) => integralOf(n, t),
      ([t], [dt]) =>
        p.neg(p.mul(dt, n === 0 ? p.mul(integralOf(0, t), p.add(p.reciprocal(t), 1)) : expnCall([t], n - 1))),
    )(x),
);
/** Eₙ(x) = ∫₁^∞ e^(-xt) t^-n dt, for x ≥ 0 and an integer n ≥ 0. */
export function expn(n: number, x: ArrayLike): Tensor {
  const order = asInteger("scipy.special.expn", "n", n);
  if (order < 0 || order > 150) {
    throw new ArgumentError("CT004", `scipy.special.expn: n is ${order}, but it must be between 0 and 150.`);
  }
  return expnCall([promoteInexact("scipy.special.expn", x)], order);
}
/** E₁(x) = ∫ₓ^∞ e^-t / t dt, for x ≥ 0. */
export const exp1 = (x: ArrayLike): Tensor => expnCall([promoteInexact("scipy.special.exp1", x)], 1);

/** γ + log x + Σ xᵏ/(k k!), whose terms are all positive, for 0 < x ≤ 40. */
function growing(x: Tensor): Tensor {
  const zero = p.fullLike(x, 0);
  const [, total] = foriLoop(
    1,
    130,
    (k: Tensor, [term, sum]: readonly Tensor[]) => {
      const n = p.convert(k, x.dtype);
      const next = p.div(p.mul(term, x), n);
      return [next, p.add(sum, p.div(next, n))] as const;
    },
    [p.fullLike(x, 1), zero] as readonly Tensor[],
  );
  return p.add(p.add(p.log(x), eulerGamma), total);
}
/** e^x/x Σ k!/xᵏ = e^x/x (1 + 1/x (1 + 2/x (1 + …))), of which from x = 40 on forty terms are enough. */
function asymptotic(x: Tensor): Tensor {
  const inverse = p.reciprocal(x);
  const sum = range(40, 0, -1).reduce((y, k) => p.add(p.mul(p.mul(y, inverse), k), 1), p.fullLike(x, 1));
  return p.mul(p.mul(p.exp(x), inverse), sum);
}

/** Ei(x), the principal value of ∫ e^t / t dt from -∞ to x. */
export const expi: Special1 = special1(
  "expi",
  withJvp(
    "expi",
    (x) => {
      const negative = p.lt(x, 0);
      const near = p.le(x, 40);
      const below = p.neg(integralOf(1, p.select(negative, p.neg(x), p.fullLike(x, 1))));
      const middle = growing(select3(p.bitwiseOr(negative, p.bitwiseNot(near)), 1, x));
      const above = asymptotic(select3(near, 40, x));
      return p.select(negative, below, p.select(near, middle, above));
    },
    ([x], [t]) => p.mul(t, p.div(p.exp(x), x)),
  ),
);
