/**
 * Each kind of kernel against what the memory gives, and products against what the processor gives:
 *
 *     npx tsx bench/kernels.ts
 *
 * The copy that bandwidth is compared with is done by as many threads as the kernels use, over memory that is in use
 * already; the peak of products is what the best tile reaches on operands in the first cache. Square products are also
 * compared with the libraries that compute them, called from C++.
 */
import { Worker } from "node:worker_threads";
import { blockUntilReady, defaultDevice, grad, jit, lax, nn, numpy as np, random, type Tensor } from "cotangent";
import { directProducts } from "./direct.js";
import { median } from "./measure.js";
import { layerNorm } from "./workloads/elementwise.js";

const threads = Number(process.env.COTANGENT_NUM_THREADS ?? 2);

const least = (times: number, action: () => void): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < times; k++) {
    const start = performance.now();
    action();
    best = Math.min(best, performance.now() - start);
  }
  return best;
};

/** A copy by several threads; calling it gives the milliseconds from when all begin until the last is done. */
async function copier(bytes: number): Promise<() => number> {
  const [from, to] = [new SharedArrayBuffer(bytes), new SharedArrayBuffer(bytes)];
  // The round that may begin, and how many shares have been copied.
  const [round, done] = [0, 1];
  const state = new Int32Array(new SharedArrayBuffer(8));
  const share = bytes / threads;
  const code = `
    const { workerData: { from, to, state, start, length }, parentPort } = require("node:worker_threads");
    const [a, b] = [new Float64Array(from, start, length), new Float64Array(to, start, length)];
    parentPort.postMessage("ready");
    for (let next = 1; ; next++) {
      Atomics.wait(state, ${round}, next - 1);
      b.set(a);
      Atomics.add(state, ${done}, 1);
    }`;
  const workers = Array.from({ length: threads - 1 }, (_, k) => {
    const workerData = { from, to, state, start: (k + 1) * share, length: share / 8 };
    return new Worker(code, { eval: true, workerData });
  });
  await Promise.all(workers.map((w) => new Promise((resolve) => w.once("message", resolve))));
  for (const worker of workers) worker.unref();
  const [source, target] = [from, to].map((buffer) => new Float64Array(buffer, 0, share / 8));
  let count = 0;
  return () =>
    least(1, () => {
      Atomics.store(state, round, ++count);
      Atomics.notify(state, round);
      target!.set(source!);
      while (Atomics.load(state, done) < count * (threads - 1));
    });
}

const x = random.normal(random.key(0), [16384, 1024]);
const y = random.normal(random.key(1), [16384, 1024]);
const [gain, bias] = [np.ones([1024]), np.zeros([1024])];
// 64 MB each: more than caches hold.
const size = 4 * x.size;

/** What it is, the work, and the bytes that must be read and written. */
const kernels: readonly (readonly [string, () => unknown, number])[] = [
  ["elementwise: x * y + 1", bind(jit((a: Tensor, b: Tensor) => a.mul(b).add(1)), x, y), 3 * size],
  ["elementwise in bfloat16", bind(jit((a: Tensor) => a.mul(2)), x.astype("bfloat16")), size],
  ["row: sum over columns", bind(jit((a: Tensor) => a.sum(1)), x), size],
  ["column: sum over rows", bind(jit((a: Tensor) => a.sum(0)), x), size],
  ["sum of everything", bind(jit((a: Tensor) => a.sum()), x), size],
  ["softmax", bind(jit((a: Tensor) => nn.softmax(a, -1)), x), 2 * size],
  ["layernorm", bind(jit(layerNorm), x, gain, bias), 2 * size],
  [
    "gradient of layernorm",
    bind(jit(grad((a: Tensor, g: Tensor, b: Tensor, w: Tensor) => layerNorm(a, g, b).mul(w).sum(), { argnums: [0, 1, 2] })), x, gain, bias, y),
    3 * size,
  ],
  ["transpose: x.T + 1", bind(jit((a: Tensor) => np.transpose(a).add(1)), x), 2 * size],
  ["concatenate", bind(jit((a: Tensor, b: Tensor) => np.concatenate([a, b], 1)), x, y), 4 * size],
  ["cumulative sum of rows", bind(jit((a: Tensor) => np.cumsum(a, 1)), x), 2 * size],
]; // biome-ignore format: a table

