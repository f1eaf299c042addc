/** Disks that fill up: a small file system in memory, where this process may mount one. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { errors, io, numpy as np, type Tensor } from "../../src/index.js";

const MB = 1 << 20;

/** A file system of so many megabytes, or undefined where none can be made. */
function mountSmall(megabytes: number): string | undefined {
  const path = mkdtempSync(join(tmpdir(), "cotangent-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path], { stdio: "ignore" });
    return path;
  } catch {
    rmSync(path, { recursive: true });
    return undefined;
  }
}

const disk = mountSmall(8);

afterAll(() => {
  if (disk === undefined) return;
  execFileSync("umount", [disk]);
  rmSync(disk, { recursive: true });
});
afterEach(() => {
  if (disk !== undefined) for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
});

const at = (name: string): string => join(disk as string, name);
const tensorOf = (megabytes: number, value: number): { x: Tensor } => ({ x: np.full([(megabytes * MB) / 4], value) });
const free = (): number => {
  const { bavail, bsize } = statfsSync(disk as string);
  return bavail * bsize;
};
/** Leaves so many bytes of the disk. */
const fillUp = (rest: number): void => writeFileSync(at("other"), new Uint8Array(free() - rest));

async function rejection(promise: Promise<unknown>): Promise<errors.CotangentError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof errors.CotangentError) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}

describe.skipIf(disk === undefined)("a disk that fills up (needs to mount a tmpfs)", () => {
  it("leaves the old file, and no half of a new one", async () => {
    const path = at("model.safetensors");
    await io.save(path, tensorOf(3, 1));
    const before = readFileSync(path);
    // Full after so many bytes: at the header, in the data, at its last page.
    for (const rest of [0, 4096, MB, 3 * MB - 4096]) {
      fillUp(rest);
      const { code, message } = await rejection(io.save(path, tensorOf(3, 2)));
      expect(code).toBe("CT700");
      expect(message).toContain("ENOSPC");
      expect(readdirSync(disk as string).sort()).toEqual(["model.safetensors", "other"]);
      rmSync(at("other"));
    }
    expect(readFileSync(path).equals(before)).toBe(true);
    await io.save(path, tensorOf(3, 3));
    expect((await io.load<{ x: Tensor }>(path)).x.dataSync()[0]).toBe(3);
  });

  it("leaves a manager's steps, and the run goes on when there is room again", async () => {
    const directory = at("run");
    await using manager = new io.CheckpointManager(directory, { keep: 2 });
    // A third step does not fit beside two.
    for (const step of [1, 2]) await manager.save(step, tensorOf(3, step));
    await manager.waitUntilFinished();
    await manager.save(3, tensorOf(3, 3));
    const { code, message } = await rejection(manager.waitUntilFinished());
    expect(code).toBe("CT700");
    expect(message).toContain("ENOSPC");
    expect(manager.allSteps()).toEqual([1, 2]);
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    for (const step of [1, 2]) {
      expect(new Set((await manager.restore<{ x: Tensor }>(step)).x.dataSync() as Float32Array)).toEqual(
        new Set([step]),
      );
    }
    rmSync(join(directory, "step-00000001.safetensors"));
    await manager.save(3, tensorOf(3, 3));
    await manager.waitUntilFinished();
    expect(manager.allSteps()).toEqual([2, 3]);
  });

  it("has no room for a lock either, which is said", async () => {
    mkdirSync(at("run"));
    fillUp(0);
    let error: unknown;
    try {
      await new io.CheckpointManager(at("run")).close();
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(errors.CheckpointError);
    expect((error as errors.CheckpointError).message).toContain("cannot be locked");
    expect(readdirSync(at("run"))).toEqual([]);
  });
});
