/** What the compiler makes of a module for the CPU, before it becomes machine code. */
import type { HostCallback } from "../5-emit/host-callback.js";
import type { Plan } from "../5-emit/plan.js";
import type { HloModule } from "../hlo/instruction.js";

export type { HostCallback };

export interface CpuProgram {
  /** LLVM IR: one text, or several that are compiled at the same time. */
  readonly llvm: string | readonly string[];
  /** The functions of it that the plan calls. */
  readonly symbols: readonly string[];
  readonly plan: Plan;
  readonly callbacks: readonly HostCallback[];
  /** The optimised module. */
  readonly module: HloModule;
}
