/** What an order of the steps costs in memory, by going through it. */
import type { Dependence, Step, Value } from "./dependence.js";

export interface Cost {
  /** Bytes copied because something is updated that is read later. */
  readonly copied: number;
  readonly peak: number;
}

/** The operand that a result takes over: the one it updates, or one that dies here and may be written over. */
const inherited = (s: Step, result: number, dies: (v: Value) => boolean): Value | undefined => {
  const { instruction } = s;
  if (instruction.opcode === "while") return dies(s.operands[result]) ? s.operands[result] : undefined;
  for (const k of s.overwritable[result] ?? []) if (dies(s.operands[k])) return s.operands[k];
  return undefined;
};

export const costOf = ({ held, values }: Dependence, order: readonly Step[]): Cost => {
  const unread = Int32Array.from(values, (v) => v.readers.length);
  let live = held;
  let peak = held;
  let copied = 0;
  /** Values whose memory a result has taken over. */
  const taken = new Uint8Array(values.length);
  const dies = (v: Value): boolean => v.freeable && unread[v.id] === 1 && taken[v.id] === 0;
  for (const s of order) {
    for (const w of s.writes) {
      const heir = inherited(s, w.index, dies);
      if (heir !== undefined) taken[heir.id] = 1;
      else {
        live += w.bytes;
        if (s.targets[w.index] !== undefined) copied += w.bytes;
      }
    }
    peak = Math.max(peak, live + s.inner);
    for (const v of s.reads) {
      const left = --unread[v.id];
      if (left === 0 && v.freeable && taken[v.id] === 0) live -= v.bytes;
    }
    for (const w of s.writes) if (w.readers.length === 0) live -= w.bytes;
  }
  return { copied, peak: peak - held };
};
