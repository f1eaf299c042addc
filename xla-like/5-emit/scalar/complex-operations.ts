/** Which operations complex numbers have. */
import type { BinaryOpcode, UnaryOpcode } from "../../hlo/instruction.js";
import {
  addComplex,
  conjugate,
  divideComplex,
  hypot,
  multiplyComplex,
  negateComplex,
  signComplex,
  subtractComplex,
} from "./complex-arithmetic.js";
import type { FloatOps } from "./float-ops.js";
import type { ComplexValue, Value } from "./value.js";

export function complexUnary(f: FloatOps, opcode: UnaryOpcode, z: ComplexValue): Value | undefined {
  switch (opcode) {
    case "abs":
      return hypot(f, z.re, z.im);
    case "conjugate":
      return conjugate(f, z);
    case "imag":
      return z.im;
    case "negate":
      return negateComplex(f, z);
    case "real":
      return z.re;
    case "sign":
      return signComplex(f, z);
    case "square":
      return multiplyComplex(f, z, z);
    default:
      return undefined;
  }
}

export function complexBinary(f: FloatOps, opcode: BinaryOpcode, z: ComplexValue, w: ComplexValue): Value | undefined {
  switch (opcode) {
    case "add":
      return addComplex(f, z, w);
    case "subtract":
      return subtractComplex(f, z, w);
    case "multiply":
      return multiplyComplex(f, z, w);
    case "divide":
      return divideComplex(f, z, w);
    default:
      return undefined;
  }
}
