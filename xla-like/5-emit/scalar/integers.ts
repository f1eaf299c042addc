/** Operations on integers, which wrap around, and have answers where C has none: see each. */
import type { BinaryOpcode, CompareDirection, UnaryOpcode } from "../../hlo/instruction.js";
import { type IrBuilder, type IrValue, typeText } from "./ir.js";
import {
  anyTrue,
  arithmetic,
  castTo,
  choose,
  compareIntegers,
  constantInteger,
  type IntCompare,
  integer,
  loopWhile,
} from "./lanes.js";

const bitsOf = (x: IrValue): number => Number(x.type.element.slice(1));
const zero = (x: IrValue): IrValue => integer(x.type, 0);

export function integerUnary(b: IrBuilder, opcode: UnaryOpcode, signed: boolean, x: IrValue): IrValue | undefined {
  const negated = (): IrValue => arithmetic(b, "sub", zero(x), x);
  switch (opcode) {
    case "abs":
      return signed ? choose(b, compareIntegers(b, "slt", x, zero(x)), negated(), x) : x;
    case "negate":
      return negated();
    case "not":
      return arithmetic(b, "xor", x, integer(x.type, -1));
    case "sign": {
      const positive = choose(b, compareIntegers(b, "ne", x, zero(x)), integer(x.type, 1), zero(x));
      return signed ? choose(b, compareIntegers(b, "slt", x, zero(x)), integer(x.type, -1), positive) : positive;
    }
    case "square":
      return arithmetic(b, "mul", x, x);
    case "popcnt":
      return b.intrinsic("ctpop", x);
    case "count-leading-zeros":
      return leadingZeros(b, x);
    default:
      return undefined;
  }
}

function leadingZeros(b: IrBuilder, x: IrValue): IrValue {
  const type = typeText(x.type);
  const name = `llvm.ctlz.${x.type.lanes === 1 ? "" : `v${x.type.lanes}`}${x.type.element}`;
  b.module.declare(name, `${type} @${name}(${type}, i1)`);
  return b.pure(x.type, `call ${type} @${name}(${type} ${x.text}, i1 false)`);
}

export function integerBinary(
  b: IrBuilder,
  opcode: BinaryOpcode,
  signed: boolean,
  x: IrValue,
  y: IrValue,
): IrValue | undefined {
  switch (opcode) {
    case "add":
      return arithmetic(b, "add", x, y);
    case "subtract":
      return arithmetic(b, "sub", x, y);
    case "multiply":
      return arithmetic(b, "mul", x, y);
    case "and":
    case "or":
    case "xor":
      return arithmetic(b, opcode, x, y);
    case "maximum":
      return choose(b, compareIntegers(b, signed ? "sgt" : "ugt", x, y), x, y);
    case "minimum":
      return choose(b, compareIntegers(b, signed ? "slt" : "ult", x, y), x, y);
    case "divide":
      return divide(b, signed, x, y);
    case "remainder":
      return remainder(b, signed, x, y);
    case "power":
      return power(b, signed, x, y);
    case "shift-left":
      return shift(b, "shl", x, y, zero(x));
    case "shift-right-logical":
      return shift(b, "lshr", x, y, zero(x));
    case "shift-right-arithmetic":
      return shiftArithmetic(b, x, y);
    default:
      return undefined;
  }
}

/** Amounts are unsigned; from the width on, all bits have left. */
function shift(b: IrBuilder, op: string, x: IrValue, y: IrValue, gone: IrValue): IrValue {
  const within = compareIntegers(b, "ult", y, integer(y.type, bitsOf(x)));
  const amount = constantInteger(y);
  if (amount !== undefined && amount >= 0n && amount < bitsOf(x)) return arithmetic(b, op, x, y);
  return choose(b, within, arithmetic(b, op, x, y), gone);
}

function shiftArithmetic(b: IrBuilder, x: IrValue, y: IrValue): IrValue {
  const most = integer(y.type, bitsOf(x) - 1);
  const amount = choose(b, compareIntegers(b, "ult", y, most), y, most);
  return arithmetic(b, "ashr", x, amount);
}

/** x / 0 has every bit set; INT_MIN / -1 wraps around to INT_MIN. */
function divide(b: IrBuilder, signed: boolean, x: IrValue, y: IrValue): IrValue {
  const known = constantInteger(y);
  if (known !== undefined && known !== 0n && known !== -1n) return arithmetic(b, signed ? "sdiv" : "udiv", x, y);
  const isZero = compareIntegers(b, "eq", y, zero(y));
  return choose(b, isZero, integer(x.type, -1), quotient(b, signed, x, safeDivisor(b, signed, x, y, isZero)));
}

