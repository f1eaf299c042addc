/**
 * How long a program takes before it first runs: traced, lowered and compiled in a new process with an empty cache on
 * disk, and again in another process that finds its machine code there.
 *
 *     npx tsx bench/compile.ts [gpt mlp …]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const self = fileURLToPath(import.meta.url);

async function firstRun(name: string): Promise<void> {
  const { workloads } = await import("./workloads/index.js");
  const { blockUntilReady } = await import("cotangent");
  const workload = workloads.find((w) => w.name === name);
  if (workload === undefined) throw new Error(`there is no workload ${name}`);
  const run = workload.prepare();
  const timed = (): number => {
    const start = performance.now();
    blockUntilReady(run());
    return performance.now() - start;
  };
  const first = timed();
  const later = Array.from({ length: 5 }, timed);
  console.log(JSON.stringify(first - Math.min(...later)));
}

/** Milliseconds that the first run of a workload takes longer than the others. */
function startUp(name: string, cache: string): number {
  const env = { ...process.env, COTANGENT_CACHE_DIR: cache };
  const { stdout, stderr } = spawnSync("npx", ["tsx", self, "--first", name], { env, encoding: "utf8" });
  const answer = Number(stdout.trim().split("\n").at(-1));
  if (!Number.isFinite(answer) || stdout.trim() === "") throw new Error(stderr);
  return answer;
}

if (process.argv[2] === "--first") {
  await firstRun(process.argv[3]);
} else {
  const names = process.argv.slice(2);
  console.log("| workload | cold | from the cache on disk |\n| --- | --- | --- |");
  for (const name of names.length > 0 ? names : ["call1", "mlp", "convnet", "lstm", "gpt"]) {
    const rounds = Array.from({ length: 3 }, () => {
      const cache = mkdtempSync(join(tmpdir(), "cotangent-bench-"));
      const times = [startUp(name, cache), startUp(name, cache)];
      rmSync(cache, { recursive: true });
      return times;
    });
    const least = (k: number): string => `${Math.min(...rounds.map((r) => r[k])).toFixed(0)} ms`;
    console.log(`| ${name} | ${least(0)} | ${least(1)} |`);
  }
}
