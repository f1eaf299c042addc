/** Binomial samples and those made of them or like them: counts of successes. */
import { scan } from "../control/scan.js";
import { whileLoop } from "../control/while-loop.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { fromHost } from "../core/device-tensor.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { promoteDtypesInexact } from "../numpy/promote.js";
import { ShapeError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import {
  checkKey,
  fill,
  floatDtype,
  floatParameter,
  integerDtype,
  readOptions,
  type SampleOptions,
  type Shape,
  type ShapeOr,
  sampleOptions,
  sampleShape,
} from "./arguments.js";
import { floatFormat } from "./floats.js";
import { splitKey } from "./keys.js";
import { goOn } from "./poisson.js";
import { take } from "./take.js";
import { uniformSamples } from "./uniform.js";

/** log k! less Stirling's approximation, for k from 0 to 9. */
const stirlingTails = Float64Array.of(
  0.0810614667953272,
  0.0413406959554092,
  0.0276779256849983,
  0.02079067210376509,
  0.0166446911898211,
  0.0138761288230707,
  0.0118967099458917,
  0.010411265261972,
  0.00925546218271273,
  0.00833056343336287,
);

function stirlingTail(k: Tensor): Tensor {
  const table = p.convert(fromHost(stirlingTails, [10], "float64"), k.dtype);
  const small = p.clamp(0, k, 9);
  const square = p.mul(p.add(small, 1), p.add(small, 1));
  const series = p.sub(1 / 12, p.div(p.sub(1 / 360, p.div(1 / 1260, square)), square));
  const listed = take(table, p.convert(p.floor(small), "int32"), 0);
  return p.select(p.le(k, 9), listed, p.div(series, p.add(small, 1)));
}

const counter = (): Tensor => p.full([], 0, "int32");

/** Adds geometric samples until they exceed the count. */
function inversion(key: Tensor, count: Tensor, q: Tensor, most: number): Tensor {
  const logFailure = p.log1p(p.neg(q));
  const [, successes] = whileLoop(
    ([i, , sum]) => goOn(p.le(sum, count), i, most),
    ([i, n, sum, rng]) => {
      const [forUniform, next] = splitKey(rng, 2);
      const counted = p.select(p.le(sum, count), p.add(n, 1), n);
      const u = uniformSamples(forUniform, q.shape, q.dtype);
      return [p.add(i, 1), counted, p.add(sum, p.ceil(p.div(p.log(u), logFailure))), next] as const;
    },
    [counter(), p.fullLike(q, 0), p.fullLike(q, 0), key] as const,
  );
  return p.sub(successes, 1);
}

/** Hörmann's BTRS ("The generation of binomial random variates", 1993). */
function btrs(key: Tensor, count: Tensor, q: Tensor, most: number): Tensor {
  const { shape, dtype } = q;
  const mean = p.mul(count, q);
  const deviation = p.sqrt(p.mul(mean, p.sub(1, q)));
  const b = p.add(1.15, p.mul(2.53, deviation));
  const a = p.add(p.add(-0.0873, p.mul(0.0248, b)), p.mul(0.01, q));
  const c = p.add(mean, 0.5);
  const vr = p.sub(0.92, p.div(4.2, b));
  const odds = p.div(q, p.sub(1, q));
  const alpha = p.mul(p.add(2.83, p.div(5.1, b)), deviation);
  const mode = p.floor(p.mul(p.add(count, 1), q));
  const rest = (k: Tensor): Tensor => p.add(p.sub(count, k), 1);
  const [, samples] = whileLoop(
    ([i, , accepted]) => goOn(p.bitwiseNot(accepted), i, most),
    ([i, out, accepted, rng]) => {
      const [next, forU, forV] = splitKey(rng, 3);
      const u = p.sub(uniformSamples(forU, shape, dtype), 0.5);
      const v = uniformSamples(forV, shape, dtype);
      const us = p.sub(0.5, p.abs(u));
      const k = p.floor(p.add(p.mul(p.add(p.div(p.mul(2, a), us), b), u), c));
      const inside = p.bitwiseAnd(p.ge(us, 0.07), p.le(v, vr));
      const outside = p.bitwiseOr(p.lt(k, 0), p.gt(k, count));
      const height = p.log(p.div(p.mul(v, alpha), p.add(p.div(a, p.mul(us, us)), b)));
      const terms = [
        p.mul(p.add(mode, 0.5), p.log(p.div(p.add(mode, 1), p.mul(odds, rest(mode))))),
        p.mul(p.add(count, 1), p.log(p.div(rest(mode), rest(k)))),
        p.mul(p.add(k, 0.5), p.log(p.div(p.mul(odds, rest(k)), p.add(k, 1)))),
        stirlingTail(mode),
        stirlingTail(p.sub(count, mode)),
        p.neg(stirlingTail(k)),
        p.neg(stirlingTail(p.sub(count, k))),
      ];
      const bound = terms.reduce((x, y) => p.add(x, y));
      const accept = p.bitwiseOr(inside, p.bitwiseAnd(p.bitwiseNot(outside), p.le(height, bound)));
      return [p.add(i, 1), p.select(accept, k, out), p.bitwiseOr(accepted, accept), next] as const;
    },
    [counter(), p.fullLike(q, -1), p.full(shape, false, "bool"), key] as const,
  );
  return samples;
}

const binomialCall = jitted("_binomial", ([key, n, prob], dtype: DType) => {
  const like = (value: number): Tensor => p.fullLike(prob, value);
  const notANumberIn = (x: Tensor): Tensor => p.ne(x, x);
  const rare = p.lt(prob, 0.5);
  const given = p.select(rare, prob, p.sub(1, prob));
  const badCount = p.bitwiseOr(notANumberIn(n), p.lt(n, 0));
  const infinite = p.eq(p.abs(n), Number.POSITIVE_INFINITY);
  const notANumber = notANumberIn(given);
  const negative = p.lt(given, 0);
  const q = p.select(p.bitwiseOr(notANumber, negative), like(0.01), given);
  const few = p.bitwiseOr(badCount, p.le(p.mul(n, q), 10));
  const count = p.floor(n);
  const most = Math.min(floatFormat(dtype).greatest, 2 ** 31 - 1);
  // Each method is given parameters that it ends soon with where the other one is used.
  const byInversion = inversion(key, p.select(few, count, like(0)), q, most);
  const byRejection = btrs(key, p.select(few, like(1e4), count), p.select(few, like(0.5), q), most);
  const drawn = p.convert(p.select(few, byInversion, byRejection), dtype);
  const invalid = p.bitwiseOr(p.bitwiseOr(negative, notANumber), badCount);
  const orNaN = p.select(invalid, p.fullLike(drawn, Number.NaN), drawn);
  const samples = p.select(
    p.bitwiseAnd(infinite, p.bitwiseNot(invalid)),
    p.fullLike(drawn, Number.POSITIVE_INFINITY),
    orNaN,
  );
  const asDrawn = [rare, badCount, notANumber, infinite].reduce((x, y) => p.bitwiseOr(x, y));
  return p.select(asDrawn, samples, p.sub(p.convert(count, dtype), samples));
});

/**
 * Samples of the binomial distribution: how many of n trials succeed that do so with probability prob each.
 * @param n how often it is tried; broadcasts to the shape; NaN for negative ones
 * @param prob of each try to succeed; broadcasts to the shape; NaN for what is no probability
 * @throws DTypeError CT105 unless dtype is a float type
 * @example
 * random.binomial(random.key(0), 10, 0.3, [4]);
 */
export function binomial(
  key: Tensor,
  n: ArrayLike,
  prob: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.binomial";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = floatDtype(fn, given.dtype);
  const q = floatParameter(fn, prob);
  const count = p.convert(asTensor(n, fn), q.dtype);
  const asked = sampleShape(fn, given.shape, count.shape, q.shape);
  return binomialCall([checkKey(fn, key), fill(fn, count, asked), fill(fn, q, asked)], dtype);
}

const geometricCall = jitted("_geometric", ([key, prob], shape: Shape, dtype: DType) => {
  const u = uniformSamples(key, shape, prob.dtype);
  const positive = p.select(p.eq(u, 0), p.fullLike(u, 1), u);
  const failures = p.floor(p.div(p.log(positive), p.log1p(p.neg(prob))));
  return p.convert(p.add(failures, 1), dtype);
});

/**
 * Samples of the geometric distribution: the number of the first trial that succeeds, counted from 1.
 * @param prob the probability of success of each trial; broadcasts to the shape
 * @throws DTypeError CT105 unless dtype is an integer type
 */
export function geometric(
  key: Tensor,
  prob: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.geometric";
  const given = readOptions(fn, sampleOptions, shape, options);
  const dtype = integerDtype(fn, given.dtype);
  const q = floatParameter(fn, prob);
  const asked = sampleShape(fn, given.shape, q.shape);
  return geometricCall([checkKey(fn, key), fill(fn, q, asked)], asked, dtype);
}

const multinomialCall = jitted("_multinomial", ([key, n, probs]) => {
  const last = probs.ndim - 1;
  const rows = p.moveAxis(probs, last, 0);
  const remaining = p.cumsum(rows, 0, true);
  // The chance of each category among those that are left.
  const ratios = p.div(rows, p.replaceZero(remaining));
  const [, counts] = scan(
    (left: Tensor, [ratio, k]: readonly [Tensor, Tensor]) => {
      const count = binomialCall([k, left, p.clamp(0, ratio, 1)], left.dtype);
      return [p.sub(left, count), count] as const;
    },
    n,
    [ratios, p.threefrySplit(key, [rows.shape[0]])] as const,
  );
  return p.moveAxis(counts, 0, last);
});

/**
 * Samples of the multinomial distribution: how many of n trials fall into each category.
 * @param probs the categories' probabilities along the last axis
 * @param shape the shape of the result with its last axis; by default that of probs
 * @throws ShapeError CT103, CT107
 * @example
 * random.multinomial(random.key(0), 10, [0.2, 0.3, 0.5]);
 */
export function multinomial(
  key: Tensor,
  n: ArrayLike,
  probs: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.multinomial";
  const given = readOptions(fn, sampleOptions, shape, options);
  const [count, q] = promoteDtypesInexact(asTensor(n, fn), asTensor(probs, fn)).map((x) => p.convert(x, x.dtype));
  if (q.ndim === 0) {
    throw new ShapeError(
      "CT107",
      `${fn}: probs is a scalar, but it needs an axis of categories. Give at least one dimension.`,
    );
  }
  const asked = sampleShape(fn, given.shape ?? q.shape, q.shape);
  const samples = multinomialCall([checkKey(fn, key), fill(fn, count, asked.slice(0, -1)), fill(fn, q, asked)]);
  return p.convert(samples, floatDtype(fn, given.dtype));
}