/** x % 0 is x; the sign is x's. */
function remainder(b: IrBuilder, signed: boolean, x: IrValue, y: IrValue): IrValue {
  const known = constantInteger(y);
  if (known !== undefined && known !== 0n && known !== -1n) return arithmetic(b, signed ? "srem" : "urem", x, y);
  const isZero = compareIntegers(b, "eq", y, zero(y));
  const divisor = safeDivisor(b, signed, x, y, isZero);
  const rest = arithmetic(b, "sub", x, arithmetic(b, "mul", quotient(b, signed, x, divisor), divisor));
  return choose(b, isZero, x, rest);
}

/** 1 in place of what cannot be divided by; INT_MIN / 1 is INT_MIN / -1. */
function safeDivisor(b: IrBuilder, signed: boolean, x: IrValue, y: IrValue, isZero: IrValue): IrValue {
  const one = integer(y.type, 1);
  const divisor = choose(b, isZero, one, y);
  if (!signed) return divisor;
  const least = compareIntegers(b, "eq", x, integer(x.type, -(1n << BigInt(bitsOf(x) - 1))));
  const wraps = arithmetic(b, "and", least, compareIntegers(b, "eq", y, integer(y.type, -1)));
  return choose(b, wraps, one, divisor);
}

/**
 * Vectors have no integer division. The quotient of two numbers of up to 32 bits as float64 (of up to 16 as float32)
 * truncates to theirs: unless it is whole, it is further from the next whole number than rounding moves it.
 */
function quotient(b: IrBuilder, signed: boolean, x: IrValue, y: IrValue): IrValue {
  const bits = bitsOf(x);
  if (x.type.lanes === 1 || bits === 64) return arithmetic(b, signed ? "sdiv" : "udiv", x, y);
  const float = bits === 32 ? "double" : "float";
  // As 32-bit integers the narrow ones are all signed numbers.
  const widen = (v: IrValue): IrValue => (bits === 32 ? v : castTo(b, signed ? "sext" : "zext", v, "i32"));
  const unsigned32 = bits === 32 && !signed;
  const real = (v: IrValue): IrValue => castTo(b, unsigned32 ? "uitofp" : "sitofp", widen(v), float);
  const whole = castTo(b, unsigned32 ? "fptoui" : "fptosi", arithmetic(b, "fdiv", real(x), real(y)), "i32");
  return bits === 32 ? whole : castTo(b, "trunc", whole, x.type.element);
}

/** Repeated squaring, as long as any lane has bits of its exponent left; negative powers of all but 1 and -1 are 0. */
function power(b: IrBuilder, signed: boolean, x: IrValue, y: IrValue): IrValue {
  const one = integer(x.type, 1);
  const isOdd = (n: IrValue): IrValue => compareIntegers(b, "ne", arithmetic(b, "and", n, one), zero(n));
  const negative = signed ? compareIntegers(b, "slt", y, zero(y)) : undefined;
  const exponent = negative === undefined ? y : choose(b, negative, zero(y), y);
  const [result] = loopWhile(
    b,
    [one, x, exponent] as readonly IrValue[],
    ([, , n]) => anyTrue(b, compareIntegers(b, "ne", n, zero(n))),
    ([r, base, n]) => [
      choose(b, isOdd(n), arithmetic(b, "mul", r, base), r),
      arithmetic(b, "mul", base, base),
      arithmetic(b, "lshr", n, one),
    ],
  );
  if (negative === undefined) return result;
  const minusOne = integer(x.type, -1);
  const ofMinusOne = choose(b, compareIntegers(b, "eq", x, minusOne), choose(b, isOdd(y), minusOne, one), zero(x));
  const inverse = choose(b, compareIntegers(b, "eq", x, one), one, ofMinusOne);
  return choose(b, negative, inverse, result);
}

const directions: Readonly<Record<CompareDirection, readonly [signed: IntCompare, unsigned: IntCompare]>> = {
  EQ: ["eq", "eq"],
  NE: ["ne", "ne"],
  LT: ["slt", "ult"],
  LE: ["sle", "ule"],
  GT: ["sgt", "ugt"],
  GE: ["sge", "uge"],
};

export const integerCompare = (
  b: IrBuilder,
  direction: CompareDirection,
  signed: boolean,
  x: IrValue,
  y: IrValue,
): IrValue => compareIntegers(b, directions[direction][signed ? 0 : 1], x, y);
