/** sort: the routine sorts by keys, so the comparator must be the order of some operands. */
import { dtypes, type Instr } from "../../../hlo/index.js";
import { dtypeCode } from "../../dtype-code.js";
import {
  aboutDimension,
  longestLine,
  type RoutineSlots,
  type RoutineThunk,
  routineThunkOf,
  shapeOf,
} from "./routine.js";
import { keyType, sortOrder } from "./sort-order.js";

/** As many as native/cpu/routines/sort.cc takes. */
const mostOperands = 16;

export function sortThunk(i: Instr<"sort">, slots: RoutineSlots): RoutineThunk | undefined {
  const shapes = i.operands.map(shapeOf);
  const [outer, length, inner] = aboutDimension(shapes[0].dims, i.dimension);
  if (shapes.length > mostOperands || length > longestLine) return undefined;
  const keys = sortOrder(i.comparator);
  if (keys === undefined || keys.length > 2 * mostOperands) return undefined;
  const bytes = shapes.map((s) => dtypes[s.dtype].bytes);
  const described = keys.flatMap(({ operand, part, descending, byBits }) => {
    const dtype = keyType(shapes[operand].dtype, part);
    return [operand, dtypeCode(dtype), part === "imag" ? dtypes[dtype].bytes : 0, Number(descending), Number(byBits)];
  });
  return routineThunkOf("sort", slots, [outer, length, inner, shapes.length, keys.length, ...bytes, ...described]);
}
