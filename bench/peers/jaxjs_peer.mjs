// jax-js on the workloads that it can run in Node. Protocol: see serve.py. Found where NODE_PATH or node_modules has it.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const roots = [
  `${process.cwd()}/`,
  ...(process.env.NODE_PATH ?? "")
    .split(":")
    .filter(Boolean)
    .map((p) => `${p}/`),
];
const found = roots.flatMap((root) => {
  try {
    return [createRequire(root).resolve("@jax-js/jax")];
  } catch {
    return [];
  }
})[0];
if (found === undefined) {
  console.error("the package @jax-js/jax is not installed");
  process.exit(1);
}
const { defaultDevice, init, jit, nn, numpy: np, random, valueAndGrad } = await import(pathToFileURL(found).href);
await init("wasm");
defaultDevice("wasm");

const normal = (shape, scale = 1) => random.normal(random.key(0), shape).mul(scale);

const chain = (n) => () => {
  const x = normal([n]);
  const f = jit((x) => np.tanh(np.sin(x.ref).mul(2).add(x.ref)).mul(np.exp(x.ref.neg().mul(x))));
  return () => f(x.ref).blockUntilReady();
};

const workloads = {
  matmul1024: () => {
    const [a, b] = [normal([1024, 1024]), normal([1024, 1024])];
    const f = jit((a, b) => np.matmul(a, b));
    return () => f(a.ref, b.ref).blockUntilReady();
  },
  chain1m: chain(1 << 20),
  chain16m: chain(1 << 24),
  softmax: () => {
    const x = normal([4096, 1024]);
    const f = jit((x) => nn.softmax(x, -1));
    return () => f(x.ref).blockUntilReady();
  },
  cs231n: () => {
    const [x, y] = [normal([64, 1000]), normal([64, 1000])];
    let [w1, w2] = [normal([1000, 100], 0.03), normal([100, 1000], 0.1)];
    const loss = ([w1, w2]) =>
      np
        .square(np.matmul(nn.relu(np.matmul(x.ref, w1)), w2).sub(y.ref))
        .sum(1)
        .mean();
    const step = jit((w1, w2) => {
      const [value, [g1, g2]] = valueAndGrad(loss)([w1.ref, w2.ref]);
      return [value, w1.sub(g1.mul(1e-5)), w2.sub(g2.mul(1e-5))];
    });
    return async () => {
      const [value, n1, n2] = step(w1, w2);
      [w1, w2] = [n1, n2];
      await value.blockUntilReady();
    };
  },
};

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

async function measure(name, seconds) {
  const run = await workloads[name]();
  const once = async () => {
    const start = performance.now();
    await run();
    return performance.now() - start;
  };
  await once();
  const times = Math.max(3, Math.min(400, Math.floor((seconds * 1000) / (await once()))));
  const all = [];
  for (let i = 0; i < times; i++) all.push(await once());
  return median(all);
}

console.log(JSON.stringify({ workloads: Object.keys(workloads) }));
for await (const line of createInterface({ input: process.stdin })) {
  const [name, seconds] = line.split(" ");
  try {
    console.log(JSON.stringify({ ms: await measure(name, Number(seconds)) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error).slice(0, 300) }));
  }
}
