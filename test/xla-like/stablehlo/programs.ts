// Whole programs that are held as StableHLO: networks and their training, loops, sorts, scatters, convolutions, draws.
import { grad, jit, lax, nn, numpy as np, optim, random, type Tensor, tree, valueAndGrad, vmap } from "cotangent";

export interface Program {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: arguments of each program's own types
  readonly f: (...args: any[]) => unknown;
  readonly args: () => readonly unknown[];
}

/** Some numbers between -1 and 1, the same everywhere. */
const wave = (shape: readonly number[], rate = 1): Tensor => {
  const size = shape.reduce((n, d) => n * d, 1);
  return np.sin(np.arange(size, { dtype: "float32" }).mul(rate).add(0.5)).reshape(shape);
};

interface Layer {
  readonly w: Tensor;
  readonly b: Tensor;
}
const layer = (inputs: number, outputs: number, rate: number): Layer => ({
  w: wave([inputs, outputs], rate).div(Math.sqrt(inputs)),
  b: np.zeros([outputs]),
});
const dense = ({ w, b }: Layer, x: Tensor): Tensor => np.matmul(x, w).add(b);

export interface Mlp {
  readonly hidden: Layer;
  readonly out: Layer;
}
export const mlpParams = (): Mlp => ({ hidden: layer(4, 8, 1.7), out: layer(8, 3, 2.3) });
export const mlp = (p: Mlp, x: Tensor): Tensor => dense(p.out, np.tanh(dense(p.hidden, x)));

const mlpLoss = (p: Mlp, x: Tensor, y: Tensor): Tensor =>
  optim.softmaxCrossEntropyWithIntegerLabels(mlp(p, x), y).mean();

const adam = optim.adam(1e-2);
const trainStep = (p: Mlp, state: ReturnType<typeof adam.init>, x: Tensor, y: Tensor) => {
  const [loss, grads] = valueAndGrad(mlpLoss)(p, x, y);
  const [updates, next] = adam.update(grads, state, p);
  return { loss, params: optim.applyUpdates(p, updates), state: next };
};

interface Block {
  readonly norm1: Tensor;
  readonly qkv: Layer;
  readonly out: Layer;
  readonly norm2: Tensor;
  readonly up: Layer;
  readonly down: Layer;
}
export interface Gpt {
  readonly tokens: Tensor;
  readonly positions: Tensor;
  readonly blocks: readonly Block[];
  readonly norm: Tensor;
}
const width = 8;
const heads = 2;
export const gptParams = (): Gpt => ({
  tokens: wave([11, width], 0.7),
  positions: wave([6, width], 0.3),
  blocks: [1, 2].map((k) => ({
    norm1: np.ones([width]),
    qkv: layer(width, 3 * width, 1.1 * k),
    out: layer(width, width, 1.3 * k),
    norm2: np.ones([width]),
    up: layer(width, 4 * width, 0.9 * k),
    down: layer(4 * width, width, 1.9 * k),
  })),
  norm: np.ones([width]),
});

const layerNorm = (scale: Tensor, x: Tensor): Tensor => {
  const centred = x.sub(x.mean(-1, { keepdims: true }));
  return centred.mul(lax.rsqrt(np.square(centred).mean(-1, { keepdims: true }).add(1e-5))).mul(scale);
};

const attention = (b: Block, x: Tensor): Tensor => {
  const [n, t] = x.shape;
  const split = (y: Tensor): Tensor => y.reshape([n, t, heads, width / heads]).transpose([0, 2, 1, 3]);
  const [q, k, v] = np.split(dense(b.qkv, x), 3, -1).map(split);
  const scores = np.einsum("bhid,bhjd->bhij", q, k).div(Math.sqrt(width / heads));
  const causal = np.tril(np.ones([t, t], { dtype: "bool" }));
  const weights = nn.softmax(np.where(causal, scores, -1e9), -1);
  const mixed = np.einsum("bhij,bhjd->bhid", weights, v).transpose([0, 2, 1, 3]);
  return dense(b.out, mixed.reshape([n, t, width]));
};

