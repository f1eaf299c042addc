/** Muon: momentum of matrices made orthogonal. */
import type { DType } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError, ShapeError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { chain, type PartitionState, partition } from "../combining.js";
import { adamw } from "../optimizers.js";
import { complement, plus, times, zeroCount } from "../scalars.js";
import { scaleByLearningRate, stateless } from "../transformation.js";
import { addDecayedWeights } from "../transforms/adding.js";
import { mapTensors, safeIncrement, treeBiasCorrection, treeCast, treeUpdateMoment, treeZerosLike } from "../trees.js";
import type { GradientTransformation, Mask, Scalar, ScalarOrSchedule } from "../types.js";

type Coefficients = readonly [number, number, number];
/** Coefficients of each Newton-Schulz step, or of all of them. */
export type NewtonSchulzCoefficients = Coefficients | readonly Coefficients[] | "standard" | "dion";

const presets: Readonly<Record<"standard" | "dion", Coefficients | readonly Coefficients[]>> = {
  standard: [3.4445, -4.775, 2.0315],
  dion: [
    [4.0848, -6.8946, 2.927],
    [3.9505, -6.3029, 2.6377],
    [3.7418, -5.5913, 2.3037],
    [2.8769, -3.1427, 1.2046],
    [2.8366, -3.0525, 1.2012],
  ],
};

function stepsOf(coefficients: NewtonSchulzCoefficients, steps: number): readonly Coefficients[] {
  const given = typeof coefficients === "string" ? presets[coefficients] : coefficients;
  if (given === undefined) {
    throw new ArgumentError(
      "CT004",
      `optim.contrib.muon: nsCoeffs is '${String(coefficients)}'. Use 'standard', 'dion' or numbers.`,
    );
  }
  const each =
    typeof given[0] === "number" ? range(steps).map(() => given as Coefficients) : (given as readonly Coefficients[]);
  if (each.length > 0 && each.every((c) => c.length === 3)) return each.slice(-steps);
  throw new ArgumentError("CT004", "optim.contrib.muon: nsCoeffs must be three numbers, or three for each step.");
}

/**
 * The nearest orthogonal matrix, nearly: x with singular values near 1, by Newton-Schulz iterations.
 * @param x a matrix
 */
export function orthogonalizeViaNewtonSchulz(
  x: Tensor,
  coefficients: NewtonSchulzCoefficients = "standard",
  steps = 5,
  eps = 1e-8,
): Tensor {
  if (x.ndim !== 2) {
    throw new ShapeError(
      "CT107",
      `optim.contrib.orthogonalizeViaNewtonSchulz: the operand has shape [${x.shape}], but it must be a matrix. Use vmap for several.`,
    );
  }
  const tall = x.shape[0] > x.shape[1];
  let y = tall ? np.transpose(x) : x;
  y = p.div(y, plus(p.sqrt(np.sum(p.mul(y, y))), eps));
  for (const [a, b, c] of stepsOf(coefficients, steps)) {
    const square = np.matmul(y, np.transpose(y));
    const mix = p.add(p.mul(b, square), np.matmul(p.mul(c, square), square));
    y = p.add(p.mul(a, y), np.matmul(mix, y));
  }
  return tall ? np.transpose(y) : y;
}

export interface MuonState {
  readonly count: Tensor;
  readonly mu: unknown;
}
export interface MuonScalingOptions {
  readonly nsCoeffs?: NewtonSchulzCoefficients | undefined;
  readonly nsSteps?: number | undefined;
  /** The decay of the momentum; 0.95 by default. */
  readonly beta?: Scalar | undefined;
  readonly eps?: number | undefined;
  readonly muDtype?: DType | null | undefined;
  readonly nesterov?: boolean | undefined;
  /** Whether each update is scaled by its inner product with the momentum. */
  readonly adaptive?: boolean | undefined;
}
const scalingOptions = ["nsCoeffs", "nsSteps", "beta", "eps", "muDtype", "nesterov", "adaptive"] as const;

