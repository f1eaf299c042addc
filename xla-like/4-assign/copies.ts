/** Copies that happen at one moment: each reads what was there before any of them wrote. */
import type { Buffer } from "./buffer.js";

export interface BufferCopy {
  readonly from: Buffer;
  readonly to: Buffer;
}

/**
 * The same copies in an order in which they may be made one after the other; `spare` gives memory for a value that has
 * to step aside. No two copies write to the same buffer.
 */
export const sequential = (together: readonly BufferCopy[], spare: (like: Buffer) => Buffer): readonly BufferCopy[] => {
  const pending = new Map<Buffer, Buffer>();
  const readers = new Map<Buffer, number>();
  const count = (b: Buffer, by: number): number => {
    const n = (readers.get(b) ?? 0) + by;
    readers.set(b, n);
    return n;
  };
  for (const { from, to } of together)
    if (from !== to) {
      pending.set(to, from);
      count(from, 1);
    }
  const made: BufferCopy[] = [];
  const free = [...pending.keys()].filter((to) => (readers.get(to) ?? 0) === 0);
  const make = (to: Buffer): void => {
    const from = pending.get(to);
    if (from === undefined) return;
    pending.delete(to);
    made.push({ from, to });
    if (count(from, -1) === 0 && pending.has(from)) free.push(from);
  };
  for (;;) {
    for (let to = free.pop(); to !== undefined; to = free.pop()) make(to);
    const [blocked] = pending.keys();
    if (blocked === undefined) return made;
    // Only cycles are left: what lies here goes aside, and those that wanted it read it there.
    const aside = spare(blocked);
    made.push({ from: blocked, to: aside });
    for (const [to, from] of pending) if (from === blocked) pending.set(to, aside);
    readers.set(aside, readers.get(blocked) ?? 0);
    readers.set(blocked, 0);
    free.push(blocked);
  }
};
