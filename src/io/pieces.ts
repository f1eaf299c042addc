/** How arrays in a file are cut into pieces, and put together into groups, of bounded size. */

/** Small enough that copying and summing one takes the event loop a few milliseconds. */
export const pieceBytes = 4 << 20;

/** Part of an array. */
export interface Piece {
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

/** Bytes of a file on their way from or to a device. */
export interface Span {
  /** In the file. */
  readonly position: number;
  readonly byteLength: number;
}

/** What is smaller travels with its neighbours. */
export const smallBytes = 64 << 10;

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

/** How much of the file a group takes. */
export function extentOf(group: readonly Span[]): Span {
  const [{ position }, last] = [group[0], group[group.length - 1]];
  return { position, byteLength: last.position + last.byteLength - position };
}

/** A span's own bytes among those of its group. */
export const partOf = (all: Uint8Array, { position }: Span, span: Span): Uint8Array =>
  all.subarray(span.position - position, span.position - position + span.byteLength);
