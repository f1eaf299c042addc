/** Arrays between a file and a device, a piece at a time: no more than a few pieces are in memory besides. */
import type { FileHandle } from "node:fs/promises";
import { type HeldBytes, nativeFiles, type UnfilledBuffer } from "../../xla-like/index.js";
import type { Sink } from "./atomic-write.js";
import { crc32, crc32Combine } from "./checksum.js";
import { Lanes } from "./lanes.js";

/** Small enough that copying and summing one takes the event loop a few milliseconds. */
export const pieceBytes = 4 << 20;
/** A disk takes its next piece while one is copied and summed. */
const writesInFlight = 2;
const readsInFlight = 4;

/** Part of an array. */
interface Piece {
  readonly start: number;
  readonly length: number;
}

/** Cuts an array into pieces, whose elements stay whole unless the first piece is shorter than the others. */
export function piecesOf(byteLength: number, first = pieceBytes): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < byteLength; ) {
    const length = Math.min(start === 0 ? first : pieceBytes, byteLength - start);
    pieces.push({ start, length });
    start += length;
  }
  return pieces;
}

/** The first piece that is written: those after it begin where pages of the file do, as a disk wants it. */
export const untilPage = (position: number): number => pieceBytes - (position % pieceBytes);

/** The checksum of an array from those of its pieces, which come in any order. */
function combined(pieces: readonly Piece[], sums: ReadonlyMap<Piece, number>): number {
  return pieces.reduce((sum, piece) => crc32Combine(sum, sums.get(piece) as number, piece.length), 0);
}

/** Bytes of a file on their way from or to a device. */
interface Span {
  /** In the file. */
  readonly position: number;
  readonly byteLength: number;
}

export interface Outgoing extends Span {
  readonly held: HeldBytes;
}

/** What is smaller travels with its neighbours. */
const smallBytes = 64 << 10;

/** Cuts spans into groups of small neighbours that fit into one piece, and large ones. */
export function* inGroups<T extends Span>(spans: readonly T[]): Generator<readonly T[]> {
  let group: T[] = [];
  let end = 0;
  for (const span of spans) {
    const first = group[0];
    const fits =
      first !== undefined &&
      Math.max(first.byteLength, span.byteLength) < smallBytes &&
      span.position === end &&
      span.position + span.byteLength - first.position <= pieceBytes;
    if (first !== undefined && !fits) {
      yield group;
      group = [];
    }
    group.push(span);
    end = span.position + span.byteLength;
  }
  if (group.length > 0) yield group;
}

const endOf = (group: readonly Span[]): number => {
  const last = group[group.length - 1];
  return last.position + last.byteLength;
};

/** Writes arrays to their places; gives their checksums. Each is released as soon as it is written. */
export async function writeArrays(sink: Sink, arrays: readonly Outgoing[]): Promise<number[]> {
  const lanes = new Lanes(writesInFlight);
  const spare: Uint8Array[] = [];
  const sums = new Map<Outgoing, () => number>();

  const together = async (group: readonly Outgoing[]): Promise<void> => {
    const start = group[0].position;
    const all = new Uint8Array(endOf(group) - start);
    for (const array of group) {
      const bytes = all.subarray(array.position - start, array.position - start + array.byteLength);
      array.held.copyTo(bytes, 0);
      const crc = crc32(bytes);
      sums.set(array, () => crc);
      array.held.release();
    }
    if (all.length > 0) await sink.writeAt(all, start);
  };

  const write = async ({ held, position }: Outgoing, { start, length }: Piece): Promise<number> => {
    if (sink.writeMemory !== undefined && held.address !== undefined) {
      return sink.writeMemory(held.address + start, length, position + start);
    }
    const bounce = spare.pop() ?? new Uint8Array(pieceBytes);
    const bytes = bounce.subarray(0, length);
    held.copyTo(bytes, start);
    const crc = crc32(bytes);
    await sink.writeAt(bytes, position + start);
    spare.push(bounce);
    return crc;
  };

  try {
    for (const group of inGroups(arrays)) {
      for (const { held } of group) await held.ready();
      const [array] = group;
      if (array.byteLength < smallBytes) {
        await lanes.start(() => together(group));
        continue;
      }
      const pieces = piecesOf(array.byteLength, untilPage(array.position));
      const written = new Map<Piece, number>();
      sums.set(array, () => combined(pieces, written));
      for (const piece of pieces) {
        await lanes.start(async () => {
          written.set(piece, await write(array, piece));
          if (written.size === pieces.length) array.held.release();
        });
      }
    }
    await lanes.finish();
  } finally {
    // The memory must not go while the system reads it.
    await lanes.settle();
    for (const { held } of arrays) held.release();
  }
  return arrays.map((array) => (sums.get(array) as () => number)());
}

export interface Incoming extends Span {
  readonly file: FileHandle;
  readonly target: UnfilledBuffer;
  /** What happens to the bytes on the way, a piece at a time; throws if they may not be as they are. */
  readonly treat?: ((bytes: Uint8Array) => void) | undefined;
}

/**
 * Reads arrays from their places; gives their checksums, or zeros where `summed` is false.
 *
 * @param ended makes the error for a file that has fewer bytes than it had
 */
export async function readArrays(
  arrays: readonly Incoming[],
  summed: boolean,
  advance: (bytes: number) => void,
  ended: (array: Incoming) => Error,
): Promise<number[]> {
  const native = nativeFiles();
  const lanes = new Lanes(readsInFlight);
  const spare: Uint8Array[] = [];
  const sums = new Map<Incoming, () => number>();

  const fetch = async (array: Incoming, bytes: Uint8Array, position: number): Promise<void> => {
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await array.file.read(bytes, at, bytes.length - at, position + at);
      if (bytesRead === 0) throw ended(array);
      at += bytesRead;
    }
    advance(bytes.length);
  };

  const together = async (group: readonly Incoming[]): Promise<void> => {
    const start = group[0].position;
    const all = new Uint8Array(endOf(group) - start);
    await fetch(group[group.length - 1], all, start);
    for (const array of group) {
      const bytes = all.subarray(array.position - start, array.position - start + array.byteLength);
      const crc = summed ? crc32(bytes) : 0;
      array.treat?.(bytes);
      sums.set(array, () => crc);
      array.target.fill(bytes, 0);
    }
  };

  const read = async (array: Incoming, { start, length }: Piece): Promise<number> => {
    const { target, position, file, treat } = array;
    if (native !== undefined && target.address !== undefined && treat === undefined) {
      const result = await native.readFile(file.fd, position + start, target.address + start, length, summed);
      if (result < 0) throw ended(array);
      advance(length);
      return result;
    }
    const bounce = spare.pop() ?? new Uint8Array(pieceBytes);
    const bytes = bounce.subarray(0, length);
    await fetch(array, bytes, position + start);
    const crc = summed ? crc32(bytes) : 0;
    treat?.(bytes);
    target.fill(bytes, start);
    spare.push(bounce);
    return crc;
  };

  try {
    for (const group of inGroups(arrays)) {
      const [array] = group;
      if (array.byteLength < smallBytes) {
        await lanes.start(() => together(group));
        continue;
      }
      const pieces = piecesOf(array.byteLength);
      const found = new Map<Piece, number>();
      sums.set(array, () => combined(pieces, found));
      for (const piece of pieces) {
        await lanes.start(async () => {
          found.set(piece, await read(array, piece));
        });
      }
    }
    await lanes.finish();
  } finally {
    await lanes.settle();
  }
  return arrays.map((array) => (sums.get(array) as () => number)());
}
