import { nameOf } from "../hlo/graph.js";
import type { HloInstruction } from "../hlo/instruction.js";

/** An instruction that a kind of device cannot run. */
export class NoKernel extends Error {
  override readonly name = "NoKernel";

  constructor(
    readonly instruction: HloInstruction,
    /** What a user calls it: `sort`, `svd`. */
    readonly operation: string,
    /** `NVIDIA's cards`. */
    readonly devices: string,
    /** What is in the way, a clause without a full stop. */
    readonly reason: string,
  ) {
    super(`${nameOf(instruction)}: ${operation} has no kernel on ${devices}: ${reason}`);
  }
}
