/** Which instructions make no bytes of their own. */
import type { HloInstruction, Instr, Opcode } from "../hlo/instruction.js";
import type { ArrayShape, HloShape } from "../hlo/shape.js";

type AliasOpcode = Extract<
  Opcode,
  "reshape" | "get-tuple-element" | "tuple" | "optimization-barrier" | "bitcast-convert"
>;
const aliases: ReadonlySet<string> = new Set<AliasOpcode>([
  "reshape",
  "get-tuple-element",
  "tuple",
  "optimization-barrier",
  "bitcast-convert",
]);

/** Whether the result is the operand's memory read in another way. */
export const isAlias = (i: HloInstruction): i is Instr<AliasOpcode> => aliases.has(i.opcode);

/** The arrays of an instruction: one, or the elements of its tuple. */
export const arraysOf = (shape: HloShape): readonly ArrayShape[] => (shape.kind === "array" ? [shape] : shape.elements);
