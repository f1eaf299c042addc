/** The HLO of programs that people write: training steps and gradients, as the frontend makes them. */
import { grad, jit, lax, nn, numpy as np, optim, type Tensor, valueAndGrad } from "../../../src/index.js";
import { type HloModule, parseModuleOrThrow } from "../../../xla-like/hlo/index.js";

const zeros = (...shape: number[]): Tensor => np.zeros(shape);
const indices = (...shape: number[]): Tensor => np.zeros(shape, { dtype: "int32" });

interface Lowerable {
  lower(...args: never[]): { asText(stage: "hlo"): string };
}
const hloOf = (f: Lowerable, ...args: readonly unknown[]): HloModule =>
  parseModuleOrThrow(f.lower(...(args as never[])).asText("hlo"));

/** One step of training: gradients, and the parameters and the optimiser's state brought up to date. */
const trainingStep = (
  loss: (params: never, ...data: never[]) => Tensor,
  params: unknown,
  tx: optim.GradientTransformation,
  ...data: readonly Tensor[]
): HloModule => {
  const step = (p: unknown, state: unknown, ...rest: readonly Tensor[]): unknown => {
    const [value, grads] = valueAndGrad(loss as (...args: unknown[]) => Tensor)(p, ...rest) as [Tensor, unknown];
    const [updates, next] = tx.update(grads as never, state as never, p as never);
    return [value, optim.applyUpdates(p, updates), next];
  };
  return hloOf(jit(step) as unknown as Lowerable, params, tx.init(params as never), ...data);
};

export const chain = (n: number): HloModule =>
  hloOf(
    jit((x: Tensor): Tensor => np.tanh(np.sin(x).mul(2).add(x)).mul(np.exp(x.neg().mul(x)))),
    zeros(n),
  );

export const softmax = (rows: number, columns: number): HloModule =>
  hloOf(
    jit((x: Tensor): Tensor => nn.softmax(x, -1)),
    zeros(rows, columns),
  );

const layerNorm = (x: Tensor, gain: Tensor, bias: Tensor): Tensor => {
  const centred = x.sub(x.mean(-1, { keepdims: true }));
  const variance = np.square(centred).mean(-1, { keepdims: true });
  return centred
    .mul(np.reciprocal(np.sqrt(variance.add(1e-5))))
    .mul(gain)
    .add(bias);
};

export const layerNormGradient = (rows: number, columns: number): HloModule =>
  hloOf(
    jit(
      grad((x: Tensor, g: Tensor, b: Tensor, w: Tensor): Tensor => layerNorm(x, g, b).mul(w).sum(), {
        argnums: [0, 1, 2],
      }),
    ),
    zeros(rows, columns),
    zeros(columns),
    zeros(columns),
    zeros(rows, columns),
  );

const crossEntropy = (logits: Tensor, labels: Tensor): Tensor =>
  np.takeAlongAxis(nn.logSoftmax(logits, -1), np.expandDims(labels, -1), -1).mean().neg();

export const mlp = (batch: number, sizes: readonly number[]): HloModule => {
  const loss = (p: readonly (readonly [Tensor, Tensor])[], x: Tensor, y: Tensor): Tensor =>
    crossEntropy(
      p.reduce((h, [w, b], k) => {
        const out = h.matmul(w).add(b);
        return k < p.length - 1 ? nn.relu(out) : out;
      }, x),
      y,
    );
  const params = sizes.slice(1).map((n, k) => [zeros(sizes[k], n), zeros(n)]);
  return trainingStep(loss, params, optim.sgd(0.1, { momentum: 0.9 }), zeros(batch, sizes[0]), indices(batch));
};

