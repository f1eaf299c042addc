/**
 * Loops write into their initial values. Where several share one that is computed from nothing, such as zeros, each gets
 * its own: computing it again is cheaper than a copy.
 */
import type { HloComputation, HloInstruction, Instr } from "../hlo/instruction.js";
import { invariantCarries } from "./invariants.js";

/** From the value back to the kernel that makes it of nothing; undefined for all others. */
const fillOf = (i: HloInstruction): readonly HloInstruction[] | undefined => {
  const isMade = i.opcode === "fusion" || (i.opcode === "custom-call" && i.target === "allocate");
  if (isMade) return i.operands.length === 0 && i.shape.elements.length === 1 ? [i] : undefined;
  if (i.opcode !== "get-tuple-element" && i.opcode !== "reshape") return undefined;
  const before = fillOf(i.operands[0]);
  return before === undefined ? undefined : [...before, i];
};

/** The computation in which fills that loops begin with have one user each. */
export const separateFills = (c: HloComputation, freshId: () => number): HloComputation => {
  if (!c.instructions.some((i) => i.opcode === "while")) return c;
  const uses = new Map<HloInstruction, number>();
  for (const i of c.instructions) for (const o of i.operands) uses.set(o, (uses.get(o) ?? 0) + 1);
  const made = new Map<HloInstruction, HloInstruction>();
  const list: HloInstruction[] = [];
  const now = (i: HloInstruction): HloInstruction => made.get(i) ?? i;

  const release = (i: HloInstruction): void => {
    const left = (uses.get(i) ?? 0) - 1;
    uses.set(i, left);
    if (left === 0) i.operands.forEach(release);
  };

  const copyOf = (fill: readonly HloInstruction[]): HloInstruction =>
    fill.reduce<HloInstruction | undefined>((before, i) => {
      const copy = { ...i, id: freshId(), operands: before === undefined ? [] : [before] } as HloInstruction;
      list.push(copy);
      return copy;
    }, undefined) ?? fill[0];

  const initialValues = (loop: Instr<"while">): readonly HloInstruction[] => {
    const invariant = invariantCarries(loop);
    return loop.operands.map((o, k) => {
      const fill = invariant[k] ? undefined : fillOf(o);
      const shared = fill?.some((i) => (uses.get(i) ?? 0) > 1) ?? false;
      if (fill === undefined || !shared) return now(o);
      release(o);
      return copyOf(fill);
    });
  };

  let changed = false;
  for (const i of c.instructions) {
    const operands = i.opcode === "while" ? initialValues(i) : i.operands.map(now);
    const same = operands.every((o, k) => o === i.operands[k]);
    const next = same ? i : { ...i, operands };
    if (!same) {
      changed = true;
      made.set(i, next);
    }
    list.push(next);
  }
  return changed ? { ...c, instructions: list, root: now(c.root) } : c;
};
