/**
 * What checkpoints cost a training run: the same steps with asynchronous checkpoints every 50 and without any, by turns.
 *
 *     npx tsx bench/checkpoints.ts [--seconds=60] [--directory=…] [gpt convnet mlp …]
 *
 * A turn takes 50 steps and, with checkpoints, saves one. Turns are compared with those beside them, which the rest of the
 * machine disturbs as much: the cost is the median of these quotients.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io, whenReady } from "cotangent";
import { median, quantile } from "./measure.js";
import { workloads } from "./workloads/index.js";
import type { Trainer } from "./workloads/training.js";

const every = 50;
const leastPairs = 10;

const option = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
/** For each workload. */
const seconds = Number(option("seconds") ?? 60);
const named = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));

function prepare(name: string): Trainer {
  const run = workloads.find((w) => w.name === name)?.prepare();
  if (run === undefined || !("trained" in run)) throw new Error(`${name} is no workload that trains`);
  return run as Trainer;
}

interface Cost {
  /** Milliseconds of a step. */
  readonly time: number;
  /** Of all threads together: what counts where other programs run too. */
  readonly processor: number;
}

/** Steps come to a multiple of `every` soon after a turn has begun: there is time to write within it. */
let step = every - 5;

async function turn(train: Trainer, manager: io.CheckpointManager | undefined): Promise<Cost> {
  const before = process.cpuUsage();
  const began = performance.now();
  let loss: unknown;
  for (let k = 0; k < every; k++) {
    loss = train();
    await manager?.save(++step, train.trained());
  }
  await whenReady(loss);
  // What is still being written counts as well.
  await manager?.waitUntilFinished();
  const time = (performance.now() - began) / every;
  const { user, system } = process.cpuUsage(before);
  return { time, processor: (user + system) / 1000 / every };
}

for (const name of named.length > 0 ? named : ["gpt", "convnet", "mlp"]) {
  const directory = mkdtempSync(join(option("directory") ?? tmpdir(), "cotangent-checkpoints-"));
  const manager = new io.CheckpointManager(directory, { keep: 2, saveInterval: every });
  const train = prepare(name);
  const end = performance.now() + 1000 * seconds;
  // Code that runs for the first time is none of what is measured.
  for (let k = 0; k < 4; k++) await turn(train, manager);
  const pairs: (readonly [without: Cost, beside: Cost])[] = [];
  while (pairs.length < leastPairs || performance.now() < end) {
    // Each comes first as often as the other.
    if (pairs.length % 2 === 0) {
      const without = await turn(train, undefined);
      pairs.push([without, await turn(train, manager)]);
    } else {
      const beside = await turn(train, manager);
      pairs.push([await turn(train, undefined), beside]);
    }
  }
  const { size } = statSync(join(directory, `step-${String(manager.latestStep()).padStart(8, "0")}.safetensors`));
  await manager.close();
  rmSync(directory, { recursive: true });

  const cost = (what: keyof Cost): string => {
    const quotients = pairs.map(([without, beside]) => beside[what] / without[what]);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => `${(100 * (quantile(quotients, q) - 1)).toFixed(1)}%`);
    return `${middle} (quartiles ${low}, ${high})`;
  };
  const steps = [0, 1].map((k) => median(pairs.map((pair) => pair[k]!.time)).toFixed(2));
  console.log(
    `${name}: ${(size / 1e6).toFixed(1)} MB every ${every} steps, ${pairs.length} pairs of turns; ` +
      `median steps without and with ${steps.join(" and ")} ms; cost ${cost("time")}, of processor time ${cost("processor")}`,
  );
}
