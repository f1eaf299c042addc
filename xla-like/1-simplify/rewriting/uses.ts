/** Who uses what in a computation. */
import { hasSideEffect } from "../../hlo/graph.js";
import type { HloComputation, HloInstruction } from "../../hlo/instruction.js";

/** The instructions that `roots` or an effect needs, and the parameters. */
export const liveInstructions = (
  instructions: readonly HloInstruction[],
  roots: readonly HloInstruction[],
): ReadonlySet<HloInstruction> => {
  const live = new Set(roots);
  // Operands stand before their users, so one backward walk sees every user first.
  for (let k = instructions.length - 1; k >= 0; k--) {
    const i = instructions[k];
    if (i.opcode === "parameter" || hasSideEffect(i)) live.add(i);
    if (live.has(i)) for (const o of i.operands) live.add(o);
  }
  return live;
};

/**
 * Reference counts and used tuple elements, by id, kept up to date while instructions are replaced by others. An
 * instruction counts as a user of its operands while it has users itself.
 */
export class Uses {
  readonly #counts = new Map<number, number>();
  readonly #elements = new Map<number, Set<number>>();
  readonly #whole = new Set<number>();
  readonly #known = new Set<number>();

  constructor(c: HloComputation, live: ReadonlySet<HloInstruction>) {
    this.#whole.add(c.root.id);
    this.#add(c.root, 1);
    for (const i of c.instructions) {
      if (!live.has(i)) continue;
      this.#known.add(i.id);
      // The world outside uses what has an effect.
      if (hasSideEffect(i)) this.#add(i, 1);
      for (const o of i.operands) this.#add(o, 1);
      const [t] = i.operands;
      if (i.opcode === "get-tuple-element") this.#elementsOf(t.id).add(i.index);
      else for (const o of i.operands) if (o.shape.kind === "tuple") this.#whole.add(o.id);
    }
  }

  #add(i: HloInstruction, n: number): number {
    const count = this.count(i) + n;
    this.#counts.set(i.id, count);
    return count;
  }

  #elementsOf(id: number): Set<number> {
    const known = this.#elements.get(id) ?? new Set<number>();
    this.#elements.set(id, known);
    return known;
  }

  #acquire(first: HloInstruction, n: number): void {
    if (n === 0 || this.#add(first, n) > n) return;
    const open = [...first.operands];
    for (let i = open.pop(); i !== undefined; i = open.pop()) if (this.#add(i, 1) === 1) open.push(...i.operands);
  }

  #release(first: HloInstruction): void {
    const open = [first];
    for (let i = open.pop(); i !== undefined; i = open.pop()) if (this.#add(i, -1) === 0) open.push(...i.operands);
  }

  /** From here on the instruction uses nothing, as one that is about to be rewritten. */
  suspend(i: HloInstruction): void {
    if (this.count(i) > 0) for (const o of i.operands) this.#release(o);
  }

  /** The suspended instruction stays after all. */
  resume(i: HloInstruction): void {
    if (this.count(i) > 0) for (const o of i.operands) this.#acquire(o, 1);
  }

  /** `now` takes the place, and so the users, of `before`, which is suspended. */
  replace(before: HloInstruction, now: HloInstruction): void {
    this.#acquire(now, this.count(before));
    if (this.#whole.has(before.id)) this.#whole.add(now.id);
    else for (const e of this.#elementsOf(before.id)) this.#elementsOf(now.id).add(e);
  }

  count(i: HloInstruction): number {
    return this.#counts.get(i.id) ?? 0;
  }

  elements(i: HloInstruction): ReadonlySet<number> | undefined {
    return this.#known.has(i.id) && !this.#whole.has(i.id) ? this.#elementsOf(i.id) : undefined;
  }
}
