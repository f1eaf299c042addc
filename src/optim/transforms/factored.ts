/** Second moments in less memory: by rows and columns (Adafactor, SM3), or one number a leaf (NovoGrad). */
import { cond } from "../../control/cond.js";
import type { DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import * as tree from "../../tree/index.js";
import { absSquare, complement, plus, times, zeroCount } from "../scalars.js";
import { needParams } from "../transformation.js";
import { mapLoose, mapTensors, safeIncrement, treeCast, treeUpdateMoment, treeZerosLike } from "../trees.js";
import type { GradientTransformation, Scalar } from "../types.js";

export interface FactoredState {
  readonly count: Tensor;
  readonly vRow: unknown;
  readonly vCol: unknown;
  readonly v: unknown;
}
export interface FactoredOptions {
  /** Whether to keep rows and columns at all; true by default. */
  readonly factored?: boolean | undefined;
  readonly decayRate?: number | undefined;
  readonly stepOffset?: number | undefined;
  /** Leaves whose second largest axis is smaller keep all elements; 128 by default. */
  readonly minDimSizeToFactor?: number | undefined;
  readonly epsilon?: number | undefined;
}

interface LeafMoments {
  readonly vRow: Tensor;
  readonly vCol: Tensor;
  readonly v: Tensor;
}

/** The second largest and the largest axis, if they are large enough. */
function factoredAxes(shape: readonly number[], factored: boolean, least: number): [number, number] | undefined {
  if (!factored || shape.length < 2) return undefined;
  const order = range(shape.length).sort((a, b) => shape[a] - shape[b] || a - b);
  const [d1, d0] = order.slice(-2);
  return shape[d1] < least ? undefined : [d1, d0];
}

const without = (shape: readonly number[], axis: number): number[] => shape.filter((_, d) => d !== axis);

/** Divides by the root of mean squares kept by rows and columns (Shazeer and Stern, 2018). */
export function scaleByFactoredRms(options: FactoredOptions = {}): GradientTransformation<FactoredState> {
  const known = ["factored", "decayRate", "stepOffset", "minDimSizeToFactor", "epsilon"];
  checkOptions("optim.scaleByFactoredRms", options, known);
  const { factored = true, decayRate = 0.8, stepOffset = 0, minDimSizeToFactor = 128, epsilon = 1e-30 } = options;
  const axesOf = (x: Tensor) => factoredAxes(x.shape, factored, minDimSizeToFactor);
  const blank = (x: Tensor): LeafMoments => {
    const none = p.full([1], 0, x.dtype);
    const axes = axesOf(x);
    if (axes === undefined) return { vRow: none, vCol: none, v: p.fullLike(x, 0) };
    const [d1, d0] = axes;
    const zeros = (axis: number): Tensor => p.full(without(x.shape, axis), 0, x.dtype);
    return { vRow: zeros(d0), vCol: zeros(d1), v: none };
  };
  const step = (g: Tensor, moments: LeafMoments, x: Tensor, count: Tensor): LeafMoments & { update: Tensor } => {
    const none = p.full([1], 0, x.dtype);
    const t = p.convert(p.add(p.sub(count, stepOffset), 1), "float32");
    const decay = p.sub(1, p.pow(t, -decayRate));
    const square = p.add(absSquare(g), epsilon);
    const blend = (old: Tensor, now: Tensor): Tensor =>
      p.convert(np.add(np.multiply(decay, old), np.multiply(p.sub(1, decay), now)), x.dtype);
    const inverseRoot = (y: Tensor): Tensor => p.pow(y, -0.5);
    const axes = axesOf(x);
    if (axes === undefined) {
      const v = blend(moments.v, square);
      return { vRow: none, vCol: none, v, update: np.multiply(g, inverseRoot(v)) };
    }
    const [d1, d0] = axes;
    const vRow = blend(moments.vRow, np.mean(square, d0));
    const vCol = blend(moments.vCol, np.mean(square, d1));
    const mean = np.mean(vRow, d1 > d0 ? d1 - 1 : d1, { keepdims: true });
    const rows = np.expandDims(inverseRoot(np.divide(vRow, mean)), d0);
    const columns = np.expandDims(inverseRoot(vCol), d1);
    return { vRow, vCol, v: none, update: np.multiply(np.multiply(g, rows), columns) };
  };
  const split = (params: unknown, moments: unknown[], count: Tensor): FactoredState => {
    const treedef = tree.structure(params);
    const part = (name: keyof LeafMoments): unknown => treedef.unflatten(moments.map((m) => (m as LeafMoments)[name]));
    return { count, vRow: part("vRow"), vCol: part("vCol"), v: part("v") };
  };
  return {
    init: (params) => {
      const moments: unknown[] = [];
      mapTensors((x) => {
        moments.push(blank(x));
        return x;
      }, params);
      return split(params, moments, zeroCount());
    },
    update(updates, state, params) {
      needParams("scaleByFactoredRms", params);
      const moments: unknown[] = [];
      const out = mapTensors(
        (g, vRow, vCol, v, x) => {
          const { update, ...next } = step(g, { vRow, vCol, v }, x, state.count);
          moments.push(next);
          return update;
        },
        updates,
        state.vRow,
        state.vCol,
        state.v,
        params,
      );
      return [out, split(updates, moments, safeIncrement(state.count))];
    },
  };
}

export interface Sm3State {
  /** For each leaf an accumulator for each of its axes. */
  readonly mu: unknown;
  readonly nu: unknown;
}
export interface Sm3Options {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
}

/** Second moments from the least of an accumulator for each axis (Anil et al., 2019). Leaves must not be scalars. */
export function scaleBySm3(options: Sm3Options = {}): GradientTransformation<Sm3State> {
  checkOptions("optim.scaleBySm3", options, ["b1", "b2", "eps"]);
  const { b1 = 0.9, b2 = 1, eps = 1e-8 } = options;
  const fresh = b2 === 1 ? 1 : complement(b2);
  return {
    init: (params) => ({
      mu: mapTensors((x) => x.shape.map((n) => p.full([n], 0, x.dtype)), params),
      nu: treeZerosLike(params),
    }),
    update(updates, state) {
      const accumulators = mapLoose(
        (g: Tensor, perAxis: Tensor[]) => {
          const covers = perAxis.map((a, d) =>
            np.reshape(
              a,
              g.shape.map((n, k) => (k === d ? n : 1)),
            ),
          );
          const least = covers.reduce((x, y) => np.minimum(x, y));
          return np.add(times(fresh, p.mul(g, g)), times(b2, least));
        },
        updates,
        state.mu,
      );
      const scaled = mapTensors(
        (g, a) => {
          const inverse = p.select(p.gt(a, 0), p.rsqrt(plus(a, eps)), p.fullLike(a, 0));
          return p.mul(g, inverse);
        },
        updates,
        accumulators,
      );
      const nu = treeUpdateMoment(scaled, state.nu, b1, 1);
      const mu = mapTensors(
        (a) =>
          a.ndim < 2
            ? [a]
            : a.shape.map((_, d) =>
                np.max(
                  a,
                  range(a.ndim).filter((k) => k !== d),
                ),
              ),
        accumulators as unknown,
      );
      return [nu, { mu, nu }];
    },
  };
}

export interface NovogradState {
  readonly count: Tensor;
  readonly mu: unknown;
  readonly nu: unknown;
}
export interface NovogradOptions {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  readonly eps?: Scalar | undefined;
  readonly epsRoot?: Scalar | undefined;
  readonly weightDecay?: Scalar | undefined;
  readonly muDtype?: DType | null | undefined;
}

/** Second moments of whole leaves (Ginsburg et al., 2019). */
export function scaleByNovograd(options: NovogradOptions = {}): GradientTransformation<NovogradState> {
  checkOptions("optim.scaleByNovograd", options, ["b1", "b2", "eps", "epsRoot", "weightDecay", "muDtype"]);
  const { b1 = 0.9, b2 = 0.25, eps = 1e-8, epsRoot = 0, weightDecay = 0, muDtype } = options;
  const square = (g: Tensor): Tensor => np.sum(absSquare(g));
  return {
    init: (params) => ({
      count: zeroCount(),
      mu: treeZerosLike(params, muDtype),
      nu: mapTensors((x) => p.full([], 0, x.dtype), params),
    }),
    update<U>(updates: U, state: NovogradState, params?: unknown): [U, NovogradState] {
      needParams("scaleByNovograd", params);
      const count = safeIncrement(state.count);
      const squares = mapTensors((g, old) => p.convert(square(g), old.dtype), updates as unknown, state.nu);
      const first = p.eq(count, 1);
      const nu = mapTensors(
        (now, blended) => p.select(first, now, blended),
        squares,
        treeUpdateMoment(squares, state.nu, b2, 1),
      );
      const added = mapTensors(
        (g, x, v) => {
          const scaled = np.divide(g, plus(p.sqrt(plus(v, epsRoot)), eps));
          return np.add(scaled, times(weightDecay, x));
        },
        updates,
        params,
        nu,
      );
      const later = mapTensors((u, m) => np.add(times(b1, m), u), added, state.mu);
      const mu = cond(
        first,
        () => added as never,
        () => later as never,
      ) as U;
      return [mu, { count, mu: treeCast(mu, muDtype), nu }];
    },
  };
}
