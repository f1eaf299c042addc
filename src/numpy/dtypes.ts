/** Dtypes by name, their limits, and questions about them. */

import { realPart } from "../../xla-like/index.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { asDType, type DType, dtypes, isComplex, isDType, isInteger, promoteTypes as promote } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { ArgumentError, DTypeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { type FloatLayout, floatLayout } from "./float-layout.js";

export type { DType };
/** The class of arrays. */
export { Tensor as ndarray };

const bool_ = "bool" as const;

export { bool_ as bool };
export const int8 = "int8" as const;
export const int16 = "int16" as const;
export const int32 = "int32" as const;
export const int64 = "int64" as const;
export const uint8 = "uint8" as const;
export const uint16 = "uint16" as const;
export const uint32 = "uint32" as const;
export const uint64 = "uint64" as const;
export const float16 = "float16" as const;
export const bfloat16 = "bfloat16" as const;
export const float32 = "float32" as const;
export const float64 = "float64" as const;
export const complex64 = "complex64" as const;
export const complex128 = "complex128" as const;
// The default types of each kind.
export {
  complex64 as csingle,
  complex64 as complex,
  complex128 as cdouble,
  float32 as single,
  float32 as float,
  float64 as double,
  int32 as int,
  uint32 as uint,
};

/** Kinds of dtypes, for {@link issubdtype}. */
export const generic = "generic" as const;
export const number = "number" as const;
export const integer = "integer" as const;
export const signedinteger = "signedinteger" as const;
export const unsignedinteger = "unsignedinteger" as const;
export const inexact = "inexact" as const;
export const floating = "floating" as const;
export const complexfloating = "complexfloating" as const;

export type DTypeKind =
  | "generic"
  | "number"
  | "integer"
  | "signedinteger"
  | "unsignedinteger"
  | "inexact"
  | "floating"
  | "complexfloating";

const parents: Readonly<Record<string, readonly string[]>> = {
  bool: ["generic"],
  signed: ["signedinteger", "integer", "number", "generic"],
  unsigned: ["unsignedinteger", "integer", "number", "generic"],
  float: ["floating", "inexact", "number", "generic"],
  complex: ["complexfloating", "inexact", "number", "generic"],
  generic: ["generic"],
  number: ["number", "generic"],
  integer: ["integer", "number", "generic"],
  signedinteger: ["signedinteger", "integer", "number", "generic"],
  unsignedinteger: ["unsignedinteger", "integer", "number", "generic"],
  inexact: ["inexact", "number", "generic"],
  floating: ["floating", "inexact", "number", "generic"],
  complexfloating: ["complexfloating", "inexact", "number", "generic"],
};

/** Whether a dtype is another, or of a kind; a kind may stand first too. */
export function issubdtype(dtype: DType | DTypeKind, of: DType | DTypeKind): boolean {
  for (const x of [dtype, of]) if (!(x in parents)) asDType(x, "issubdtype");
  if (isDType(of)) return dtype === of;
  return (isDType(dtype) ? parents[dtypes[dtype].kind] : parents[dtype]).includes(of);
}

const arrayApiKinds: Readonly<Record<string, readonly string[]>> = {
  bool: ["bool"],
  "signed integer": ["signed"],
  "unsigned integer": ["unsigned"],
  integral: ["signed", "unsigned"],
  "real floating": ["float"],
  "complex floating": ["complex"],
  numeric: ["signed", "unsigned", "float", "complex"],
};

/** Whether a dtype is of a kind as the array API names them (`"real floating"`, `"integral"`, …), or of any of several. */
export function isdtype(dtype: DType, kind: string | readonly string[]): boolean {
  const d = asDType(dtype, "isdtype");
  return [kind].flat().some((k) => {
    if (isDType(k) && k !== "bool") return d === k;
    if (k in arrayApiKinds) return arrayApiKinds[k].includes(dtypes[d].kind);
    throw new ArgumentError(
      "CT003",
      `isdtype: '${k}' is not a kind of dtype. Use a dtype or one of ${Object.keys(arrayApiKinds).join(", ")}.`,
    );
  });
}

/** The dtype of an array-like value, or a dtype itself, checked. */
export const dtype = (x: DType | ArrayLike): DType =>
  typeof x === "string" ? asDType(x, "dtype") : asTensor(x as ArrayLike, "dtype").dtype;

/** The dtype that two dtypes promote to. */
export const promoteTypes = (a: DType, b: DType): DType =>
  promote([a, b].map((d) => ({ dtype: asDType(d, "promoteTypes"), weakType: false }))).dtype;

