/** Arithmetic of trees of tensors, leaf by leaf. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { asDType, type DType, isComplex, isFloat, isInteger, promoteTypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { ArgumentError, DTypeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import * as random from "../random/index.js";
import { flattenInto } from "../tree/flatten.js";
import * as tree from "../tree/index.js";
import { absSquare, complement, like, plus, powerBeside, times } from "./scalars.js";
import type { Scalar } from "./types.js";

/** The leaves as tensors. */
export const tensorLeaves = (t: unknown): Tensor[] => {
  const leaves: unknown[] = [];
  flattenInto(t, leaves);
  return leaves.map((x) => asTensor(x as ArrayLike, "optim: a leaf"));
};

/** Applies f to the leaves of trees of one structure, as tensors; the result has the first one's structure. */
export const mapTensors = <T>(f: (...leaves: Tensor[]) => unknown, t: T, ...rest: readonly unknown[]): T =>
  tree.map(
    (...leaves: unknown[]) => f(...leaves.map((x) => asTensor(x as ArrayLike, "optim: a leaf"))),
    t as unknown,
    ...(rest as [unknown]),
  ) as T;

/** Applies f to leaves and the hyperparameter or subtree that stands in their place in other trees. */
export const mapLoose = <T>(f: (...leaves: never[]) => unknown, t: T, ...rest: readonly unknown[]): T =>
  tree.map(f as (...leaves: unknown[]) => unknown, t as unknown, ...(rest as [unknown])) as T;

/** The sum of trees, leaf by leaf. */
export const treeAdd = <T>(x: T, ...others: readonly unknown[]): T =>
  mapTensors((...leaves) => leaves.reduce((a, b) => np.add(a, b)), x, ...others);
/** x - y, leaf by leaf. */
export const treeSub = <T>(x: T, y: unknown): T => mapTensors(np.subtract, x, y);
/** x · y, leaf by leaf. */
export const treeMul = <T>(x: T, y: unknown): T => mapTensors(np.multiply, x, y);
/** x / y, leaf by leaf. */
export const treeDiv = <T>(x: T, y: unknown): T => mapTensors(np.divide, x, y);
/** h · x for every leaf x. */
export const treeScale = <T>(h: Scalar, x: T): T => mapTensors((a) => times(h, a), x);
/** x + h · y, leaf by leaf. */
export const treeAddScale = <T>(x: T, h: Scalar, y: unknown): T => mapTensors((a, b) => np.add(a, times(h, b)), x, y);

/** The inner product of two trees: the sum of conj(x) · y over all elements. */
export function treeVdot(x: unknown, y: unknown): Tensor {
  const [a, b] = [tensorLeaves(x), tensorLeaves(y)];
  return sumOf(a.map((u, i) => np.vdot(u, b[i])));
}
const sumOf = (xs: readonly Tensor[]): Tensor =>
  xs.length === 0 ? p.full([], 0, "float32") : xs.reduce((u, v) => np.add(u, v));

/** The sum of all elements. */
export const treeSum = (t: unknown): Tensor => sumOf(tensorLeaves(t).map((x) => np.sum(x)));
/** The largest element of all; -∞ of an empty tree. */
export const treeMax = (t: unknown): Tensor => extremum(t, np.max, np.maximum, Number.NEGATIVE_INFINITY);
/** The smallest element of all; ∞ of an empty tree. */
export const treeMin = (t: unknown): Tensor => extremum(t, np.min, np.minimum, Number.POSITIVE_INFINITY);
const extremum = (
  t: unknown,
  of: (x: Tensor) => Tensor,
  combine: (x: Tensor, y: Tensor) => Tensor,
  start: number,
): Tensor =>
  tensorLeaves(t)
    .filter((x) => x.size > 0)
    .map((x) => of(x))
    .reduce((x, y) => combine(x, y), p.full([], start, "float32", true));
/** The number of elements. */
export const treeSize = (t: unknown): number => tensorLeaves(t).reduce((n, x) => n + x.size, 0);

export interface NormOptions {
  /** 2 by default, which is the length as one long vector; 1: the sum of moduli; Infinity: the largest. */
  readonly ord?: 1 | 2 | number | undefined;
  /** Gives the square instead. */
  readonly squared?: boolean | undefined;
}

