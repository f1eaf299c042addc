/** Arrays on their way between a file and a device: no more than a few pieces are in memory besides. */
import { crc32Combine } from "./checksum.js";
import { Lanes } from "./lanes.js";
import { inGroups, type Piece, pieceBytes, type Span, smallBytes } from "./pieces.js";

/** What happens to arrays; everything gives checksums. */
export interface Transfer<T extends Span> {
  /** How many pieces or groups are on their way at once. */
  readonly width: number;
  /** Before those of a group set out. */
  readonly begin?: (group: readonly T[]) => Promise<void>;
  /** Small neighbours. */
  readonly together: (group: readonly T[]) => Promise<readonly number[]>;
  readonly cut: (array: T) => readonly Piece[];
  readonly piece: (array: T, piece: Piece) => Promise<number>;
  /** When the last of its pieces has arrived. */
  readonly end?: (array: T) => void;
}

/** Gives the checksums of the arrays. Whether it fails or not, nothing is on its way any more when it is over. */
export async function transferAll<T extends Span>(arrays: readonly T[], transfer: Transfer<T>): Promise<number[]> {
  const lanes = new Lanes(transfer.width);
  const sums = new Map<T, number>();

  const together = async (group: readonly T[]): Promise<void> => {
    const found = await transfer.together(group);
    group.forEach((array, i) => sums.set(array, found[i]));
  };
  const inPieces = async (array: T): Promise<void> => {
    const pieces = transfer.cut(array);
    const found = new Map<Piece, number>();
    for (const piece of pieces) {
      await lanes.start(async () => {
        found.set(piece, await transfer.piece(array, piece));
        if (found.size < pieces.length) return;
        sums.set(array, combined(pieces, found));
        transfer.end?.(array);
      });
    }
  };

  try {
    for (const group of inGroups(arrays)) {
      await transfer.begin?.(group);
      if (group[0].byteLength < smallBytes) await lanes.start(() => together(group));
      else await inPieces(group[0]);
    }
    await lanes.finish();
  } finally {
    // The memory must not go while the system uses it.
    await lanes.settle();
  }
  return arrays.map((array) => sums.get(array) as number);
}

/** The checksum of an array from those of its pieces, which come in any order. */
const combined = (pieces: readonly Piece[], sums: ReadonlyMap<Piece, number>): number =>
  pieces.reduce((sum, piece) => crc32Combine(sum, sums.get(piece) as number, piece.length), 0);

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