/** Logits of the next token at every place. */
export const gpt = (p: Gpt, ids: Tensor): Tensor => {
  let x = np.take(p.tokens, ids, 0).add(p.positions.slice([0, ids.shape[1]]));
  for (const b of p.blocks) {
    x = x.add(attention(b, layerNorm(b.norm1, x)));
    x = x.add(dense(b.down, nn.gelu(dense(b.up, layerNorm(b.norm2, x)))));
  }
  return np.matmul(layerNorm(p.norm, x), p.tokens.T);
};
const gptLoss = (p: Gpt, ids: Tensor): Tensor =>
  optim.softmaxCrossEntropyWithIntegerLabels(gpt(p, ids.slice("...", [0, -1])), ids.slice("...", [1, null])).mean();

const tokens = (): Tensor => np.array([[1, 5, 2, 9, 10], [0, 3, 3, 7, 4]], { dtype: "int32" }); // biome-ignore format: rows

const images = (): Tensor => wave([2, 3, 8, 8], 0.37);
const convNet = (p: { k1: Tensor; k2: Tensor }, x: Tensor): Tensor => {
  const dims = ["NCHW", "OIHW", "NCHW"] as const;
  const h = nn.relu(lax.convGeneralDilated(x, p.k1, [2, 2], "SAME", { dimensionNumbers: dims }));
  const pooled = lax.reduceWindow(
    h,
    -Infinity,
    (a: Tensor, b: Tensor) => np.maximum(a, b),
    [1, 1, 2, 2],
    [1, 1, 1, 1],
    "VALID",
  );
  const grouped = lax.convGeneralDilated(pooled, p.k2, [1, 1], "VALID", {
    dimensionNumbers: dims,
    featureGroupCount: 2,
    rhsDilation: [1, 2],
  });
  return grouped.mean([2, 3]);
};

const newton = (a: Tensor): Tensor =>
  lax.whileLoop(
    (x: Tensor) => np.abs(np.square(x).sub(a)).greater(1e-4),
    (x: Tensor) => x.add(a.div(x)).mul(0.5),
    np.array(1, { dtype: "float32" }),
  );

const branchy = (k: Tensor, xs: Tensor): unknown =>
  lax.scan(
    (carry: Tensor, x: Tensor) => {
      const branch = np.mod(k.add(carry.astype("int32")), 3);
      const next = lax.switch(branch, [
        (c: Tensor) => c.add(x),
        (c: Tensor) => lax.cond(c.greater(0), (d: Tensor) => d.mul(x), (d: Tensor) => newton(d.mul(d).add(2)), c),
        (c: Tensor) => lax.foriLoop(0, 3, (_: Tensor, d: Tensor) => np.sin(d).add(x), c),
      ], carry);
      return [next, next.mul(2)];
    },
    np.array(0.5, { dtype: "float32" }),
    xs,
  ); // biome-ignore format: branches

