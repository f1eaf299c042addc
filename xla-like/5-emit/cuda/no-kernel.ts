import type { HloInstruction } from "../../hlo/instruction.js";
import { NoKernel } from "../no-kernel.js";

/** The error for what neither kernels of ours nor a library computes. */
export const noKernel = (i: HloInstruction, operation: string, reason = "there is no kernel for it yet"): NoKernel =>
  new NoKernel(i, operation, "NVIDIA's cards", reason);
