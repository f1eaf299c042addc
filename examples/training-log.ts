/**
 * Training without waiting. Reading a loss holds the loop up until the device has caught up; a device that is fed by a
 * loop like that idles between two steps. Here losses stay on the device, in a ring that every step is given to donate,
 * and are read in bulk once it is full, while the device works at the steps after it.
 * Run: npx tsx examples/training-log.ts
 */
import { jit, nn, numpy as np, optim, random, type Tensor, valueAndGrad } from "cotangent";
import { push, type Ring, ring } from "./ring.js";
import { whenRun } from "./when-run.js";

const net = nn.sequential(nn.dense(64), nn.fn(nn.relu), nn.dense(1));
const optimizer = optim.adam(1e-2);
const x = random.normal(random.key(0), [256, 8]);
const y = np.sin(x.sum(1, { keepdims: true }));

type Params = ReturnType<typeof net.init>;
type State = ReturnType<typeof optimizer.init>;

/** One step, and its loss. */
function update(params: Params, state: State): [Tensor, Params, State] {
  const loss = (p: Params): Tensor => optim.l2Loss(net.apply(p, x), y).mean();
  const [value, gradients] = valueAndGrad(loss)(params);
  const [updates, next] = optimizer.update(gradients, state, params);
  return [value, optim.applyUpdates(params, updates), next];
}

const start = (): [Params, State] => {
  const params = net.init(random.key(1), x);
  return [params, optimizer.init(params)];
};

/** What one would write first: every loss is read when its step is done, and no step begins before. */
export function oneByOne(steps: number): number[] {
  const step = jit(update, { donateArgnums: [0, 1] });
  let [params, state] = start();
  let loss: Tensor;
  const losses: number[] = [];
  for (let k = 0; k < steps; k++) {
    [loss, params, state] = step(params, state);
    losses.push(loss.item() as number);
  }
  return losses;
}

/** The same losses, `every` at a time. Nothing waits for the device but for the ring before the one being filled. */
export async function inBulk(steps: number, every: number): Promise<number[]> {
  const step = jit(
    (params: Params, state: State, log: Ring): [Params, State, Ring] => {
      const [loss, ...next] = update(params, state);
      return [...next, push(log, loss)];
    },
    { donateArgnums: [0, 1, 2] },
  );
  let [params, state] = start();
  let log = ring(every);
  let reading: Promise<Iterable<number | bigint>> = Promise.resolve([]);
  const losses: number[] = [];
  for (let k = 1; k <= steps; k++) {
    [params, state, log] = step(params, state, log);
    if (k % every !== 0 && k !== steps) continue;
    const full = log.values.data() as Promise<Iterable<number | bigint>>;
    for (const loss of await reading) losses.push(Number(loss));
    // A full ring is not written to again: reading it takes as long as it takes.
    [reading, log] = [full, ring(every)];
  }
  for (const loss of await reading) losses.push(Number(loss));
  return losses.slice(0, steps);
}

export async function main({ steps = 500, every = 50 } = {}) {
  // Compiled before the clock runs.
  oneByOne(1);
  await inBulk(1, every);
  const began = performance.now();
  const single = oneByOne(steps);
  const between = performance.now();
  const bulk = await inBulk(steps, every);
  const [one, many] = [between - began, performance.now() - between];
  const last = bulk.at(-1);
  console.log(`${steps} steps, loss ${bulk[0]?.toFixed(4)} → ${last?.toFixed(4)}`);
  console.log(`losses read one by one: ${one.toFixed(0)} ms; ${every} at a time: ${many.toFixed(0)} ms`);
  return { single, bulk };
}

await whenRun(import.meta.url, main);
