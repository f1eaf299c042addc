/** Shape and dtype rules that many primitives share, as values: `Either` an error or the result's type. */
import { type ShapedArray, sameShape } from "../core/aval.js";
import { type DType, dtypes } from "../core/dtype.js";
import type { OutAval } from "../core/primitive.js";
import { type CotangentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";

export type Result<T> = Either.Either<CotangentError, T>;

export type DTypeClass =
  | "any"
  | "bool"
  | "integer"
  | "bool or integer"
  | "float"
  | "complex"
  | "inexact"
  | "real"
  | "ordered"
  | "signed"
  | "number";

const classes: Readonly<Record<DTypeClass, readonly string[]>> = {
  any: ["bool", "signed", "unsigned", "float", "complex"],
  bool: ["bool"],
  integer: ["signed", "unsigned"],
  "bool or integer": ["bool", "signed", "unsigned"],
  float: ["float"],
  complex: ["complex"],
  inexact: ["float", "complex"],
  real: ["signed", "unsigned", "float"],
  /** All but complex numbers. */
  ordered: ["bool", "signed", "unsigned", "float"],
  /** Numbers with negatives. */
  signed: ["signed", "float", "complex"],
  number: ["signed", "unsigned", "float", "complex"],
};

const words: Readonly<Record<DTypeClass, string>> = {
  any: "data of any kind but float0",
  bool: "booleans",
  integer: "integers",
  "bool or integer": "booleans and integers",
  float: "floats",
  complex: "complex numbers",
  inexact: "floats and complex numbers",
  real: "integers and floats",
  ordered: "booleans, integers and floats",
  signed: "signed integers, floats and complex numbers",
  number: "integers, floats and complex numbers",
};

export const inClass = (dtype: DType, cls: DTypeClass): boolean => classes[cls].includes(dtypes[dtype].kind);

export const dtypeError = (name: string, operand: string, dtype: DType, cls: DTypeClass): DTypeError =>
  new DTypeError(
    "CT105",
    `${name}: operand '${operand}' is ${dtype}, but it takes only ${words[cls]}. Convert it with astype.`,
  );

export const out = (shape: readonly number[], dtype: DType, weakType?: boolean): Result<OutAval> =>
  Either.right(weakType === undefined ? { shape, dtype } : { shape, dtype, weakType });

export const shapeError = (message: string): Result<never> => Either.left(new ShapeError("CT107", message));

/** The shape that operands of one rank, or scalars, have together: sizes are equal, or 1 and repeated. */
export function commonShape(name: string, avals: Readonly<Record<string, ShapedArray>>): Result<readonly number[]> {
  let shape: readonly number[] = [];
  let from = "";
  for (const k in avals) {
    const s = avals[k].shape;
    if (s.length === 0 || sameShape(s, shape)) continue;
    if (from === "") {
      shape = s;
      from = k;
    } else if (s.length === shape.length && s.every((d, i) => d === shape[i] || d === 1 || shape[i] === 1)) {
      shape = s.map((d, i) => (d === 1 ? shape[i] : d));
    } else {
      return Either.left(
        new ShapeError(
          "CT103",
          `${name}: operand '${from}' has shape [${avals[from].shape}], but operand '${k}' has shape [${s}]. ` +
            "Their sizes must be equal, or 1; operands may be scalars. Reshape one, or add dimensions of size 1 where it is to repeat.",
        ),
      );
    }
  }
  return Either.right(shape);
}

/** Checks that the operands have one dtype, of the class. */
export function commonDtype(
  name: string,
  avals: Readonly<Record<string, ShapedArray>>,
  cls: DTypeClass,
): Result<DType> {
  const names = Object.keys(avals);
  const dtype = avals[names[0]].dtype;
  if (!inClass(dtype, cls)) return Either.left(dtypeError(name, names[0], dtype, cls));
  for (const k of names) {
    if (avals[k].dtype !== dtype) {
      return Either.left(
        new DTypeError(
          "CT104",
          `${name}: operand '${names[0]}' is ${dtype}, but operand '${k}' is ${avals[k].dtype}. ` +
            "lax's functions want equal dtypes; convert one with astype, or use numpy's, which promote.",
        ),
      );
    }
  }
  return Either.right(dtype);
}
