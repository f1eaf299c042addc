// What makes it safe to set up while others set up, or run what was built before.
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "cotangent-setup-"));
afterAll(() => rmSync(dir, { recursive: true }));

const module = pathToFileURL(join(root, "scripts", "exclusively.mjs")).href;
/** A process that runs the body, as JavaScript, under a lock. */
const locked = (lock: string, body: string) =>
  spawn(process.execPath, [
    "--input-type=module",
    "-e",
    `import { exclusively } from ${JSON.stringify(module)};
     import { appendFileSync } from "node:fs";
     const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
     exclusively(${JSON.stringify(lock)}, () => { ${body} });`,
  ]);
const ended = (process: ReturnType<typeof locked>) =>
  new Promise<number | null>((resolve) => process.on("exit", resolve));

describe("one setup at a time", () => {
  test("processes under one lock take turns, and leave nothing behind", async () => {
    const [folder, log] = [join(dir, "turns"), join(dir, "turns.log")];
    const turn = `appendFileSync(${JSON.stringify(log)}, "("); pause(30); appendFileSync(${JSON.stringify(log)}, ")");`;
    const codes = await Promise.all([0, 1, 2].map(() => ended(locked(join(folder, "lock"), turn))));
    expect(codes).toEqual([0, 0, 0]);
    expect(readFileSync(log, "utf8")).toBe("()()()");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("the lock of a process that was killed holds nobody up, and is taken by one alone", async () => {
    const [lock, log] = [join(dir, "dead", "lock"), join(dir, "dead.log")];
    const killed = locked(lock, `process.kill(process.pid, "SIGKILL");`);
    await ended(killed);
    expect(readFileSync(lock, "utf8")).toMatch(new RegExp(`^${killed.pid} `));
    const turn = `appendFileSync(${JSON.stringify(log)}, "("); pause(30); appendFileSync(${JSON.stringify(log)}, ")");`;
    await Promise.all([0, 1, 2].map(() => ended(locked(lock, turn))));
    expect(readFileSync(log, "utf8")).toBe("()()()");
  });

  test("a task that throws gives the lock back", async () => {
    const lock = join(dir, "throws", "lock");
    expect(await ended(locked(lock, `throw new Error("no");`))).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });
});

const hasCmake = spawnSync("cmake", ["--version"]).status === 0;

test.runIf(hasCmake)("the addon is replaced by a new file: whoever has the old one open keeps it whole", () => {
  const [from, to] = [join(dir, "linked.node"), join(dir, "Release", "cotangent.node")];
  const replace = (text: string): void => {
    writeFileSync(from, text);
    const script = join(root, "native", "replace.cmake");
    const { status, stderr } = spawnSync("cmake", [`-DFROM=${from}`, `-DTO=${to}`, "-P", script], { encoding: "utf8" });
    expect(status, stderr).toBe(0);
  };
  replace("the first");
  const inode = statSync(to).ino;
  const open = openSync(to, "r");
  replace("the second");
  expect(readFileSync(open, "utf8")).toBe("the first");
  closeSync(open);
  expect(readFileSync(to, "utf8")).toBe("the second");
  expect(statSync(to).ino).not.toBe(inode);
  expect(readdirSync(join(dir, "Release"))).toEqual(["cotangent.node"]);
});
