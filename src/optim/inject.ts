/** Hyperparameters in the state, where they can be seen and changed between steps. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { type DType, isInexact } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { convert } from "../primitives/convert.js";
import { full } from "../primitives/fill.js";
import { valueAt, zeroCount } from "./scalars.js";
import { safeIncrement, treeDtype } from "./trees.js";
import type { ExtraArgs, GradientTransformation, Schedule } from "./types.js";

export interface InjectState {
  readonly count: Tensor;
  readonly hyperparams: Readonly<Record<string, Tensor>>;
  readonly innerState: unknown;
}

/** A parameter that numbers are found in: a number, a tensor or a schedule. */
type Hyper = number | Tensor | Schedule;
const isHyper = (x: unknown): x is Hyper => typeof x === "number" || x instanceof Tensor || typeof x === "function";

/**
 * An optimizer made anew at each step from hyperparameters in its state: numbers are kept there as tensors, to be
 * replaced, and schedules' values are shown.
 *
 * @param factory takes one object of hyperparameters
 * @param hyperparams numbers, tensors and schedules go into the state; anything else is passed on as it is
 * @example
 * const tx = optim.injectHyperparams(({ learningRate }) => optim.sgd(learningRate), { learningRate: 0.1 });
 * const state = tx.init({ w: np.ones([2]) });
 * state.hyperparams.learningRate.item(); // 0.1
 */
export function injectHyperparams<H extends Readonly<Record<string, unknown>>>(
  factory: (hyperparams: { [K in keyof H]: H[K] extends Hyper ? Tensor : H[K] }) => GradientTransformation,
  hyperparams: H,
): GradientTransformation<InjectState> {
  const names = Object.keys(hyperparams).filter((k) => isHyper(hyperparams[k]));
  const scheduled = names.filter((k) => typeof hyperparams[k] === "function");
  const floatOf = (params: unknown): DType => {
    const dtype = treeDtype(params, "promote");
    return dtype !== null && isInexact(dtype) ? dtype : "float32";
  };
  /** Floats are kept in the parameters' type. */
  const typed = (x: unknown, params: unknown): Tensor => {
    if (typeof x === "number") return full([], x, floatOf(params));
    const t = asTensor(x as ArrayLike, "optim.injectHyperparams");
    return isInexact(t.dtype) ? convert(t, floatOf(params)) : t;
  };
  const valuesAt = (count: Tensor, params: unknown): Record<string, Tensor> =>
    Object.fromEntries(scheduled.map((k) => [k, typed(valueAt(hyperparams[k] as Schedule, count), params)]));
  const make = (values: Readonly<Record<string, Tensor>>): GradientTransformation =>
    factory({ ...hyperparams, ...values } as never);
  return {
    init(params) {
      const count = zeroCount();
      const fixed = names.filter((k) => !scheduled.includes(k));
      const values = {
        ...Object.fromEntries(fixed.map((k) => [k, typed(hyperparams[k], params)])),
        ...valuesAt(count, params),
      };
      return { count, hyperparams: values, innerState: make(values).init(params) };
    },
    update<U>(updates: U, state: InjectState, params?: unknown, extra?: ExtraArgs): [U, InjectState] {
      const values = { ...state.hyperparams, ...valuesAt(state.count, params ?? updates) };
      const [out, innerState] = make(values).update(updates, state.innerState, params, extra);
      return [out, { count: safeIncrement(state.count), hyperparams: values, innerState }];
    },
  };
}
