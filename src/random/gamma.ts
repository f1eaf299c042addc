/** Gamma samples by rejection, with implicit derivatives, and the distributions made of them. */
import { vmap } from "../api/vmap.js";
import { whileLoop } from "../control/while-loop.js";
import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { withJvp } from "../numpy/ufunc.js";
import { ShapeError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import {
  checkKey,
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
import { exponentialSamples } from "./continuous.js";
import { floatFormat } from "./floats.js";
import { splitKey } from "./keys.js";
import { normalSamples } from "./normal.js";
import { uniformSamples } from "./uniform.js";

/** (1 + c·x)³ of a normal x for which it is positive: x and the number before it is cubed. */
function positiveCube(key: Tensor, c: Tensor): readonly [x: Tensor, v: Tensor] {
  const [, x, v] = whileLoop(
    ([, , w]) => p.le(w, 0),
    ([k]) => {
      const [next, forNormal] = splitKey(k, 2);
      const n = normalSamples(forNormal, [], c.dtype);
      return [next, n, p.add(1, p.mul(n, c))] as const;
    },
    [key, p.fullLike(c, 0), p.fullLike(c, -1)] as const,
  );
  return [x, v];
}

/**
 * One gamma sample, or its logarithm, by the method of Marsaglia and Tsang (ACM TOMS 26, 2000): d·v of a squeezed cube v.
 * Shapes below 1 are drawn one higher and boosted by a power of a uniform sample.
 */
function gammaOne(key: Tensor, alpha: Tensor, logSpace: boolean): Tensor {
  const { dtype } = alpha;
  const large = p.ge(alpha, 1);
  const d = p.sub(p.select(large, alpha, p.add(alpha, 1)), 1 / 3);
  const c = p.div(1 / 3, p.sqrt(d));
  const [forCubes, forBoost] = splitKey(key, 2);
  const scalar = (value: number): Tensor => p.fullLike(alpha, value);
  const [, , v] = whileLoop(
    ([, square, cube, u]) =>
      p.bitwiseAnd(
        p.ge(u, p.sub(1, p.mul(0.0331, p.mul(square, square)))),
        p.ge(p.log(u), p.add(p.mul(square, 0.5), p.mul(d, p.add(p.sub(1, cube), p.log(cube))))),
      ),
    ([k]) => {
      const [next, forCube, forUniform] = splitKey(k, 3);
      const [x, w] = positiveCube(forCube, c);
      return [next, p.mul(x, x), p.mul(p.mul(w, w), w), uniformSamples(forUniform, [], dtype)] as const;
    },
    [forCubes, scalar(0), scalar(1), scalar(2)] as const,
  );
  if (logSpace) {
    const e = p.neg(exponentialSamples(forBoost, [], dtype));
    const boost = p.select(p.bitwiseOr(large, p.eq(e, 0)), scalar(0), p.mul(e, p.div(1, alpha)));
    return p.add(p.add(p.log(d), p.log(v)), boost);
  }
  const u = p.sub(1, uniformSamples(forBoost, [], dtype));
  return p.mul(p.mul(d, v), p.select(large, scalar(1), p.pow(u, p.div(1, alpha))));
}

/** The derivative of samples by their parameter, at fixed probability; of their logarithm in log space. */
function sampleGradient(sample: Tensor, alpha: Tensor, logSpace: boolean): Tensor {
  if (!logSpace) return p.randomGammaGrad(alpha, sample);
  const x = p.exp(sample);
  const positive = p.select(p.eq(x, 0), p.fullLike(x, floatFormat(x.dtype).tiny), x);
  return p.div(p.randomGammaGrad(alpha, positive), positive);
}

/** Samples for each element of alpha, each from a key of its own. */
const sampler = (name: string, logSpace: boolean): ((key: Tensor, alpha: Tensor) => Tensor) =>
  withJvp(
    name,
    (key, alpha) => {
      const keys = p.threefrySplit(key, [alpha.size]);
      const one = (k: Tensor, a: Tensor): Tensor => gammaOne(k, a, logSpace);
      return alpha.size === 0 ? alpha : p.reshape(vmap(one)(keys, p.reshape(alpha, [alpha.size])), alpha.shape);
    },
    ([, alpha], [, t], sample) => p.mul(t, sampleGradient(sample, alpha, logSpace)),
  );
const samplers = { linear: sampler("random_gamma", false), log: sampler("random_loggamma", true) };

const gammaCall = jitted("_gamma", ([key, a], shape: Shape, space: "linear" | "log") =>
  samplers[space](key, p.broadcastTo(a, shape)),
);

/** Gamma samples, inside samplers; `a` has the shape of the samples, or is a scalar. */
export const gammaSamples = (key: Tensor, a: Tensor, shape: Shape, space: "linear" | "log" = "linear"): Tensor =>
  gammaCall([key, fill("random.gamma", a, shape)], shape, space);

type OneParameter = (key: Tensor, a: ArrayLike, shape?: ShapeOr<SampleOptions>, options?: SampleOptions) => Tensor;

/** A public function of a distribution with one parameter. */
function withParameter(name: string, samples: (key: Tensor, a: Tensor, shape: Shape) => Tensor): OneParameter {
  const fn = `random.${name}`;
  const made: OneParameter = (key, a, shape, options) => {
    const given = readOptions(fn, sampleOptions, shape, options);
    const x = parameter(fn, a, floatDtype(fn, given.dtype));
    const asked = sampleShape(fn, given.shape, x.shape);
    return samples(checkKey(fn, key), fill(fn, x, asked), asked);
  };
  return Object.defineProperty(made, "name", { value: name });
}

/**
 * Samples of the gamma distribution of shape parameter `a` and scale 1. Differentiable in `a`, implicitly: at a fixed
 * probability (Figurnov et al., NeurIPS 2018).
 * @param a positive; broadcasts to the shape
 * @throws ShapeError CT103 if `a` does not broadcast to the shape
 * @example
 * random.gamma(random.key(0), 2.5, [4]);
 */
export const gamma: OneParameter = withParameter("gamma", (key, a, shape) => gammaSamples(key, a, shape));

/** Logarithms of gamma samples, accurate where the samples themselves would be 0. */
export const loggamma: OneParameter = withParameter("loggamma", (key, a, shape) => gammaSamples(key, a, shape, "log"));

const chisquareCall = jitted("_chisquare", ([key, df], shape: Shape) =>
  p.mul(p.exp(gammaSamples(key, p.div(df, 2), shape, "log")), 2),
);
/** Samples of the chi-square distribution with df degrees of freedom. */
export const chisquare: OneParameter = withParameter("chisquare", (key, df, shape) => chisquareCall([key, df], shape));

const tCall = jitted("_t", ([key, df], shape: Shape) => {
  const [forNormal, forGamma] = splitKey(key, 2);
  const n = normalSamples(forNormal, shape, df.dtype);
  const half = p.div(df, 2);
  return p.mul(n, p.sqrt(p.div(half, gammaSamples(forGamma, half, shape))));
});
/** Samples of Student's t distribution with df degrees of freedom. */
export const t: OneParameter = withParameter("t", (key, df, shape) => tCall([key, df], shape));

type TwoParameters = (
  key: Tensor,
  a: ArrayLike,
  b: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
) => Tensor;

/** A public function of a distribution with two parameters. */
function withParameters(
  name: string,
  samples: (key: Tensor, a: Tensor, b: Tensor, shape: Shape) => Tensor,
): TwoParameters {
  const fn = `random.${name}`;
  const made: TwoParameters = (key, a, b, shape, options) => {
    const given = readOptions(fn, sampleOptions, shape, options);
    const dtype = floatDtype(fn, given.dtype);
    const [x, y] = [parameter(fn, a, dtype), parameter(fn, b, dtype)];
    const asked = sampleShape(fn, given.shape, x.shape, y.shape);
    return samples(checkKey(fn, key), fill(fn, x, asked), fill(fn, y, asked), asked);
  };
  return Object.defineProperty(made, "name", { value: name });
}

const betaCall = jitted("_beta", ([key, a, b], shape: Shape) => {
  const [forA, forB] = splitKey(key, 2);
  const [x, y] = [gammaSamples(forA, a, shape, "log"), gammaSamples(forB, b, shape, "log")];
  const greater = p.max(x, y);
  const [u, v] = [p.exp(p.sub(x, greater)), p.exp(p.sub(y, greater))];
  return p.div(u, p.add(u, v));
});
/** Samples of the beta distribution with parameters a and b. */
export const beta: TwoParameters = withParameters("beta", (key, a, b, shape) => betaCall([key, a, b], shape));

const fCall = jitted("_f", ([key, dfnum, dfden], shape: Shape) => {
  const [forDen, forNum] = splitKey(key, 2);
  const num = p.div(chisquareCall([forNum, dfnum], shape), dfnum);
  return p.div(num, p.div(chisquareCall([forDen, dfden], shape), dfden));
});
/** Samples of the F distribution with dfnum and dfden degrees of freedom. */
export const f: TwoParameters = withParameters("f", (key, num, den, shape) => fCall([key, num, den], shape));

const dirichletCall = jitted("_dirichlet", ([key, alpha], shape: Shape) => {
  const logs = gammaSamples(key, alpha, shape, "log");
  const last = shape.length - 1;
  const along = (x: Tensor): Tensor => p.expandDims(x, [last]);
  const weights = p.exp(p.sub(logs, along(p.stopGradient(p.reduceMax(logs, [last])))));
  return p.div(weights, along(p.reduceSum(weights, [last])));
});
/**
 * Samples of the Dirichlet distribution: probabilities that add up to 1 along the last axis.
 * @param alpha shape [..., n], positive
 * @param shape the shape of the samples without their last axis
 * @returns shape [...shape, n]
 */
export function dirichlet(
  key: Tensor,
  alpha: ArrayLike,
  shape?: ShapeOr<SampleOptions>,
  options?: SampleOptions,
): Tensor {
  const fn = "random.dirichlet";
  const given = readOptions(fn, sampleOptions, shape, options);
  const a = parameter(fn, alpha, floatDtype(fn, given.dtype));
  if (a.ndim === 0) {
    throw new ShapeError(
      "CT107",
      `${fn}: alpha is a scalar, but it needs an axis of parameters. Give at least one dimension.`,
    );
  }
  const asked = [...sampleShape(fn, given.shape, a.shape.slice(0, -1)), a.shape[a.ndim - 1]];
  return dirichletCall([checkKey(fn, key), spread(fn, a, asked)], asked);
}
