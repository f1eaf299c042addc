/** Bits and uniform floats, which all other samples are made of. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, dtypes } from "../core/dtype.js";
import { literal } from "../core/scalars.js";
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
  spread,
} from "./arguments.js";
import { floatFormat } from "./floats.js";
import { multiplyAdd } from "./multiply-add.js";

const bitsCall = jitted("_random_bits", ([key], width: p.BitWidth, shape: Shape) =>
  p.threefryRandomBits(key, width, shape),
);

/**
 * Uniform random bits: unsigned integers of which all values are equally likely.
 * @param options.dtype an unsigned type; uint32 by default
 * @throws DTypeError CT105 for other types
 * @example
 * random.bits(random.key(0), [2], { dtype: "uint8" });
 */
export function bits(key: Tensor, shape: ShapeOr<SampleOptions> = [], options?: SampleOptions): Tensor {
  const fn = "random.bits";
  const { shape: asked = [], dtype = "uint32" } = readOptions(fn, ["shape", "dtype"], shape, options);
  const { kind, bytes } = dtypes[asDType(dtype, fn)];
  if (kind !== "unsigned") {
    throw new DTypeError(
      "CT105",
      `${fn}: dtype is ${dtype}, but bits are unsigned integers. Ask for uint8, uint16, uint32 or uint64.`,
    );
  }
  return bitsCall([checkKey(fn, key)], (8 * bytes) as p.BitWidth, checkShape(fn, asked));
}

/** Uniform floats from 0 to before 1. */
function unitFloats(key: Tensor, shape: Shape, dtype: DType): Tensor {
  const { width, mantissa, one } = floatFormat(dtype);
  // Where one byte has enough bits for the mantissa, only that is drawn.
  const drawn: p.BitWidth = mantissa < 8 ? 8 : width;
  const fraction = p.shiftRightLogical(p.threefryRandomBits(key, drawn, shape), drawn - mantissa);
  // Random bits after the point and the exponent of 1: uniform from 1 to before 2.
  const floats = p.bitwiseOr(p.convert(fraction, `uint${width}`), one);
  return p.sub(p.bitcastConvertType(floats, dtype), 1);
}

const uniformCall = jitted("_uniform", ([key, low, high], shape: Shape, dtype: DType) => {
  const floats = unitFloats(key, shape, dtype);
  // Rounding may reach below low, never above high.
  return p.max(low, multiplyAdd(floats, p.sub(high, low), low));
});

const fixedCall = jitted("_uniform", ([key], shape: Shape, dtype: DType, low: number, high: number) => {
  const floats = unitFloats(key, shape, dtype);
  if (low === 0 && high === 1) return floats;
  const bound = literal(low, dtype);
  return p.max(bound, p.add(p.mul(floats, p.sub(literal(high, dtype), bound)), bound));
});

/** Uniform samples, inside samplers: no checks. Bounds are tensors of the dtype, or numbers whose distance is a power of 2. */
export function uniformSamples(
  key: Tensor,
  shape: Shape,
  dtype: DType,
  low: Tensor | number = 0,
  high: Tensor | number = 1,
): Tensor {
  if (typeof low === "number" && typeof high === "number") return fixedCall([key], shape, dtype, low, high);
  const bound = (x: Tensor | number): Tensor => (typeof x === "number" ? literal(x, dtype) : x);
  return uniformCall([key, bound(low), bound(high)], shape, dtype);
}

/** Whether bounds are small whole numbers whose distance is a power of 2: with those no product is rounded. */
const isPlainInterval = (low: number, high: number): boolean =>
  Number.isInteger(low) &&
  Math.abs(low) <= 64 &&
  high > low &&
  Number.isInteger(Math.log2(high - low)) &&
  high - low <= 64;

export interface UniformOptions extends SampleOptions {
  /** The least value; 0 by default. */
  readonly minval?: ArrayLike | undefined;
  /** What all values are below; 1 by default. */
  readonly maxval?: ArrayLike | undefined;
}

/**
 * Uniform samples from minval (included) to maxval (excluded). Differentiable in the bounds.
 * @throws DTypeError CT105 unless dtype is a float type; ShapeError CT103 if the bounds do not broadcast to the shape
 * @example
 * random.uniform(random.key(0), [3], { minval: -1, maxval: 1 });
 */
export function uniform(key: Tensor, shape: ShapeOr<UniformOptions> = [], options?: UniformOptions): Tensor {
  const fn = "random.uniform";
  const given = readOptions(fn, ["shape", "dtype", "minval", "maxval"], shape, options);
  const asked = checkShape(fn, given.shape ?? []);
  const dtype = floatDtype(fn, given.dtype);
  checkKey(fn, key);
  const { minval = 0, maxval = 1 } = given;
  if (typeof minval === "number" && typeof maxval === "number" && isPlainInterval(minval, maxval)) {
    return uniformSamples(key, asked, dtype, minval, maxval);
  }
  const bound = (x: ArrayLike): Tensor => spread(fn, parameter(fn, x, dtype), asked);
  return uniformSamples(key, asked, dtype, bound(minval), bound(maxval));
}
