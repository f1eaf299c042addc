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

/** Milliseconds of so many steps. */
async function timed(train: Trainer, steps: number, manager: io.CheckpointManager | undefined): Promise<number> {
  const began = performance.now();
  let loss: unknown;
  for (let k = 0; k < steps; k++) {
    loss = train();
    await manager?.save(++step, train.trained());
  }
  blockUntilReady(loss);
  return performance.now() - began;
}

for (const name of named.length > 0 ? named : ["gpt", "convnet", "mlp"]) {
  const directory = mkdtempSync(join(option("directory") ?? tmpdir(), "cotangent-checkpoints-"));
  const manager = new io.CheckpointManager(directory, { keep: 2, saveInterval: every });
  const train = prepare(name);
  await timed(train, 2 * every, manager);
  const perStep = (await timed(train, every, undefined)) / every;
  const steps = every * Math.max(2, Math.round((1000 * secondsOfRound) / perStep / every));
  const [without, with_]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const pair = [
      async () => without.push((await timed(train, steps, undefined)) / steps),
      async () => {
        with_.push((await timed(train, steps, manager)) / steps);
        await manager.waitUntilFinished();
      },
    ];
    // Each comes first as often as the other.
    for (const measure of round % 2 === 0 ? pair : pair.reverse()) await measure();
  }
  await manager.waitUntilFinished();
  const { size } = statSync(join(directory, `step-${String(manager.latestStep()).padStart(8, "0")}.safetensors`));
  await manager.close();
  rmSync(directory, { recursive: true });
  const ratios = with_.map((time, i) => time / without[i]);
  const percent = (ratio: number): string => `${(100 * (ratio - 1)).toFixed(1)}%`;
  console.log(
    `${name}: ${(size / 1e6).toFixed(1)} MB every ${every} of ${steps} steps; a step takes ${median(without).toFixed(2)} ms without, ` +
      `${median(with_).toFixed(2)} ms with: ${percent(median(with_) / median(without))} ` +
      `(medians of ${rounds}; of the pairs' ratios ${percent(median(ratios))}, least times ${percent(Math.min(...with_) / Math.min(...without))})`,
  );
}
