/** One writer to a directory. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { CheckpointError } from "../prelude/errors.js";
import { ownerName, ownerPattern, ownerPid, ownerState } from "./owner.js";

const lockPattern = new RegExp(`^\\.writer\\.${ownerPattern.source}\\.lock$`);

/**
 * Each writer makes a lock file of its own, then looks for others': of two that come at once, one or both see the other.
 * As no name is used twice, removing what a crashed process left never hits the lock of one that runs.
 */
export class DirectoryLock {
  private constructor(private readonly path: string) {}

  /** @throws CheckpointError CT710 if another writer has the directory, CT700 if nothing can be written there */
  static acquire(directory: string, who: string): DirectoryLock {
    const name = `.writer.${ownerName()}.lock`;
    const path = join(directory, name);
    try {
      writeFileSync(path, `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}\n`, {
        flag: "wx",
      });
    } catch (error) {
      rmSync(path, { force: true });
      const { message } = error as Error;
      throw new CheckpointError("CT700", `${who}: '${directory}' cannot be locked: ${message}.`, { cause: error });
    }
    for (const other of readdirSync(directory)) {
      if (other === name || !lockPattern.test(other)) continue;
      const state = ownerState(other);
      if (state === "gone") {
        rmSync(join(directory, other), { force: true });
        continue;
      }
      rmSync(path, { force: true });
      throw inUse(who, directory, other, state === "elsewhere");
    }
    return new DirectoryLock(path);
  }

  release(): void {
    try {
      rmSync(this.path, { force: true });
    } catch {
      // What cannot be removed is taken over once this process has ended.
    }
  }
}

function inUse(who: string, directory: string, other: string, elsewhere: boolean): CheckpointError {
  const holder = elsewhere ? descriptionOf(join(directory, other)) : `process ${ownerPid(other)}`;
  const advice = elsewhere
    ? `If it is no longer running, remove '${join(directory, other)}'.`
    : ownerPid(other) === process.pid
      ? "That is this process: close the other manager first, with `await manager.close()`."
      : "Stop it first, or write to another directory.";
  return new CheckpointError(
    "CT710",
    `${who}: '${directory}' is being written to by ${holder}. ${advice} Say readOnly: true to restore only.`,
  );
}

function descriptionOf(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "another machine";
  }
}
