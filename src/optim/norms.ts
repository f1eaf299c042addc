/** Norms with derivatives at 0. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { absSquare, like } from "./scalars.js";
import type { Scalar } from "./types.js";

/** max(f(x), least) without a derivative through f where that is too small: there f sees ones. */
function atLeast(x: Tensor, least: Scalar, f: (x: Tensor) => Tensor): Tensor {
  const value = f(x);
  const floor = like(value, least);
  const small = p.le(value, floor);
  const safe = p.select(
    p.broadcastTo(
      p.reshape(
        small,
        x.shape.map(() => 1),
      ),
      x.shape,
    ),
    p.fullLike(x, 1),
    x,
  );
  return p.select(small, p.broadcastTo(floor, value.shape), f(safe));
}

export interface SafeNormOptions {
  readonly axis?: number | readonly number[] | null | undefined;
  readonly keepdims?: boolean | undefined;
}

/**
 * The length of x, at least `minNorm`; its gradient is 0 where x is that short, and never NaN.
 * @example optim.safeNorm(np.zeros([3]), 1e-3).item(); // 0.001
 */
export function safeNorm(x: ArrayLike, minNorm: Scalar, options: SafeNormOptions = {}): Tensor {
  checkOptions("optim.safeNorm", options, ["axis", "keepdims"]);
  const { axis = null, keepdims = false } = options;
  const t = asTensor(x, "optim.safeNorm");
  const norm = (y: Tensor): Tensor => p.sqrt(np.sum(absSquare(y), axis, { keepdims: true }));
  const kept = norm(t);
  const floor = like(kept, minNorm);
  const small = p.le(kept, floor);
  const safe = p.select(p.broadcastTo(small, t.shape), p.fullLike(t, 1), t);
  const out = p.select(small, p.broadcastTo(floor, kept.shape), norm(safe));
  return keepdims ? out : np.squeeze(out, axis);
}

/** The root mean square of x, at least `minRms`; its gradient is never NaN. */
export const safeRootMeanSquares = (x: ArrayLike, minRms: Scalar): Tensor =>
  atLeast(asTensor(x, "optim.safeRootMeanSquares"), minRms, (y) => p.sqrt(np.mean(absSquare(y))));

/** x, whose gradient is multiplied by `factor`. */
export const scaleGradient = (x: ArrayLike, factor: number): Tensor => {
  const t = asTensor(x, "optim.scaleGradient");
  const passed = p.mul(t, factor);
  return p.add(passed, p.stopGradient(p.sub(t, passed)));
};
