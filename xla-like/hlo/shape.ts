import { type DType, dtypes } from "./dtype.js";

export interface ArrayShape {
  readonly kind: "array";
  readonly dtype: DType;
  readonly dims: readonly number[];
}
export interface TupleShape {
  readonly kind: "tuple";
  readonly elements: readonly ArrayShape[];
}
/** The type of an HLO value: an array, or a flat tuple of arrays. */
export type HloShape = ArrayShape | TupleShape;

export const arrayShape = (dtype: DType, dims: readonly number[]): ArrayShape => ({ kind: "array", dtype, dims });
export const tupleShape = (elements: readonly ArrayShape[]): TupleShape => ({ kind: "tuple", elements });

export const sizeOf = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1);
export const sameDims = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((d, i) => d === b[i]);

/** The bytes of an array, or of all arrays of a tuple. */
export const bytesOf = (s: HloShape): number =>
  s.kind === "array" ? sizeOf(s.dims) * dtypes[s.dtype].bytes : s.elements.reduce((n, e) => n + bytesOf(e), 0);

export const shapeEquals = (a: HloShape, b: HloShape): boolean => {
  if (a.kind === "array") return b.kind === "array" && a.dtype === b.dtype && sameDims(a.dims, b.dims);
  return (
    b.kind === "tuple" &&
    a.elements.length === b.elements.length &&
    a.elements.every((e, i) => shapeEquals(e, b.elements[i]))
  );
};

/** `f32[2,3]`, `(f32[], s32[4])`. */
export const shapeText = (s: HloShape): string =>
  s.kind === "array" ? `${dtypes[s.dtype].hlo}[${s.dims.join(",")}]` : `(${s.elements.map(shapeText).join(", ")})`;
