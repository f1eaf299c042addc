/** From any instruction that computes something to what a card does for it. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { isProductFusion } from "../../hlo/product.js";
import { NoKernel } from "../no-kernel.js";
import type { IrModule } from "../scalar/index.js";
import { emitCudaFusion } from "./fusion.js";
import { emitCudaRoutine } from "./routines/index.js";
import type { CudaKernels, CudaTarget, CudaWork } from "./target.js";

/** Adds the instruction's kernels to the module; their names begin with `symbol`, of letters, digits and underscores. */
export function emitCudaInstruction(ir: IrModule, i: HloInstruction, symbol: string, target: CudaTarget): CudaWork {
  if (i.opcode === "fusion") return emitFusion(ir, i, symbol, target);
  const work = emitCudaRoutine(ir, i, symbol, target);
  if (work !== undefined) return work;
  throw noKernel(i, i.opcode === "custom-call" ? i.target : i.opcode);
}

function emitFusion(ir: IrModule, i: Instr<"fusion">, symbol: string, target: CudaTarget): CudaWork {
  if (isProductFusion(i)) throw noKernel(i, i.kind);
  return ofKernels(emitCudaFusion(ir, i, symbol, target));
}

const ofKernels = ({ launches, scratchBytes }: CudaKernels): CudaWork => ({
  steps: launches.map((launch) => ({ kind: "launch", ...launch })),
  scratchBytes,
});

const noKernel = (i: HloInstruction, operation: string): NoKernel =>
  new NoKernel(i, operation, "NVIDIA's cards", "neither cotangent nor a library of NVIDIA's has one yet");
