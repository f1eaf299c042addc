/** Transfers between files and memory that run, checksums included, on other threads. */
import { getSystemErrorMap } from "node:util";
import { loadNative } from "./native.js";

/** Memory at an address, or that of an array. */
export interface MemoryPart {
  readonly memory: number | Uint8Array;
  readonly byteLength: number;
}

/**
 * Parts of memory follow each other in the file. They have to stay until a transfer is over. Errors are the system's, with a
 * `code` such as ENOSPC.
 */
export interface NativeFiles {
  /**
   * Writes to a place in a file; gives the CRC-32 of each part, or 0 if that is not wanted. With a second descriptor of the
   * same file, opened with `O_DIRECT`, whole pages go past the system's cache.
   */
  writeFile(
    fd: number,
    position: number,
    parts: readonly MemoryPart[],
    summed: boolean,
    directFd?: number,
  ): Promise<readonly number[]>;
  /** Reads a place in a file; gives the same, of fewer parts if the file ends before they are full. */
  readFile(fd: number, position: number, parts: readonly MemoryPart[], summed: boolean): Promise<readonly number[]>;
}

/** Undefined where the addon is not there. */
export function nativeFiles(): NativeFiles | undefined {
  const native = loadNative();
  if (!native.ok) return undefined;
  const { writeFile, readFile } = native.module;
  if (writeFile === undefined || readFile === undefined) return undefined;
  return {
    writeFile: (...args) => writeFile(...args).catch(rethrow("write")),
    readFile: (...args) => readFile(...args).catch(rethrow("read")),
  };
}

/** The addon knows the number of an error, and Node.js what it means. */
const rethrow =
  (call: string) =>
  (error: unknown): never => {
    const number = (error as { errno?: unknown }).errno;
    if (typeof number !== "number") throw error;
    const [code, message] = getSystemErrorMap().get(-number) ?? ["UNKNOWN", `error ${number}`];
    throw Object.assign(new Error(`${code}: ${message}, ${call}`), { code });
  };
