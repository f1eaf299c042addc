// Programs of one instruction, and host arrays from golden data and from plain numbers.
import {
  arrayShape,
  type BinaryOpcode,
  bf16ToNumber,
  binaryOpcodes,
  type DType,
  f16ToNumber,
  HloBuilder,
  type HloInstruction,
  type HostArray,
  hostArray,
  isComplex,
  numberToBf16,
  numberToF16,
  type UnaryOpcode,
} from "../../../xla-like/index.js";
import { evaluate } from "../../../xla-like/reference/evaluate.js";
import { decodeBigints, decodeNumbers, type GoldenArray } from "../../golden/read.js";

/** Host data of `d` from numbers or bigints; complex data from re, im, re, im, …. */
export const host = (d: DType, values: readonly (number | bigint)[]): HostArray => {
  const out = hostArray(d, isComplex(d) ? values.length / 2 : values.length);
  values.forEach((v, i) => {
    if (out instanceof BigInt64Array || out instanceof BigUint64Array) out[i] = BigInt(v);
    else if (d === "float16") out[i] = numberToF16(Number(v));
    else if (d === "bfloat16") out[i] = numberToBf16(Number(v));
    else out[i] = Number(v);
  });
  return out;
};

/** The numbers that host data of `d` stands for; 64-bit integers may round. */
export const numbersOf = (d: DType, data: HostArray): number[] =>
  Array.from(data as Iterable<number | bigint>, (v) =>
    d === "float16" ? f16ToNumber(Number(v)) : d === "bfloat16" ? bf16ToNumber(Number(v)) : Number(v),
  );

export const goldenHost = (a: GoldenArray): HostArray => {
  const d = a.dtype as DType;
  return d === "int64" || d === "uint64" ? host(d, decodeBigints(a)) : host(d, decodeNumbers(a));
};

/** Runs one computation built by `body` on operands of the given types and dimensions. */
export const run = (
  operands: readonly { readonly dtype: DType; readonly dims: readonly number[]; readonly data: HostArray }[],
  body: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[],
): HostArray[] => {
  const b = new HloBuilder("entry");
  const roots = body(
    b,
    operands.map((x) => b.parameter(arrayShape(x.dtype, x.dims))),
  );
  const list: readonly HloInstruction[] = Array.isArray(roots) ? roots : [roots as HloInstruction];
  return evaluate(
    b.module("test", list),
    operands.map((x) => x.data),
  );
};

export const isBinaryOpcode = (op: string): op is BinaryOpcode => (binaryOpcodes as readonly string[]).includes(op);

/** Applies one elementwise operation to flat operands. */
export const apply = (op: UnaryOpcode | BinaryOpcode, d: DType, ...operands: readonly HostArray[]): HostArray => {
  const unit = isComplex(d) ? 2 : 1;
  const inputs = operands.map((data) => ({ dtype: d, dims: [data.length / unit], data }));
  return run(inputs, (b, [x, y]) => (isBinaryOpcode(op) ? b.binary(op, x, y) : b.unary(op, x)))[0];
};

/** Distance in units of the last place of float64, as numbers of representable values between; Infinity for unlike specials. */
export const ulps = (a: number, b: number): number => {
  if (Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
  const order = (x: number): bigint => {
    const bits = new BigInt64Array(new Float64Array([x]).buffer)[0];
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const distance = order(a) - order(b);
  return Number(distance < 0n ? -distance : distance);
};

/** All indices of an array of `dims`, row-major. */
export const indicesOf = (dims: readonly number[]): number[][] =>
  dims.reduce<number[][]>((all, n) => all.flatMap((i) => Array.from({ length: n }, (_, k) => [...i, k])), [[]]);

/** The place of an index in an array of `dims`. */
export const placeOf = (dims: readonly number[], index: readonly number[]): number =>
  dims.reduce((at, n, d) => at * n + index[d], 0);

export const product = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1);

/** Small whole numbers, from which sums and products are exact in every type but the narrowest. */
export const integers = (n: number, seed: number): number[] =>
  Array.from({ length: n }, (_, i) => ((Math.imul(i + 1, 2654435761 ^ seed) >>> 16) % 9) - 4);