/** The dtype that arrays, numbers (as weak scalars) and dtypes promote to. */
export function resultType(...values: readonly (ArrayLike | DType)[]): DType {
  return promote(
    values.map((x) =>
      typeof x === "string"
        ? { dtype: asDType(x, "resultType"), weakType: false }
        : asTensor(x as ArrayLike, "resultType"),
    ),
  ).dtype;
}

const ranks = ["bool", "unsigned", "signed", "float", "complex"];
const significantBits = (d: DType): number =>
  isInteger(d) ? 8 * dtypes[d].bytes - (dtypes[d].kind === "signed" ? 1 : 0) : 0;

/** Whether every value of the type `from` is one of the type `to`, or with `"same_kind"` whether the kind is kept. */
export function canCast(
  from: DType | Tensor,
  to: DType,
  options: { readonly casting?: "no" | "equiv" | "safe" | "same_kind" | "unsafe" } = {},
): boolean {
  checkOptions("canCast", options, ["casting"]);
  const a = from instanceof Tensor ? from.dtype : asDType(from, "canCast");
  const b = asDType(to, "canCast");
  const { casting = "safe" } = options;
  const [k, l] = [dtypes[a].kind, dtypes[b].kind];
  switch (casting) {
    case "no":
    case "equiv":
      return a === b;
    case "unsafe":
      return true;
    case "same_kind":
      return ranks.indexOf(k) <= ranks.indexOf(l);
    case "safe":
      break;
    default:
      throw new ArgumentError(
        "CT003",
        `canCast: casting is ${JSON.stringify(casting)}, but it must be no, equiv, safe, same_kind or unsafe.`,
      );
  }
  if (a === b || k === "bool") return true;
  if (isInteger(a)) {
    if (isInteger(b)) return !(k === "signed" && l === "unsigned") && significantBits(a) <= significantBits(b);
    return (
      l !== "bool" &&
      dtypes[a].bytes < dtypes[realOf(b)].bytes * (dtypes[realOf(b)].bytes === 8 ? 2 : 1) &&
      b !== "bfloat16"
    );
  }
  if (k === "complex" && l !== "complex") return false;
  if (l !== "float" && l !== "complex") return false;
  const [x, y] = [floatLayout(a), floatLayout(b)];
  return x.mantissaBits <= y.mantissaBits && x.exponentBits <= y.exponentBits;
}

const realOf = (d: DType): DType => (isComplex(d) ? realPart(d) : d);

/** The limits of a floating-point type. */
export interface FloatInfo extends FloatLayout {
  readonly dtype: DType;
  readonly min: number;
  readonly tiny: number;
  readonly resolution: number;
  readonly precision: number;
  readonly nmant: number;
  readonly nexp: number;
}

/**
 * The limits of a floating-point type, or of the parts of a complex one.
 * @throws DTypeError CT105 for other types
 * @example np.finfo("float32").eps; // 1.1920928955078125e-7
 */
export function finfo(dtype: DType | Tensor): FloatInfo {
  const d = dtype instanceof Tensor ? dtype.dtype : asDType(dtype, "finfo");
  const layout = floatLayout(d);
  const precision = Math.floor(layout.mantissaBits * Math.log10(2));
  return {
    ...layout,
    dtype: realOf(d),
    min: -layout.max,
    tiny: layout.smallestNormal,
    precision,
    resolution: 10 ** -precision,
    nmant: layout.mantissaBits,
    nexp: layout.exponentBits,
  };
}

/** The limits of an integer type; bigints for 64 bits. */
export interface IntegerInfo {
  readonly dtype: DType;
  readonly bits: number;
  readonly min: number | bigint;
  readonly max: number | bigint;
}

/**
 * The limits of an integer type.
 * @throws DTypeError CT105 for other types
 */
export function iinfo(dtype: DType | Tensor): IntegerInfo {
  const d = dtype instanceof Tensor ? dtype.dtype : asDType(dtype, "iinfo");
  if (!isInteger(d)) {
    throw new DTypeError("CT105", `iinfo: ${d} is no integer type. For floats, there is finfo.`);
  }
  const bits = 8 * dtypes[d].bytes;
  const signed = dtypes[d].kind === "signed";
  const min = signed ? -(1n << BigInt(bits - 1)) : 0n;
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  return bits === 64 ? { dtype: d, bits, min, max } : { dtype: d, bits, min: Number(min), max: Number(max) };
}

/** π. */
export const pi = Math.PI;
/** Euler's number. */
export const e = Math.E;
/** Euler's constant γ. */
export const eulerGamma = 0.5772156649015329;
export const inf = Number.POSITIVE_INFINITY;
export const nan = Number.NaN;
/** A new axis, in indices. */
export const newaxis = null;
