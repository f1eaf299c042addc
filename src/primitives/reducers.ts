/** The monoids that reductions, cumulative operations and windows combine with: identity elements and HLO reducers. */

import type { HloBuilder, HloComputation, HloInstruction } from "../../xla-like/index.js";
import { type DType, dtypes, isComplex, isFloat } from "../core/dtype.js";
import type { ScalarValue } from "../core/scalars.js";

export type Monoid = "sum" | "prod" | "max" | "min" | "and" | "or" | "xor";

/** What every value is at least: -∞, the least integer, false. */
export function lowest(dtype: DType): ScalarValue {
  if (isFloat(dtype) || isComplex(dtype)) return -Infinity;
  if (dtypes[dtype].kind !== "signed") return dtype === "bool" ? false : 0;
  const least = -(1n << BigInt(8 * dtypes[dtype].bytes - 1));
  return dtypes[dtype].bytes === 8 ? least : Number(least);
}

/** What every value is at most: ∞, the greatest integer, true. */
export function highest(dtype: DType): ScalarValue {
  if (isFloat(dtype) || isComplex(dtype)) return Infinity;
  if (dtype === "bool") return true;
  const { kind, bytes } = dtypes[dtype];
  const greatest = (1n << BigInt(8 * bytes - (kind === "signed" ? 1 : 0))) - 1n;
  return bytes === 8 ? greatest : Number(greatest);
}

const allOnes = (dtype: DType): ScalarValue => (dtypes[dtype].kind === "signed" ? -1 : highest(dtype));

const identities: Readonly<Record<Monoid, (dtype: DType) => ScalarValue>> = {
  sum: () => 0,
  prod: () => 1,
  max: lowest,
  min: highest,
  and: allOnes,
  or: () => 0,
  xor: () => 0,
};

/** The value that combines with any other to that other. */
export const identityElement = (monoid: Monoid, dtype: DType): ScalarValue => identities[monoid](dtype);

/** The monoid on arrays of one shape. HLO orders no complex numbers: they compare by real, then imaginary part. */
export function combine(
  b: HloBuilder,
  monoid: Monoid,
  dtype: DType,
  x: HloInstruction,
  y: HloInstruction,
): HloInstruction {
  switch (monoid) {
    case "sum":
      return b.binary(dtype === "bool" ? "or" : "add", x, y);
    case "prod":
      return b.binary(dtype === "bool" ? "and" : "multiply", x, y);
    case "max":
    case "min":
      if (!isComplex(dtype)) return b.binary(monoid === "max" ? "maximum" : "minimum", x, y);
      return b.select(lexicographic(b, monoid === "max" ? "GT" : "LT", x, y), x, y);
    default:
      return b.binary(monoid, x, y);
  }
}

function lexicographic(b: HloBuilder, direction: "GT" | "LT", x: HloInstruction, y: HloInstruction): HloInstruction {
  const [xr, yr] = [b.unary("real", x), b.unary("real", y)];
  const imaginary = b.compare(b.unary("imag", x), b.unary("imag", y), direction);
  return b.select(b.compare(xr, yr, "EQ"), imaginary, b.compare(xr, yr, direction));
}

/** The monoid as a computation of two scalars. */
export function monoidReducer(b: HloBuilder, monoid: Monoid, dtype: DType): HloComputation {
  if (isComplex(dtype) && (monoid === "max" || monoid === "min")) {
    return b.scalarComputation(`${monoid}.${dtype}`, dtype, (inner, x, y) => combine(inner, monoid, dtype, x, y));
  }
  const opcodes = { sum: "add", prod: "multiply", max: "maximum", min: "minimum" } as const;
  if (dtype === "bool" && (monoid === "sum" || monoid === "prod"))
    return b.reducer(monoid === "sum" ? "or" : "and", dtype);
  return b.reducer(
    monoid in opcodes ? opcodes[monoid as keyof typeof opcodes] : (monoid as "and" | "or" | "xor"),
    dtype,
  );
}
