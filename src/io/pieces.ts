/** How arrays in a file are cut into pieces of bounded size: each has one array's part, or several neighbours. */

/** Small enough that copying and summing one takes the event loop a few milliseconds. */
export const pieceBytes = 4 << 20;

/** Bytes of a file on their way from or to a device. */
export interface Span {
  /** In the file. */
  readonly position: number;
  readonly byteLength: number;
}

/** Some of an array's bytes, from its byte `start` on. */
export interface Part<T extends Span> {
  readonly array: T;
  readonly start: number;
  readonly byteLength: number;
}

/** Parts that follow each other in the file without a gap. */
export interface Piece<T extends Span> extends Span {
  readonly parts: readonly Part<T>[];
}

/**
 * Cuts arrays, which come in the order of their positions.
 *
 * @param where a piece ends: at a multiple of its size, as a disk wants it, or so many bytes after arrays began to follow each
 *   other, which leaves a lone array's elements whole
 */
export function* piecesOf<T extends Span>(
  arrays: readonly T[],
  where: "at multiples" | "after the start",
): Generator<Piece<T>> {
  let parts: Part<T>[] = [];
  let position = 0;
  let end = 0;
  /** The place in the file that ends are counted from. */
  let origin = 0;
  const piece = (): Piece<T> => ({ position, byteLength: end - position, parts });
  const begin = (at: number): void => {
    parts = [];
    position = at;
    end = at;
  };

  for (const array of arrays) {
    if (array.position !== end && array.byteLength > 0) {
      if (parts.length > 0) yield piece();
      begin(array.position);
      if (where === "after the start") origin = position;
    }
    for (let start = 0; start < array.byteLength; ) {
      const room = pieceBytes - ((end - origin) % pieceBytes);
      const byteLength = Math.min(room, array.byteLength - start);
      parts.push({ array, start, byteLength });
      start += byteLength;
      end += byteLength;
      if (byteLength < room) continue;
      yield piece();
      begin(end);
    }
  }
  if (parts.length > 0) yield piece();
}

/** The bytes of each part among those of its piece. */
export function bytesOfParts<T extends Span>({ parts }: Piece<T>, bytes: Uint8Array): readonly Uint8Array[] {
  let at = 0;
  return parts.map(({ byteLength }) => {
    const own = bytes.subarray(at, at + byteLength);
    at += byteLength;
    return own;
  });
}
