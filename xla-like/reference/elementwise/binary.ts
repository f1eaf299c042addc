/** Binary operations on two scalars, as text. */
import { type DType, dtypes } from "../../hlo/dtype.js";
import type { BinaryOpcode, CompareDirection } from "../../hlo/instruction.js";
import * as cb from "../functions/complex-basic.js";
import { complex } from "../functions/complex-number.js";
import { polygamma } from "../functions/gamma.js";
import { igamma, igammac, randomGammaGrad } from "../functions/incomplete-gamma.js";
import * as int from "../functions/integer.js";
import * as real from "../functions/real.js";
import { zeta } from "../functions/zeta.js";
import { decodeTable, encodeFloat, type HalfType } from "../half.js";
import type { Bindings } from "../text/source.js";

/** The neighbour among the values of a 16-bit type, whose bits order like sign and magnitude. */
const nextafterHalf = (d: HalfType): ((x: number, y: number) => number) => {
  const decode = decodeTable(d);
  const encode = encodeFloat(d);
  return (x, y) => {
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
    if (x === y) return y;
    if (x === 0) return y > 0 ? decode[1] : -decode[1];
    return decode[encode(x) + (x < y === x > 0 ? 1 : -1)];
  };
};
const nextafters: Readonly<Record<string, (x: number, y: number) => number>> = {
  float16: nextafterHalf("float16"),
  bfloat16: nextafterHalf("bfloat16"),
  float32: real.nextafter32,
  float64: real.nextafter64,
};

const floatText = (opcode: BinaryOpcode, d: DType, x: string, y: string, b: Bindings): string | undefined => {
  const call = (name: string, f: unknown): string => `${b.shared(name, f)}(${x}, ${y})`;
  switch (opcode) {
    case "add":
      return `(${x} + ${y})`;
    case "subtract":
      return `(${x} - ${y})`;
    case "multiply":
      return `(${x} * ${y})`;
    case "divide":
      return `(${x} / ${y})`;
    case "remainder":
      return `(${x} % ${y})`;
    case "maximum":
      // Math.max already gives NaN for NaN and orders the zeros.
      return `Math.max(${x}, ${y})`;
    case "minimum":
      return `Math.min(${x}, ${y})`;
    case "power":
      return call("real_pow", real.pow);
    case "atan2":
      return `Math.atan2(${x}, ${y})`;
    case "complex":
      return call("complex", complex);
    case "nextafter":
      return call(`nextafter_${d}`, nextafters[d]);
    case "igamma":
      return call("igamma", igamma);
    case "igammac":
      return call("igammac", igammac);
    case "random-gamma-grad":
      return call("randomGammaGrad", randomGammaGrad);
    case "zeta":
      return call("zeta", zeta);
    case "polygamma":
      return call("polygamma", polygamma);
    default:
      return undefined;
  }
};

const complexText = (opcode: BinaryOpcode, x: string, y: string, b: Bindings): string | undefined => {
  const call = (name: string, f: unknown): string => `${b.shared(name, f)}(${x}, ${y})`;
  switch (opcode) {
    case "add":
      return call("complex_add", cb.add);
    case "subtract":
      return call("complex_subtract", cb.subtract);
    case "multiply":
      return call("complex_multiply", cb.multiply);
    case "divide":
      return call("complex_divide", cb.divide);
    case "power":
      return call("complex_pow", cb.pow);
    case "atan2":
      return call("complex_atan2", cb.atan2);
    default:
      return undefined;
  }
};

