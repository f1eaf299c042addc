/** What tells kernels apart: a computation's text without its ids and names. */
import { createHash } from "node:crypto";
import { computationKey } from "../1-simplify/rewriting/sharing.js";
import type { HloComputation } from "../hlo/instruction.js";

/**
 * Equal for fusions that one kernel serves. The order of operands of commutative operations, of parameters and of
 * instructions counts as the text has it.
 */
export const fusionKey = (c: HloComputation): string => {
  const text = `${computationKey(c)} ${c.parameters.length}`;
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
};