function bind<A extends unknown[]>(f: (...args: A) => unknown, ...args: A): () => unknown {
  return () => f(...args);
}

const run = (work: () => unknown): number => {
  for (let k = 0; k < 5; k++) blockUntilReady(work());
  return least(20, () => blockUntilReady(work()));
};

const copy = await copier(size);
console.log(`${defaultDevice().description}\n`);
console.log("| kernel | GB/s | a copy beside it | of the copy |\n| --- | --- | --- | --- |");
for (const [name, work, bytes] of kernels) {
  for (let k = 0; k < 5; k++) blockUntilReady(work());
  // What the memory gives changes from second to second: each run is compared with the copies just before and after it.
  const rounds = Array.from({ length: 51 }, () => {
    const before = copy();
    const ms = least(1, () => blockUntilReady(work()));
    return { rate: bytes / (ms * 1e6), copied: (2 * size) / (((before + copy()) / 2) * 1e6) };
  });
  const [rate, copied, share] = [
    median(rounds.map((r) => r.rate)),
    median(rounds.map((r) => r.copied)),
    median(rounds.map((r) => r.rate / r.copied)),
  ];
  console.log(`| ${name} | ${rate.toFixed(1)} | ${copied.toFixed(1)} | ${(100 * share).toFixed(0)}% |`);
}

console.log("\n| product | GFLOP/s |\n| --- | --- |");
for (const [m, n, k] of [[256, 256, 256], [1024, 1024, 1024], [2048, 2048, 2048], [1024, 1024, 256], [128, 512, 784]]) {
  const a = random.normal(random.key(2), [m, k]);
  const b = random.normal(random.key(3), [k, n]);
  const rate = (2 * m * n * k) / (run(bind(jit((a: Tensor, b: Tensor) => a.matmul(b)), a, b)) * 1e6);
  console.log(`| [${m}, ${k}] × [${k}, ${n}] | ${rate.toFixed(0)} |`);
} // biome-ignore format: a table
for (const [batch, side, from, to] of [[64, 28, 1, 32], [64, 14, 32, 64], [16, 56, 64, 64]]) {
  const image = random.normal(random.key(4), [batch, side, side, from]);
  const kernel = random.normal(random.key(5), [3, 3, from, to]);
  const f = jit((i: Tensor, k: Tensor) =>
    lax.convGeneralDilated(i, k, [1, 1], "SAME", { dimensionNumbers: ["NHWC", "HWIO", "NHWC"] }),
  );
  const rate = (2 * batch * side * side * 9 * from * to) / (run(bind(f, image, kernel)) * 1e6);
  console.log(`| 3×3 convolution, ${from} → ${to}, ${batch} of ${side}×${side} | ${rate.toFixed(0)} |`);
} // biome-ignore format: a table

const direct = directProducts(threads);
const product = jit((a: Tensor, b: Tensor) => np.matmul(a, b));
console.log("\n| n | np.matmul, jitted | its library, called directly | of it | OpenBLAS, called directly |");
console.log("| --- | --- | --- | --- | --- |");
for (const n of [256, 512, 1024, 2048]) {
  const work = bind(product, random.normal(random.key(6), [n, n]), random.normal(random.key(7), [n, n]));
  let [jitted, own, openblas] = [run(work), Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  // By turns, each for about as long as the other.
  for (let round = 0; round < 3; round++) {
    jitted = Math.min(
      jitted,
      least(Math.ceil(333 / jitted), () => blockUntilReady(work())),
    );
    const alone = direct?.(n);
    own = Math.min(own, alone?.own ?? own);
    openblas = Math.min(openblas, alone?.openblas ?? openblas);
  }
  const rate = (ms: number): string =>
    Number.isFinite(ms) ? `${((2 * n ** 3) / (ms * 1e6)).toFixed(0)} GFLOP/s` : "–";
  const share = Number.isFinite(own) ? `${((100 * own) / jitted).toFixed(0)}%` : "–";
  console.log(`| ${n} | ${rate(jitted)} | ${rate(own)} | ${share} | ${rate(openblas)} |`);
}
