/** The constants of a program in one block of bytes, equal ones once. */
import type { HostArray } from "../hlo/dtype.js";
import { padded } from "./padding.js";

const bytesIn = (data: HostArray): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const sampled = 4096;

/** A name that equal bytes share, and different ones seldom. */
const digest = (bytes: Uint8Array): string => {
  if (bytes.length <= 16) return bytes.join();
  let h = 0x811c9dc5;
  const stride = Math.max(1, Math.floor(bytes.length / sampled));
  for (let k = 0; k < bytes.length; k += stride) h = Math.imul(h ^ bytes[k], 0x01000193);
  return `${bytes.length}#${h}`;
};

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && Buffer.compare(a, b) === 0;

interface Entry {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

export class ConstantPool {
  readonly #known = new Map<string, Entry[]>();
  readonly #entries: Entry[] = [];
  #size = 0;

  /** Where the bytes lie in the block. */
  offsetOf(data: HostArray): number {
    const bytes = bytesIn(data);
    const key = digest(bytes);
    const alike = this.#known.get(key) ?? [];
    this.#known.set(key, alike);
    const found = alike.find((e) => equal(e.bytes, bytes));
    if (found !== undefined) return found.offset;
    const entry = { bytes, offset: this.#size };
    this.#size += padded(bytes.length);
    alike.push(entry);
    this.#entries.push(entry);
    return entry.offset;
  }

  block(): Uint8Array {
    const block = new Uint8Array(this.#size);
    for (const { bytes, offset } of this.#entries) block.set(bytes, offset);
    return block;
  }
}
