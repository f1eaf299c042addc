/** Windows that reach from every place to one edge of a dimension: one scan, where a kernel would take n² steps. */
import type { HloInstruction, Instr } from "../hlo/index.js";

export interface Cumulative {
  readonly dimension: number;
  /** From each element on to the end, rather than from the start up to it. */
  readonly reverse: boolean;
}

/** Along which dimension a reduce-window is cumulative; undefined if it is any other window. */
export function cumulativeOf(i: Instr<"reduce-window">): Cumulative | undefined {
  const [operand] = i.operands;
  if (operand.shape.kind !== "array") return undefined;
  const { dims } = operand.shape;
  const moving: number[] = [];
  for (const [d, w] of i.window.entries()) {
    if (w.stride !== 1 || w.baseDilation !== 1 || w.windowDilation !== 1) return undefined;
    if (w.size !== 1) moving.push(d);
    else if (w.padLow !== 0 || w.padHigh !== 0) return undefined;
  }
  if (moving.length !== 1) return undefined;
  const [dimension] = moving;
  const { size, padLow, padHigh } = i.window[dimension];
  if (size !== dims[dimension]) return undefined;
  if (padLow === size - 1 && padHigh === 0) return { dimension, reverse: false };
  return padHigh === size - 1 && padLow === 0 ? { dimension, reverse: true } : undefined;
}

/** Whether an instruction is a cumulative reduce-window, which stays whole. */
export const isCumulative = (i: HloInstruction): boolean =>
  i.opcode === "reduce-window" && cumulativeOf(i) !== undefined;
