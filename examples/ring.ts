import { numpy as np, type Tensor } from "cotangent";

/** The last few scalars of a loop, kept where they are computed: a pytree, so that steps can take and return it. */
export interface Ring {
  readonly values: Tensor;
  /** Where the next one goes. */
  readonly next: Tensor;
}

export const ring = (length: number): Ring => ({ values: np.zeros([length]), next: np.array(0, { dtype: "int32" }) });

/** Inside a jitted step that its ring is donated to, this writes one number in place, and nobody waits for it. */
export const push = ({ values, next }: Ring, value: Tensor): Ring => ({
  values: values.at(next).set(value),
  next: next.add(1).mod(values.size),
});
