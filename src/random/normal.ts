/** Normal samples, by the inverse of the distribution function. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, defaultFloat, isComplex, isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { DTypeError } from "../prelude/errors.js";
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
  sampleShape,
  spread,
} from "./arguments.js";
import { epsilon } from "./floats.js";
import { splitKey } from "./keys.js";
import { uniformSamples } from "./uniform.js";

const realCall = jitted("_normal_real", ([key], shape: Shape, dtype: DType) => {
  // The number next to -1: erfInv(-1) is infinite.
  const u = uniformSamples(key, shape, dtype, -1 + epsilon(dtype) / 2, 1);
  return p.mul(Math.SQRT2, p.erfInv(u));
});

const normalCall = jitted("_normal", ([key], shape: Shape, dtype: DType) => {
  if (!isComplex(dtype)) return realCall([key], shape, dtype);
  const part = dtype === "complex64" ? "float32" : "float64";
  const [re, im] = splitKey(key, 2).map((k) => realCall([k], shape, part));
  return p.div(p.complex(re, im), { re: Math.SQRT2, im: 0 });
});

/** Standard normal samples, inside samplers. */
export const normalSamples = (key: Tensor, shape: Shape, dtype: DType): Tensor => normalCall([key], shape, dtype);

/**
 * Standard normal samples. Of a complex type, real and imaginary parts have variance 1/2 each.
 * @throws DTypeError CT105 unless dtype is a float or complex type
 * @example
 * random.normal(random.key(0), [2, 3]);
 */
export function normal(key: Tensor, shape: ShapeOr<SampleOptions> = [], options?: SampleOptions): Tensor {
  const fn = "random.normal";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = given.dtype === undefined ? defaultFloat : asDType(given.dtype, fn);
  if (!isInexact(dtype)) {
    throw new DTypeError(
      "CT105",
      `${fn}: dtype is ${dtype}, but samples are floats or complex numbers. Ask for such a type.`,
    );
  }
  return normalSamples(checkKey(fn, key), checkShape(fn, given.shape ?? []), dtype);
}

const truncatedCall = jitted("_truncated_normal", ([key, lower, upper], shape: Shape, dtype: DType) => {
  const a = p.erf(p.div(lower, Math.SQRT2));
  const b = p.erf(p.div(upper, Math.SQRT2));
  const x = p.mul(Math.SQRT2, p.erfInv(uniformSamples(key, shape, dtype, a, b)));
  // The bounds are not part of the interval, and hold no gradient: only where a sample lies on one would it matter.
  const least = p.nextafter(p.stopGradient(lower), Number.POSITIVE_INFINITY);
  const greatest = p.nextafter(p.stopGradient(upper), Number.NEGATIVE_INFINITY);
  return p.min(greatest, p.max(least, x));
});

/**
 * Samples of the standard normal distribution between two bounds, which are not reached themselves.
 * @throws ShapeError CT103 if the bounds do not broadcast to the shape
 * @example
 * random.truncatedNormal(random.key(0), -2, 2, [4]);
 */
export function truncatedNormal(
  key: Tensor,
  lower: ArrayLike,
  upper: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.truncatedNormal";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const [low, high] = [parameter(fn, lower, dtype), parameter(fn, upper, dtype)];
  const asked = sampleShape(fn, given.shape, low.shape, high.shape);
  return truncatedCall([checkKey(fn, key), spread(fn, low, asked), spread(fn, high, asked)], asked, dtype);
}

const lognormalCall = jitted("_lognormal", ([key, sigma], shape: Shape, dtype: DType) =>
  p.exp(p.mul(normalSamples(key, shape, dtype), sigma)),
);

/**
 * Samples whose logarithm is normal with standard deviation sigma.
 * @example
 * random.lognormal(random.key(0), 0.5, [4]);
 */
export function lognormal(
  key: Tensor,
  sigma: ArrayLike = 1,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.lognormal";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const scale = parameter(fn, sigma, dtype);
  const asked = sampleShape(fn, given.shape, scale.shape);
  return lognormalCall([checkKey(fn, key), spread(fn, scale, asked)], asked, dtype);
}

const maxwellCall = jitted("_maxwell", ([key], shape: Shape, dtype: DType) => {
  const n = normalSamples(key, [...shape, 3], dtype);
  return p.sqrt(p.reduceSum(p.mul(n, n), [shape.length]));
});

/** Maxwell samples, inside samplers. */
export const maxwellSamples = (key: Tensor, shape: Shape, dtype: DType): Tensor => maxwellCall([key], shape, dtype);

/** Samples of the Maxwell distribution: lengths of vectors of three normal samples. */
export function maxwell(key: Tensor, shape: ShapeOr<SampleOptions> = [], options?: SampleOptions): Tensor {
  const fn = "random.maxwell";
  const given = readOptions(fn, sampleOptions, shape, options);
  return maxwellSamples(checkKey(fn, key), checkShape(fn, given.shape ?? []), floatDtype(fn, given.dtype));
}
