/** Processes that are killed while they save. COTANGENT_KILLS=200 kills more often. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { io, numpy as np, type Tensor, tree } from "../../src/index.js";

const kills = Number(process.env.COTANGENT_KILLS ?? 20);
const elements = 300_000;
const delays = fc.sample(fc.double({ min: 0, max: 250, noNaN: true }), kills);

const root = join(import.meta.dirname, "../..");
let dir: string;
let script: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "cotangent-kills-"));
  script = join(dir, "saving-child.js");
  // In one file: hundreds of modules would take longer to start than there is to be killed.
  await build({
    entryPoints: [join(import.meta.dirname, "saving-child.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: { cotangent: join(root, "src/index.ts") },
  });
  // It looks for the addon in its package.
  writeFileSync(join(dir, "package.json"), JSON.stringify({ name: "cotangent", type: "module" }));
  symlinkSync(join(root, "build"), join(dir, "build"));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A process that saves until it is killed. */
function saver(mode: string, path: string) {
  const child: ChildProcess = spawn(process.execPath, [script, mode, path, String(elements)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr?.on("data", (text: Buffer) => {
    complaint += text.toString();
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on("close", (_, signal) => resolve(signal)));
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  return { child, lines, ended, complaint: () => complaint };
}

/** Resolves to the last number the process said before it was killed, so long after it began. */
async function saveUntilKilled(mode: string, path: string, delay: number): Promise<number | undefined> {
  const { child, lines, ended, complaint } = saver(mode, path);
  let last: number | undefined;
  for await (const line of lines) {
    if (line === "ready") setTimeout(() => child.kill("SIGKILL"), delay);
    else last = Number(line);
  }
  expect(await ended, complaint()).toBe("SIGKILL");
  return last;
}

/** The number that all of a tree was saved as. */
function numberOf(saved: unknown): number {
  const values = new Set<number>();
  for (const leaf of tree.leaves(saved)) {
    if (typeof leaf === "number") values.add(leaf);
    else for (const x of (leaf as Tensor).dataSync() as Float32Array) values.add(x);
  }
  expect(values.size).toBe(1);
  return [...values][0] as number;
}

describe(`${kills} kills at random moments`, () => {
  it(
    "leave the old file or the new one",
    async () => {
      const path = join(dir, "one", "model.safetensors");
      const first = { w: np.zeros([elements]), state: [np.zeros([elements, 2]), { n: 0 }] };
      await io.save(path, first);
      let at = 0;
      for (const delay of delays) {
        const said = (await saveUntilKilled("file", path, delay)) ?? at;
        const found = numberOf(await io.load(path));
        expect(found).toBeGreaterThanOrEqual(said);
        // The one after it may have been finished and not be said yet.
        expect(found).toBeLessThanOrEqual(said + 1);
        at = found;
      }
      await io.save(path, first);
      expect(readdirSync(join(dir, "one"))).toEqual(["model.safetensors"]);
    },
    60_000 + 5_000 * kills,
  );

  it(
    "leave a manager's steps whole, and the run goes on",
    async () => {
      const directory = join(dir, "run");
      let at = 0;
      for (const delay of delays) {
        const said = (await saveUntilKilled("manager", directory, delay)) ?? at;
        await using manager = new io.CheckpointManager(directory);
        const steps = manager.allSteps();
        for (const step of steps) expect(numberOf(await manager.restore(step))).toBe(step);
        const latest = manager.latestStep() ?? 0;
        expect(latest).toBeGreaterThanOrEqual(said);
        // The one after it is written meanwhile.
        expect(latest).toBeLessThanOrEqual(said + 2);
        // Two, one that is to go as soon as a third is there, and those that stay for good.
        const forGood = steps.filter((s) => s % 10 === 0);
        expect(forGood).toEqual(Array.from({ length: Math.floor(latest / 10) }, (_, i) => 10 * (i + 1)));
        expect(steps.filter((s) => s % 10 !== 0 && s < latest - 2)).toEqual([]);
        expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
        at = latest;
      }
      expect(readdirSync(directory).filter((name) => !name.startsWith("step-"))).toEqual([]);
    },
    60_000 + 5_000 * kills,
  );
});

it("of several that come at once, one process writes at most; when it is gone, another does", async () => {
  const directory = join(dir, "contested");
  const savers = Array.from({ length: 4 }, () => saver("manager", directory));
  // Each of them begins to save, or ends because another has the directory.
  const begun = await Promise.all(
    savers.map((s) => Promise.race([new Promise<true>((r) => s.lines.once("line", () => r(true))), s.ended])),
  );
  const writers = savers.filter((_, i) => begun[i] === true);
  expect(writers.length).toBeLessThanOrEqual(1);
  for (const s of savers) if (!writers.includes(s)) expect(s.complaint()).toContain("[CT710]");

  const holder = writers[0] ?? saver("manager", directory);
  if (writers.length === 0) await new Promise((resolve) => holder.lines.once("line", resolve));
  expect(() => new io.CheckpointManager(directory)).toThrow(`is being written to by process ${holder.child.pid}`);
  holder.child.kill("SIGKILL");
  await holder.ended;
  await new io.CheckpointManager(directory).close();
  expect(readdirSync(directory).filter((name) => !name.startsWith("step-"))).toEqual([]);
});
