/** The recorded calls of Optax, made here: names in camelCase, what has a default among the options. */
import { Tensor } from "../../src/core/tensor.js";
import * as np from "../../src/numpy/index.js";
import type { GradientTransformation } from "../../src/optim/index.js";
import * as optim from "../../src/optim/index.js";
import { decodeScalar, type GoldenValue, isGoldenArray } from "../golden/read.js";
import { fromGolden } from "../primitives/elementwise-support.js";

export interface RecordedCall {
  readonly python?: string;
  readonly fn?: string;
  readonly args?: readonly GoldenValue[];
  readonly kwargs?: Readonly<Record<string, GoldenValue>>;
}

export const camel = (name: string): string => name.replace(/_(\w)/g, (_, c: string) => c.toUpperCase());

/** Any recorded tree: arrays as tensors, numbers as numbers. */
export function decode(v: GoldenValue): unknown {
  if (isGoldenArray(v)) return fromGolden(v);
  const number = decodeScalar(v);
  if (number !== undefined) return number.value;
  if (Array.isArray(v)) return v.map(decode);
  if (typeof v === "object" && v !== null) {
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, decode(x)]));
  }
  return v;
}

/** Keyword arguments that stand in a place of their own here. */
const placed: Readonly<Record<string, readonly string[]>> = {
  add_noise: ["eta", "gamma", "key"],
  lbfgs: ["learning_rate"],
};

type AnyFunction = (...args: unknown[]) => unknown;
const renamed: Readonly<Record<string, string>> = { MultiSteps: "multiSteps" };

/** Calls the function that a record names. */
export function callRecorded({ fn = "", args = [], kwargs = {} }: RecordedCall): unknown {
  const name = fn.replace(/^(losses|projections|tree_utils|transforms)\./, "");
  const inContrib = name.startsWith("contrib.");
  const own = name.replace("contrib.", "");
  const space = (inContrib ? optim.contrib : optim) as unknown as Record<string, AnyFunction>;
  const wanted = renamed[own] ?? camel(own);
  // What is no longer new stands among the others here.
  const f = space[wanted] ?? (optim as unknown as Record<string, AnyFunction>)[wanted];
  if (typeof f !== "function") throw new Error(`no optim.${camel(name)}`);
  const positional = args.map((a) => recordKeys(fn, decode(a)));
  const options: Record<string, unknown> = {};
  // A learning rate that is left out is null before options.
  for (let i = positional.length; i < (placed[own]?.length ?? 0); i++) positional.push(null);
  for (const [key, value] of Object.entries(kwargs)) {
    const at = placed[own]?.indexOf(key) ?? -1;
    if (at >= 0) positional[at] = decode(value);
    else options[camel(key)] = decode(value);
  }
  const last = Object.keys(options).length > 0 ? [options] : [];
  return f(...positional, ...last);
}

/** The cycles of sgdr are objects of arguments. */
function recordKeys(fn: string, x: unknown): unknown {
  if (fn !== "sgdr_schedule" || !Array.isArray(x)) return x;
  return x.map((cycle: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(cycle).map(([k, v]) => [camel(k), v])),
  );
}

const even = (step: Tensor): Tensor => np.equal(np.remainder(step, 2), 0);

