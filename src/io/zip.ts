/**
 * Zip archives as far as NumPy's need: stored and deflated entries, and 64-bit sizes.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { Either } from "../prelude/fp.js";

export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly crc: number;
  /** In the archive. */
  readonly storedBytes: number;
  readonly byteLength: number;
  /** Of the local header, which the bytes follow. */
  readonly offset: number;
}

const local = 0x04034b50;
const central = 0x02014b50;
const end = 0x06054b50;
const end64 = 0x06064b50;
const locator64 = 0x07064b50;
const in64 = 0xffffffff;
const utf8 = 1 << 11;
const encrypted = 1;
/** Midnight on 1980-01-01: files depend on what is in them alone. */
const date = 0x21;
export const localHeaderBytes = 30;
/** What comes after the central directory at most: its end, with a comment, and the 64-bit forms. */
export const tailBytes = 22 + 0xffff + 20 + 56;
/** More than Deflate can shrink anything. */
const bestRatio = 1032;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What stands before an entry's bytes. Its length depends on the name alone. */
export function encodeLocalHeader(entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(entry.name);
  const out = new Uint8Array(localHeaderBytes + name.length + 20);
  const view = viewOf(out);
  view.setUint32(0, local, true);
  common(view, 4, entry, name.length);
  view.setUint16(28, 20, true);
  out.set(name, localHeaderBytes);
  extra64(view, localHeaderBytes + name.length, [entry.byteLength, entry.storedBytes]);
  return out;
}

/** Version, flags, method, time, sum and sizes, which both headers have; sizes are in the extra field. */
function common(view: DataView, at: number, { isDeflated, crc }: ZipEntry, nameBytes: number): void {
  view.setUint16(at, 45, true);
  view.setUint16(at + 2, utf8, true);
  view.setUint16(at + 4, isDeflated ? 8 : 0, true);
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, in64, true);
  view.setUint32(at + 18, in64, true);
  view.setUint16(at + 22, nameBytes, true);
}

function extra64(view: DataView, at: number, sizes: readonly number[]): void {
  view.setUint16(at, 1, true);
  view.setUint16(at + 2, 8 * sizes.length, true);
  sizes.forEach((size, i) => view.setBigUint64(at + 4 + 8 * i, BigInt(size), true));
}

/** What stands at the end of an archive whose central directory begins at `start`. */
export function encodeDirectory(entries: readonly ZipEntry[], start: number): Uint8Array<ArrayBuffer> {
  const records = entries.map((entry) => {
    const name = new TextEncoder().encode(entry.name);
    const out = new Uint8Array(46 + name.length + 28);
    const view = viewOf(out);
    view.setUint32(0, central, true);
    view.setUint16(4, 45, true);
    common(view, 6, entry, name.length);
    view.setUint16(30, 28, true);
    view.setUint32(42, in64, true);
    out.set(name, 46);
    extra64(view, 46 + name.length, [entry.byteLength, entry.storedBytes, entry.offset]);
    return out;
  });
  const bytes = records.reduce((sum, r) => sum + r.length, 0);
  const tail = new Uint8Array(56 + 20 + 22);
  const view = viewOf(tail);
  view.setUint32(0, end64, true);
  view.setBigUint64(4, 44n, true);
  view.setUint16(12, 45, true);
  view.setUint16(14, 45, true);
  view.setBigUint64(24, BigInt(entries.length), true);
  view.setBigUint64(32, BigInt(entries.length), true);
  view.setBigUint64(40, BigInt(bytes), true);
  view.setBigUint64(48, BigInt(start), true);
  view.setUint32(56, locator64, true);
  view.setBigUint64(64, BigInt(start + bytes), true);
  view.setUint32(72, 1, true);
  view.setUint32(76, end, true);
  view.setUint16(84, Math.min(entries.length, 0xffff), true);
  view.setUint16(86, Math.min(entries.length, 0xffff), true);
  view.setUint32(88, Math.min(bytes, in64), true);
  view.setUint32(92, Math.min(start, in64), true);
  return Buffer.concat([...records, tail]) as Uint8Array<ArrayBuffer>;
}

const invalid = (message: string): Either.Either<string, never> => Either.left(message);

