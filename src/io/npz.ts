import type { FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createDeflateRaw, createInflateRaw } from "node:zlib";
import type { HeldBytes, UnfilledBuffer } from "../../xla-like/index.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import type { DeviceTensor } from "../core/device-tensor.js";
import { asDevice, type Device } from "../core/devices.js";
import type { Tensor } from "../core/tensor.js";
import type { Either } from "../prelude/fp.js";
import { pipe, TaskEither } from "../prelude/fp.js";
import { checkOptions } from "../prelude/options.js";
import { replaceFile, type Sink } from "./atomic-write.js";
import { crc32, crc32Combine } from "./checksum.js";
import { encodeNpyHeader, type NpyHeader, npyDataStart, parseNpyHeader, preambleBytes } from "./npy.js";
import { byteLengthOf, type NumpyLoadOptions, notNumpy, readNpyHeader, tensorOf, unfilledFor } from "./numpy-file.js";
import { pieceBytes } from "./pieces.js";
import { readArrays } from "./read-arrays.js";
import { endedEarly, openFile, readBytes } from "./source.js";
import { writeArrays } from "./write-arrays.js";
import {
  dataOffset,
  encodeDirectory,
  encodeLocalHeader,
  findDirectory,
  localHeaderBytes,
  parseDirectory,
  tailBytes,
  type ZipEntry,
} from "./zip.js";

export interface NpzSaveOptions {
  /** Whether an existing file is replaced. */
  readonly overwrite?: boolean;
  /** Whether the arrays are compressed, as by `numpy.savez_compressed`. */
  readonly compress?: boolean;
}

interface Outgoing {
  readonly name: string;
  readonly header: Uint8Array;
  readonly byteLength: number;
  readonly held: HeldBytes;
}

/**
 * Saves arrays as an `.npz` file, by name; `numpy.load` reads it.
 *
 * @throws CheckpointError CT700 if the file cannot be written, CT701 if it exists and `overwrite` is false
 * @example
 * await io.saveNpz("runs/doc/arrays.npz", { x: np.arange(3), y: np.ones([2, 2]) });
 */
export async function saveNpz(
  path: string,
  arrays: Readonly<Record<string, ArrayLike>>,
  options: NpzSaveOptions = {},
): Promise<void> {
  checkOptions("io.saveNpz", options, ["overwrite", "compress"]);
  const { overwrite = true, compress = false } = options;
  const tensors = Object.entries(arrays).map(([name, x]) => {
    const tensor = asTensor(x, "io.saveNpz").concrete("io.saveNpz") as DeviceTensor;
    return { name: `${name}.npy`, header: encodeNpyHeader(tensor.dtype, tensor.shape), tensor };
  });
  const outgoing: readonly Outgoing[] = tensors.map(({ name, header, tensor }) => ({
    name,
    header,
    byteLength: byteLengthOf(tensor),
    held: tensor.usable("io.saveNpz").hold(),
  }));
  const result = await pipe(
    replaceFile(path, { overwrite }, async (sink) => {
      const entries: ZipEntry[] = [];
      if (!compress) sink.expect(outgoing.reduce((sum, o) => sum + o.header.length + o.byteLength, 0));
      for (const array of outgoing) entries.push(await (compress ? deflateEntry : storeEntry)(sink, array));
      const start = sink.take(0);
      await sink.write(encodeDirectory(entries, start));
    }),
    TaskEither.orElseFirstIOK(() => () => {
      for (const { held } of outgoing) held.release();
    }),
  )();
  if (result._tag === "Left") throw result.left;
}

/** An entry's local header comes first and is written last, with the sum. */
async function storeEntry(sink: Sink, { name, header, byteLength, held }: Outgoing): Promise<ZipEntry> {
  const total = header.length + byteLength;
  const draft: ZipEntry = { name, isDeflated: false, crc: 0, storedBytes: total, byteLength: total, offset: 0 };
  const offset = sink.take(encodeLocalHeader(draft).length);
  await sink.write(header);
  const [crc] = await writeArrays(sink, [{ held, byteLength, position: sink.take(byteLength) }]);
  const entry = { ...draft, offset, crc: crc32Combine(crc32(header), crc, byteLength) };
  await sink.writeAt(encodeLocalHeader(entry), offset);
  return entry;
}

