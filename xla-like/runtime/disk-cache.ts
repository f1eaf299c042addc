/**
 * What was compiled, kept on disk, so that the next process need not compile it again. An entry is a file named by a
 * hash of all it depends on; it holds a checksum and the bytes. Files are written beside their place and moved there, so
 * that readers never see half of one. The cache is a convenience: whatever goes wrong with it only costs time.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const CHECKSUM_BYTES = 32;
/** What the files may come to; COTANGENT_CACHE_BYTES says otherwise. */
const DEFAULT_BYTES = 1 << 30;
/** Over the limit, the files used longest ago go until this part of it is left. */
const KEPT = 0.75;
/** The directory is measured once in so many writes, first after a few: processes that add little leave it to others. */
const WRITES_PER_MEASUREMENT = 64;
const FIRST_MEASUREMENT = 16;

export const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** COTANGENT_CACHE_DIR, where the system keeps caches, or nowhere when the variable is empty. */
export const cacheDirectory = (env: NodeJS.ProcessEnv = process.env): string | undefined => {
  if (env.COTANGENT_CACHE_DIR !== undefined) return env.COTANGENT_CACHE_DIR || undefined;
  const base = env.XDG_CACHE_HOME || join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
  return join(base, "cotangent");
};

const limitOf = (env: NodeJS.ProcessEnv): number => {
  const bytes = Number(env.COTANGENT_CACHE_BYTES);
  return env.COTANGENT_CACHE_BYTES !== undefined && bytes >= 0 ? bytes : DEFAULT_BYTES;
};

/** With those above it. Node's own way to do that never returns where a directory exists in which none can be made. */
const makeDirectory = (path: string): void => {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    makeDirectory(dirname(path));
    mkdirSync(path);
  }
};

/** The value, or undefined where the file system refuses. */
const attempt = <T>(action: () => T): T | undefined => {
  try {
    return action();
  } catch {
    return undefined;
  }
};

export class DiskCache {
  #writes = 0;

  constructor(
    private readonly directory: string | undefined,
    /** The end of its files' names, `.o`. */
    private readonly suffix: string,
    private readonly limit: number = limitOf(process.env),
  ) {}

  read(key: string): Uint8Array | undefined {
    const { directory } = this;
    if (directory === undefined) return undefined;
    const path = join(directory, key + this.suffix);
    const file = attempt(() => readFileSync(path));
    if (file === undefined) return undefined;
    const bytes = file.subarray(CHECKSUM_BYTES);
    if (bytes.length === 0 || !sha256(bytes).equals(file.subarray(0, CHECKSUM_BYTES))) return undefined;
    const now = new Date();
    attempt(() => utimesSync(path, now, now));
    return bytes;
  }

  write(key: string, bytes: Uint8Array): void {
    const { directory } = this;
    if (directory === undefined) return;
    const path = join(directory, key + this.suffix);
    const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    attempt(() => {
      makeDirectory(directory);
      if (this.#writes++ % WRITES_PER_MEASUREMENT === FIRST_MEASUREMENT) this.#prune(directory);
      writeFileSync(temporary, Buffer.concat([sha256(bytes), bytes]));
      renameSync(temporary, path);
      return true;
    }) ?? attempt(() => rmSync(temporary, { force: true }));
  }

  #prune(directory: string): void {
    const files = readdirSync(directory).flatMap((name) => {
      const path = join(directory, name);
      const stat = attempt(() => statSync(path));
      // Also what a process left behind that ended while it wrote, and entries of other suffixes.
      return stat === undefined || !/^[0-9a-f]{64}\./.test(name)
        ? []
        : [{ path, bytes: stat.size, used: stat.mtimeMs }];
    });
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= this.limit) return;
    files.sort((a, b) => a.used - b.used);
    for (const { path, bytes } of files) {
      if (total <= KEPT * this.limit) break;
      attempt(() => rmSync(path, { force: true }));
      total -= bytes;
    }
  }
}
