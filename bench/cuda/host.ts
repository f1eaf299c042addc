/** What a step costs the host, how long compiling takes, and what becomes of the card's memory in a long run. */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { blockUntilReady, type Tensor } from "cotangent";
import { median } from "../measure.js";
import { workloads } from "../workloads/index.js";
import type { Figure, Section } from "./figures.js";

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const mlp = workloads.find((w) => w.name === "mlp")!;

/** Microseconds that the call of a step takes, of a few that the card has room for. */
export function hostMicroseconds(run: () => unknown, rounds: number): number {
  for (let k = 0; k < 50; k++) blockUntilReady(run());
  const times = Array.from({ length: 10 * rounds }, () => {
    const start = performance.now();
    let last: unknown;
    for (let k = 0; k < 50; k++) last = run();
    const each = ((performance.now() - start) * 1000) / 50;
    blockUntilReady(last);
    return each;
  });
  return median(times);
}

/** What bench/compile.ts prints: `| gpt | 2900 ms | 250 ms |`. */
export function compileTimes(output: string, name: string): { cold: number; cached: number } | undefined {
  const row = output.match(new RegExp(`^\\| ${name} \\| (\\d+) ms \\| (\\d+) ms \\|$`, "m"));
  return row === null ? undefined : { cold: Number(row[1]), cached: Number(row[2]) };
}

export function compileFigures(name: string, { cold, cached }: { cold: number; cached: number }): Figure[] {
  return [
    { name: `${name}: first step, nothing compiled yet`, value: cold, unit: "ms", target: { most: 3000 } },
    { name: `${name}: first step, compiled by another process`, value: cached, unit: "ms", target: { most: 300 } },
  ];
}

export function runHost(device: string, rounds: number): Section {
  const notes: string[] = [];
  const overhead = hostMicroseconds(mlp.prepare(), rounds);
  const figures: Figure[] = [
    { name: "the call of a step of `mlp`, on the host", value: overhead, unit: "µs", target: { most: 20 } },
  ];
  // The driver has a cache of its own.
  const env = { ...process.env, COTANGENT_DEVICE: device, CUDA_CACHE_DISABLE: "1" };
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", script("../compile.ts"), "gpt"], {
    env,
    encoding: "utf8",
  });
  const times = compileTimes(stdout, "gpt");
  if (times === undefined) notes.push(`compiling gpt could not be timed: ${stderr.trim().split("\n").at(-1)}`);
  else figures.push(...compileFigures("gpt", times));
  return { title: "The host", text: "Steady-state calls, and the time before the first step.", figures, notes };
}

/** What the card's memory was at some step. */
export interface Sample {
  readonly step: number;
  readonly bytesReserved: number;
  readonly bytesInUse: number;
}

/** How much more is reserved at the end than after the tenth step. */
export function growth(samples: readonly Sample[]): number {
  const [tenth, last] = [samples.find((s) => s.step >= 10), samples.at(-1)];
  if (tenth === undefined || last === undefined || last.step <= tenth.step)
    throw new Error("growth: needs a sample after the tenth step, and one later");
  return last.bytesReserved - tenth.bytesReserved;
}

/** Trains in a process of its own, which prints its samples. */
async function train(device: string, steps: number): Promise<readonly Sample[]> {
  const env = { ...process.env, COTANGENT_DEVICE: device };
  const child = spawn(process.execPath, ["--import", "tsx", script("train.ts"), String(steps)], { env });
  let [out, complaints] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-2000);
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (status !== 0) throw new Error(`training ended with ${status}: ${complaints.trim().split("\n").at(-1)}`);
  return JSON.parse(out) as readonly Sample[];
}

export async function runMemory(device: string, steps: number): Promise<Section> {
  const alone = await train(device, steps);
  const figures: Figure[] = [
    {
      name: `memory reserved after ${steps} steps of \`mlp\`, over that after the tenth`,
      value: growth(alone),
      unit: "bytes",
      target: { most: 0 },
    },
    { name: "memory reserved by that process", value: alone.at(-1)!.bytesReserved / 2 ** 20, unit: "MB" },
  ];
  const both = await Promise.allSettled([train(device, 500), train(device, 500)]);
  const refused = both.flatMap((b) => (b.status === "rejected" ? [String(b.reason)] : []));
  figures.push({
    name: "two processes that train at once",
    value: refused.length,
    unit: "failed",
    target: { most: 0 },
  });
  return { title: "Memory", text: "Of the card, as `memory.stats` counts it.", figures, notes: refused };
}

/** Steps whose losses nobody keeps, and what is reserved on the way. */
export function trainingSamples(steps: number, stats: () => Omit<Sample, "step">): Sample[] {
  const run = mlp.prepare() as () => Tensor;
  const samples: Sample[] = [];
  for (let step = 1; step <= steps; step++) {
    const loss = run();
    if (step === 10 || step === steps || step % 1000 === 0) samples.push({ step, ...stats() });
    loss.dispose();
  }
  return samples;
}