async function deflateEntry(sink: Sink, { name, header, byteLength, held }: Outgoing): Promise<ZipEntry> {
  const total = header.length + byteLength;
  const draft: ZipEntry = { name, isDeflated: true, crc: 0, storedBytes: 0, byteLength: total, offset: 0 };
  const offset = sink.take(encodeLocalHeader(draft).length);
  let crc = crc32(header);
  await held.ready();
  const pieces = function* (): Generator<Uint8Array> {
    yield header;
    for (let start = 0; start < byteLength; start += pieceBytes) {
      const piece = new Uint8Array(Math.min(pieceBytes, byteLength - start));
      held.copyTo(piece, start);
      crc = crc32(piece, crc);
      yield piece;
    }
  };
  let storedBytes = 0;
  await pipeline(pieces, createDeflateRaw({ chunkSize: 1 << 18 }), async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) {
      storedBytes += chunk.length;
      await sink.write(chunk);
    }
  });
  held.release();
  const entry = { ...draft, offset, crc, storedBytes };
  await sink.writeAt(encodeLocalHeader(entry), offset);
  return entry;
}

/**
 * Loads the arrays of an `.npz` file, by name.
 *
 * @throws CheckpointError CT706 if the file cannot be read, CT723 if it is damaged or holds what tensors cannot
 * @example
 * await io.saveNpz("runs/doc/arrays.npz", { x: np.arange(3) });
 * const { x } = await io.loadNpz("runs/doc/arrays.npz");
 * x.js(); // [0, 1, 2]
 */
export async function loadNpz(path: string, options: NumpyLoadOptions = {}): Promise<Record<string, Tensor>> {
  checkOptions("io.loadNpz", options, ["device"]);
  const device = options.device === undefined ? undefined : asDevice(options.device, "io.loadNpz");
  const file = await openFile(path, "io.loadNpz");
  const made: UnfilledBuffer[] = [];
  try {
    const entries = await readEntries(file, path);
    const loaded: [string, Tensor][] = [];
    for (const entry of entries) {
      const array = await readEntry(file, path, entry, device, made);
      loaded.push([entry.name.replace(/\.npy$/, ""), array]);
    }
    return Object.fromEntries(loaded);
  } catch (error) {
    for (const { buffer } of made) buffer.delete();
    throw error;
  } finally {
    await file.close();
  }
}

const orThrow = <A>(where: string, result: Either.Either<string, A>): A => {
  if (result._tag === "Left") throw notNumpy(where, result.left);
  return result.right;
};

async function readEntries(file: FileHandle, path: string): Promise<readonly ZipEntry[]> {
  const where = `io.loadNpz: '${path}'`;
  const ended = (): Error => endedEarly("io.loadNpz", path);
  const { size } = await file.stat();
  const length = Math.min(size, tailBytes);
  const directory = orThrow(where, findDirectory(await readBytes(file, size - length, length, ended), size));
  return orThrow(where, parseDirectory(await readBytes(file, directory.start, directory.byteLength, ended), directory));
}

async function readEntry(
  file: FileHandle,
  path: string,
  entry: ZipEntry,
  device: Device | undefined,
  made: UnfilledBuffer[],
): Promise<Tensor> {
  const where = `io.loadNpz: '${entry.name}' in '${path}'`;
  const ended = (): Error => endedEarly("io.loadNpz", path);
  const start = orThrow(where, dataOffset(await readBytes(file, entry.offset, localHeaderBytes, ended), entry));
  const { size } = await file.stat();
  if (start + entry.storedBytes > size) throw notNumpy(where, "it is not within the file.");
  const { header, target, crc } = await (entry.isDeflated ? inflateEntry : readStored)(
    { file, start, entry, device, where, ended },
    made,
  );
  if (crc !== entry.crc) throw notNumpy(where, "its bytes are not those that were written: the checksum differs.");
  return tensorOf(header, target, device !== undefined);
}

