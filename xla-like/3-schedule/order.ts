/** List scheduling: of the steps that are ready, the one that frees the most memory for what it takes. */
import type { Dependence, Step } from "./dependence.js";
import { Heap } from "./heap.js";

interface Entry {
  readonly step: Step;
  /** What the step would free, less what it would take, when this entry was made. */
  readonly gain: number;
}

const byRank = (a: Step, b: Step): boolean => a.rank < b.rank;
const byGain = (a: Entry, b: Entry): boolean => (a.gain === b.gain ? a.step.rank < b.step.rank : a.gain > b.gain);

/**
 * An order of the steps in which operands come first. `priority` ranks the ready ones, lower first; without it memory
 * decides. A step that would write over what others read waits for them, unless it is all that is left.
 */
export const orderSteps = ({ steps, values }: Dependence, priority?: readonly number[]): readonly Step[] => {
  const n = steps.length;
  const pending = new Int32Array(n);
  const waiting = new Int32Array(n);
  for (const s of steps) {
    for (const f of s.followers) pending[f.rank]++;
    for (const w of s.writersAfter) waiting[w.rank]++;
  }
  const unread = Int32Array.from(values, (v) => v.readers.length);
  const gains = new Float64Array(n);
  const gainOf = (s: Step): number => {
    if (priority !== undefined) return -priority[s.rank];
    let gain = 0;
    for (const v of s.writes) gain -= v.bytes;
    for (const v of s.reads) if (v.freeable && unread[v.id] === 1) gain += v.bytes;
    return gain;
  };

  const done = new Uint8Array(n);
  const ready = new Heap<Entry>(byGain);
  const held = new Heap<Step>(byRank);
  const offer = (s: Step): void => {
    if (waiting[s.rank] > 0) held.push(s);
    else {
      gains[s.rank] = gainOf(s);
      ready.push({ step: s, gain: gains[s.rank] });
    }
  };
  const isReady = (s: Step): boolean => done[s.rank] === 0 && pending[s.rank] === 0;
  const next = (): Step | undefined => {
    for (let e = ready.pop(); e !== undefined; e = ready.pop())
      if (done[e.step.rank] === 0 && e.gain === gains[e.step.rank]) return e.step;
    for (let s = held.pop(); s !== undefined; s = held.pop()) if (done[s.rank] === 0) return s;
    return undefined;
  };

  for (const s of steps) if (pending[s.rank] === 0) offer(s);
  const order: Step[] = [];
  for (let s = next(); s !== undefined; s = next()) {
    done[s.rank] = 1;
    order.push(s);
    for (const w of s.writersAfter) if (--waiting[w.rank] === 0 && isReady(w)) offer(w);
    for (const f of s.followers) if (--pending[f.rank] === 0) offer(f);
    if (priority !== undefined) continue;
    for (const v of s.reads) {
      const left = --unread[v.id];
      // Its last reader frees it now, and so became more attractive.
      if (left === 1 && v.freeable)
        for (const r of v.readers) if (r.rank < n && isReady(r) && waiting[r.rank] === 0) offer(r);
    }
  }
  return order;
};

/** Ranks for the order in which a walk from the results meets the steps: each value is made just before it is needed. */
export const depthFirstRanks = ({ steps }: Dependence): readonly number[] => {
  const rank = new Array<number>(steps.length).fill(-1);
  const opened = new Uint8Array(steps.length);
  let next = 0;
  const visit = (from: Step): void => {
    const path: Step[] = [from];
    for (let s = path.at(-1); s !== undefined; s = path.at(-1)) {
      if (opened[s.rank] === 0) {
        opened[s.rank] = 1;
        for (let k = s.reads.length - 1; k >= 0; k--) {
          const w = s.reads[k].writer;
          if (w !== undefined && opened[w.rank] === 0) path.push(w);
        }
      } else {
        path.pop();
        if (rank[s.rank] < 0) rank[s.rank] = next++;
      }
    }
  };
  for (const s of steps) if (s.followers.length === 0) visit(s);
  return rank;
};
