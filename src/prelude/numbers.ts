import { ArgumentError, ShapeError } from "./errors.js";
import { describeType } from "./options.js";

/** `[0, 1, …, stop - 1]`, or `[start, …, stop - 1]`. */
export function range(stop: number): number[];
export function range(start: number, stop: number, step?: number): number[];
export function range(a: number, b?: number, step = 1): number[] {
  const [start, stop] = b === undefined ? [0, a] : [a, b];
  const out: number[] = [];
  if (step > 0) for (let i = start; i < stop; i += step) out.push(i);
  else if (step < 0) for (let i = start; i > stop; i += step) out.push(i);
  else throw new RangeError("range: step is 0");
  return out;
}

/** The product of the numbers; 1 for none. */
export function prod(xs: readonly number[]): number {
  let p = 1;
  for (let i = 0; i < xs.length; i++) p *= xs[i];
  return p;
}

/** The sum of the numbers; 0 for none. */
export function sum(xs: readonly number[]): number {
  let s = 0;
  for (let i = 0; i < xs.length; i++) s += xs[i];
  return s;
}

/** Same length and the same elements by `Object.is`. */
export function arraysEqual<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** Pairs up to the shorter of two arrays. */
export function zip<A, B>(a: readonly A[], b: readonly B[]): [A, B][] {
  const n = Math.min(a.length, b.length);
  const out: [A, B][] = [];
  for (let i = 0; i < n; i++) out.push([a[i], b[i]]);
  return out;
}

/** The two halves of an array of pairs. */
export function unzip<A, B>(pairs: readonly (readonly [A, B])[]): [A[], B[]] {
  return [pairs.map((p) => p[0]), pairs.map((p) => p[1])];
}

/** The elements where the mask is false, then those where it is true (JAX's order). */
export function partition<T>(mask: readonly boolean[], xs: readonly T[]): [T[], T[]] {
  const no: T[] = [];
  const yes: T[] = [];
  for (let i = 0; i < xs.length; i++) (mask[i] ? yes : no).push(xs[i]);
  return [no, yes];
}

/** The inverse of `partition`. */
export function merge<T>(mask: readonly boolean[], no: readonly T[], yes: readonly T[]): T[] {
  let i = 0;
  let j = 0;
  return mask.map((m) => (m ? yes[j++] : no[i++]));
}

/** Consecutive runs of the given lengths; the lengths must add up to `xs.length`. */
export function splitList<T>(xs: readonly T[], lengths: readonly number[]): T[][] {
  if (sum(lengths) !== xs.length) throw new RangeError(`splitList: lengths ${lengths} for ${xs.length} elements`);
  const out: T[][] = [];
  let start = 0;
  for (const n of lengths) {
    out.push(xs.slice(start, start + n));
    start += n;
  }
  return out;
}

/** True when `perm` holds each of 0 … n-1 once (n defaults to its length). */
export function isPermutation(perm: readonly number[], n: number = perm.length): boolean {
  if (perm.length !== n) return false;
  const seen = new Array<boolean>(n).fill(false);
  for (const p of perm) {
    if (!Number.isInteger(p) || p < 0 || p >= n || seen[p]) return false;
    seen[p] = true;
  }
  return true;
}

/** `inverse[perm[i]] === i`. */
export function invertPermutation(perm: readonly number[]): number[] {
  if (!isPermutation(perm)) {
    throw new ShapeError("CT102", `[${perm}] is not a permutation. Give each of 0 … ${perm.length - 1} once.`);
  }
  const inverse = new Array<number>(perm.length);
  for (let i = 0; i < perm.length; i++) inverse[perm[i]] = i;
  return inverse;
}

/**
 * A non-negative axis: -1 is the last.
 * @throws ShapeError (CT100) unless `-ndim <= axis < ndim`
 */
export function normalizeAxis(axis: number, ndim: number, fnName: string): number {
  if (Number.isInteger(axis) && axis >= -ndim && axis < ndim) return axis < 0 ? axis + ndim : axis + 0;
  const allowed =
    ndim === 0
      ? "A scalar has no axes."
      : `Use an integer from ${-ndim} to ${ndim - 1}; negative axes count from the end.`;
  throw new ShapeError("CT100", `${fnName}: axis ${axis} is out of range for an array of rank ${ndim}. ${allowed}`);
}

/**
 * Non-negative axes in the order given; `null` and `undefined` mean every axis.
 * @throws ShapeError (CT100 out of range, CT101 given twice), ArgumentError CT003 for anything but integers
 */
export function normalizeAxes(
  axes: number | readonly number[] | null | undefined,
  ndim: number,
  fnName: string,
): number[] {
  if (axes === null || axes === undefined) return range(ndim);
  if (typeof axes === "number") return [normalizeAxis(axes, ndim, fnName)];
  if (!Array.isArray(axes)) {
    throw new ArgumentError(
      "CT003",
      `${fnName}: axis must be an integer, a list of them or null, but it is ${describeType(axes)}. ` +
        "It is given by its place, before the options.",
    );
  }
  const out = axes.map((axis) => normalizeAxis(axis, ndim, fnName));
  for (let i = 0; i < out.length; i++) {
    if (out.indexOf(out[i]) !== i) {
      throw new ShapeError(
        "CT101",
        `${fnName}: axis ${out[i]} is given twice in [${axes}] (rank ${ndim}). Name each axis once; ` +
          "a negative axis may be one already named.",
      );
    }
  }
  return out;
}

/** Marks a branch the types rule out; adding a case to the union then stops compiling here. */
export function assertNever(value: never, context = "unexpected value"): never {
  throw new TypeError(`${context}: ${String(value)}`);
}
