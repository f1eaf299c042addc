/** Initial values of parameters: functions of a key, a shape and a dtype. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, defaultFloat, isFloat } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { prod } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import * as random from "../random/index.js";
import { type Either, leadingOption } from "./options.js";

export interface InitializerOptions {
  /** float32 by default, or what the initializer was made with. */
  readonly dtype?: DType | undefined;
}

/** Makes a parameter: `init(key, [3, 4], { dtype })`. */
export type Initializer = (
  key: Tensor,
  shape: readonly number[],
  options?: Either<DType, InitializerOptions>,
) => Tensor;

/** An initializer, from what it does once its dtype is known. */
function initializer(
  name: string,
  own: DType | undefined,
  make: (key: Tensor, shape: readonly number[], dtype: DType) => Tensor,
): Initializer {
  const init: Initializer = (key, shape, options) => {
    const { dtype = own ?? defaultFloat } = leadingOption<"dtype", InitializerOptions>(
      name,
      "dtype",
      ["dtype"],
      options,
    );
    return make(key, shape, asDType(dtype, name));
  };
  return Object.defineProperty(init, "name", { value: name });
}

/** All zeros. */
export const zeros: Initializer = initializer("zeros", undefined, (_, shape, dtype) => p.full(shape, 0, dtype));
/** All ones. */
export const ones: Initializer = initializer("ones", undefined, (_, shape, dtype) => p.full(shape, 1, dtype));

/** One value everywhere, or one that broadcasts to the shape. */
export function constant(value: ArrayLike, options: InitializerOptions = {}): Initializer {
  checkOptions("initializers.constant", options, ["dtype"]);
  return initializer("constant", options.dtype, (_, shape, dtype) => np.full(shape, value, { dtype }));
}

export interface UniformInitializerOptions extends InitializerOptions {
  /** The upper bound; 0.01 by default. */
  readonly scale?: number | undefined;
}
/** Uniform from 0 to scale. */
export function uniform(options?: Either<number, UniformInitializerOptions>): Initializer {
  const { scale = 0.01, dtype: own } = leadingOption<"scale", UniformInitializerOptions>(
    "initializers.uniform",
    "scale",
    ["scale", "dtype"],
    options,
  );
  return initializer("uniform", own, (key, shape, dtype) => p.mul(random.uniform(key, shape, { dtype }), scale));
}

export interface NormalInitializerOptions extends InitializerOptions {
  /** 0.01 by default. */
  readonly stddev?: number | undefined;
}
/** Normal with mean 0. */
export function normal(options?: Either<number, NormalInitializerOptions>): Initializer {
  const { stddev = 0.01, dtype: own } = leadingOption<"stddev", NormalInitializerOptions>(
    "initializers.normal",
    "stddev",
    ["stddev", "dtype"],
    options,
  );
  return initializer("normal", own, (key, shape, dtype) => p.mul(random.normal(key, shape, { dtype }), stddev));
}

export interface TruncatedNormalOptions extends NormalInitializerOptions {
  /** In standard deviations; -2 by default. */
  readonly lower?: number | undefined;
  /** In standard deviations; 2 by default. */
  readonly upper?: number | undefined;
}
/** Normal with mean 0 and nothing beyond the bounds; stddev is that before it is cut off. */
export function truncatedNormal(options?: Either<number, TruncatedNormalOptions>): Initializer {
  const given = leadingOption<"stddev", TruncatedNormalOptions>(
    "initializers.truncatedNormal",
    "stddev",
    ["stddev", "dtype", "lower", "upper"],
    options,
  );
  const { stddev = 0.01, lower = -2, upper = 2 } = given;
  return initializer("truncatedNormal", given.dtype, (key, shape, dtype) =>
    p.mul(random.truncatedNormal(key, lower, upper, shape, { dtype }), stddev),
  );
}

type Axes = number | readonly number[];

export interface VarianceScalingOptions extends InitializerOptions {
  /** The axis or axes of inputs; -2 by default. */
  readonly inAxis?: Axes | undefined;
  /** The axis or axes of outputs; -1 by default. */
  readonly outAxis?: Axes | undefined;
  /** Axes of independent weights; none by default. */
  readonly batchAxis?: Axes | undefined;
}
const scalingOptions = ["dtype", "inAxis", "outAxis", "batchAxis"] as const;

