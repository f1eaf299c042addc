/** Updates scaled by norms, signs and values. */
import { asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError, TransformError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { safeNorm, safeRootMeanSquares } from "../norms.js";
import { like, plus, times } from "../scalars.js";
import { needParams, stateless, withParams } from "../transformation.js";
import { choose, mapTensors, treeCast, treeNorm } from "../trees.js";
import type { EmptyState, GradientTransformation, Scalar } from "../types.js";

/** The signs of the updates. */
export const scaleBySign = (): GradientTransformation<EmptyState> =>
  stateless((updates) => mapTensors(p.sign, updates));

/** Subtracts from each row of a matrix (of larger tensors: each slice) its mean (Yong et al., 2020). */
export const centralize = (): GradientTransformation<EmptyState> =>
  stateless((updates) =>
    mapTensors((g) => (g.ndim < 2 ? g : np.subtract(g, np.mean(g, range(1, g.ndim), { keepdims: true }))), updates),
  );

/** Multiplies each leaf by the length of its parameter. */
export const scaleByParamBlockNorm = (minScale: Scalar = 1e-3): GradientTransformation<EmptyState> =>
  withParams("scaleByParamBlockNorm", (g, x) => np.multiply(g, safeNorm(x, minScale)));

/** Multiplies each leaf by the root mean square of its parameter. */
export const scaleByParamBlockRms = (minScale: Scalar = 1e-3): GradientTransformation<EmptyState> =>
  withParams("scaleByParamBlockRms", (g, x) => np.multiply(g, safeRootMeanSquares(x, minScale)));

export interface TrustRatioOptions {
  readonly minNorm?: Scalar | undefined;
  readonly trustCoefficient?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
}

/** Multiplies each leaf by the ratio of the lengths of its parameter and of itself (You et al., 2017). */
export function scaleByTrustRatio(options: TrustRatioOptions = {}): GradientTransformation<EmptyState> {
  checkOptions("optim.scaleByTrustRatio", options, ["minNorm", "trustCoefficient", "eps"]);
  const { minNorm = 0, trustCoefficient = 1, eps = 0 } = options;
  return withParams("scaleByTrustRatio", (g, x) => {
    const [xNorm, gNorm] = [safeNorm(x, minNorm), safeNorm(g, minNorm)];
    const ratio = np.divide(times(trustCoefficient, xNorm), plus(gNorm, eps));
    const zero = p.bitwiseOr(p.eq(xNorm, 0), p.eq(gNorm, 0));
    return np.multiply(g, choose(zero, p.full([], 1, ratio.dtype), ratio));
  });
}

export interface NormalizeOptions {
  /** The length of the result; 1 by default. */
  readonly scaleFactor?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
}

/** Divides the updates by their length as one vector. */
export function normalizeByUpdateNorm(options: NormalizeOptions = {}): GradientTransformation<EmptyState> {
  checkOptions("optim.normalizeByUpdateNorm", options, ["scaleFactor", "eps"]);
  const { scaleFactor = 1, eps = 1e-6 } = options;
  return stateless((updates) => {
    const norm = plus(treeNorm(updates), eps);
    const divisor = p.div(norm, like(norm, scaleFactor));
    return mapTensors((g) => p.div(g, p.convert(divisor, g.dtype)), updates);
  });
}

export interface OptimisticState {
  readonly isInitialStep: Tensor;
  readonly previousGradient: unknown;
}
export interface OptimisticOptions {
  /** 1 by default. */
  readonly alpha?: Scalar | undefined;
  /** 1 by default. */
  readonly beta?: Scalar | undefined;
}

/** (alpha + beta) · g - beta · the gradient before (Mokhtari et al., 2019). */
export function scaleByOptimisticGradient(options: OptimisticOptions = {}): GradientTransformation<OptimisticState> {
  checkOptions("optim.scaleByOptimisticGradient", options, ["alpha", "beta"]);
  const { alpha = 1, beta = 1 } = options;
  const both = typeof alpha === "number" && typeof beta === "number" ? alpha + beta : np.add(alpha, beta);
  return {
    init: (params) => ({
      isInitialStep: p.full([], true, "bool"),
      previousGradient: mapTensors((x) => p.fullLike(x, 0), params),
    }),
    update(updates, state) {
      const out = mapTensors(
        (g, old) => p.sub(times(both, g), times(beta, choose(state.isInitialStep, g, old))),
        updates,
        state.previousGradient,
      );
      return [out, { isInitialStep: p.full([], false, "bool"), previousGradient: updates }];
    },
  };
}

export interface PolyakOptions {
  /** A lower bound of the objective; 0 by default. */
  readonly fMin?: Scalar | undefined;
  /** 1 by default. */
  readonly maxLearningRate?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
  /** `"sps+"` never goes uphill. */
  readonly variant?: "sps" | "sps+" | undefined;
}
export const polyakOptions = ["fMin", "maxLearningRate", "eps", "variant"] as const;

/** @throws TransformError CT422 unless update was given the argument */
export function needExtra<T>(fn: string, name: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new TransformError(
    "CT422",
    `optim.${fn}: it needs ${name}, but update was called without. Call update(grads, state, params, { ${name} }).`,
  );
}

/** Scales by the gap between value and lower bound over the gradient's squared length; `update` needs `value`. */
export function scaleByPolyak(options: PolyakOptions = {}): GradientTransformation<EmptyState> {
  checkOptions("optim.scaleByPolyak", options, polyakOptions);
  const { fMin = 0, maxLearningRate = 1, eps = 0, variant = "sps" } = options;
  if (variant !== "sps" && variant !== "sps+") {
    throw new ArgumentError("CT004", `optim.scaleByPolyak: variant is '${String(variant)}'. Use 'sps' or 'sps+'.`);
  }
  return stateless((updates, _params, extra) => {
    const value = asTensor(needExtra("scaleByPolyak", "value", extra.value), "optim.scaleByPolyak");
    const square = treeNorm(updates, { squared: true });
    const distance = p.convert(np.subtract(value, fMin), square.dtype);
    const gap = variant === "sps" ? distance : p.max(distance, 0);
    const size = plus(square, eps);
    const step = p.min(p.div(gap, size), like(size, maxLearningRate));
    const safe = p.select(p.le(size, 2 ** -23), p.fullLike(step, 0), step);
    return mapTensors((g) => times(safe, g), updates);
  });
}

export interface DistanceState {
  readonly maxDist: unknown;
  readonly gradSumOfSquares: unknown;
  readonly initParams: unknown;
}
export interface DistanceOptions {
  readonly repsRel?: number | undefined;
  readonly eps?: number | undefined;
  readonly paramDtype?: "float32" | "float64" | "bfloat16" | "float16" | undefined;
  readonly globalScale?: Scalar | undefined;
}

/** A step of the distance travelled over the root of the sum of squared gradients, for each leaf (Ivgi et al., 2023). */
export function scaleByDistanceOverGradients(options: DistanceOptions = {}): GradientTransformation<DistanceState> {
  checkOptions("optim.scaleByDistanceOverGradients", options, ["repsRel", "eps", "paramDtype", "globalScale"]);
  const { repsRel = 1e-6, eps = 1e-8, paramDtype = "float32", globalScale = 1 } = options;
  const length = (x: Tensor): Tensor => p.sqrt(np.sum(np.square(x)));
  return {
    init: (params) => ({
      maxDist: mapTensors((x) => p.mul(p.add(length(x), 1), repsRel), params),
      gradSumOfSquares: mapTensors((x) => p.full([1], 0, x.dtype), params),
      initParams: treeCast(params, paramDtype),
    }),
    update(updates, state, params) {
      needParams("scaleByDistanceOverGradients", params);
      const maxDist = mapTensors(
        (d, x, start) => np.maximum(d, length(np.subtract(x, start))),
        state.maxDist,
        params,
        state.initParams,
      );
      const gradSumOfSquares = mapTensors((s, g) => np.add(s, np.sum(np.square(g))), state.gradSumOfSquares, updates);
      const out = mapTensors(
        (g, d, s) => np.multiply(times(globalScale, np.divide(d, p.sqrt(plus(s, eps)))), g),
        updates,
        maxDist,
        gradSumOfSquares,
      );
      return [out, { maxDist, gradSumOfSquares, initParams: state.initParams }];
    },
  };
}
