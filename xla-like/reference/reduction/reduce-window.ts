/** reduce-window: folds the elements under a window at each of its places. */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr, WindowDim } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { advance, rowMajor } from "../layout/strides.js";
import type { Lowering } from "../lowering.js";
import { loadText, storeText } from "../text/element.js";
import { Bindings, functionFromText } from "../text/source.js";
import { reducerText } from "./reducer.js";

/**
 * For each place of the window along one dimension, the offsets of the elements under it, in order. Places that
 * fall on padding or between dilated elements have none.
 */
export const windowOffsets = (size: number, places: number, w: WindowDim, stride: number): number[][] =>
  Array.from({ length: places }, (_, place) => {
    const offsets: number[] = [];
    for (let k = 0; k < w.size; k++) {
      const at = place * w.stride + k * w.windowDilation - w.padLow;
      const element = at / w.baseDilation;
      if (Number.isInteger(element) && element >= 0 && element < size) offsets.push(element * stride);
    }
    return offsets;
  });

/** All sums of one offset from each list, the last list varying fastest. */
export const combineOffsets = (lists: readonly (readonly number[])[]): number[] =>
  lists.reduce<number[]>((sums, list) => sums.flatMap((s) => list.map((o) => s + o)), [0]);

type Fold = (offsets: readonly number[], at: number, ...arrays: HostArray[]) => void;

export const reduceWindowKernel = (i: Instr<"reduce-window">, { prepare }: Lowering): Kernel => {
  const count = i.operands.length / 2;
  const shapes = Array.from({ length: count }, (_, k) => operandShape(i, k));
  const types = shapes.map((s) => s.dtype);
  const { dims } = shapes[0];
  const outDims = i.shape.kind === "array" ? i.shape.dims : i.shape.elements[0].dims;
  const n = sizeOf(outDims);
  const strides = rowMajor(dims);
  const perDim = dims.map((size, d) => windowOffsets(size, outDims[d], i.window[d], strides[d]));

  const b = new Bindings();
  const reducer = reducerText(i.computation, types, b, prepare);
  const names = (prefix: string): string[] => types.map((_, k) => `${prefix}${k}`);
  const text = [
    `// ${types.join()}`,
    ...types.map((d, k) => `const i${k} = ${loadText(d, `init${k}`, "0", b)};`),
    reducer.begin(names("i")),
    "for (let w = 0; w < offsets.length; w++) {",
    "const from = offsets[w];",
    ...types.map((d, k) => `const x${k} = ${loadText(d, `a${k}`, "from", b)};`),
    reducer.step(names("x")),
    "}",
    ...types.map((d, k) => storeText(d, `out${k}`, "at", reducer.results[k], b)),
  ].join("\n");
  const parameters = ["offsets", "at", ...names("out"), ...names("a"), ...names("init")].join();
  const fold = functionFromText<Fold>(parameters, text, b);

  return (operands) => {
    const outs = types.map((d) => hostArray(d, n));
    const arrays = [...outs, ...(operands as HostArray[])];
    if (n > 0) {
      const index = outDims.map(() => 0);
      let at = 0;
      do {
        fold(combineOffsets(perDim.map((places, d) => places[index[d]])), at++, ...arrays);
      } while (advance(index, outDims));
    }
    return i.shape.kind === "array" ? outs[0] : outs;
  };
};
