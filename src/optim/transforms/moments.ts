/** Updates scaled by running moments of the gradients: Adam and its relatives. */
import type { DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { absSquare, complement, like, plus, powerBeside, times, zeroCount } from "../scalars.js";
import {
  choose,
  mapTensors,
  safeIncrement,
  treeAddScale,
  treeBiasCorrection,
  treeCast,
  treeCastLike,
  treeDiv,
  treeFullLike,
  treeSub,
  treeUpdateInfinityMoment,
  treeUpdateMoment,
  treeUpdateMomentPerElemNorm,
  treeZerosLike,
} from "../trees.js";
import type { GradientTransformation, Scalar } from "../types.js";

/** Running moments of the gradients. */
export interface MomentsState {
  readonly count: Tensor;
  readonly mu: unknown;
  readonly nu: unknown;
}

export interface AdamOptions {
  /** The decay of the first moment; 0.9 by default. */
  readonly b1?: Scalar | undefined;
  /** The decay of the second moment; 0.999 by default. */
  readonly b2?: Scalar | undefined;
  /** Added to the root of the second moment. */
  readonly eps?: Scalar | undefined;
  /** Added to the second moment under the root; 0 by default. */
  readonly epsRoot?: Scalar | undefined;
  /** The dtype of the first moment; the parameters' by default. */
  readonly muDtype?: DType | null | undefined;
  /** Whether the first moment looks one step ahead. */
  readonly nesterov?: boolean | undefined;
}
export const adamOptions = ["b1", "b2", "eps", "epsRoot", "muDtype", "nesterov"] as const;

const blank = (params: unknown, muDtype?: DType | null): MomentsState => ({
  count: zeroCount(),
  mu: treeZerosLike(params, muDtype),
  nu: treeZerosLike(params),
});

/** The first moment without bias; with Nesterov's look ahead, blended with the gradients once more. */
function firstMoment<U>(mu: U, updates: U, b1: Scalar, count: Tensor, nesterov: boolean): U {
  if (!nesterov) return treeBiasCorrection(mu, b1, count);
  const ahead = treeBiasCorrection(mu, b1, safeIncrement(count));
  const now = treeBiasCorrection(updates, b1, count);
  return mapTensors((m, g) => np.add(times(b1, m), times(complement(b1), g)), ahead, now);
}

/** m / (√(v + epsRoot) + eps). */
const normalized =
  (epsRoot: Scalar, eps: Scalar) =>
  (m: Tensor, v: Tensor): Tensor =>
    np.divide(m, plus(p.sqrt(plus(v, epsRoot)), eps));

/** Adam's scaling: the first moment over the root of the second (Kingma and Ba, 2014). */
export function scaleByAdam(options: AdamOptions = {}): GradientTransformation<MomentsState> {
  checkOptions("optim.scaleByAdam", options, adamOptions);
  const { b1 = 0.9, b2 = 0.999, eps = 1e-8, epsRoot = 0, muDtype, nesterov = false } = options;
  return {
    init: (params) => blank(params, muDtype),
    update(updates, state) {
      const mu = treeUpdateMoment(updates, state.mu, b1, 1);
      const nu = treeUpdateMomentPerElemNorm(updates, state.nu, b2, 2);
      const count = safeIncrement(state.count);
      const muHat = firstMoment(mu, updates, b1, count, nesterov);
      const nuHat = treeBiasCorrection(nu, b2, count);
      const out = mapTensors(normalized(epsRoot, eps), muHat, nuHat);
      return [out, { count, mu: treeCast(mu, muDtype), nu: treeCastLike(nu, state.nu) }];
    },
  };
}

export interface AmsgradState extends MomentsState {
  readonly nuMax: unknown;
}
export interface AmsgradOptions extends Omit<AdamOptions, "nesterov"> {
  readonly biasCorrectionMu?: boolean | undefined;
  readonly biasCorrectionNu?: boolean | undefined;
}
export const amsgradOptions = [
  "b1",
  "b2",
  "eps",
  "epsRoot",
  "muDtype",
  "biasCorrectionMu",
  "biasCorrectionNu",
] as const;

/** Adam's scaling by the greatest second moment so far (Reddi et al., 2018). */
export function scaleByAmsgrad(options: AmsgradOptions = {}): GradientTransformation<AmsgradState> {
  checkOptions("optim.scaleByAmsgrad", options, amsgradOptions);
  const { b1 = 0.9, b2 = 0.999, eps = 1e-8, epsRoot = 0, muDtype } = options;
  const { biasCorrectionMu = true, biasCorrectionNu = true } = options;
  return {
    init: (params) => ({ ...blank(params, muDtype), nuMax: treeZerosLike(params) }),
    update(updates, state) {
      const mu = treeUpdateMoment(updates, state.mu, b1, 1);
      const nu = treeUpdateMomentPerElemNorm(updates, state.nu, b2, 2);
      const count = safeIncrement(state.count);
      const muHat = biasCorrectionMu ? treeBiasCorrection(mu, b1, count) : mu;
      const nuMax = mapTensors(np.maximum, state.nuMax, biasCorrectionNu ? treeBiasCorrection(nu, b2, count) : nu);
      const out = mapTensors(normalized(epsRoot, eps), muHat, nuMax);
      return [out, { count, mu: treeCast(mu, muDtype), nu, nuMax }];
    },
  };
}

export interface AdamaxOptions {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
}
export const adamaxOptions = ["b1", "b2", "eps"] as const;

/** Adam's scaling by a running maximum in place of the second moment. */
export function scaleByAdamax(options: AdamaxOptions = {}): GradientTransformation<MomentsState> {
  checkOptions("optim.scaleByAdamax", options, adamaxOptions);
  const { b1 = 0.9, b2 = 0.999, eps = 1e-8 } = options;
  return {
    init: (params) => blank(params),
    update(updates, state) {
      const count = safeIncrement(state.count);
      const mu = treeUpdateMoment(updates, state.mu, b1, 1);
      const nu = treeUpdateInfinityMoment(updates, state.nu, b2, eps);
      return [treeDiv(treeBiasCorrection(mu, b1, count), nu), { count, mu, nu }];
    },
  };
}

export type BeliefOptions = Omit<AdamOptions, "muDtype">;
export const beliefOptions = ["b1", "b2", "eps", "epsRoot", "nesterov"] as const;

/** Adam's scaling by how far gradients are from what the first moment led to expect (Zhuang et al., 2020). */
export function scaleByBelief(options: BeliefOptions = {}): GradientTransformation<MomentsState> {
  checkOptions("optim.scaleByBelief", options, beliefOptions);
  const { b1 = 0.9, b2 = 0.999, eps = 1e-16, epsRoot = 1e-16, nesterov = false } = options;
  return {
    init: (params) => blank(params),
    update(updates, state) {
      const mu = treeUpdateMoment(updates, state.mu, b1, 1);
      const surprise = treeUpdateMomentPerElemNorm(treeSub(updates, mu), state.nu, b2, 2);
      const nu = mapTensors((v) => plus(v, epsRoot), surprise);
      const count = safeIncrement(state.count);
      const muHat = firstMoment(mu, updates, b1, count, nesterov);
      const out = mapTensors(normalized(0, eps), muHat, treeBiasCorrection(nu, b2, count));
      return [out, { count, mu, nu }];
    },
  };
}

export interface YogiOptions extends AdamaxOptions {
  readonly epsRoot?: Scalar | undefined;
  readonly initialAccumulatorValue?: Scalar | undefined;
}

/** Adam's scaling with a second moment that changes additively (Zaheer et al., 2018). */
export function scaleByYogi(options: YogiOptions = {}): GradientTransformation<MomentsState> {
  checkOptions("optim.scaleByYogi", options, ["b1", "b2", "eps", "epsRoot", "initialAccumulatorValue"]);
  const { b1 = 0.9, b2 = 0.999, eps = 1e-3, epsRoot = 0, initialAccumulatorValue = 1e-6 } = options;
  return {
    init(params) {
      const start = treeFullLike(params, initialAccumulatorValue);
      return { count: zeroCount(), mu: start, nu: start };
    },
    update(updates, state) {
      const mu = treeUpdateMoment(updates, state.mu, b1, 1);
      const nu = mapTensors(
        (g, v) => {
          const square = absSquare(g);
          return p.sub(v, p.mul(times(complement(b2), p.sign(p.sub(v, square))), square));
        },
        updates,
        state.nu,
      );
      const count = safeIncrement(state.count);
      const [muHat, nuHat] = [treeBiasCorrection(mu, b1, count), treeBiasCorrection(nu, b2, count)];
      return [mapTensors(normalized(epsRoot, eps), muHat, nuHat), { count, mu, nu }];
    },
  };
}

export interface RadamOptions extends Omit<AdamOptions, "muDtype"> {
  /** The length of the second moment's memory from which on it is used; 5 by default. */
  readonly threshold?: Scalar | undefined;
}
export const radamOptions = ["b1", "b2", "eps", "epsRoot", "threshold", "nesterov"] as const;

/** Adam's scaling once the second moment is worth something, that of momentum before (Liu et al., 2019). */
export function scaleByRadam(options: RadamOptions = {}): GradientTransformation<MomentsState> {
  checkOptions("optim.scaleByRadam", options, radamOptions);
  const { b1 = 0.9, b2 = 0.999, eps = 1e-8, epsRoot = 0, threshold = 5, nesterov = false } = options;
  return {
    init: (params) => blank(params),
    update(updates, state) {
      const mu = treeUpdateMoment(updates, state.mu, b1, 1);
      const nu = treeUpdateMomentPerElemNorm(updates, state.nu, b2, 2);
      const count = safeIncrement(state.count);
      const muHat = firstMoment(mu, updates, b1, count, nesterov);
      const nuHat = treeBiasCorrection(nu, b2, count);
      const out = mapTensors(
        (m, v) => {
          const decay = powerBeside(v, b2, count);
          const most = np.subtract(np.divide(2, like(decay, complement(b2))), 1);
          const steps = p.convert(count, decay.dtype);
          const length = p.sub(most, p.div(p.mul(p.mul(2, steps), decay), p.sub(1, decay)));
          const over = (x: Tensor): Tensor => p.mul(p.sub(x, 4), p.sub(x, 2));
          const r = p.sqrt(p.div(p.mul(over(length), most), p.mul(over(most), length)));
          const scaled = normalized(epsRoot, eps)(times(r, m), v);
          return choose(p.ge(length, like(length, threshold)), scaled, m);
        },
        muHat,
        nuHat,
      );
      return [out, { count, mu, nu }];
    },
  };
}

export interface LionState {
  readonly count: Tensor;
  readonly mu: unknown;
}
export interface LionOptions {
  /** How much of the moment the updates are made of; 0.9 by default. */
  readonly b1?: Scalar | undefined;
  /** The decay of the moment; 0.99 by default. */
  readonly b2?: Scalar | undefined;
  readonly muDtype?: DType | null | undefined;
  /** The sign, the hyperbolic tangent of it scaled, or the value itself where it is small. */
  readonly mode?: "hard" | "smooth" | "refined" | undefined;
  readonly smoothBeta?: number | undefined;
}

/** The signs of a moment (Chen et al., 2023). */
export function scaleByLion(options: LionOptions = {}): GradientTransformation<LionState> {
  checkOptions("optim.scaleByLion", options, ["b1", "b2", "muDtype", "mode", "smoothBeta"]);
  const { b1 = 0.9, b2 = 0.99, muDtype, mode = "hard", smoothBeta = 1 } = options;
  const shapes: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    hard: p.sign,
    smooth: (x) => p.tanh(times(smoothBeta, x)),
    refined: (x) => p.select(p.lt(p.abs(x), 1), x, p.sign(x)),
  };
  if (!Object.hasOwn(shapes, mode)) {
    throw new ArgumentError("CT004", `optim.scaleByLion: mode is '${mode}'. Use 'hard', 'smooth' or 'refined'.`);
  }
  return {
    init: (params) => ({ count: zeroCount(), mu: treeZerosLike(params, muDtype) }),
    update(updates, state) {
      const out = mapTensors((g, m) => shapes[mode](np.add(times(complement(b1), g), times(b1, m))), updates, state.mu);
      const mu = treeCast(treeUpdateMoment(updates, state.mu, b2, 1), muDtype);
      return [out, { count: safeIncrement(state.count), mu }];
    },
  };
}

