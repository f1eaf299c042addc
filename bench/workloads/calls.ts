import { jit, numpy as np, type Tensor, tree } from "cotangent";
import type { Workload } from "./workload.js";

const callsOf = (leaves: number): Workload => ({
  name: `call${leaves}`,
  what: `a jitted call: tree + 1 over ${leaves} scalar ${leaves === 1 ? "leaf" : "leaves"}`,
  prepare: () => {
    const t = Array.from({ length: leaves }, (_, i) => np.array(i, { dtype: "float32" }));
    const f = jit((t: Tensor[]) => tree.map((x: Tensor) => x.add(1), t) as Tensor[]);
    return () => f(t);
  },
});

export const call1 = callsOf(1);
export const call100 = callsOf(100);