export interface Directory {
  readonly start: number;
  readonly byteLength: number;
  readonly count: number;
}

/** Where the central directory is, from the last bytes of an archive. */
export function findDirectory(tail: Uint8Array, fileSize: number): Either.Either<string, Directory> {
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== end || at + 22 + view.getUint16(at + 20, true) !== tail.length) continue;
    let count = view.getUint16(at + 10, true);
    let byteLength = view.getUint32(at + 12, true);
    let start = view.getUint32(at + 16, true);
    const before = fileSize - tail.length;
    if (count === 0xffff || byteLength === in64 || start === in64) {
      if (at < 20 || view.getUint32(at - 20, true) !== locator64) return invalid("its 64-bit directory is not there.");
      const at64 = Number(view.getBigUint64(at - 12, true)) - before;
      if (at64 < 0 || at64 + 56 > tail.length || view.getUint32(at64, true) !== end64) {
        return invalid("its 64-bit directory is not where it says.");
      }
      count = Number(view.getBigUint64(at64 + 32, true));
      byteLength = Number(view.getBigUint64(at64 + 40, true));
      start = Number(view.getBigUint64(at64 + 48, true));
    }
    if (start + byteLength > fileSize) return invalid("its directory is not within the file.");
    return Either.right({ start, byteLength, count });
  }
  return invalid("it has no directory. It is no zip archive, or it was cut short.");
}

/** The entries, none of which overlap. */
export function parseDirectory(
  bytes: Uint8Array,
  { start, count }: Directory,
): Either.Either<string, readonly ZipEntry[]> {
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== central) {
      return invalid(`its directory ends after ${i} of ${count} entries.`);
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((k) => view.getUint16(at + k, true));
    const next = at + 46 + nameBytes + extraBytes + commentBytes;
    if (next > bytes.length) return invalid(`its directory ends within entry ${i}.`);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    const method = view.getUint16(at + 10, true);
    const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    const extra = new DataView(bytes.buffer, bytes.byteOffset + at + 46 + nameBytes, extraBytes);
    if (!widen(sizes, extra)) return invalid(`the 64-bit sizes of '${name}' are not there.`);
    const [byteLength, storedBytes, offset] = sizes;
    if (view.getUint16(at + 8, true) & encrypted) return invalid(`'${name}' is encrypted.`);
    if (method !== 0 && method !== 8)
      return invalid(`'${name}' is compressed by method ${method}, which is not known.`);
    if (method === 0 ? byteLength !== storedBytes : byteLength > bestRatio * storedBytes) {
      return invalid(`'${name}' cannot have ${byteLength} bytes in ${storedBytes}.`);
    }
    if (names.has(name)) return invalid(`it has two entries '${name}'.`);
    names.add(name);
    entries.push({
      name,
      isDeflated: method === 8,
      crc: view.getUint32(at + 16, true),
      storedBytes,
      byteLength,
      offset,
    });
    at = next;
  }
  let last = 0;
  for (const { name, offset, storedBytes } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < last || offset + localHeaderBytes + storedBytes > start) {
      return invalid(`'${name}' is not where it says, or overlaps with others.`);
    }
    last = offset + localHeaderBytes + storedBytes;
  }
  return Either.right(entries);
}

/** Takes sizes that do not fit 32 bits from the extra field, in their order. */
function widen(sizes: number[], extra: DataView): boolean {
  if (!sizes.includes(in64)) return true;
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const length = extra.getUint16(at + 2, true);
    if (extra.getUint16(at, true) === 1 && at + 4 + length <= extra.byteLength) {
      let from = at + 4;
      for (let i = 0; i < sizes.length; i++) {
        if (sizes[i] !== in64) continue;
        if (from + 8 > at + 4 + length) return false;
        sizes[i] = Number(extra.getBigUint64(from, true));
        from += 8;
      }
      return sizes.every((size) => Number.isSafeInteger(size));
    }
    at += 4 + length;
  }
  return false;
}

/** Where an entry's bytes begin, from its local header. */
export function dataOffset(header: Uint8Array, { name, offset }: ZipEntry): Either.Either<string, number> {
  const view = viewOf(header);
  if (view.getUint32(0, true) !== local) return invalid(`'${name}' does not begin where the directory says.`);
  return Either.right(offset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true));
}