const integerText = (opcode: BinaryOpcode, d: DType, x: string, y: string, b: Bindings): string | undefined => {
  const { bytes } = dtypes[d];
  const wide = bytes === 8;
  const width = 8 * bytes;
  const call = (name: string, narrow: unknown, big: unknown): string =>
    wide ? `${b.shared(`${name}Big`, big)}(${x}, ${y})` : `${b.shared(name, narrow)}(${x}, ${y})`;
  switch (opcode) {
    case "add":
      return `(${x} + ${y})`;
    case "subtract":
      return `(${x} - ${y})`;
    case "multiply":
      return wide ? `(${x} * ${y})` : `Math.imul(${x}, ${y})`;
    case "divide":
      return call("int_divide", int.divide, int.divideBig);
    case "remainder":
      return call("int_remainder", int.remainder, int.remainderBig);
    case "power":
      return call("int_power", int.power, int.powerBig);
    case "maximum":
      return `(${x} > ${y} ? ${x} : ${y})`;
    case "minimum":
      return `(${x} < ${y} ? ${x} : ${y})`;
    case "and":
      return `(${x} & ${y})`;
    case "or":
      return `(${x} | ${y})`;
    case "xor":
      return `(${x} ^ ${y})`;
    case "shift-left":
      return call(`shiftLeft${width}`, int.shiftLeft(width), int.shiftLeftBig);
    case "shift-right-logical":
      return call(`shiftRightLogical${width}`, int.shiftRightLogical(width), int.shiftRightLogicalBig);
    case "shift-right-arithmetic":
      return call(`shiftRightArithmetic${width}`, int.shiftRightArithmetic(width), int.shiftRightArithmeticBig);
    default:
      return undefined;
  }
};

const boolText = (opcode: BinaryOpcode, x: string, y: string): string | undefined => {
  switch (opcode) {
    case "and":
    case "multiply":
    case "minimum":
      return `(${x} & ${y})`;
    case "or":
    case "add":
    case "maximum":
      return `(${x} | ${y})`;
    case "xor":
      return `(${x} ^ ${y})`;
    default:
      return undefined;
  }
};

/** The operation on scalars named `x` and `y` of type `d`, neither rounded nor wrapped yet. */
export const binaryText = (opcode: BinaryOpcode, d: DType, x: string, y: string, b: Bindings): string => {
  let text: string | undefined;
  switch (dtypes[d].kind) {
    case "float":
      text = floatText(opcode, d, x, y, b);
      break;
    case "complex":
      text = complexText(opcode, x, y, b);
      break;
    case "bool":
      text = boolText(opcode, x, y);
      break;
    case "signed":
    case "unsigned":
      text = integerText(opcode, d, x, y, b);
      break;
    case "void":
      break;
  }
  if (text === undefined) throw new TypeError(`${opcode} is not defined for ${d}`);
  return text;
};

const operators: Readonly<Record<CompareDirection, string>> = {
  EQ: "===",
  NE: "!==",
  LT: "<",
  LE: "<=",
  GT: ">",
  GE: ">=",
};

/** 1 or 0. */
export const compareText = (
  direction: CompareDirection,
  totalOrder: boolean,
  d: DType,
  x: string,
  y: string,
  b: Bindings,
): string => {
  if (dtypes[d].kind === "complex") {
    const same = `${b.shared("complex_equal", cb.equal)}(${x}, ${y})`;
    return direction === "NE" ? `(${same} ^ 1)` : same;
  }
  if (!totalOrder || dtypes[d].kind !== "float") return `(${x} ${operators[direction]} ${y} ? 1 : 0)`;
  const less = (p: string, q: string): string => `${b.shared("totalOrderLess", real.totalOrderLess)}(${p}, ${q})`;
  const same = `${b.shared("totalOrderEqual", real.totalOrderEqual)}(${x}, ${y})`;
  switch (direction) {
    case "EQ":
      return `(${same} ? 1 : 0)`;
    case "NE":
      return `(${same} ? 0 : 1)`;
    case "LT":
      return `(${less(x, y)} ? 1 : 0)`;
    case "LE":
      return `(${less(y, x)} ? 0 : 1)`;
    case "GT":
      return `(${less(y, x)} ? 1 : 0)`;
    case "GE":
      return `(${less(x, y)} ? 0 : 1)`;
  }
};
