/**
 * scatter-rows: a scatter that adds whole rows of updates to the rows of the operand that the indices name, as the
 * gradient of an embedding does. Rows are added in the order of the updates, whichever thread owns the row.
 */
import type { HloInstruction, Instr } from "../../../hlo/index.js";
import type { SlotId } from "../../plan.js";
import { dtypeCode } from "./dtype-code.js";
import { longestLine, type RoutineSlots, type RoutineThunk, shapeOf } from "./routine.js";

export interface ScatterSlots {
  /** The operand's memory, which becomes the result. */
  readonly target: SlotId;
  readonly indices: SlotId;
  readonly updates: SlotId;
}

/**
 * The routine of an update fusion that is nothing but such a scatter of its operands; `slots.results[0]` is the memory
 * that is updated in place.
 */
export function scatterFusionThunk(fusion: Instr<"fusion">, slots: RoutineSlots): RoutineThunk | undefined {
  const [scatter, ...more] = fusion.computation.root.operands;
  if (fusion.kind !== "update" || scatter?.opcode !== "scatter" || more.length > 0) return undefined;
  const [operand, indices, updates] = scatter.operands;
  if (operand.opcode !== "parameter" || indices.opcode !== "parameter" || updates.opcode !== "parameter")
    return undefined;
  return scatterRowsThunk(scatter, {
    target: slots.results[0],
    indices: slots.operands[indices.index],
    updates: slots.operands[updates.index],
  });
}

/** Adds in place; undefined if `scatter` is of any other kind. */
export function scatterRowsThunk(i: Instr<"scatter">, slots: ScatterSlots): RoutineThunk | undefined {
  const [operand, indices, updates] = i.operands.map(shapeOf);
  const { dtype } = operand;
  if (dtype !== "float32" && dtype !== "float64") return undefined;
  if (indices.dtype !== "int32" && indices.dtype !== "int64" && indices.dtype !== "uint32") return undefined;
  if (!addsItsParameters(i.computation.root) || !namesRows(i)) return undefined;
  const [rows, ...row] = operand.dims;
  const width = row.reduce((n, d) => n * d, 1);
  const count = indices.dims.reduce((n, d) => n * d, 1);
  if (rows > longestLine || count > longestLine || updates.dims.reduce((n, d) => n * d, 1) !== count * width) {
    return undefined;
  }
  return {
    kind: "routine",
    name: "scatter-rows",
    args: [slots.target, slots.indices, slots.updates],
    params: [dtypeCode(dtype), dtypeCode(indices.dtype), rows, width, count],
  };
}

function addsItsParameters(root: HloInstruction): boolean {
  if (root.opcode !== "add") return false;
  const [x, y] = root.operands;
  return x.opcode === "parameter" && y.opcode === "parameter" && x.index !== y.index;
}

/** One index names a row of the operand, and each window of the updates is such a row, the indices' dimensions first. */
function namesRows({ dims, operands }: Instr<"scatter">): boolean {
  const [operand, indices, updates] = operands.map(shapeOf);
  const rank = operand.dims.length;
  const batch = updates.dims.length - (rank - 1);
  const oneEach = dims.indexVectorDim === indices.dims.length || indices.dims[dims.indexVectorDim] === 1;
  return (
    oneEach &&
    dims.indexVectorDim >= batch &&
    dims.inputBatchingDims.length === 0 &&
    isList(dims.insertedWindowDims, [0]) &&
    isList(dims.scatterDimsToOperandDims, [0]) &&
    isList(
      dims.updateWindowDims,
      Array.from({ length: rank - 1 }, (_, d) => batch + d),
    ) &&
    operand.dims.slice(1).every((n, d) => updates.dims[batch + d] === n)
  );
}

const isList = (list: readonly number[], expected: readonly number[]): boolean =>
  list.length === expected.length && list.every((x, k) => x === expected[k]);
