/** Constants: which value an array holds everywhere, and what that value is as a number. */
import type { HloBuilder } from "../../hlo/builder.js";
import { type DType, dtypes, type HostArray, isInteger } from "../../hlo/dtype.js";
import { bf16ToNumber, f16ToNumber } from "../../hlo/float16.js";
import type { HloInstruction, Instr } from "../../hlo/instruction.js";

/** The scalar constant that every element of the array is, if that is plain to see. */
export const splatOf = (i: HloInstruction): Instr<"constant"> | undefined => {
  if (i.opcode === "constant") return i.shape.dims.length === 0 ? i : undefined;
  return i.opcode === "broadcast" ? splatOf(i.operands[0]) : undefined;
};

/** The same array of one value in another computation. */
export const copySplat = (b: HloBuilder, i: HloInstruction): HloInstruction => {
  const scalar = splatOf(i);
  if (scalar === undefined || i.shape.kind === "tuple") throw new TypeError("no constant is known to copy");
  const made = b.constant(scalar.shape.dtype, [], scalar.data);
  return i.shape.dims.length === 0 ? made : b.broadcast(made, i.shape.dims, []);
};

/** An element of a real type as a number; 64-bit integers beyond 2⁵³ and complex numbers have none. */
export const numberAt = (dtype: DType, data: HostArray, at: number): number | undefined => {
  const raw = data[at];
  if (dtypes[dtype].kind === "complex") return undefined;
  if (dtype === "float16") return f16ToNumber(Number(raw));
  if (dtype === "bfloat16") return bf16ToNumber(Number(raw));
  const value = Number(raw);
  return typeof raw === "bigint" && !Number.isSafeInteger(value) ? undefined : value;
};

/** The number that every element is. */
export const splatNumber = (i: HloInstruction): number | undefined => {
  const c = splatOf(i);
  return c && numberAt(c.shape.dtype, c.data, 0);
};

/** Whether every element is this real number; 0 and -0 differ. */
export const isSplat = (i: HloInstruction, value: number): boolean => Object.is(splatNumber(i), value);

export const isTrue = (i: HloInstruction): boolean =>
  i.shape.kind === "array" && i.shape.dtype === "bool" && isSplat(i, 1);
export const isFalse = (i: HloInstruction): boolean =>
  i.shape.kind === "array" && i.shape.dtype === "bool" && isSplat(i, 0);

/** The numbers of a constant of integers. */
export const integersOf = (i: HloInstruction): readonly number[] | undefined => {
  if (i.opcode !== "constant" || !isInteger(i.shape.dtype)) return undefined;
  const list: number[] = [];
  for (let k = 0; k < i.data.length; k++) {
    const n = numberAt(i.shape.dtype, i.data, k);
    if (n === undefined) return undefined;
    list.push(n);
  }
  return list;
};

/** The least and the greatest value of a real type: the identities of maximum and minimum. */
export const lowestOf = (d: DType): number | bigint => {
  const { kind, bytes } = dtypes[d];
  if (kind === "float") return Number.NEGATIVE_INFINITY;
  return kind === "signed" ? -(1n << BigInt(8 * bytes - 1)) : 0;
};
export const highestOf = (d: DType): number | bigint => {
  const { kind, bytes } = dtypes[d];
  if (kind === "float") return Number.POSITIVE_INFINITY;
  if (kind === "bool") return 1;
  return kind === "signed" ? (1n << BigInt(8 * bytes - 1)) - 1n : (1n << BigInt(8 * bytes)) - 1n;
};

/** Whether every element is this value of an integer type, which may be beyond what numbers hold. */
export const isIntegerSplat = (i: HloInstruction, value: number | bigint): boolean => {
  const c = splatOf(i);
  return c !== undefined && dtypes[c.shape.dtype].kind !== "float" && BigInt(c.data[0]) === BigInt(value);
};
