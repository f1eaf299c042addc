import { grad, jit, lax, nn, numpy as np, optim, type Tensor, tree, valueAndGrad, vmap } from "cotangent";
import { layerNorm } from "./elementwise.js";
import { integersBelow, normal, ones, type Workload, zeros } from "./workload.js";

/** Does one step of training and gives the loss. */
export interface Trainer {
  (): Tensor;
  /** What a checkpoint holds. */
  trained(): { readonly params: unknown; readonly state: unknown };
}

/** Its parameters and state are donated, as the peers do. */
function trainer<P>(loss: (params: P) => Tensor, params: P, optimizer: optim.GradientTransformation): Trainer {
  const step = jit(
    (params: P, state: unknown): unknown => {
      const [value, grads] = valueAndGrad(loss as (p: unknown) => Tensor)(params) as [Tensor, P];
      const [updates, next] = optimizer.update(grads as never, state as never, params as never);
      return [value, optim.applyUpdates(params as never, updates), next];
    },
    { donateArgnums: [0, 1] },
  );
  let now: unknown = params;
  let state: unknown = jit(optimizer.init as (p: unknown) => unknown)(params);
  const run = (): Tensor => {
    const [value, nextParams, nextState] = step(now as never, state as never) as [Tensor, unknown, unknown];
    [now, state] = [nextParams, nextState];
    return value;
  };
  return Object.assign(run, { trained: () => ({ params: now, state }) });
}

const crossEntropy = (logits: Tensor, labels: Tensor): Tensor =>
  np.takeAlongAxis(nn.logSoftmax(logits, -1), np.expandDims(labels, -1), -1).mean().neg();

export const cs231n: Workload = {
  name: "cs231n",
  what: "two layers, 64 x 1000 with 100 hidden, ReLU, squared error; gradient and SGD",
  prepare: () => {
    const [x, y] = [normal([64, 1000]), normal([64, 1000])];
    const params = [normal([1000, 100], 0.03), normal([100, 1000], 0.1)];
    const loss = ([w1, w2]: Tensor[]) =>
      np
        .square(nn.relu(x.matmul(w1)).matmul(w2).sub(y))
        .sum(1)
        .mean();
    const step = jit(
      (params: Tensor[]): [Tensor, Tensor[]] => {
        const [value, grads] = valueAndGrad(loss)(params);
        return [value, tree.map((p: Tensor, g: Tensor) => p.sub(g.mul(1e-5)), params, grads) as Tensor[]];
      },
      { donateArgnums: 0 },
    );
    let now = params;
    return () => {
      const [value, next] = step(now);
      now = next;
      return value;
    };
  },
};

type Dense = [weight: Tensor, bias: Tensor];

const mlpParams = (): Dense[] =>
  ([[784, 512], [512, 256], [256, 10]] as const).map(([i, o]) => [normal([i, o], Math.sqrt(2 / i)), zeros(o)]); // biome-ignore format: a table

const mlpForward = (params: Dense[], x: Tensor): Tensor =>
  params.reduce((h, [w, b], i) => {
    const y = h.matmul(w).add(b);
    return i < params.length - 1 ? nn.relu(y) : y;
  }, x);

export const mlp: Workload = {
  name: "mlp",
  what: "784-512-256-10, batch 128, ReLU, cross-entropy, SGD with momentum; one step",
  prepare: () => {
    const [x, y] = [normal([128, 784]), integersBelow(10, [128])];
    const optimizer = optim.sgd(0.1, { momentum: 0.9 });
    return trainer((p: Dense[]) => crossEntropy(mlpForward(p, x), y), mlpParams(), optimizer);
  },
};

export const perExample: Workload = {
  name: "per_example",
  what: "vmap(grad) of the mlp's loss over 128 examples",
  prepare: () => {
    const [x, y, params] = [normal([128, 784]), integersBelow(10, [128]), mlpParams()];
    const loss = (p: Dense[], x: Tensor, y: Tensor) =>
      crossEntropy(mlpForward(p, np.expandDims(x, 0)), np.expandDims(y, 0));
    const f = jit(vmap(grad(loss), { inAxes: [null, 0, 0] }));
    return () => f(params, x, y);
  },
};

export const convnet: Workload = {
  name: "convnet",
  what: "two 3x3 convolutions with pooling, two dense layers, 64 images of 28x28, Adam; one step",
  prepare: () => {
    const [x, y] = [normal([64, 28, 28, 1]), integersBelow(10, [64])];
    const params = {
      c1: normal([3, 3, 1, 32], 0.3), b1: zeros(32), c2: normal([3, 3, 32, 64], 0.06), b2: zeros(64),
      w1: normal([3136, 128], 0.02), d1: zeros(128), w2: normal([128, 10], 0.1), d2: zeros(10),
    }; // biome-ignore format: a table
    const conv = (x: Tensor, k: Tensor) =>
      lax.convGeneralDilated(x, k, [1, 1], "SAME", { dimensionNumbers: ["NHWC", "HWIO", "NHWC"] });
    const pool = (x: Tensor) =>
      lax.reduceWindow(x, Number.NEGATIVE_INFINITY, lax.max, [1, 2, 2, 1], [1, 2, 2, 1], "VALID");
    const loss = (p: typeof params) => {
      let h = pool(nn.relu(conv(x, p.c1).add(p.b1)));
      h = pool(nn.relu(conv(h, p.c2).add(p.b2)));
      h = nn.relu(h.reshape([64, -1]).matmul(p.w1).add(p.d1));
      return crossEntropy(h.matmul(p.w2).add(p.d2), y);
    };
    return trainer(loss, params, optim.adam(1e-3));
  },
};

