/**
 * Which convolution of a network a convolution is: a forward one, or the derivative of one by its data or its weights.
 * Each has a routine of its own in libraries, which takes the forward convolution's geometry. Labels say nothing: every
 * convolution is the derivative of another, and only the geometry tells which reading is meant.
 */
import type { Instr, WindowDim } from "../../hlo/instruction.js";
import { dimsOf } from "./shapes.js";

export type ConvolutionRole =
  | { readonly kind: "forward" }
  /** The operand is the cotangent of the forward convolution's result, the kernel its kernel. */
  | { readonly kind: "data-gradient"; readonly forward: readonly WindowDim[] }
  /** The operand is the forward convolution's operand, the kernel its result's cotangent. */
  | { readonly kind: "weight-gradient"; readonly forward: readonly WindowDim[] };

/** Elements of one spatial dimension: of the operand and of the result. */
interface Extent {
  readonly input: number;
  readonly output: number;
}

const extents = (i: Instr<"convolution">): readonly Extent[] =>
  i.dims.inputSpatial.map((d, k) => ({
    input: dimsOf(i.operands[0])[d],
    output: i.shape.dims[i.dims.outputSpatial[k]],
  }));

/**
 * High padding that makes `input` elements, dilated and padded, just as wide as `output` windows take; none where the
 * last elements are left over, because they are fewer than a stride.
 */
const padHighFor = (w: Omit<WindowDim, "padHigh">, { input, output }: Extent): number => {
  const exact =
    (output - 1) * w.stride + (w.size - 1) * w.windowDilation + 1 - ((input - 1) * w.baseDilation + 1) - w.padLow;
  return exact < 0 && exact > -w.stride ? 0 : exact;
};

const completed = (w: Omit<WindowDim, "padHigh">, extent: Extent): WindowDim => ({
  ...w,
  padHigh: padHighFor(w, extent),
});

/** Strides and base dilations change places, and the padding is what the window does not reach. */
const dataGradientOf = (w: WindowDim, { input, output }: Extent): WindowDim =>
  completed(
    {
      size: w.size,
      stride: w.baseDilation,
      padLow: (w.size - 1) * w.windowDilation - w.padLow,
      baseDilation: w.stride,
      windowDilation: w.windowDilation,
    },
    { input: output, output: input },
  );

/** The window is the forward result, and the result the forward window; strides and window dilations change places. */
const weightGradientOf = (w: WindowDim, { input, output }: Extent): WindowDim =>
  completed(
    {
      size: output,
      stride: w.windowDilation,
      padLow: w.padLow,
      baseDilation: w.baseDilation,
      windowDilation: w.stride,
    },
    { input, output: w.size },
  );

export const convolutionRole = (i: Instr<"convolution">): ConvolutionRole => {
  const { window } = i;
  const sizes = extents(i);
  if (window.length === 0) return { kind: "forward" };
  const hasForward = (forward: readonly WindowDim[]): boolean => forward.every((w) => w.padLow >= 0 && w.padHigh >= 0);
  // A kernel of one element is the same read backwards, and so tells nothing.
  if (window.some((w) => w.reversal === true) && window.every((w) => w.reversal === true || w.size === 1)) {
    const forward = window.map((w, k) => dataGradientOf(w, sizes[k]));
    if (hasForward(forward)) return { kind: "data-gradient", forward };
  }
  // Networks slide small windows to many places; a large one with few places to go was a result.
  if (window.every((w, k) => w.reversal !== true && w.size > sizes[k].output)) {
    const forward = window.map((w, k) => weightGradientOf(w, sizes[k]));
    if (hasForward(forward)) return { kind: "weight-gradient", forward };
  }
  return { kind: "forward" };
};
