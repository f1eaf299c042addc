/**
 * Saving and loading a large tree, against writing and reading the same bytes without any format, and against Python's
 * safetensors: seconds, the memory that it takes besides, and the longest time that the event loop stood still.
 *
 *   npx tsx bench/io.ts [--gigabytes=4] [--rounds=3] [--directory=runs]
 *
 * COTANGENT_BENCH_PYTHON names a Python that has safetensors and torch. A plain read goes into memory of its own, as a load
 * does: bytes that nobody keeps are another task. Both writes make a new file, both reads ask the disk, and each
 * goes first as often as the other. A process that only waits stands beside: how long it stood still is the machine's doing,
 * and so is what the event loop's thread was not at work for.
 */
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { io, numpy as np, type Tensor, whenReady } from "cotangent";
import { median } from "./measure.js";
import { Turns } from "./turns.js";

const { values } = parseArgs({
  options: { gigabytes: { type: "string" }, rounds: { type: "string" }, directory: { type: "string" } },
});
const gigabytes = Number(values.gigabytes ?? 4);
const rounds = Number(values.rounds ?? 3);
const directory = values.directory ?? "runs";
const piece = 8 << 20;

/** Memory of this process that has contents, in MB. Linux counts it. */
const residentMB = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;

setFlagsFromString("--expose-gc");
/** So that what one round left does not hide what the next takes. */
const collect = runInNewContext("gc") as () => void;

interface Cost {
  readonly seconds: number;
  /** The longest time between two turns of the event loop, the most that its thread worked in one, and the longest of a
   * process that only waits. */
  readonly stallMs: number;
  readonly workedMs: number;
  readonly idleStallMs: number;
  /** Over what was there before. */
  readonly peakMB: number;
}

const bystander = fork(new URL("turns.ts", import.meta.url), { execArgv: process.execArgv });

/** The bystander's longest turn since it was asked before. */
async function longestOfBystander(): Promise<number> {
  bystander.send("longest?");
  const [longest] = (await once(bystander, "message")) as [number];
  return longest;
}

async function cost(run: () => Promise<unknown>): Promise<Cost> {
  collect();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await longestOfBystander();
  const before = residentMB();
  let peakMB = 0;
  const turns = new Turns();
  const samples = setInterval(() => {
    peakMB = Math.max(peakMB, residentMB() - before);
  }, 20);
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1000;
  const { still: stallMs, worked: workedMs } = turns.longest();
  turns.stop();
  clearInterval(samples);
  return { seconds, stallMs, workedMs, idleStallMs: await longestOfBystander(), peakMB };
}

/** What a plain write writes: more than caches hold, as arrays are. */
const sources = Array.from({ length: 64 }, () => Buffer.alloc(piece, 1));

async function plainWrite(path: string, bytes: number): Promise<void> {
  const file = await open(path, "w");
  for (let at = 0; at < bytes; at += piece) {
    await file.write(sources[(at / piece) % sources.length], 0, Math.min(piece, bytes - at), at);
  }
  await file.sync();
  await file.close();
}

async function plainRead(path: string): Promise<readonly Buffer[]> {
  const { size } = await stat(path);
  const file = await open(path, "r");
  const kept: Buffer[] = [];
  for (let at = 0; at < size; at += piece) {
    const buffer = Buffer.allocUnsafeSlow(Math.min(piece, size - at));
    await file.read(buffer, 0, buffer.length, at);
    kept.push(buffer);
  }
  await file.close();
  return kept;
}

const python = `
import os, sys, time, torch
from safetensors.torch import load_file, save_file
path, tensors, elements = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
t = {f"w{i}": torch.full((elements,), float(i)) for i in range(tensors)}
start = time.perf_counter()
save_file(t, path)
fd = os.open(path, os.O_RDONLY)
os.fsync(fd)
saved = time.perf_counter() - start
start = time.perf_counter()
l = {k: v.clone() for k, v in load_file(path).items()}
print(saved, time.perf_counter() - start)
`;

