import { grad, jit, nn, numpy as np, type Tensor } from "cotangent";
import { normal, ones, type Workload, zeros } from "./workload.js";

const chain = jit((x: Tensor) => np.tanh(np.sin(x).mul(2).add(x)).mul(np.exp(x.neg().mul(x))));

const chainOf = (name: string, size: number): Workload => ({
  name,
  what: `tanh(sin(x) * 2 + x) * exp(-x * x) of ${size} float32`,
  prepare: () => {
    const x = normal([size]);
    return () => chain(x);
  },
});

export const chain1m = chainOf("chain1m", 1 << 20);
export const chain16m = chainOf("chain16m", 1 << 24);

export const softmax: Workload = {
  name: "softmax",
  what: "softmax over the last axis of float32 [4096, 1024]",
  prepare: () => {
    const x = normal([4096, 1024]);
    const f = jit((x: Tensor) => nn.softmax(x, -1));
    return () => f(x);
  },
};

export const layerNorm = (x: Tensor, gain: Tensor, bias: Tensor): Tensor => {
  const centred = x.sub(x.mean(-1, { keepdims: true }));
  const variance = np.square(centred).mean(-1, { keepdims: true });
  return centred
    .mul(np.reciprocal(np.sqrt(variance.add(1e-5))))
    .mul(gain)
    .add(bias);
};

export const layernormGrad: Workload = {
  name: "layernorm_grad",
  what: "gradient of sum(layernorm(x) * w) by x, gain and bias, float32 [4096, 1024]",
  prepare: () => {
    const [x, w, gain, bias] = [normal([4096, 1024]), normal([4096, 1024]), ones(1024), zeros(1024)];
    const f = jit(
      grad((x: Tensor, g: Tensor, b: Tensor, w: Tensor) => layerNorm(x, g, b).mul(w).sum(), { argnums: [0, 1, 2] }),
    );
    return () => f(x, gain, bias, w);
  },
};
