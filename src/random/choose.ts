/** Choosing among elements: permutations, choices, categories. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { type DType, isInteger } from "../core/dtype.js";
import { literal } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { promoteInexact } from "../numpy/promote.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { prod, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { checkKey, checkShape, readOptions, type Shape, type ShapeOr, sampleShape } from "./arguments.js";
import { checkMode, gumbelSamples, type TailMode } from "./gumbel.js";
import { randintSamples } from "./integers.js";
import { splitKey } from "./keys.js";
import { take } from "./take.js";
import { uniformSamples } from "./uniform.js";

function checkAxis(fn: string, axis: number, ndim: number): number {
  if (Number.isInteger(axis) && axis >= -ndim && axis < ndim) return axis < 0 ? axis + ndim : axis;
  throw new ShapeError(
    "CT100",
    `${fn}: axis is ${axis}, but the operand has ${ndim} axes. Use one of -${ndim} to ${ndim - 1}.`,
  );
}

/** Sorts by random words until equal words are no concern: three times as many bits as positions need. */
const shuffleCall = jitted("_shuffle", ([key, x], axis: number) => {
  const rounds = Math.ceil((3 * Math.log(Math.max(1, x.size))) / Math.log(2 ** 32 - 1));
  let [next, out] = [key, x];
  for (let i = 0; i < rounds; i++) {
    const [rest, forSort] = splitKey(next, 2);
    next = rest;
    out = p.sort([p.threefryRandomBits(forSort, 32, x.shape), out], axis)[1];
  }
  return out;
});

/** How many elements a count stands for: a population given as a number. */
function populationSize(fn: string, x: Tensor): number {
  if (!isInteger(x.dtype)) {
    throw new ShapeError(
      "CT107",
      `${fn}: got a ${x.dtype} scalar. Give an integer, which stands for 0 to before it, or at least one axis.`,
    );
  }
  const n = Number(x.concrete(`${fn} of a number`).item());
  if (n >= 0) return n;
  throw new ArgumentError("CT004", `${fn}: the number of elements is ${n}. It must not be negative.`);
}

export interface PermutationOptions {
  readonly axis?: number | undefined;
  /** Whether each slice along the axis is shuffled by itself, rather than all alike. */
  readonly independent?: boolean | undefined;
}

/**
 * The elements in random order; of a number n, the numbers 0 to n - 1.
 * @param x an integer, or a tensor shuffled along `axis`
 * @throws ShapeError CT100 if the axis is out of range
 * @example
 * random.permutation(random.key(0), 5); // the numbers from 0 to 4 in some order
 */
export function permutation(key: Tensor, x: ArrayLike, options: PermutationOptions = {}): Tensor {
  const fn = "random.permutation";
  checkOptions(fn, options, ["axis", "independent"]);
  checkKey(fn, key);
  const operand = asTensor(x, fn);
  const axis = checkAxis(fn, options.axis ?? 0, Math.max(operand.ndim, 1));
  if (operand.ndim === 0) return shuffleCall([key, p.iota(operand.dtype, [populationSize(fn, operand)])], axis);
  if (options.independent || operand.ndim === 1) return shuffleCall([key, operand], axis);
  return take(operand, shuffleCall([key, p.iota("int32", [operand.shape[axis]])], 0), axis);
}

/** How many elements of a sorted vector are below each value, by bisection. */
function searchsorted(sorted: Tensor, values: Tensor): Tensor {
  const n = sorted.shape[0];
  let low = p.full(values.shape, 0, "int32");
  let high = p.full(values.shape, n, "int32");
  for (let size = n; size > 0; size = Math.floor(size / 2)) {
    const middle = p.div(p.add(low, high), 2);
    const open = p.lt(low, high);
    const below = p.bitwiseAnd(open, p.lt(take(sorted, p.min(middle, n - 1), 0), values));
    high = p.select(p.bitwiseAnd(open, p.bitwiseNot(below)), middle, high);
    low = p.select(below, p.add(middle, 1), low);
  }
  return low;
}

const weightedCall = jitted("_choice", ([key, weights], shape: Shape) => {
  const sums = p.cumsum(weights, 0);
  const total = take(sums, literal(weights.size - 1, "int32"), 0);
  return searchsorted(sums, p.mul(total, p.sub(1, uniformSamples(key, shape, sums.dtype))));
});

export interface ChoiceOptions {
  /** How many are chosen, as a shape; [] by default. */
  readonly shape?: Shape | undefined;
  /** Whether an element may be chosen more than once; true by default. */
  readonly replace?: boolean | undefined;
  /** The probabilities of the elements along the axis; all equal by default. */
  readonly p?: ArrayLike | undefined;
  readonly axis?: number | undefined;
  /** How far into the tails the choice without replacement reaches. */
  readonly mode?: TailMode | undefined;
}

/**
 * Random elements of a population.
 * @param a a tensor whose slices along `axis` are chosen from, or an integer n for 0 to n - 1
 * @returns the axis is replaced by the shape
 * @throws ArgumentError CT004 for more elements than there are without replacement, or an empty population
 * @throws ShapeError CT107 if p does not have one probability for each element
 * @example
 * random.choice(random.key(0), 10, [3], { replace: false });
 */
