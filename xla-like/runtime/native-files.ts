/** Transfers between files and memory that run, checksums included, on other threads. */
import { getSystemErrorMap } from "node:util";
import { loadNative } from "./native.js";

/** Errors are the system's, with a `code` such as ENOSPC. The memory has to stay until a transfer is over. */
export interface NativeFiles {
  /**
   * Writes memory, that at an address or that of an array, to a place in a file; gives its CRC-32, or 0 if that is not
   * wanted. With a second descriptor of the same file, opened with `O_DIRECT`, whole pages go past the system's cache.
   */
  writeFile(
    fd: number,
    position: number,
    memory: number | Uint8Array,
    byteLength: number,
    summed: boolean,
    directFd?: number,
  ): Promise<number>;
  /** Reads a place in a file into memory; gives its CRC-32, 0 if that is not wanted, or -1 if the file ends before. */
  readFile(fd: number, position: number, address: number, byteLength: number, summed: boolean): Promise<number>;
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
