// jax-js on the workloads that it can run in Node.
import { pathToFileURL } from "node:url";
import { find, serve } from "./serve.mjs";

const {
  defaultDevice,
  init,
  jit,
  nn,
  numpy: np,
  random,
  valueAndGrad,
} = await import(pathToFileURL(find("@jax-js/jax")).href);
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

await serve(workloads);
