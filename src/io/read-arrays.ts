import type { FileHandle } from "node:fs/promises";
import { nativeFiles, type UnfilledBuffer } from "../../xla-like/index.js";
import { crc32 } from "./checksum.js";
import { extentOf, partOf, piecesOf, type Span } from "./pieces.js";
import { pieceLender, transferAll } from "./transfer.js";

const width = 4;

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
export function readArrays(
  arrays: readonly Incoming[],
  summed: boolean,
  advance: (bytes: number) => void,
  ended: (array: Incoming) => Error,
): Promise<number[]> {
  const native = nativeFiles();
  const lend = pieceLender();

  const fetch = async (array: Incoming, bytes: Uint8Array, position: number): Promise<void> => {
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await array.file.read(bytes, at, bytes.length - at, position + at);
      if (bytesRead === 0) throw ended(array);
      at += bytesRead;
    }
    advance(bytes.length);
  };
  const fill = ({ target, treat }: Incoming, bytes: Uint8Array, start: number): number => {
    const crc = summed ? crc32(bytes) : 0;
    treat?.(bytes);
    target.fill(bytes, start);
    return crc;
  };

  return transferAll(arrays, {
    width,
    together: async (group) => {
      const extent = extentOf(group);
      const all = new Uint8Array(extent.byteLength);
      await fetch(group[group.length - 1], all, extent.position);
      return group.map((array) => fill(array, partOf(all, extent, array), 0));
    },
    cut: ({ byteLength }) => piecesOf(byteLength),
    piece: async (array, { start, length }) => {
      const { target, position, file, treat } = array;
      if (native !== undefined && target.address !== undefined && treat === undefined) {
        const result = await native.readFile(file.fd, position + start, target.address + start, length, summed);
        if (result < 0) throw ended(array);
        advance(length);
        return result;
      }
      return lend(length, async (bytes) => {
        await fetch(array, bytes, position + start);
        return fill(array, bytes, start);
      });
    },
  });
}
