/** Symbolic zeros: made real where a rule needs a value, skipped in sums. */
import { type Tensor, Zero } from "../core/tensor.js";
import { addAny } from "../primitives/arithmetic.js";
import { zerosLike } from "../primitives/fill.js";

export const isZero = (t: Tensor | Zero): t is Zero => t instanceof Zero;

/** The tensor, or zeros of its type. */
export const instantiate = (t: Tensor | Zero): Tensor => (t instanceof Zero ? zerosLike(t.aval) : t);

/** The sum of tangents or cotangents. */
export const addTangents = (a: Tensor | Zero, b: Tensor | Zero): Tensor | Zero =>
  a instanceof Zero ? b : b instanceof Zero ? a : addAny(a, b);
