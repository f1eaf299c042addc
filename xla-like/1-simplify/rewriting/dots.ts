/** Dots made in the place of others. */
import type { DotDims, HloInstruction, Instr } from "../../hlo/instruction.js";
import type { Copier } from "./copier.js";

/** A dot of other operands, in the precision and of the type of `i`. */
export const dotLike = (
  b: Copier,
  i: Instr<"dot">,
  x: HloInstruction,
  y: HloInstruction,
  dims: DotDims,
): HloInstruction => b.dot(x, y, dims, { precision: i.precision, preferredDtype: i.shape.dtype });