interface GptSize {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly length: number;
  readonly batch: number;
  readonly vocabulary: number;
  /** What products are computed in, from parameters in float32; normalisations and the loss stay in float32. */
  readonly dtype: "float32" | "bfloat16";
}

const gptStep = (size: GptSize): Trainer => {
  const { layers, width: D, heads: H, length: S, batch: B, vocabulary: V, dtype } = size;
  const [inputs, targets] = [integersBelow(V, [B, S]), integersBelow(V, [B, S])];
  const block = () => ({
    l1: [ones(D), zeros(D)], qkv: normal([D, 3 * D], 0.02), o: normal([D, D], 0.02), l2: [ones(D), zeros(D)],
    up: normal([D, 4 * D], 0.02), bu: zeros(4 * D), dn: normal([4 * D, D], 0.02), bd: zeros(D),
  }); // biome-ignore format: a table
  const params = {
    e: normal([V, D], 0.02),
    pos: normal([S, D], 0.02),
    lf: [ones(D), zeros(D)],
    blocks: Array.from({ length: layers }, block),
  };
  const mask = np.tril(np.ones([S, S], { dtype: "bool" }));
  const heads = (a: Tensor) => a.reshape([B, S, H, D / H]);
  const attend = (...qkv: Tensor[]): Tensor => {
    const [q, k, v] = qkv.map((x) => x.transpose([0, 2, 1, 3]));
    const scores = q.matmul(k.transpose([0, 1, 3, 2])).div(Math.sqrt(D / H));
    const weights = nn.softmax(np.where(mask, scores, -1e9).astype("float32"), -1);
    return weights.astype(dtype).matmul(v).transpose([0, 2, 1, 3]);
  };
  // What cuDNN has for halves; the other form is what the processor's figures are of.
  const flash = (q: Tensor, k: Tensor, v: Tensor): Tensor =>
    nn.dotProductAttention(q, k, v, { isCausal: true, implementation: "cudnn" });
  const norm = (x: Tensor, [gain, bias]: Tensor[]) => layerNorm(x.astype("float32"), gain, bias).astype(dtype);
  const loss = (p: typeof params) => {
    const cast = (w: Tensor) => w.astype(dtype);
    let x = cast(np.take(p.e, inputs, 0).add(p.pos));
    for (const b of p.blocks) {
      const [q, k, v] = np.split(norm(x, b.l1).matmul(cast(b.qkv)), 3, -1).map(heads);
      const attention = (dtype === "bfloat16" ? flash : attend)(q, k, v);
      x = x.add(attention.reshape([B, S, D]).matmul(cast(b.o)));
      const hidden = nn.gelu(norm(x, b.l2).matmul(cast(b.up)).add(cast(b.bu)));
      x = x.add(hidden.matmul(cast(b.dn)).add(cast(b.bd)));
    }
    return crossEntropy(norm(x, p.lf).matmul(cast(p.e).transpose()).astype("float32"), targets);
  };
  return trainer(loss, params, optim.adamw(1e-3));
};

export const gpt: Workload = {
  name: "gpt",
  what: "transformer of 4 layers, width 256, 4 heads, 8 sequences of 128, vocabulary 512, AdamW; one step",
  prepare: () => gptStep({ layers: 4, width: 256, heads: 4, length: 128, batch: 8, vocabulary: 512, dtype: "float32" }),
};

/** Too much for a processor. */
export const gpt12: Workload = {
  name: "gpt12",
  what: "transformer of 12 layers, width 768, 12 heads, 8 sequences of 1024, vocabulary 50304, bfloat16, AdamW; one step",
  prepare: () =>
    gptStep({ layers: 12, width: 768, heads: 12, length: 1024, batch: 8, vocabulary: 50304, dtype: "bfloat16" }),
};

export const lstm: Workload = {
  name: "lstm",
  what: "one LSTM layer of 128 by scan over 100 steps, batch 32; value and gradient",
  prepare: () => {
    const [T, B, H] = [100, 32, 128];
    const x = normal([T, B, H]);
    const params = [normal([H, 4 * H], 0.05), normal([H, 4 * H], 0.05), zeros(4 * H)];
    const loss = ([wx, wh, b]: Tensor[]) => {
      const cell = ([h, s]: [Tensor, Tensor], xt: Tensor): [[Tensor, Tensor], Tensor] => {
        const [i, g, f, o] = np.split(xt.matmul(wx).add(h.matmul(wh)).add(b), 4, -1);
        const next = nn
          .sigmoid(f.add(1))
          .mul(s)
          .add(nn.sigmoid(i).mul(np.tanh(g)));
        const out = nn.sigmoid(o).mul(np.tanh(next));
        return [[out, next], out];
      };
      const z = zeros(B, H);
      const [, hs] = lax.scan(cell, [z, z] as [Tensor, Tensor], x);
      return np.square(hs as Tensor).mean();
    };
    const f = jit(valueAndGrad(loss));
    return () => f(params);
  },
};
