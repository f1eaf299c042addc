/** Cumulative reduce-windows: one scan along a dimension. */
import { cumulativeOf } from "../../../2-fuse/cumulative.js";
import { type DType, type HloComputation, type HloInstruction, type Instr, isComplex } from "../../../hlo/index.js";
import { dtypeCode } from "../dtype-code.js";
import { aboutDimension, type RoutineSlots, type RoutineThunk, routineThunkOf, shapeOf } from "./routine.js";

/** As `ScanOp` in native/cpu/routines/cumulative_ops.h. */
const operations = { add: 0, multiply: 1, maximum: 2, minimum: 3, and: 4, or: 5, xor: 6, logaddexp: 7 } as const;
type Operation = keyof typeof operations;

const isOperation = (name: string): name is Operation => name in operations && name !== "logaddexp";

export function cumulativeThunk(i: Instr<"reduce-window">, slots: RoutineSlots): RoutineThunk | undefined {
  const along = cumulativeOf(i);
  if (along === undefined || i.operands.length !== 2) return undefined;
  const { dtype, dims } = shapeOf(i.operands[0]);
  const operation = operationOf(i.computation, dtype);
  if (operation === undefined) return undefined;
  const [outer, length, inner] = aboutDimension(dims, along.dimension);
  const code = operations[operation];
  return routineThunkOf("cumulative", slots, [outer, length, inner, dtypeCode(dtype), code, Number(along.reverse)]);
}

/** What a computation of two scalars does with them, if the routine can do it on `dtype`. */
function operationOf({ root, parameters }: HloComputation, dtype: DType): Operation | undefined {
  if (parameters.length !== 2) return undefined;
  if (isLogAddExp(root)) return isComplex(dtype) ? undefined : "logaddexp";
  if (!areBoth(root.operands) || !isOperation(root.opcode)) return undefined;
  if (isComplex(dtype)) return root.opcode === "add" || root.opcode === "multiply" ? root.opcode : undefined;
  if (dtype === "bool" && root.opcode === "add") return "or";
  return dtype === "bool" && root.opcode === "multiply" ? "and" : root.opcode;
}

/** Whether these are the two parameters, in either order. */
const areBoth = ([x, y, ...more]: readonly HloInstruction[]): boolean =>
  more.length === 0 && x?.opcode === "parameter" && y?.opcode === "parameter" && x.index !== y.index;

/** max(x, y) + log1p(exp(-|x - y|)), or x + y where x - y is NaN: as cumulative_ops.h has it. */
function isLogAddExp(root: HloInstruction): boolean {
  if (root.opcode !== "select") return false;
  const [unordered, plainSum, sum] = root.operands;
  if (unordered.opcode !== "compare" || unordered.direction !== "NE" || unordered.operands[0] !== unordered.operands[1])
    return false;
  const [delta] = unordered.operands;
  if (delta.opcode !== "subtract" || !areBoth(delta.operands)) return false;
  if (plainSum.opcode !== "add" || !areBoth(plainSum.operands) || sum.opcode !== "add") return false;
  const [larger, rest] = sum.operands[0].opcode === "maximum" ? sum.operands : [sum.operands[1], sum.operands[0]];
  if (larger.opcode !== "maximum" || !areBoth(larger.operands)) return false;
  let term = rest;
  for (const opcode of ["log-plus-one", "exponential", "negate", "abs"] as const) {
    if (term.opcode !== opcode) return false;
    [term] = term.operands;
  }
  return term === delta;
}
