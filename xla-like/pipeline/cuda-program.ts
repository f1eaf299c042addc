/** What the compiler makes of a module for NVIDIA's cards, before it becomes PTX. */
import type { CudaEmission } from "../5-emit/cuda/index.js";
import type { HloModule } from "../hlo/instruction.js";

export interface CudaProgram extends CudaEmission {
  /** The optimised module. */
  readonly module: HloModule;
}
