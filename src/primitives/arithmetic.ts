/** The four operations, remainder, absolute value, sign, extrema. */

import type { BinaryOpcode, CompareDirection, HloBuilder, HloInstruction } from "../../xla-like/index.js";
import { isComplex, realPart } from "../../xla-like/index.js";
import { c64, f32, i32, i64, u8, u64 } from "../core/avals.js";
import type { Tensor } from "../core/tensor.js";
import { eq, ge } from "./comparison.js";
import { conj, real } from "./complex.js";
import { convert } from "./convert.js";
import { defineBinary, defineUnary } from "./elementwise.js";
import { fullLike, onesLike, zerosLike } from "./fill.js";
import { dtypeOf, lowerMulhi } from "./lowering.js";
import { noDerivative, type Operand, pair, scalarLike } from "./operand.js";
import { integerPow } from "./powers.js";
import { floor } from "./rounding.js";
import { replaceZero, select } from "./select.js";

export const negP = defineUnary({
  name: "neg",
  doc: "-x.",
  takes: "number",
  lower: "negate",
  diff: { kind: "linear", transpose: { x: (ct) => neg(ct) } },
});
/** -x, element by element. */
export const neg = (x: Tensor): Tensor => negP.bind({ x }, {});

export const addP = defineBinary({
  name: "add",
  doc: "x + y; the disjunction of booleans.",
  takes: "any",
  lower: (b, x, y) => b.binary(dtypeOf(x) === "bool" ? "or" : "add", x, y),
  diff: { kind: "linear", transpose: { x: (ct) => ct, y: (ct) => ct }, jvp: { x: (t) => t, y: (t) => t } },
});
/** x + y, element by element. */
export const add = (x: Operand, y: Operand): Tensor => addP.bind(pair(x, y), {});

export const addAnyP = defineBinary({
  name: "add_any",
  doc: "The sum of two tangents or cotangents.",
  takes: "any",
  lower: (b, x, y) => b.binary(dtypeOf(x) === "bool" ? "or" : "add", x, y),
  diff: { kind: "linear", transpose: { x: (ct) => ct, y: (ct) => ct }, jvp: { x: (t) => t, y: (t) => t } },
});
/** The sum of two tangents or cotangents of one type. */
export const addAny = (x: Tensor, y: Tensor): Tensor => addAnyP.bind({ x, y }, {});

export const subP = defineBinary({
  name: "sub",
  doc: "x - y.",
  takes: "number",
  lower: "subtract",
  diff: { kind: "linear", transpose: { x: (ct) => ct, y: (ct) => neg(ct) }, jvp: { x: (t) => t, y: (t) => neg(t) } },
});
/** x - y, element by element. */
export const sub = (x: Operand, y: Operand): Tensor => subP.bind(pair(x, y), {});

export const mulP = defineBinary({
  name: "mul",
  doc: "x · y; the conjunction of booleans.",
  takes: "any",
  lower: (b, x, y) => b.binary(dtypeOf(x) === "bool" ? "and" : "multiply", x, y),
  diff: { kind: "bilinear", transpose: { x: (ct, { y }) => mul(ct, y), y: (ct, { x }) => mul(x, ct) } },
});
/** x · y, element by element. */
export const mul = (x: Operand, y: Operand): Tensor => mulP.bind(pair(x, y), {});

export const mulhiP = defineBinary({
  name: "mulhi",
  doc: "The upper half of the double-width product of integers.",
  takes: "integer",
  lower: lowerMulhi,
  diff: { kind: "discrete" },
  samples: [i32(2, 3), u8(3), i64(2), u64()].map((x) => ({ avals: { x, y: x }, params: {} })),
});
/** The upper half of the double-width product of integers. */
export const mulhi = (x: Operand, y: Operand): Tensor => mulhiP.bind(pair(x, y), {});

export const divP = defineBinary({
  name: "div",
  doc: "x / y; integers are divided towards zero.",
  takes: "number",
  lower: "divide",
  diff: {
    kind: "smooth",
    jvp: {
      x: (t, { y }) => div(t, y),
      y: (t, { x, y }) => mul(mul(neg(t), x), integerPow(y, -2)),
    },
    transpose: { x: (ct, { y }) => div(ct, y) },
  },
  domain: { y: { min: 0.5, max: 3 } },
});
/** x / y, element by element; integers are divided towards zero. */
export const div = (x: Operand, y: Operand): Tensor => divP.bind(pair(x, y), {});

export const remP = defineBinary({
  name: "rem",
  doc: "The remainder of x / y rounded towards zero: it has the sign of x.",
  takes: "real",
  lower: "remainder",
  diff: {
    kind: "smooth",
    jvp: {
      x: (t) => t,
      y: (t, { x, y }) => mul(neg(t), mul(sign(div(x, y)), floor(abs(div(x, y))))),
    },
  },
  domain: { x: { min: 1.1, max: 1.4 }, y: { min: 0.75, max: 1.05 } },
});
/** The remainder of x / y rounded towards zero. */
export const rem = (x: Operand, y: Operand): Tensor => remP.bind(pair(x, y), {});

