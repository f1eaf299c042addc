import { nameOf } from "../hlo/graph.js";
import type { HloInstruction } from "../hlo/instruction.js";

/** An instruction that StableHLO has no operation for. */
export class NotPortable extends Error {
  override readonly name = "NotPortable";
  constructor(
    readonly instruction: HloInstruction,
    /** `the library routine qr`. */
    readonly what: string,
  ) {
    super(`${nameOf(instruction)}: StableHLO has no operation for ${what}`);
  }
}
