/** Rebuilds a module so that each computation that a loop or a conditional runs is called from one place. */
import type { HloComputation, HloInstruction, Instr } from "../hlo/instruction.js";
import { separateFills } from "./fills.js";

type Caller = Instr<"while"> | Instr<"conditional">;

interface Naming {
  nextId: number;
  readonly names: Set<string>;
}

export class Unsharer {
  readonly #called = new Set<HloComputation>();
  readonly #naming: Naming;
  readonly #finish: (caller: Caller) => Caller;

  /** `finish` sees each loop and conditional when its computations are its own, and may change their order. */
  constructor(naming: Naming, finish: (caller: Caller) => Caller) {
    this.#naming = naming;
    this.#finish = finish;
  }

  /** The computation with what it calls rebuilt: a copy under a name of its own where it has a caller already. */
  rebuild(original: HloComputation): HloComputation {
    const isCopy = this.#called.has(original);
    this.#called.add(original);
    const c = separateFills(original, () => this.#naming.nextId++);
    const made = new Map<HloInstruction, HloInstruction>();
    for (const i of c.instructions) made.set(i, this.#instruction(i, made, isCopy));
    const instructions = c.instructions.map((i) => made.get(i) ?? i);
    if (!isCopy && instructions.every((i, k) => i === c.instructions[k])) return c;
    return {
      name: isCopy ? this.#freshName(c.name) : c.name,
      parameters: c.parameters.map((p) => (made.get(p) ?? p) as Instr<"parameter">),
      instructions,
      root: made.get(c.root) ?? c.root,
    };
  }

  #instruction(i: HloInstruction, made: ReadonlyMap<HloInstruction, HloInstruction>, isCopy: boolean): HloInstruction {
    const operands = i.operands.map((o) => made.get(o) ?? o);
    const sameOperands = operands.every((o, k) => o === i.operands[k]);
    const copied: HloInstruction =
      sameOperands && !isCopy ? i : { ...i, operands, id: isCopy ? this.#naming.nextId++ : i.id };
    if (copied.opcode === "while") {
      const condition = this.rebuild(copied.condition);
      const body = this.rebuild(copied.body);
      const same = condition === copied.condition && body === copied.body;
      return this.#finish(same ? copied : { ...copied, condition, body });
    }
    if (copied.opcode === "conditional") {
      const branches = copied.branches.map((b) => this.rebuild(b));
      const same = branches.every((b, k) => b === copied.branches[k]);
      return this.#finish(same ? copied : { ...copied, branches });
    }
    return copied;
  }

  #freshName(name: string): string {
    const { names } = this.#naming;
    let fresh = name;
    for (let n = 1; names.has(fresh); n++) fresh = `${name}.${n}`;
    names.add(fresh);
    return fresh;
  }
}