/** The middle of what rounds took, and the worst of what they must not do. */
const summary = (costs: readonly Cost[]): Cost => ({
  seconds: median(costs.map((c) => c.seconds)),
  stallMs: Math.max(...costs.map((c) => c.stallMs)),
  workedMs: Math.max(...costs.map((c) => c.workedMs)),
  idleStallMs: Math.max(...costs.map((c) => c.idleStallMs)),
  peakMB: Math.max(...costs.map((c) => c.peakMB)),
});

const line = (name: string, { seconds, stallMs, workedMs, idleStallMs, peakMB }: Cost): void =>
  console.log(
    `${name.padEnd(22)} ${seconds.toFixed(2).padStart(7)} s  ${(gigabytes / seconds).toFixed(2).padStart(6)} GiB/s` +
      `  stall ${stallMs.toFixed(0).padStart(5)} ms (at work ${workedMs.toFixed(0)}, waiting only ${idleStallMs.toFixed(0)})` +
      `  peak ${peakMB.toFixed(0).padStart(5)} MB`,
  );

await mkdir(directory, { recursive: true });
const path = join(directory, "bench.safetensors");
const plain = join(directory, "bench.plain");
const tensors = 16;
const elements = Math.round((gigabytes * 2 ** 30) / 4 / tensors);
const tree: Record<string, Tensor> = {};
for (let i = 0; i < tensors; i++) tree[`w${i}`] = np.full([elements], i, { dtype: "float32" });
await whenReady(tree);

const costs: Record<"write" | "save" | "read" | "load", Cost[]> = { write: [], save: [], read: [], load: [] };
const bytes = gigabytes * 2 ** 30;

async function writing(kind: "write" | "save"): Promise<void> {
  // Neither pays for what was there, nor finds its blocks warm.
  await rm(kind === "write" ? plain : path, { force: true });
  execFileSync("sync", [directory]);
  costs[kind].push(await cost(() => (kind === "write" ? plainWrite(plain, bytes) : io.save(path, tree))));
}

async function reading(kind: "read" | "load"): Promise<void> {
  // The system forgets what it holds of the file.
  execFileSync("dd", [`if=${path}`, "iflag=nocache", "count=0", "status=none"]);
  if (kind === "read") {
    costs.read.push(await cost(() => plainRead(path)));
    return;
  }
  let loaded: Record<string, Tensor> = {};
  const loading = await cost(async () => {
    loaded = await io.load<Record<string, Tensor>>(path);
  });
  for (const x of Object.values(loaded)) x.dispose();
  costs.load.push({ ...loading, peakMB: loading.peakMB - bytes / 2 ** 20 });
}

const inTurns = <T>(round: number, pair: readonly [T, T]): readonly T[] => (round % 2 === 0 ? pair : pair.toReversed());

for (let round = 0; round < rounds; round++) {
  for (const kind of inTurns(round, ["write", "save"] as const)) await writing(kind);
  for (const kind of inTurns(round, ["read", "load"] as const)) await reading(kind);
}
bystander.kill();
for (const [name, list] of Object.entries(costs)) {
  line(name === "write" || name === "read" ? `plain ${name}` : name, summary(list));
  console.log(`${" ".repeat(24)}${list.map(({ seconds }) => seconds.toFixed(1)).join("  ")}`);
}
/** The middle of the rounds' ratios: a disk is not as fast in one minute as in the next. */
const ratio = (plainly: readonly Cost[], ours: readonly Cost[]): string =>
  median(plainly.map((cost, round) => cost.seconds / ours[round].seconds)).toFixed(2);
console.log(
  `save at ${ratio(costs.write, costs.save)} of a plain write, load at ${ratio(costs.read, costs.load)} of a plain read`,
);
await rm(plain);
await rm(path);

const interpreter = process.env.COTANGENT_BENCH_PYTHON;
if (interpreter !== undefined) {
  for (const x of Object.values(tree)) x.dispose();
  const out = execFileSync(interpreter, ["-c", python, path, String(tensors), String(elements)], { encoding: "utf8" });
  const [saved, loaded] = out.trim().split(" ").map(Number);
  console.log(
    `safetensors in Python  ${saved.toFixed(2)} s to save and sync, ${loaded.toFixed(2)} s to load into memory`,
  );
  await rm(path);
}
