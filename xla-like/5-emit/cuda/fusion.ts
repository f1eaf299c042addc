/** From a fusion to kernels for a card. */
import { fail } from "../../hlo/error.js";
import { nameOf } from "../../hlo/graph.js";
import type { Fusion } from "../elements/fusion.js";
import type { IrModule } from "../scalar/ir.js";
import { emitCudaLoops } from "./loop.js";
import { emitCudaRows } from "./row.js";
import type { CudaKernels, CudaTarget } from "./target.js";
import { emitCudaUpdate } from "./updates/update.js";

/** Adds the fusion's kernels to the module; their names begin with `symbol`, of letters, digits and underscores. */
export function emitCudaFusion(module: IrModule, fusion: Fusion, symbol: string, target: CudaTarget): CudaKernels {
  if (fusion.kind === "update") return emitCudaUpdate(module, fusion, symbol, target);
  if (fusion.kind !== "loop" && fusion.kind !== "row") {
    fail(
      `emit: ${nameOf(fusion)} is of kind ${fusion.kind}, and only loop, row and update fusions have kernels for cuda`,
    );
  }
  const rows = emitCudaRows(module, fusion, symbol, target);
  return rows ?? { launches: emitCudaLoops(module, fusion, symbol, target), scratchBytes: 0 };
}
