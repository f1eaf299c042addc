// TensorFlow.js, in plain JavaScript, on the workloads that it can run in Node. Protocol: see serve.py.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const roots = [
  `${process.cwd()}/`,
  ...(process.env.NODE_PATH ?? "")
    .split(":")
    .filter(Boolean)
    .map((p) => `${p}/`),
];
const tf = roots.flatMap((root) => {
  try {
    return [createRequire(root)("@tensorflow/tfjs")];
  } catch {
    return [];
  }
})[0];
if (tf === undefined) {
  console.error("the package @tensorflow/tfjs is not installed");
  process.exit(1);
}

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

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

function measure(name, seconds) {
  const run = workloads[name]();
  const once = () => {
    const start = performance.now();
    tf.tidy(() => run().dataSync());
    return performance.now() - start;
  };
  const first = once();
  const times = Math.min(400, Math.floor((seconds * 1000) / first));
  return times < 3 ? first : median(Array.from({ length: times }, once));
}

console.log(JSON.stringify({ workloads: Object.keys(workloads) }));
for await (const line of createInterface({ input: process.stdin })) {
  const [name, seconds] = line.split(" ");
  try {
    console.log(JSON.stringify({ ms: measure(name, Number(seconds)) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error).slice(0, 300) }));
  }
}
