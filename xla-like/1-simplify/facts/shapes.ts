/** Dimensions of arrays and arithmetic on lists of dimension numbers. */
import type { DType } from "../../hlo/dtype.js";
import type { HloInstruction } from "../../hlo/instruction.js";
import { type ArrayShape, sizeOf } from "../../hlo/shape.js";

export const arrayShapeOf = (i: HloInstruction): ArrayShape => {
  if (i.shape.kind === "array") return i.shape;
  throw new TypeError(`%${i.opcode}.${i.id} is a tuple where an array was expected`);
};
export const dimsOf = (i: HloInstruction): readonly number[] => arrayShapeOf(i).dims;
export const dtypeOf = (i: HloInstruction): DType => arrayShapeOf(i).dtype;
export const rankOf = (i: HloInstruction): number => dimsOf(i).length;
export const sizeOfArray = (i: HloInstruction): number => sizeOf(dimsOf(i));

/** 0 … n-1. */
export const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
export const isRange = (list: readonly number[]): boolean => list.every((d, k) => d === k);
export const isIncreasing = (list: readonly number[]): boolean => list.every((d, k) => k === 0 || list[k - 1] < d);
/** 0 … n-1 without the given ones. */
export const others = (n: number, ...without: readonly (readonly number[])[]): number[] =>
  range(n).filter((d) => !without.some((list) => list.includes(d)));
export const allZero = (list: readonly number[]): boolean => list.every((n) => n === 0);
export const byNumber = (p: number, q: number): number => p - q;

/** `inverse[permutation[k]] = k`. */
export const inverseOf = (permutation: readonly number[]): number[] => {
  const inverse = new Array<number>(permutation.length);
  permutation.forEach((d, k) => {
    inverse[d] = k;
  });
  return inverse;
};

export const isUnit = (n: number): boolean => n === 1;
export const isNotUnit = (n: number): boolean => n !== 1;
/** The dimensions without those of size 1. */
export const squeezed = (dims: readonly number[]): number[] => dims.filter(isNotUnit);
