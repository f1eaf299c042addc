/** Step sizes found by backtracking until the objective decreases enough. */
import { valueAndGrad } from "../../api/grad.js";
import { whileLoop } from "../../control/while-loop.js";
import { asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { like, times } from "../scalars.js";
import { needParams } from "../transformation.js";
import { mapTensors, treeAddScale, treeConj, treeReal, treeVdot, treeZerosLike } from "../trees.js";
import type { ExtraArgs, GradientTransformation } from "../types.js";
import { needExtra } from "./scaling.js";

export interface BacktrackingState {
  readonly learningRate: Tensor;
  /** The objective at the parameters after the step. */
  readonly value: Tensor;
  /** Its gradient there, with `storeGrad`. */
  readonly grad: unknown;
  readonly info: { readonly numLinesearchSteps: Tensor; readonly decreaseError: Tensor };
}
export interface BacktrackingOptions {
  readonly maxBacktrackingSteps: number;
  /** How much of the decrease that the slope promises must be reached; 1e-4 by default. */
  readonly slopeRtol?: number | undefined;
  readonly decreaseFactor?: number | undefined;
  /** How much larger than the last step the first guess is; 1.5 by default. */
  readonly increaseFactor?: number | undefined;
  readonly maxLearningRate?: number | undefined;
  readonly atol?: number | undefined;
  readonly rtol?: number | undefined;
  /** Whether to keep the gradient at the new parameters, for valueAndGradFromState. */
  readonly storeGrad?: boolean | undefined;
}
const known = [
  "maxBacktrackingSteps",
  "slopeRtol",
  "decreaseFactor",
  "increaseFactor",
  "maxLearningRate",
  "atol",
  "rtol",
  "storeGrad",
];

const infinity = (): Tensor => p.full([], Number.POSITIVE_INFINITY, "float32");

/**
 * Scales the updates by a step that decreases the objective enough (Armijo's condition), each tried step smaller than
 * the one before. `update` needs `value`, `grad` and `valueFn`.
 * @example
 * const tx = optim.chain(optim.sgd(1), optim.scaleByBacktrackingLinesearch({ maxBacktrackingSteps: 15 }));
 * const f = (w: Tensor) => np.sum(w.mul(w));
 * const w = np.array([1, 2]);
 * const [value, gradient] = valueAndGrad(f)(w);
 * const [updates] = tx.update(gradient, tx.init(w), w, { value, grad: gradient, valueFn: f });
 * f(w.add(updates)).item() < f(w).item(); // true
 */
export function scaleByBacktrackingLinesearch(options: BacktrackingOptions): GradientTransformation<BacktrackingState> {
  const fn = "scaleByBacktrackingLinesearch";
  checkOptions(`optim.${fn}`, options, known);
  const { maxBacktrackingSteps, slopeRtol = 1e-4, decreaseFactor = 0.8, increaseFactor = 1.5 } = options;
  const { maxLearningRate = 1, atol = 0, rtol = 0, storeGrad = false } = options;
  return {
    init: (params) => ({
      learningRate: p.full([], 1, "float32"),
      value: infinity(),
      grad: storeGrad ? treeZerosLike(params) : null,
      info: { numLinesearchSteps: p.full([], 0, "int32"), decreaseError: infinity() },
    }),
    update<U>(updates: U, state: BacktrackingState, params?: unknown, extra: ExtraArgs = {}): [U, BacktrackingState] {
      needParams(fn, params);
      const value = asTensor(needExtra(fn, "value", extra.value), fn);
      const grad = needExtra(fn, "grad", extra.grad);
      const valueFn = needExtra(fn, "valueFn", extra.valueFn) as (x: unknown) => Tensor;
      const slope = treeReal(treeVdot(updates, treeConj(grad)));
      const objective = (x: unknown): Tensor => asTensor(valueFn(x), fn);
      const first = p.min(p.mul(state.learningRate, increaseFactor), like(state.learningRate, maxLearningRate));
      const [learningRate, newValue, decreaseError, steps] = whileLoop(
        ([, , error, i]) => p.bitwiseAnd(p.bitwiseNot(p.le(error, atol)), p.le(i, maxBacktrackingSteps)),
        ([before, , , i]) => {
          const rate = p.select(p.gt(i, 0), p.mul(before, decreaseFactor), before);
          const reached = objective(treeAddScale(params, rate, updates));
          const promised = np.multiply(np.multiply(rate, slopeRtol), slope);
          const error = np.subtract(np.subtract(reached, np.multiply(1 + rtol, value)), promised);
          const known = p.select(p.ne(error, error), p.fullLike(error, Number.POSITIVE_INFINITY), error);
          return [rate, p.convert(reached, "float32"), p.convert(p.max(known, 0), "float32"), p.add(i, 1)] as const;
        },
        [first, p.convert(value, "float32"), infinity(), p.full([], 0, "int32")] as const,
      );
      const rate = p.select(p.eq(decreaseError, Number.POSITIVE_INFINITY), p.fullLike(learningRate, 0), learningRate);
      const next = treeAddScale(params, learningRate, updates);
      return [
        mapTensors((g) => times(rate, g), updates),
        {
          learningRate: rate,
          value: newValue,
          grad: storeGrad ? (valueAndGrad(objective) as unknown as (x: unknown) => [Tensor, unknown])(next)[1] : null,
          info: { numLinesearchSteps: steps, decreaseError },
        },
      ];
    },
  };
}
