/** What a cumulative window combines with. */
import { type DType, isComplex } from "../../hlo/dtype.js";
import type { HloComputation, HloInstruction } from "../../hlo/instruction.js";

const simple = ["add", "multiply", "maximum", "minimum", "and", "or", "xor"] as const;
export type ScanOperation = (typeof simple)[number] | "logaddexp";

const isSimple = (name: string): name is (typeof simple)[number] => (simple as readonly string[]).includes(name);

/** What a computation of two scalars of a type does with them, if it is one of the well-known operations. */
export function scanOperation({ root, parameters }: HloComputation, dtype: DType): ScanOperation | undefined {
  if (parameters.length !== 2) return undefined;
  if (isLogAddExp(root)) return isComplex(dtype) ? undefined : "logaddexp";
  if (!areBoth(root.operands) || !isSimple(root.opcode)) return undefined;
  if (isComplex(dtype)) return root.opcode === "add" || root.opcode === "multiply" ? root.opcode : undefined;
  if (dtype === "bool" && root.opcode === "add") return "or";
  return dtype === "bool" && root.opcode === "multiply" ? "and" : root.opcode;
}

/** Whether these are the two parameters, in either order. */
const areBoth = ([x, y, ...more]: readonly HloInstruction[]): boolean =>
  more.length === 0 && x?.opcode === "parameter" && y?.opcode === "parameter" && x.index !== y.index;

/** max(x, y) + log1p(exp(-|x - y|)), or x + y where x - y is NaN. */
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
