/** top-k: the largest of each line along the last dimension, and where they stood. */
import { dtypes, type Instr, isComplex } from "../../../hlo/index.js";
import { dtypeCode } from "../../dtype-code.js";
import { longestLine, type RoutineSlots, type RoutineThunk, routineThunkOf, shapeOf } from "./routine.js";

export function topKThunk(i: Instr<"top-k">, slots: RoutineSlots): RoutineThunk | undefined {
  const { dtype, dims } = shapeOf(i.operands[0]);
  const length = dims[dims.length - 1];
  if (isComplex(dtype) || dtypes[dtype].kind === "void" || length > longestLine) return undefined;
  const lines = dims.slice(0, -1).reduce((n, d) => n * d, 1);
  return routineThunkOf("top-k", slots, [lines, length, i.k, dtypeCode(dtype)]);
}
