import type { HeldBytes } from "../../xla-like/index.js";
import type { Sink } from "./atomic-write.js";
import { crc32 } from "./checksum.js";
import { extentOf, partOf, piecesOf, type Span, untilPage } from "./pieces.js";
import { pieceLender, transferAll } from "./transfer.js";

/** A disk takes its next piece while one is copied and summed. */
const width = 2;

export interface Outgoing extends Span {
  readonly held: HeldBytes;
}

/** Writes arrays to their places; gives their checksums. Each is released as soon as it is written. */
export async function writeArrays(sink: Sink, arrays: readonly Outgoing[]): Promise<number[]> {
  const lend = pieceLender();
  try {
    return await transferAll(arrays, {
      width,
      begin: async (group) => {
        for (const { held } of group) await held.ready();
      },
      together: async (group) => {
        const extent = extentOf(group);
        const all = new Uint8Array(extent.byteLength);
        const sums = group.map((array) => {
          const bytes = partOf(all, extent, array);
          array.held.copyTo(bytes, 0);
          array.held.release();
          return crc32(bytes);
        });
        if (all.length > 0) await sink.writeAt(all, extent.position);
        return sums;
      },
      cut: ({ byteLength, position }) => piecesOf(byteLength, untilPage(position)),
      piece: async ({ held, position }, { start, length }) => {
        if (sink.writeMemory !== undefined && held.address !== undefined) {
          return sink.writeMemory(held.address + start, length, position + start);
        }
        return lend(length, async (bytes) => {
          held.copyTo(bytes, start);
          const crc = crc32(bytes);
          await sink.writeAt(bytes, position + start);
          return crc;
        });
      },
      end: ({ held }) => held.release(),
    });
  } finally {
    for (const { held } of arrays) held.release();
  }
}
