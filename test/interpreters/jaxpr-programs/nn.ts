import { grad, valueAndGrad } from "../../../src/api/index.js";
import type { Tensor } from "../../../src/core/tensor.js";
import * as lax from "../../../src/lax/index.js";
import * as nn from "../../../src/nn/index.js";
import * as np from "../../../src/numpy/index.js";
import { float, type Programs } from "./types.js";

type Layer = [w: Tensor, b: Tensor];

function mlpLoss(params: Layer[], x: Tensor, y: Tensor): Tensor {
  let h = x;
  for (const [w, b] of params.slice(0, -1)) h = np.tanh(np.add(np.matmul(h, w), b));
  const [w, b] = params[params.length - 1];
  return np.mean(np.power(np.subtract(np.add(np.matmul(h, w), b), y), 2));
}

function crossEntropy(w: Tensor, b: Tensor, x: Tensor, labels: Tensor): Tensor {
  const logits = np.add(np.matmul(x, w), b);
  const logp = np.subtract(logits, nn.logsumexp(logits, 1, { keepdims: true }));
  return np.negative(np.mean(np.sum(np.multiply(labels, logp), 1)));
}

export const nnPrograms: Programs = {
  softmax: (x) => nn.softmax(x),
  log_softmax: (x) => nn.logSoftmax(x),
  logsumexp: (x) => nn.logsumexp(x, -1),
  relu: (x) => nn.relu(x),
  gelu: (x) => nn.gelu(x),
  "gelu exact": (x) => nn.gelu(x, { approximate: false }),
  "silu and sigmoid": (x) => np.add(nn.silu(x), nn.sigmoid(x)),
  softplus: (x) => nn.softplus(x),
  one_hot: (i) => nn.oneHot(i, 3),
  "grad relu": grad((x: Tensor) => np.sum(nn.relu(x))),
  "grad cross entropy": grad(crossEntropy, { argnums: [0, 1] }),
  "mlp forward": mlpLoss,
  "mlp value_and_grad": valueAndGrad(mlpLoss),
  "mlp sgd step": (params: Layer[], x: Tensor, y: Tensor) => {
    const g = grad(mlpLoss)(params, x, y);
    return params.map((layer, i) => layer.map((p, j) => np.subtract(p, np.multiply(0.1, g[i][j]))));
  },
  "layer norm": (x, g, b) => {
    const m = np.mean(x, -1, { keepdims: true });
    const v = np.mean(np.power(np.subtract(x, m), 2), -1, { keepdims: true });
    return np.add(np.multiply(np.multiply(np.subtract(x, m), lax.rsqrt(np.add(v, 1e-5))), g), b);
  },
  attention: (q, k, v) => {
    const s = np.divide(np.einsum("qd,kd->qk", q, k), 2);
    const mask = np.tril(np.ones([4, 4], { dtype: "bool" }));
    return np.matmul(nn.softmax(np.where(mask, s, float(Number.NEGATIVE_INFINITY)), -1), v);
  },
};
