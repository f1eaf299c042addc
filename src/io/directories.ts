/** Directories whose entries outlast a crash of the system. */
import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CheckpointError } from "../prelude/errors.js";

/** What a failure to make a directory means: it is there, those above it are missing, or it cannot be. */
function reasonOf(error: unknown, path: string): "there" | "no parent" {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EEXIST") return "there";
  if (code === "ENOENT" && dirname(path) !== path) return "no parent";
  throw error;
}

// Node's own way to make those above as well never returns where a directory exists in which none can be made.

/** With those above it. */
export async function makeDirectory(path: string): Promise<void> {
  const make = async (): Promise<"made" | ReturnType<typeof reasonOf>> => {
    try {
      await mkdir(path);
    } catch (error) {
      return reasonOf(error, path);
    }
    await syncDirectory(dirname(path));
    return "made";
  };
  if ((await make()) !== "no parent") return;
  await makeDirectory(dirname(path));
  if ((await make()) === "no parent") await mkdir(path);
}

/** The same on the spot. */
export function makeDirectorySync(path: string, who: string): void {
  try {
    makeAllSync(resolve(path));
  } catch (error) {
    throw new CheckpointError("CT700", `${who}: '${path}' cannot be made: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

function makeAllSync(path: string): void {
  const make = (): "made" | ReturnType<typeof reasonOf> => {
    try {
      mkdirSync(path);
    } catch (error) {
      return reasonOf(error, path);
    }
    syncDirectorySync(dirname(path));
    return "made";
  };
  if (make() !== "no parent") return;
  makeAllSync(dirname(path));
  if (make() === "no parent") mkdirSync(path);
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
