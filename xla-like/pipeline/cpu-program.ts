/** What the compiler makes of a module for the CPU, before it becomes machine code. */
import type { Plan } from "../5-emit/plan.js";
import type { HostArray } from "../hlo/dtype.js";
import type { HloModule } from "../hlo/instruction.js";
import type { ArrayShape } from "../hlo/shape.js";

/** A function of the host that a plan calls by its number. */
export interface HostCallback {
  /** What its arguments are: the thunk's slots hold this much and perhaps more. */
  readonly operands: readonly ArrayShape[];
  readonly call: (...args: HostArray[]) => readonly HostArray[];
}

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
