/** Sharpness-aware steps, private gradients, complex parameters as pairs, and Adam normalised before its average. */
import type { DType } from "../../core/dtype.js";
import { isComplex } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import * as random from "../../random/index.js";
import { applyUpdates } from "../apply.js";
import { chain } from "../combining.js";
import { type Optimizer, sgd } from "../optimizers.js";
import { like, times, zeroCount } from "../scalars.js";
import { needParams, scaleByLearningRate } from "../transformation.js";
import { perExampleGlobalNormClip } from "../transforms/clipping.js";
import type { MomentsState } from "../transforms/moments.js";
import { needExtra } from "../transforms/scaling.js";
import {
  choose,
  mapLoose,
  mapTensors,
  safeIncrement,
  tensorLeaves,
  treeCast,
  treeUpdateMoment,
  treeUpdateMomentPerElemNorm,
  treeZerosLike,
} from "../trees.js";
import type { ExtraArgs, GradientTransformation, Scalar, ScalarOrSchedule } from "../types.js";

export interface SamState {
  readonly stepsSinceSync: Tensor;
  readonly optState: unknown;
  readonly advState: unknown;
  /** The parameters before the ascent; null in opaque mode. */
  readonly cache: unknown;
}
export interface SamOptions {
  /** How many gradients a step takes; 2 by default. */
  readonly syncPeriod?: number | undefined;
  /** Whether the ascent starts anew each time; true by default. */
  readonly resetState?: boolean | undefined;
  /** Whether one update does the ascent too; it needs `gradFn(params, i)` then. */
  readonly opaqueMode?: boolean | undefined;
}

/**
 * Sharpness-aware minimisation (Foret et al., 2020): steps by the gradient at a point uphill, which another
 * transformation goes to.
 * @throws ArgumentError CT004 for a period below 1
 * @example
 * optim.contrib.sam(optim.sgd(0.1), optim.chain(optim.contrib.normalize(), optim.sgd(0.05)));
 */
export function sam(
  optimizer: GradientTransformation,
  adversary: GradientTransformation,
  options: SamOptions = {},
): GradientTransformation<SamState> {
  checkOptions("optim.contrib.sam", options, ["syncPeriod", "resetState", "opaqueMode"]);
  const { syncPeriod = 2, resetState = true, opaqueMode = false } = options;
  if (!(syncPeriod >= 1)) {
    throw new ArgumentError("CT004", `optim.contrib.sam: syncPeriod is ${syncPeriod}, but it must be at least 1.`);
  }
  const pick = <T>(condition: Tensor, x: T, y: unknown): T => mapTensors((a, b) => choose(condition, a, b), x, y);
  const uphill = <U>(updates: U, state: unknown, params: unknown): [U, unknown] => {
    const [moved, next] = adversary.update(updates, state, params);
    return [mapTensors(p.neg, moved), next];
  };
  const transparent = <U>(updates: U, state: SamState, params: unknown): [U, SamState] => {
    const first = p.eq(state.stepsSinceSync, 0);
    const last = p.eq(state.stepsSinceSync, syncPeriod - 1);
    const [ascent, climbed] = uphill(updates, state.advState, params);
    const [descent, stepped] = optimizer.update(updates, state.optState, state.cache);
    // Down from where the ascent began.
    const back = mapTensors((u, c, x) => p.add(p.sub(c, x), u), descent, state.cache, params);
    const next: SamState = {
      stepsSinceSync: p.rem(p.add(state.stepsSinceSync, 1), syncPeriod),
      optState: pick(last, stepped, state.optState),
      advState: pick(last, resetState ? adversary.init(params) : state.advState, climbed),
      cache: pick(first, params, state.cache),
    };
    return [pick(last, back, ascent), next];
  };
  const opaque = <U>(updates: U, state: SamState, params: unknown, extra: ExtraArgs): [U, SamState] => {
    const gradFn = needExtra("contrib.sam", "gradFn", extra.gradFn) as (params: unknown, i: number) => U;
    let [gradient, advState, at] = [updates, state.advState, params];
    for (let i = 0; i < syncPeriod - 1; i++) {
      const [ascent, next] = uphill(gradient, advState, at);
      advState = next;
      at = applyUpdates(at, ascent);
      gradient = gradFn(at, i);
    }
    const [out, optState] = optimizer.update(gradient, state.optState, params);
    const kept = resetState ? adversary.init(params) : advState;
    return [out, { stepsSinceSync: zeroCount(), optState, advState: kept, cache: null }];
  };
  return {
    init: (params) => ({
      stepsSinceSync: zeroCount(),
      optState: optimizer.init(params),
      advState: adversary.init(params),
      cache: opaqueMode ? null : params,
    }),
    update<U>(updates: U, state: SamState, params?: unknown, extra: ExtraArgs = {}): [U, SamState] {
      needParams("contrib.sam", params);
      return opaqueMode ? opaque(updates, state, params, extra) : transparent(updates, state, params);
    },
  };
}

export interface PrivateState {
  readonly rngKey: Tensor;
}

/**
 * The mean of gradients of examples, each clipped, with noise (Abadi et al., 2016). Updates have a leading axis of
 * examples.
 * @param key a key, or a seed
 */
