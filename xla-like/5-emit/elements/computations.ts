/** Computations of scalars (reducers, selectors, combiners) on every lane. */
import type { HloComputation, HloInstruction } from "../../hlo/instruction.js";
import { emitElement } from "../scalar/constants.js";
import { emitOperation } from "../scalar/operations.js";
import type { OperationContext, Value } from "../scalar/value.js";

/** A computation whose parameters are scalars, on every lane. */
export function applyComputation(
  cx: OperationContext,
  computation: HloComputation,
  args: readonly Value[],
): readonly Value[] {
  const values = new Map<HloInstruction, readonly Value[]>();
  for (const i of computation.instructions) {
    const operands = i.operands.map((x) => (values.get(x) ?? [])[0]);
    switch (i.opcode) {
      case "parameter":
        values.set(i, [args[i.index]]);
        break;
      case "constant":
        values.set(i, [emitElement(cx, i.shape.dtype, i.data, 0)]);
        break;
      case "tuple":
        values.set(i, operands);
        break;
      case "get-tuple-element":
        values.set(i, [(values.get(i.operands[0]) ?? [])[i.index]]);
        break;
      case "broadcast":
      case "reshape":
      case "optimization-barrier":
        values.set(i, operands);
        break;
      case "call":
        values.set(i, applyComputation(cx, i.computation, operands));
        break;
      default:
        values.set(i, [emitOperation(cx, i, operands)]);
    }
  }
  return values.get(computation.root) ?? [];
}
