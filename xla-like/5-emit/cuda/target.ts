/** What kernels for a card are emitted for. */
import type { ScalarTarget } from "../scalar/float-ops.js";

export type CudaArch = "sm_80" | "sm_90";

export interface CudaTarget extends ScalarTarget {
  readonly arch: CudaArch;
  /** What threads ask of their grid: instructions of the card, or calls of the fibres that stand for them in tests. */
  readonly intrinsics: "nvptx" | "fibres";
}

export const cudaTarget = (arch: CudaArch, intrinsics: CudaTarget["intrinsics"] = "nvptx"): CudaTarget => ({
  arch,
  intrinsics,
  fma: true,
  half: true,
});