export function differentiallyPrivateAggregate(
  l2NormClip: number,
  noiseMultiplier: number,
  key: Tensor | number,
): GradientTransformation<PrivateState> {
  return {
    init: () => ({ rngKey: typeof key === "number" ? random.key(key) : key }),
    update<U>(updates: U, state: PrivateState): [U, PrivateState] {
      const leaves = tensorLeaves(updates);
      const examples = leaves[0]?.shape[0] ?? 1;
      const [sum] = perExampleGlobalNormClip(updates, l2NormClip);
      const [rngKey, ...keys] = np.unstack(random.split(state.rngKey, leaves.length + 1));
      const noisy = mapTensors((g) => {
        const noise = random.normal(keys.shift() as Tensor, g.shape, { dtype: g.dtype });
        return p.div(p.add(g, times(l2NormClip * noiseMultiplier, noise)), examples);
      }, sum);
      return [noisy, { rngKey }];
    },
  };
}

export interface DpsgdOptions {
  readonly momentum?: Scalar | null | undefined;
  readonly nesterov?: boolean | undefined;
}
/** Gradient descent on {@link differentiallyPrivateAggregate}. */
export function dpsgd(
  learningRate: ScalarOrSchedule,
  l2NormClip: number,
  noiseMultiplier: number,
  key: Tensor | number,
  options: DpsgdOptions = {},
): Optimizer {
  checkOptions("optim.contrib.dpsgd", options, ["momentum", "nesterov"]);
  return chain(
    differentiallyPrivateAggregate(l2NormClip, noiseMultiplier, key),
    sgd(learningRate, options),
  ) as unknown as Optimizer;
}

/** A transformation that sees complex parameters as pairs of real ones. */
export function splitRealAndImaginary(inner: GradientTransformation): GradientTransformation<{ innerState: unknown }> {
  const apart = (t: unknown): unknown =>
    mapTensors((x) => (isComplex(x.dtype) ? { real: p.real(x), imaginary: p.imag(x) } : x), t);
  type Part = Tensor | { readonly real: Tensor; readonly imaginary: Tensor };
  const together = <T>(like: T, t: unknown): T =>
    mapLoose((_: Tensor, x: Part) => ("real" in x && "imaginary" in x ? p.complex(x.real, x.imaginary) : x), like, t);
  return {
    init: (params) => ({ innerState: inner.init(apart(params)) }),
    update<U>(updates: U, { innerState }: { innerState: unknown }, params?: unknown, extra?: ExtraArgs) {
      const own = params === undefined ? undefined : apart(params);
      const [out, next] = inner.update(apart(updates), innerState, own, extra);
      return [together(updates, out), { innerState: next }] as [U, { innerState: unknown }];
    },
  };
}

export interface AdoptOptions {
  readonly b1?: number | undefined;
  readonly b2?: number | undefined;
  readonly eps?: number | undefined;
  readonly muDtype?: DType | null | undefined;
  readonly nesterov?: boolean | undefined;
  readonly useClipping?: boolean | undefined;
  /** The bound of normalised gradients at each step; step^¼ by default. */
  readonly clipValueFn?: ((step: Tensor) => Tensor) | undefined;
}
const adoptOptions = ["b1", "b2", "eps", "muDtype", "nesterov", "useClipping", "clipValueFn"] as const;

/** Adam that normalises gradients by the moment before them, then averages (Taniguchi et al., 2024). */
export function scaleByAdopt(options: AdoptOptions = {}): GradientTransformation<MomentsState> {
  checkOptions("optim.contrib.scaleByAdopt", options, adoptOptions);
  const { b1 = 0.9, b2 = 0.9999, eps = 1e-6, muDtype, nesterov = false, useClipping = true } = options;
  const { clipValueFn = (step: Tensor) => p.pow(p.convert(step, "float32"), 0.25) } = options;
  return {
    init: (params) => ({ count: zeroCount(), mu: treeZerosLike(params, muDtype), nu: treeZerosLike(params) }),
    update(updates, state) {
      const later = p.gt(state.count, 0);
      const number = (x: number): Tensor => p.full([], x, "float32");
      const [decay1, decay2] = [p.select(later, number(b1), number(1)), p.select(later, number(b2), number(0))];
      const bound = clipValueFn(state.count);
      const normalised = mapTensors(
        (g, v) => {
          const x = p.div(g, p.max(p.sqrt(v), eps));
          if (!useClipping) return x;
          const most = like(x, bound);
          return p.min(p.max(x, p.neg(most)), most);
        },
        updates,
        state.nu,
      );
      const mu = treeUpdateMoment(normalised, state.mu, decay1, 1);
      const nu = treeUpdateMomentPerElemNorm(updates, state.nu, decay2, 2);
      const out = nesterov ? treeUpdateMoment(normalised, mu, decay1, 1) : mu;
      return [out, { count: safeIncrement(state.count), mu: treeCast(mu, muDtype), nu }];
    },
  };
}
/** The optimizer of {@link scaleByAdopt}. */
export function adopt(learningRate: ScalarOrSchedule, options: AdoptOptions = {}): Optimizer {
  checkOptions("optim.contrib.adopt", options, adoptOptions);
  return chain(scaleByAdopt(options), scaleByLearningRate(learningRate)) as unknown as Optimizer;
}
