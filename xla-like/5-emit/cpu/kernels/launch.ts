/** What emitting a fusion gives: launches of kernels, one after the other, over the fusion's memory. */
export interface Launch {
  readonly symbol: string;
  /** What the kernel's arguments are, counted through operands, then outputs, then scratch memory. */
  readonly args: readonly number[];
  /** The kernel runs on parts of [0, units), at least `grain` long, in any order and on any threads. */
  readonly units: number;
  readonly grain: number;
}

export interface FusionKernels {
  readonly launches: readonly Launch[];
  /** Memory that all launches share, at the index after the outputs; 0 for none. */
  readonly scratchBytes: number;
  readonly flops: number;
  readonly bytes: number;
}
