import type { HeldBytes } from "../../xla-like/index.js";
import type { Sink } from "./atomic-write.js";
import { crc32 } from "./checksum.js";
import { bytesOfParts, piecesOf, type Span } from "./pieces.js";
import { memoryOf, pieceLender, transferAll } from "./transfer.js";

/** A disk takes its next piece while one is copied and summed. */
const width = 2;

export interface Outgoing extends Span {
  readonly held: HeldBytes;
}

/**
 * Writes arrays, which come in the order of their places; gives their checksums. Each is released as soon as it is written.
 */
export async function writeArrays(sink: Sink, arrays: readonly Outgoing[]): Promise<number[]> {
  const lend = pieceLender();
  try {
    const sums = await transferAll(piecesOf(arrays, "at multiples"), {
      width,
      begin: async ({ parts }) => {
        for (const { array } of parts) await array.held.ready();
      },
      move: async (piece) => {
        const { position, byteLength, parts } = piece;
        const memory = memoryOf(piece, ({ held }) => held.address);
        if (sink.writeMemory !== undefined && memory !== undefined) return sink.writeMemory(memory, position);
        return lend(byteLength, async (bytes) => {
          const sums = bytesOfParts(piece, bytes).map((own, i) => {
            const { array, start } = parts[i];
            array.held.copyTo(own, start);
            return crc32(own);
          });
          await sink.writeAt(bytes, position);
          return sums;
        });
      },
      end: ({ held }) => held.release(),
    });
    return arrays.map((array) => sums.get(array) ?? 0);
  } finally {
    for (const { held } of arrays) held.release();
  }
}
