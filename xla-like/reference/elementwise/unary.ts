/** Unary operations on one scalar, as text. */
import { type DType, dtypes } from "../../hlo/dtype.js";
import type { UnaryOpcode } from "../../hlo/instruction.js";
import { besselI0e, besselI1e } from "../functions/bessel.js";
import * as cb from "../functions/complex-basic.js";
import type { Complex } from "../functions/complex-number.js";
import * as ct from "../functions/complex-trig.js";
import { erf, erfc } from "../functions/erf.js";
import { erfInv32, erfInv64 } from "../functions/erf-inv.js";
import { digamma, lgamma } from "../functions/gamma.js";
import { leadingZeros64, popcount32, popcount64 } from "../functions/integer.js";
import * as real from "../functions/real.js";
import type { Bindings } from "../text/source.js";

type RealFunction = (x: number) => number;
type ComplexFunction = (z: Complex) => Complex | number;

/** Functions of a real float; what JavaScript has itself is used as it is. */
const realFunctions: Readonly<Record<UnaryOpcode, RealFunction | undefined>> = {
  abs: Math.abs,
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  "bessel-i0e": besselI0e,
  "bessel-i1e": besselI1e,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  conjugate: undefined,
  cos: Math.cos,
  cosh: Math.cosh,
  "count-leading-zeros": undefined,
  digamma,
  erf,
  "erf-inv": erfInv64,
  erfc,
  exponential: Math.exp,
  "exponential-minus-one": Math.expm1,
  floor: Math.floor,
  imag: () => 0,
  "is-finite": (x) => (Number.isFinite(x) ? 1 : 0),
  lgamma,
  log: Math.log,
  "log-plus-one": Math.log1p,
  logistic: real.logistic,
  negate: (x) => -x,
  not: undefined,
  popcnt: undefined,
  real: (x) => x,
  "round-nearest-afz": real.roundAway,
  "round-nearest-even": real.roundEven,
  rsqrt: real.rsqrt,
  sign: real.sign,
  sine: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  tan: Math.tan,
  tanh: Math.tanh,
};

const complexFunctions: Readonly<Record<UnaryOpcode, ComplexFunction | undefined>> = {
  abs: cb.abs,
  acos: ct.acos,
  acosh: ct.acosh,
  asin: ct.asin,
  asinh: ct.asinh,
  atan: ct.atan,
  atanh: ct.atanh,
  "bessel-i0e": undefined,
  "bessel-i1e": undefined,
  cbrt: undefined,
  ceil: undefined,
  conjugate: cb.conjugate,
  cos: ct.cos,
  cosh: ct.cosh,
  "count-leading-zeros": undefined,
  digamma: undefined,
  erf: undefined,
  "erf-inv": undefined,
  erfc: undefined,
  exponential: cb.exp,
  "exponential-minus-one": cb.expm1,
  floor: undefined,
  imag: (z) => z.im,
  "is-finite": undefined,
  lgamma: undefined,
  log: cb.log,
  "log-plus-one": cb.log1p,
  logistic: cb.logistic,
  negate: cb.negate,
  not: undefined,
  popcnt: undefined,
  real: (z) => z.re,
  "round-nearest-afz": undefined,
  "round-nearest-even": undefined,
  rsqrt: cb.rsqrt,
  sign: cb.sign,
  sine: ct.sin,
  sinh: ct.sinh,
  sqrt: cb.sqrt,
  square: (z) => cb.multiply(z, z),
  tan: ct.tan,
  tanh: ct.tanh,
};

/** Integers: numbers up to 32 bits, bigints for 64. `undefined` where the operation has no integer form. */
const integerText = (opcode: UnaryOpcode, d: DType, x: string, b: Bindings): string | undefined => {
  const { bytes } = dtypes[d];
  const wide = bytes === 8;
  switch (opcode) {
    case "abs":
      return wide ? `(${x} < 0n ? -${x} : ${x})` : `Math.abs(${x})`;
    case "negate":
      return `(-${x})`;
    case "not":
      return `(~${x})`;
    case "sign":
      return wide ? `(${x} > 0n ? 1n : ${x} < 0n ? -1n : 0n)` : `(${x} > 0 ? 1 : ${x} < 0 ? -1 : 0)`;
    case "square":
      return wide ? `(${x} * ${x})` : `Math.imul(${x}, ${x})`;
    case "popcnt": {
      if (wide) return `${b.shared("popcount64", popcount64)}(${x})`;
      const mask = bytes === 4 ? x : `(${x} & ${2 ** (8 * bytes) - 1})`;
      return `${b.shared("popcount32", popcount32)}(${mask})`;
    }
    case "count-leading-zeros": {
      if (wide) return `${b.shared("leadingZeros64", leadingZeros64)}(${x})`;
      return bytes === 4 ? `Math.clz32(${x})` : `(Math.clz32(${x} & ${2 ** (8 * bytes) - 1}) - ${32 - 8 * bytes})`;
    }
    default:
      return undefined;
  }
};

/** The operation on a scalar named `x` of type `d`, neither rounded nor wrapped yet. */
export const unaryText = (opcode: UnaryOpcode, d: DType, x: string, b: Bindings): string => {
  switch (dtypes[d].kind) {
    case "float": {
      // Normal samples are to have JAX's bits, which come from the single-precision algorithm.
      if (opcode === "erf-inv" && d !== "float64") return `${b.shared("erfInv32", erfInv32)}(${x})`;
      const f = realFunctions[opcode];
      if (f !== undefined) return `${b.shared(`real_${opcode.replaceAll("-", "_")}`, f)}(${x})`;
      break;
    }
    case "complex": {
      const f = complexFunctions[opcode];
      if (f !== undefined) return `${b.shared(`complex_${opcode.replaceAll("-", "_")}`, f)}(${x})`;
      break;
    }
    case "bool":
      if (opcode === "not") return `(${x} ^ 1)`;
      break;
    case "signed":
    case "unsigned": {
      const text = integerText(opcode, d, x, b);
      if (text !== undefined) return text;
      break;
    }
    case "void":
      break;
  }
  throw new TypeError(`${opcode} is not defined for ${d}`);
};
