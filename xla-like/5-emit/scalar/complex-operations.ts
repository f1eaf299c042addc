/**
 * Which operations complex numbers have. Beyond addition and multiplication they compute in float64, where complex64
 * neither overflows nor cancels, and out of line.
 */
import type { BinaryOpcode, UnaryOpcode } from "../../hlo/instruction.js";
import {
  addComplex,
  conjugate,
  constComplex,
  divideComplex,
  hypot,
  multiplyComplex,
  negateComplex,
  overI,
  selectComplex,
  subtractComplex,
  timesI,
} from "./complex-arithmetic.js";
import {
  expComplex,
  expm1Complex,
  log1pComplex,
  logComplex,
  powComplex,
  signComplex,
  sqrtComplex,
} from "./complex-functions.js";
import {
  acosComplex,
  asinComplex,
  atanhComplex,
  coshComplex,
  sinhComplex,
  tanhComplex,
} from "./complex-trigonometric.js";
import { narrow, widen } from "./double-word.js";
import { type FloatOps, float64Format } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { callOutOfLine } from "./out-of-line.js";
import type { ComplexValue, Value } from "./value.js";

type Unary = (f: FloatOps, z: ComplexValue) => ComplexValue;
type Binary = (f: FloatOps, z: ComplexValue, w: ComplexValue) => ComplexValue;

const unaryOutOfLine =
  (name: string, emit: Unary): Unary =>
  (f, z) => {
    const [re, im] = callOutOfLine(f, name, [z.re, z.im], 2, (inner, [x, y]) => {
      const result = emit(inner, { re: x, im: y });
      return [result.re, result.im];
    });
    return { re, im };
  };

const binaryOutOfLine =
  (name: string, emit: Binary): Binary =>
  (f, z, w) => {
    const [re, im] = callOutOfLine(f, name, [z.re, z.im, w.re, w.im], 2, (inner, [x, y, u, v]) => {
      const result = emit(inner, { re: x, im: y }, { re: u, im: v });
      return [result.re, result.im];
    });
    return { re, im };
  };

const exp = unaryOutOfLine("complex.exp", expComplex);
const log = unaryOutOfLine("complex.log", logComplex);
const sqrt = unaryOutOfLine("complex.sqrt", sqrtComplex);
const sinh = unaryOutOfLine("complex.sinh", sinhComplex);
const cosh = unaryOutOfLine("complex.cosh", coshComplex);
const tanh = unaryOutOfLine("complex.tanh", tanhComplex);
const asin = unaryOutOfLine("complex.asin", asinComplex);
const acos = unaryOutOfLine("complex.acos", acosComplex);
const atanh = unaryOutOfLine("complex.atanh", atanhComplex);
const divide = binaryOutOfLine("complex.divide", divideComplex);
const pow = binaryOutOfLine("complex.pow", powComplex);

/** f(z) as -i g(iz). */
const turned =
  (g: Unary): Unary =>
  (f, z) =>
    overI(f, g(f, timesI(f, z)));

/** In float64. */
const functions: Partial<Record<UnaryOpcode, Unary>> = {
  acos,
  acosh: (f, z) => {
    const w = acos(f, z);
    // The real part is |Im acos z|; NaN's sign says nothing.
    return { re: f.abs(w.im), im: f.select(f.isNaN(w.re), w.re, f.copySign(w.re, z.im)) };
  },
  asin,
  asinh: turned(asin),
  atan: turned(atanh),
  atanh,
  cos: (f, z) => cosh(f, timesI(f, z)),
  cosh,
  exponential: exp,
  "exponential-minus-one": unaryOutOfLine("complex.expm1", expm1Complex),
  log,
  "log-plus-one": unaryOutOfLine("complex.log1p", log1pComplex),
  logistic: (f, z) => {
    // 1 / (1 + e^-z), or e^z / (1 + e^z) on the left.
    const right = f.compare("oge", z.re, 0);
    const one = constComplex(f, 1, 0);
    const e = exp(f, selectComplex(f, right, negateComplex(f, z), z));
    return divide(f, selectComplex(f, right, one, e), addComplex(f, one, e));
  },
  rsqrt: (f, z) => divide(f, constComplex(f, 1, 0), sqrt(f, z)),
  sign: unaryOutOfLine("complex.sign", signComplex),
  sine: turned(sinh),
  sinh,
  sqrt,
  tan: turned(tanh),
  tanh,
};

/** Both parts in float64, and back. */
const wideOf = (f: FloatOps): FloatOps => f.as(float64Format);
const toWide = (f: FloatOps, z: ComplexValue): ComplexValue =>
  f.format.bits === 64 ? z : { re: widen(f, z.re), im: widen(f, z.im) };
const fromWide = (f: FloatOps, x: IrValue): IrValue => (f.format.bits === 64 ? x : narrow(f, x));
const partsFromWide = (f: FloatOps, z: ComplexValue): ComplexValue => ({
  re: fromWide(f, z.re),
  im: fromWide(f, z.im),
});

export function complexUnary(f: FloatOps, opcode: UnaryOpcode, z: ComplexValue): Value | undefined {
  switch (opcode) {
    case "abs":
      return absolute(f, z);
    case "conjugate":
      return conjugate(f, z);
    case "imag":
      return z.im;
    case "negate":
      return negateComplex(f, z);
    case "real":
      return z.re;
    case "square":
      return multiplyComplex(f, z, z);
    default: {
      const emit = functions[opcode];
      return emit === undefined ? undefined : partsFromWide(f, emit(wideOf(f), toWide(f, z)));
    }
  }
}

/** |z|; the squares of float32 neither overflow nor vanish in float64. */
function absolute(f: FloatOps, z: ComplexValue): IrValue {
  if (f.format.bits === 64) return hypot(f, z.re, z.im);
  const [wide, { re, im }] = [wideOf(f), toWide(f, z)];
  const size = wide.sqrt(wide.add(wide.mul(re, re), wide.mul(im, im)));
  const infinite = wide.compare("oeq", wide.max(wide.abs(re), wide.abs(im)), Number.POSITIVE_INFINITY);
  const other = wide.compare("oeq", wide.abs(re), Number.POSITIVE_INFINITY);
  return narrow(f, wide.select(wide.logic("or", infinite, other), Number.POSITIVE_INFINITY, size));
}

export function complexBinary(f: FloatOps, opcode: BinaryOpcode, z: ComplexValue, w: ComplexValue): Value | undefined {
  const inWide = (emit: Binary): ComplexValue => partsFromWide(f, emit(wideOf(f), toWide(f, z), toWide(f, w)));
  switch (opcode) {
    case "add":
      return addComplex(f, z, w);
    case "subtract":
      return subtractComplex(f, z, w);
    case "multiply":
      return multiplyComplex(f, z, w);
    case "divide":
      return inWide(divide);
    case "power":
      return inWide(pow);
    case "atan2":
      return inWide(atan2);
    default:
      return undefined;
  }
}

/** -i log((x + iy) / sqrt(x^2 + y^2)). */
const atan2: Binary = (f, y, x) => {
  const size = sqrt(f, addComplex(f, multiplyComplex(f, x, x), multiplyComplex(f, y, y)));
  return overI(f, log(f, divide(f, addComplex(f, x, timesI(f, y)), size)));
};
