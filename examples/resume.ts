/**
 * Training that may end at any moment. What a run goes on from is one tree: parameters, the optimizer's state, the key,
 * the place in the data and the number of the step. A run that was interrupted and resumed ends with the losses of one
 * that was not, to the bit. Run: npx tsx examples/resume.ts
 */
import { rmSync } from "node:fs";
import { data, io, jit, nn, numpy as np, optim, random, type Tensor, valueAndGrad } from "cotangent";
import { whenRun } from "./when-run.js";

const net = nn.sequential(nn.dense(32), nn.fn(nn.relu), nn.dense(1));
const optimizer = optim.adam(1e-2);
const x = random.normal(random.key(0), [500, 4]);
const examples = { x, y: np.sin(x.sum(1, { keepdims: true })) };

/** All that the rest of a run depends on. */
interface Training {
  readonly params: ReturnType<typeof net.init>;
  readonly state: ReturnType<typeof optimizer.init>;
  readonly key: Tensor;
  /** Where in the data it is: every epoch has an order of its own. */
  readonly epoch: number;
  readonly batch: number;
  readonly step: number;
}

function start(): Training {
  const params = net.init(random.key(1), x);
  return { params, state: optimizer.init(params), key: random.key(2), epoch: 0, batch: 0, step: 0 };
}

/** A step with noise in the data; the memory of what was before goes to what is after. */
const update = jit(
  (params: Training["params"], state: Training["state"], key: Tensor, batch: typeof examples) => {
    const [next, noise] = random.split(key);
    const noisy = batch.x.add(random.normal(noise, batch.x.shape).mul(0.05));
    const loss = (p: typeof params): Tensor => optim.l2Loss(net.apply(p, noisy), batch.y).mean();
    const [value, gradients] = valueAndGrad(loss)(params);
    const [updates, after] = optimizer.update(gradients, state, params);
    return [value, optim.applyUpdates(params, updates), after, next] as const;
  },
  { donateArgnums: [0, 1, 2] },
);

/** Trains until `steps`, from the latest checkpoint of the directory if there is one; gives the losses it saw by step. */
export async function train(directory: string, steps: number): Promise<Map<number, number>> {
  const manager = new io.CheckpointManager(directory, { keep: 3, saveInterval: 20 });
  const losses = new Map<number, Tensor>();
  try {
    let t = manager.latestStep() === undefined ? start() : await manager.restore<Training>();
    while (t.step < steps) {
      const key = random.foldIn(random.key(3), t.epoch);
      for (const batch of data.batches(examples, 50, { key, start: t.batch })) {
        const [loss, params, state, next] = update(t.params, t.state, t.key, batch);
        t = { ...t, params, state, key: next, batch: t.batch + 1, step: t.step + 1 };
        losses.set(t.step, loss);
        // Copied at once and written meanwhile: the next step may take over the tensors' memory.
        await manager.save(t.step, t);
        if (t.step === steps) break;
      }
      t = { ...t, epoch: t.epoch + 1, batch: 0 };
    }
  } finally {
    await manager.close();
  }
  return new Map([...losses].map(([step, loss]) => [step, Number(loss.item())]));
}

export async function main({ directory = "runs/resume", steps = 300, until = 130 } = {}) {
  rmSync(directory, { recursive: true, force: true });
  const whole = await train(`${directory}/whole`, steps);
  const first = await train(`${directory}/parts`, until);
  const rest = await train(`${directory}/parts`, steps);
  const [from] = rest.keys();
  const same = [...rest].every(([step, loss]) => loss === whole.get(step));
  console.log(`${steps} steps: loss ${whole.get(1)?.toFixed(4)} → ${whole.get(steps)?.toFixed(4)}`);
  console.log(`ended after step ${until}, went on with step ${from}: ${same ? "the same losses" : "other losses"}`);
  return { whole, first, rest };
}

await whenRun(import.meta.url, main);
