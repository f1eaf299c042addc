/** From any instruction that computes something to what a card does for it. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { isProductFusion } from "../../hlo/product.js";
import type { IrModule } from "../scalar/index.js";
import { emitCudaFusion } from "./fusion.js";
import { emitLibraryCall } from "./libraries/index.js";
import { noKernel } from "./no-kernel.js";
import { emitCudaProduct } from "./products/index.js";
import { emitCudaRoutine } from "./routines/index.js";
import type { CudaKernels, CudaTarget, CudaWork } from "./target.js";

/** Adds the instruction's kernels to the module; their names begin with `symbol`, of letters, digits and underscores. */
export function emitCudaInstruction(ir: IrModule, i: HloInstruction, symbol: string, target: CudaTarget): CudaWork {
  if (i.opcode === "fusion") return emitFusion(ir, i, symbol, target);
  const work = emitCudaRoutine(ir, i, symbol, target) ?? emitLibraryCall(ir, i, symbol, target);
  if (work !== undefined) return work;
  throw noKernel(i, i.opcode === "custom-call" ? i.target : i.opcode);
}

function emitFusion(ir: IrModule, i: Instr<"fusion">, symbol: string, target: CudaTarget): CudaWork {
  if (isProductFusion(i)) return emitCudaProduct(ir, i, symbol, target);
  return ofKernels(emitCudaFusion(ir, i, symbol, target));
}

const ofKernels = ({ launches, scratchBytes }: CudaKernels): CudaWork => ({
  steps: launches.map((launch) => ({ kind: "launch", ...launch })),
  scratchBytes,
});
