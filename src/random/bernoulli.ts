/** Coin flips. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, defaultInt, dtypes, isFloat } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { toTensor } from "../numpy/promote.js";
import { ArgumentError, DTypeError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import {
  checkKey,
  checkShape,
  floatParameter,
  readOptions,
  type SampleOptions,
  type Shape,
  type ShapeOr,
  sampleOptions,
  sampleShape,
  spread,
} from "./arguments.js";
import { epsilon } from "./floats.js";
import { uniformSamples } from "./uniform.js";

/** How finely probabilities near 0 are resolved: `"high"` draws twice as many bits. */
export type Resolution = "low" | "high";

const bernoulliCall = jitted("_bernoulli", ([key, q], shape: Shape, mode: Resolution) => {
  if (mode === "low") return p.lt(uniformSamples(key, shape, q.dtype), q);
  const [high, low] = p.unstack(uniformSamples(key, [2, ...shape], q.dtype), 0);
  return p.lt(p.mul(low, epsilon(q.dtype)), p.sub(q, high));
});

export interface BernoulliOptions {
  /** By default that of p. */
  readonly shape?: Shape | undefined;
  readonly mode?: Resolution | undefined;
}

/**
 * Booleans that are true with probability p.
 * @param p a float; its type is the one that is drawn in
 * @throws DTypeError CT105 if p is a tensor of integers; ShapeError CT103 if p does not broadcast to the shape
 * @example
 * const mask = random.bernoulli(random.key(0), 0.9, [2, 3]);
 */
export function bernoulli(
  key: Tensor,
  p: ArrayLike = 0.5,
  shape?: ShapeOr<BernoulliOptions>,
  options?: BernoulliOptions,
): Tensor {
  const fn = "random.bernoulli";
  const { shape: given, mode = "low" } = readOptions(fn, ["shape", "mode"], shape, options);
  if (mode !== "low" && mode !== "high") {
    throw new ArgumentError("CT004", `${fn}: mode is '${mode}', but it must be 'low' or 'high'.`);
  }
  const q = typeof p === "number" ? floatParameter(fn, p) : toTensor(fn, p);
  if (!isFloat(q.dtype)) {
    throw new DTypeError("CT105", `${fn}: p is ${q.dtype}, but a probability is a float. Convert it with astype.`);
  }
  const asked = sampleShape(fn, given, q.shape);
  return bernoulliCall([checkKey(fn, key), spread(fn, q, asked)], asked, mode);
}

const rademacherCall = jitted("_rademacher", ([key], shape: Shape, dtype: DType) => {
  // Beside 64-bit types everything is drawn in 64 bits, as where those are the default.
  const half = p.full([], 0.5, dtypes[dtype].bytes === 8 && dtype !== "complex64" ? "float64" : "float32");
  const heads = p.convert(bernoulliCall([key, half], shape, "low"), dtype);
  return p.sub(p.mul(heads, 2), 1);
});

/** Signs, inside samplers. */
export const rademacherSamples = (key: Tensor, shape: Shape, dtype: DType): Tensor =>
  rademacherCall([key], shape, dtype);

/**
 * Samples that are -1 or 1, equally likely.
 * @param options.dtype any number type; int32 by default
 */
export function rademacher(key: Tensor, shape: ShapeOr<SampleOptions> = [], options?: SampleOptions): Tensor {
  const fn = "random.rademacher";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = given.dtype === undefined ? defaultInt : asDType(given.dtype, fn);
  return rademacherSamples(checkKey(fn, key), checkShape(fn, given.shape ?? []), dtype);
}
