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

/** Uses by id, kept up to date while instructions are replaced by others. */
export class Uses {
  readonly #counts = new Map<number, number>();
  readonly #elements = new Map<number, Set<number>>();
  readonly #whole = new Set<number>();
  readonly #known = new Set<number>();

  constructor(c: HloComputation, live: ReadonlySet<HloInstruction>) {
    this.#whole.add(c.root.id);
    this.#counts.set(c.root.id, 1);
    for (const i of c.instructions) {
      if (!live.has(i)) continue;
      this.#known.add(i.id);
      for (const o of new Set(i.operands)) this.#count(o.id, 1);
      const [t] = i.operands;
      if (i.opcode === "get-tuple-element") this.#elementsOf(t.id).add(i.index);
      else for (const o of i.operands) if (o.shape.kind === "tuple") this.#whole.add(o.id);
    }
  }

  #count(id: number, n: number): void {
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + n);
  }

  #elementsOf(id: number): Set<number> {
    const known = this.#elements.get(id) ?? new Set<number>();
    this.#elements.set(id, known);
    return known;
  }

  /** `now` takes the place, and so the users, of `before`. */
  replaced(before: HloInstruction, now: HloInstruction): void {
    if (before.id === now.id) return;
    this.#count(now.id, this.#counts.get(before.id) ?? 1);
    if (this.#whole.has(before.id)) this.#whole.add(now.id);
    else for (const e of this.#elementsOf(before.id)) this.#elementsOf(now.id).add(e);
  }

  count(i: HloInstruction): number {
    return this.#counts.get(i.id) ?? 1;
  }

  elements(i: HloInstruction): ReadonlySet<number> | undefined {
    return this.#known.has(i.id) && !this.#whole.has(i.id) ? this.#elementsOf(i.id) : undefined;
  }
}
