/** Element types: one table for their names, widths, kinds and storage on the host. */

export type DType =
  | "bool"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128"
  /** Holds no data: the type of a derivative with respect to integers. Never part of an HLO program. */
  | "float0";

export type DTypeKind = "bool" | "signed" | "unsigned" | "float" | "complex" | "void";

/**
 * How elements lie on the host. float16 and bfloat16 are kept as their bits, complex numbers as
 * interleaved (real, imaginary) pairs, bool as one byte that is 0 or 1.
 */
export type HostArray =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

export interface DTypeInfo {
  readonly name: DType;
  /** The name in HLO text: `f32`, `pred`, `s32`. */
  readonly hlo: string;
  /** The name in jaxpr text: `f32`, `bool`, `i32`. */
  readonly short: string;
  readonly kind: DTypeKind;
  readonly bytes: number;
  /** Host storage; a complex element takes two entries. */
  readonly storage: new (
    length: number,
  ) => HostArray;
}

const info = (
  name: DType,
  hlo: string,
  short: string,
  kind: DTypeKind,
  bytes: number,
  storage: DTypeInfo["storage"],
): DTypeInfo => Object.freeze({ name, hlo, short, kind, bytes, storage });

export const dtypes: Readonly<Record<DType, DTypeInfo>> = Object.freeze({
  bool: info("bool", "pred", "bool", "bool", 1, Uint8Array),
  int8: info("int8", "s8", "i8", "signed", 1, Int8Array),
  int16: info("int16", "s16", "i16", "signed", 2, Int16Array),
  int32: info("int32", "s32", "i32", "signed", 4, Int32Array),
  int64: info("int64", "s64", "i64", "signed", 8, BigInt64Array),
  uint8: info("uint8", "u8", "u8", "unsigned", 1, Uint8Array),
  uint16: info("uint16", "u16", "u16", "unsigned", 2, Uint16Array),
  uint32: info("uint32", "u32", "u32", "unsigned", 4, Uint32Array),
  uint64: info("uint64", "u64", "u64", "unsigned", 8, BigUint64Array),
  float16: info("float16", "f16", "f16", "float", 2, Uint16Array),
  bfloat16: info("bfloat16", "bf16", "bf16", "float", 2, Uint16Array),
  float32: info("float32", "f32", "f32", "float", 4, Float32Array),
  float64: info("float64", "f64", "f64", "float", 8, Float64Array),
  complex64: info("complex64", "c64", "c64", "complex", 8, Float32Array),
  complex128: info("complex128", "c128", "c128", "complex", 16, Float64Array),
  float0: info("float0", "float0", "float0", "void", 0, Uint8Array),
});

export const isFloat = (d: DType): boolean => dtypes[d].kind === "float";
export const isComplex = (d: DType): boolean => dtypes[d].kind === "complex";
/** Floating or complex: the types that have derivatives. */
export const isInexact = (d: DType): boolean => isFloat(d) || isComplex(d);
export const isSigned = (d: DType): boolean => dtypes[d].kind === "signed";
export const isUnsigned = (d: DType): boolean => dtypes[d].kind === "unsigned";
/** Signed or unsigned integers; bool is not one. */
export const isInteger = (d: DType): boolean => isSigned(d) || isUnsigned(d);

/** The type of the real and imaginary parts. */
export const realPart = (d: DType): DType => (d === "complex64" ? "float32" : d === "complex128" ? "float64" : d);
/** The complex type whose parts are `d`: float64 gives complex128, every other real type complex64. */
export const complexOf = (d: DType): DType => (isComplex(d) ? d : d === "float64" ? "complex128" : "complex64");

/** Uninitialised-to-zero host storage for `size` elements of `d`. */
export const hostArray = (d: DType, size: number): HostArray =>
  new dtypes[d].storage(isComplex(d) ? 2 * size : d === "float0" ? 0 : size);
