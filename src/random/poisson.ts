/** Poisson samples: by Knuth's products of uniforms for small rates, by transformed rejection for others. */
import { whileLoop } from "../control/while-loop.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import * as p from "../primitives/index.js";
import {
  checkKey,
  fill,
  integerDtype,
  readOptions,
  type SampleOptions,
  type ShapeOr,
  sampleOptions,
  sampleShape,
} from "./arguments.js";
import { integerRange } from "./integers.js";
import { splitKey } from "./keys.js";
import { uniformSamples } from "./uniform.js";

/** Whether any element holds, and iterations are left. */
export const goOn = (open: Tensor, i: Tensor, most: number): Tensor =>
  p.bitwiseAnd(p.reduceOr(open, [...open.shape.keys()]), p.lt(i, most));

const int32Max = 2 ** 31 - 1;

/** Counts how many uniforms can be multiplied before the product falls below exp(-rate). */
function knuth(key: Tensor, rate: Tensor, dtype: DType, most: number): Tensor {
  const { shape } = rate;
  const above = (logProduct: Tensor): Tensor => p.gt(logProduct, p.neg(rate));
  const [, k] = whileLoop(
    ([i, , , logProduct]) => goOn(above(logProduct), i, most),
    ([i, count, rng, logProduct]) => {
      const [next, forUniform] = splitKey(rng, 2);
      const counted = p.select(above(logProduct), p.add(count, 1), count);
      const u = uniformSamples(forUniform, shape, "float32");
      return [p.add(i, 1), counted, next, p.add(logProduct, p.log(u))] as const;
    },
    [p.full([], 0, "int32"), p.full(shape, 0, dtype), key, p.full(shape, 0, "float32")] as const,
  );
  return p.sub(k, 1);
}

/** Hörmann's PTRS ("The transformed rejection method for generating Poisson random variables", 1993). */
function rejection(key: Tensor, rate: Tensor, dtype: DType, most: number): Tensor {
  const { shape } = rate;
  const logRate = p.log(rate);
  const b = p.add(0.931, p.mul(2.53, p.sqrt(rate)));
  const a = p.add(-0.059, p.mul(0.02483, b));
  const inverseAlpha = p.add(1.1239, p.div(1.1328, p.sub(b, 3.4)));
  const vr = p.sub(0.9277, p.div(3.6224, p.sub(b, 2)));
  const [, k] = whileLoop(
    ([i, , accepted]) => goOn(p.bitwiseNot(accepted), i, most),
    ([i, out, accepted, rng]) => {
      const [next, forU, forV] = splitKey(rng, 3);
      const u = p.sub(uniformSamples(forU, shape, rate.dtype), 0.5);
      const v = uniformSamples(forV, shape, rate.dtype);
      const us = p.sub(0.5, p.abs(u));
      const x = p.floor(p.add(p.add(p.mul(p.add(p.div(p.mul(2, a), us), b), u), rate), 0.43));
      const s = p.log(p.div(p.mul(v, inverseAlpha), p.add(p.div(a, p.mul(us, us)), b)));
      const t = p.sub(p.add(p.neg(rate), p.mul(x, logRate)), p.lgamma(p.add(x, 1)));
      const inside = p.bitwiseAnd(p.ge(us, 0.07), p.le(v, vr));
      const outside = p.bitwiseOr(p.lt(x, 0), p.bitwiseAnd(p.lt(us, 0.013), p.gt(v, us)));
      const accept = p.bitwiseOr(inside, p.bitwiseAnd(p.bitwiseNot(outside), p.le(s, t)));
      return [p.add(i, 1), p.select(accept, x, out), p.bitwiseOr(accepted, accept), next] as const;
    },
    [p.full([], 0, "int32"), p.fullLike(rate, -1), p.full(shape, false, "bool"), key] as const,
  );
  return p.convert(k, dtype);
}

const poissonCall = jitted("_poisson", ([key, rate], dtype: DType) => {
  const small = p.bitwiseOr(p.ne(rate, rate), p.lt(rate, 10));
  const most = Number(integerRange(dtype)[1]) < int32Max ? Number(integerRange(dtype)[1]) : int32Max;
  // Each method is given rates that it ends soon with where the other one is used.
  const byProducts = knuth(key, p.select(small, rate, p.fullLike(rate, 0)), dtype, most);
  const byRejection = rejection(key, p.select(small, p.fullLike(rate, 1e5), rate), dtype, most);
  const samples = p.select(small, byProducts, byRejection);
  return p.select(p.eq(rate, 0), p.zerosLike(samples), samples);
});

/**
 * Samples of the Poisson distribution: how many events happen where `rate` are expected.
 * @param rate not negative; broadcasts to the shape
 * @param options.dtype an integer type; int32 by default
 * @throws DTypeError CT105 unless dtype is an integer type
 * @example
 * random.poisson(random.key(0), 3.5, [4]);
 */
export function poisson(key: Tensor, rate: ArrayLike, shape?: ShapeOr<SampleOptions>, options?: SampleOptions): Tensor {
  const fn = "random.poisson";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = integerDtype(fn, given.dtype);
  const x = asTensor(rate, fn);
  const asked = sampleShape(fn, given.shape, x.shape);
  return poissonCall([checkKey(fn, key), fill(fn, p.convert(x, "float32"), asked)], dtype);
}
