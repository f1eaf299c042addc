/** Slices whose place is known only at run time. */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import { integerOf, type Kernel, type Value } from "../host.js";
import type { Lowering } from "../lowering.js";
import { boxCopy } from "./copy.js";
import { rowMajor } from "./strides.js";

/** The offset of a box of `sizes` at the given starts, clamped so that it lies inside. */
const clampedOffset = (dims: readonly number[], sizes: readonly number[]): ((starts: readonly Value[]) => number) => {
  const strides = rowMajor(dims);
  const limits = dims.map((n, d) => n - sizes[d]);
  return (starts) => {
    let offset = 0;
    for (let d = 0; d < limits.length; d++) {
      offset += Math.max(0, Math.min(limits[d], integerOf(starts[d]))) * strides[d];
    }
    return offset;
  };
};

export const dynamicSliceKernel = (i: Instr<"dynamic-slice">): Kernel => {
  const { dtype, dims } = i.shape;
  const n = sizeOf(dims);
  const source = operandShape(i, 0).dims;
  const offsetOf = clampedOffset(source, dims);
  const copy = boxCopy(dtype, dims, rowMajor(dims), rowMajor(source));
  return ([x, ...starts]) => {
    const out = hostArray(dtype, n);
    copy(out, 0, x as HostArray, offsetOf(starts));
    return out;
  };
};

export const dynamicUpdateSliceKernel = (i: Instr<"dynamic-update-slice">, { dying }: Lowering): Kernel => {
  const { dtype, dims } = i.shape;
  const update = operandShape(i, 1).dims;
  const offsetOf = clampedOffset(dims, update);
  const copy = boxCopy(dtype, update, rowMajor(dims), rowMajor(update));
  const [inPlace] = dying;
  return ([x, piece, ...starts]) => {
    const out = inPlace ? (x as HostArray) : (x as HostArray).slice();
    copy(out, offsetOf(starts), piece as HostArray, 0);
    return out;
  };
};
