/** Special functions: of the error function's family, the gamma function's, and Bessel functions. */
import { f32 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { type Domain, definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { abs, add, mul, neg, sign, sub } from "./arithmetic.js";
import { commonDtype, commonShape } from "./checks.js";
import { gt } from "./comparison.js";
import { defineBinary, defineUnary } from "./elementwise.js";
import { exp, log, log1p } from "./exponential.js";
import { fullLike, onesLike } from "./fill.js";
import { epsilonOf } from "./lowering.js";
import { noDerivative, type Operand, pair } from "./operand.js";
import { reciprocal, square } from "./powers.js";
import { select } from "./select.js";
import { lowerBetainc, lowerIgammaGradA } from "./special-lowering.js";

const positive: Domain = { min: 0.5, max: 3 };

export const erfP = defineUnary({
  name: "erf",
  doc: "The error function: 2/√π · ∫₀ˣ exp(-t²) dt.",
  takes: "float",
  lower: "erf",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(2 / Math.sqrt(Math.PI), mul(t, exp(neg(square(x))))) } },
});
/** The error function. */
export const erf = (x: Tensor): Tensor => erfP.bind({ x }, {});

export const erfcP = defineUnary({
  name: "erfc",
  doc: "1 - erf(x), accurate where erf(x) is near 1.",
  takes: "float",
  lower: "erfc",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(-2 / Math.sqrt(Math.PI), mul(t, exp(neg(square(x))))) } },
});
/** 1 - erf(x). */
export const erfc = (x: Tensor): Tensor => erfcP.bind({ x }, {});

export const erfInvP = defineUnary({
  name: "erf_inv",
  doc: "The number whose error function is x; ±∞ at ±1, NaN beyond.",
  takes: "float",
  lower: "erf-inv",
  diff: { kind: "smooth", jvp: { x: (t, _, __, out) => mul(Math.sqrt(Math.PI) / 2, mul(t, exp(square(out)))) } },
  domain: { min: -0.8, max: 0.8 },
});
/** The number whose error function is x. */
export const erfInv = (x: Tensor): Tensor => erfInvP.bind({ x }, {});

export const lgammaP = defineUnary({
  name: "lgamma",
  doc: "log |Γ(x)|.",
  takes: "float",
  lower: "lgamma",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, digamma(x)) } },
  domain: positive,
});
/** log |Γ(x)|. */
export const lgamma = (x: Tensor): Tensor => lgammaP.bind({ x }, {});

export const digammaP = defineUnary({
  name: "digamma",
  doc: "The derivative of log Γ.",
  takes: "float",
  lower: "digamma",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, polygamma(1, x)) } },
  domain: positive,
});
/** The derivative of log Γ. */
export const digamma = (x: Tensor): Tensor => digammaP.bind({ x }, {});

const orders: Domain = { values: [1, 2, 3] };

export const polygammaP = defineBinary({
  name: "polygamma",
  doc: "The derivative of order x of digamma, at y.",
  takes: "float",
  lower: "polygamma",
  diff: {
    kind: "smooth",
    jvp: { x: () => noDerivative("polygamma", "x"), y: (t, { x, y }) => mul(t, polygamma(add(x, 1), y)) },
  },
  samples: [
    {
      avals: { x: f32(3), y: f32(3) },
      params: {},
      domain: { x: orders, y: positive },
      skipGradients: "the order has no derivative",
    },
  ],
});
/** The derivative of order m of digamma, at x. */
export const polygamma = (m: Operand, x: Operand): Tensor => {
  const { x: order, y: at } = pair(m, x);
  return polygammaP.bind({ x: order, y: at }, {});
};

export const zetaP = defineBinary({
  name: "zeta",
  doc: "The Hurwitz zeta function Σ (y + k)^-x over k ≥ 0, for x > 1.",
  takes: "float",
  lower: "zeta",
  diff: {
    kind: "smooth",
    jvp: { x: () => noDerivative("zeta", "x"), y: (t, { x, y }) => mul(t, mul(neg(x), zeta(add(x, 1), y))) },
  },
  samples: [
    {
      avals: { x: f32(2, 3), y: f32(2, 3) },
      params: {},
      domain: { x: { min: 1.5, max: 4 }, y: positive },
      skipGradients: "the exponent has no derivative",
    },
  ],
});
/** The Hurwitz zeta function: Σ (q + k)^-x over k ≥ 0. */
export const zeta = (x: Operand, q: Operand): Tensor => zetaP.bind(pair(x, q), {});

/** The derivative of the regularised lower incomplete gamma function by its second operand: the gamma density. */
const gammaDensity = (a: Tensor, x: Tensor): Tensor =>
  exp(sub(add(neg(x), mul(sub(a, onesLike(a)), log(x))), lgamma(a)));

const gammaDomain = { x: { min: 0.7, max: 3 }, y: positive };

export const igammaP = defineBinary({
  name: "igamma",
  doc: "The regularised lower incomplete gamma function P(x, y) = γ(x, y) / Γ(x).",
  takes: "float",
  lower: "igamma",
  diff: {
    kind: "smooth",
    jvp: { x: (t, { x, y }) => mul(t, igammaGradA(x, y)), y: (t, { x, y }) => mul(t, gammaDensity(x, y)) },
  },
  domain: gammaDomain,
});
/** The regularised lower incomplete gamma function P(a, x). */
export const igamma = (a: Operand, x: Operand): Tensor => igammaP.bind(pair(a, x), {});

