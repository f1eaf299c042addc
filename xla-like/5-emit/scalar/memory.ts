/**
 * Elements between memory and registers: bool is a byte that is 0 or 1, float16 and bfloat16 are 16 bits, complex
 * numbers are interleaved. Lanes that a mask (i1 lanes) leaves out are neither read nor written; what is read for them
 * is zero.
 */
import { type DType, dtypes, isComplex, realPart } from "../../hlo/dtype.js";
import { halfBits, halfFromBits, isHalf } from "./half.js";
import { type IrType, type IrValue, irType, mangled, typeText } from "./ir.js";
import { castTo, compareIntegers, integer, range, shuffle } from "./lanes.js";
import { floatOpsOf, isComplexValue, type OperationContext, parts, single, spreadValue, type Value } from "./value.js";

export interface AccessOptions {
  readonly mask?: IrValue;
  /** Bytes; by default the element is aligned to itself. */
  readonly align?: number;
  /** Written past the caches; only without a mask. */
  readonly streamed?: boolean;
}

/** The type's name in LLVM IR, in memory; of complex types that of a part. */
export function memoryElement(dtype: DType): string {
  const { kind, bytes } = dtypes[dtype];
  if (kind === "complex" || (kind === "float" && !isHalf(dtype))) {
    return realPart(dtype) === "float64" ? "double" : "float";
  }
  return `i${8 * bytes}`;
}

const partBytes = (dtype: DType): number => dtypes[realPart(dtype)].bytes;

/** What memory holds, made what registers hold. */
function toRegister(cx: OperationContext, dtype: DType, raw: IrValue): IrValue {
  if (dtype === "bool") return compareIntegers(cx.builder, "ne", raw, integer(raw.type, 0));
  return isHalf(dtype) ? halfFromBits(floatOpsOf(cx, dtype), dtype, raw) : raw;
}

/** Elements of a type that is not complex, from integers of its size as memory holds them. */
export function elementsOfBits(cx: OperationContext, dtype: DType, bits: IrValue): Value {
  const element = memoryElement(dtype);
  const isBits = bits.type.element === element;
  return toRegister(cx, dtype, isBits ? bits : castTo(cx.builder, "bitcast", bits, element));
}

function toMemory(cx: OperationContext, dtype: DType, value: IrValue): IrValue {
  if (dtype === "bool") return castTo(cx.builder, "zext", value, "i8");
  return isHalf(dtype) ? halfBits(floatOpsOf(cx, dtype), dtype, value) : value;
}

const even = (lanes: number): number[] => range(lanes, 0, 2);
const odd = (lanes: number): number[] => range(lanes, 1, 2);
/** 0, n, 1, n+1, …: the lanes of two vectors by turns. */
const byTurns = (lanes: number): number[] => range(2 * lanes).map((i) => (i % 2) * lanes + (i >> 1));
const twice = (lanes: number): number[] => range(2 * lanes).map((i) => i >> 1);

/** A scalar as a vector of one lane, which masked intrinsics take. */
const asVector = (cx: OperationContext, x: IrValue): IrValue => {
  if (x.type.lanes > 1) return x;
  const to = `<1 x ${x.type.element}>`;
  return cx.builder.pure(irType(x.type.element, 1), `bitcast ${x.type.element} ${x.text} to ${to}`);
};
const vectorText = ({ element, lanes }: IrType): string => `<${lanes} x ${element}>`;
const vectorMangled = (type: IrType): string => (type.lanes === 1 ? `v1${mangled(type)}` : mangled(type));

function maskOfParts(cx: OperationContext, mask: IrValue): IrValue {
  return mask.type.lanes === 1
    ? { type: irType("i1", 2), text: shuffleOne(cx, mask) }
    : shuffle(cx.builder, mask, undefined, twice(mask.type.lanes));
}

