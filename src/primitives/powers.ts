/** Powers and roots. */

import type { ShapedArray } from "../core/aval.js";
import { c64, f32, i32 } from "../core/avals.js";
import { isInexact, isInteger } from "../core/dtype.js";
import { param } from "../core/params.js";
import { definePrimitive, type Sample } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, DTypeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { div, mul, sub } from "./arithmetic.js";
import { commonShape, dtypeError, inClass, out } from "./checks.js";
import { eq } from "./comparison.js";
import { convert } from "./convert.js";
import { defineUnary } from "./elementwise.js";
import { log } from "./exponential.js";
import { onesLike, zerosLike } from "./fill.js";
import { lowerIntegerPow, spreadPair } from "./lowering.js";
import { type Operand, pair, scalarLike } from "./operand.js";
import { replaceZero, select } from "./select.js";
import { broadcastTo } from "./shape.js";

export const squareP = defineUnary({
  name: "square",
  doc: "x · x.",
  takes: "number",
  lower: "square",
  diff: { kind: "smooth", jvp: { x: (t, { x }) => mul(t, mul(2, x)) } },
});
/** x · x, element by element. */
export const square = (x: Tensor): Tensor => squareP.bind({ x }, {});

const powerSample = (x: ShapedArray, y: number): Sample<"x", { readonly y: number }> => ({
  avals: { x },
  params: { y },
  domain: { x: { min: 0.5, max: 2 } },
});

export const integerPowP = definePrimitive({
  name: "integer_pow",
  doc: "x to a constant integer power; integers only to powers that are not negative.",
  operands: ["x"],
  params: { y: param.int },
  abstractEval({ x }, { y }) {
    if (!inClass(x.dtype, "number")) return Either.left(dtypeError("integer_pow", "x", x.dtype, "number"));
    if (!Number.isSafeInteger(y)) {
      return Either.left(
        new ArgumentError("CT003", `integer_pow: the exponent is ${y}, but it must be an integer. Use pow for others.`),
      );
    }
    if (y < 0 && isInteger(x.dtype)) {
      return Either.left(
        new DTypeError(
          "CT105",
          `integer_pow: operand 'x' is ${x.dtype}, but the exponent is ${y}. ` +
            "Integers have no negative powers; convert x to a float with astype.",
        ),
      );
    }
    return out(x.shape, x.dtype);
  },
  diff: {
    kind: "smooth",
    jvp: {
      x(t, { x }, { y }) {
        if (y === 0) return zerosLike(t);
        if (y === 1) return t;
        return mul(t, mul(y, y === 2 ? x : integerPow(x, y - 1)));
      },
    },
  },
  batching: "elementwise",
  lower: (b, { x }, { y }) => lowerIntegerPow(b, x, y),
  samples: [
    powerSample(f32(2, 3), 2),
    powerSample(f32(3), -3),
    powerSample(f32(), 7),
    powerSample(f32(2), 0),
    powerSample(f32(2), 1),
    powerSample(c64(2), -2),
    { avals: { x: i32(3) }, params: { y: 5 } },
  ],
});
/** x to a constant integer power, element by element. */
export const integerPow = (x: Tensor, y: number): Tensor => integerPowP.bind({ x }, { y });
/** 1 / x, element by element. */
export const reciprocal = (x: Tensor): Tensor => integerPow(x, -1);

export const powP = definePrimitive({
  name: "pow",
  doc: "x to the power y. x is a float or complex, y of x's dtype or an integer.",
  operands: ["x", "y"],
  params: {},
  abstractEval({ x, y }) {
    if (!isInexact(x.dtype) || !(y.dtype === x.dtype || isInteger(y.dtype))) {
      return Either.left(
        new DTypeError(
          "CT104",
          `pow: operand 'x' is ${x.dtype} and operand 'y' is ${y.dtype}, but x must be a float or complex, ` +
            "and y an integer or of x's dtype. Convert one with astype, or use integerPow.",
        ),
      );
    }
    return Either.map((shape: readonly number[]) => ({ shape, dtype: x.dtype }))(commonShape("pow", { x, y }));
  },
  diff: {
    kind: "smooth",
    jvp: {
      x(t, { x, y }, _, o) {
        if (!isInteger(y.dtype)) {
          // Strong, as in JAX: the slope of numbers is not weak.
          const [a, n] = [convert(x, x.dtype), convert(y, y.dtype)];
          return mul(t, mul(n, pow(a, sub(n, onesLike(n)))));
        }
        // A power that is a true integer has derivative 0 at 0, even where x is 0.
        const n = broadcastTo(convert(y, x.dtype), o.shape);
        const slope = mul(replaceZero(n), pow(broadcastTo(x, o.shape), sub(n, onesLike(n))));
        return mul(t, select(eq(n, scalarLike(n, 0)), zerosLike(n), slope));
      },
      y: (t, { x }, _, o) => mul(t, mul(log(replaceZero(x)), o)),
    },
  },
  batching: "elementwise",
  lower(b, { x, y }, _, { avals, out }) {
    const exponent = avals.y.dtype === avals.x.dtype ? y : b.convert(y, avals.x.dtype);
    return b.binary("power", ...spreadPair(b, x, exponent, out.shape));
  },
  samples: [
    { avals: { x: f32(2, 3), y: f32(2, 3) }, params: {}, domain: { x: { min: 0.5, max: 2 } } },
    { avals: { x: f32(3), y: f32() }, params: {}, domain: { x: { min: 0.5, max: 2 } } },
    { avals: { x: f32(3), y: i32() }, params: {}, domain: { x: { min: 0.5, max: 2 }, y: { values: [3] } } },
    { avals: { x: f32(), y: i32(2) }, params: {}, domain: { x: { min: 0.5, max: 2 }, y: { values: [0, -2] } } },
    { avals: { x: c64(2), y: c64(2) }, params: {}, domain: { x: { min: 0.5, max: 2 }, y: { min: 0.5, max: 2 } } },
  ],
});
/** x to the power y, element by element. */
export const pow = (x: Operand, y: Operand): Tensor => powP.bind(pair(x, y), {});

export const sqrtP = defineUnary({
  name: "sqrt",
  doc: "The square root; NaN for negative floats, the principal root of complex numbers.",
  takes: "inexact",
  lower: "sqrt",
  diff: { kind: "smooth", jvp: { x: (t, { x }, _, o) => mul(t, div(scalarLike(x, 0.5), o)) } },
  domain: { min: 0.5, max: 3 },
});
/** The square root, element by element. */
export const sqrt = (x: Tensor): Tensor => sqrtP.bind({ x }, {});

export const rsqrtP = defineUnary({
  name: "rsqrt",
  doc: "1 / √x.",
  takes: "inexact",
  lower: "rsqrt",
  diff: { kind: "smooth", jvp: { x: (t, { x }, _, o) => mul(t, mul(-0.5, div(o, x))) } },
  domain: { min: 0.5, max: 3 },
});
/** 1 / √x, element by element. */
export const rsqrt = (x: Tensor): Tensor => rsqrtP.bind({ x }, {});

export const cbrtP = defineUnary({
  name: "cbrt",
  doc: "The real cube root.",
  takes: "float",
  lower: "cbrt",
  diff: { kind: "smooth", jvp: { x: (t, _, __, o) => mul(t, mul(1 / 3, integerPow(o, -2))) } },
  domain: { min: 0.5, max: 3 },
});
/** The real cube root, element by element. */
export const cbrt = (x: Tensor): Tensor => cbrtP.bind({ x }, {});
