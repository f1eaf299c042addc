// A process that kills worker threads while they compute, and computes itself all the while; prints what it found.
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { jit, numpy as np, type Tensor } from "../../src/index.js";

/** A worker's first file is loaded before tsx can help with TypeScript. */
const entry = `
  const { workerData } = require("node:worker_threads");
  import("tsx/esm/api").then(({ register }) => {
    register();
    return import(workerData);
  });`;

const step = jit((x: Tensor) => np.tanh(np.matmul(x, x)).mul(0.1));

if (isMainThread) {
  const x = np.cos(np.arange(300 * 300, { dtype: "float32" })).reshape([300, 300]);
  const sum = (): number => Number(np.sum(step(step(x))).item());
  const first = sum();
  let [same, killed] = [0, 0];
  const lives = Array.from({ length: 4 }, (_, i) => {
    const worker = new Worker(entry, { eval: true, workerData: import.meta.url });
    return new Promise<void>((resolve, reject) => {
      worker.on("error", reject);
      worker.on("exit", () => resolve());
      worker.on("message", () => {
        // In the middle of this or that.
        setTimeout(() => {
          killed++;
          void worker.terminate();
        }, 20 * i);
      });
    });
  });
  const all = Promise.all(lives).then(() => "over");
  let rounds = 0;
  for (;;) {
    rounds++;
    if (sum() === first) same++;
    if ((await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 1))])) === "over") break;
  }
  console.log(JSON.stringify({ killed, rounds, same, after: sum() === first }));
} else {
  let x = np.ones([400, 400]);
  for (let i = 0; ; i++) {
    x = step(x);
    if (i === 20) parentPort?.postMessage("running");
  }
}
