/** What a checkpoint holds, known from its headers alone: one file, or a set that an index names. */
import { type FileHandle, open, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { DType } from "../core/dtype.js";
import { CheckpointError } from "../prelude/errors.js";
import { checksumsOf, isHeaderWhole } from "./checksums.js";
import { isIndexPath, maxIndexBytes, parseIndex, type ShardIndex } from "./index-file.js";
import { dtypeOf, type Header, headerLength, parseHeader, type TensorEntry } from "./safetensors.js";
import { type Described, describeRecord, type Plain } from "./tree-record.js";

/** A tensor in a file, not yet read. */
export interface StoredTensor {
  readonly kind: "tensor";
  readonly name: string;
  /** Undefined for an element type that tensors do not have. */
  readonly dtype: DType | undefined;
  /** The format's name of the element type. */
  readonly format: string;
  readonly shape: readonly number[];
  readonly byteLength: number;
  readonly shard: Shard;
  readonly position: number;
  /** Undefined if the file has none. */
  readonly checksum: number | undefined;
}

/** A leaf that is not a tensor: it is in the header. */
export interface StoredPlain {
  readonly kind: "plain";
  readonly name: string;
  readonly value: Plain;
}

export type StoredLeaf = StoredTensor | StoredPlain;

export interface Shard {
  readonly path: string;
  readonly file: FileHandle;
}

export interface Source {
  readonly path: string;
  readonly shards: readonly Shard[];
  /** By name, in the order of their bytes. */
  readonly leaves: ReadonlyMap<string, StoredLeaf>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly treedef: Described["treedef"];
}

/** Opens a checkpoint and reads its headers. */
export async function openSource(path: string, action: string): Promise<Source> {
  const opened: FileHandle[] = [];
  const openShard = async (at: string): Promise<OpenShard> => {
    const file = await openFile(at, action);
    opened.push(file);
    const { header, checksums } = await readHeader(file, at, action);
    return { path: at, file, header, checksums };
  };
  try {
    if (!isIndexPath(path)) {
      const shard = await openShard(path);
      return assemble(path, action, [shard], shard.header.metadata, undefined);
    }
    const index = await readIndex(path, action);
    const shards: OpenShard[] = [];
    for (const name of index.files) shards.push(await openShard(join(dirname(path), name)));
    return assemble(path, action, shards, index.metadata, index);
  } catch (error) {
    for (const file of opened) await file.close();
    throw error;
  }
}

export async function closeSource({ shards }: Source): Promise<void> {
  for (const { file } of shards) await file.close();
}

interface OpenShard extends Shard {
  readonly header: Header;
  readonly checksums: ReadonlyMap<string, number>;
}

/** The leaves of all shards; of a set, those that the index says are there. */
function assemble(
  path: string,
  action: string,
  shards: readonly OpenShard[],
  metadata: ReadonlyMap<string, string>,
  index: ShardIndex | undefined,
): Source {
  const where = `${action}: '${path}'`;
  const described = describeRecord(metadata, where);
  const leaves = new Map<string, StoredLeaf>();
  for (const shard of shards) {
    for (const entry of shard.header.entries) {
      if (index !== undefined && index.fileOf.get(entry.name) !== basename(shard.path)) continue;
      leaves.set(entry.name, storedTensor(entry, shard, described.complex128.has(entry.name), where));
    }
  }
  const lost = index === undefined ? [] : [...index.fileOf.keys()].filter((name) => !leaves.has(name));
  if (lost.length > 0) {
    const list = lost.map((name) => `'${name}' in '${index?.fileOf.get(name)}'`).join(", ");
    throw new CheckpointError("CT702", `${where} names tensors that its files do not have: ${list}.`);
  }
  for (const [name, value] of described.plain) {
    if (leaves.has(name)) {
      throw new CheckpointError("CT702", `${where} is damaged: '${name}' is a tensor and a leaf of the metadata.`);
    }
    leaves.set(name, { kind: "plain", name, value });
  }
  return { path, shards, leaves, metadata, treedef: described.treedef };
}

function storedTensor(entry: TensorEntry, shard: OpenShard, isComplex128: boolean, where: string): StoredTensor {
  const { name, dtype: format, shape, start, end } = entry;
  if (isComplex128 && (format !== "F64" || shape[shape.length - 1] !== 2)) {
    throw new CheckpointError(
      "CT702",
      `${where} is damaged: '${name}' is listed as complex128, but it is ${format}[${shape}] and not pairs of F64.`,
    );
  }
  return {
    kind: "tensor",
    name,
    dtype: isComplex128 ? "complex128" : dtypeOf(format),
    format,
    shape: isComplex128 ? shape.slice(0, -1) : shape,
    byteLength: end - start,
    shard,
    position: shard.header.dataStart + start,
    checksum: shard.checksums.get(name),
  };
}

/** Opens a file for reading. Pipes, which would be waited for, and directories are none. */
export async function openFile(path: string, action: string): Promise<FileHandle> {
  const unreadable = (why: string, cause?: unknown): CheckpointError =>
    new CheckpointError("CT706", `${action}: '${path}' cannot be read: ${why}.`, { cause });
  try {
    if (!(await stat(path)).isFile()) throw unreadable("it is not a file");
    return await open(path, "r");
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw unreadable((error as Error).message, error);
  }
}

export const endedEarly = (action: string, path: string): CheckpointError =>
  new CheckpointError("CT702", `${action}: '${path}' ended early: it was cut short while being read.`);

export async function readBytes(
  file: FileHandle,
  position: number,
  length: number,
  ended: () => Error,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw ended();
    at += bytesRead;
  }
  return bytes;
}

async function readHeader(
  file: FileHandle,
  path: string,
  action: string,
): Promise<{ header: Header; checksums: ReadonlyMap<string, number> }> {
  const where = `${action}: '${path}'`;
  const ended = (): Error => endedEarly(action, path);
  const { size } = await file.stat();
  const length = headerLength(await readBytes(file, 0, Math.min(8, size), ended), size);
  if (length._tag === "Left") throw inFile(where, length.left);
  const bytes = await readBytes(file, 0, 8 + length.right, ended);
  const header = parseHeader(bytes.subarray(8), size);
  if (header._tag === "Left") throw inFile(where, header.left);
  if (!isHeaderWhole(bytes)) {
    throw new CheckpointError("CT720", `${where} has a header that is not the one written: its checksum differs.`);
  }
  return { header: header.right, checksums: checksumsOf(header.right.metadata, where) };
}

const inFile = (where: string, error: CheckpointError): CheckpointError =>
  new CheckpointError("CT702", `${where} is ${error.message.replace(/ {2}\[CT\d+\]$/, "")}`, { cause: error });

async function readIndex(path: string, action: string): Promise<ShardIndex> {
  const file = await openFile(path, action);
  try {
    const { size } = await file.stat();
    const where = `${action}: '${path}'`;
    if (size > maxIndexBytes) {
      throw new CheckpointError("CT702", `${where} is not an index: it has ${size} bytes.`);
    }
    return parseIndex(await readBytes(file, 0, size, () => endedEarly(action, path)), where);
  } finally {
    await file.close();
  }
}