/** Momentum made orthogonal; all leaves must be matrices (Jordan et al., 2024). */
export function scaleByMuon(options: MuonScalingOptions = {}): GradientTransformation<MuonState> {
  checkOptions("optim.contrib.scaleByMuon", options, scalingOptions);
  const { nsCoeffs = "standard", nsSteps = 5, beta = 0.95, eps = 1e-8, muDtype } = options;
  const { nesterov = true, adaptive = false } = options;
  return {
    init: (params) => ({ count: zeroCount(), mu: treeZerosLike(params, muDtype) }),
    update(updates, state) {
      const mu = treeUpdateMoment(updates, state.mu, beta, 1);
      const count = safeIncrement(state.count);
      const muHat = nesterov
        ? mapTensors(
            (m, g) => p.add(times(beta, m), times(complement(beta), g)),
            treeBiasCorrection(mu, beta, safeIncrement(count)),
            treeBiasCorrection(updates, beta, count),
          )
        : treeBiasCorrection(mu, beta, count);
      const out = mapTensors((m) => {
        const orthogonal = orthogonalizeViaNewtonSchulz(m, nsCoeffs, nsSteps, eps);
        return adaptive ? p.mul(np.sum(p.mul(m, orthogonal)), orthogonal) : orthogonal;
      }, muHat);
      return [out, { count, mu: treeCast(mu, muDtype) }];
    },
  };
}

export interface MuonOptions extends MuonScalingOptions {
  readonly weightDecay?: ScalarOrSchedule | undefined;
  readonly weightDecayMask?: Mask | null | undefined;
  readonly adamB1?: Scalar | undefined;
  readonly adamB2?: Scalar | undefined;
  readonly adamEpsRoot?: Scalar | undefined;
  readonly adamWeightDecay?: ScalarOrSchedule | undefined;
  readonly adamLearningRate?: ScalarOrSchedule | null | undefined;
  /** The root mean square that updates have whatever their shape; by default wide matrices get larger ones. */
  readonly consistentRms?: number | null | undefined;
}

/** Muon for matrices, AdamW for everything else. */
export function muon(
  learningRate: ScalarOrSchedule,
  options: MuonOptions = {},
): GradientTransformation<PartitionState> {
  const known = [
    ...scalingOptions,
    "weightDecay",
    "weightDecayMask",
    "adamB1",
    "adamB2",
    "adamEpsRoot",
    "adamWeightDecay",
    "adamLearningRate",
    "consistentRms",
  ];
  checkOptions("optim.contrib.muon", options, known);
  const { weightDecay = 0, weightDecayMask: mask, adamB1 = 0.9, adamB2 = 0.999, adamEpsRoot = 0 } = options;
  const { adamWeightDecay = 0, adamLearningRate, consistentRms = null } = options;
  const { nsCoeffs, nsSteps, beta, eps = 1e-8, muDtype, nesterov = true, adaptive } = options;
  const byShape = stateless((updates) =>
    mapTensors((g) => {
      const [inputs, outputs] = g.shape;
      const factor =
        consistentRms === null
          ? Math.sqrt(Math.max(1, outputs / inputs))
          : Math.sqrt(Math.max(inputs, outputs)) * consistentRms;
      return times(factor, g);
    }, updates),
  );
  const matrices = chain(
    scaleByMuon({ nsCoeffs, nsSteps, beta, eps, muDtype, nesterov, adaptive }),
    byShape,
    addDecayedWeights(weightDecay, { mask }),
    scaleByLearningRate(learningRate),
  );
  const others = adamw(adamLearningRate ?? learningRate, {
    b1: adamB1,
    b2: adamB2,
    eps,
    epsRoot: adamEpsRoot,
    weightDecay: adamWeightDecay,
    muDtype,
    nesterov,
  });
  return partition(
    { muon: matrices as GradientTransformation, adam: others as GradientTransformation },
    (params: unknown) => mapTensors((x) => (x.ndim === 2 ? "muon" : "adam"), params),
  );
}
