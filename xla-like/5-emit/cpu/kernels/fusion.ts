/** From a fusion to kernels. */

import { costOf } from "../../elements/cost.js";
import type { Fusion } from "../../elements/fusion.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CpuTarget } from "../target.js";
import type { FusionKernels, Launch } from "./launch.js";
import { emitLoops } from "./loop.js";
import { emitRows } from "./row.js";
import { rowPlan, variadicPlan } from "./row-plan.js";
import { emitUpdate } from "./update.js";

/** Adds the fusion's kernels to the module; their names begin with `symbol`. */
export function emitFusion(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): FusionKernels {
  return {
    launches: emitLaunches(module, fusion, symbol, target),
    scratchBytes: fusionScratchBytes(fusion),
    ...costOf(fusion),
  };
}

function emitLaunches(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): readonly Launch[] {
  if (fusion.kind === "update") return emitUpdate(module, fusion, symbol, target);
  const plan = planOf(fusion);
  return plan === undefined
    ? emitLoops(module, fusion, symbol, target)
    : emitRows(module, fusion, plan, symbol, target);
}

const planOf = (fusion: Fusion) => (fusion.kind === "row" ? rowPlan(fusion) : variadicPlan(fusion));

/** The scratch memory that the fusion's kernels will ask for. */
export const fusionScratchBytes = (fusion: Fusion): number =>
  fusion.kind === "row" ? (rowPlan(fusion)?.scratchBytes ?? 0) : 0;
