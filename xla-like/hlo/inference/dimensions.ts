/** Checks on lists of dimension numbers, shared by the other inference files. */
import { check } from "../error.js";

const isIndex = (d: number, bound: number): boolean => Number.isInteger(d) && d >= 0 && d < bound;

/** Each entry is a dimension of a rank-`rank` array, and none comes twice. */
export const checkDimensions = (what: string, dimensions: readonly number[], rank: number): void => {
  for (const d of dimensions) check(isIndex(d, rank), () => `${what} has ${d}, which is no dimension of rank ${rank}`);
  check(new Set(dimensions).size === dimensions.length, () => `${what} {${dimensions}} repeats a dimension`);
};

export const checkIncreasing = (what: string, dimensions: readonly number[]): void =>
  check(
    dimensions.every((d, i) => i === 0 || dimensions[i - 1] < d),
    () => `${what} {${dimensions}} must be increasing`,
  );

export const checkLength = (what: string, list: readonly unknown[], length: number): void =>
  check(list.length === length, () => `${what} has ${list.length} entries, but needs ${length}`);

/** Sizes of a shape: integers from 0 on. */
export const checkSizes = (what: string, dims: readonly number[]): void =>
  check(
    dims.every((d) => Number.isSafeInteger(d) && d >= 0),
    () => `${what} [${dims}] must hold non-negative integers`,
  );

export const checkIntegers = (what: string, list: readonly number[]): void =>
  check(list.every(Number.isSafeInteger), () => `${what} {${list}} must hold integers`);

/** 0 … n-1 without the given ones. */
export const remaining = (n: number, without: readonly number[]): number[] =>
  Array.from({ length: n }, (_, i) => i).filter((i) => !without.includes(i));
