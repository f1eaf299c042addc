/** Parameters changed by updates, and averaged. */

import { valueAndGrad } from "../api/grad.js";
import { cond } from "../control/cond.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { ArgumentError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import { flattenInto } from "../tree/flatten.js";
import { complement, times } from "./scalars.js";
import { mapTensors } from "./trees.js";
import type { Scalar } from "./types.js";

/**
 * The parameters plus the updates, in the parameters' dtypes.
 * @throws TreeError CT200 if the structures differ
 * @example
 * const [params, tx] = [{ w: np.array([1, 2]) }, optim.sgd(0.5)];
 * const [updates] = tx.update({ w: np.array([2, 2]) }, tx.init(params), params);
 * optim.applyUpdates(params, updates).w.js(); // [0, 1]
 */
export const applyUpdates = <P>(params: P, updates: unknown): P =>
  mapTensors((x, u) => p.convert(np.add(x, u), x.dtype), params, updates);

/** stepSize · new + (1 - stepSize) · old: a moving average of parameters. */
export const incrementalUpdate = <P>(newTensors: P, oldTensors: unknown, stepSize: Scalar): P =>
  mapTensors((x, y) => np.add(times(stepSize, x), times(complement(stepSize), y)), newTensors, oldTensors);

/** The new parameters at every updatePeriod-th step, the old ones at others. */
export function periodicUpdate<P>(newTensors: P, oldTensors: P, steps: ArrayLike, updatePeriod: number): P {
  const at = asTensor(steps, "optim.periodicUpdate");
  const due = p.eq(p.rem(at, updatePeriod), 0);
  return cond(
    due,
    () => newTensors as never,
    () => oldTensors as never,
  ) as unknown as P;
}

/** The first leaf or subtree called `name` in a state, searched in order; undefined if there is none. */
export function treeGet(state: unknown, name: string): unknown {
  if (typeof state !== "object" || state === null) return undefined;
  if (Object.hasOwn(state, name) && !Array.isArray(state)) return (state as Record<string, unknown>)[name];
  const leaves: unknown[] = [];
  flattenInto(state, leaves);
  if (leaves.length === 1 && leaves[0] === state) return undefined;
  for (const child of Object.values(state)) {
    const found = treeGet(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every leaf or subtree called `name` in a state, replaced by a value. */
export function treeSet<S>(state: S, replacements: Readonly<Record<string, unknown>>): S {
  const walk = (node: unknown): unknown => {
    if (typeof node !== "object" || node === null) return node;
    const leaves: unknown[] = [];
    flattenInto(node, leaves);
    if (leaves.length === 1 && leaves[0] === node) return node;
    if (Array.isArray(node)) return node.map(walk);
    return Object.fromEntries(
      Object.entries(node).map(([k, v]) => [k, Object.hasOwn(replacements, k) ? replacements[k] : walk(v)]),
    );
  };
  return walk(state) as S;
}

/**
 * Value and gradient of f, from the state of a line search that has computed them already, or else anew.
 * @throws ArgumentError CT003 for a state without value and gradient
 * @example
 * const f = (w: Tensor) => np.sum(w.mul(w));
 * const tx = optim.scaleByBacktrackingLinesearch({ maxBacktrackingSteps: 5, storeGrad: true });
 * const w = np.array([1, 2]);
 * optim.valueAndGradFromState(f)(w, tx.init(w))[0].item(); // 5
 */
export function valueAndGradFromState<P>(f: (params: P) => Tensor): (params: P, state: unknown) => [Tensor, P] {
  const anew = valueAndGrad(f as (params: unknown) => Tensor) as unknown as (params: P) => [Tensor, P];
  return (params, state) => {
    const [value, grad] = [treeGet(state, "value"), treeGet(state, "grad")];
    if (value === undefined || grad === undefined || grad === null) {
      throw new ArgumentError(
        "CT003",
        "optim.valueAndGradFromState: the state holds no value and gradient. Use it with a line search that stores them.",
      );
    }
    const known = p.isFinite(asTensor(value as ArrayLike, "optim.valueAndGradFromState"));
    return cond(
      known,
      () => [value, grad] as never,
      () => {
        const [v, g] = anew(params);
        return [p.convert(v, (value as Tensor).dtype), g] as never;
      },
    ) as unknown as [Tensor, P];
  };
}
