/** Numbers that say what is in a tensor. */
import type { DType } from "../../core/dtype.js";
import { hostValues } from "../../core/elements.js";
import type { Elements } from "./leaves.js";

export interface Statistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  readonly nan: number;
  readonly infinite: number;
  readonly zeros: number;
}

const isComplex = (dtype: DType): boolean => dtype === "complex64" || dtype === "complex128";

/** Calls `visit` with each element; of a complex one, with its magnitude. */
export function eachValue({ dtype, data }: Elements, visit: (x: number, i: number) => void): void {
  if (isComplex(dtype)) {
    for (let i = 0; 2 * i < data.length; i++) visit(Math.hypot(Number(data[2 * i]), Number(data[2 * i + 1])), i);
    return;
  }
  const values = hostValues(data, dtype);
  for (let i = 0; i < values.length; i++) visit(Number(values[i]), i);
}

/**
 * Of all elements that are finite; mean and deviation by Welford's recurrence, which loses no digits to large sums.
 * Source: B. P. Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
 */
export function statistics(elements: Elements): Statistics {
  let [min, max, mean, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  let [finite, nan, infinite, zeros] = [0, 0, 0, 0];
  eachValue(elements, (x) => {
    if (Number.isNaN(x)) nan += 1;
    else if (!Number.isFinite(x)) infinite += 1;
    else {
      finite += 1;
      if (x === 0) zeros += 1;
      if (x < min) min = x;
      if (x > max) max = x;
      const off = x - mean;
      mean += off / finite;
      squares += off * (x - mean);
    }
  });
  const none = finite === 0 ? Number.NaN : 0;
  return {
    min: min + none,
    max: max + none,
    mean: mean + none,
    std: Math.sqrt(squares / finite),
    nan,
    infinite,
    zeros,
  };
}
