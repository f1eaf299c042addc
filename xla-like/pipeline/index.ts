/** The compiler's phases, one after the other: each takes what only the one before it makes. */
import { expandAttention, simplify } from "../1-simplify/index.js";
import { fuse } from "../2-fuse/index.js";
import { schedule } from "../3-schedule/index.js";
import { type Assignment, assign, assignmentText } from "../4-assign/index.js";
import { type CpuTarget, emitCpu, scratchBytes } from "../5-emit/cpu/index.js";
import { CudaLibrary, type CudaTarget, emitCuda, keepsAttention } from "../5-emit/cuda/index.js";
import { flow } from "../hlo/fp.js";
import type { HloModule } from "../hlo/instruction.js";
import { printModule } from "../hlo/printer.js";
import type { CpuProgram } from "./cpu-program.js";
import type { CudaProgram } from "./cuda-program.js";
import { dumpStage } from "./dump.js";
import { hostFunction } from "./host.js";

export { costAnalysis } from "./cost-analysis.js";
export type { CpuProgram } from "./cpu-program.js";
export type { CudaProgram } from "./cuda-program.js";
export { setDumpDirectory } from "./dump.js";

declare const phase: unique symbol;
/** A module that has come as far as phase P, so that phases in a wrong order do not type-check. */
type After<P extends string> = HloModule & { readonly [phase]: P };
type Assigned = { readonly module: After<"schedule">; readonly assignment: Assignment };

const dumped =
  <M extends HloModule>(number: number, stage: string) =>
  (module: M): M => {
    dumpStage(module.name, number, `${stage}.hlo`, () => printModule(module));
    return module;
  };

const simplified = (module: HloModule) => simplify(expandAttention(module)) as After<"simplify">;
const fused = (module: After<"simplify">) => fuse(module) as After<"fuse">;
const scheduled = (module: After<"fuse">) => schedule(module) as After<"schedule">;

const assigned = (module: After<"schedule">): Assigned => {
  const assignment = assign(module, { scratchBytes });
  dumpStage(module.name, 4, "assign.txt", () => assignmentText(module, assignment));
  return { module, assignment };
};

const emitted =
  (options: CpuOptions) =>
  ({ module, assignment }: Assigned): CpuProgram => {
    const emission = emitCpu(module, assignment, { ...options, host: hostFunction });
    emission.llvm.forEach((text, k) => {
      dumpStage(module.name, 5, emission.llvm.length === 1 ? "emit.ll" : `emit-${k}.ll`, text);
    });
    return { module, ...emission };
  };

export interface CpuOptions {
  readonly target: CpuTarget;
  /** Whether the runtime has the routine of a name. */
  readonly hasRoutine: (name: string) => boolean;
}

/** Compiles a module for the CPU, as far as LLVM IR and the plan that runs it. */
export const compileForCpu = (module: HloModule, options: CpuOptions): CpuProgram =>
  flow(
    simplified,
    dumped<After<"simplify">>(1, "simplify"),
    fused,
    dumped<After<"fuse">>(2, "fuse"),
    scheduled,
    dumped<After<"schedule">>(3, "schedule"),
    assigned,
    emitted(options),
  )(module);

const simplifiedForCuda = (target: CudaTarget) => (module: HloModule) =>
  simplify(expandAttention(module, (i) => keepsAttention(i, target))) as After<"simplify">;
const fusedForCuda = (module: After<"simplify">) => fuse(module, { batches: false, trips: true }) as After<"fuse">;

const emittedForCuda =
  (target: CudaTarget) =>
  (module: After<"schedule">): CudaProgram => {
    const library = new CudaLibrary(module, target);
    const assignment = assign(module, { scratchBytes: (i) => library.scratchBytes(i), rawProducts: false });
    dumpStage(module.name, 4, "assign.txt", () => assignmentText(module, assignment));
    const emission = emitCuda(module, assignment, library, hostFunction);
    dumpStage(module.name, 5, "emit.ll", emission.llvm);
    return { module, ...emission };
  };

/** Compiles a module for NVIDIA's cards, as far as LLVM IR and the plan that runs it. */
export const compileForCuda = (module: HloModule, target: CudaTarget): CudaProgram =>
  flow(
    simplifiedForCuda(target),
    dumped<After<"simplify">>(1, "simplify"),
    fusedForCuda,
    dumped<After<"fuse">>(2, "fuse"),
    scheduled,
    dumped<After<"schedule">>(3, "schedule"),
    emittedForCuda(target),
  )(module);
