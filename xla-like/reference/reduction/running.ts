/** Windows that reach from every place to one edge: each fold goes on from its neighbour's, in one pass over the line. */
import type { Instr } from "../../hlo/instruction.js";
import { rowMajor } from "../layout/strides.js";

/** A line of elements: where it starts, and the step to the next. */
export interface Lines {
  readonly length: number;
  readonly step: number;
  each(visit: (first: number) => void): void;
}

/** The lines of a running window, in the direction of the fold; undefined for any other window. */
export const runningLines = (i: Instr<"reduce-window">, dims: readonly number[]): Lines | undefined => {
  const moving = dims.flatMap((_, d) => (i.window[d].size === 1 ? [] : [d]));
  const plain = i.window.every((w) => w.stride === 1 && w.baseDilation === 1 && w.windowDilation === 1);
  const unpadded = i.window.every((w) => w.size !== 1 || (w.padLow === 0 && w.padHigh === 0));
  if (!plain || !unpadded || moving.length !== 1) return undefined;
  const [axis] = moving;
  const { size, padLow, padHigh } = i.window[axis];
  const forward = padLow === size - 1 && padHigh === 0;
  const backward = padHigh === size - 1 && padLow === 0;
  if (size !== dims[axis] || !(forward || backward)) return undefined;
  const stride = rowMajor(dims)[axis];
  const outer = dims.slice(0, axis).reduce((n, d) => n * d, 1);
  const first = forward ? 0 : (size - 1) * stride;
  return {
    length: size,
    step: forward ? stride : -stride,
    each(visit) {
      for (let o = 0; o < outer; o++) for (let k = 0; k < stride; k++) visit(o * size * stride + k + first);
    },
  };
};
