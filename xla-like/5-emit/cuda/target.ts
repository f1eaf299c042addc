/** What kernels for a card are emitted for. */
import type { ScalarTarget } from "../scalar/float-ops.js";

export type CudaArch = "sm_80" | "sm_90";

export interface CudaTarget extends ScalarTarget {
  readonly arch: CudaArch;
  /** What threads ask of their grid: instructions of the card, or calls of the fibres that stand for them in tests. */
  readonly intrinsics: "nvptx" | "fibres";
  /** Fewer threads leave parts of the card idle: each does less then. */
  readonly busyThreads: number;
  /** Whether a program gives the same bits in every run: sums by atomic additions do not. */
  readonly deterministic?: boolean;
  /** Bytes from the start of each argument's memory to where the array begins, of kernels that share memory. */
  readonly offsets?: readonly number[];
}

export const cudaTarget = (
  arch: CudaArch,
  intrinsics: CudaTarget["intrinsics"] = "nvptx",
  busyThreads = 2 ** 16,
): CudaTarget => ({
  arch,
  intrinsics,
  busyThreads,
  fma: true,
  half: true,
  aligned: true,
});

/** One launch of a kernel. */
export interface CudaLaunch {
  readonly symbol: string;
  /** What the kernel's arguments are, counted through operands, then outputs, then scratch memory. */
  readonly args: readonly number[];
  readonly grid: readonly [x: number, y: number, z: number];
  /** Threads of a block. */
  readonly block: number;
  /** Shared memory of a block. */
  readonly sharedBytes: number;
}

/** What a card does for an instruction: launches of our kernels, and calls of libraries' routines in native/cuda/libraries. */
export type CudaStep =
  | ({ readonly kind: "launch" } & CudaLaunch)
  | {
      readonly kind: "call";
      readonly routine: string;
      /** Counted as those of a launch. */
      readonly args: readonly number[];
      /** What they mean is the routine's affair. */
      readonly params: readonly number[];
    };

/** Steps, one after the other, and the bytes of memory that they share at the index after the outputs. */
export interface CudaWork {
  readonly steps: readonly CudaStep[];
  readonly scratchBytes: number;
}

/** Launches, one after the other, and the bytes of memory that they share at the index after the outputs. */
export interface CudaKernels {
  readonly launches: readonly CudaLaunch[];
  readonly scratchBytes: number;
}