export interface AdanState {
  readonly m: unknown;
  readonly v: unknown;
  readonly n: unknown;
  readonly g: unknown;
  readonly t: Tensor;
}
export interface AdanOptions {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  readonly b3?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
  readonly epsRoot?: Scalar | undefined;
}
export const adanOptions = ["b1", "b2", "b3", "eps", "epsRoot"] as const;

/** Moments of the gradients, of their differences, and of Nesterov's estimate of the next (Xie et al., 2022). */
export function scaleByAdan(options: AdanOptions = {}): GradientTransformation<AdanState> {
  checkOptions("optim.scaleByAdan", options, adanOptions);
  const { b1 = 0.98, b2 = 0.92, b3 = 0.99, eps = 1e-8, epsRoot = 0 } = options;
  return {
    init(params) {
      const zeros = treeZerosLike(params);
      return { m: zeros, v: zeros, n: zeros, g: zeros, t: zeroCount() };
    },
    update(updates, state) {
      const first = p.eq(state.t, 0);
      const difference = mapTensors((g, old) => choose(first, p.fullLike(g, 0), p.sub(g, old)), updates, state.g);
      const m = treeUpdateMoment(updates, state.m, b1, 1);
      const v = treeUpdateMoment(difference, state.v, b2, 1);
      const ahead = treeAddScale(updates, complement(b2), difference);
      const n = treeUpdateMomentPerElemNorm(ahead, state.n, b3, 2);
      const t = safeIncrement(state.t);
      const [mHat, vHat, nHat] = [
        treeBiasCorrection(m, b1, t),
        treeBiasCorrection(v, b2, t),
        treeBiasCorrection(n, b3, t),
      ];
      const out = mapTensors(normalized(epsRoot, eps), treeAddScale(mHat, complement(b2), vHat), nHat);
      return [out, { m, v, n, g: updates, t }];
    },
  };
}