export const igammacP = defineBinary({
  name: "igammac",
  doc: "The regularised upper incomplete gamma function Q(x, y) = 1 - P(x, y).",
  takes: "float",
  lower: "igammac",
  diff: {
    kind: "smooth",
    jvp: { x: (t, { x, y }) => neg(mul(t, igammaGradA(x, y))), y: (t, { x, y }) => neg(mul(t, gammaDensity(x, y))) },
  },
  domain: gammaDomain,
});
/** The regularised upper incomplete gamma function Q(a, x). */
export const igammac = (a: Operand, x: Operand): Tensor => igammacP.bind(pair(a, x), {});

export const igammaGradAP = defineBinary({
  name: "igamma_grad_a",
  doc: "The derivative of P(x, y) by x.",
  takes: "float",
  lower: lowerIgammaGradA,
  diff: {
    kind: "smooth",
    jvp: { x: () => noDerivative("igamma_grad_a", "x"), y: () => noDerivative("igamma_grad_a", "y") },
  },
  samples: [
    {
      avals: { x: f32(2, 3), y: f32(2, 3) },
      params: {},
      domain: gammaDomain,
      skipGradients: "it has no known derivative",
    },
    { avals: { x: f32(), y: f32(2) }, params: {}, domain: gammaDomain, skipGradients: "it has no known derivative" },
  ],
});
/** The derivative of igamma(a, x) by a. */
export const igammaGradA = (a: Operand, x: Operand): Tensor => igammaGradAP.bind(pair(a, x), {});

export const randomGammaGradP = defineBinary({
  name: "random_gamma_grad",
  doc: "The derivative by x of a sample y of the gamma distribution with shape x.",
  takes: "float",
  lower: "random-gamma-grad",
  diff: {
    kind: "smooth",
    jvp: { x: () => noDerivative("random_gamma_grad", "x"), y: () => noDerivative("random_gamma_grad", "y") },
  },
  samples: [
    {
      avals: { x: f32(2, 3), y: f32(2, 3) },
      params: {},
      domain: gammaDomain,
      skipGradients: "it has no known derivative",
    },
  ],
});
/** The derivative by a of a sample x of the gamma distribution with shape a. */
export const randomGammaGrad = (a: Operand, x: Operand): Tensor => randomGammaGradP.bind(pair(a, x), {});

export const besselI0eP = defineUnary({
  name: "bessel_i0e",
  doc: "exp(-|x|) I₀(x), the scaled modified Bessel function of order 0.",
  takes: "float",
  lower: "bessel-i0e",
  diff: { kind: "smooth", jvp: { x: (t, { x }, _, out) => mul(t, sub(besselI1e(x), mul(sign(x), out))) } },
  domain: positive,
});
/** exp(-|x|) I₀(x). */
export const besselI0e = (x: Tensor): Tensor => besselI0eP.bind({ x }, {});

export const besselI1eP = defineUnary({
  name: "bessel_i1e",
  doc: "exp(-|x|) I₁(x), the scaled modified Bessel function of order 1.",
  takes: "float",
  lower: "bessel-i1e",
  diff: {
    kind: "smooth",
    jvp: {
      x(t, { x }, _, out) {
        const tiny = epsilonOf(x.dtype);
        const regular = gt(abs(x), tiny);
        // I₁(x)/x is 1/2 at 0, where the formula divides by it.
        const safe = select(regular, x, fullLike(x, tiny));
        const slope = sub(besselI0e(safe), mul(out, add(sign(safe), reciprocal(safe))));
        return mul(t, select(regular, slope, fullLike(x, 0.5)));
      },
    },
  },
  domain: positive,
});
/** exp(-|x|) I₁(x). */
export const besselI1e = (x: Tensor): Tensor => besselI1eP.bind({ x }, {});

export const regularizedIncompleteBetaP = definePrimitive({
  name: "regularized_incomplete_beta",
  doc: "I_x(a, b): the distribution function at x of the beta distribution with parameters a and b.",
  operands: ["a", "b", "x"],
  params: {},
  abstractEval: (avals) =>
    Either.chain((dtype: DType) =>
      Either.map((shape: readonly number[]) => ({ shape, dtype }))(commonShape("regularized_incomplete_beta", avals)),
    )(commonDtype("regularized_incomplete_beta", avals, "float")),
  diff: {
    kind: "smooth",
    jvp: {
      a: () => noDerivative("regularized_incomplete_beta", "a"),
      b: () => noDerivative("regularized_incomplete_beta", "b"),
      x(t, { a, b, x }) {
        const logBeta = sub(add(lgamma(a), lgamma(b)), lgamma(add(a, b)));
        const density = exp(sub(add(mul(sub(b, 1), log1p(neg(x))), mul(sub(a, 1), log(x))), logBeta));
        return mul(density, t);
      },
    },
  },
  batching: "elementwise",
  lower: (b, operands, _, { out }) => lowerBetainc(b, operands, out.shape),
  samples: [
    {
      avals: { a: f32(2, 3), b: f32(2, 3), x: f32(2, 3) },
      params: {},
      domain: { a: positive, b: positive, x: { min: 0.1, max: 0.9 } },
      skipGradients: "the parameters have no known derivatives",
    },
    {
      avals: { a: f32(), b: f32(), x: f32(3) },
      params: {},
      domain: { a: positive, b: positive, x: { min: 0.1, max: 0.9 } },
      skipGradients: "the parameters have no known derivatives",
    },
  ],
});
/** The regularised incomplete beta function I_x(a, b). */
export const betainc = (a: Tensor, b: Tensor, x: Tensor): Tensor => regularizedIncompleteBetaP.bind({ a, b, x }, {});
