/** Instructions that a routine of the runtime computes. */
import type { HloInstruction } from "../../../hlo/index.js";
import { cumulativeThunk } from "./cumulative.js";
import { fftThunk } from "./fft.js";
import { linalgThunk } from "./linalg.js";
import type { RoutineSlots, RoutineThunk } from "./routine.js";
import { sortThunk } from "./sort.js";
import { topKThunk } from "./top-k.js";

export type { RoutineSlots, RoutineThunk } from "./routine.js";

/**
 * The call that computes an instruction, or undefined if no routine does. `isThere` says whether this build of the
 * runtime has the routine of a name: without LAPACK some are missing.
 */
export function routineThunk(
  i: HloInstruction,
  slots: RoutineSlots,
  isThere: (name: string) => boolean = () => true,
): RoutineThunk | undefined {
  const thunk = thunkOf(i, slots);
  return thunk !== undefined && isThere(thunk.name) ? thunk : undefined;
}

function thunkOf(i: HloInstruction, slots: RoutineSlots): RoutineThunk | undefined {
  switch (i.opcode) {
    case "sort":
      return sortThunk(i, slots);
    case "top-k":
      return topKThunk(i, slots);
    case "reduce-window":
      return cumulativeThunk(i, slots);
    case "custom-call":
      return i.target === "fft" ? fftThunk(i, slots) : linalgThunk(i, slots);
    default:
      return undefined;
  }
}