export const programs: readonly Program[] = [
  { name: "mlp", f: mlp, args: () => [mlpParams(), wave([5, 4], 0.9)] },
  {
    name: "mlp_train_step",
    f: trainStep,
    args: () => {
      const params = mlpParams();
      return [params, adam.init(params), wave([5, 4], 0.9), np.array([0, 2, 1, 1, 0], { dtype: "int32" })];
    },
  },
  { name: "gpt", f: gpt, args: () => [gptParams(), tokens()] },
  { name: "gpt_grad", f: valueAndGrad(gptLoss), args: () => [gptParams(), tokens()] },
  {
    name: "conv_net_grad",
    f: grad((p: { k1: Tensor; k2: Tensor }, x: Tensor) => np.square(convNet(p, x)).sum()),
    args: () => [{ k1: wave([4, 3, 3, 3], 1.3), k2: wave([6, 2, 2, 2], 2.1) }, images()],
  },
  { name: "newton", f: newton, args: () => [np.array(7, { dtype: "float32" })] },
  { name: "newton_mapped", f: vmap(newton), args: () => [np.array([2, 3, 50])] },
  { name: "branches_in_a_scan", f: branchy, args: () => [np.array(1, { dtype: "int32" }), wave([7], 1.9)] },
  {
    name: "scan_grad",
    f: grad((w: Tensor, xs: Tensor) => {
      const [c] = lax.scan((c: Tensor, x: Tensor) => [np.tanh(np.matmul(w, c).add(x)), c], np.zeros([3]), xs);
      return np.square(c).sum();
    }),
    args: () => [wave([3, 3], 1.7), wave([5, 3], 0.6)],
  },
  {
    name: "sorts",
    f: (x: Tensor, y: Tensor) => ({
      sorted: np.sort(x, 0),
      order: np.argsort(x, 1),
      top: lax.topK(x, 2),
      unique: np.median(x),
      both: lax.sort([np.floor(x.mul(3)), y], { dimension: 1, numKeys: 2 }),
      cumulative: np.cumsum(x, 1),
      best: np.argmax(x, 1),
    }),
    args: () => [wave([3, 6], 1.3), wave([3, 6], 2.9)],
  },
  {
    name: "scatters",
    f: (x: Tensor, i: Tensor, v: Tensor) => ({
      set: x.at(i).set(v),
      add: x.at(i).add(v),
      max: x.at([0, 2], 1).max(0.25),
      taken: x.slice(i),
      picked: np.takeAlongAxis(x, np.argsort(x, 1), 1),
      one: lax.dynamicSlice(x, [i.slice(0), 1], [2, 2]),
      updated: lax.dynamicUpdateSlice(x, v.slice([0, 1]), [i.slice(1), 0]),
    }),
    args: () => [wave([5, 4], 1.1), np.array([3, 0, 3], { dtype: "int32" }), wave([3, 4], 0.2)],
  },
  {
    name: "draws",
    f: (key: Tensor) => ({
      bits: random.bits(key, [3], { dtype: "uint32" }),
      uniform: random.uniform(key, [4]),
      normal: random.normal(key, [2, 3]),
      integers: random.randint(key, [5], 0, 100),
      permuted: random.permutation(key, np.arange(6)),
    }),
    args: () => [random.key(7)],
  },
  {
    name: "spectra",
    f: (x: Tensor) => ({
      fft: np.fft.fft(x),
      rfft: np.fft.rfft(x),
      back: np.fft.irfft(np.fft.rfft(x)),
      plane: np.fft.ifft2(x),
    }),
    args: () => [wave([4, 6], 0.8)],
  },
  {
    name: "triangles",
    f: (a: Tensor, b: Tensor) => {
      const s = np.matmul(a, a.T).add(np.eye(3));
      const l = lax.linalg.cholesky(s);
      return { l, x: lax.linalg.triangularSolve(l, b, { leftSide: true, lower: true }) };
    },
    args: () => [wave([3, 3], 1.2), wave([3, 2], 0.4)],
  },
  {
    name: "types",
    f: (x: Tensor) => ({
      half: np.sin(x.astype("float16")),
      brain: np.exp(x.astype("bfloat16")),
      double: np.log1p(np.abs(x.astype("float64"))),
      bytes: x.mul(300).astype("int8"),
      words: x.mul(300).astype("uint16"),
      long: x.mul(1e12).astype("int64"),
      unsigned: x.mul(1e3).astype("uint64"),
      truth: x.greater(0),
      complex: np.exp(lax.complex(x, x)),
      bits: lax.bitcastConvertType(x, "uint32"),
      constants: np.array([Number.NaN, Infinity, -Infinity, -0, 1e-7, 3.4e38]).add(x.sum().mul(0)),
    }),
    args: () => [wave([6], 1.3)],
  },
  {
    name: "no_arguments",
    f: () => [np.arange(5), np.eye(3), np.zeros([0, 2])],
    args: () => [],
  },
  {
    name: "nested_calls",
    f: (x: Tensor) => {
      const twice = jit((y: Tensor) => np.sin(y).add(y));
      return tree.map(twice, [x, twice(x), lax.map((row: Tensor) => twice(row).sum(), x)]);
    },
    args: () => [wave([2, 3], 0.5)],
  },
];
