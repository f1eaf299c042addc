import type { FileHandle } from "node:fs/promises";
import { nativeFiles, type UnfilledBuffer } from "../../xla-like/index.js";
import { crc32 } from "./checksum.js";
import { bytesOfParts, type Part, piecesOf, type Span } from "./pieces.js";
import { memoryOf, pieceLender, transferAll } from "./transfer.js";

const width = 4;

export interface Incoming extends Span {
  readonly target: UnfilledBuffer;
  /** What happens to the bytes on the way, a piece at a time; throws if they may not be as they are. */
  readonly treat?: ((bytes: Uint8Array) => void) | undefined;
}

export interface Reading {
  /** Whether checksums are wanted: they are zeros otherwise. */
  readonly summed: boolean;
  /** Is told how many bytes have come in. */
  readonly advance?: (bytes: number) => void;
  /** Makes the error for a file that has fewer bytes than it had. */
  readonly ended: () => Error;
}

/** Reads arrays of a file, which come in the order of their positions; gives their checksums. */
export async function readArrays(
  file: FileHandle,
  arrays: readonly Incoming[],
  { summed, advance, ended }: Reading,
): Promise<number[]> {
  const native = nativeFiles();
  const lend = pieceLender();

  const fetch = async (bytes: Uint8Array, position: number): Promise<void> => {
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, position + at);
      if (bytesRead === 0) throw ended();
      at += bytesRead;
    }
  };
  const fill = ({ array: { target, treat }, start }: Part<Incoming>, bytes: Uint8Array): number => {
    const crc = summed ? crc32(bytes) : 0;
    treat?.(bytes);
    target.fill(bytes, start);
    return crc;
  };

  const sums = await transferAll(piecesOf(arrays, "after the start"), {
    width,
    move: async (piece) => {
      const { position, byteLength, parts } = piece;
      const memory = memoryOf(piece, ({ target, treat }) => (treat === undefined ? target.address : undefined));
      if (native !== undefined && memory !== undefined) {
        const sums = await native.readFile(file.fd, position, memory, summed);
        if (sums.length < parts.length) throw ended();
        advance?.(byteLength);
        return sums;
      }
      return lend(byteLength, async (bytes) => {
        await fetch(bytes, position);
        advance?.(byteLength);
        return bytesOfParts(piece, bytes).map((own, i) => fill(parts[i], own));
      });
    },
  });
  return arrays.map((array) => sums.get(array) ?? 0);
}