/**
 * The norm of a tree as one long vector.
 * @throws ArgumentError CT004 for orders other than 1, 2 and Infinity
 */
export function treeNorm(t: unknown, options: NormOptions = {}): Tensor {
  checkOptions("optim.treeNorm", options, ["ord", "squared"]);
  const { ord = 2, squared = false } = options;
  if (ord === 2) {
    const square = sumOf(tensorLeaves(t).map((x) => np.sum(absSquare(x))));
    return squared ? square : p.sqrt(square);
  }
  if (ord !== 1 && ord !== Number.POSITIVE_INFINITY) {
    throw new ArgumentError("CT004", `optim.treeNorm: ord is ${ord}. Use 1, 2 or Infinity.`);
  }
  const moduli = mapTensors((x) => np.abs(x), t);
  const norm = ord === 1 ? treeSum(moduli) : treeMax(moduli);
  return squared ? p.mul(norm, norm) : norm;
}

/** The length of a tree of tensors as one long vector. */
export const globalNorm = (t: unknown): Tensor => treeNorm(t);

const dtypeOf = (fn: string, dtype: DType | null | undefined): DType | undefined =>
  dtype === undefined || dtype === null ? undefined : asDType(dtype, fn);

/** Zeros of the same shapes, in the given dtype or the leaves' own. */
export const treeZerosLike = <T>(t: T, dtype?: DType | null): T => treeFullLike(t, 0, dtype);
/** Ones of the same shapes. */
export const treeOnesLike = <T>(t: T, dtype?: DType | null): T => treeFullLike(t, 1, dtype);
/** One value in the same shapes. */
export function treeFullLike<T>(t: T, value: Scalar, dtype?: DType | null): T {
  const own = dtypeOf("optim.treeFullLike", dtype);
  return mapTensors((x) => {
    if (typeof value === "number") return p.full(x.shape, value, own ?? x.dtype);
    return np.broadcastTo(p.convert(value, own ?? x.dtype), x.shape);
  }, t);
}
/** Each element between the bounds. */
export const treeClip = <T>(t: T, low: Scalar | null, high: Scalar | null): T =>
  mapTensors((x) => {
    const above = low === null ? x : p.max(x, like(x, low));
    return high === null ? above : p.min(above, like(x, high));
  }, t);
/** The leaves in a dtype; as they are without one. */
export function treeCast<T>(t: T, dtype: DType | null | undefined): T {
  const d = dtypeOf("optim.treeCast", dtype);
  return d === undefined ? t : mapTensors((x) => p.convert(x, d), t);
}
/** The leaves in the dtypes of another tree's. */
export const treeCastLike = <T>(t: T, other: unknown): T => mapTensors((x, y) => p.convert(x, y.dtype), t, other);
/** Complex conjugates. */
export const treeConj = <T>(t: T): T => mapTensors((x) => (isComplex(x.dtype) ? p.conj(x) : x), t);
/** Real parts. */
export const treeReal = <T>(t: T): T => mapTensors((x) => (isComplex(x.dtype) ? p.real(x) : x), t);
/** Each leaf from x where the condition holds, from y elsewhere. */
export const treeWhere = <T>(condition: Tensor, x: T, y: unknown): T =>
  mapTensors((a, b) => choose(condition, a, b), x, y);
/** Whether all leaves of two trees are close. */
export const treeAllclose = (
  x: unknown,
  y: unknown,
  options: { readonly rtol?: number; readonly atol?: number; readonly equalNan?: boolean } = {},
): Tensor => {
  checkOptions("optim.treeAllclose", options, ["rtol", "atol", "equalNan"]);
  const [a, b] = [tensorLeaves(x), tensorLeaves(y)];
  return a.map((u, i) => np.allclose(u, b[i], options)).reduce((u, v) => p.bitwiseAnd(u, v), p.full([], true, "bool"));
};
/** Each leaf repeated over new leading axes. */
export const treeBatchShape = <T>(t: T, shape: readonly number[]): T =>
  mapTensors((x) => np.broadcastTo(x, [...shape, ...x.shape]), t);

