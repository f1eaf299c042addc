/**
 * What checkpoints cost a training run: the same steps with asynchronous checkpoints every 50 and without any, in turns.
 *
 *     npx tsx bench/checkpoints.ts [--rounds=7] [--directory=…] [gpt convnet mlp …]
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blockUntilReady, io } from "cotangent";
import { median } from "./measure.js";
import { workloads } from "./workloads/index.js";
import type { Trainer } from "./workloads/training.js";

const every = 50;
/** Enough steps that a round takes about so long, in whole intervals. */
const secondsOfRound = 5;

const option = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const rounds = Number(option("rounds") ?? 7);
const named = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));

function prepare(name: string): Trainer {
  const run = workloads.find((w) => w.name === name)?.prepare();
  if (run === undefined || !("trained" in run)) throw new Error(`${name} is no workload that trains`);
  return run as Trainer;
}

/** Steps come to multiples of `every` in the middle of intervals: writing is within the time that is measured. */
let step = every / 2;

interface Cost {
  /** Milliseconds of a step. */
  readonly time: number;
  /** Of all threads together: what counts where other programs run too. */
  readonly processor: number;
}

async function timed(train: Trainer, steps: number, manager: io.CheckpointManager | undefined): Promise<Cost> {
  const before = process.cpuUsage();
  const began = performance.now();
  let loss: unknown;
  for (let k = 0; k < steps; k++) {
    loss = train();
    await manager?.save(++step, train.trained());
  }
  blockUntilReady(loss);
  const time = (performance.now() - began) / steps;
  // What is still being written counts as well.
  await manager?.waitUntilFinished();
  const { user, system } = process.cpuUsage(before);
  return { time, processor: (user + system) / 1000 / steps };
}

for (const name of named.length > 0 ? named : ["gpt", "convnet", "mlp"]) {
  const directory = mkdtempSync(join(option("directory") ?? tmpdir(), "cotangent-checkpoints-"));
  const manager = new io.CheckpointManager(directory, { keep: 2, saveInterval: every });
  const train = prepare(name);
  await timed(train, every, manager);
  const perStep = (await timed(train, every, undefined)).time;
  const steps = every * Math.max(1, Math.round((1000 * secondsOfRound) / perStep / every));
  const [without, beside]: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const pair = [
      async () => without.push(await timed(train, steps, undefined)),
      async () => beside.push(await timed(train, steps, manager)),
    ];
    // Each comes first as often as the other.
    for (const measure of round % 2 === 0 ? pair : pair.reverse()) await measure();
  }
  const { size } = statSync(join(directory, `step-${String(manager.latestStep()).padStart(8, "0")}.safetensors`));
  await manager.close();
  rmSync(directory, { recursive: true });
  const compare = (of: (costs: readonly number[]) => number, what: keyof Cost): string => {
    const [a, b] = [without, beside].map((costs) => of(costs.map((c) => c[what])));
    return `${a.toFixed(2)} and ${b.toFixed(2)} ms, ${(100 * (b / a - 1)).toFixed(1)}%`;
  };
  const least = (xs: readonly number[]): number => Math.min(...xs);
  console.log(
    `${name}: ${(size / 1e6).toFixed(1)} MB every ${every} steps; a step without and with, ${rounds} times ${steps} steps each: ` +
      `medians ${compare(median, "time")}; least ${compare(least, "time")}; processor time ${compare(median, "processor")}`,
  );
}
