/** What kernels are emitted for. */
import type { ScalarTarget } from "../scalar/float-ops.js";

export interface CpuTarget extends ScalarTarget {
  /** Bits of the widest vector registers worth using. */
  readonly vectorBits: 512 | 256 | 128;
  /** Whether no result of the fusion lies in an operand's memory. */
  readonly apart?: boolean;
}
