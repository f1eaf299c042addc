/** Directories whose entries outlast a crash of the system. */
import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CheckpointError } from "../prelude/errors.js";

/** The directories that got a new entry when `path` was made, with those above it, from `first` on. */
function changedBy(path: string, first: string | undefined): string[] {
  const changed: string[] = [];
  if (first === undefined) return changed;
  for (let made = path; made.length >= first.length; made = dirname(made)) changed.push(dirname(made));
  return changed;
}

/** With those above it. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  for (const changed of changedBy(resolve(path), first)) await syncDirectory(changed);
}

/** The same on the spot. */
export function makeDirectorySync(path: string, who: string): void {
  try {
    const first = mkdirSync(path, { recursive: true });
    for (const changed of changedBy(resolve(path), first)) syncDirectorySync(changed);
  } catch (error) {
    throw new CheckpointError("CT700", `${who}: '${path}' cannot be made: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

// Windows neither opens directories nor needs it.
const canSync = process.platform !== "win32";

/** After this, what was made, renamed or removed in the directory stays so. */
export async function syncDirectory(path: string): Promise<void> {
  if (!canSync) return;
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function syncDirectorySync(path: string): void {
  if (!canSync) return;
  const directory = openSync(path, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
