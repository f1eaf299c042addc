/** A learning rate that falls when the objective does not. */
import { asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { times, zeroCount } from "../scalars.js";
import { mapTensors, safeIncrement, treeWhere } from "../trees.js";
import type { GradientTransformation } from "../types.js";
import { needExtra } from "./scaling.js";

export interface PlateauState {
  readonly bestValue: Tensor;
  readonly plateauCount: Tensor;
  readonly scale: Tensor;
  readonly cooldownCount: Tensor;
  readonly count: Tensor;
  readonly avgValue: Tensor;
}
export interface PlateauOptions {
  /** What the scale is multiplied by; 0.1 by default. */
  readonly factor?: number | undefined;
  /** How many values without improvement are waited for; 10 by default. */
  readonly patience?: number | undefined;
  /** The part of the best value that counts as improvement; 1e-4 by default. */
  readonly rtol?: number | undefined;
  readonly atol?: number | undefined;
  /** How many values are not looked at after a fall; 0 by default. */
  readonly cooldown?: number | undefined;
  /** How many values are averaged to one; 1 by default. */
  readonly accumulationSize?: number | undefined;
  readonly minScale?: number | undefined;
}
const known = ["factor", "patience", "rtol", "atol", "cooldown", "accumulationSize", "minScale"];

/**
 * Scales the updates by a factor that falls when the objective has not improved for a while; `update` needs `value`.
 * @throws ArgumentError CT004 for a factor that is not between 0 and 1, or tolerances that are both 0
 * @example
 * const tx = optim.chain(optim.sgd(1), optim.reduceOnPlateau({ factor: 0.5, patience: 1 }));
 * const params = np.ones([2]);
 * let state = tx.init(params);
 * [, state] = tx.update(params, state, params, { value: 3 });
 * const [updates] = tx.update(params, state, params, { value: 3 });
 * updates.js(); // [-0.5, -0.5]
 */
export function reduceOnPlateau(options: PlateauOptions = {}): GradientTransformation<PlateauState> {
  checkOptions("optim.reduceOnPlateau", options, known);
  const {
    factor = 0.1,
    patience = 10,
    rtol = 1e-4,
    atol = 0,
    cooldown = 0,
    accumulationSize = 1,
    minScale = 0,
  } = options;
  if (!(factor > 0 && factor < 1)) {
    throw new ArgumentError("CT004", `optim.reduceOnPlateau: factor is ${factor}, but it must be between 0 and 1.`);
  }
  if (!(rtol >= 0 && rtol <= 1 && atol >= 0 && rtol + atol > 0)) {
    throw new ArgumentError(
      "CT004",
      `optim.reduceOnPlateau: rtol is ${rtol} and atol ${atol}. They must be at least 0, one of them more, and rtol at most 1.`,
    );
  }
  const float = (x: number): Tensor => p.full([], x, "float32");

  /** What a full average does to the scale. */
  const judge = (s: PlateauState): PlateauState => {
    const improved = p.lt(s.avgValue, p.sub(p.mul(1 - rtol, s.bestValue), atol));
    const waited = p.select(improved, zeroCount(), safeIncrement(s.plateauCount));
    const cooling = p.gt(s.cooldownCount, 0);
    const falls = p.bitwiseAnd(p.eq(waited, patience), p.bitwiseNot(cooling));
    const scale = p.max(p.select(falls, p.mul(s.scale, factor), s.scale), minScale);
    return {
      bestValue: p.select(improved, s.avgValue, s.bestValue),
      plateauCount: p.select(p.bitwiseOr(cooling, falls), zeroCount(), waited),
      scale: p.select(cooling, s.scale, scale),
      cooldownCount: p.select(
        cooling,
        p.sub(s.cooldownCount, 1),
        p.select(falls, p.full([], cooldown, "int32"), zeroCount()),
      ),
      count: zeroCount(),
      avgValue: float(0),
    };
  };

  return {
    init: () => ({
      bestValue: float(Number.POSITIVE_INFINITY),
      plateauCount: zeroCount(),
      scale: float(1),
      cooldownCount: zeroCount(),
      count: zeroCount(),
      avgValue: float(0),
    }),
    update(updates, state, _params, extra = {}) {
      const value = asTensor(needExtra("reduceOnPlateau", "value", extra.value), "optim.reduceOnPlateau");
      const count = safeIncrement(state.count);
      const total = p.add(p.mul(p.convert(state.count, "float32"), state.avgValue), p.convert(value, "float32"));
      const seen = { ...state, avgValue: p.div(total, p.convert(count, "float32")), count };
      const next = treeWhere(p.eq(count, accumulationSize), judge(seen), seen);
      return [mapTensors((g) => times(next.scale, g), updates), next];
    },
  };
}
