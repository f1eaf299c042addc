/** Transposes and reversals beside a convolution, folded into its dimension labels and windows. */
import type { ConvDims, HloInstruction, Instr } from "../../hlo/instruction.js";
import { isSplat } from "../facts/literals.js";
import { dimsOf, inverseOf } from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

type Convolution = Instr<"convolution">;
type Options = Pick<Convolution, "dims" | "window">;

const convolveInstead = (
  cx: RewriteContext,
  i: Convolution,
  x: HloInstruction,
  kernel: HloInstruction,
  { dims = i.dims, window = i.window }: Partial<Options>,
): HloInstruction =>
  cx.convolution(x, kernel, {
    dims,
    window,
    featureGroupCount: i.featureGroupCount,
    batchGroupCount: i.batchGroupCount,
    precision: i.precision,
    preferredDtype: i.shape.dtype,
  });

/** convolution(transpose(x), k) → convolution(x, k) with other labels. */
const ofTransposedInput = rule({
  name: "convolution-of-transposed-input",
  match: ["convolution"],
  rewrite: (i, cx) => {
    const [t, kernel] = i.operands;
    if (t.opcode !== "transpose") return undefined;
    const through = (d: number): number => t.permutation[d];
    const dims: ConvDims = {
      ...i.dims,
      inputBatch: through(i.dims.inputBatch),
      inputFeature: through(i.dims.inputFeature),
      inputSpatial: i.dims.inputSpatial.map(through),
    };
    return convolveInstead(cx, i, t.operands[0], kernel, { dims });
  },
});

/** convolution(x, transpose(k)) → convolution(x, k) with other labels. */
const ofTransposedKernel = rule({
  name: "convolution-of-transposed-kernel",
  match: ["convolution"],
  rewrite: (i, cx) => {
    const [x, t] = i.operands;
    if (t.opcode !== "transpose") return undefined;
    const through = (d: number): number => t.permutation[d];
    const dims: ConvDims = {
      ...i.dims,
      kernelInputFeature: through(i.dims.kernelInputFeature),
      kernelOutputFeature: through(i.dims.kernelOutputFeature),
      kernelSpatial: i.dims.kernelSpatial.map(through),
    };
    return convolveInstead(cx, i, x, t.operands[0], { dims });
  },
});

/** transpose(convolution(x, k)) → convolution(x, k) with other labels. */
const transposed = rule({
  name: "transpose-of-convolution",
  match: ["transpose"],
  rewrite: ({ permutation, operands: [i] }, cx) => {
    if (i.opcode !== "convolution" || cx.isShared(i)) return undefined;
    const places = inverseOf(permutation);
    const dims: ConvDims = {
      ...i.dims,
      outputBatch: places[i.dims.outputBatch],
      outputFeature: places[i.dims.outputFeature],
      outputSpatial: i.dims.outputSpatial.map((d) => places[d]),
    };
    return convolveInstead(cx, i, i.operands[0], i.operands[1], { dims });
  },
});

/** convolution(x, reverse(k)) → convolution(x, k) whose window reads the kernel backwards. */
const ofReversedKernel = rule({
  name: "convolution-of-reversed-kernel",
  match: ["convolution"],
  exactness: "order",
  rewrite: (i, cx) => {
    const [x, r] = i.operands;
    if (r.opcode !== "reverse" || !r.dimensions.every((d) => i.dims.kernelSpatial.includes(d))) return undefined;
    const window = i.window.map((w, k) =>
      r.dimensions.includes(i.dims.kernelSpatial[k]) ? { ...w, reversal: !(w.reversal ?? false) } : w,
    );
    return convolveInstead(cx, i, x, r.operands[0], { window });
  },
});

/** convolution(pad(x, 0), k) → convolution(x, k) that pads by itself. */
const ofPaddedInput = rule({
  name: "convolution-of-padded-input",
  match: ["convolution"],
  rewrite: (i, cx) => {
    const [p, kernel] = i.operands;
    if (p.opcode !== "pad" || !isSplat(p.operands[1], 0)) return undefined;
    const { inputBatch, inputFeature, inputSpatial } = i.dims;
    const isPadded = (d: number): boolean => p.low[d] !== 0 || p.high[d] !== 0 || p.interior[d] !== 0;
    if (isPadded(inputBatch) || isPadded(inputFeature) || dimsOf(p.operands[0]).includes(0)) return undefined;
    const window = i.window.map((w, k) => {
      const d = inputSpatial[k];
      return {
        ...w,
        padLow: w.padLow + p.low[d] * w.baseDilation,
        padHigh: w.padHigh + p.high[d] * w.baseDilation,
        baseDilation: w.baseDilation * (p.interior[d] + 1),
      };
    });
    return convolveInstead(cx, i, p.operands[0], kernel, { window });
  },
});

export const convolutionRules = [ofPaddedInput, ofTransposedInput, ofTransposedKernel, transposed, ofReversedKernel];