export type DtypeMode = "common" | "lowest" | "highest" | "promote";
/**
 * The dtype of a tree: the one they all have (null if they differ), the least or greatest of their lattice, or what they
 * promote to.
 */
export function treeDtype(t: unknown, mode: DtypeMode = "common"): DType | null {
  const all = [...new Set(tensorLeaves(t).map((x) => x.dtype))];
  if (all.length === 0) return null;
  if (mode === "common") return all.length === 1 ? all[0] : null;
  const promoted = (ds: readonly DType[]): DType => promoteTypes(ds.map((dtype) => ({ dtype, weakType: false }))).dtype;
  if (mode === "promote") return promoted(all);
  const wanted = all.find((d) => all.every((e) => promoted([d, e]) === (mode === "highest" ? d : e)));
  if (wanted !== undefined) return wanted;
  throw new DTypeError("CT104", `optim.treeDtype: of ${all.join(", ")} none is the ${mode}. Use mode 'promote'.`);
}

/** A key for each leaf. */
export function treeSplitKeyLike<T>(key: Tensor, target: T): T {
  const leaves: unknown[] = [];
  const treedef = flattenInto(target, leaves);
  return treedef.unflatten(leaves.length === 0 ? [] : np.unstack(random.split(key, leaves.length))) as T;
}

/** Random leaves of the same shapes; standard normal by default. */
export const treeRandomLike = <T>(
  key: Tensor,
  target: T,
  sampler: (key: Tensor, shape: readonly number[], options: { readonly dtype: DType }) => Tensor = random.normal,
): T => mapTensors((k, x) => sampler(k, x.shape, { dtype: x.dtype }), treeSplitKeyLike(key, target), target);

/** (1 - decay) · gᵒʳᵈᵉʳ + decay · moment, leaf by leaf. */
export const treeUpdateMoment = <T>(updates: T, moments: unknown, decay: Scalar, order: number): T =>
  mapTensors((g, m) => blend(order === 1 ? g : p.integerPow(g, order), m, decay), updates, moments);
/** The same with the modulus of complex elements. */
export const treeUpdateMomentPerElemNorm = <T>(updates: T, moments: unknown, decay: Scalar, order: number): T =>
  mapTensors(
    (g, m) => {
      if (!isComplex(g.dtype)) return blend(order === 1 ? g : p.integerPow(g, order), m, decay);
      return blend(order === 2 ? absSquare(g) : p.pow(absSquare(g), order / 2), m, decay);
    },
    updates,
    moments,
  );
const blend = (g: Tensor, m: Tensor, decay: Scalar): Tensor => np.add(times(complement(decay), g), times(decay, m));

/** max(|g| + eps, decay · moment), leaf by leaf. */
export const treeUpdateInfinityMoment = <T>(updates: T, moments: unknown, decay: Scalar, eps: Scalar): T =>
  mapTensors((g, m) => np.maximum(plus(p.abs(g), eps), times(decay, m)), updates, moments);

/** Moments divided by 1 - decayᶜᵒᵘⁿᵗ, the weight that the gradients have in them. */
export const treeBiasCorrection = <T>(moments: T, decay: Scalar, count: Tensor): T =>
  mapTensors((m) => p.div(m, p.convert(p.sub(1, powerBeside(m, decay, count)), m.dtype)), moments);

/** x where a scalar condition holds, else y; of one dtype and shape. */
export const choose = (condition: Tensor, x: Tensor, y: Tensor): Tensor =>
  p.select(condition, x, p.convert(y, x.dtype));

/**
 * count + 1, which stays at the greatest value of its type.
 * @throws DTypeError CT105 for a count that is no number
 */
export function safeIncrement(count: Tensor): Tensor {
  if (!isInteger(count.dtype) && !isFloat(count.dtype)) {
    throw new DTypeError(
      "CT105",
      `optim.safeIncrement: the count is ${count.dtype}, but it must be an integer or a float.`,
    );
  }
  const greatest = isInteger(count.dtype) ? np.iinfo(count.dtype).max : np.finfo(count.dtype).max;
  return p.select(p.lt(count, greatest), p.add(count, 1), p.fullLike(count, greatest));
}
