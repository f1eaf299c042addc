/** The kernels of a program: one for all instructions of equal text, in a few modules that are compiled side by side. */
import { computationsOf } from "../hlo/graph.js";
import type { HloInstruction, HloModule, Instr } from "../hlo/instruction.js";
import { IrModule } from "./scalar/index.js";

/** About how many instructions of fusions make a module worth a thread of its own. */
const weightOfModule = 100;

interface Part {
  readonly module: IrModule;
  weight: number;
}

interface Entry<Kernels> {
  readonly symbol: string;
  kernels?: Kernels;
}

/** Every instruction that the program runs by itself, in order: those inside of fusions are parts of their kernels. */
export const runInstructions = (module: HloModule): HloInstruction[] => {
  const all = computationsOf(module);
  const isFusion = (i: HloInstruction): i is Instr<"fusion"> => i.opcode === "fusion";
  const bodies = new Set(all.flatMap((c) => c.instructions.filter(isFusion).map((f) => f.computation)));
  return all.flatMap((c) => (bodies.has(c) ? [] : c.instructions));
};

export interface LibraryOptions<I extends HloInstruction, Kernels> {
  /** Adds an instruction's kernels to a module; their names begin with `symbol`. */
  readonly emit: (module: IrModule, i: I, symbol: string) => Kernels;
  /** All that the kernels depend on. */
  readonly keyOf: (i: I) => string;
  /** What names of kernels begin with. */
  readonly kindOf: (i: I) => string;
  /** Roughly how long the text becomes. */
  readonly weightOf: (i: I) => number;
  /** Into how many modules the kernels may be divided. */
  readonly mostModules: number;
}

export class KernelLibrary<I extends HloInstruction, Kernels> {
  readonly #parts: Part[];
  readonly #known = new Map<string, Entry<Kernels>>();
  readonly #keys = new Map<I, string>();

  constructor(
    all: readonly I[],
    private readonly options: LibraryOptions<I, Kernels>,
  ) {
    const { keyOf, kindOf, weightOf, mostModules } = options;
    let weight = 0;
    for (const i of all) {
      const key = keyOf(i);
      this.#keys.set(i, key);
      if (this.#known.has(key)) continue;
      this.#known.set(key, { symbol: `${kindOf(i)}_${this.#known.size}` });
      weight += weightOf(i);
    }
    const count = Math.min(mostModules, Math.max(1, Math.round(weight / weightOfModule)));
    this.#parts = Array.from({ length: count }, () => ({ module: new IrModule(), weight: 0 }));
  }

  /** The kernels of an instruction, written when they are first asked for. */
  kernelsOf(i: I): Kernels {
    const entry = this.#known.get(this.#keys.get(i) ?? this.options.keyOf(i));
    if (entry === undefined) throw new TypeError(`${i.opcode}.${i.id} is not of this program`);
    if (entry.kernels === undefined) {
      const part = this.#parts.reduce((least, p) => (p.weight < least.weight ? p : least));
      part.weight += this.options.weightOf(i);
      entry.kernels = this.options.emit(part.module, i, entry.symbol);
    }
    return entry.kernels;
  }

  /** The text of each module with something in it. */
  texts(): readonly string[] {
    return this.#parts.filter((p) => p.weight > 0).map((p) => p.module.toString());
  }
}
