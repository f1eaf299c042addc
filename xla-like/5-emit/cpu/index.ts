/** From scheduled HLO with its memory assigned to LLVM IR and a plan. */
import type { HloInstruction } from "../../hlo/instruction.js";
import { isProductFusion } from "../../hlo/product.js";
import { fusionScratchBytes } from "./kernels/fusion.js";

export { type CpuEmission, type CpuEmitOptions, emitCpu } from "./emit.js";
export type { CpuTarget } from "./target.js";

/** The temporary memory that an instruction's kernels ask for. */
export const scratchBytes = (i: HloInstruction): number =>
  i.opcode === "fusion" && !isProductFusion(i) ? fusionScratchBytes(i) : 0;
