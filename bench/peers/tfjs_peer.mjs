// TensorFlow.js, in plain JavaScript, on the workloads that it can run in Node.
import { createRequire } from "node:module";
import { find, serve } from "./serve.mjs";

const tf = createRequire(import.meta.url)(find("@tensorflow/tfjs"));

/** The result is read, as nothing else waits for it. */
const run = (f) => () => {
  tf.tidy(() => f().dataSync());
};

const chain = (n) => () => {
  const x = tf.randomNormal([n]);
  return () => tf.tanh(tf.sin(x).mul(2).add(x)).mul(tf.exp(x.neg().mul(x)));
};

const workloads = {
  matmul1024: () => {
    const [a, b] = [tf.randomNormal([1024, 1024]), tf.randomNormal([1024, 1024])];
    return () => a.matMul(b);
  },
  chain1m: chain(1 << 20),
  softmax: () => {
    const x = tf.randomNormal([4096, 1024]);
    return () => tf.softmax(x);
  },
  cumsum1m: () => {
    const x = tf.randomNormal([1000, 1000]);
    return () => tf.cumsum(x, 1);
  },
  cs231n: () => {
    const [x, y] = [tf.randomNormal([64, 1000]), tf.randomNormal([64, 1000])];
    const params = [
      tf.variable(tf.randomNormal([1000, 100], 0, 0.03)),
      tf.variable(tf.randomNormal([100, 1000], 0, 0.1)),
    ];
    const sgd = tf.train.sgd(1e-5);
    const loss = () => tf.mean(tf.sum(tf.square(tf.sub(tf.matMul(tf.relu(tf.matMul(x, params[0])), params[1]), y)), 1));
    return () => sgd.minimize(loss, true, params);
  },
};

const measured = Object.entries(workloads).map(([name, prepare]) => [name, () => run(prepare())]);
await serve(Object.fromEntries(measured));