export const convnet = (batch: number, size: number): HloModule => {
  const conv = (x: Tensor, k: Tensor): Tensor =>
    lax.convGeneralDilated(x, k, [1, 1], "SAME", { dimensionNumbers: ["NHWC", "HWIO", "NHWC"] });
  const pool = (x: Tensor): Tensor =>
    lax.reduceWindow(x, Number.NEGATIVE_INFINITY, lax.max, [1, 2, 2, 1], [1, 2, 2, 1], "VALID");
  const flat = (size / 4) ** 2 * 4;
  const params = {
    c1: zeros(3, 3, 1, 2),
    b1: zeros(2),
    c2: zeros(3, 3, 2, 4),
    b2: zeros(4),
    w: zeros(flat, 3),
    d: zeros(3),
  };
  const loss = (p: typeof params, x: Tensor, y: Tensor): Tensor => {
    let h = pool(nn.relu(conv(x, p.c1).add(p.b1)));
    h = pool(nn.relu(conv(h, p.c2).add(p.b2)));
    return crossEntropy(h.reshape([batch, -1]).matmul(p.w).add(p.d), y);
  };
  return trainingStep(loss, params, optim.adam(1e-3), zeros(batch, size, size, 1), indices(batch));
};

export interface GptSize {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly length: number;
  readonly batch: number;
  readonly vocabulary: number;
}

export const gpt = ({ layers, width: D, heads: H, length: S, batch: B, vocabulary: V }: GptSize): HloModule => {
  const norm = (): [Tensor, Tensor] => [zeros(D), zeros(D)];
  const block = () => ({
    l1: norm(), qkv: zeros(D, 3 * D), o: zeros(D, D), l2: norm(),
    up: zeros(D, 4 * D), bu: zeros(4 * D), dn: zeros(4 * D, D), bd: zeros(D),
  }); // biome-ignore format: a table
  const params = { e: zeros(V, D), pos: zeros(S, D), lf: norm(), blocks: Array.from({ length: layers }, block) };
  const heads = (a: Tensor): Tensor => a.reshape([B, S, H, D / H]).transpose([0, 2, 1, 3]);
  const loss = (p: typeof params, inputs: Tensor, targets: Tensor): Tensor => {
    const mask = np.tril(np.ones([S, S], { dtype: "bool" }));
    let x = np.take(p.e, inputs, 0).add(p.pos);
    for (const b of p.blocks) {
      const [q, k, v] = np.split(layerNorm(x, ...b.l1).matmul(b.qkv), 3, -1).map(heads);
      const scores = q.matmul(k.transpose([0, 1, 3, 2])).div(Math.sqrt(D / H));
      const attention = nn.softmax(np.where(mask, scores, -1e9), -1).matmul(v);
      x = x.add(attention.transpose([0, 2, 1, 3]).reshape([B, S, D]).matmul(b.o));
      x = x.add(
        nn
          .gelu(
            layerNorm(x, ...b.l2)
              .matmul(b.up)
              .add(b.bu),
          )
          .matmul(b.dn)
          .add(b.bd),
      );
    }
    return crossEntropy(layerNorm(x, ...p.lf).matmul(p.e.transpose()), targets);
  };
  return trainingStep(loss, params, optim.adamw(1e-3), indices(B, S), indices(B, S));
};

export const lstm = (steps: number, batch: number, width: number): HloModule => {
  const loss = ([wx, wh, b]: [Tensor, Tensor, Tensor], xs: Tensor): Tensor => {
    const cell = ([h, s]: [Tensor, Tensor], x: Tensor): [[Tensor, Tensor], Tensor] => {
      const [i, g, f, o] = np.split(x.matmul(wx).add(h.matmul(wh)).add(b), 4, -1);
      const next = nn
        .sigmoid(f.add(1))
        .mul(s)
        .add(nn.sigmoid(i).mul(np.tanh(g)));
      const out = nn.sigmoid(o).mul(np.tanh(next));
      return [[out, next], out];
    };
    const start = zeros(batch, width);
    const [, hs] = lax.scan(cell, [start, start] as [Tensor, Tensor], xs);
    return np.square(hs as Tensor).mean();
  };
  return hloOf(
    jit(valueAndGrad(loss)) as unknown as Lowerable,
    [zeros(width, 4 * width), zeros(width, 4 * width), zeros(4 * width)],
    zeros(steps, batch, width),
  );
};
