/** Instructions outside of fusions that kernels of ours compute. */
import type { HloInstruction } from "../../../hlo/instruction.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CudaKernels, CudaTarget, CudaWork } from "../target.js";
import { emitCudaCumulative } from "./cumulative.js";
import { emitCudaSort, emitCudaTopK } from "./sort.js";
import { emitCudaReduction, emitCudaScatterWhole } from "./whole.js";

/** Adds an instruction's kernels to the module; undefined if none compute it. Operands, then results, then scratch. */
export function emitCudaRoutine(
  module: IrModule,
  i: HloInstruction,
  symbol: string,
  target: CudaTarget,
): CudaWork | undefined {
  const kernels = kernelsOf(module, i, symbol, target);
  if (kernels === undefined) return undefined;
  const { launches, scratchBytes } = kernels;
  return { steps: launches.map((launch) => ({ kind: "launch", ...launch })), scratchBytes };
}

function kernelsOf(module: IrModule, i: HloInstruction, symbol: string, target: CudaTarget): CudaKernels | undefined {
  switch (i.opcode) {
    case "sort":
      return emitCudaSort(module, i, symbol, target);
    case "top-k":
      return emitCudaTopK(module, i, symbol, target);
    case "reduce-window":
      return emitCudaCumulative(module, i, symbol, target) ?? emitCudaReduction(module, i, symbol, target);
    case "reduce":
    case "select-and-scatter":
      return emitCudaReduction(module, i, symbol, target);
    case "scatter":
      return emitCudaScatterWhole(module, i, symbol, target);
    default:
      return undefined;
  }
}
