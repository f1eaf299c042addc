/** Products by kernels of our own: of types that libraries do not have, and where there is no library or it refuses. */
import { productOf } from "../../../hlo/product.js";
import type { Fusion } from "../../elements/fusion.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CudaTarget, CudaWork } from "../target.js";
import { ownConvolution } from "./own-convolution.js";
import { ownDot } from "./own-dot.js";
import { emitTiles } from "./own-tiles.js";

/** Adds the kernels of a fusion of kind dot or convolution to the module; they need nothing but the card. */
export function emitOwnProduct(module: IrModule, fusion: Fusion, symbol: string, target: CudaTarget): CudaWork {
  const product = productOf(fusion);
  const own = product.opcode === "dot" ? ownDot(product) : ownConvolution(product);
  const { launches, scratchBytes } = emitTiles(module, fusion, own, symbol, target);
  return { steps: launches.map((launch) => ({ kind: "launch", ...launch })), scratchBytes };
}
