/** Operations on floats; float16 and bfloat16 compute in float32 and round after every operation. */
import type { DType } from "../../hlo/dtype.js";
import type { BinaryOpcode, CompareDirection, UnaryOpcode } from "../../hlo/instruction.js";
import { erfInvSingle } from "./erf-inv-single.js";
import { erf, erfc, erfInv } from "./error-function.js";
import { exp, expm1, logistic } from "./exponential.js";
import { type Compare, type FloatOps, float64Format } from "./float-ops.js";
import { type Half, halfBits, halfFromBits, isHalf, roundBits, roundToHalf } from "./half.js";
import { acosh, asinh, atanh, cosh, sinh, tanh } from "./hyperbolic.js";
import { acos, asin, atan, atan2 } from "./inverse-trigonometric.js";
import type { IrValue } from "./ir.js";
import { arithmetic, castTo, choose, compareIntegers, type IntCompare, integer } from "./lanes.js";
import { log, log1p } from "./logarithm.js";
import { cbrt, pow, rsqrt } from "./power.js";
import { remainder, sign } from "./rounding.js";
import { specialFunction } from "./special-functions.js";
import { cos, sin, tan } from "./trigonometric.js";

type Unary = (f: FloatOps, x: IrValue) => IrValue;
type Binary = (f: FloatOps, x: IrValue, y: IrValue) => IrValue;

/** What needs no rounding to a narrower type: the results are numbers of it. */
const exactUnary: Partial<Record<UnaryOpcode, Unary>> = {
  abs: (f, x) => f.abs(x),
  ceil: (f, x) => f.ceil(x),
  floor: (f, x) => f.floor(x),
  imag: (f) => f.const(0),
  negate: (f, x) => f.neg(x),
  real: (_, x) => x,
  "round-nearest-afz": (f, x) => f.roundAway(x),
  "round-nearest-even": (f, x) => f.roundEven(x),
  sign,
};

const roundedUnary: Partial<Record<UnaryOpcode, Unary>> = {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  cbrt,
  cos,
  cosh,
  erf,
  "erf-inv": (f, x) => (f.format.bits === 32 ? erfInvSingle(f, x) : erfInv(f, x)),
  erfc,
  exponential: exp,
  "exponential-minus-one": expm1,
  log,
  "log-plus-one": log1p,
  logistic,
  rsqrt,
  sine: sin,
  sinh,
  sqrt: (f, x) => f.sqrt(x),
  square: (f, x) => f.mul(x, x),
  tan,
  tanh,
};

const exactBinary: Partial<Record<BinaryOpcode, Binary>> = {
  // NaN if either is; -0 is less than 0.
  maximum: (f, x, y) => f.b.intrinsic("maximum", x, y),
  minimum: (f, x, y) => f.b.intrinsic("minimum", x, y),
  remainder,
};

const roundedBinary: Partial<Record<BinaryOpcode, Binary>> = {
  add: (f, x, y) => f.add(x, y),
  atan2,
  divide: (f, x, y) => f.div(x, y),
  multiply: (f, x, y) => f.mul(x, y),
  power: pow,
  subtract: (f, x, y) => f.sub(x, y),
};

const rounded = (f: FloatOps, dtype: DType, x: IrValue): IrValue => (isHalf(dtype) ? roundToHalf(f, dtype, x) : x);

export function floatUnary(f: FloatOps, opcode: UnaryOpcode, dtype: DType, x: IrValue): IrValue | undefined {
  if (opcode === "is-finite") return f.compare("olt", f.abs(x), Number.POSITIVE_INFINITY);
  const exact = exactUnary[opcode];
  if (exact !== undefined) return exact(f, x);
  const value = roundedUnary[opcode]?.(f, x) ?? specialFunction(f, opcode, [x]);
  return value === undefined ? undefined : rounded(f, dtype, value);
}

export function floatBinary(
  f: FloatOps,
  opcode: BinaryOpcode,
  dtype: DType,
  xs: readonly IrValue[],
): IrValue | undefined {
  const [x, y] = xs;
  if (opcode === "nextafter") return isHalf(dtype) ? nextafterHalf(f, dtype, x, y) : nextafter(f, x, y);
  const exact = exactBinary[opcode];
  if (exact !== undefined) return exact(f, x, y);
  const value = roundedBinary[opcode]?.(f, x, y) ?? specialFunction(f, opcode, xs);
  return value === undefined ? undefined : rounded(f, dtype, value);
}

