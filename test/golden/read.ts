// Reads the JSON written by the make_*.py scripts beside this file; encode.py says how values are spelled there.
import { readFileSync } from "node:fs";

/** A number as the files spell it: "nan", "inf", "-inf" and "-0" have no JSON number; 64-bit integers are strings. */
export type GoldenNumber = number | string;

export interface GoldenArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly weak: boolean;
  /** Row-major: booleans, numbers, or [re, im] pairs. */
  readonly data: readonly (boolean | GoldenNumber | readonly [GoldenNumber, GoldenNumber])[];
}

export type GoldenValue =
  | null
  | boolean
  | GoldenNumber
  | GoldenArray
  | readonly GoldenValue[]
  | { readonly [key: string]: GoldenValue };

export interface GoldenFile<R> {
  readonly meta: { readonly jax: string; readonly [key: string]: unknown };
  readonly records: readonly R[];
}

export function readGolden<R>(name: string): GoldenFile<R> {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as GoldenFile<R>;
}

const special: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, "-inf": -Infinity, "-0": -0 };

export function decodeNumber(x: GoldenNumber): number {
  if (typeof x === "number") return x;
  const value = special[x] ?? Number(x);
  if (Number.isNaN(value) && x !== "nan") throw new Error(`golden data: '${x}' is not a number`);
  return value;
}

export const isGoldenArray = (x: unknown): x is GoldenArray =>
  typeof x === "object" && x !== null && "dtype" in x && "shape" in x && "data" in x;

/** Flat row-major numbers; booleans as 0 and 1; a complex array gives re, im, re, im, …; int64 may round, see decodeBigints. */
export function decodeNumbers(a: GoldenArray): number[] {
  return a.data.flatMap((v) =>
    typeof v === "boolean" ? [Number(v)] : typeof v === "object" ? v.map(decodeNumber) : [decodeNumber(v)],
  );
}

/** Exact integers, of int64 and uint64 above all. */
export function decodeBigints(a: GoldenArray): bigint[] {
  return a.data.map((v) => {
    if (typeof v === "object") throw new Error("golden data: a complex array has no integers");
    return BigInt(v);
  });
}

/** A recorded scalar argument: a plain number, or {"float": x} where Python had a float with an integer value. */
export function decodeScalar(x: GoldenValue): { value: number; isFloat: boolean } | undefined {
  if (typeof x === "number") return { value: x, isFloat: !Number.isInteger(x) };
  if (typeof x === "object" && x !== null && "float" in x) {
    const value = x.float;
    if (typeof value === "number" || typeof value === "string") return { value: decodeNumber(value), isFloat: true };
  }
  return undefined;
}