/** How many inputs an output is made of, and how many outputs an input goes into. */
function fans(
  shape: readonly number[],
  { inAxis = -2, outAxis = -1, batchAxis = [] }: VarianceScalingOptions,
): [number, number] {
  const sizeOf = (axes: Axes): number => {
    const sizes = [axes].flat().map((d) => shape.at(d));
    if (sizes.every((n) => n !== undefined)) return prod(sizes as number[]);
    throw new ShapeError(
      "CT100",
      `initializers.varianceScaling: the shape [${shape}] has no axis ${String(axes)}. Weights need at least 2 axes, or name them with inAxis and outAxis.`,
    );
  };
  if (inAxis === -2 && shape.length < 2) sizeOf(-2);
  const [inSize, outSize] = [sizeOf(inAxis), sizeOf(outAxis)];
  const field = prod(shape) / inSize / outSize / sizeOf(batchAxis);
  return [inSize * field, outSize * field];
}

export type FanMode = "fan_in" | "fan_out" | "fan_avg" | "fan_geo_avg";
export type ScalingDistribution = "truncated_normal" | "normal" | "uniform";

const denominators: Readonly<Record<FanMode, (fanIn: number, fanOut: number) => number>> = {
  fan_in: (fanIn) => fanIn,
  fan_out: (_, fanOut) => fanOut,
  fan_avg: (fanIn, fanOut) => (fanIn + fanOut) / 2,
  fan_geo_avg: (fanIn, fanOut) => Math.sqrt(fanIn * fanOut),
};

// The standard deviation of the standard normal distribution between -2 and 2.
const truncatedDeviation = 0.8796256610342398;
// The same in the complex plane, within a circle of radius 2.
const complexDeviation = 0.9531116438049121;

/** Points of the complex plane with uniform angles, at distances that f makes of uniform numbers. */
function complexPoints(key: Tensor, shape: readonly number[], dtype: DType, distance: (u: Tensor) => Tensor): Tensor {
  const [forDistance, forAngle] = np.unstack(random.split(key));
  const part = dtype === "complex64" ? "float32" : "float64";
  const r = distance(random.uniform(forDistance, shape, { dtype: part }));
  const angle = p.mul(2 * Math.PI, random.uniform(forAngle, shape, { dtype: part }));
  return p.complex(p.mul(r, p.cos(angle)), p.mul(r, p.sin(angle)));
}

const scaled: Readonly<
  Record<ScalingDistribution, (key: Tensor, shape: readonly number[], dtype: DType, variance: Tensor) => Tensor>
> = {
  truncated_normal(key, shape, dtype, variance) {
    if (isFloat(dtype)) {
      const stddev = p.div(p.sqrt(variance), truncatedDeviation);
      return p.mul(random.truncatedNormal(key, -2, 2, shape, { dtype }), stddev);
    }
    // Distances whose squares are exponential, cut off at 2.
    const radius = (u: Tensor): Tensor => p.sqrt(p.neg(p.log(p.sub(1, p.mul(1 - Math.exp(-4), u)))));
    return p.mul(complexPoints(key, shape, dtype, radius), p.div(p.sqrt(variance), complexDeviation));
  },
  normal: (key, shape, dtype, variance) => p.mul(random.normal(key, shape, { dtype }), p.sqrt(variance)),
  uniform(key, shape, dtype, variance) {
    if (isFloat(dtype)) return p.mul(random.uniform(key, shape, { dtype, minval: -1 }), p.sqrt(p.mul(3, variance)));
    return p.mul(
      complexPoints(key, shape, dtype, (u) => p.sqrt(p.mul(2, u))),
      p.sqrt(variance),
    );
  },
};

/**
 * Weights whose variance is `scale` divided by the number of inputs, of outputs or their mean, so that signals keep
 * their size from layer to layer.
 * @throws ArgumentError CT004 for an unknown mode or distribution; ShapeError CT100 for a shape without the axes
 * @example
 * nn.initializers.varianceScaling(2, "fan_in", "normal")(random.key(0), [64, 32]);
 */
export function varianceScaling(
  scale: number,
  mode: FanMode,
  distribution: ScalingDistribution,
  options: VarianceScalingOptions = {},
): Initializer {
  const fn = "initializers.varianceScaling";
  checkOptions(fn, options, scalingOptions);
  if (!Object.hasOwn(denominators, mode)) {
    throw new ArgumentError("CT004", `${fn}: mode is '${mode}'. Use one of ${Object.keys(denominators).join(", ")}.`);
  }
  if (!Object.hasOwn(scaled, distribution)) {
    throw new ArgumentError(
      "CT004",
      `${fn}: distribution is '${distribution}'. Use one of ${Object.keys(scaled).join(", ")}.`,
    );
  }
  return initializer("varianceScaling", options.dtype, (key, shape, dtype) => {
    const [fanIn, fanOut] = fans(shape, options);
    const variance = p.full([], scale / denominators[mode](fanIn, fanOut), dtype);
    return scaled[distribution](key, shape, dtype, variance);
  });
}

