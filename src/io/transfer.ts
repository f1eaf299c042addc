/** Arrays on their way between a file and a device: no more than a few pieces are in memory besides. */
import type { MemoryPart } from "../../xla-like/index.js";
import { crc32Combine } from "./checksum.js";
import { Lanes } from "./lanes.js";
import { type Piece, pieceBytes, type Span } from "./pieces.js";

/** What happens to pieces. */
export interface Transfer<T extends Span> {
  /** How many are on their way at once. */
  readonly width: number;
  /** Before a piece sets out. */
  readonly begin?: (piece: Piece<T>) => Promise<void>;
  /** Gives the checksums of its parts. */
  readonly move: (piece: Piece<T>) => Promise<readonly number[]>;
  /** When the last of an array has arrived. */
  readonly end?: (array: T) => void;
}

/**
 * Gives the checksums of the arrays that have pieces. Whether it fails or not, nothing is on its way any more when it is
 * over.
 */
export async function transferAll<T extends Span>(
  pieces: Iterable<Piece<T>>,
  { width, begin, move, end }: Transfer<T>,
): Promise<Map<T, number>> {
  const lanes = new Lanes(width);
  const moved: { readonly piece: Piece<T>; sums: readonly number[] }[] = [];
  /** How much of each array has arrived, in any order. */
  const arrived = new Map<T, number>();
  try {
    for (const piece of pieces) {
      await begin?.(piece);
      const entry = { piece, sums: [] as readonly number[] };
      moved.push(entry);
      await lanes.start(async () => {
        entry.sums = await move(piece);
        for (const { array, byteLength } of piece.parts) {
          const bytes = (arrived.get(array) ?? 0) + byteLength;
          arrived.set(array, bytes);
          if (bytes === array.byteLength) end?.(array);
        }
      });
    }
    await lanes.finish();
  } finally {
    // The memory must not go while the system uses it.
    await lanes.settle();
  }

  const sums = new Map<T, number>();
  for (const { piece, sums: found } of moved) {
    piece.parts.forEach(({ array, start, byteLength }, i) => {
      sums.set(array, start === 0 ? found[i] : crc32Combine(sums.get(array) as number, found[i], byteLength));
    });
  }
  return sums;
}

/** Where a piece is in memory of this process; undefined if some of it is elsewhere. */
export function memoryOf<T extends Span>(
  { parts }: Piece<T>,
  addressOf: (array: T) => number | undefined,
): readonly MemoryPart[] | undefined {
  const memory: MemoryPart[] = [];
  for (const { array, start, byteLength } of parts) {
    const address = addressOf(array);
    if (address === undefined) return undefined;
    memory.push({ memory: address + start, byteLength });
  }
  return memory;
}

/** Lends memory for a piece at a time, the same again and again. */
export function pieceLender(): <R>(length: number, use: (bytes: Uint8Array) => Promise<R>) => Promise<R> {
  const spare: Uint8Array[] = [];
  return async (length, use) => {
    const memory = spare.pop() ?? new Uint8Array(pieceBytes);
    const result = await use(memory.subarray(0, length));
    spare.push(memory);
    return result;
  };
}
