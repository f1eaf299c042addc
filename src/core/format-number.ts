/** Columns of numbers as NumPy prints them: the shortest digits that tell each number apart, aligned at the point. */
import { bf16ToNumber, f16ToNumber, numberToBf16, numberToF16 } from "../../xla-like/index.js";
import type { DType } from "./dtype.js";

/** Rounds to the values of a float type. */
const rounders: Partial<Record<DType, (x: number) => number>> = {
  float32: Math.fround,
  float16: (x) => f16ToNumber(numberToF16(x)),
  bfloat16: (x) => bf16ToNumber(numberToBf16(x)),
};

/** The fewest significant digits from which the type's rounding gives x back, in exponential notation. */
function shortest(x: number, dtype: DType): string {
  const round = rounders[dtype];
  if (round === undefined) return x.toExponential();
  for (let digits = 0; digits < 9; digits++) {
    const text = x.toExponential(digits);
    if (round(Number(text)) === x) return text;
  }
  return x.toExponential();
}

const trimZeros = (fraction: string): string => fraction.replace(/0+$/, "");

/** x written with so many digits after the point. JavaScript rounds exact halves up; here they go to the even digit. */
function roundHalfEven(x: number, digits: number, write: (x: number, digits: number) => string): string {
  const rounded = write(x, digits);
  const [exact, exponent = ""] = write(x, Math.min(100, digits + 60)).split("e");
  const at = exact.indexOf(".") + 1 + digits;
  const isHalf = /^50*$/.test(exact.slice(at));
  const before = exact.slice(0, at).replace(/\.$/, "");
  if (!isHalf || Number(before.at(-1)) % 2 === 1) return rounded;
  return exponent === "" ? before : `${before}e${exponent}`;
}

/** Digits before and after the point of |x|, at most `precision` after it. */
function positional(x: number, dtype: DType, precision: number): [whole: string, fraction: string] {
  const [mantissa, exponent] = shortest(Math.abs(x), dtype).split("e");
  const digits = mantissa.replace(".", "");
  const point = Number(exponent) + 1;
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const at = Math.max(point, 1);
  const fraction = trimZeros(padded.slice(at));
  if (fraction.length <= precision) return [padded.slice(0, at), fraction];
  const [whole, rounded = ""] = roundHalfEven(Math.abs(x), precision, (y, n) => y.toFixed(n)).split(".");
  return [whole, trimZeros(rounded)];
}

/** The digit before the point, those after it, and the exponent of |x|. */
function scientific(x: number, dtype: DType, precision: number): [whole: string, fraction: string, exponent: string] {
  const parse = (text: string): [string, string, string] => {
    const [mantissa, exponent] = text.split("e");
    const [whole, fraction = ""] = mantissa.split(".");
    return [whole, trimZeros(fraction), exponent[0] + exponent.slice(1).padStart(2, "0")];
  };
  const full = parse(shortest(Math.abs(x), dtype));
  return full[1].length <= precision
    ? full
    : parse(roundHalfEven(Math.abs(x), precision, (y, n) => y.toExponential(n)));
}

export interface NumberOptions {
  /** Digits after the point at most. */
  readonly precision: number;
  /** Whether small numbers are printed as zeros rather than the whole with exponents. */
  readonly suppressSmall: boolean;
}

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

/** How to print floats so that all of `xs` align. `plus` writes the sign of positive numbers too. */
export function floatFormat(
  xs: readonly number[],
  dtype: DType,
  { precision, suppressSmall }: NumberOptions,
  plus = false,
): (x: number) => string {
  const finite = xs.filter(Number.isFinite);
  const magnitudes = finite.filter((x) => x !== 0).map(Math.abs);
  const largest = magnitudes.reduce((a, b) => Math.max(a, b), 0);
  const least = magnitudes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  // Compared as numbers of the type, so that 0.0001 is not small for being rounded.
  const as = rounders[dtype] ?? ((x: number) => x);
  const wide = largest >= as(1e8) || (!suppressSmall && (least < as(0.0001) || as(largest / least) > 1000));
  const useExponent = magnitudes.length > 0 && wide;
  const sign = (x: number): string => (isNegative(x) ? "-" : plus ? "+" : "");

  const parts = finite.map((x) => ({
    x,
    p: useExponent ? scientific(x, dtype, precision) : positional(x, dtype, precision),
  }));
  const fractionDigits = parts.reduce((n, { p }) => Math.max(n, p[1].length), 0);
  const exponentDigits = parts.reduce((n, { p }) => Math.max(n, (p[2] ?? "").length), 0);
  const right = fractionDigits + 1 + (useExponent ? 1 + exponentDigits : 0);
  const special = (x: number): string => (Number.isNaN(x) ? (plus ? "+nan" : "nan") : `${sign(x)}inf`);
  const left = xs.reduce((n, x) => {
    if (!Number.isFinite(x)) return Math.max(n, special(x).length - right);
    const [whole] = useExponent ? scientific(x, dtype, precision) : positional(x, dtype, precision);
    return Math.max(n, sign(x).length + whole.length);
  }, 0);

  return (x) => {
    if (!Number.isFinite(x)) return special(x).padStart(left + right);
    if (!useExponent) {
      const [whole, fraction] = positional(x, dtype, precision);
      return `${(sign(x) + whole).padStart(left)}.${fraction.padEnd(fractionDigits)}`;
    }
    const [whole, fraction, exponent] = scientific(x, dtype, precision);
    const digits = exponent[0] + exponent.slice(1).padStart(exponentDigits - 1, "0");
    return `${(sign(x) + whole).padStart(left)}.${fraction.padEnd(fractionDigits, "0")}e${digits}`;
  };
}
