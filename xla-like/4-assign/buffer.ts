/** Buffers: memory that several values have in turn. */
import type { Segment, Time, Value } from "./value.js";

/** Whether `next` may begin in the moment in which `before` ends, in the same memory. */
export type MayFollow = (before: Segment, next: Segment) => boolean;

/** The number of segments that start before or at `t`. */
const startedBy = (segments: readonly Segment[], t: Time): number => {
  let low = 0;
  let high = segments.length;
  // Most segments are added at the end.
  if (high === 0 || segments[high - 1].start <= t) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle].start <= t) low = middle + 1;
    else high = middle;
  }
  return low;
};

export class Buffer {
  readonly bytes: number;
  /** Whoever owns the memory does not want it changed. */
  readonly readOnly: boolean;
  readonly values: Value[] = [];
  /** In the order of time, and disjoint but for the moments at which one follows another. */
  #segments: Segment[] | undefined;
  /** The parameter or the result whose memory it is, if it is one's. */
  parameter: number | undefined;
  output: number | undefined;
  /** A stretch of time during which the memory must be its own, whatever the segments say. */
  #kept: { start: Time; end: Time } | undefined;
  /** Its values may only be ones that live within this time: the memory changes places in a loop. */
  #confined: { start: Time; end: Time } | undefined;
  slot = -1;

  constructor(bytes: number, readOnly: boolean) {
    this.bytes = bytes;
    this.readOnly = readOnly;
  }

  get segments(): readonly Segment[] {
    this.#segments ??= this.values.flatMap((v) => v.segments());
    return this.#segments;
  }

  #room(s: Segment, mayFollow: MayFollow): boolean {
    const segments = this.segments;
    const k = startedBy(segments, s.start);
    if (k > 0) {
      const before = segments[k - 1];
      if (before.end > s.start || (before.end === s.start && !mayFollow(before, s))) return false;
    }
    if (k < segments.length) {
      const next = segments[k];
      if (next.start < s.end || (next.start === s.end && !mayFollow(s, next))) return false;
    }
    return true;
  }

  #insert(s: Segment): void {
    this.#segments ??= this.values.flatMap((v) => v.segments());
    this.#segments.splice(startedBy(this.#segments, s.start), 0, s);
  }

  /** A moment at which copies are written here; what is read by the copies of that moment may end there. */
  writtenAt(t: Time): void {
    this.#insert({ start: t, end: t, value: undefined });
  }

  /** Keeps the memory for itself from `start` to `end`. */
  keep(start: Time, end: Time): void {
    const kept = this.#kept;
    this.#kept =
      kept === undefined ? { start, end } : { start: Math.min(kept.start, start), end: Math.max(kept.end, end) };
  }

  confine(start: Time, end: Time): void {
    const c = this.#confined;
    this.#confined = c === undefined ? { start, end } : { start: Math.max(c.start, start), end: Math.min(c.end, end) };
  }

  within(start: Time, end: Time): boolean {
    return this.segments.every((s) => s.start >= start && s.end <= end);
  }

  /** From its first moment to its last. */
  get extent(): { readonly start: Time; readonly end: Time } {
    let start = this.#kept?.start ?? Number.POSITIVE_INFINITY;
    let end = this.#kept?.end ?? Number.NEGATIVE_INFINITY;
    for (const s of this.segments) {
      start = Math.min(start, s.start);
      end = Math.max(end, s.end);
    }
    return { start, end };
  }

  #admits(other: Buffer): boolean {
    return this.#confined === undefined || other.within(this.#confined.start, this.#confined.end);
  }

  /** Whether both can be one: then they are, and every value of `other` is this buffer's. */
  merge(other: Buffer, mayFollow: MayFollow): boolean {
    if (this === other) return true;
    if (this.readOnly || other.readOnly || this.bytes !== other.bytes) return false;
    if (this.parameter !== undefined && other.parameter !== undefined) return false;
    if (this.output !== undefined && other.output !== undefined) return false;
    const [large, small] = this.segments.length >= other.segments.length ? [this, other] : [other, this];
    if (!small.segments.every((s) => large.#room(s, mayFollow))) return false;
    if (!this.#admits(other) || !other.#admits(this)) return false;
    for (const s of small.segments) large.#insert(s);
    for (const v of small.values) {
      v.buffer = large;
      large.values.push(v);
    }
    large.parameter ??= small.parameter;
    large.output ??= small.output;
    if (small.#kept !== undefined) large.keep(small.#kept.start, small.#kept.end);
    if (small.#confined !== undefined) large.confine(small.#confined.start, small.#confined.end);
    return true;
  }
}
