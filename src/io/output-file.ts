/** A file that is written once, from anywhere to anywhere in it, past the system's cache of files where that can be. */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type MemoryPart, type NativeFiles, nativeFiles } from "../../xla-like/index.js";

/** What goes to the system at once: other work of its threads gets its turn between. */
const chunkBytes = 4 << 20;
/** Less than that is not worth a way of its own. */
const directBytes = 64 << 10;

export class OutputFile {
  /** @param advance is told how many bytes have gone out */
  static async create(path: string, advance: (bytes: number) => void): Promise<OutputFile> {
    return new OutputFile(path, await open(path, "wx"), nativeFiles(), advance);
  }

  /** Opened when there is something large. */
  #direct: Promise<FileHandle | undefined> | undefined;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly native: NativeFiles | undefined,
    private readonly advance: (bytes: number) => void,
  ) {}

  async #descriptors(): Promise<[number, number | undefined]> {
    this.#direct ??= openDirectly(this.path);
    return [this.file.fd, (await this.#direct)?.fd];
  }

  /** The bytes must not change until the promise resolves. */
  async write(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const chunk = bytes.subarray(at, at + chunkBytes);
      const written = await this.#writeChunk(chunk, position + at);
      at += written;
      this.advance(written);
    }
  }

  async #writeChunk(chunk: Uint8Array, position: number): Promise<number> {
    if (this.native === undefined || chunk.length < directBytes) {
      return (await this.file.write(chunk, 0, chunk.length, position)).bytesWritten;
    }
    const [fd, direct] = await this.#descriptors();
    await this.native.writeFile(fd, position, [{ memory: chunk, byteLength: chunk.length }], false, direct);
    return chunk.length;
  }

  /** Writes memory of the process, and gives the CRC-32 of each part; undefined where there is no native code for it. */
  get writeMemory(): ((parts: readonly MemoryPart[], position: number) => Promise<readonly number[]>) | undefined {
    const { native } = this;
    if (native === undefined) return undefined;
    return async (parts, position) => {
      const [fd, direct] = await this.#descriptors();
      const sums = await native.writeFile(fd, position, parts, true, direct);
      this.advance(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
      return sums;
    };
  }

  sync(): Promise<void> {
    return this.file.sync();
  }

  async close(): Promise<void> {
    const closed = await Promise.allSettled([this.file.close(), this.#direct?.then((direct) => direct?.close())]);
    for (const result of closed) if (result.status === "rejected") throw result.reason;
  }
}

/** Not every system and not every file system has that. */
async function openDirectly(path: string): Promise<FileHandle | undefined> {
  if (constants.O_DIRECT === undefined) return undefined;
  try {
    return await open(path, constants.O_WRONLY | constants.O_DIRECT);
  } catch {
    return undefined;
  }
}
