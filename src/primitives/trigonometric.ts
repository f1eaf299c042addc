/** Trigonometric and hyperbolic functions, and their inverses. */
import type { Tensor } from "../core/tensor.js";
import { add, div, mul, neg, sub } from "./arithmetic.js";
import { defineBinary, defineUnary } from "./elementwise.js";
import { type Operand, pair } from "./operand.js";
import { reciprocal, rsqrt, square } from "./powers.js";

export const sinP = defineUnary({
  name: "sin",
  doc: "The sine of an angle in radians.",
  takes: "inexact",
  lower: "sine",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, cos(x)) } },
});
/** The sine, in radians. */
export const sin = (x: Tensor): Tensor => sinP.bind({ x }, {});

export const cosP = defineUnary({
  name: "cos",
  doc: "The cosine of an angle in radians.",
  takes: "inexact",
  lower: "cos",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => neg(mul(t, sin(x))) } },
});
/** The cosine, in radians. */
export const cos = (x: Tensor): Tensor => cosP.bind({ x }, {});

export const tanP = defineUnary({
  name: "tan",
  doc: "The tangent of an angle in radians.",
  takes: "inexact",
  lower: "tan",
  diff: { kind: "smooth", jvp: { x: (t, _, __, out) => mul(t, add(1, square(out))) } },
  domain: { min: -1, max: 1 },
});
/** The tangent, in radians. */
export const tan = (x: Tensor): Tensor => tanP.bind({ x }, {});

export const asinP = defineUnary({
  name: "asin",
  doc: "The angle in [-π/2, π/2] with sine x.",
  takes: "inexact",
  lower: "asin",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, rsqrt(sub(1, square(x)))) } },
  domain: { min: -0.8, max: 0.8 },
});
/** The angle in [-π/2, π/2] with sine x. */
export const asin = (x: Tensor): Tensor => asinP.bind({ x }, {});

export const acosP = defineUnary({
  name: "acos",
  doc: "The angle in [0, π] with cosine x.",
  takes: "inexact",
  lower: "acos",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, neg(rsqrt(sub(1, square(x))))) } },
  domain: { min: -0.8, max: 0.8 },
});
/** The angle in [0, π] with cosine x. */
export const acos = (x: Tensor): Tensor => acosP.bind({ x }, {});

export const atanP = defineUnary({
  name: "atan",
  doc: "The angle in [-π/2, π/2] with tangent x.",
  takes: "inexact",
  lower: "atan",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => div(t, add(1, square(x))) } },
  domain: { min: -0.8, max: 0.8 },
});
/** The angle in [-π/2, π/2] with tangent x. */
export const atan = (x: Tensor): Tensor => atanP.bind({ x }, {});

export const atan2P = defineBinary({
  name: "atan2",
  doc: "The angle in [-π, π] of the point (y, x): its tangent is x / y. Note the order of the operands.",
  takes: "inexact",
  lower: "atan2",
  diff: {
    kind: "smooth",
    jvp: {
      x: (t, { x, y }) => mul(t, div(y, add(square(x), square(y)))),
      y: (t, { x, y }) => mul(t, div(neg(x), add(square(x), square(y)))),
    },
  },
  domain: { x: { min: 0.3, max: 2 }, y: { min: 0.3, max: 2 } },
});
/** The angle in [-π, π] whose tangent is x / y, in the quadrant of the point (y, x). */
export const atan2 = (x: Operand, y: Operand): Tensor => atan2P.bind(pair(x, y), {});

export const sinhP = defineUnary({
  name: "sinh",
  doc: "The hyperbolic sine.",
  takes: "inexact",
  lower: "sinh",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, cosh(x)) } },
});
/** The hyperbolic sine. */
export const sinh = (x: Tensor): Tensor => sinhP.bind({ x }, {});

export const coshP = defineUnary({
  name: "cosh",
  doc: "The hyperbolic cosine.",
  takes: "inexact",
  lower: "cosh",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, sinh(x)) } },
});
/** The hyperbolic cosine. */
export const cosh = (x: Tensor): Tensor => coshP.bind({ x }, {});

export const asinhP = defineUnary({
  name: "asinh",
  doc: "The number with hyperbolic sine x.",
  takes: "inexact",
  lower: "asinh",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, rsqrt(add(square(x), 1))) } },
  domain: { min: -0.8, max: 0.8 },
});
/** The number with hyperbolic sine x. */
export const asinh = (x: Tensor): Tensor => asinhP.bind({ x }, {});

export const acoshP = defineUnary({
  name: "acosh",
  doc: "The number at or above 0 with hyperbolic cosine x; NaN for floats below 1.",
  takes: "inexact",
  lower: "acosh",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, rsqrt(sub(square(x), 1))) } },
  domain: { min: 1.3, max: 3 },
});
/** The number at or above 0 with hyperbolic cosine x. */
export const acosh = (x: Tensor): Tensor => acoshP.bind({ x }, {});

export const atanhP = defineUnary({
  name: "atanh",
  doc: "The number with hyperbolic tangent x; NaN for floats outside [-1, 1].",
  takes: "inexact",
  lower: "atanh",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(reciprocal(add(1, x)), div(t, sub(1, x))) } },
  domain: { min: -0.8, max: 0.8 },
});
/** The number with hyperbolic tangent x. */
export const atanh = (x: Tensor): Tensor => atanhP.bind({ x }, {});
