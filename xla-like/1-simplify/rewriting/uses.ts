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
 *
 * While an instruction is suspended, what only it needs counts as unused. That may be everything before it, and it most
 * often comes back, so counts are only lowered as far as somebody asks.
 */
export class Uses {
  readonly #counts = new Map<number, number>();
  /** How many of the counts are those of instructions yet to be visited, and of the world outside. */
  readonly #ahead = new Map<number, number>();
  /** Operands come before users. */
  readonly #positions = new Map<number, number>();
  readonly #elements = new Map<number, Set<number>>();
  readonly #whole = new Set<number>();
  readonly #known = new Set<number>();
  /** Uses that end with the suspended one: those still counted, by position, and those that are not any more. */
  #open: HloInstruction[] = [];
  #ended: HloInstruction[] = [];
  /** How many counts were changed so far. */
  steps = 0;

  constructor(c: HloComputation, live: ReadonlySet<HloInstruction>) {
    this.#whole.add(c.root.id);
    this.#foresee(c.root);
    for (const i of c.instructions) {
      if (!live.has(i)) continue;
      this.#known.add(i.id);
      // The world outside uses what has an effect.
      if (hasSideEffect(i)) this.#foresee(i);
      for (const o of i.operands) this.#foresee(o);
      const [t] = i.operands;
      if (i.opcode === "get-tuple-element") this.#elementsOf(t.id).add(i.index);
      else for (const o of i.operands) if (o.shape.kind === "tuple") this.#whole.add(o.id);
    }
  }

  #foresee(i: HloInstruction): void {
    this.#add(i, 1);
    this.#ahead.set(i.id, (this.#ahead.get(i.id) ?? 0) + 1);
  }

  #add(i: HloInstruction, n: number): number {
    this.steps++;
    const count = this.#count(i) + n;
    this.#counts.set(i.id, count);
    return count;
  }

  #count(i: HloInstruction): number {
    return this.#counts.get(i.id) ?? 0;
  }

  #positionOf(i: HloInstruction): number {
    return this.#positions.get(i.id) ?? -1;
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

  /** The instruction exists from here on: it stands after all others. */
  place(i: HloInstruction): void {
    this.#positions.set(i.id, this.#positions.size);
  }

  /** From here on the instruction, which is visited, uses nothing, as one that is about to be rewritten. */
  suspend(i: HloInstruction): void {
    if (this.#count(i) === 0) return;
    for (const o of i.operands) {
      this.#ahead.set(o.id, (this.#ahead.get(o.id) ?? 0) - 1);
      this.#end(o);
    }
  }

  /** A use of the instruction is to end: where it stands decides when. */
  #end(i: HloInstruction): void {
    const open = this.#open;
    const position = this.#positionOf(i);
    let at = open.length;
    while (at > 0 && this.#positionOf(open[at - 1]) > position) at--;
    open.splice(at, 0, i);
  }

  /** Ends the uses of an instruction that end with the suspended one: those by what stands behind it are known first. */
  #settle(i: HloInstruction): void {
    const position = this.#positionOf(i);
    for (
      let last = this.#open.at(-1);
      last !== undefined && this.#positionOf(last) >= position;
      last = this.#open.at(-1)
    ) {
      this.#open.pop();
      this.#ended.push(last);
      if (this.#add(last, -1) === 0) for (const o of last.operands) this.#end(o);
    }
  }

  /** The suspended instruction stays after all. */
  resume(): void {
    for (const i of this.#ended) this.#add(i, 1);
    this.#ended = [];
    this.#open = [];
  }

  /** `now` takes the place, and so the users, of `before`, which was suspended as `suspended`. */
  replace(before: HloInstruction, suspended: HloInstruction, now: HloInstruction): void {
    this.resume();
    // In this order, what both need does not go and come back with all that it needs.
    const count = this.#count(before);
    this.#acquire(now, count);
    if (count > 0) for (const o of suspended.operands) this.#release(o);
    this.#ahead.set(now.id, (this.#ahead.get(now.id) ?? 0) + (this.#ahead.get(before.id) ?? 0));
    if (this.#whole.has(before.id)) this.#whole.add(now.id);
    else for (const e of this.#elementsOf(before.id)) this.#elementsOf(now.id).add(e);
  }

  /** Whether anything uses the instruction but the suspended one, and what only that needs. */
  isUsed(i: HloInstruction): boolean {
    if (this.#count(i) === 0) return false;
    // What is yet to be visited is not before the suspended one.
    if ((this.#ahead.get(i.id) ?? 0) > 0) return true;
    this.#settle(i);
    return this.#count(i) > 0;
  }

  elements(i: HloInstruction): ReadonlySet<number> | undefined {
    return this.#known.has(i.id) && !this.#whole.has(i.id) ? this.#elementsOf(i.id) : undefined;
  }
}
