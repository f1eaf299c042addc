/**
 * Saving and loading a large tree, against writing and reading the same bytes without any format, and against Python's
 * safetensors: seconds, the memory that it takes besides, and the longest time that the event loop stood still.
 *
 *   npx tsx bench/io.ts [--gigabytes=4] [--rounds=3] [--directory=runs]
 *
 * COTANGENT_BENCH_PYTHON names a Python that has safetensors and torch. A plain read goes into memory of its own, as a load
 * does: bytes that nobody keeps are another task.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { io, numpy as np, type Tensor, whenReady } from "cotangent";

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
  /** The longest time between two turns of the event loop. */
  readonly stallMs: number;
  /** Over what was there before. */
  readonly peakMB: number;
}

async function cost(run: () => Promise<unknown>): Promise<Cost> {
  collect();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = residentMB();
  let [stallMs, peakMB] = [0, 0];
  let last = performance.now();
  const turn = (): void => {
    const now = performance.now();
    stallMs = Math.max(stallMs, now - last);
    last = now;
  };
  const turns = setInterval(turn, 1);
  const samples = setInterval(() => {
    peakMB = Math.max(peakMB, residentMB() - before);
  }, 20);
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1000;
  turn();
  clearInterval(turns);
  clearInterval(samples);
  return { seconds, stallMs, peakMB };
}

async function plainWrite(path: string, bytes: number): Promise<void> {
  const source = Buffer.alloc(piece, 1);
  const file = await open(path, "w");
  for (let at = 0; at < bytes; at += piece) await file.write(source, 0, Math.min(piece, bytes - at), at);
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

const best = (costs: readonly Cost[]): Cost => ({
  seconds: Math.min(...costs.map((c) => c.seconds)),
  stallMs: Math.min(...costs.map((c) => c.stallMs)),
  peakMB: Math.max(...costs.map((c) => c.peakMB)),
});

const line = (name: string, { seconds, stallMs, peakMB }: Cost): void =>
  console.log(
    `${name.padEnd(22)} ${seconds.toFixed(2).padStart(7)} s  ${(gigabytes / seconds).toFixed(2).padStart(6)} GiB/s` +
      `  stall ${stallMs.toFixed(0).padStart(5)} ms  peak ${peakMB.toFixed(0).padStart(5)} MB`,
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
for (let round = 0; round < rounds; round++) {
  costs.write.push(await cost(() => plainWrite(plain, gigabytes * 2 ** 30)));
  costs.save.push(await cost(() => io.save(path, tree)));
  await rm(plain);
  costs.read.push(await cost(() => plainRead(path)));
  const treeMB = (gigabytes * 2 ** 30) / 2 ** 20;
  let loaded: Record<string, Tensor> = {};
  const loading = await cost(async () => {
    loaded = await io.load<Record<string, Tensor>>(path);
  });
  for (const x of Object.values(loaded)) x.dispose();
  costs.load.push({ ...loading, peakMB: loading.peakMB - treeMB });
}
for (const [name, list] of Object.entries(costs))
  line(name === "write" || name === "read" ? `plain ${name}` : name, best(list));
const ratio = (a: Cost[], b: Cost[]): string => (best(a).seconds / best(b).seconds).toFixed(2);
console.log(
  `save at ${ratio(costs.write, costs.save)} of a plain write, load at ${ratio(costs.read, costs.load)} of a plain read`,
);
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
