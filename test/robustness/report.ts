// Runs a set of programs on cpu:0 and prints what became of them as JSON: a hash of each result's bits, and, with the
// argument "values", how far results are from the reference evaluator's and the widest vectors in the code.
import { createHash } from "node:crypto";
import {
  devicePut,
  grad,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  type Tensor,
  tree,
  vmap,
  withDefaultDevice,
} from "../../src/index.js";

export interface Report {
  readonly name: string;
  readonly hash: string;
  readonly distance?: number;
  /** In bits. */
  readonly widestVector?: number;
}

type Program = (...args: Tensor[]) => unknown;

const key = (n: number): Tensor => random.key(n);
const normal = (n: number, ...shape: number[]): Tensor => random.normal(key(n), shape);

const layerNorm = (x: Tensor): Tensor => {
  const centred = x.sub(x.mean(-1, { keepdims: true }));
  return centred.div(np.sqrt(np.square(centred).mean(-1, { keepdims: true }).add(1e-5)));
};
const convolve = (x: Tensor, k: Tensor): Tensor => lax.convGeneralDilated(x, k, [1, 1], "SAME");
const weighted = (y: Tensor): Tensor => np.sum(y.mul(np.cos(np.arange(y.size, { dtype: "float32" })).reshape(y.shape)));

/** Large enough that several threads share the work. */
const programs: Readonly<Record<string, readonly [Program, () => readonly Tensor[]]>> = {
  "elementwise chain": [
    (x) => np.tanh(x.mul(2).add(1)).mul(np.exp(np.negative(np.square(x)))),
    () => [normal(1, 200_003)],
  ],
  "sums over all, rows and columns": [
    (x) => [np.sum(x), np.sum(x, 0), np.sum(x, 1), np.max(x), np.var(x, 0)],
    () => [normal(2, 517, 403)],
  ],
  "softmax and its gradient": [
    (x) => [nn.softmax(x), grad((y: Tensor) => weighted(nn.softmax(y)))(x)],
    () => [normal(3, 301, 257)],
  ],
  "layer norm's gradient": [(x) => grad((y: Tensor) => weighted(layerNorm(y)))(x), () => [normal(4, 211, 301)]],
  "product with bias and activation": [
    (x, w, b) => nn.relu(np.matmul(x, w).add(b)),
    () => [normal(5, 203, 301), normal(6, 301, 157), normal(7, 157)],
  ],
  "batch of products": [(x, y) => np.matmul(x, y), () => [normal(8, 7, 65, 33), normal(9, 7, 33, 71)]],
  "products' gradients": [
    (x, w) => grad((a: Tensor, b: Tensor) => weighted(np.tanh(np.matmul(a, b))), { argnums: [0, 1] })(x, w),
    () => [normal(10, 129, 90), normal(11, 90, 131)],
  ],
  "convolution and its gradients": [
    (x, k) => [
      convolve(x, k),
      grad((a: Tensor, b: Tensor) => weighted(np.tanh(convolve(a, b))), { argnums: [0, 1] })(x, k),
    ],
    () => [normal(12, 3, 5, 19, 17), normal(13, 7, 5, 3, 3)],
  ],
  "sorts and their orders": [
    (x) => [np.sort(x), np.argsort(x), np.sort(x.reshape([37, -1]), 0)],
    () => [normal(14, 37_000)],
  ],
  "largest elements": [(x) => lax.topK(x, 10), () => [normal(15, 50, 1000)]],
  "cumulative sums": [(x) => [np.cumsum(x), np.cumsum(x.reshape([100, -1]), 0)], () => [normal(16, 70_000)]],
  "gather and scatter": [
    (x, i) => [np.take(x, i, 0), grad((y: Tensor) => weighted(np.take(y, i, 0)))(x)],
    () => [normal(17, 500, 33), random.randint(key(18), [3000], 0, 500)],
  ],
  "Fourier transform": [(x) => np.fft.rfft(x), () => [normal(19, 40, 300)]],
  "linear solve and factors": [
    (x) => {
      const a = np.matmul(x, x.T).add(np.eye(60));
      return [np.linalg.cholesky(a), np.linalg.solve(a, x)];
    },
    () => [normal(20, 60, 60)],
  ],
  scan: [
    (x) => lax.scan((c: Tensor, y: Tensor) => [np.tanh(c.mul(0.5).add(y)), c.sum()], np.zeros([300]), x),
    () => [normal(21, 50, 300)],
  ],
  "gradients of each example": [
    (w, x) =>
      vmap(
        grad((v: Tensor, y: Tensor) => np.sum(np.tanh(np.matmul(y, v)))),
        { inAxes: [null, 0] },
      )(w, x),
    () => [normal(22, 30, 20), normal(23, 64, 30)],
  ],
  "sixteen bits": [(x) => nn.softmax(x.astype("bfloat16")).astype("float32"), () => [normal(24, 64, 130)]],
  windows: [
    (x) => [
      lax.reduceWindow(x, Number.NEGATIVE_INFINITY, lax.max, [1, 3, 3], [1, 2, 2], "SAME"),
      grad((y: Tensor) =>
        weighted(lax.reduceWindow(y, Number.NEGATIVE_INFINITY, lax.max, [1, 3, 3], [1, 2, 2], "SAME")),
      )(x),
    ],
    () => [normal(25, 9, 41, 43)],
  ],
};

const leaves = (value: unknown): Tensor[] => tree.leaves(value) as Tensor[];
const bytesOf = (x: Tensor): Uint8Array => {
  const data = x.dataSync() as ArrayBufferView;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
};

/** The largest difference, as a part of the largest value. */
function distanceOf(got: readonly Tensor[], want: readonly Tensor[]): number {
  return got.reduce((worst, x, k) => {
    const [a, b] = [x.dataSync(), want[k].dataSync()];
    let [difference, scale] = [a.length === b.length ? 0 : Number.POSITIVE_INFINITY, 1];
    for (let i = 0; i < a.length; i++) {
      difference = Math.max(difference, Math.abs(Number(a[i]) - Number(b[i])));
      scale = Math.max(scale, Math.abs(Number(b[i])));
    }
    return Math.max(worst, difference / scale);
  }, 0);
}

/** The width of the vectors that LLVM is asked to use in any function. */
const widestVector = (llvm: string): number =>
  [...llvm.matchAll(/"(?:prefer|min-legal)-vector-width"="(\d+)"/g)].reduce(
    (most, [, n]) => Math.max(most, Number(n)),
    0,
  );

function report(name: string, withValues: boolean): Report {
  const [program, makeArgs] = programs[name];
  // Made once, by the reference evaluator: the last digits of normal samples are not what is looked at.
  const given = withDefaultDevice("reference:0", () => makeArgs());
  const run = (device: string): Tensor[] => leaves(jit(program)(...devicePut(given, device)));
  const got = run("cpu:0");
  const hash = createHash("sha256");
  for (const x of got) hash.update(bytesOf(x));
  const found = { name, hash: hash.digest("hex").slice(0, 16) };
  if (!withValues) return found;
  const text = jit(program)
    .lower(...devicePut(given, "cpu:0"))
    .asText("llvm");
  return { ...found, distance: distanceOf(got, run("reference:0")), widestVector: widestVector(text) };
}

const withValues = process.argv.includes("values");
console.log(JSON.stringify(Object.keys(programs).map((name) => report(name, withValues))));
