/** What an order of the steps costs in memory, by going through it. */
import type { Dependence, Step, Value } from "./dependence.js";
import { overwritableOperands, updateTargets } from "./overwriting.js";

export interface Cost {
  /** Bytes copied because something is updated that is read later. */
  readonly copied: number;
  readonly peak: number;
}

/** The operand that a result takes over: the one it updates, or one that dies here and may be written over. */
const inherited = (s: Step, result: number, dies: (v: Value) => boolean): Value | undefined => {
  const { instruction } = s;
  if (instruction.opcode === "while") return dies(s.operands[result]) ? s.operands[result] : undefined;
  for (const k of overwritableOperands(instruction)[result] ?? []) if (dies(s.operands[k])) return s.operands[k];
  return undefined;
};

export const costOf = ({ held }: Dependence, order: readonly Step[]): Cost => {
  const unread = new Map<Value, number>();
  for (const s of order) for (const v of s.reads) unread.set(v, v.readers.length);
  let live = held;
  let peak = held;
  let copied = 0;
  for (const s of order) {
    const taken = new Set<Value>();
    const dies = (v: Value): boolean => v.freeable && unread.get(v) === 1 && !taken.has(v);
    const targets = updateTargets(s.instruction);
    for (const w of s.writes) {
      const heir = inherited(s, w.index, dies);
      if (heir !== undefined) taken.add(heir);
      else {
        live += w.bytes;
        if (targets[w.index] !== undefined) copied += w.bytes;
      }
    }
    peak = Math.max(peak, live + s.inner);
    for (const v of s.reads) {
      const left = (unread.get(v) ?? 0) - 1;
      unread.set(v, left);
      if (left === 0 && v.freeable && !taken.has(v)) live -= v.bytes;
    }
    for (const w of s.writes) if (w.readers.length === 0) live -= w.bytes;
  }
  return { copied, peak: peak - held };
};
