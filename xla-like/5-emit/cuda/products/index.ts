/** Fusions around a dot or a convolution: a library's call, or kernels of our own, and what is computed from the product. */
import { productOf } from "../../../hlo/product.js";
import { sizeOf } from "../../../hlo/shape.js";
import { dimsOf } from "../../elements/forms.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import type { IrModule } from "../../scalar/ir.js";
import { Parts } from "../parts.js";
import type { CudaTarget, CudaWork } from "../target.js";
import { emitLibraryConvolution } from "./convolution.js";
import { emitLibraryDot } from "./dot.js";
import { emitOwnProduct } from "./own.js";

/** Adds the kernels of the fusion's work to the module; their names begin with `symbol`. */
export function emitCudaProduct(module: IrModule, fusion: Fusion, symbol: string, target: CudaTarget): CudaWork {
  const parts = new Parts(module, fusion, symbol, target);
  const product = productOf(fusion);
  if (rootsOf(fusion).every((root) => sizeOf(dimsOf(root)) === 0)) return parts.work();
  const isOfLibrary =
    product.opcode === "dot" ? emitLibraryDot(parts, fusion, product) : emitLibraryConvolution(parts, fusion, product);
  if (isOfLibrary) return parts.work();
  // What the library does not have.
  return emitOwnProduct(module, fusion, symbol, target);
}
