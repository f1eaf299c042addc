/** What kernels are made of. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";

export type Fusion = Instr<"fusion">;

/** The results of a fusion's computation. */
export const rootsOf = (fusion: Fusion): readonly HloInstruction[] => fusion.computation.root.operands;
