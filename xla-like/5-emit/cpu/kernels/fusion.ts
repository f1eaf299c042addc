/** From a fusion to kernels. */
import type { IrModule } from "../../scalar/ir.js";
import type { CpuTarget } from "../target.js";
import { costOf } from "./cost.js";
import type { Fusion } from "./kernel.js";
import type { FusionKernels } from "./launch.js";
import { emitLoops } from "./loop.js";
import { emitUpdate } from "./update.js";

/** Adds the fusion's kernels to the module; their names begin with `symbol`. */
export function emitFusion(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): FusionKernels {
  const emit = fusion.kind === "update" ? emitUpdate : emitLoops;
  const launches = emit(module, fusion, symbol, target);
  return { launches, scratchBytes: fusionScratchBytes(fusion), ...costOf(fusion) };
}

/** The scratch memory that the fusion's kernels will ask for. */
export function fusionScratchBytes(_fusion: Fusion): number {
  return 0;
}
