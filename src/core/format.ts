/** Arrays as text, as NumPy prints them. */
import type { HostArray } from "../../xla-like/index.js";
import { realPart } from "../../xla-like/index.js";
import { type DType, isComplex, isFloat } from "./dtype.js";
import { type Complex, elementCount, readElement, type ScalarValue } from "./elements.js";
import { floatFormat } from "./format-number.js";

export interface FormatOptions {
  /** Digits after the point at most; 8 by default. */
  readonly precision?: number;
  /** Arrays of more elements are summed up; 1000 by default. */
  readonly threshold?: number;
  /** How many elements at each end of an axis a summary shows; 3 by default. */
  readonly edgeitems?: number;
  /** Lines are wrapped before this many characters; 75 by default. */
  readonly linewidth?: number;
  /** Prints small numbers as zeros instead of everything with exponents. */
  readonly suppressSmall?: boolean;
  /** What stands between elements; a space by default. */
  readonly separator?: string;
  /** Text that will stand before the array: later lines are indented by its length. */
  readonly prefix?: string;
}
export const formatOptions = [
  "precision",
  "threshold",
  "edgeitems",
  "linewidth",
  "suppressSmall",
  "separator",
  "prefix",
];

/** How to print an element so that all of those shown align. */
function elementFormat(
  shown: readonly ScalarValue[],
  dtype: DType,
  scalar: boolean,
  options: FormatOptions,
): (x: ScalarValue) => string {
  const numbers = { precision: options.precision ?? 8, suppressSmall: options.suppressSmall ?? false };
  if (isFloat(dtype)) {
    const format = floatFormat(shown as number[], dtype, numbers);
    return (x) => format(x as number);
  }
  if (isComplex(dtype)) {
    const part = realPart(dtype);
    const values = shown as Complex[];
    const re = floatFormat(
      values.map((z) => z.re),
      part,
      numbers,
    );
    const im = floatFormat(
      values.map((z) => z.im),
      part,
      numbers,
      true,
    );
    return (x) => {
      const z = x as Complex;
      const imaginary = im(z.im);
      const end = imaginary.trimEnd().length;
      return `${re(z.re)}${imaginary.slice(0, end)}j${imaginary.slice(end)}`;
    };
  }
  if (dtype === "bool") return (x) => (x ? (scalar ? "True" : " True") : "False");
  const width = shown.reduce<number>((n, x) => Math.max(n, String(x).length), 0);
  return (x) => String(x).padStart(width);
}

/**
 * An array as NumPy's `array2string` writes it.
 * @param data row-major elements in storage
 */
export function formatArray(
  data: HostArray,
  shape: readonly number[],
  dtype: DType,
  options: FormatOptions = {},
): string {
  const { threshold = 1000, edgeitems = 3, linewidth = 75, separator = " ", prefix = "" } = options;
  if (dtype === "float0") return `float0[${shape.join(",")}]`;
  const size = elementCount(shape);
  if (size === 0) return "[]";
  const summarized = size > threshold;
  const strides = shape.map((_, d) => elementCount(shape.slice(d + 1)));
  /** The indices along an axis that are shown; null where the rest is left out. */
  const along = shape.map((n) => {
    const all = Array.from({ length: n }, (_, i): number | null => i);
    if (!summarized || n <= 2 * edgeitems) return all;
    return [...all.slice(0, edgeitems), null, ...(edgeitems === 0 ? [] : all.slice(-edgeitems))];
  });

  const shown: ScalarValue[] = [];
  const collect = (d: number, offset: number): void => {
    if (d === shape.length) shown.push(readElement(data, offset, dtype));
    else for (const i of along[d]) if (i !== null) collect(d + 1, offset + i * strides[d]);
  };
  collect(0, 0);
  const format = elementFormat(shown, dtype, shape.length === 0, options);

  const level = (d: number, offset: number, indent: string, width: number): string => {
    if (d === shape.length) return format(readElement(data, offset, dtype));
    const items = along[d];
    const text = (i: number | null): string =>
      i === null ? "..." : level(d + 1, offset + i * strides[d], `${indent} `, width - 1);
    if (d < shape.length - 1) {
      const between = separator.trimEnd() + "\n".repeat(shape.length - d - 1);
      return `[${items.map((i, k) => (k === 0 ? "" : indent) + text(i)).join(between)}]`;
    }
    const room = width - Math.max(separator.trimEnd().length, 1);
    let lines = "";
    let line = indent;
    items.forEach((i, k) => {
      const word = text(i);
      if (line.length + word.length > room && line.length > indent.length) {
        lines += `${line.trimEnd()}\n`;
        line = indent;
      }
      line += word;
      if (k < items.length - 1) line += separator;
    });
    return `[${(lines + line).slice(indent.length)}]`;
  };
  return level(0, 0, ` ${" ".repeat(prefix.length)}`, linewidth);
}
