/**
 * The fifth phase for NVIDIA's cards: every instruction becomes launches of kernels and calls of libraries, and only the
 * host's own functions are called there. An executable's kernels are one module.
 */
import { fusionKey } from "../../2-fuse/index.js";
import { isAlias } from "../../3-schedule/index.js";
import type { Assignment } from "../../4-assign/index.js";
import { nameOf } from "../../hlo/graph.js";
import type { HloInstruction, HloModule } from "../../hlo/instruction.js";
import { costOf } from "../elements/cost.js";
import type { HostCallback } from "../host-callback.js";
import { KernelLibrary, runInstructions } from "../kernel-library.js";
import type { Plan, Thunk } from "../plan.js";
import { PlanWriter } from "../plan-writer.js";
import { emitCudaInstruction } from "./instruction.js";
import type { CudaTarget, CudaWork } from "./target.js";

export interface CudaEmission {
  /** LLVM IR; empty where nothing of the program is a kernel of ours. */
  readonly llvm: string;
  readonly symbols: readonly string[];
  /** What each symbol computes, for messages: `fusion.12 (add, tanh)`. */
  readonly names: readonly string[];
  readonly plan: Plan;
  readonly callbacks: readonly HostCallback[];
}

interface Emitted {
  readonly work: CudaWork;
  readonly name: string;
}

const isOfHost = (i: HloInstruction): boolean => i.opcode === "custom-call" && i.target === "callback";

/** Whether kernels or libraries compute it. */
const isOfCard = (i: HloInstruction): boolean => {
  switch (i.opcode) {
    case "parameter":
    case "constant":
    case "while":
    case "conditional":
      return false;
    case "custom-call":
      return i.target !== "allocate" && !isOfHost(i);
    default:
      return !isAlias(i);
  }
};

const mostInName = 6;

/** The instruction's name, and of a fusion what it does. */
function describe(i: HloInstruction): string {
  if (i.opcode !== "fusion") return nameOf(i);
  const { instructions, root } = i.computation;
  const inside = instructions.filter((x) => x !== root && x.opcode !== "parameter" && x.opcode !== "constant");
  const opcodes = [...new Set(inside.map((x) => x.opcode))];
  const shown = opcodes.length > mostInName ? [...opcodes.slice(0, mostInName), "…"] : opcodes;
  return `${nameOf(i)} (${shown.join(", ")})`;
}

/** What the program's instructions become: known before memory is assigned, as kernels do not depend on it. */
export class CudaLibrary {
  readonly #kernels: KernelLibrary<HloInstruction, Emitted>;

  constructor(module: HloModule, target: CudaTarget) {
    this.#kernels = new KernelLibrary(runInstructions(module).filter(isOfCard), {
      emit: (ir, i, symbol) => ({ work: emitCudaInstruction(ir, i, symbol, target), name: describe(i) }),
      keyOf: (i) => (i.opcode === "fusion" ? `${i.kind}_${fusionKey(i.computation)}` : `instruction_${i.id}`),
      kindOf: (i) => (i.opcode === "fusion" ? i.kind : i.opcode.replaceAll("-", "_")),
      weightOf: () => 1,
      mostModules: 1,
    });
  }

  kernelsOf(i: HloInstruction): Emitted {
    return this.#kernels.kernelsOf(i);
  }

  /** The temporary memory that an instruction asks for. */
  scratchBytes(i: HloInstruction): number {
    return isOfCard(i) ? this.kernelsOf(i).work.scratchBytes : 0;
  }

  text(): string {
    return this.#kernels.texts().join("\n");
  }
}

class CudaPlanWriter extends PlanWriter {
  readonly names = new Map<string, string>();

  constructor(
    assignment: Assignment,
    private readonly library: CudaLibrary,
    host: (i: HloInstruction) => HostCallback["call"],
  ) {
    super(assignment, host);
  }

  protected override computed(i: HloInstruction): readonly Thunk[] {
    if (isOfHost(i)) return [this.hostCall(i)];
    if (isAlias(i)) return [];
    if (i.opcode === "fusion") this.count(costOf(i));
    const { work, name } = this.library.kernelsOf(i);
    const scratch = this.assignment.scratchOf(i);
    const arrays = [...this.operands(i), ...this.results(i)];
    // Kernels may be given scratch memory of no bytes, which they do not touch: any will do.
    const slots = [...arrays, scratch ?? arrays[0]];
    // A card refuses grids without blocks, which have nothing to do.
    const steps = work.steps.filter((step) => step.kind === "call" || step.grid.every((n) => n > 0));
    return steps.map((step): Thunk => {
      const args = step.args.map((k) => slots[k]);
      if (step.kind === "call") return { kind: "routine", name: step.routine, args, params: step.params };
      const { symbol, grid, block, sharedBytes } = step;
      this.symbols.add(symbol);
      if (!this.names.has(symbol)) this.names.set(symbol, name);
      return { kind: "launch", symbol, args, grid, block, sharedBytes };
    });
  }
}

/** The program's kernels as LLVM IR, and the plan that runs them. */
export function emitCuda(
  module: HloModule,
  assignment: Assignment,
  library: CudaLibrary,
  host: (i: HloInstruction) => HostCallback["call"],
): CudaEmission {
  const writer = new CudaPlanWriter(assignment, library, host);
  const plan = writer.plan(module);
  const symbols = [...writer.symbols];
  return {
    llvm: library.text(),
    symbols,
    names: symbols.map((s) => writer.names.get(s) ?? s),
    plan,
    callbacks: writer.callbacks,
  };
}