type ScaledInitializer = (options?: VarianceScalingOptions) => Initializer;
const scaling =
  (scale: number, mode: FanMode, distribution: ScalingDistribution): ScaledInitializer =>
  (options = {}) =>
    varianceScaling(scale, mode, distribution, options);

/** Uniform with variance 2 / (inputs + outputs), for sigmoid shapes (Glorot and Bengio, 2010). */
export const glorotUniform: ScaledInitializer = scaling(1, "fan_avg", "uniform");
/** Truncated normal with variance 2 / (inputs + outputs). */
export const glorotNormal: ScaledInitializer = scaling(1, "fan_avg", "truncated_normal");
/** Uniform with variance 1 / inputs (LeCun et al., 1998). */
export const lecunUniform: ScaledInitializer = scaling(1, "fan_in", "uniform");
/** Truncated normal with variance 1 / inputs. */
export const lecunNormal: ScaledInitializer = scaling(1, "fan_in", "truncated_normal");
/** Uniform with variance 2 / inputs, for relu and its kind (He et al., 2015). */
export const heUniform: ScaledInitializer = scaling(2, "fan_in", "uniform");
/** Truncated normal with variance 2 / inputs. */
export const heNormal: ScaledInitializer = scaling(2, "fan_in", "truncated_normal");
export {
  glorotNormal as xavierNormal,
  glorotUniform as xavierUniform,
  heNormal as kaimingNormal,
  heUniform as kaimingUniform,
};

export interface OrthogonalOptions extends InitializerOptions {
  readonly scale?: number | undefined;
  /** The axis of columns; the last by default. */
  readonly columnAxis?: number | undefined;
}
const readOrthogonal = (fn: string, options: Either<number, OrthogonalOptions>): OrthogonalOptions =>
  leadingOption<"scale", OrthogonalOptions>(fn, "scale", ["scale", "columnAxis", "dtype"], options);

/**
 * Orthonormal columns (or rows, if there are fewer of them), uniformly distributed.
 * @throws ShapeError CT107 for shapes of fewer than 2 axes
 */
export function orthogonal(options?: Either<number, OrthogonalOptions>): Initializer {
  const { scale = 1, columnAxis = -1, dtype: own } = readOrthogonal("initializers.orthogonal", options);
  return initializer("orthogonal", own, (key, shape, dtype) => {
    const columns = shape.at(columnAxis);
    if (shape.length < 2 || columns === undefined) {
      throw new ShapeError(
        "CT107",
        `initializers.orthogonal: the shape is [${shape}], but it needs at least 2 axes, and an axis ${columnAxis}.`,
      );
    }
    if (shape.includes(0)) return p.full(shape, 0, dtype);
    const at = columnAxis < 0 ? columnAxis + shape.length : columnAxis;
    const q = random.orthogonal(key, prod(shape) / columns, { m: columns, dtype });
    const rows = shape.filter((_, d) => d !== at);
    return p.mul(np.moveaxis(np.reshape(q, [...rows, columns]), -1, at), scale);
  });
}

/**
 * Convolution kernels that are an orthogonal matrix at their centre and 0 elsewhere (Xiao et al., 2018).
 * @throws ShapeError CT107 unless the shape has 3 to 5 axes, the last at least as large as the one before it
 */
export function deltaOrthogonal(options?: Either<number, OrthogonalOptions>): Initializer {
  const given = readOrthogonal("initializers.deltaOrthogonal", options);
  const matrix = orthogonal(given);
  return initializer("deltaOrthogonal", given.dtype, (key, shape, dtype) => {
    const [fanIn, fanOut] = shape.slice(-2);
    if (shape.length < 3 || shape.length > 5 || fanOut < fanIn) {
      throw new ShapeError(
        "CT107",
        `initializers.deltaOrthogonal: the shape is [${shape}], but it needs 3 to 5 axes, with at least as many outputs (last) as inputs.`,
      );
    }
    if (!isFloat(dtype)) {
      throw new DTypeError("CT105", `initializers.deltaOrthogonal: dtype is ${dtype}, but it must be a float type.`);
    }
    const centre = matrix(key, [fanIn, fanOut], { dtype });
    const around = shape.slice(0, -2).map((n) => [(n - 1) >> 1, n - 1 - ((n - 1) >> 1), 0] as const);
    const placed = p.reshape(centre, [...around.map(() => 1), fanIn, fanOut]);
    return p.pad(placed, 0, [...around, [0, 0, 0], [0, 0, 0]]);
  });
}