export const absP = defineUnary({
  name: "abs",
  doc: "|x|; of a complex number its modulus.",
  takes: "signed",
  gives: realPart,
  lower: "abs",
  diff: {
    kind: "smooth",
    jvp: {
      x(t, { x }, _, out) {
        if (isComplex(x.dtype)) return real(mul(t, div(conj(x), replaceZero(convert(out, x.dtype)))));
        return select(ge(x, scalarLike(x, 0)), t, neg(t));
      },
    },
  },
  domain: { min: 0.5, max: 3 },
});
/** |x|, element by element; real. */
export const abs = (x: Tensor): Tensor => absP.bind({ x }, {});

export const signP = defineUnary({
  name: "sign",
  doc: "-1, 0 or 1; NaN for NaN; x / |x| for complex x.",
  takes: "number",
  lower: "sign",
  diff: { kind: "discrete" },
  samples: [
    { avals: { x: f32(2, 3) }, params: {}, domain: { x: { min: 0.5, max: 3 } } },
    { avals: { x: u8(3) }, params: {} },
    { avals: { x: c64(3) }, params: {}, skipGradients: "the derivative is declared to be zero" },
  ],
});
/** -1, 0 or 1 by the sign of each element. */
export const sign = (x: Tensor): Tensor => signP.bind({ x }, {});

/** 1 where x is the result, 0 where it is not, and 1/2 where both operands are. */
const share = (x: Tensor, out: Tensor, y: Tensor): Tensor =>
  div(select(eq(x, out), onesLike(out), zerosLike(out)), select(eq(y, out), fullLike(out, 2), onesLike(out)));

/** Complex numbers are ordered by real part, then by imaginary part. */
const lowerExtremum =
  (opcode: BinaryOpcode, wins: CompareDirection) =>
  (b: HloBuilder, x: HloInstruction, y: HloInstruction): HloInstruction => {
    if (!isComplex(dtypeOf(x))) return b.binary(opcode, x, y);
    const [rx, ry, ix, iy] = [b.unary("real", x), b.unary("real", y), b.unary("imag", x), b.unary("imag", y)];
    const which = b.select(b.compare(rx, ry, "EQ"), b.compare(ix, iy, wins), b.compare(rx, ry, wins));
    return b.select(which, x, y);
  };

const tieFree = { x: { min: -2, max: -0.2 }, y: { min: 0.2, max: 2 } };

export const maxP = defineBinary({
  name: "max",
  doc: "The larger of x and y, NaN if either is; the derivative is shared between equal operands.",
  takes: "any",
  lower: lowerExtremum("maximum", "GT"),
  diff: {
    kind: "smooth",
    jvp: { x: (t, { x, y }, _, out) => mul(t, share(x, out, y)), y: (t, { x, y }, _, out) => mul(t, share(y, out, x)) },
  },
  domain: tieFree,
});
/** The larger of x and y, element by element. */
export const max = (x: Operand, y: Operand): Tensor => maxP.bind(pair(x, y), {});

export const minP = defineBinary({
  name: "min",
  doc: "The smaller of x and y, NaN if either is; the derivative is shared between equal operands.",
  takes: "any",
  lower: lowerExtremum("minimum", "LT"),
  diff: {
    kind: "smooth",
    jvp: { x: (t, { x, y }, _, out) => mul(t, share(x, out, y)), y: (t, { x, y }, _, out) => mul(t, share(y, out, x)) },
  },
  domain: tieFree,
});
/** The smaller of x and y, element by element. */
export const min = (x: Operand, y: Operand): Tensor => minP.bind(pair(x, y), {});

export const nextafterP = defineBinary({
  name: "nextafter",
  doc: "The next number after x, towards y, that the type can hold.",
  takes: "float",
  lower: "nextafter",
  diff: { kind: "smooth", jvp: { x: () => noDerivative("nextafter", "x"), y: () => noDerivative("nextafter", "y") } },
  samples: [
    { avals: { x: f32(3), y: f32(3) }, params: {}, skipGradients: "it has no derivative" },
    { avals: { x: f32(2, 3), y: f32() }, params: {}, skipGradients: "it has no derivative" },
  ],
});
/** The next number after x, towards y. */
export const nextafter = (x: Operand, y: Operand): Tensor => nextafterP.bind(pair(x, y), {});

export const isFiniteP = defineUnary({
  name: "is_finite",
  doc: "Whether x is neither infinite nor NaN.",
  takes: "float",
  gives: () => "bool",
  lower: "is-finite",
  diff: { kind: "discrete" },
});
/** Whether each element is neither infinite nor NaN. */
// biome-ignore lint/suspicious/noShadowRestrictedNames: lax's name for it
export const isFinite = (x: Tensor): Tensor => isFiniteP.bind({ x }, {});
