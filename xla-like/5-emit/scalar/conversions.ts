/** Conversion between element types. Each result is rounded once; floats become integers by truncation and saturation. */
import { type DType, dtypes, isComplex, realPart } from "../../hlo/dtype.js";
import type { FloatOps } from "./float-ops.js";
import { float32Format, float64Format } from "./float-ops.js";
import { type Half, halfBits, halfFromBits, isHalf, roundToHalf } from "./half.js";
import { type IrValue, irType, mangled, typeText } from "./ir.js";
import { arithmetic, castTo, choose, compareIntegers, integer } from "./lanes.js";
import { floatOpsOf, isComplexValue, type OperationContext, registerElement, single, type Value } from "./value.js";

export function emitConvert(cx: OperationContext, from: DType, to: DType, value: Value): Value {
  if (isComplexValue(value)) {
    const [source, target] = [realPart(from), realPart(to)];
    const part = (x: IrValue): IrValue => convertReal(cx, source, target, x);
    return isComplex(to) ? { re: part(value.re), im: part(value.im) } : part(value.re);
  }
  if (!isComplex(to)) return convertReal(cx, from, to, value);
  return { re: convertReal(cx, from, realPart(to), value), im: floatOpsOf(cx, to).const(0) };
}

function convertReal(cx: OperationContext, from: DType, to: DType, x: IrValue): IrValue {
  if (from === to) return x;
  const source = dtypes[from].kind;
  switch (dtypes[to].kind) {
    case "bool":
      return source === "float"
        ? floatOpsOf(cx, from).compare("une", x, 0)
        : compareIntegers(cx.builder, "ne", x, integer(x.type, 0));
    case "float":
      return source === "float" ? convertFloat(cx, from, to, x) : integerToFloat(cx, from, to, x);
    default:
      return source === "float" ? floatToInteger(cx, from, to, x) : resizeInteger(cx, from, to, x);
  }
}

function convertFloat(cx: OperationContext, from: DType, to: DType, x: IrValue): IrValue {
  const single32 = floatOpsOf(cx, "float32");
  if (!isHalf(to)) {
    if (from === "float64") return castTo(cx.builder, "fptrunc", x, "float");
    return to === "float64" ? castTo(cx.builder, "fpext", x, "double") : x;
  }
  return roundToHalf(single32, to, from === "float64" ? narrowToOdd(single32, x) : x);
}

/**
 * float64 to float32 such that rounding again to a narrower type rounds right: where it is not exact, of the two
 * neighbours the one with an odd last bit, which no narrower rounding takes for a tie.
 */
function narrowToOdd(f: FloatOps, x: IrValue): IrValue {
  const wide = f.as(float64Format);
  const near = castTo(f.b, "fptrunc", x, "float");
  const back = castTo(f.b, "fpext", near, "double");
  const bits = f.bits(near);
  const isEven = f.compareInt("eq", f.intOp("and", bits, f.int(1)), f.int(0));
  const moves = f.logic("and", wide.compare("one", back, x), isEven);
  const outward = wide.compare("olt", wide.abs(back), wide.abs(x));
  const step = f.selectInt(outward, f.int(1), f.int(-1));
  // The sign is x's also where the nearest float32 is zero.
  const moved = f.copySign(f.fromBits(f.intOp("add", f.bits(f.abs(near)), step)), near);
  return f.select(moves, moved, near);
}

function integerToFloat(cx: OperationContext, from: DType, to: DType, x: IrValue): IrValue {
  const { builder: b } = cx;
  const op = dtypes[from].kind === "signed" ? "sitofp" : "uitofp";
  if (!isHalf(to)) return castTo(b, op, x, registerElement(to));
  const f = floatOpsOf(cx, "float32");
  // Up to 16 bits every integer is a float32, up to 32 a float64.
  if (dtypes[from].bytes <= 2) return roundToHalf(f, to, castTo(b, op, x, "float"));
  const exact = dtypes[from].bytes < 8 ? x : withStickyBit(cx, from, x);
  return roundToHalf(f, to, narrowToOdd(f, castTo(b, op, exact, "double")));
}

/** A 64-bit integer that float64 holds exactly, and that rounds to a narrower float as x does. */
function withStickyBit(cx: OperationContext, from: DType, x: IrValue): IrValue {
  const { builder: b } = cx;
  const int = (value: bigint): IrValue => integer(x.type, value);
  const isNegative = compareIntegers(b, "slt", x, int(0n));
  const signed = dtypes[from].kind === "signed";
  const negate = (v: IrValue): IrValue => (signed ? choose(b, isNegative, arithmetic(b, "sub", int(0n), v), v) : v);
  const size = negate(x);
  const lost = compareIntegers(b, "ne", arithmetic(b, "and", size, int(0x7ffn)), int(0n));
  const sticky = choose(b, lost, int(0x800n), int(0n));
  const cut = arithmetic(b, "or", arithmetic(b, "and", size, int(~0x7ffn)), sticky);
  const large = compareIntegers(b, "uge", size, int(1n << 53n));
  return negate(choose(b, large, cut, size));
}

/** Saturates, and takes NaN to 0. */
function floatToInteger(cx: OperationContext, from: DType, to: DType, x: IrValue): IrValue {
  const { builder: b } = cx;
  const type = irType(registerElement(to), cx.lanes);
  const op = dtypes[to].kind === "signed" ? "fptosi" : "fptoui";
  const format = registerElement(from) === "double" ? float64Format : float32Format;
  const name = `llvm.${op}.sat.${mangled(type)}.${mangled({ ...type, element: format.element })}`;
  b.module.declare(name, `${typeText(type)} @${name}(${typeText(x.type)})`);
  return b.pure(type, `call ${typeText(type)} @${name}(${typeText(x.type)} ${x.text})`);
}

function resizeInteger(cx: OperationContext, from: DType, to: DType, x: IrValue): IrValue {
  const element = registerElement(to);
  const bits = (name: string): number => Number(name.slice(1));
  const [source, target] = [bits(x.type.element), bits(element)];
  if (source === target) return x;
  const op = source > target ? "trunc" : dtypes[from].kind === "signed" ? "sext" : "zext";
  return castTo(cx.builder, op, x, element);
}

/** The same bits as another type of the same width. */
export function emitBitcast(cx: OperationContext, from: DType, to: DType, value: Value): Value {
  if (from === to) return value;
  if (dtypes[from].bytes !== dtypes[to].bytes || isComplexValue(value)) {
    throw new TypeError(`a lane of ${from} cannot be read as ${to}: their widths differ`);
  }
  const bits = bitsOf(cx, from, single(value));
  if (isHalf(to)) return halfFromBits(floatOpsOf(cx, to), to, bits);
  if (dtypes[to].kind === "float") return castTo(cx.builder, "bitcast", bits, registerElement(to));
  return bits;
}

function bitsOf(cx: OperationContext, from: DType, x: IrValue): IrValue {
  const f = floatOpsOf(cx, from);
  if (isHalf(from)) return halfBits(f, from as Half, x);
  if (from === "bool") return castTo(cx.builder, "zext", x, "i8");
  return dtypes[from].kind === "float" ? f.bits(x) : x;
}
