/** Shapes of operations that work element by element, and which element types each takes. */
import { complexOf, type DType, type DTypeKind, dtypes, isComplex, isFloat, realPart } from "../dtype.js";
import { check, fail } from "../error.js";
import type { BinaryOpcode, CompareDirection, UnaryOpcode } from "../instruction.js";
import { type ArrayShape, arrayShape, sameDims, shapeText } from "../shape.js";

type Kinds = readonly DTypeKind[];
const float: Kinds = ["float"];
const inexact: Kinds = ["float", "complex"];
const integer: Kinds = ["signed", "unsigned"];
const bits: Kinds = ["bool", "signed", "unsigned"];
const real: Kinds = ["signed", "unsigned", "float"];
const ordered: Kinds = ["bool", "signed", "unsigned", "float"];
const number: Kinds = ["signed", "unsigned", "float", "complex"];
const signed: Kinds = ["signed", "float", "complex"];
const complex: Kinds = ["complex"];

const unaryKinds: Readonly<Record<UnaryOpcode, Kinds>> = {
  abs: signed,
  acos: inexact,
  acosh: inexact,
  asin: inexact,
  asinh: inexact,
  atan: inexact,
  atanh: inexact,
  "bessel-i0e": float,
  "bessel-i1e": float,
  cbrt: float,
  ceil: float,
  conjugate: complex,
  cos: inexact,
  cosh: inexact,
  "count-leading-zeros": integer,
  digamma: float,
  erf: float,
  "erf-inv": float,
  erfc: float,
  exponential: inexact,
  "exponential-minus-one": inexact,
  floor: float,
  imag: inexact,
  "is-finite": float,
  lgamma: float,
  log: inexact,
  "log-plus-one": inexact,
  logistic: inexact,
  negate: number,
  not: bits,
  popcnt: integer,
  real: inexact,
  "round-nearest-afz": float,
  "round-nearest-even": float,
  rsqrt: inexact,
  sign: number,
  sine: inexact,
  sinh: inexact,
  sqrt: inexact,
  square: number,
  tan: inexact,
  tanh: inexact,
};

const binaryKinds: Readonly<Record<BinaryOpcode, Kinds>> = {
  add: number,
  and: bits,
  atan2: inexact,
  complex: float,
  divide: number,
  igamma: float,
  igammac: float,
  maximum: ordered,
  minimum: ordered,
  multiply: number,
  nextafter: float,
  or: bits,
  polygamma: float,
  power: number,
  "random-gamma-grad": float,
  "regularized-incomplete-beta-b": float,
  remainder: real,
  "shift-left": integer,
  "shift-right-arithmetic": integer,
  "shift-right-logical": integer,
  subtract: number,
  xor: bits,
  zeta: float,
};

const checkKind = (opcode: string, kinds: Kinds, d: DType): void =>
  check(kinds.includes(dtypes[d].kind), () => `${opcode} takes ${kinds.join(", ")} elements, not ${d}`);

export const inferUnary = (opcode: UnaryOpcode, x: ArrayShape): ArrayShape => {
  checkKind(opcode, unaryKinds[opcode], x.dtype);
  switch (opcode) {
    case "is-finite":
      return arrayShape("bool", x.dims);
    case "abs":
    case "real":
    case "imag":
      return isComplex(x.dtype) ? arrayShape(realPart(x.dtype), x.dims) : x;
    default:
      return x;
  }
};

const checkSame = (opcode: string, x: ArrayShape, y: ArrayShape): void =>
  check(
    x.dtype === y.dtype && sameDims(x.dims, y.dims),
    () => `${opcode} needs operands of one shape and type, not ${shapeText(x)} and ${shapeText(y)}`,
  );

export const inferBinary = (opcode: BinaryOpcode, x: ArrayShape, y: ArrayShape): ArrayShape => {
  checkSame(opcode, x, y);
  checkKind(opcode, binaryKinds[opcode], x.dtype);
  if (opcode !== "complex") return x;
  check(x.dtype === "float32" || x.dtype === "float64", () => `complex takes float32 or float64 parts, not ${x.dtype}`);
  return arrayShape(complexOf(x.dtype), x.dims);
};

export const inferCompare = (
  x: ArrayShape,
  y: ArrayShape,
  direction: CompareDirection,
  totalOrder: boolean,
): ArrayShape => {
  checkSame("compare", x, y);
  check(
    !isComplex(x.dtype) || direction === "EQ" || direction === "NE",
    () => `complex numbers have no order: compare ${direction} takes only EQ or NE on ${x.dtype}`,
  );
  check(!totalOrder || isFloat(x.dtype), () => `the total order is one of floats, not of ${x.dtype}`);
  return arrayShape("bool", x.dims);
};

export const inferSelect = (p: ArrayShape, t: ArrayShape, f: ArrayShape): ArrayShape => {
  check(p.dtype === "bool", () => `select's predicate is ${shapeText(p)}, but it must be bool`);
  checkSame("select", t, f);
  check(
    p.dims.length === 0 || sameDims(p.dims, t.dims),
    () => `select's predicate is ${shapeText(p)}: it must be a scalar or have the dimensions of ${shapeText(t)}`,
  );
  return t;
};

export const inferClamp = (lo: ArrayShape, x: ArrayShape, hi: ArrayShape): ArrayShape => {
  checkKind("clamp", ordered, x.dtype);
  for (const bound of [lo, hi])
    check(
      bound.dtype === x.dtype && (bound.dims.length === 0 || sameDims(bound.dims, x.dims)),
      () => `clamp's bound is ${shapeText(bound)}: it must be a ${x.dtype} scalar or have the shape ${shapeText(x)}`,
    );
  return x;
};

export const inferConvert = (x: ArrayShape, dtype: DType): ArrayShape => {
  check(
    !isComplex(x.dtype) || isComplex(dtype),
    () => `${x.dtype} does not convert to ${dtype}: take the real part first`,
  );
  return arrayShape(dtype, x.dims);
};

/** Equal widths keep the dimensions; a narrower result gains a trailing dimension, a wider one loses it. */
export const inferBitcastConvert = (x: ArrayShape, dtype: DType): ArrayShape => {
  if (x.dtype === dtype) return x;
  check(
    isComplex(x.dtype) === isComplex(dtype) && dtype !== "bool",
    () => `the bits of ${x.dtype} cannot be read as ${dtype}`,
  );
  const from = dtypes[x.dtype].bytes;
  const to = dtypes[dtype].bytes;
  if (from === to) return arrayShape(dtype, x.dims);
  if (from > to) return arrayShape(dtype, [...x.dims, from / to]);
  const ratio = to / from;
  if (x.dims.at(-1) !== ratio)
    fail(`to read ${x.dtype} as ${dtype} the last dimension must be ${ratio}, but the operand is ${shapeText(x)}`);
  return arrayShape(dtype, x.dims.slice(0, -1));
};

export const inferReducePrecision = (x: ArrayShape, exponentBits: number, mantissaBits: number): ArrayShape => {
  checkKind("reduce-precision", float, x.dtype);
  check(
    Number.isInteger(exponentBits) && exponentBits >= 1 && Number.isInteger(mantissaBits) && mantissaBits >= 0,
    () => `reduce-precision needs at least 1 exponent bit and 0 mantissa bits, not ${exponentBits} and ${mantissaBits}`,
  );
  return x;
};