export function choice(key: Tensor, a: ArrayLike, shape?: ShapeOr<ChoiceOptions>, options?: ChoiceOptions): Tensor {
  const fn = "random.choice";
  const given = readOptions(fn, ["shape", "replace", "p", "axis", "mode"], shape, options);
  const { replace = true } = given;
  checkKey(fn, key);
  const asked = checkShape(fn, given.shape ?? []);
  const mode = checkMode(fn, given.mode);
  const x = asTensor(a, fn);
  const counting = x.ndim === 0;
  const axis = counting ? 0 : checkAxis(fn, given.axis ?? 0, x.ndim);
  const size = counting ? populationSize(fn, x) : x.shape[axis];
  const draws = prod(asked);
  if (draws === 0) return p.full(asked, 0, x.dtype);
  if (size === 0)
    throw new ArgumentError("CT004", `${fn}: there is nothing to choose from. Give at least one element.`);
  if (!replace && draws > size) {
    throw new ArgumentError(
      "CT004",
      `${fn}: ${draws} of ${size} elements cannot be chosen without replacement. Choose fewer, or set replace.`,
    );
  }
  const result = [...x.shape.slice(0, axis), ...asked, ...x.shape.slice(axis + 1)];
  // Numbers are drawn in the type of the population's size.
  const index: DType = counting ? x.dtype : "int32";
  const pick = (indices: Tensor): Tensor =>
    p.reshape(counting ? p.convert(indices, index) : take(x, indices, axis), counting ? asked : result);
  if (given.p === undefined) {
    if (replace) return pick(randintSamples(key, asked, literal(0, index), literal(size, index), index));
    const shuffled = permutation(key, x, { axis });
    const limits = shuffled.shape.map((n, d) => (d === axis ? draws : n));
    const first = p.slice(
      shuffled,
      limits.map(() => 0),
      limits,
    );
    return p.reshape(first, counting ? asked : result);
  }
  const weights = promoteInexact(fn, given.p);
  if (weights.ndim !== 1 || weights.shape[0] !== size) {
    throw new ShapeError(
      "CT107",
      `${fn}: p has shape [${weights.shape}], but there are ${size} elements. Give one probability for each: shape [${size}].`,
    );
  }
  if (replace) return pick(weightedCall([key, weights], asked));
  const scores = p.add(gumbelSamples(key, [size], weights.dtype, mode), p.log(weights));
  return pick(p.topK(scores, draws)[1]);
}

const categoricalCall = jitted("_categorical", ([key, logits], shape: Shape, axis: number, mode: TailMode) => {
  const prefix = shape.length - (logits.ndim - 1);
  const at = prefix + axis;
  const all = [...shape.slice(0, at), logits.shape[axis], ...shape.slice(at)];
  const scores = p.add(gumbelSamples(key, all, logits.dtype, mode), p.expandDims(logits, range(prefix)));
  return p.argmax(scores, at);
});

const distinctCall = jitted("_categorical", ([key, logits], shape: Shape, axis: number, mode: TailMode) => {
  const count = prod(shape.slice(0, shape.length - (logits.ndim - 1)));
  const scores = p.moveAxis(p.add(logits, gumbelSamples(key, logits.shape, logits.dtype, mode)), axis, logits.ndim - 1);
  return p.reshape(p.moveAxis(p.topK(scores, count)[1], logits.ndim - 1, 0), shape);
});

export interface CategoricalOptions {
  /** The axis of the categories; the last by default. */
  readonly axis?: number | undefined;
  /** By default that of the logits without the axis; longer shapes draw several samples. */
  readonly shape?: Shape | undefined;
  /** Whether a category may be drawn more than once; true by default. */
  readonly replace?: boolean | undefined;
  readonly mode?: TailMode | undefined;
}

/**
 * Categories drawn with probabilities proportional to exp(logits): the Gumbel maximum.
 * @param logits unnormalised log-probabilities
 * @returns int32 indices of categories
 * @throws ArgumentError CT004 for more samples than categories without replacement
 * @example
 * random.categorical(random.key(0), np.log([0.1, 0.2, 0.7]), { shape: [5] });
 */
export function categorical(
  key: Tensor,
  logits: ArrayLike,
  shape?: ShapeOr<CategoricalOptions>,
  options?: CategoricalOptions,
): Tensor {
  const fn = "random.categorical";
  const given = readOptions(fn, ["shape", "axis", "replace", "mode"], shape, options);
  const x = promoteInexact(fn, logits);
  const axis = checkAxis(fn, given.axis ?? -1, x.ndim);
  const batch = x.shape.filter((_, d) => d !== axis);
  const asked = sampleShape(fn, given.shape, batch);
  const mode = checkMode(fn, given.mode);
  checkKey(fn, key);
  if (given.replace ?? true) return categoricalCall([key, x], asked, axis, mode);
  const count = prod(asked.slice(0, asked.length - batch.length));
  if (count <= x.shape[axis]) return distinctCall([key, x], asked, axis, mode);
  throw new ArgumentError(
    "CT004",
    `${fn}: ${count} samples of ${x.shape[axis]} categories cannot be drawn without replacement. Draw fewer, or set replace.`,
  );
}
