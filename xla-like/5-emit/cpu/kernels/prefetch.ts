/** Memory that a kernel is about to read, brought near it in time. */
import type { HloInstruction } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { dimsOf, formOf } from "../../elements/forms.js";
import { pointerType } from "../../elements/frame.js";
import type { IrBuilder, IrValue } from "../../scalar/ir.js";

export const lineBytes = 64;

/** Parameters of so many elements that are read element by element: at a result's own place in them. */
export function wholeOperands(roots: readonly HloInstruction[], size: number): readonly HloInstruction[] {
  const seen = new Set<HloInstruction>();
  const visit = (i: HloInstruction): void => {
    if (seen.has(i) || (i.opcode !== "reduce" && i.opcode !== "reshape" && formOf(i) !== undefined)) return;
    seen.add(i);
    i.operands.forEach(visit);
  };
  roots.forEach(visit);
  return [...seen].filter((i) => i.opcode === "parameter" && sizeOf(dimsOf(i)) === size);
}

/** Asks for so many bytes: into the first cache, or only into the second. What does not exist is not missed. */
export function prefetch(b: IrBuilder, from: IrValue, bytes: number, first: boolean): void {
  b.module.declare("llvm.prefetch.p0", "void @llvm.prefetch.p0(ptr, i32, i32, i32)");
  for (let offset = 0; offset < bytes; offset += lineBytes) {
    const line = b.pure(pointerType, `getelementptr i8, ptr ${from.text}, i64 ${offset}`);
    b.statement(`call void @llvm.prefetch.p0(ptr ${line.text}, i32 0, i32 ${first ? 3 : 2}, i32 1)`);
  }
}
