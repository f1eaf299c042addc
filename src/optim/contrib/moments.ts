/** Relatives of Adam: two averages of different memory, asynchronous centring, coin betting. */
import type { DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { chain } from "../combining.js";
import type { Optimizer, WeightDecayOptions } from "../optimizers.js";
import { isSchedule, plus, valueAt, zeroCount } from "../scalars.js";
import { needParams, scaleByLearningRate, stateless } from "../transformation.js";
import { addDecayedWeights } from "../transforms/adding.js";
import type { MomentsState } from "../transforms/moments.js";
import {
  choose,
  mapTensors,
  safeIncrement,
  treeAddScale,
  treeBiasCorrection,
  treeFullLike,
  treeMul,
  treeNorm,
  treeSub,
  treeUpdateMoment,
  treeUpdateMomentPerElemNorm,
  treeZerosLike,
} from "../trees.js";
import type { EmptyState, GradientTransformation, Scalar, ScalarOrSchedule } from "../types.js";

/** Divides the updates by their length as one vector. */
export const normalize = (): GradientTransformation<EmptyState> =>
  stateless((updates) => {
    const norm = treeNorm(updates);
    return mapTensors((g) => p.div(g, p.convert(norm, g.dtype)), updates);
  });

/** A decaying optimizer from its scaling. */
const decaying = (
  learningRate: ScalarOrSchedule,
  { weightDecay = 0, mask }: WeightDecayOptions,
  scaling: GradientTransformation,
): Optimizer =>
  chain(scaling, addDecayedWeights(weightDecay, { mask }), scaleByLearningRate(learningRate)) as unknown as Optimizer;

const at = (x: ScalarOrSchedule, step: Tensor): Scalar => (isSchedule(x) ? valueAt(x, step) : x);
const overRoot =
  (eps: Scalar, epsRoot: Scalar) =>
  (m: Tensor, v: Tensor): Tensor =>
    p.div(m, plus(p.sqrt(plus(v, epsRoot)), eps));

export interface AdemamixState {
  readonly count: Tensor;
  readonly countM2: Tensor;
  readonly m1: unknown;
  readonly m2: unknown;
  readonly nu: unknown;
}
export interface AdemamixOptions {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  /** The decay of the slow average; 0.9999 by default. */
  readonly b3?: ScalarOrSchedule | undefined;
  /** How much the slow average counts. */
  readonly alpha?: ScalarOrSchedule | undefined;
  readonly eps?: Scalar | undefined;
  readonly epsRoot?: Scalar | undefined;
  readonly muDtype?: DType | null | undefined;
}
const ademamixOptions = ["b1", "b2", "b3", "alpha", "eps", "epsRoot", "muDtype"] as const;

/** Adam's scaling with a second, slower average (Pagliardini et al., 2024); alpha is 6 by default. */
export function scaleByAdemamix(options: AdemamixOptions = {}): GradientTransformation<AdemamixState> {
  checkOptions("optim.contrib.scaleByAdemamix", options, ademamixOptions);
  const { b1 = 0.9, b2 = 0.999, b3 = 0.9999, alpha = 6, eps = 1e-8, epsRoot = 0, muDtype } = options;
  return {
    init(params) {
      const zeros = treeZerosLike(params, muDtype);
      return { count: zeroCount(), countM2: zeroCount(), m1: zeros, m2: zeros, nu: zeros };
    },
    update(updates, state) {
      const m1 = treeUpdateMoment(updates, state.m1, b1, 1);
      const m2 = treeUpdateMoment(updates, state.m2, at(b3, state.countM2), 1);
      const nu = treeUpdateMomentPerElemNorm(updates, state.nu, b2, 2);
      const count = safeIncrement(state.count);
      const both = treeAddScale(treeBiasCorrection(m1, b1, count), at(alpha, state.countM2), m2);
      const out = mapTensors(overRoot(eps, epsRoot), both, treeBiasCorrection(nu, b2, count));
      return [out, { count, countM2: safeIncrement(state.countM2), m1, m2, nu }];
    },
  };
}

/** Adam with a second, slower average; alpha is 5 by default. */
export function ademamix(
  learningRate: ScalarOrSchedule,
  options: AdemamixOptions & WeightDecayOptions = {},
): Optimizer {
  checkOptions("optim.contrib.ademamix", options, [...ademamixOptions, "weightDecay", "mask"]);
  const { weightDecay, mask, alpha = 5, ...rest } = options;
  return decaying(learningRate, { weightDecay, mask }, scaleByAdemamix({ ...rest, alpha }));
}

export interface SimplifiedAdemamixState {
  readonly t: Tensor;
  readonly m: unknown;
  readonly n: unknown;
}
export interface SimplifiedAdemamixOptions {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  readonly alpha?: ScalarOrSchedule | undefined;
  readonly eps?: Scalar | undefined;
  readonly epsRoot?: Scalar | undefined;
}
const simplifiedOptions = ["b1", "b2", "alpha", "eps", "epsRoot"] as const;

/** AdEMAMix with one average, to which the gradient is added (Morwani et al., 2025). */
export function scaleBySimplifiedAdemamix(
  options: SimplifiedAdemamixOptions = {},
): GradientTransformation<SimplifiedAdemamixState> {
  checkOptions("optim.contrib.scaleBySimplifiedAdemamix", options, simplifiedOptions);
  const { b1 = 0.99, b2 = 0.95, alpha = 0, eps = 1e-8, epsRoot = 0 } = options;
  return {
    init: (params) => ({ t: zeroCount(), m: treeZerosLike(params), n: treeZerosLike(params) }),
    update(updates, state) {
      const m = treeAddScale(updates, b1, state.m);
      const squares = treeMul(updates, updates);
      const n = treeAddScale(squares, b2, treeSub(state.n, squares));
      const t = safeIncrement(state.t);
      const both = treeAddScale(m, at(alpha, state.t), updates);
      return [mapTensors(overRoot(eps, epsRoot), both, treeBiasCorrection(n, b2, t)), { t, m, n }];
    },
  };
}
/** The optimizer of {@link scaleBySimplifiedAdemamix}. */
export function simplifiedAdemamix(
  learningRate: ScalarOrSchedule,
  options: SimplifiedAdemamixOptions & WeightDecayOptions = {},
): Optimizer {
  checkOptions("optim.contrib.simplifiedAdemamix", options, [...simplifiedOptions, "weightDecay", "mask"]);
  const { weightDecay, mask, ...rest } = options;
  return decaying(learningRate, { weightDecay, mask }, scaleBySimplifiedAdemamix(rest));
}

export interface AcpropOptions {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
  readonly epsRoot?: Scalar | undefined;
}
const acpropOptions = ["b1", "b2", "eps", "epsRoot"] as const;

/** Division by how surprising gradients were up to the step before (Zhuang et al., 2021). */
export function scaleByAcprop(options: AcpropOptions = {}): GradientTransformation<MomentsState> {
  checkOptions("optim.contrib.scaleByAcprop", options, acpropOptions);
  const { b1 = 0.9, b2 = 0.999, eps = 1e-16, epsRoot = 1e-16 } = options;
  return {
    init: (params) => ({ count: zeroCount(), mu: treeZerosLike(params), nu: treeZerosLike(params) }),
    update(updates, state) {
      const mu = treeUpdateMoment(updates, state.mu, b1, 1);
      const surprise = treeSub(updates, state.mu);
      const nu = mapTensors((v) => plus(v, epsRoot), treeUpdateMomentPerElemNorm(surprise, state.nu, b2, 2));
      const count = safeIncrement(state.count);
      const first = p.eq(state.count, 0);
      const before = treeBiasCorrection(state.nu, b2, p.select(first, count, state.count));
      const nuHat = mapTensors((v) => choose(first, p.fullLike(v, 1), v), before);
      return [mapTensors(overRoot(eps, 0), updates, nuHat), { count, mu, nu }];
    },
  };
}
/** The optimizer of {@link scaleByAcprop}. */
export function acprop(learningRate: ScalarOrSchedule, options: AcpropOptions & WeightDecayOptions = {}): Optimizer {
  checkOptions("optim.contrib.acprop", options, [...acpropOptions, "weightDecay", "mask"]);
  const { weightDecay, mask, ...rest } = options;
  return decaying(learningRate, { weightDecay, mask }, scaleByAcprop(rest));
}

export interface CocobState {
  readonly initParticles: unknown;
  readonly cumulativeGradients: unknown;
  readonly scale: unknown;
  readonly subgradients: unknown;
  readonly reward: unknown;
}
export interface CocobOptions extends WeightDecayOptions {
  readonly learningRate?: ScalarOrSchedule | undefined;
  readonly alpha?: number | undefined;
  readonly eps?: number | undefined;
}

/** Coin betting in place of a learning rate (Orabona and Tommasi, 2017). */
export function scaleByCocob(options: Pick<CocobOptions, "alpha" | "eps"> = {}): GradientTransformation<CocobState> {
  checkOptions("optim.contrib.scaleByCocob", options, ["alpha", "eps"]);
  const { alpha = 100, eps = 1e-8 } = options;
  return {
    init(params) {
      const zeros = treeZerosLike(params);
      return {
        initParticles: params,
        cumulativeGradients: zeros,
        scale: treeFullLike(params, eps),
        subgradients: zeros,
        reward: zeros,
      };
    },
    update(updates, state, params) {
      needParams("contrib.scaleByCocob", params);
      const scale = mapTensors((l, c) => p.max(l, p.abs(c)), state.scale, updates);
      const subgradients = mapTensors((g, c) => p.add(g, p.abs(c)), state.subgradients, updates);
      const reward = mapTensors(
        (r, c, x, x0) => p.max(p.sub(r, p.mul(c, p.sub(x, x0))), 0),
        state.reward,
        updates,
        params,
        state.initParticles,
      );
      const cumulativeGradients = treeSub(state.cumulativeGradients, updates);
      const bet = (c: Tensor, l: Tensor, g: Tensor, r: Tensor): Tensor =>
        p.mul(p.div(c, p.mul(l, p.max(p.add(g, l), p.mul(alpha, l)))), p.add(l, r));
      const out = mapTensors(
        (_, x, x0, c, l, g, r) => p.add(p.neg(x), p.add(x0, bet(c, l, g, r))),
        updates,
        params,
        state.initParticles,
        cumulativeGradients,
        scale,
        subgradients,
        reward,
      );
      return [out, { initParticles: state.initParticles, cumulativeGradients, scale, subgradients, reward }];
    },
  };
}
/** The optimizer of {@link scaleByCocob}. */
export function cocob(options: CocobOptions = {}): Optimizer {
  checkOptions("optim.contrib.cocob", options, ["learningRate", "alpha", "eps", "weightDecay", "mask"]);
  const { learningRate = 1, weightDecay = 0, mask, alpha, eps } = options;
  return chain(
    addDecayedWeights(weightDecay, { mask }),
    scaleByLearningRate(learningRate, { flipSign: false }),
    scaleByCocob({ alpha, eps }),
  ) as unknown as Optimizer;
}