/** What is made of several calls, or of functions. */
const combined: Readonly<Record<string, () => GradientTransformation>> = {
  "optax.sgd(optax.exponential_decay(0.5, 2, 0.5))": () => optim.sgd(optim.exponentialDecay(0.5, 2, 0.5)),
  "optax.adam(optax.warmup_cosine_decay_schedule(0., 0.1, 2, 5))": () =>
    optim.adam(optim.warmupCosineDecaySchedule(0, 0.1, 2, 5)),
  "optax.scale_by_schedule(optax.linear_schedule(1., 0., 4))": () =>
    optim.scaleBySchedule(optim.linearSchedule(1, 0, 4)),
  "optax.chain(optax.clip_by_global_norm(1.), optax.adam(0.1))": () =>
    optim.chain(optim.clipByGlobalNorm(1), optim.adam(0.1)),
  "optax.chain(optax.clip(0.5), optax.trace(0.9), optax.add_decayed_weights(0.01), optax.scale(-0.1))": () =>
    optim.chain(optim.clip(0.5), optim.trace(0.9), optim.addDecayedWeights(0.01), optim.scale(-0.1)),
  "optax.named_chain(('clip', optax.clip(0.5)), ('adam', optax.adam(0.1)))": () =>
    optim.namedChain(["clip", optim.clip(0.5)], ["adam", optim.adam(0.1)]),
  "optax.masked(optax.sgd(0.1), {'b': True, 's': False, 'w': True})": () =>
    optim.masked(optim.sgd(0.1), { b: true, s: false, w: true }),
  "optax.partition({'x': optax.adam(0.1), 'y': optax.set_to_zero()}, {'b': 'x', 's': 'y', 'w': 'x'})": () =>
    optim.partition({ x: optim.adam(0.1), y: optim.setToZero() }, { b: "x", s: "y", w: "x" }),
  "optax.flatten(optax.adam(0.1))": () => optim.flatten(optim.adam(0.1)),
  "optax.apply_if_finite(optax.sgd(0.1), 3)": () => optim.applyIfFinite(optim.sgd(0.1), 3),
  "optax.MultiSteps(optax.adam(0.1), 2)": () => optim.multiSteps(optim.adam(0.1), 2),
  "optax.inject_hyperparams(optax.module.sgd)(learning_rate=optax.linear_schedule(0.1, 0.5, 4))": () =>
    optim.injectHyperparams(({ learningRate }) => optim.sgd(learningRate), {
      learningRate: optim.linearSchedule(0.1, 0.5, 4),
    }),
  "optax.chain(optax.adaptive_grad_clip(0.05), optax.sgd(0.1, momentum=0.5))": () =>
    optim.chain(optim.adaptiveGradClip(0.05), optim.sgd(0.1, { momentum: 0.5 })),
  "optax.conditionally_mask(optax.sgd(0.1), lambda step: step % 2 == 0)": () =>
    optim.conditionallyMask(optim.sgd(0.1), even),
  "optax.conditionally_transform(optax.scale(-0.1), lambda step: step % 2 == 1)": () =>
    optim.conditionallyTransform(optim.scale(-0.1), (step) => np.logicalNot(even(step))),
  "optax.chain(optax.sgd(1.), optax.scale_by_backtracking_linesearch(max_backtracking_steps=15))": () =>
    optim.chain(optim.sgd(1), optim.scaleByBacktrackingLinesearch({ maxBacktrackingSteps: 15 })),
  "optax.chain(optax.sgd(1.), optax.scale_by_zoom_linesearch(max_linesearch_steps=15))": () =>
    optim.chain(optim.sgd(1), optim.scaleByZoomLinesearch({ maxLinesearchSteps: 15 })),
  "optax.contrib.sam(optax.sgd(0.1), optax.chain(optax.contrib.normalize(), optax.sgd(0.05)))": () =>
    optim.contrib.sam(optim.sgd(0.1), optim.chain(optim.contrib.normalize(), optim.sgd(0.05))),
  "optax.contrib.sam(optax.adam(0.1), optax.sgd(0.05), sync_period=3, reset_state=False)": () =>
    optim.contrib.sam(optim.adam(0.1), optim.sgd(0.05), { syncPeriod: 3, resetState: false }),
  "optax.contrib.split_real_and_imaginary(optax.adam(0.1))": () => optim.contrib.splitRealAndImaginary(optim.adam(0.1)),
};

const schedules: Readonly<Record<string, () => optim.MadeSchedule>> = {
  "optax.join_schedules([optax.constant_schedule(1.), optax.linear_schedule(1., 0., 10)], [5])": () =>
    optim.joinSchedules([optim.constantSchedule(1), optim.linearSchedule(1, 0, 10)], [5]),
};

/** The transformation that a record describes. */
export const transformationOf = (r: RecordedCall): GradientTransformation =>
  r.fn === undefined ? combined[r.python ?? ""]() : (callRecorded(r) as GradientTransformation);

/** The schedule that a record describes. */
export const scheduleOf = (r: RecordedCall): optim.MadeSchedule =>
  r.fn === undefined ? schedules[r.python ?? ""]() : (callRecorded(r) as optim.MadeSchedule);

export const isTensor = (x: unknown): x is Tensor => x instanceof Tensor;
