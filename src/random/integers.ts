/** Uniform integers. */
import type { ArrayLike } from "../core/array-like.js";
import { type DType, dtypes, isInteger } from "../core/dtype.js";
import { literal } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { toTensor } from "../numpy/promote.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import {
  checkKey,
  checkShape,
  integerDtype,
  type SampleOptions,
  type Shape,
  sampleShape,
  spread,
} from "./arguments.js";
import { splitKey } from "./keys.js";

/** The least and the greatest value of an integer type. */
export function integerRange(dtype: DType): readonly [least: bigint, greatest: bigint] {
  const { bytes, kind } = dtypes[dtype];
  const bits = BigInt(8 * bytes);
  return kind === "signed" ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
}

/** Integers in another integer type, the nearest it has. */
function saturate(x: Tensor, dtype: DType): Tensor {
  const [least, greatest] = integerRange(dtype);
  const [low, high] = integerRange(x.dtype);
  const clamped = p.clamp(least > low ? least : low, x, greatest < high ? greatest : high);
  return p.convert(clamped, dtype);
}

const randintCall = jitted("_randint", ([key, lo, hi], shape: Shape, dtype: DType) => {
  const [, greatest] = integerRange(dtype);
  // The greatest value of the type is reached by a maxval beyond it, which the type cannot hold.
  const beyond = p.gt(hi, saturate(literal(greatest, dtype), hi.dtype));
  const [minval, maxval] = [saturate(lo, dtype), saturate(hi, dtype)];
  const width = (8 * dtypes[dtype].bytes) as p.BitWidth;
  const [higher, lower] = splitKey(key, 2).map((k) => p.threefryRandomBits(k, width, shape));

  const empty = p.le(maxval, minval);
  const one = (x: Tensor): Tensor => p.fullLike(x, 1);
  let span = p.convert(p.sub(maxval, minval), `uint${width}`);
  span = p.select(p.broadcastTo(empty, span.shape), one(span), span);
  const whole = p.broadcastTo(p.bitwiseAnd(beyond, p.gt(maxval, minval)), span.shape);
  span = p.select(whole, p.add(span, 1), span);

  // Twice as many bits as the span has make the remainder nearly uniform: (higher · 2^width + lower) mod span.
  const root = p.rem(p.fullLike(span, 2n ** BigInt(width / 2)), span);
  const multiplier = p.rem(p.mul(root, root), span);
  const offset = p.add(p.mul(p.rem(higher, span), multiplier), p.rem(lower, span));
  return p.add(minval, p.convert(p.rem(offset, span), dtype));
});

/** Uniform integers, inside samplers. */
export const randintSamples = (key: Tensor, shape: Shape, minval: Tensor, maxval: Tensor, dtype: DType): Tensor =>
  randintCall([key, minval, maxval], shape, dtype);

/**
 * Uniform integers from minval (included) to maxval (excluded); minval where the interval is empty.
 *
 * A maxval above the type's greatest value includes that value.
 * @throws DTypeError CT105 unless dtype is an integer type; ShapeError CT103 if the bounds do not broadcast to the shape
 * @example
 * random.randint(random.key(0), [5], 0, 10);
 */
export function randint(
  key: Tensor,
  shape: Shape,
  minval: ArrayLike,
  maxval: ArrayLike,
  options: Omit<SampleOptions, "shape"> = {},
): Tensor {
  const fn = "random.randint";
  checkOptions(fn, options, ["dtype"]);
  const dtype = integerDtype(fn, options.dtype);
  const asked = checkShape(fn, shape);
  // Small types are drawn as int32, so that maxval may be one beyond them.
  const small = dtypes[dtype].bytes < 4;
  const [least, greatest] = integerRange(dtype);
  const bound = (x: ArrayLike, most: bigint): Tensor => {
    const y = typeof x === "number" && !Number.isInteger(x) ? Math.trunc(x) : x;
    // Numbers that are no int32 count as 64-bit integers.
    const wide = typeof y === "number" && (y < -(2 ** 31) || y >= 2 ** 31);
    const t = toTensor(fn, wide ? BigInt(y) : y);
    const i = isInteger(t.dtype) ? p.convert(t, t.dtype) : p.convert(t, "int32");
    return small ? p.clamp(least, p.convert(i, "int32"), most) : i;
  };
  const [lo, hi] = [bound(minval, greatest), bound(maxval, greatest + 1n)];
  sampleShape(fn, asked, lo.shape, hi.shape);
  const drawn = randintSamples(
    checkKey(fn, key),
    asked,
    spread(fn, lo, asked),
    spread(fn, hi, asked),
    small ? "int32" : dtype,
  );
  return p.convert(drawn, dtype);
}
