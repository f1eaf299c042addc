/** Limited-memory BFGS. */
import { scan } from "../../control/scan.js";
import { literal } from "../../core/scalars.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { dynamicUpdateSlice } from "../../primitives/slicing.js";
import { zeroCount } from "../scalars.js";
import { needParams } from "../transformation.js";
import {
  choose,
  mapTensors,
  safeIncrement,
  treeAddScale,
  treeCastLike,
  treeNorm,
  treeReal,
  treeScale,
  treeSub,
  treeVdot,
  treeZerosLike,
} from "../trees.js";
import type { GradientTransformation } from "../types.js";

export interface LbfgsState {
  readonly count: Tensor;
  readonly params: unknown;
  readonly updates: unknown;
  /** The last differences of parameters and of gradients, in a ring. */
  readonly diffParamsMemory: unknown;
  readonly diffUpdatesMemory: unknown;
  readonly weightsMemory: Tensor;
}
export interface LbfgsTransformOptions {
  /** How many differences are remembered; 10 by default. */
  readonly memorySize?: number | undefined;
  /** Whether the first guess of the inverse Hessian is scaled by the last curvature; true by default. */
  readonly scaleInitPrecond?: boolean | undefined;
}

const dot = (x: unknown, y: unknown): Tensor => treeReal(treeVdot(x, y));
const row = (t: unknown, i: Tensor): unknown => mapTensors((x) => np.take(x, i, 0), t);
const setRow = (memory: Tensor, i: Tensor, value: Tensor): Tensor =>
  dynamicUpdateSlice(memory, p.expandDims(value, [0]), [i, ...value.shape.map(() => literal(0, "int32"))]);

/** The inverse Hessian that the memory stands for, times the updates: Nocedal's two loops (1980). */
function precondition(
  updates: unknown,
  memory: Pick<LbfgsState, "diffParamsMemory" | "diffUpdatesMemory" | "weightsMemory">,
  scale: Tensor | number,
  start: Tensor,
): unknown {
  const size = memory.weightsMemory.shape[0];
  const indices = p.rem(p.add(p.iota("int32", [size]), start), size);
  const at = (i: Tensor) => ({
    dw: row(memory.diffParamsMemory, i),
    du: row(memory.diffUpdatesMemory, i),
    rho: np.take(memory.weightsMemory, i, 0),
  });
  const right = (vector: unknown, i: Tensor) => {
    const { dw, du, rho } = at(i);
    const alpha = np.multiply(rho, dot(dw, vector));
    return [treeCastLike(treeAddScale(vector, p.neg(alpha), du), vector), alpha] as const;
  };
  const [between, alphas] = scan(right as never, updates as never, indices as never, { reverse: true }) as [
    unknown,
    Tensor,
  ];
  const left = (vector: unknown, [i, alpha]: readonly [Tensor, Tensor]) => {
    const { dw, du, rho } = at(i);
    const beta = np.multiply(rho, dot(du, vector));
    return [treeCastLike(treeAddScale(vector, np.subtract(alpha, beta), dw), vector), beta] as const;
  };
  const scaled = treeScale(scale, between);
  return (scan(left as never, scaled as never, [indices, alphas] as never) as [unknown, Tensor])[0];
}

/** Multiplies by an estimate of the inverse Hessian from the last steps (Liu and Nocedal, 1989). */
export function scaleByLbfgs(options: LbfgsTransformOptions = {}): GradientTransformation<LbfgsState> {
  checkOptions("optim.scaleByLbfgs", options, ["memorySize", "scaleInitPrecond"]);
  const { memorySize = 10, scaleInitPrecond = true } = options;
  if (!Number.isInteger(memorySize) || memorySize < 1) {
    throw new ArgumentError(
      "CT004",
      `optim.scaleByLbfgs: memorySize is ${memorySize}, but it must be a whole number of at least 1.`,
    );
  }
  return {
    init(params) {
      const memory = mapTensors((x) => p.full([memorySize, ...x.shape], 0, x.dtype), params);
      const zeros = treeZerosLike(params);
      return {
        count: zeroCount(),
        params: zeros,
        updates: zeros,
        diffParamsMemory: memory,
        diffUpdatesMemory: memory,
        weightsMemory: p.full([memorySize], 0, "float32"),
      };
    },
    update<U>(updates: U, state: LbfgsState, params?: unknown): [U, LbfgsState] {
      needParams("scaleByLbfgs", params);
      const { count } = state;
      const later = p.gt(count, 0);
      const zeroAtFirst = (x: Tensor): Tensor => choose(later, x, p.fullLike(x, 0));
      const diffParams = mapTensors(zeroAtFirst, treeSub(params, state.params));
      const diffUpdates = mapTensors(zeroAtFirst, treeSub(updates, state.updates));
      const curvature = dot(diffUpdates, diffParams);
      const none = p.eq(curvature, 0);
      const weight = choose(
        none,
        p.fullLike(curvature, 0),
        p.div(1, choose(none, p.fullLike(curvature, 1), curvature)),
      );
      // The difference belongs to the step before; -1 wraps around.
      const previous = p.rem(p.add(count, memorySize - 1), memorySize);
      const memory = {
        diffParamsMemory: mapTensors((m, x) => setRow(m, previous, x), state.diffParamsMemory, diffParams),
        diffUpdatesMemory: mapTensors((m, x) => setRow(m, previous, x), state.diffUpdatesMemory, diffUpdates),
        weightsMemory: setRow(state.weightsMemory, previous, p.convert(zeroAtFirst(weight), state.weightsMemory.dtype)),
      };
      let scale: Tensor | number = 1;
      if (scaleInitPrecond) {
        const square = treeNorm(diffUpdates, { squared: true });
        const positive = p.gt(square, 0);
        const ratio = np.divide(curvature, choose(positive, square, p.fullLike(square, 1)));
        const fromCurvature = choose(positive, ratio, p.fullLike(ratio, 1));
        const norm = p.stopGradient(treeNorm(updates));
        scale = choose(later, fromCurvature, p.min(1, p.div(1, norm)));
      }
      const out = precondition(updates, memory, scale, p.rem(count, memorySize));
      return [out as U, { count: safeIncrement(count), params, updates, ...memory }];
    },
  };
}
