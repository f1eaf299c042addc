/** The two sides of a dot, and where each one's dimensions stand in the result. */
import type { DotDims, Instr } from "../../hlo/instruction.js";
import { others, rankOf } from "./shapes.js";

/** 0 for the left operand, 1 for the right. */
export type Side = 0 | 1;
export const flipped = (side: Side): Side => (side === 0 ? 1 : 0);

export interface SideDims {
  readonly batch: readonly number[];
  readonly contracting: readonly number[];
}

export const sideDims = (dims: DotDims, side: Side): SideDims =>
  side === 0
    ? { batch: dims.lhsBatch, contracting: dims.lhsContracting }
    : { batch: dims.rhsBatch, contracting: dims.rhsContracting };

export const withSide = (dims: DotDims, side: Side, { batch, contracting }: SideDims): DotDims =>
  side === 0
    ? { ...dims, lhsBatch: batch, lhsContracting: contracting }
    : { ...dims, rhsBatch: batch, rhsContracting: contracting };

/** The dimensions of one operand that the result has besides the batch. */
export const freeDims = (i: Instr<"dot">, side: Side): number[] => {
  const { batch, contracting } = sideDims(i.dims, side);
  return others(rankOf(i.operands[side]), batch, contracting);
};

/** Where one operand's free dimensions stand in the result. */
export const resultLayout = (i: Instr<"dot">, side: Side): { readonly start: number; readonly count: number } => {
  const batch = i.dims.lhsBatch.length;
  const left = freeDims(i, 0).length;
  return side === 0 ? { start: batch, count: left } : { start: batch + left, count: freeDims(i, 1).length };
};
