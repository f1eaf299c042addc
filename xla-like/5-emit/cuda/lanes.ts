/** How many neighbouring elements a thread may compute at a time, so that their values stay in its registers. */
import { dtypes } from "../../hlo/dtype.js";
import type { HloInstruction } from "../../hlo/instruction.js";
import { arrayOf } from "../elements/computed.js";
import { weightOf } from "../elements/cost.js";
import type { Fusion } from "../elements/fusion.js";

/** A thread reads and writes so many bytes with one instruction. */
export const vectorBytes = 16;

/** Series and continued fractions: for each element, dozens of values at once. */
const longest: ReadonlySet<string> = new Set([
  "bessel-i0e", "bessel-i1e", "digamma", "igamma", "igammac", "lgamma", "polygamma", "random-gamma-grad",
  "regularized-incomplete-beta-b", "zeta",
]); // biome-ignore format: a table
/** From this weight on an operation is a function of its own. */
const functionWeight = 20;
/** Beyond so many operations per element there is no room for several elements. */
const manyOperations = 200;

function lanesBeside(i: HloInstruction): number {
  if (longest.has(i.opcode)) return 1;
  if (weightOf(i) < functionWeight) return vectorBytes;
  return dtypes[arrayOf(i).dtype].kind === "complex" ? 1 : 4;
}

/** Of arrays whose widest element has so many bytes. */
export function mostLanes({ computation: { instructions, root } }: Fusion, widest: number): number {
  const inside = instructions.filter((i) => i !== root && i.shape.kind === "array");
  const isLong = inside.reduce((n, i) => n + weightOf(i), 0) > manyOperations;
  return Math.max(1, Math.min(vectorBytes / widest / (isLong ? 4 : 1), ...inside.map(lanesBeside)));
}
