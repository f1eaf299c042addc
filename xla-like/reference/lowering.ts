/** What the lowering of one instruction is told besides the instruction itself. */
import type { HloComputation } from "../hlo/instruction.js";
import type { Run } from "./host.js";

export interface Lowering {
  /**
   * Prepares a called computation. The arrays of its `owned` parameters belong to it alone, so it may overwrite them.
   */
  readonly prepare: (c: HloComputation, owned?: ReadonlySet<number>) => Run;
  /** Whether the instruction is the last reader of an operand's array that nobody else holds: it may overwrite it. */
  readonly dying: readonly boolean[];
}