/** The neighbour among bits ordered by sign and magnitude. */
function neighbour(f: FloatOps, bits: IrValue, x: IrValue, y: IrValue): IrValue {
  const { b } = f;
  const one = integer(bits.type, 1);
  const outward = f.logic("xor", f.compare("olt", x, y), f.compare("olt", x, 0));
  const step = choose(b, outward, one, integer(bits.type, -1));
  const width = BigInt(bits.type.element.slice(1));
  const smallest = choose(b, f.compare("olt", y, 0), integer(bits.type, (-1n << (width - 1n)) + 1n), one);
  return choose(b, f.compare("oeq", x, 0), smallest, arithmetic(b, "add", bits, step));
}

const endsOfStep = (f: FloatOps, x: IrValue, y: IrValue, next: IrValue): IrValue => {
  const moved = f.select(f.compare("oeq", x, y), y, next);
  return f.select(f.compare("uno", x, y), Number.NaN, moved);
};

function nextafter(f: FloatOps, x: IrValue, y: IrValue): IrValue {
  return endsOfStep(f, x, y, f.fromBits(neighbour(f, f.bits(x), x, y)));
}

function nextafterHalf(f: FloatOps, dtype: Half, x: IrValue, y: IrValue): IrValue {
  return endsOfStep(f, x, y, halfFromBits(f, dtype, neighbour(f, halfBits(f, dtype, x), x, y)));
}

const directions: Readonly<Record<CompareDirection, Compare>> = {
  EQ: "oeq",
  NE: "une",
  LT: "olt",
  LE: "ole",
  GT: "ogt",
  GE: "oge",
};
const totalDirections: Readonly<Record<CompareDirection, IntCompare>> = {
  EQ: "eq",
  NE: "ne",
  LT: "slt",
  LE: "sle",
  GT: "sgt",
  GE: "sge",
};

/** In the total order -NaN < -inf < … < -0 < 0 < … < NaN, which is that of the bits as sign and magnitude. */
export function floatCompare(
  f: FloatOps,
  direction: CompareDirection,
  totalOrder: boolean,
  x: IrValue,
  y: IrValue,
): IrValue {
  if (!totalOrder) return f.compare(directions[direction], x, y);
  const key = (v: IrValue): IrValue => {
    const bits = f.bits(v);
    const negative = f.intOp("ashr", bits, f.int(f.format.bits - 1));
    return f.intOp("xor", bits, f.intOp("lshr", negative, f.int(1)));
  };
  return compareIntegers(f.b, totalDirections[direction], key(x), key(y));
}

/** The least float of the format that is not below a number. */
function atLeast(f: FloatOps, value: number): number {
  const near = f.round(value);
  if (near >= value) return near;
  // Positive numbers' bits grow with them.
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, near);
  view.setUint32(0, view.getUint32(0) + 1);
  return view.getFloat32(0);
}

/** Fewer bits of exponent and mantissa: to nearest even, beyond the range infinity, what would be denormal zero. */
export function reducePrecision(f: FloatOps, exponentBits: number, mantissaBits: number, x: IrValue): IrValue {
  const { bits, precision } = f.format;
  // Of ranges wider than float32's, its denormals are ordinary numbers, which have all their bits in float64.
  if (bits === 32 && exponentBits > 8) {
    const wide = f.as(float64Format);
    const reduced = reducePrecision(wide, exponentBits, mantissaBits, castTo(f.b, "fpext", x, "double"));
    return castTo(f.b, "fptrunc", reduced, "float");
  }
  const bias = 2 ** (exponentBits - 1) - 1;
  const smallest = 2 ** (1 - bias);
  const dropped = precision - 1 - mantissaBits;
  const size = f.abs(x);
  const kept = dropped > 0 ? f.fromBits(roundBits(f, size, dropped)) : size;
  const overflow = atLeast(f, 2 ** bias * (2 - 2 ** -(mantissaBits + 1)));
  // float64's own denormals lie on a grid; those of narrower types are rounded as if they had all their bits.
  const belowGrid = bits === 64 && bias >= 1023 ? 1 : 2;
  const underflow = mantissaBits + belowGrid > 52 ? smallest : smallest * (1 - 2 ** -(mantissaBits + belowGrid));
  const bounded = f.select(f.compare("oge", size, overflow), Number.POSITIVE_INFINITY, kept);
  const flushed = f.select(f.compare("olt", size, atLeast(f, underflow)), 0, bounded);
  return f.select(f.isNaN(x), x, f.copySign(flushed, x));
}
