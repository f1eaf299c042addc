import { randomBytes } from "node:crypto";
import { type FileHandle, link, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CheckpointError } from "../prelude/errors.js";
import { TaskEither } from "../prelude/fp.js";

const chunkBytes = 8 << 20;

/**
 * Writes a file so that a crash at any moment leaves the old one or the new one: to a temporary file beside it, synced,
 * then renamed; the directory is synced too. With `overwrite` false an existing file is left alone.
 */
export const writeAtomically = (
  path: string,
  chunks: readonly Uint8Array[],
  overwrite: boolean,
): TaskEither.TaskEither<CheckpointError, void> =>
  TaskEither.tryCatch(
    async () => {
      const directory = dirname(path);
      await mkdir(directory, { recursive: true });
      const temporary = join(directory, `.${basename(path)}.${process.pid}.${randomBytes(6).toString("hex")}.tmp`);
      try {
        const file = await open(temporary, "wx");
        try {
          for (const chunk of chunks) await writeAll(file, chunk);
          await file.sync();
        } finally {
          await file.close();
        }
        if (overwrite) await rename(temporary, path);
        else await link(temporary, path);
      } finally {
        await rm(temporary, { force: true });
      }
      await syncDirectory(directory);
    },
    (error) => failure(path, error),
  );

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, Math.min(chunkBytes, bytes.length - at));
    at += bytesWritten;
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function failure(path: string, error: unknown): CheckpointError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EEXIST") {
    return new CheckpointError("CT701", `io.save: '${path}' is there already. Say overwrite: true to replace it.`, {
      cause: error,
    });
  }
  return new CheckpointError(
    "CT700",
    `io.save: '${path}' could not be written: ${message}. What was there before is untouched.`,
    {
      cause: error,
    },
  );
}
