/** From any instruction that computes something to what a card does for it. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { isProductFusion } from "../../hlo/product.js";
import { NoKernel } from "../no-kernel.js";
import type { IrModule } from "../scalar/index.js";
import { emitCudaFusion } from "./fusion.js";
import type { CudaKernels, CudaTarget, CudaWork } from "./target.js";

/** Adds the instruction's kernels to the module; their names begin with `symbol`, of letters, digits and underscores. */
export function emitCudaInstruction(ir: IrModule, i: HloInstruction, symbol: string, target: CudaTarget): CudaWork {
  if (i.opcode === "fusion") return emitFusion(ir, i, symbol, target);
  throw noKernel(i, i.opcode === "custom-call" ? i.target : i.opcode);
}

function emitFusion(ir: IrModule, i: Instr<"fusion">, symbol: string, target: CudaTarget): CudaWork {
  if (i.kind === "loop") return ofKernels(emitCudaFusion(ir, i, symbol, target));
  const product = isProductFusion(i) ? i.computation.instructions.find((x) => x.opcode === i.kind) : undefined;
  throw noKernel(i, product?.opcode ?? `a ${i.kind} fusion`);
}

const ofKernels = ({ launches, scratchBytes }: CudaKernels): CudaWork => ({
  steps: launches.map((launch) => ({ kind: "launch", ...launch })),
  scratchBytes,
});

const noKernel = (i: HloInstruction, operation: string): NoKernel =>
  new NoKernel(i, operation, "NVIDIA's cards", "neither cotangent nor a library of NVIDIA's has one yet");