interface EntryToRead {
  readonly file: FileHandle;
  readonly start: number;
  readonly entry: ZipEntry;
  readonly device: Device | undefined;
  readonly where: string;
  readonly ended: () => Error;
}

interface ReadEntry {
  readonly header: NpyHeader;
  readonly target: UnfilledBuffer;
  readonly crc: number;
}

async function readStored(
  { file, start, entry, device, where, ended }: EntryToRead,
  made: UnfilledBuffer[],
): Promise<ReadEntry> {
  const read = (at: number, length: number): Promise<Uint8Array> => readBytes(file, start + at, length, ended);
  const header = await readNpyHeader(read, entry.byteLength, where);
  const array = unfilledFor(header, device, where);
  made.push(array.target);
  const { dataStart, byteLength } = header;
  const incoming = { position: start + dataStart, byteLength, ...array };
  const [crc] = await readArrays(file, [incoming], { summed: true, ended });
  return { header, target: array.target, crc: crc32Combine(crc32(await read(0, dataStart)), crc, byteLength) };
}

async function inflateEntry(
  { file, start, entry, device, where, ended }: EntryToRead,
  made: UnfilledBuffer[],
): Promise<ReadEntry> {
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < entry.storedBytes; at += pieceBytes / 4) {
      yield await readBytes(file, start + at, Math.min(pieceBytes / 4, entry.storedBytes - at), ended);
    }
  };
  const out = new InflatedArray(entry, device, where, made);
  try {
    await pipeline(pieces, createInflateRaw({ chunkSize: 1 << 18 }), async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) out.take(chunk);
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code?.startsWith("Z_") ? notNumpy(where, `its compressed bytes are damaged (${message}).`) : error;
  }
  return out.finish();
}

/** An array whose file comes in chunks: first its header, then elements that are passed on whole. */
class InflatedArray {
  #pending: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  #header: NpyHeader | undefined;
  #array: ReturnType<typeof unfilledFor> | undefined;
  #filled = 0;
  #taken = 0;
  #crc = 0;

  constructor(
    private readonly entry: ZipEntry,
    private readonly device: Device | undefined,
    private readonly where: string,
    private readonly made: UnfilledBuffer[],
  ) {}

  take(chunk: Uint8Array): void {
    this.#crc = crc32(chunk, this.#crc);
    this.#taken += chunk.length;
    if (this.#taken > this.entry.byteLength) throw notNumpy(this.where, "it has more bytes than the directory says.");
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    if (this.#header === undefined && !this.#readHeader()) return;
    this.#pass(this.#pending.length - (this.#pending.length % 16));
  }

  finish(): ReadEntry {
    if (this.#taken !== this.entry.byteLength || this.#header === undefined || this.#array === undefined) {
      throw notNumpy(this.where, `it has ${this.#taken} bytes instead of ${this.entry.byteLength}.`);
    }
    this.#pass(this.#pending.length);
    return { header: this.#header, target: this.#array.target, crc: this.#crc };
  }

  #readHeader(): boolean {
    if (this.#pending.length < Math.min(preambleBytes, this.entry.byteLength)) return false;
    const start = orThrow(this.where, npyDataStart(this.#pending.subarray(0, preambleBytes), this.entry.byteLength));
    if (this.#pending.length < start) return false;
    const header = orThrow(this.where, parseNpyHeader(this.#pending.subarray(0, start), this.entry.byteLength));
    this.#header = header;
    this.#array = unfilledFor(header, this.device, this.where);
    this.made.push(this.#array.target);
    this.#pending = this.#pending.subarray(start);
    return true;
  }

  /** Sixteen bytes at a time hold whole elements of every type. */
  #pass(length: number): void {
    if (length === 0 || this.#array === undefined) return;
    const bytes = this.#pending.slice(0, length);
    this.#array.treat?.(bytes);
    this.#array.target.fill(bytes, this.#filled);
    this.#filled += length;
    this.#pending = this.#pending.subarray(length);
  }
}
