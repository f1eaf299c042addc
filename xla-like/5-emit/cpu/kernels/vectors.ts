/** How many lanes a kernel's vectors have. */
import { dtypes } from "../../../hlo/dtype.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import { weightOf } from "../../elements/cost.js";
import type { Fusion } from "../../elements/fusion.js";
import type { CpuTarget } from "../target.js";

/** Beyond so many operations per element, values no longer stay in registers if every one of them takes four. */
const manyOperations = 400;

/** The most lanes worth having: four registers of the widest element, fewer where much is computed. */
export function mostLanes(fusion: Fusion, target: CpuTarget): number {
  const instructions = fusion.computation.instructions.filter((i) => i.opcode !== "tuple");
  const widest = Math.max(4, ...instructions.map((i) => widthOf(i)));
  const isLong = instructions.reduce((n, i) => n + weightOf(i), 0) > manyOperations;
  // Conditions that loops carry on are one register each only for lanes of one register.
  const registers = instructions.some((i) => i.opcode === "select-and-scatter") ? 1 : isLong ? 2 : 4;
  return Math.max(1, (registers * target.vectorBits) / 8 / widest);
}

function widthOf({ shape }: HloInstruction): number {
  const shapes = shape.kind === "tuple" ? shape.elements : [shape];
  return Math.max(...shapes.map((s) => dtypes[s.dtype].bytes));
}

/** Lanes for loops over an extent: those that waste least, and of these the most. */
export function lanesFor(extent: number, most: number): number {
  let [best, cost] = [1, Number.POSITIVE_INFINITY];
  for (let lanes = 1; lanes <= most; lanes *= 2) {
    // A round costs something besides its lanes, and a mask a little.
    const rounds = Math.ceil(extent / lanes);
    const price = rounds * (lanes + most / 8) * (extent % lanes === 0 ? 1 : 1.1);
    if (price <= cost) [best, cost] = [lanes, price];
  }
  return best;
}

/** The power of two that is not below n. */
export const ceilPower = (n: number): number => 2 ** Math.ceil(Math.log2(n));
