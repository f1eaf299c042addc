/** Places buffers in one block of memory so that those that live at the same time do not overlap. */

export interface Tenant {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

export interface Layout {
  readonly offsets: readonly number[];
  readonly bytes: number;
}

/** Above this number of tenants, comparing each with each takes too long. */
const largestPairwise = 6000;

interface Gap {
  readonly offset: number;
  readonly size: number;
}

/** The largest first, each in the smallest gap that those placed before and alive at the same time leave. */
const largestFirst = (tenants: readonly Tenant[]): Layout => {
  const order = tenants.map((_, k) => k).sort((a, b) => tenants[b].size - tenants[a].size || a - b);
  const offsets = new Array<number>(tenants.length).fill(0);
  /** Those placed, by offset. */
  const placed: number[] = [];
  let bytes = 0;
  for (const k of order) {
    const { start, end, size } = tenants[k];
    let best = -1;
    let bestWaste = Number.POSITIVE_INFINITY;
    let reached = 0;
    for (const p of placed) {
      const other = tenants[p];
      if (other.start > end || other.end < start) continue;
      const gap = offsets[p] - reached;
      if (gap >= size && gap - size < bestWaste) {
        best = reached;
        bestWaste = gap - size;
      }
      reached = Math.max(reached, offsets[p] + other.size);
    }
    const offset = best >= 0 ? best : reached;
    offsets[k] = offset;
    bytes = Math.max(bytes, offset + size);
    let low = 0;
    let high = placed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (offsets[placed[middle]] <= offset) low = middle + 1;
      else high = middle;
    }
    placed.splice(low, 0, k);
  }
  return { offsets, bytes };
};

/** In the order of time, each in the smallest gap that is free then. */
const earliestFirst = (tenants: readonly Tenant[]): Layout => {
  const byStart = tenants.map((_, k) => k).sort((a, b) => tenants[a].start - tenants[b].start || a - b);
  const byEnd = tenants.map((_, k) => k).sort((a, b) => tenants[a].end - tenants[b].end || a - b);
  const offsets = new Array<number>(tenants.length).fill(0);
  /** Free stretches below `bytes`, by offset, no two of them touching. */
  const gaps: Gap[] = [];
  let bytes = 0;
  const release = (offset: number, size: number): void => {
    let at = gaps.findIndex((g) => g.offset > offset);
    if (at < 0) at = gaps.length;
    let from = offset;
    let to = offset + size;
    const before = gaps[at - 1];
    if (before !== undefined && before.offset + before.size === from) {
      from = before.offset;
      gaps.splice(--at, 1);
    }
    const after = gaps[at];
    if (after !== undefined && after.offset === to) {
      to += after.size;
      gaps.splice(at, 1);
    }
    gaps.splice(at, 0, { offset: from, size: to - from });
  };
  let next = 0;
  for (const k of byStart) {
    const { start, size } = tenants[k];
    for (; next < byEnd.length && tenants[byEnd[next]].end < start; next++)
      release(offsets[byEnd[next]], tenants[byEnd[next]].size);
    let best = -1;
    gaps.forEach((g, n) => {
      if (g.size >= size && (best < 0 || g.size < gaps[best].size)) best = n;
    });
    const gap = gaps[best];
    if (gap !== undefined) {
      offsets[k] = gap.offset;
      if (gap.size === size) gaps.splice(best, 1);
      else gaps[best] = { offset: gap.offset + size, size: gap.size - size };
      continue;
    }
    // The last gap, if it reaches the end, grows.
    const last = gaps.at(-1);
    const offset = last !== undefined && last.offset + last.size === bytes ? last.offset : bytes;
    if (offset < bytes) gaps.pop();
    offsets[k] = offset;
    bytes = offset + size;
  }
  return { offsets, bytes };
};

/** The better of two layouts; sizes are multiples of the alignment, and so are offsets. */
export const placeTenants = (tenants: readonly Tenant[]): Layout => {
  const inTime = earliestFirst(tenants);
  if (tenants.length < 2 || tenants.length > largestPairwise) return inTime;
  const bySize = largestFirst(tenants);
  return bySize.bytes <= inTime.bytes ? bySize : inTime;
};
