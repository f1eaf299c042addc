/** Changes of element type, and operations that hand their operand on: copies, barriers, stopped gradients. */
import { c64, f16, f32, f64, i32, u8 } from "../core/avals.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { type DType, dtypes, isComplex, isFloat, isInexact, isInteger } from "../core/dtype.js";
import { param } from "../core/params.js";
import { defineMultiPrimitive, definePrimitive } from "../core/primitive.js";
import { exactValue, literal, type ScalarValue } from "../core/scalars.js";
import { LinearOperand, type Tensor, Zero } from "../core/tensor.js";
import { ArgumentError, DTypeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { dtypeError, inClass, out, shapeError } from "./checks.js";
import { defineUnary } from "./elementwise.js";
import { zerosLike } from "./fill.js";
import { moveToFront } from "./shape.js";

export const convertElementTypeP = definePrimitive({
  name: "convert_element_type",
  doc: "The elements in another type: integers wrap, floats round, floats made integers are truncated and saturate (NaN becomes 0), complex numbers made real lose their imaginary parts.",
  operands: ["x"],
  params: { newDtype: param.dtype, weakType: param.bool },
  abstractEval: ({ x }, { newDtype, weakType }) => out(x.shape, newDtype, weakType),
  diff: {
    kind: "linear",
    transpose: { x: (ct, { x }) => bindConvert(ct, x.dtype, isWeak(x)) },
  },
  batching: "elementwise",
  lower(b, { x }, { newDtype }, { avals }) {
    if (avals.x.dtype === newDtype) return x;
    return b.convert(isComplex(avals.x.dtype) && !isComplex(newDtype) ? b.unary("real", x) : x, newDtype);
  },
  samples: [
    { avals: { x: f32(2, 3) }, params: { newDtype: "float64", weakType: false } },
    { avals: { x: f64(3) }, params: { newDtype: "float32", weakType: true } },
    { avals: { x: f32(3) }, params: { newDtype: "complex64", weakType: false } },
    { avals: { x: c64(3) }, params: { newDtype: "float32", weakType: false } },
    { avals: { x: i32(0, 2) }, params: { newDtype: "float32", weakType: false } },
    {
      avals: { x: f32() },
      params: { newDtype: "int32", weakType: false },
      skipGradients: "an integer result has none",
    },
  ],
});

const bindConvert = (x: Tensor, newDtype: DType, weakType: boolean): Tensor =>
  convertElementTypeP.bind({ x }, { newDtype, weakType });

const isWeak = (x: Tensor | LinearOperand): boolean => (x instanceof LinearOperand ? x.aval.weakType : x.weakType);

/** x in another dtype; x itself when it has that dtype and that weakness. Literals are converted at once. */
export function convert(x: Tensor, newDtype: DType, weakType = false): Tensor {
  if (x.dtype === newDtype && x.weakType === weakType) return x;
  if (x instanceof DeviceTensor && x.isLiteral) return convertLiteral(x, newDtype, weakType);
  return bindConvert(x, newDtype, weakType);
}

function convertLiteral(x: DeviceTensor, dtype: DType, weakType: boolean): DeviceTensor {
  const value = exactValue(x);
  const toInteger = isInteger(dtype) && (isFloat(x.dtype) || isComplex(x.dtype));
  return literal(toInteger ? saturate(value, dtype) : value, dtype, weakType);
}

/** The integer that a float becomes: truncated, within the type's range, 0 for NaN. */
function saturate(value: ScalarValue, dtype: DType): bigint {
  const t = Math.trunc(Number(typeof value === "object" ? value.re : value));
  const bits = BigInt(8 * dtypes[dtype].bytes);
  const signed = dtypes[dtype].kind === "signed";
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = (1n << (signed ? bits - 1n : bits)) - 1n;
  if (Number.isNaN(t)) return 0n;
  if (t >= Number(high)) return high;
  return t <= Number(low) ? low : BigInt(t);
}

/** x in the dtype of another operand; strong. */
export const astypeLike = (x: Tensor, like: { readonly dtype: DType }): Tensor => convert(x, like.dtype);

export const bitcastConvertTypeP = definePrimitive({
  name: "bitcast_convert_type",
  doc: "The bits of the elements read as another type. A narrower type adds a last dimension, a wider one takes it away.",
  operands: ["x"],
  params: { newDtype: param.dtype },
  abstractEval({ x }, { newDtype }) {
    const castable = inClass(x.dtype, "real") && inClass(newDtype, "real");
    if (!castable && x.dtype !== newDtype) {
      return Either.left(
        new DTypeError(
          "CT105",
          `bitcast_convert_type: the bits of ${x.dtype} cannot be read as ${newDtype}. ` +
            "Both must be integers or floats; take complex numbers apart with real and imag first.",
        ),
      );
    }
    const [from, to] = [dtypes[x.dtype].bytes, dtypes[newDtype].bytes];
    if (from === to) return out(x.shape, newDtype, false);
    if (from > to) return out([...x.shape, from / to], newDtype, false);
    return x.shape.at(-1) === to / from
      ? out(x.shape.slice(0, -1), newDtype, false)
      : shapeError(
          `bitcast_convert_type: operand 'x' has shape [${x.shape}], but to read ${x.dtype} as ${newDtype} ` +
            `its last dimension must have size ${to / from}. Reshape it first.`,
        );
  },
  diff: { kind: "discrete" },
  batching({ x }, { x: dim }, { newDtype }) {
    // A wider type uses up the last dimension, so the batch must not stand there.
    const widens = dtypes[newDtype].bytes > dtypes[x.dtype].bytes;
    return widens
      ? [bitcastConvertType(moveToFront(x, dim as number), newDtype), 0]
      : [bitcastConvertType(x, newDtype), dim];
  },
  lower: (b, { x }, { newDtype }, { avals }) => (avals.x.dtype === newDtype ? x : b.bitcastConvert(x, newDtype)),
  samples: [
    { avals: { x: f32(2, 3) }, params: { newDtype: "int32" } },
    { avals: { x: f32(3) }, params: { newDtype: "uint8" } },
    { avals: { x: u8(3, 4) }, params: { newDtype: "uint32" } },
    { avals: { x: f16() }, params: { newDtype: "uint16" } },
  ],
});
/** The bits of x's elements read as another dtype. */
export const bitcastConvertType = (x: Tensor, newDtype: DType): Tensor => bitcastConvertTypeP.bind({ x }, { newDtype });

const staircase = "rounding is a staircase whose slope is declared to be one";

export const reducePrecisionP = definePrimitive({
  name: "reduce_precision",
  doc: "Rounds to the values that a float with so many exponent and mantissa bits can hold; the type stays.",
  operands: ["x"],
  params: { exponentBits: param.int, mantissaBits: param.int },
  abstractEval({ x }, { exponentBits, mantissaBits }) {
    if (!inClass(x.dtype, "float")) return Either.left(dtypeError("reduce_precision", "x", x.dtype, "float"));
    const fits =
      Number.isInteger(exponentBits) && exponentBits >= 1 && Number.isInteger(mantissaBits) && mantissaBits >= 0;
    return fits
      ? out(x.shape, x.dtype)
      : Either.left(
          new ArgumentError(
            "CT004",
            `reduce_precision: exponentBits is ${exponentBits} and mantissaBits ${mantissaBits}. ` +
              "Give at least 1 exponent bit and 0 mantissa bits, as integers.",
          ),
        );
  },
  diff: {
    kind: "linear",
    transpose: { x: (ct, _, { exponentBits, mantissaBits }) => reducePrecision(ct, exponentBits, mantissaBits) },
  },
  batching: "elementwise",
  lower: (b, { x }, { exponentBits, mantissaBits }) => b.reducePrecision(x, exponentBits, mantissaBits),
  samples: [
    { avals: { x: f32(3) }, params: { exponentBits: 8, mantissaBits: 7 }, skipGradients: staircase },
    { avals: { x: f32(2, 3) }, params: { exponentBits: 5, mantissaBits: 10 }, skipGradients: staircase },
  ],
});
/** x rounded to what a float with so many exponent and mantissa bits can hold. */
export const reducePrecision = (x: Tensor, exponentBits: number, mantissaBits: number): Tensor =>
  reducePrecisionP.bind({ x }, { exponentBits, mantissaBits });

export const copyP = defineUnary({
  name: "copy",
  doc: "The same value in a buffer of its own.",
  takes: "any",
  lower: (_, x) => x,
  diff: { kind: "linear", transpose: { x: (ct) => copy(ct) } },
});
/** The same value in a buffer of its own. */
export const copy = (x: Tensor): Tensor => copyP.bind({ x }, {});

export const stopGradientP = defineUnary({
  name: "stop_gradient",
  doc: "x, as a constant to every derivative.",
  takes: "any",
  lower: (_, x) => x,
  diff: { kind: "discrete" },
  samples: [{ avals: { x: f32(2, 3) }, params: {}, skipGradients: "its derivative is declared to be zero" }],
});
/** x, as a constant to every derivative. */
export const stopGradient = (x: Tensor): Tensor => stopGradientP.bind({ x }, {});

export const optimizationBarrierP = defineMultiPrimitive({
  name: "optimization_barrier",
  doc: "Its operands, which no pass of the compiler moves work across.",
  params: {},
  abstractEval: (avals) => Either.right({ avals }),
  jvp(primals, tangents) {
    const outs = optimizationBarrier(primals);
    // Tangents of integers hold no data, so there is nothing to keep in place.
    const real = tangents.map((t) => isInexact(t.aval.dtype));
    const held = optimizationBarrier(tangents.filter((_, i) => real[i]).map(instantiate));
    let next = 0;
    return { outs, tangents: tangents.map((t, i) => (real[i] ? held[next++] : t)) };
  },
  transpose(cts, args) {
    const linear = args.map((x) => x instanceof LinearOperand);
    const held = optimizationBarrier(cts.filter((_, i) => linear[i]).map(instantiate));
    let next = 0;
    return linear.map((l) => (l ? held[next++] : null));
  },
  batching: (args, dims) => ({ outs: optimizationBarrier(args), dims }),
  partialEval: "whole",
  dce: "whole",
  lower: ({ b }, args) => args.map((x) => b.optimizationBarrier(x)),
  samples: [
    { avals: [f32(3)], params: {} },
    { avals: [f32(2, 3), f32()], params: {} },
  ],
});
/** The operands, which no pass of the compiler moves work across. */
export const optimizationBarrier = (xs: readonly Tensor[]): readonly Tensor[] =>
  xs.length === 0 ? [] : optimizationBarrierP.bind(xs, {});

const instantiate = (t: Tensor | Zero): Tensor => (t instanceof Zero ? zerosLike(t.aval) : t);
