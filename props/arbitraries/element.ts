/** Numbers for tensors: round ones, repeated ones and random ones, and simpler ones in their place. */
import type * as fc from "fast-check";
import { type DType, dtypes, isComplex, isInexact } from "../../src/core/dtype.js";

import { ArgumentError } from "../../src/prelude/errors.js";

/** Bounds of values, inclusive. */
export interface ElementRange {
  readonly min: number;
  readonly max: number;
}

/** Round numbers, the simplest first. */
const roundNumbers = [0, 1, -1, 0.5, -0.5, 2, -2, 3, -3];

const isRoundable = (dtype: DType): boolean => !isInexact(dtype);

/** Whether a value of this dtype may be `x`. */
export function fits(x: number, dtype: DType, { min, max }: ElementRange): boolean {
  if (dtype === "bool") return x === 0 || x === 1;
  if (dtypes[dtype].kind === "unsigned" && x < 0) return false;
  return x >= min && x <= max && (!isRoundable(dtype) || Number.isInteger(x));
}

/** The round numbers that values may be. */
export const roundOf = (dtype: DType, range: ElementRange): number[] =>
  roundNumbers.filter((x) => fits(x, dtype, range));

/** The simplest value there is. */
export function simplest(dtype: DType, range: ElementRange): number {
  const round = roundOf(dtype, range);
  if (round.length > 0) return round[0];
  const whole = range.min > 0 ? Math.ceil(range.min) : Math.floor(range.max);
  // Not a bound, which the dtype may round to beyond itself.
  return fits(whole, dtype, range) ? whole : (range.min + range.max) / 2;
}

/**
 * As many numbers as asked for, in one of four manners: random; round; some repeated; all the same. Ties and round
 * values are where rules for special cases hide, random values where the others do.
 */
export function drawElements(mrng: fc.Random, count: number, dtype: DType, range: ElementRange): Float64Array {
  const round = roundOf(dtype, range);
  const random = (): number => {
    if (dtype === "bool") return mrng.nextInt(0, 1);
    if (isRoundable(dtype)) {
      const low = Math.ceil(dtypes[dtype].kind === "unsigned" ? Math.max(0, range.min) : range.min);
      const high = Math.floor(range.max);
      if (low > high) {
        throw new ArgumentError("CT003", `arbitraries.tensor: no ${dtype} is between ${range.min} and ${range.max}.`);
      }
      return mrng.nextInt(low, high);
    }
    const x = range.min + mrng.nextDouble() * (range.max - range.min);
    // Few digits, for those who read counterexamples.
    const short = Math.fround(Math.round(1000 * x) / 1000);
    return fits(short, dtype, range) ? short : x;
  };
  const roundish = (): number => (round.length > 0 ? round[mrng.nextInt(0, round.length - 1)] : random());
  const numbers = new Float64Array(count * (isComplex(dtype) ? 2 : 1));
  const manner = mrng.nextInt(0, 9);
  const constant = roundish();
  for (let i = 0; i < numbers.length; i++) {
    if (manner < 4) numbers[i] = random();
    else if (manner < 7) numbers[i] = roundish();
    else if (manner === 9) numbers[i] = constant;
    else if (i > 0 && mrng.nextInt(0, 1) === 0) numbers[i] = numbers[mrng.nextInt(0, i - 1)];
    else numbers[i] = mrng.nextInt(0, 1) === 0 ? roundish() : random();
  }
  return numbers;
}

/** How far from simple a number is: less is simpler. Ordered by roundness, then by size, positive first. */
export function complexity(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0.5 : 0;
  const size = Math.min(Math.abs(x), 1e6);
  if (Object.is(x, 0)) return 0;
  if (Number.isInteger(x)) return 1 + size + sign;
  if (Number.isInteger(2 * x)) return 2e6 + size + sign;
  if (Number.isInteger(Math.fround(10 * x))) return 4e6 + size + sign;
  return 8e6 + size + sign;
}

/** Simpler numbers to try in place of one, the simplest first. */
export function simpler(x: number, dtype: DType, range: ElementRange): number[] {
  const candidates = [
    simplest(dtype, range),
    1,
    -x,
    Math.trunc(x),
    Math.sign(x) * Math.ceil(Math.abs(x)),
    Math.trunc(x / 2),
    x - Math.sign(x),
    Math.round(2 * x) / 2,
    Math.fround(Math.round(10 * x) / 10),
  ];
  const own = complexity(x);
  return [...new Set(candidates)].filter((c) => fits(c, dtype, range) && complexity(c) < own);
}
