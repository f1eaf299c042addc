/** Distributions drawn by inverting their distribution function at uniform samples. */
import type { ArrayLike } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { broadcastShapesOf } from "../numpy/promote.js";
import * as p from "../primitives/index.js";
import {
  checkKey,
  checkShape,
  fill,
  floatDtype,
  parameter,
  readOptions,
  type SampleOptions,
  type Shape,
  type ShapeOr,
  sampleOptions,
  sampleShape,
  spread,
} from "./arguments.js";
import { rademacherSamples } from "./bernoulli.js";
import { epsilon, floatFormat } from "./floats.js";
import { splitKey } from "./keys.js";
import { maxwellSamples, normalSamples } from "./normal.js";
import { uniformSamples } from "./uniform.js";

/** Samples of one distribution, by key, shape and dtype. */
type Sampler = (key: Tensor, shape: Shape, dtype: DType) => Tensor;
type Standard = (key: Tensor, shape?: ShapeOr<SampleOptions>, options?: SampleOptions) => Tensor;

/** A public function of a distribution without parameters. */
function standard(name: string, sampler: Sampler): Standard {
  const fn = `random.${name}`;
  const made: Standard = (key, shape = [], options) => {
    const given = readOptions(fn, sampleOptions, shape, options);
    return sampler(checkKey(fn, key), checkShape(fn, given.shape ?? []), floatDtype(fn, given.dtype));
  };
  return Object.defineProperty(made, "name", { value: name });
}

const exponentialCall = jitted("_exponential", ([key], shape: Shape, dtype: DType) =>
  p.neg(p.log1p(p.neg(uniformSamples(key, shape, dtype)))),
);
/** Exponential samples, inside samplers. */
export const exponentialSamples: Sampler = (key, shape, dtype) => exponentialCall([key], shape, dtype);

/**
 * Samples of the exponential distribution of rate 1.
 * @example
 * random.exponential(random.key(0), [3]);
 */
export const exponential: Standard = standard("exponential", exponentialSamples);

const laplaceCall = jitted("_laplace", ([key], shape: Shape, dtype: DType) => {
  const u = uniformSamples(key, shape, dtype, -1 + epsilon(dtype) / 2, 1);
  return p.mul(p.sign(u), p.log1p(p.neg(p.abs(u))));
});
/** Samples of the Laplace distribution of mean 0 and scale 1. */
export const laplace: Standard = standard("laplace", (key, shape, dtype) => laplaceCall([key], shape, dtype));

const logisticCall = jitted("_logistic", ([key], shape: Shape, dtype: DType) => {
  const u = uniformSamples(key, shape, dtype, floatFormat(dtype).tiny, 1);
  return p.sub(p.log(u), p.log1p(p.neg(u)));
});
/** Samples of the logistic distribution of mean 0 and scale 1. */
export const logistic: Standard = standard("logistic", (key, shape, dtype) => logisticCall([key], shape, dtype));

const cauchyCall = jitted("_cauchy", ([key], shape: Shape, dtype: DType) => {
  const u = uniformSamples(key, shape, dtype, p.full([], epsilon(dtype), dtype), p.full([], 1, dtype));
  return p.tan(p.mul(Math.PI, p.sub(u, 0.5)));
});
/** Samples of the Cauchy distribution of location 0 and scale 1. */
export const cauchy: Standard = standard("cauchy", (key, shape, dtype) => cauchyCall([key], shape, dtype));

const paretoCall = jitted("_pareto", ([key, b], shape: Shape, dtype: DType) =>
  p.exp(p.div(exponentialSamples(key, shape, dtype), b)),
);
/**
 * Samples of the Pareto distribution of exponent b.
 * @throws ShapeError CT103 if b does not broadcast to the shape
 */
export function pareto(key: Tensor, b: ArrayLike, shape?: ShapeOr<SampleOptions>, options?: SampleOptions): Tensor {
  const fn = "random.pareto";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const exponent = parameter(fn, b, dtype);
  const asked = sampleShape(fn, given.shape, exponent.shape);
  return paretoCall([checkKey(fn, key), spread(fn, exponent, asked)], asked, dtype);
}

