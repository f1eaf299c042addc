/** Conversion of one scalar between element types, as text. */
import { type DType, dtypes } from "../../hlo/dtype.js";
import { complex } from "../functions/complex-number.js";
import type { Bindings } from "../text/source.js";

const limits = (d: DType): readonly [low: number, high: number] => {
  const width = 8 * dtypes[d].bytes;
  return dtypes[d].kind === "unsigned" ? [0, 2 ** width - 1] : [-(2 ** (width - 1)), 2 ** (width - 1) - 1];
};

/** Truncates, saturates, and takes NaN to 0. */
const floatToInteger = (d: DType): ((x: number) => number) => {
  const [low, high] = limits(d);
  return (x) => (x <= low ? low : x >= high ? high : !Number.isNaN(x) ? Math.trunc(x) : 0);
};
const floatToInt64 = (x: number): bigint => {
  if (x >= 2 ** 63) return 2n ** 63n - 1n;
  if (x <= -(2 ** 63)) return -(2n ** 63n);
  return !Number.isNaN(x) ? BigInt(Math.trunc(x)) : 0n;
};
const floatToUint64 = (x: number): bigint => {
  if (x >= 2 ** 64) return 2n ** 64n - 1n;
  return x > 0 ? BigInt(Math.trunc(x)) : 0n;
};

/**
 * The number to be rounded once to a narrower float. A 64-bit integer beyond 2^53 would round first to float64
 * and then again; putting a sticky last bit in keeps the second rounding right.
 */
const bigToRoundable = (x: bigint): number => {
  const magnitude = x < 0n ? -x : x;
  if (magnitude < 2n ** 53n) return Number(x);
  const rest = magnitude & 0x7ffn;
  const sticky = (magnitude & ~0x7ffn) | (rest === 0n ? 0n : 0x800n);
  return Number(x < 0n ? -sticky : sticky);
};

/** Converts the scalar named `x`; rounding and wrapping to the target are left to the store. */
export const convertText = (from: DType, to: DType, x: string, b: Bindings): string => {
  const source = dtypes[from].kind;
  const target = dtypes[to].kind;
  const wideSource = dtypes[from].storage === BigInt64Array || dtypes[from].storage === BigUint64Array;
  const wideTarget = to === "int64" || to === "uint64";
  if (source === "complex") return target === "complex" ? x : convertText("float64", to, `${x}.re`, b);
  switch (target) {
    case "complex":
      return `${b.shared("complex", complex)}(${convertText(from, "float64", x, b)}, 0)`;
    case "bool":
      return wideSource ? `(${x} !== 0n ? 1 : 0)` : `(${x} !== 0 ? 1 : 0)`;
    case "float":
      if (!wideSource) return x;
      return to === "float64" ? `Number(${x})` : `${b.shared("bigToRoundable", bigToRoundable)}(${x})`;
    case "signed":
    case "unsigned":
      if (source === "float") {
        if (to === "int64") return `${b.shared("floatToInt64", floatToInt64)}(${x})`;
        if (to === "uint64") return `${b.shared("floatToUint64", floatToUint64)}(${x})`;
        return `${b.shared(`floatTo_${to}`, floatToInteger(to))}(${x})`;
      }
      if (wideTarget) return wideSource ? x : `BigInt(${x})`;
      // The low 32 bits are all that a narrow target keeps.
      return wideSource ? `Number(BigInt.asIntN(32, ${x}))` : x;
    case "void":
      return "0";
  }
};
