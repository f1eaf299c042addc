/** Cumulative reduce-windows: one scan along a dimension. */
import { cumulativeOf } from "../../../2-fuse/cumulative.js";
import type { Instr } from "../../../hlo/index.js";
import { dtypeCode } from "../../dtype-code.js";
import { scanOperation } from "../../elements/scan-operation.js";
import { aboutDimension, type RoutineSlots, type RoutineThunk, routineThunkOf, shapeOf } from "./routine.js";

/** As `ScanOp` in native/cpu/routines/cumulative_ops.h. */
const operations = { add: 0, multiply: 1, maximum: 2, minimum: 3, and: 4, or: 5, xor: 6, logaddexp: 7 } as const;

export function cumulativeThunk(i: Instr<"reduce-window">, slots: RoutineSlots): RoutineThunk | undefined {
  const along = cumulativeOf(i);
  if (along === undefined || i.operands.length !== 2) return undefined;
  const { dtype, dims } = shapeOf(i.operands[0]);
  const operation = scanOperation(i.computation, dtype);
  if (operation === undefined) return undefined;
  const [outer, length, inner] = aboutDimension(dims, along.dimension);
  const code = operations[operation];
  return routineThunkOf("cumulative", slots, [outer, length, inner, dtypeCode(dtype), code, Number(along.reverse)]);
}
