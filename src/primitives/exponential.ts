/** Exponentials, logarithms, and the sigmoid shapes made of them. */
import type { Tensor } from "../core/tensor.js";
import { add, div, mul, sub } from "./arithmetic.js";
import { defineUnary } from "./elementwise.js";
import { dtypeOf } from "./lowering.js";
import { scalarLike } from "./operand.js";

export const expP = defineUnary({
  name: "exp",
  doc: "e to the power x.",
  takes: "inexact",
  lower: "exponential",
  diff: { kind: "smooth", jvp: { x: (t, _, __, out) => mul(t, out) } },
});
/** e to the power x, element by element. */
export const exp = (x: Tensor): Tensor => expP.bind({ x }, {});

export const exp2P = defineUnary({
  name: "exp2",
  doc: "2 to the power x.",
  takes: "inexact",
  lower: (b, x) => b.unary("exponential", b.binary("multiply", b.scalar(dtypeOf(x), Math.LN2), x)),
  diff: { kind: "smooth", jvp: { x: (t, { x }, _, out) => mul(log(scalarLike(x, 2)), mul(t, out)) } },
});
/** 2 to the power x, element by element. */
export const exp2 = (x: Tensor): Tensor => exp2P.bind({ x }, {});

export const expm1P = defineUnary({
  name: "expm1",
  doc: "exp(x) - 1, accurate near 0.",
  takes: "inexact",
  lower: "exponential-minus-one",
  diff: { kind: "smooth", jvp: { x: (t, _, __, out) => mul(t, add(out, 1)) } },
});
/** exp(x) - 1, accurate near 0. */
export const expm1 = (x: Tensor): Tensor => expm1P.bind({ x }, {});

export const logP = defineUnary({
  name: "log",
  doc: "The natural logarithm; -∞ at 0, NaN for negative floats, the principal branch for complex numbers.",
  takes: "inexact",
  lower: "log",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => div(t, x) } },
  domain: { min: 0.5, max: 3 },
});
/** The natural logarithm, element by element. */
export const log = (x: Tensor): Tensor => logP.bind({ x }, {});

export const log1pP = defineUnary({
  name: "log1p",
  doc: "log(1 + x), accurate near 0.",
  takes: "inexact",
  lower: "log-plus-one",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => div(t, add(x, 1)) } },
  domain: { min: -0.5, max: 2 },
});
/** log(1 + x), accurate near 0. */
export const log1p = (x: Tensor): Tensor => log1pP.bind({ x }, {});

export const tanhP = defineUnary({
  name: "tanh",
  doc: "The hyperbolic tangent.",
  takes: "inexact",
  lower: "tanh",
  // (t + t·y)(1 - y) loses less than t(1 - y²) where y is near ±1.
  diff: { kind: "smooth", jvp: { x: (t, _, __, out) => mul(add(t, mul(t, out)), sub(1, out)) } },
  domain: { min: -1, max: 1 },
});
/** The hyperbolic tangent, element by element. */
export const tanh = (x: Tensor): Tensor => tanhP.bind({ x }, {});

export const logisticP = defineUnary({
  name: "logistic",
  doc: "1 / (1 + exp(-x)).",
  takes: "inexact",
  lower: "logistic",
  diff: { kind: "smooth", jvp: { x: (t, _, __, out) => mul(t, mul(out, sub(1, out))) } },
});
/** 1 / (1 + exp(-x)), element by element. */
export const logistic = (x: Tensor): Tensor => logisticP.bind({ x }, {});
