/** The kernels of a program: one for all fusions of equal text, in a few modules that are compiled side by side. */
import { fusionKey } from "../../2-fuse/index.js";
import { computationsOf } from "../../hlo/graph.js";
import type { HloModule, Instr } from "../../hlo/instruction.js";
import { IrModule } from "../scalar/index.js";
import type { LoopFunction } from "./loop-function.js";

type Fusion = Instr<"fusion">;

/** About how many instructions of fusions make a module worth a thread of its own. */
const weightOfModule = 100;
const mostModules = 8;

interface Part {
  readonly module: IrModule;
  weight: number;
}

/** Every fusion of the program that is run by itself, in order: those inside others are parts of their kernels. */
const fusionsOf = (module: HloModule): Fusion[] => {
  const all = computationsOf(module).map((c) => ({
    computation: c,
    fusions: c.instructions.flatMap((i) => (i.opcode === "fusion" ? [i] : [])),
  }));
  const bodies = new Set(all.flatMap(({ fusions }) => fusions.map((f) => f.computation)));
  return all.flatMap(({ computation, fusions }) => (bodies.has(computation) ? [] : fusions));
};

export class KernelLibrary<Kernels> {
  readonly #parts: Part[];
  readonly #known = new Map<string, { readonly fusion: Fusion; readonly symbol: string; kernels?: Kernels }>();
  readonly #keys = new Map<Fusion, string>();
  readonly #loops = new IrModule();
  readonly #loopNames = new Set<string>();

  constructor(
    program: HloModule,
    private readonly emit: (module: IrModule, fusion: Fusion, symbol: string) => Kernels,
    /** What besides its text a fusion's kernels depend on. */
    private readonly variant: (fusion: Fusion) => string = () => "",
  ) {
    let weight = 0;
    for (const fusion of fusionsOf(program)) {
      const key = this.#keyOf(fusion);
      this.#keys.set(fusion, key);
      if (this.#known.has(key)) continue;
      this.#known.set(key, { fusion, symbol: `${fusion.kind}_${this.#known.size}` });
      weight += fusion.computation.instructions.length;
    }
    const count = Math.min(mostModules, Math.max(1, Math.round(weight / weightOfModule)));
    this.#parts = Array.from({ length: count }, () => ({ module: new IrModule(), weight: 0 }));
  }

  #keyOf(fusion: Fusion): string {
    return `${fusion.kind}${this.variant(fusion)}_${fusionKey(fusion.computation)}`;
  }

  /** The kernels of a fusion, written when they are first asked for. */
  kernelsOf(fusion: Fusion): Kernels {
    const entry = this.#known.get(this.#keys.get(fusion) ?? this.#keyOf(fusion));
    if (entry === undefined) throw new TypeError(`fusion.${fusion.id} is not of this program`);
    if (entry.kernels === undefined) {
      const part = this.#parts.reduce((least, p) => (p.weight < least.weight ? p : least));
      part.weight += fusion.computation.instructions.length;
      entry.kernels = this.emit(part.module, fusion, entry.symbol);
    }
    return entry.kernels;
  }

  /** Adds a function that calls kernels, which may be in other modules. */
  addLoop(symbol: string, { text, callees }: LoopFunction): void {
    for (const callee of callees) {
      if (!this.#loopNames.has(callee)) this.#loops.declare(callee, `void @${callee}(ptr, i64, i64)`);
    }
    this.#loopNames.add(symbol);
    this.#loops.declare("llvm.memmove", "void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)");
    this.#loops.define(symbol, () => text);
  }

  /** The text of each module with something in it. */
  texts(): readonly string[] {
    const texts = this.#parts.filter((p) => p.weight > 0).map((p) => p.module.toString());
    return this.#loopNames.size > 0 ? [...texts, this.#loops.toString()] : texts;
  }
}
