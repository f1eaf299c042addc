/** Which instructions make no bytes of their own, and how large values are. */
import { dtypes } from "../hlo/dtype.js";
import type { HloInstruction, Instr, Opcode } from "../hlo/instruction.js";
import { type ArrayShape, type HloShape, sizeOf } from "../hlo/shape.js";

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

export const bytesOf = ({ dtype, dims }: ArrayShape): number => sizeOf(dims) * dtypes[dtype].bytes;

/** The arrays of an instruction: one, or the elements of its tuple. */
export const arraysOf = (shape: HloShape): readonly ArrayShape[] => (shape.kind === "array" ? [shape] : shape.elements);
