import type { HostArray } from "../hlo/dtype.js";
import type { ArrayShape } from "../hlo/shape.js";

/** A function of the host that a plan calls by its number. */
export interface HostCallback {
  /** What its arguments are: the thunk's slots hold this much and perhaps more. */
  readonly operands: readonly ArrayShape[];
  readonly call: (...args: HostArray[]) => readonly HostArray[];
}