const rayleighCall = jitted("_rayleigh", ([key, scale], shape: Shape, dtype: DType) =>
  p.mul(scale, p.sqrt(p.mul(p.log(uniformSamples(key, shape, dtype)), -2))),
);
/** Samples of the Rayleigh distribution: lengths of vectors of two normal samples of standard deviation `scale`. */
export function rayleigh(
  key: Tensor,
  scale: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.rayleigh";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const s = parameter(fn, scale, dtype);
  const asked = sampleShape(fn, given.shape, s.shape);
  return rayleighCall([checkKey(fn, key), spread(fn, s, asked)], asked, dtype);
}

const weibullCall = jitted("_weibull_min", ([key, scale, concentration], shape: Shape, dtype: DType) => {
  const e = p.neg(p.log1p(p.neg(uniformSamples(key, shape, dtype))));
  return p.mul(p.pow(e, p.div(1, concentration)), scale);
});
/** Samples of the Weibull distribution of minima. */
export function weibullMin(
  key: Tensor,
  scale: ArrayLike,
  concentration: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.weibullMin";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const [s, c] = [parameter(fn, scale, dtype), parameter(fn, concentration, dtype)];
  const asked = sampleShape(fn, given.shape, s.shape, c.shape);
  return weibullCall([checkKey(fn, key), spread(fn, s, asked), fill(fn, c, asked)], asked, dtype);
}

const triangularCall = jitted("_triangular", ([key, left, mode, right], shape: Shape, dtype: DType) => {
  const u = uniformSamples(key, shape, dtype);
  const width = p.sub(right, left);
  const peak = p.sub(mode, left);
  const rising = p.add(left, p.sqrt(p.mul(p.mul(u, width), peak)));
  const falling = p.sub(right, p.sqrt(p.mul(p.mul(p.sub(1, u), width), p.sub(right, mode))));
  return p.select(p.lt(u, p.div(peak, width)), rising, falling);
});
/** Samples of the triangular distribution from left to right with its peak at mode. */
export function triangular(
  key: Tensor,
  left: ArrayLike,
  mode: ArrayLike,
  right: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.triangular";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const corners = [left, mode, right].map((x) => parameter(fn, x, dtype));
  const asked = sampleShape(fn, given.shape, ...corners.map((x) => x.shape));
  return triangularCall([checkKey(fn, key), ...corners.map((x) => fill(fn, x, asked))], asked, dtype);
}

const waldCall = jitted("_wald", ([key, mean], shape: Shape, dtype: DType) => {
  const [k1, k2] = splitKey(key, 2);
  const y = p.integerPow(normalSamples(k1, shape, dtype), 2);
  const z = uniformSamples(k2, shape, dtype);
  const square = p.integerPow(mean, 2);
  const root = p.sqrt(p.add(p.mul(p.mul(4, mean), y), p.mul(square, p.integerPow(y, 2))));
  const x = p.sub(p.add(mean, p.div(p.mul(square, y), 2)), p.mul(p.div(mean, 2), root));
  return p.select(p.le(z, p.div(mean, p.add(mean, x))), x, p.div(square, x));
});
/** Samples of the Wald (inverse normal) distribution of the given mean and scale 1. */
export function wald(key: Tensor, mean: ArrayLike, shape?: ShapeOr<SampleOptions>, options?: SampleOptions): Tensor {
  const fn = "random.wald";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const m = parameter(fn, mean, dtype);
  const asked = sampleShape(fn, given.shape, m.shape);
  return waldCall([checkKey(fn, key), fill(fn, m, asked)], asked, dtype);
}

const doubleSidedCall = jitted("_double_sided_maxwell", ([key, loc, scale], shape: Shape, dtype: DType) => {
  const [forLength, forSign] = splitKey(key, 2);
  const signed = p.mul(rademacherSamples(forSign, shape, dtype), maxwellSamples(forLength, shape, dtype));
  return p.add(p.mul(signed, scale), loc);
});
/**
 * Samples of the double-sided Maxwell distribution: Maxwell samples with random signs.
 * @returns shape [...shape, ...s], where s is what loc and scale broadcast to, or [...s, ...s] if shape is []
 */
export function doubleSidedMaxwell(
  key: Tensor,
  loc: ArrayLike,
  scale: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.doubleSidedMaxwell";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const [l, s] = [parameter(fn, loc, dtype), parameter(fn, scale, dtype)];
  const own = broadcastShapesOf(fn, [l.shape, s.shape]);
  const asked = checkShape(fn, given.shape ?? []);
  const all = [...(asked.length === 0 ? own : asked), ...own];
  return doubleSidedCall([checkKey(fn, key), spread(fn, l, all), spread(fn, s, all)], all, dtype);
}
