import { link, readdir, rename, rm, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CheckpointError, CotangentError } from "../prelude/errors.js";
import { TaskEither } from "../prelude/fp.js";
import { makeDirectory, syncDirectory } from "./directories.js";
import { OutputFile } from "./output-file.js";
import { ownerName, ownerPattern, ownerState } from "./owner.js";
import { type Progress, progressBar } from "./progress.js";

/** Where the bytes of a file go, from its start to its end. */
export interface Sink {
  /** How many bytes will come in all, for those who wait. */
  expect(bytes: number): void;
  /**
   * Appends bytes, which must not change until the promise resolves. The next may be given before that: they are written
   * in the order of the calls.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Appends room for so many bytes, which the caller writes at that position himself, in whatever order. */
  take(bytes: number): number;
  /** Writes into room that was taken. */
  writeAt(bytes: Uint8Array, position: number): Promise<void>;
  /**
   * Writes memory, one part after the other, into room that was taken, and gives the CRC-32 of each part. The memory has to
   * stay until then. Undefined where that cannot be done natively.
   */
  readonly writeMemory: OutputFile["writeMemory"];
}

export interface Replacement {
  /** Whether an existing file is replaced; otherwise it is left alone, and CT701 says so. */
  readonly overwrite: boolean;
}

/**
 * Writes a file so that a crash at any moment leaves the old one or the new one: to a temporary file beside it, synced,
 * then renamed; the directory is synced too. What crashed processes left of their attempts is removed.
 *
 * @param produce writes all of the file
 */
export const replaceFile = (
  path: string,
  { overwrite }: Replacement,
  produce: (sink: Sink) => Promise<void>,
): TaskEither.TaskEither<CotangentError, void> => {
  let replaced = false;
  return TaskEither.tryCatch(
    async () => {
      const directory = dirname(resolve(path));
      await removeLeftovers(directory, (name) => isTemporaryOf(name, path) && ownerState(name) === "gone");
      const temporary = join(directory, temporaryName(path));
      try {
        await fill(temporary, basename(path), produce);
        if (overwrite) await rename(temporary, path);
        else await link(temporary, path);
        replaced = true;
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      if (!overwrite) await unlink(temporary);
      await syncDirectory(directory);
    },
    (error) => (error instanceof CotangentError ? error : failure(path, error, replaced)),
  );
};

async function fill(path: string, name: string, produce: (sink: Sink) => Promise<void>): Promise<void> {
  let position = 0;
  let progress: Progress | undefined;
  const file = await OutputFile.create(path, (bytes) => progress?.advance(bytes));
  const sink: Sink = {
    expect(bytes) {
      progress = progressBar(`saving ${name}`, bytes);
    },
    write(bytes) {
      return sink.writeAt(bytes, sink.take(bytes.byteLength));
    },
    take(bytes) {
      const at = position;
      position += bytes;
      return at;
    },
    writeAt(bytes, at) {
      return file.write(bytes, at);
    },
    writeMemory: file.writeMemory,
  };
  try {
    await produce(sink);
    await file.sync();
  } finally {
    progress?.end();
    await file.close();
  }
}

/** File systems take names of 255 bytes; of a longer one the start has to do. */
const stem = (path: string): string => basename(path).slice(0, 48);

/** `.model.safetensors.1234-567890-0a1b2c3d-4e5f6071.tmp` */
const temporaryName = (path: string): string => `.${stem(path)}.${ownerName()}.tmp`;

const temporaryEnd = new RegExp(`^\\.${ownerPattern.source}\\.tmp$`);

const isTemporaryOf = (name: string, path: string): boolean =>
  name.startsWith(`.${stem(path)}.`) && temporaryEnd.test(name.slice(stem(path).length + 1));

/** Whether a name is that of a temporary file, of whatever file that starts so. */
export const isTemporary = (name: string, start: string): boolean =>
  name.startsWith(`.${start}`) && new RegExp(`\\.${ownerPattern.source}\\.tmp$`).test(name);

/** Makes the directory if it is not there. */
async function removeLeftovers(directory: string, isLeftover: (name: string) => boolean): Promise<void> {
  const names = await readdir(directory).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await makeDirectory(directory);
    return [];
  });
  for (const name of names) {
    if (isLeftover(name)) await rm(join(directory, name), { force: true });
  }
}

function failure(path: string, error: unknown, replaced: boolean): CheckpointError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EEXIST") {
    return new CheckpointError("CT701", `io.save: '${path}' is there already. Say overwrite: true to replace it.`, {
      cause: error,
    });
  }
  return new CheckpointError(
    "CT700",
    replaced
      ? `io.save: '${path}' is written, but its directory could not be synced: ${message}. A crash of the system may undo it.`
      : `io.save: '${path}' could not be written: ${message}. What was there before is untouched.`,
    { cause: error },
  );
}
