/** Custom-calls that NVIDIA's libraries compute, with kernels of ours around them: linear algebra, transforms, attention. */
import type { DType } from "../../../hlo/dtype.js";
import type { CustomCallTarget, HloInstruction } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import type { IrModule } from "../../scalar/ir.js";
import { noKernel } from "../no-kernel.js";
import { Parts } from "../parts.js";
import type { CudaTarget, CudaWork } from "../target.js";
import { attention, attentionGradient } from "./attention.js";
import { cholesky, lu, qr, triangularSolve } from "./factors.js";
import { fft } from "./fft.js";
import type { CustomCall } from "./matrices.js";
import { eig, eigh, svd } from "./spectra.js";

/** Adds the parts of its work, and returns false if the library has no such thing. */
type Emitter = (parts: Parts, i: CustomCall) => unknown;

const emitters: Partial<Record<CustomCallTarget, Emitter>> = {
  cholesky,
  "triangular-solve": triangularSolve,
  lu,
  qr,
  svd,
  eigh,
  eig,
  fft,
};

const types: ReadonlySet<DType> = new Set<DType>(["float32", "float64", "complex64", "complex128"]);

/** These say themselves what types they have. */
const attentions: Partial<Record<CustomCallTarget, Emitter>> = { attention, "attention-gradient": attentionGradient };

export { keepsAttention } from "./attention.js";

/** Adds the kernels of the call's work to the module; undefined where no library has it. */
export function emitLibraryCall(
  module: IrModule,
  i: HloInstruction,
  symbol: string,
  target: CudaTarget,
): CudaWork | undefined {
  if (i.opcode !== "custom-call") return undefined;
  if (i.target === "schur" || i.target === "hessenberg") {
    throw noKernel(i, i.target, "NVIDIA's libraries have none");
  }
  const [first] = i.operands;
  const isOfType = first?.shape.kind === "array" && types.has(first.shape.dtype);
  const emitter = attentions[i.target] ?? (isOfType ? emitters[i.target] : undefined);
  if (emitter === undefined) return undefined;
  const parts = new Parts(module, i, symbol, target);
  if (i.shape.elements.every((s) => sizeOf(s.dims) === 0)) return parts.work();
  return emitter(parts, i) === false ? undefined : parts.work();
}
