/** Adam and its relatives. */
import type { DType } from "../core/dtype.js";
import { checkOptions } from "../prelude/options.js";
import { decayOptions, type Optimizer, optimizer, type WeightDecayOptions } from "./optimizer.js";
import { scaleByLearningRate } from "./transformation.js";
import { addDecayedWeights } from "./transforms/adding.js";
import {
  type AdamaxOptions,
  type AdamOptions,
  type AdanOptions,
  type AmsgradOptions,
  adamaxOptions,
  adamOptions,
  adanOptions,
  amsgradOptions,
  type BeliefOptions,
  beliefOptions,
  type RadamOptions,
  radamOptions,
  scaleByAdam,
  scaleByAdamax,
  scaleByAdan,
  scaleByAmsgrad,
  scaleByBelief,
  scaleByLion,
  scaleByRadam,
  scaleByYogi,
} from "./transforms/moments.js";
import { scaleByTrustRatio } from "./transforms/scaling.js";
import type { Scalar, ScalarOrSchedule } from "./types.js";

/**
 * Adam (Kingma and Ba, 2014).
 * @example optim.adam(1e-3, { b1: 0.9, b2: 0.999, eps: 1e-8 });
 */
export function adam(learningRate: ScalarOrSchedule, options: AdamOptions = {}): Optimizer {
  checkOptions("optim.adam", options, adamOptions);
  return optimizer(scaleByAdam(options), scaleByLearningRate(learningRate));
}
/** Adam with Nesterov's look ahead (Dozat, 2016). */
export const nadam = (learningRate: ScalarOrSchedule, options: Omit<AdamOptions, "nesterov"> = {}): Optimizer =>
  adam(learningRate, { ...options, nesterov: true });

/**
 * Adam with weights that decay by themselves, not through the moments (Loshchilov and Hutter, 2017).
 * @param options.weightDecay 1e-4 by default
 * @example optim.adamw(1e-3, { weightDecay: 0.01 });
 */
export function adamw(learningRate: ScalarOrSchedule, options: AdamOptions & WeightDecayOptions = {}): Optimizer {
  checkOptions("optim.adamw", options, [...adamOptions, ...decayOptions]);
  const { weightDecay = 1e-4, mask, ...rest } = options;
  return optimizer(scaleByAdam(rest), addDecayedWeights(weightDecay, { mask }), scaleByLearningRate(learningRate));
}
/** The same with Nesterov's look ahead. */
export const nadamw = (
  learningRate: ScalarOrSchedule,
  options: Omit<AdamOptions, "nesterov"> & WeightDecayOptions = {},
): Optimizer => adamw(learningRate, { ...options, nesterov: true });

/** Adam with a running maximum in place of the second moment (Kingma and Ba, 2014). */
export function adamax(learningRate: ScalarOrSchedule, options: AdamaxOptions = {}): Optimizer {
  checkOptions("optim.adamax", options, adamaxOptions);
  return optimizer(scaleByAdamax(options), scaleByLearningRate(learningRate));
}
/** The same with decaying weights; weightDecay is 1e-4 by default. */
export function adamaxw(learningRate: ScalarOrSchedule, options: AdamaxOptions & WeightDecayOptions = {}): Optimizer {
  checkOptions("optim.adamaxw", options, [...adamaxOptions, ...decayOptions]);
  const { weightDecay = 1e-4, mask, ...rest } = options;
  return optimizer(scaleByAdamax(rest), addDecayedWeights(weightDecay, { mask }), scaleByLearningRate(learningRate));
}

/** Adam with the greatest second moment so far (Reddi et al., 2018). */
export function amsgrad(learningRate: ScalarOrSchedule, options: AmsgradOptions = {}): Optimizer {
  checkOptions("optim.amsgrad", options, amsgradOptions);
  return optimizer(scaleByAmsgrad(options), scaleByLearningRate(learningRate));
}

/** Adam that waits for a second moment worth its name (Liu et al., 2019). */
export function radam(learningRate: ScalarOrSchedule, options: RadamOptions = {}): Optimizer {
  checkOptions("optim.radam", options, radamOptions);
  return optimizer(scaleByRadam(options), scaleByLearningRate(learningRate));
}

/** Adam by how surprising gradients are (Zhuang et al., 2020). */
export function adabelief(learningRate: ScalarOrSchedule, options: BeliefOptions = {}): Optimizer {
  checkOptions("optim.adabelief", options, beliefOptions);
  return optimizer(scaleByBelief(options), scaleByLearningRate(learningRate));
}

/** Adam with a second moment that changes additively (Zaheer et al., 2018); eps is 1e-3 by default. */
export function yogi(learningRate: ScalarOrSchedule, options: AdamaxOptions = {}): Optimizer {
  checkOptions("optim.yogi", options, adamaxOptions);
  return optimizer(scaleByYogi(options), scaleByLearningRate(learningRate));
}

/** Adaptive Nesterov momentum (Xie et al., 2022). */
export function adan(learningRate: ScalarOrSchedule, options: AdanOptions & WeightDecayOptions = {}): Optimizer {
  checkOptions("optim.adan", options, [...adanOptions, ...decayOptions]);
  const { weightDecay = 0, mask, ...rest } = options;
  return optimizer(
    scaleByAdan({ ...rest, epsRoot: rest.epsRoot ?? 1e-8 }),
    addDecayedWeights(weightDecay, { mask }),
    scaleByLearningRate(learningRate),
  );
}

export interface LionOptimizerOptions extends WeightDecayOptions {
  readonly b1?: Scalar | undefined;
  readonly b2?: Scalar | undefined;
  readonly muDtype?: DType | null | undefined;
}
/** Signs of a moment (Chen et al., 2023); weightDecay is 1e-3 by default. */
export function lion(learningRate: ScalarOrSchedule, options: LionOptimizerOptions = {}): Optimizer {
  checkOptions("optim.lion", options, ["b1", "b2", "muDtype", ...decayOptions]);
  const { weightDecay = 1e-3, mask, ...rest } = options;
  return optimizer(scaleByLion(rest), addDecayedWeights(weightDecay, { mask }), scaleByLearningRate(learningRate));
}

/** Adam with each layer's step in proportion to its parameters (You et al., 2019); eps is 1e-6 by default. */
export function lamb(
  learningRate: ScalarOrSchedule,
  options: Omit<AdamOptions, "nesterov" | "muDtype"> & WeightDecayOptions = {},
): Optimizer {
  checkOptions("optim.lamb", options, ["b1", "b2", "eps", "epsRoot", ...decayOptions]);
  const { weightDecay = 0, mask, eps = 1e-6, ...rest } = options;
  return optimizer(
    scaleByAdam({ ...rest, eps }),
    addDecayedWeights(weightDecay, { mask }),
    scaleByTrustRatio(),
    scaleByLearningRate(learningRate),
  );
}
