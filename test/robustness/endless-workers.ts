// A process that ends worker threads in the middle of loops which have no end; prints how long each took to end.
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { jit, lax, numpy as np, type Tensor } from "../../src/index.js";

/** A worker's first file is loaded before tsx can help with TypeScript. */
const entry = `
  const { workerData } = require("node:worker_threads");
  import("tsx/esm/api").then(({ register }) => {
    register();
    return import(workerData.url);
  });`;

const positive = (c: Tensor): Tensor => np.greaterEqual(c, 0).all();

/** Loops that never end, each taking and giving numbers of this many. */
const loops: Record<string, { readonly size: number; readonly run: (x: Tensor) => Tensor }> = {
  // A function of its own, short enough for the calling thread.
  short: { size: 1, run: jit((x: Tensor) => lax.whileLoop(positive, (c: Tensor) => c.mul(0.5), x)) },
  nested: {
    size: 1,
    run: jit((x: Tensor) =>
      lax.whileLoop(positive, (c: Tensor) => lax.whileLoop(positive, (d: Tensor) => d.mul(0.5), c.add(1)), x),
    ),
  },
  // Turns of some microseconds.
  wide: { size: 4000, run: jit((x: Tensor) => lax.whileLoop(positive, (c: Tensor) => np.sin(c).mul(c), x)) },
  // In parallel, and with a routine: the executor's.
  long: { size: 90_000, run: jit((x: Tensor) => lax.whileLoop(positive, (c: Tensor) => np.sort(c).mul(0.5), x)) },
};

if (isMainThread) {
  const took: Record<string, number> = {};
  for (const name of Object.keys(loops)) {
    for (const how of ["runs", "waits"]) {
      const worker = new Worker(entry, { eval: true, workerData: { url: import.meta.url, name, how } });
      await new Promise((resolve) => worker.on("message", resolve));
      await new Promise((resolve) => setTimeout(resolve, 100));
      const began = performance.now();
      await worker.terminate();
      took[`${name} ${how}`] = performance.now() - began;
    }
  }
  console.log(JSON.stringify(took));
} else {
  const { name, how } = workerData as { readonly name: string; readonly how: string };
  const { size, run } = loops[name];
  const x = np.ones([size]);
  // Compiled, with a loop that ends at once.
  run(x.mul(-1)).dataSync();
  parentPort?.postMessage("running");
  const y = run(x);
  if (how === "waits") y.dataSync();
}
