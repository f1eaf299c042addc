/** Random vectors of generalised normal distributions and points of balls. */
import type { ArrayLike } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { ArgumentError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import {
  checkKey,
  checkShape,
  floatDtype,
  parameter,
  readOptions,
  type SampleOptions,
  type Shape,
  type ShapeOr,
  sampleOptions,
  spread,
} from "./arguments.js";
import { rademacherSamples } from "./bernoulli.js";
import { exponentialSamples } from "./continuous.js";
import { gammaSamples } from "./gamma.js";
import { splitKey } from "./keys.js";

const generalizedCall = jitted("_generalized_normal", ([key, exponent], shape: Shape, dtype: DType) => {
  const [forGamma, forSign] = splitKey(key, 2);
  const inverse = p.div(1, exponent);
  const g = gammaSamples(forGamma, inverse, shape);
  return p.mul(rademacherSamples(forSign, shape, dtype), p.pow(g, inverse));
});

/**
 * Samples of the generalised normal distribution, with density proportional to exp(-|x|^exponent).
 * @example
 * random.generalizedNormal(random.key(0), 1.5, [4]);
 */
export function generalizedNormal(
  key: Tensor,
  exponent: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.generalizedNormal";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const asked = checkShape(fn, given.shape ?? []);
  const e = spread(fn, parameter(fn, exponent, dtype), asked);
  return generalizedCall([checkKey(fn, key), e], asked, dtype);
}

const ballCall = jitted("_ball", ([key, exponent], d: number, shape: Shape, dtype: DType) => {
  const [forDirection, forLength] = splitKey(key, 2);
  const g = generalizedCall([forDirection, exponent], [...shape, d], dtype);
  const e = exponentialSamples(forLength, shape, dtype);
  const power = p.add(p.reduceSum(p.pow(p.abs(g), exponent), [shape.length]), e);
  return p.div(g, p.expandDims(p.pow(power, p.div(1, exponent)), [shape.length]));
});

export interface BallOptions extends SampleOptions {
  /** The norm that measures the ball; 2 by default. */
  readonly p?: number | Tensor | undefined;
}

/**
 * Points uniformly distributed in the unit ball of d dimensions under the p-norm.
 * @returns shape [...shape, d]
 * @throws ArgumentError CT004 unless d is a whole number of at least 0
 */
export function ball(key: Tensor, d: number, options: BallOptions = {}): Tensor {
  const fn = "random.ball";
  checkOptions(fn, options, ["shape", "dtype", "p"]);
  if (!Number.isInteger(d) || d < 0) {
    throw new ArgumentError("CT004", `${fn}: d is ${d}, but dimensions are counted by whole numbers of at least 0.`);
  }
  const dtype = floatDtype(fn, options.dtype);
  const exponent = parameter(fn, options.p ?? 2, dtype);
  return ballCall([checkKey(fn, key), exponent], d, checkShape(fn, options.shape ?? []), dtype);
}
