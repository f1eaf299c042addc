/** Complex numbers and their parts. Transposes are JAX's: of the real-linear maps on pairs, without conjugation. */

import { complexOf, type DType, isComplex, realPart } from "../../xla-like/index.js";
import { c64, f32, f64 } from "../core/avals.js";
import { param } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { neg } from "./arithmetic.js";
import { commonDtype, commonShape, dtypeError, inClass, out } from "./checks.js";
import { defineUnary } from "./elementwise.js";
import { spreadPair } from "./lowering.js";
import { type Operand, pair } from "./operand.js";

export const realP = defineUnary({
  name: "real",
  doc: "The real part of a complex number.",
  takes: "complex",
  gives: realPart,
  lower: "real",
  diff: { kind: "linear", transpose: { x: (ct) => complex(ct, 0) } },
});
/** The real parts. */
export const real = (x: Tensor): Tensor => realP.bind({ x }, {});

export const imagP = defineUnary({
  name: "imag",
  doc: "The imaginary part of a complex number.",
  takes: "complex",
  gives: realPart,
  lower: "imag",
  diff: { kind: "linear", transpose: { x: (ct) => complex(0, neg(ct)) } },
});
/** The imaginary parts. */
export const imag = (x: Tensor): Tensor => imagP.bind({ x }, {});

export const complexP = definePrimitive({
  name: "complex",
  doc: "The complex number with real part x and imaginary part y.",
  operands: ["x", "y"],
  params: {},
  abstractEval: (avals) =>
    Either.chain((dtype: DType) =>
      dtype === "float32" || dtype === "float64"
        ? Either.map((shape: readonly number[]) => ({ shape, dtype: complexOf(dtype) }))(commonShape("complex", avals))
        : Either.left(
            new DTypeError(
              "CT105",
              `complex: operand 'x' is ${dtype}, but it takes only float32 and float64, the types complex numbers are made of. ` +
                "Convert it with astype.",
            ),
          ),
    )(commonDtype("complex", avals, "float")),
  diff: { kind: "linear", transpose: { x: (ct) => real(ct), y: (ct) => imag(neg(ct)) } },
  batching: "elementwise",
  lower: (b, { x, y }, _, { out }) => b.binary("complex", ...spreadPair(b, x, y, out.shape)),
  samples: [
    { avals: { x: f32(2, 3), y: f32(2, 3) }, params: {} },
    { avals: { x: f32(3), y: f32() }, params: {} },
    { avals: { x: f64(), y: f64(0) }, params: {} },
  ],
});
/** x + iy. */
export const complex = (x: Operand, y: Operand): Tensor => complexP.bind(pair(x, y), {});

export const conjP = definePrimitive({
  name: "conj",
  doc: "The complex conjugate; of a real number, the number as a complex one.",
  operands: ["x"],
  params: { inputDtype: param.dtype },
  abstractEval: ({ x }) =>
    inClass(x.dtype, "complex") || x.dtype === "float32" || x.dtype === "float64"
      ? out(x.shape, complexOf(x.dtype))
      : Either.left(dtypeError("conj", "x", x.dtype, "inexact")),
  diff: { kind: "linear", transpose: { x: (ct, _, { inputDtype }) => (isComplex(inputDtype) ? conj(ct) : real(ct)) } },
  batching: "elementwise",
  lower(b, { x }, _, { avals }) {
    if (isComplex(avals.x.dtype)) return b.unary("conjugate", x);
    return b.binary("complex", x, b.scalar(avals.x.dtype, 0));
  },
  samples: [
    { avals: { x: c64(2, 3) }, params: { inputDtype: "complex64" } },
    { avals: { x: f32(3) }, params: { inputDtype: "float32" } },
  ],
});
/** The complex conjugates. */
export const conj = (x: Tensor): Tensor => conjP.bind({ x }, { inputDtype: x.dtype });