const shuffleOne = (cx: OperationContext, mask: IrValue): string => {
  const one = asVector(cx, mask);
  return cx.builder.pure(
    irType("i1", 2),
    `shufflevector <1 x i1> ${one.text}, <1 x i1> poison, <2 x i32> zeroinitializer`,
  ).text;
};

function readRaw(cx: OperationContext, type: IrType, pointer: IrValue, align: number, mask?: IrValue): IrValue {
  const { builder: b } = cx;
  if (mask === undefined) return b.effectful(type, `load ${typeText(type)}, ptr ${pointer.text}, align ${align}`);
  const name = `llvm.masked.load.${vectorMangled(type)}.p0`;
  const [text, maskText] = [vectorText(type), vectorText(mask.type)];
  b.module.declare(name, `${text} @${name}(ptr, i32, ${maskText}, ${text})`);
  const loaded = b.effectful(
    type,
    `call ${text} @${name}(ptr ${pointer.text}, i32 ${align}, ${maskText} ${asVector(cx, mask).text}, ${text} zeroinitializer)`,
  );
  return type.lanes > 1 ? loaded : b.pure(type, `bitcast ${text} ${loaded.text} to ${type.element}`);
}

function writeRaw(cx: OperationContext, x: IrValue, pointer: IrValue, align: number, options: AccessOptions): void {
  const { builder: b } = cx;
  const { mask } = options;
  if (mask === undefined) {
    if (options.streamed) b.module.define("!64", () => "!64 = !{i32 1}");
    const hint = options.streamed ? ", !nontemporal !64" : "";
    b.statement(`store ${typeText(x.type)} ${x.text}, ptr ${pointer.text}, align ${align}${hint}`);
    return;
  }
  const name = `llvm.masked.store.${vectorMangled(x.type)}.p0`;
  const [text, maskText] = [vectorText(x.type), vectorText(mask.type)];
  b.module.declare(name, `void @${name}(${text}, ptr, i32, ${maskText})`);
  const [value, lanes] = [asVector(cx, x), asVector(cx, mask)];
  b.statement(
    `call void @${name}(${text} ${value.text}, ptr ${pointer.text}, i32 ${align}, ${maskText} ${lanes.text})`,
  );
}

/** Neighbouring elements, one to a lane. */
export function loadElements(cx: OperationContext, dtype: DType, pointer: IrValue, options: AccessOptions = {}): Value {
  const { mask, align = partBytes(dtype) } = options;
  const element = memoryElement(dtype);
  if (!isComplex(dtype)) {
    return toRegister(cx, dtype, readRaw(cx, irType(element, cx.lanes), pointer, align, mask));
  }
  const both = readRaw(
    cx,
    irType(element, 2 * cx.lanes),
    pointer,
    align,
    mask === undefined ? undefined : maskOfParts(cx, mask),
  );
  return apart(cx, both);
}

/** Complex numbers' parts out of a vector of interleaved pairs. */
function apart(cx: OperationContext, both: IrValue): Value {
  const { builder: b, lanes } = cx;
  if (lanes > 1) return { re: shuffle(b, both, undefined, even(lanes)), im: shuffle(b, both, undefined, odd(lanes)) };
  const pick = (i: number): IrValue =>
    b.pure(irType(both.type.element, 1), `extractelement ${typeText(both.type)} ${both.text}, i32 ${i}`);
  return { re: pick(0), im: pick(1) };
}

function together(cx: OperationContext, re: IrValue, im: IrValue): IrValue {
  const { builder: b, lanes } = cx;
  if (lanes > 1) return shuffle(b, re, im, byTurns(lanes));
  const type = irType(re.type.element, 2);
  const text = typeText(type);
  const first = b.pure(type, `insertelement ${text} poison, ${re.type.element} ${re.text}, i32 0`);
  return b.pure(type, `insertelement ${text} ${first.text}, ${re.type.element} ${im.text}, i32 1`);
}

