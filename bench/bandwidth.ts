/**
 * Kernels that move much and compute little, against a copy of as many bytes:
 *
 *     npx tsx bench/bandwidth.ts
 *
 * writes, as JSON, each kernel's name, its rate and that of the copies beside it in GB/s, and the median of their quotients.
 * The copy is this library's, of an array that the kernels read as well: what memory gives depends on where it lies, by up to
 * a half on a virtual machine, and on whether caches still hold what was written there last, so that a copy of other memory
 * tells little. What the C library makes of it, with as many threads and memory of its own, is shown as one more kernel.
 * bench/kernels.ts runs this several times.
 */
import { Worker } from "node:worker_threads";
import { blockUntilReady, grad, jit, nn, numpy as np, random, type Tensor } from "cotangent";
import { median } from "./measure.js";
import { bind, least } from "./timing.js";
import { layerNorm } from "./workloads/elementwise.js";

export interface Bandwidth {
  readonly name: string;
  readonly rate: number;
  readonly copied: number;
  readonly share: number;
}

const threads = Number(process.env.COTANGENT_NUM_THREADS ?? 2);

/** So many targets, so that a copy is not written where caches still hold the last one: results of kernels are not either. */
const targets = 8;

/** The C library's copy by several threads, into each target in turn. */
async function copier(bytes: number): Promise<() => void> {
  const from = new SharedArrayBuffer(bytes);
  const to = Array.from({ length: targets }, () => new SharedArrayBuffer(bytes));
  // The round that may begin, and how many shares have been copied.
  const [round, done] = [0, 1];
  const state = new Int32Array(new SharedArrayBuffer(8));
  const share = bytes / threads;
  const code = `
    const { workerData: { from, to, state, start, length }, parentPort } = require("node:worker_threads");
    const a = new Float64Array(from, start, length);
    const b = to.map((target) => new Float64Array(target, start, length));
    parentPort.postMessage("ready");
    for (let next = 1; ; next++) {
      Atomics.wait(state, ${round}, next - 1);
      b[next % b.length].set(a);
      Atomics.add(state, ${done}, 1);
    }`;
  const workers = Array.from({ length: threads - 1 }, (_, k) => {
    const workerData = { from, to, state, start: (k + 1) * share, length: share / 8 };
    return new Worker(code, { eval: true, workerData });
  });
  await Promise.all(workers.map((w) => new Promise((resolve) => w.once("message", resolve))));
  for (const worker of workers) worker.unref();
  const source = new Float64Array(from, 0, share / 8);
  const own = to.map((target) => new Float64Array(target, 0, share / 8));
  let count = 0;
  return () => {
    Atomics.store(state, round, ++count);
    Atomics.notify(state, round);
    own[count % targets]!.set(source);
    while (Atomics.load(state, done) < count * (threads - 1));
  };
}

const x = random.normal(random.key(0), [16384, 1024]);
const y = random.normal(random.key(1), [16384, 1024]);
const [gain, bias] = [np.ones([1024]), np.zeros([1024])];
// 64 MB each: more than caches hold.
const size = 4 * x.size;

const memmove = await copier(size);

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
  ["memmove of other memory", memmove, 2 * size],
]; // biome-ignore format: a table

/** Milliseconds of one of three runs in a row, after one that wakes the threads. */
function steady(action: () => void): number {
  action();
  return (
    least(1, () => {
      for (let k = 0; k < 3; k++) action();
    }) / 3
  );
}

const copyOf = bind(
  jit((a: Tensor) => np.copy(a)),
  x,
);
const copy = (): void => {
  blockUntilReady(copyOf());
};
for (const [, work] of kernels) for (let k = 0; k < 5; k++) blockUntilReady(work());
// What the memory gives changes from second to second: each run is compared with the copies just before and after it, and
// all kernels take turns all the time.
const rounds = Array.from({ length: 25 }, () =>
  kernels.map(([, work, bytes]) => {
    const before = steady(copy);
    const ms = steady(() => blockUntilReady(work()));
    return { rate: bytes / (ms * 1e6), copied: (2 * size) / (((before + steady(copy)) / 2) * 1e6) };
  }),
);
const found = kernels.map(([name], k): Bandwidth => {
  const runs = rounds.map((round) => round[k]!);
  const [rate, copied] = [median(runs.map((r) => r.rate)), median(runs.map((r) => r.copied))];
  return { name, rate, copied, share: median(runs.map((r) => r.rate / r.copied)) };
});
console.log(JSON.stringify(found));
