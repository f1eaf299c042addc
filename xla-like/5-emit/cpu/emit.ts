/**
 * The fifth phase for the CPU: a walk over the scheduled program that writes a thunk for every instruction that does
 * something. Fusions become kernels or products, sorts and the like routines; what has neither runs on the host.
 */
import { tripCount } from "../../1-simplify/index.js";
import type { Assignment, Copy } from "../../4-assign/index.js";
import { nameOf } from "../../hlo/graph.js";
import type { HloComputation, HloInstruction, HloModule, Instr } from "../../hlo/instruction.js";
import { isProductFusion } from "../../hlo/product.js";
import type { ArrayShape } from "../../hlo/shape.js";
import { costOf } from "../elements/cost.js";
import type { HostCallback } from "../host-callback.js";
import type { Plan, SlotId, Thunk } from "../plan.js";
import type { IrModule } from "../scalar/index.js";
import { dotOf, emitBatch } from "./kernels/batch.js";
import { emitEpilogue, hasEpilogue } from "./kernels/epilogue.js";
import { emitFusion } from "./kernels/fusion.js";
import { isStreamed } from "./kernels/kernel.js";
import type { Launch } from "./kernels/launch.js";
import { KernelLibrary } from "./library.js";
import { loopFunction } from "./loop-function.js";
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

/** What a loop is taken to do when its number of iterations is not known. */
const someTrips = 1000;

/**
 * How much work, in operations and bytes, a loop does between two questions whether to go on, some ten microseconds'; and
 * what calls add to a turn.
 */
const workBetweenQuestions = 1e5;
const workOfCalls = 100;

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

const copyThunk = ({ from, to, bytes }: Copy): Thunk => ({ kind: "copy", from, to, bytes });

const arrayCount = (i: HloInstruction): number => (i.shape.kind === "tuple" ? i.shape.elements.length : 1);

class PlanWriter {
  readonly callbacks: HostCallback[] = [];
  readonly symbols = new Set<string>();
  readonly library: KernelLibrary<Emitted>;
  flops = 0;
  bytes = 0;
  /** How often what is written now runs, roughly. */
  #repeats = 1;

  constructor(
    module: HloModule,
    private readonly assignment: Assignment,
    private readonly options: CpuEmitOptions,
  ) {
    this.library = new KernelLibrary(
      module,
      (ir, fusion, symbol) => emitKernels(ir, fusion, symbol, { ...options.target, apart: this.#isApart(fusion) }),
      (fusion) => (this.#isApart(fusion) ? "_apart" : ""),
    );
  }

  thunksOf(c: HloComputation): Thunk[] {
    return c.instructions.flatMap((i) => [...this.assignment.copiesBefore(i).map(copyThunk), ...this.#thunks(i)]);
  }

  #thunks(i: HloInstruction): readonly Thunk[] {
    switch (i.opcode) {
      case "parameter":
      case "constant":
      case "tuple":
      case "get-tuple-element":
      case "reshape":
      case "optimization-barrier":
        return [];
      case "while":
        return [this.#loop(i)];
      case "conditional":
        return [this.#conditional(i)];
      case "fusion":
        return this.#fusion(i);
      case "custom-call":
        // Memory that holds anything is there already.
        return i.target === "allocate" ? [] : [this.#routine(i) ?? this.#host(i)];
      default:
        return [this.#routine(i) ?? this.#host(i)];
    }
  }

  #operands(i: HloInstruction): SlotId[] {
    return i.operands.map((x) => this.assignment.slotOf(x));
  }

  #results(i: HloInstruction): SlotId[] {
    return Array.from({ length: arrayCount(i) }, (_, k) => this.assignment.slotOf(i, k));
  }

  /** Whether results are none of the operands' memory, where they are so large that it matters. */
  #isApart(i: Instr<"fusion">): boolean {
    const operands = this.#operands(i);
    return i.computation.root.operands.some(isStreamed) && !this.#results(i).some((slot) => operands.includes(slot));
  }

  #loop(i: Instr<"while">): Thunk {
    const { predicate, copiesAtEnd, swaps } = this.assignment.loopOf(i);
    const [once, flops, bytes] = [this.#repeats, this.flops, this.bytes];
    const turns = once * (tripCount(i) ?? someTrips);
    this.#repeats = turns;
    const condition = this.thunksOf(i.condition);
    const body = [...this.thunksOf(i.body), ...copiesAtEnd.map(copyThunk)];
    this.#repeats = once;
    const loop = { kind: "while", condition, predicate, body, swaps } as const;
    return this.#loopKernel(loop, (this.flops - flops + this.bytes - bytes) / Math.max(1, turns)) ?? loop;
  }

  /** A loop of short turns as a kernel of its own. */
  #loopKernel(loop: Extract<Thunk, { kind: "while" }>, workOfTurn: number): Thunk | undefined {
    const symbol = `while_${this.symbols.size}`;
    const patience = Math.max(0, Math.floor(Math.log2(workBetweenQuestions / (workOfTurn + workOfCalls))));
    const made = loopFunction(symbol, loop, (slot) => this.assignment.slots[slot].bytes, patience);
    if (made === undefined) return undefined;
    this.library.addLoop(symbol, made);
    this.symbols.add(symbol);
    return { kind: "kernel", symbol, args: made.args, units: 1, grain: 1 };
  }

  #conditional(i: Instr<"conditional">): Thunk {
    const { index, copiesAtEnd } = this.assignment.conditionalOf(i);
    const branches = i.branches.map((b, k) => [...this.thunksOf(b), ...copiesAtEnd[k].map(copyThunk)]);
    return { kind: "conditional", index, branches };
  }

  #fusion(i: Instr<"fusion">): readonly Thunk[] {
    const { launches, epilogue, flops, bytes } = this.library.kernelsOf(i);
    this.flops += this.#repeats * flops;
    this.bytes += this.#repeats * bytes;
    const [operands, results] = [this.#operands(i), this.#results(i)];
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
    return routineThunk(i, { operands: this.#operands(i), results: this.#results(i) }, this.options.hasRoutine);
  }

  #host(i: HloInstruction): Thunk {
    const operands = i.operands.map((x): ArrayShape => {
      if (x.shape.kind === "array") return x.shape;
      throw new TypeError(`${nameOf(i)} takes a tuple`);
    });
    const callback = this.callbacks.push({ operands, call: this.options.host(i) }) - 1;
    return { kind: "host", callback, args: this.#operands(i), results: this.#results(i) };
  }
}

/** The program's kernels as LLVM IR, and the plan that runs them. */
export function emitCpu(module: HloModule, assignment: Assignment, options: CpuEmitOptions): CpuEmission {
  const writer = new PlanWriter(module, assignment, options);
  const thunks = [...writer.thunksOf(module.entry), ...assignment.finalCopies.map(copyThunk)];
  const { slots, arenaBytes, constants, outputs, donated } = assignment;
  const plan: Plan = {
    name: module.name,
    slots,
    arenaBytes,
    parameters: module.entry.parameters.map((p) => slots[assignment.slotOf(p)].bytes),
    donated,
    outputs,
    constants,
    thunks,
    cost: { flops: writer.flops, bytes: writer.bytes },
  };
  return { llvm: writer.library.texts(), symbols: [...writer.symbols], plan, callbacks: writer.callbacks };
}