/** Writes each lane's element beside the one before. */
export function storeElements(
  cx: OperationContext,
  dtype: DType,
  pointer: IrValue,
  value: Value,
  options: AccessOptions = {},
): void {
  const { mask, align = partBytes(dtype) } = options;
  const all = spreadValue(cx, value);
  if (!isComplexValue(all)) {
    writeRaw(cx, toMemory(cx, dtype, all), pointer, align, options);
    return;
  }
  const both = together(cx, all.re, all.im);
  writeRaw(cx, both, pointer, align, mask === undefined ? options : { ...options, mask: maskOfParts(cx, mask) });
}

/** Lane l gets element `indices[l]` of what lies at `base`. */
export function gatherElements(
  cx: OperationContext,
  dtype: DType,
  base: IrValue,
  indices: IrValue,
  mask?: IrValue,
): Value {
  const element = memoryElement(dtype);
  if (isComplex(dtype)) {
    const part = (offset: number): IrValue =>
      gatherRaw(cx, element, { base, indices, step: 2, offset, bytes: partBytes(dtype) }, mask);
    return { re: part(0), im: part(1) };
  }
  const { bytes } = dtypes[dtype];
  const raw = gatherRaw(cx, element, { base, indices, step: 1, offset: 0, bytes }, mask);
  return toRegister(cx, dtype, raw);
}

interface Places {
  readonly base: IrValue;
  readonly indices: IrValue;
  /** Lane l reads element `step * indices[l] + offset`. */
  readonly step: 1 | 2;
  readonly offset: number;
  readonly bytes: number;
}

function gatherRaw(cx: OperationContext, element: string, places: Places, mask?: IrValue): IrValue {
  const { builder: b, lanes } = cx;
  const { base, indices, step, offset, bytes } = places;
  // A pair is one step of the address, so that the index need not be doubled, which could overflow.
  const stepType = step === 1 ? element : `[${step} x ${element}]`;
  const pointers = b.pure(
    irType("ptr", lanes),
    `getelementptr ${stepType}, ptr ${base.text}, ${typeText(indices.type)} ${indices.text}` +
      (step === 1 ? "" : `, ${typeText(irType("i32", lanes))} ${integer(irType("i32", lanes), offset).text}`),
  );
  if (lanes === 1) return readRaw(cx, irType(element, 1), pointers, bytes, mask);
  // There is no gather of bytes: 32 bits are read, of which the lowest count. Buffers are padded.
  const narrow = bytes < 4 && cx.target.aligned !== true;
  const type = irType(narrow ? "i32" : element, lanes);
  const name = `llvm.masked.gather.${mangled(type)}.v${lanes}p0`;
  const text = typeText(type);
  b.module.declare(name, `${text} @${name}(<${lanes} x ptr>, i32, <${lanes} x i1>, ${text})`);
  const where = mask === undefined ? "splat (i1 true)" : mask.text;
  const read = b.effectful(
    type,
    `call ${text} @${name}(<${lanes} x ptr> ${pointers.text}, i32 ${bytes}, <${lanes} x i1> ${where}, ${text} zeroinitializer)`,
  );
  return narrow ? castTo(b, "trunc", read, element) : read;
}

/** One element in every lane. */
export function loadScalarSplat(cx: OperationContext, dtype: DType, pointer: IrValue): Value {
  return spreadValue(cx, loadElements({ ...cx, lanes: 1 }, dtype, pointer));
}

/** The element of the first lane, written alone. */
export function storeScalar(cx: OperationContext, dtype: DType, pointer: IrValue, value: Value): void {
  const one = { ...cx, lanes: 1 };
  const first = (x: IrValue): IrValue =>
    x.type.lanes === 1
      ? x
      : cx.builder.pure(irType(x.type.element, 1), `extractelement ${typeText(x.type)} ${x.text}, i32 0`);
  const scalar = isComplexValue(value)
    ? { re: first(parts(value).re), im: first(parts(value).im) }
    : first(single(value));
  storeElements(one, dtype, pointer, scalar);
}
