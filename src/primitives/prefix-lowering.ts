/** Prefix combinations as HLO: O(n) work for long axes, and few instructions. */

import type { HloBuilder, HloInstruction } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import type { DType } from "../core/dtype.js";
import { combine, identityElement } from "./reducers.js";

export type PrefixMonoid = "sum" | "prod" | "max" | "min" | "logsumexp";

/** Rows that are combined by doubling; sums of rows are then combined likewise. */
const rowLength = 16;

interface Prefix {
  readonly b: HloBuilder;
  readonly dtype: DType;
  readonly axis: number;
  readonly reverse: boolean;
  readonly identity: HloInstruction;
  combine(x: HloInstruction, y: HloInstruction): HloInstruction;
}

/** For each element along `axis` the combination of all up to it, or from it on. */
export function lowerPrefix(
  b: HloBuilder,
  x: HloInstruction,
  monoid: PrefixMonoid,
  { shape, dtype }: ShapedArray,
  axis: number,
  reverse: boolean,
): HloInstruction {
  if (shape.includes(0)) return x;
  const identity = b.scalar(dtype, monoid === "logsumexp" ? -Infinity : identityElement(monoid, dtype));
  const join = (u: HloInstruction, v: HloInstruction): HloInstruction =>
    monoid === "logsumexp" ? logaddexp(b, u, v) : combine(b, monoid, dtype, u, v);
  return prefix({ b, dtype, axis, reverse, identity, combine: join }, x, shape);
}

function prefix(p: Prefix, x: HloInstruction, shape: readonly number[]): HloInstruction {
  const { b, axis, reverse } = p;
  const n = shape[axis];
  if (n <= 2 * rowLength) return doubling(p, x, axis, n);
  const rows = Math.ceil(n / rowLength);
  const at = (size: number): number[] => shape.map((d, i) => (i === axis ? size : d));
  const zeros = shape.map(() => 0);
  const whole = shape.map((_, i) => (i === axis ? rows * rowLength - n : 0));
  const split = [...shape.slice(0, axis), rows, rowLength, ...shape.slice(axis + 1)];
  const padded = rows * rowLength === n ? x : b.pad(x, p.identity, zeros, whole);
  const within = doubling(p, b.reshape(padded, split), axis + 1, rowLength);
  const place = reverse ? 0 : rowLength - 1;
  const starts = split.map((_, i) => (i === axis + 1 ? place : 0));
  const limits = split.map((d, i) => (i === axis + 1 ? place + 1 : d));
  const totals = b.reshape(b.slice(within, starts, limits), at(rows));
  // What comes before each row: the prefixes of the rows' totals, one row on.
  const before = shifted(p, prefix(p, totals, at(rows)), axis, shape.length, 1);
  const dims = split.map((_, i) => i).filter((i) => i !== axis + 1);
  const joined = b.reshape(p.combine(b.broadcast(before, split, dims), within), at(rows * rowLength));
  return rows * rowLength === n ? joined : b.slice(joined, zeros, shape);
}

/** Every element takes in what stands 1, 2, 4, … places before it. */
function doubling(p: Prefix, x: HloInstruction, axis: number, n: number): HloInstruction {
  if (x.shape.kind !== "array") throw new TypeError("prefixes are of arrays");
  let y = x;
  for (let step = 1; step < n; step *= 2) y = p.combine(shifted(p, y, axis, x.shape.dims.length, step), y);
  return y;
}

/** x moved by `step` places, with the identity where nothing came from. */
function shifted(
  { b, identity, reverse }: Prefix,
  x: HloInstruction,
  axis: number,
  rank: number,
  step: number,
): HloInstruction {
  const along = (amount: number): number[] => Array.from({ length: rank }, (_, d) => (d === axis ? amount : 0));
  return reverse ? b.pad(x, identity, along(-step), along(step)) : b.pad(x, identity, along(step), along(-step));
}

function logaddexp(b: HloBuilder, x: HloInstruction, y: HloInstruction): HloInstruction {
  const delta = b.binary("subtract", x, y);
  const smaller = b.unary("exponential", b.unary("negate", b.unary("abs", delta)));
  const sum = b.binary("add", b.binary("maximum", x, y), b.unary("log-plus-one", smaller));
  // A NaN difference: NaNs, or infinities of one sign, whose sum is right.
  return b.select(b.compare(delta, delta, "NE"), b.binary("add", x, y), sum);
}
