/** What a product reads its operands through: the same memory with other strides, and floats widened. */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import { dtypes } from "../hlo/dtype.js";
import type { HloInstruction } from "../hlo/instruction.js";

/** Strides for reading an array of some dimensions, in elements of the memory below. */
interface View {
  readonly dims: readonly number[];
  readonly strides: readonly number[];
}

const rowMajor = (dims: readonly number[]): View => {
  const strides = new Array<number>(dims.length);
  let n = 1;
  for (let d = dims.length - 1; d >= 0; d--) {
    strides[d] = n;
    n *= dims[d];
  }
  return { dims, strides };
};

/** The view with other dimensions of the same number of elements, if strides can say it. */
const reshaped = (view: View, dims: readonly number[]): View | undefined => {
  if (dims.includes(0)) return rowMajor(dims);
  const old = view.dims.map((size, d) => ({ size, stride: view.strides[d] })).filter(({ size }) => size !== 1);
  const strides: number[] = [];
  let at = 0;
  for (let d = 0; d < dims.length; ) {
    if (dims[d] === 1) {
      strides[d++] = 0;
      continue;
    }
    // The fewest dimensions of both sides with the same number of elements.
    let [ours, theirs] = [dims[d], old[at].size];
    let [end, oldEnd] = [d + 1, at + 1];
    while (ours !== theirs) {
      if (ours < theirs) ours *= dims[end++];
      else theirs *= old[oldEnd++].size;
    }
    for (let k = at; k + 1 < oldEnd; k++) if (old[k].stride !== old[k + 1].stride * old[k + 1].size) return undefined;
    let { stride } = old[oldEnd - 1];
    for (let k = end - 1; k >= d; k--) {
      strides[k] = dims[k] === 1 ? 0 : stride;
      stride *= dims[k];
    }
    [d, at] = [end, oldEnd];
  }
  return { dims, strides };
};

/** A narrow float that is read wide. */
const isWidening = (i: HloInstruction): boolean => {
  if (i.opcode !== "convert" || i.shape.dtype !== "float32") return false;
  const [x] = i.operands;
  return x.shape.kind === "array" && dtypes[x.shape.dtype].kind === "float" && dtypes[x.shape.dtype].bytes === 2;
};

const viewThrough = (i: HloInstruction, view: View): View | undefined => {
  switch (i.opcode) {
    case "transpose":
      return { dims: i.shape.dims, strides: i.permutation.map((d) => view.strides[d]) };
    case "slice":
      return { dims: i.shape.dims, strides: view.strides.map((s, d) => s * i.strides[d]) };
    case "reshape":
      return reshaped(view, i.shape.dims);
    default:
      return isWidening(i) ? view : undefined;
  }
};

/** Whether strides can say what the chain reads of the array below it. The chain ends at the array. */
const isStrided = (chain: readonly HloInstruction[]): boolean => {
  let view: View | undefined = rowMajor(dimsOf(chain[chain.length - 1].operands[0]));
  for (let k = chain.length - 1; k >= 0 && view !== undefined; k--) view = viewThrough(chain[k], view);
  return view !== undefined;
};

const isStep = (i: HloInstruction): boolean =>
  i.opcode === "transpose" || i.opcode === "slice" || i.opcode === "reshape" || isWidening(i);

/** The longest chain of views from a product's operand down to an array in memory. */
export const viewsOf = (operand: HloInstruction): readonly HloInstruction[] => {
  const chain: HloInstruction[] = [];
  for (let i = operand; isStep(i); [i] = i.operands) {
    chain.push(i);
    if (!isStrided(chain)) {
      chain.pop();
      break;
    }
  }
  return chain;
};
