/**
 * The fifth phase for the CPU: fusions become kernels or products, sorts and the like routines; what has neither runs on
 * the host.
 */
import { fusionKey } from "../../2-fuse/index.js";
import type { Assignment } from "../../4-assign/index.js";
import type { HloInstruction, HloModule, Instr } from "../../hlo/instruction.js";
import { isProductFusion } from "../../hlo/product.js";
import { costOf } from "../elements/cost.js";
import type { HostCallback } from "../host-callback.js";
import { KernelLibrary, runInstructions } from "../kernel-library.js";
import type { Plan, Thunk } from "../plan.js";
import { PlanWriter } from "../plan-writer.js";
import type { IrModule } from "../scalar/index.js";
import { dotOf, emitBatch } from "./kernels/batch.js";
import { emitEpilogue, hasEpilogue } from "./kernels/epilogue.js";
import { emitFusion } from "./kernels/fusion.js";
import { isStreamed } from "./kernels/kernel.js";
import type { Launch } from "./kernels/launch.js";
import { loopFunction } from "./loop-function.js";
import { LoopLibrary } from "./loop-library.js";
import { batchThunk, productThunk } from "./products/index.js";
import { routineThunk } from "./routines/index.js";
import type { CpuTarget } from "./target.js";

export interface CpuEmission {
  /** LLVM IR, in texts that may be compiled at the same time. */
  readonly llvm: readonly string[];
  readonly symbols: readonly string[];
  readonly plan: Plan;
  readonly callbacks: readonly HostCallback[];
}

export interface CpuEmitOptions {
  readonly target: CpuTarget;
  /** The function of the host that does what an instruction says. */
  readonly host: (i: HloInstruction) => HostCallback["call"];
  /** Whether the runtime has the routine of a name. */
  readonly hasRoutine: (name: string) => boolean;
}

/**
 * How much work, in operations and bytes, a loop does between two questions whether to go on, some ten microseconds'; and
 * what calls add to a turn.
 */
const workBetweenQuestions = 1e5;
const workOfCalls = 100;

const mostModules = 8;

/** What a fusion became; of a product, the epilogue is its only kernel, if it has one. */
interface Emitted {
  readonly launches: readonly Launch[];
  readonly epilogue?: { readonly symbol: string; readonly operands: readonly number[] };
  readonly flops: number;
  readonly bytes: number;
}

function emitKernels(ir: IrModule, fusion: Instr<"fusion">, symbol: string, target: CpuTarget): Emitted {
  if (fusion.kind === "batch") return emitBatch(ir, fusion, symbol, target);
  if (!isProductFusion(fusion)) return emitFusion(ir, fusion, symbol, target);
  if (!hasEpilogue(fusion)) return { launches: [], ...costOf(fusion) };
  return { launches: [], epilogue: emitEpilogue(ir, fusion, symbol, target), ...costOf(fusion) };
}

class CpuPlanWriter extends PlanWriter {
  readonly #kernels: KernelLibrary<Instr<"fusion">, Emitted>;
  readonly #loops = new LoopLibrary();

  constructor(
    module: HloModule,
    assignment: Assignment,
    private readonly options: CpuEmitOptions,
  ) {
    super(assignment, options.host);
    const fusions = runInstructions(module).flatMap((i) => (i.opcode === "fusion" ? [i] : []));
    this.#kernels = new KernelLibrary(fusions, {
      emit: (ir, fusion, symbol) =>
        emitKernels(ir, fusion, symbol, { ...options.target, apart: this.#isApart(fusion) }),
      keyOf: (fusion) => `${fusion.kind}${this.#isApart(fusion) ? "_apart" : ""}_${fusionKey(fusion.computation)}`,
      kindOf: (fusion) => fusion.kind,
      weightOf: (fusion) => fusion.computation.instructions.length,
      mostModules,
    });
  }

  texts(): readonly string[] {
    return [...this.#kernels.texts(), ...this.#loops.texts()];
  }

  protected override computed(i: HloInstruction): readonly Thunk[] {
    return i.opcode === "fusion" ? this.#fusion(i) : [this.#routine(i) ?? this.hostCall(i)];
  }

  /** Whether results are none of the operands' memory, where they are so large that it matters. */
  #isApart(i: Instr<"fusion">): boolean {
    const operands = this.operands(i);
    return i.computation.root.operands.some(isStreamed) && !this.results(i).some((slot) => operands.includes(slot));
  }

  /** A loop of short turns becomes a kernel of its own. */
  protected override loop(_i: Instr<"while">, loop: Extract<Thunk, { kind: "while" }>, workOfTurn: number): Thunk {
    const symbol = `while_${this.symbols.size}`;
    const patience = Math.max(0, Math.floor(Math.log2(workBetweenQuestions / (workOfTurn + workOfCalls))));
    const made = loopFunction(symbol, loop, (slot) => this.assignment.slots[slot].bytes, patience);
    if (made === undefined) return loop;
    this.#loops.add(symbol, made);
    this.symbols.add(symbol);
    return { kind: "kernel", symbol, args: made.args, units: 1, grain: 1 };
  }

  #fusion(i: Instr<"fusion">): readonly Thunk[] {
    const { launches, epilogue, flops, bytes } = this.#kernels.kernelsOf(i);
    this.count({ flops, bytes });
    const [operands, results] = [this.operands(i), this.results(i)];
    if (isProductFusion(i)) {
      const product = this.assignment.rawProductOf(i);
      if (epilogue === undefined) return [productThunk(i, { operands, product })];
      this.symbols.add(epilogue.symbol);
      const args = [product, ...epilogue.operands.map((k) => operands[k]), ...results];
      return [productThunk(i, { operands, product }, { symbol: epilogue.symbol, args })];
    }
    if (i.kind === "batch" && epilogue !== undefined) {
      this.symbols.add(epilogue.symbol);
      return [batchThunk(dotOf(i), operands, { symbol: epilogue.symbol, args: [...operands, ...results] })];
    }
    const scratch = this.assignment.scratchOf(i);
    const slots = [...operands, ...results, ...(scratch === undefined ? [] : [scratch])];
    return launches.map(({ symbol, args, units, grain }) => {
      this.symbols.add(symbol);
      return { kind: "kernel", symbol, args: args.map((k) => slots[k]), units, grain };
    });
  }

  #routine(i: HloInstruction): Thunk | undefined {
    return routineThunk(i, { operands: this.operands(i), results: this.results(i) }, this.options.hasRoutine);
  }
}

/** The program's kernels as LLVM IR, and the plan that runs them. */
export function emitCpu(module: HloModule, assignment: Assignment, options: CpuEmitOptions): CpuEmission {
  const writer = new CpuPlanWriter(module, assignment, options);
  const plan = writer.plan(module);
  return { llvm: writer.texts(), symbols: [...writer.symbols], plan, callbacks: writer.callbacks };
}
