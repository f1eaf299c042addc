/** From a fusion to kernels for a card. */
import { fail } from "../../hlo/error.js";
import { nameOf } from "../../hlo/graph.js";
import type { Fusion } from "../elements/fusion.js";
import type { IrModule } from "../scalar/ir.js";
import { emitCudaLoops } from "./loop.js";
import type { CudaKernels, CudaTarget } from "./target.js";

/** Adds the fusion's kernels to the module; their names begin with `symbol`, of letters, digits and underscores. */
export function emitCudaFusion(module: IrModule, fusion: Fusion, symbol: string, target: CudaTarget): CudaKernels {
  if (fusion.kind !== "loop") {
    fail(`emit: ${nameOf(fusion)} is a ${fusion.kind} fusion, and only loop fusions have kernels for cuda`);
  }
  return { launches: emitCudaLoops(module, fusion, symbol, target), scratchBytes: 0 };
}
