import { type HloModule, stableHloText } from "../../xla-like/index.js";
import { CompileError } from "../prelude/errors.js";

/** A program as StableHLO. */
export function portableText(module: HloModule): string {
  const text = stableHloText(module);
  if (text._tag === "Right") return text.right;
  const { what, instruction } = text.left;
  const origin = instruction.origin === undefined ? "" : ` (of ${instruction.origin})`;
  throw new CompileError(
    "CT606",
    `asText: StableHLO has no operation for ${what}${origin}. Ask for "hlo", which has them all, ` +
      "or leave that part out of the function.",
  );
}
