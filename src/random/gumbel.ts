/** Gumbel samples, whose maxima draw categories. */
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { ArgumentError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import {
  checkKey,
  checkShape,
  floatDtype,
  readOptions,
  type SampleOptions,
  type Shape,
  type ShapeOr,
} from "./arguments.js";
import { epsilon, floatFormat } from "./floats.js";
import { uniformSamples } from "./uniform.js";

/** How far into the tails samples reach: `"high"` and `"highest"` draw twice as many bits. */
export type TailMode = "low" | "high" | "highest";

export interface GumbelOptions extends SampleOptions {
  readonly mode?: TailMode | undefined;
}

/** @throws ArgumentError CT004 for another mode */
export function checkMode(fn: string, mode: TailMode | undefined): TailMode {
  if (mode === undefined || mode === "low" || mode === "high" || mode === "highest") return mode ?? "low";
  throw new ArgumentError("CT004", `${fn}: mode is '${String(mode)}', but it must be 'low', 'high' or 'highest'.`);
}

const minusLog = (x: Tensor): Tensor => p.neg(p.log(x));

/** 64 bits as a float32 between 0 and 1 that has a full mantissa however small it is. */
function fractionOf(high: Tensor, low: Tensor): Tensor {
  const [highZeros, lowZeros] = [p.clz(high), p.clz(low)];
  const onlyLow = p.eq(highZeros, 32);
  const rest = p.select(onlyLow, p.shiftLeft(low, lowZeros), p.shiftRightLogical(low, p.sub(32, highZeros)));
  const leading = p.bitwiseOr(p.shiftLeft(high, highZeros), rest);
  const mantissa = p.bitwiseAnd(p.shiftRightLogical(leading, 8), 0x7fffff);
  const zeros = p.select(onlyLow, p.add(lowZeros, 32), highZeros);
  const exponent = p.bitwiseAnd(p.shiftLeft(p.sub(126, zeros), 23), 0x3fc00000);
  return p.bitcastConvertType(p.bitwiseOr(exponent, mantissa), "float32");
}

function highest(key: Tensor, shape: Shape): Tensor {
  const [high, low] = p.unstack(p.threefryRandomBits(key, 32, [2, ...shape]), 0);
  // In the upper half the complement is what is small: -(high, low) in two words.
  const below = p.lt(high, 0x80000000);
  const carry = p.convert(p.eq(p.bitwiseNot(low), 0xffffffff), "uint32");
  const negated = [p.add(p.bitwiseNot(high), carry), p.add(p.bitwiseNot(low), 1)];
  const x = fractionOf(p.select(below, high, negated[0]), p.select(below, low, negated[1]));
  return p.select(below, minusLog(p.neg(p.log1p(p.neg(x)))), minusLog(minusLog(x)));
}

const gumbelCall = jitted("_gumbel", ([key], shape: Shape, dtype: DType, mode: TailMode) => {
  const { tiny } = floatFormat(dtype);
  if (mode === "low") return minusLog(minusLog(uniformSamples(key, shape, dtype, tiny, 1)));
  if (mode === "highest" && dtype === "float32") return highest(key, shape);
  const [high, low] = p.unstack(uniformSamples(key, [2, ...shape], dtype), 0);
  const fine = p.add(p.add(high, p.mul(epsilon(dtype), low)), tiny);
  const x = p.select(p.ge(high, 0.5), high, fine);
  return minusLog(p.neg(p.log1p(p.neg(x))));
});

/** Gumbel samples, inside samplers. */
export const gumbelSamples = (key: Tensor, shape: Shape, dtype: DType, mode: TailMode): Tensor =>
  gumbelCall([key], shape, dtype, mode);

/**
 * Samples of the standard Gumbel distribution, -log(-log(u)) of uniform u.
 * @throws ArgumentError CT004 for an unknown mode
 * @example
 * random.gumbel(random.key(0), [4], { mode: "high" });
 */
export function gumbel(key: Tensor, shape: ShapeOr<GumbelOptions> = [], options?: GumbelOptions): Tensor {
  const fn = "random.gumbel";
  const given = readOptions(fn, ["shape", "dtype", "mode"], shape, options);
  const dtype = floatDtype(fn, given.dtype);
  return gumbelSamples(checkKey(fn, key), checkShape(fn, given.shape ?? []), dtype, checkMode(fn, given.mode));
}
