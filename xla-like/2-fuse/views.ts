/**
 * Views: what chains of slice, reshape, transpose, reverse and broadcast make of an array, as an offset and a stride
 * for each dimension. A kernel that reads through strides needs no copy of them.
 */
import type { DType } from "../hlo/dtype.js";
import type { HloInstruction, Instr } from "../hlo/instruction.js";

/** Element (i₀, i₁, …) of the viewed array is the base's element `offset + Σ iₐ·strides[a]`, in row-major order. */
export interface View {
  readonly offset: number;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
}
/** A view of a parameter's memory, which holds `dtype`: a narrow float may be read as float32. */
export interface ParameterView extends View {
  readonly parameter: Instr<"parameter">;
  readonly dtype: DType;
}

export const rowMajorStrides = (dims: readonly number[]): number[] => {
  const strides = new Array<number>(dims.length);
  let n = 1;
  for (let d = dims.length - 1; d >= 0; d--) {
    strides[d] = n;
    n *= dims[d];
  }
  return strides;
};

/**
 * The strides of the same elements in the shape `to`, if strides can say it: every new dimension must lie within
 * old ones that follow each other evenly in memory.
 */
const reshaped = ({ offset, dims, strides }: View, to: readonly number[]): View | undefined => {
  if (to.includes(0)) return { offset, dims: to, strides: rowMajorStrides(to) };
  // The old dimensions of more than one element, neighbours joined where memory allows.
  const runs: { size: number; stride: number }[] = [];
  dims.forEach((size, d) => {
    if (size === 1) return;
    const last = runs.at(-1);
    if (last !== undefined && last.stride === size * strides[d]) {
      last.size *= size;
      last.stride = strides[d];
    } else {
      runs.push({ size, stride: strides[d] });
    }
  });
  const out = new Array<number>(to.length).fill(0);
  let d = to.length - 1;
  for (let r = runs.length - 1; r >= 0; r--) {
    let { size: rest, stride } = runs[r];
    while (rest > 1) {
      if (d < 0 || rest % to[d] !== 0) return undefined;
      out[d] = stride;
      stride *= to[d];
      rest /= to[d];
      d--;
    }
  }
  return { offset, dims: to, strides: out };
};

/** Read as float32 what memory holds as a narrower float: products convert as they read. */
const isWidening = (i: Instr<"convert">): boolean => {
  const { shape } = i.operands[0];
  return (
    i.shape.dtype === "float32" && shape.kind === "array" && (shape.dtype === "bfloat16" || shape.dtype === "float16")
  );
};

/** The view that `i` is, given the one that its operand is; undefined if strides cannot say it. */
export const viewThrough = (i: HloInstruction, view: View): View | undefined => {
  const { offset, dims, strides } = view;
  switch (i.opcode) {
    case "convert":
      return isWidening(i) ? view : undefined;
    case "reshape":
      return reshaped(view, i.shape.dims);
    case "transpose":
      return { offset, dims: i.shape.dims, strides: i.permutation.map((d) => strides[d]) };
    case "slice":
      return {
        offset: offset + i.starts.reduce((sum, start, d) => sum + start * strides[d], 0),
        dims: i.shape.dims,
        strides: strides.map((s, d) => s * i.strides[d]),
      };
    case "reverse":
      return {
        offset: offset + i.dimensions.reduce((sum, d) => sum + Math.max(0, dims[d] - 1) * strides[d], 0),
        dims,
        strides: strides.map((s, d) => (i.dimensions.includes(d) ? -s : s)),
      };
    case "broadcast": {
      const wide = new Array<number>(i.shape.dims.length).fill(0);
      i.dimensions.forEach((to, d) => {
        wide[to] = strides[d];
      });
      return { offset, dims: i.shape.dims, strides: wide };
    }
    default:
      return undefined;
  }
};

/** What `i` is a view of; undefined if it is computed, or no strides say it. */
export const viewOf = (i: HloInstruction): ParameterView | undefined => {
  if (i.opcode === "parameter") {
    const { dtype, dims } = i.shape;
    return { parameter: i, dtype, offset: 0, dims, strides: rowMajorStrides(dims) };
  }
  if (i.operands.length !== 1) return undefined;
  const inner = viewOf(i.operands[0]);
  const view = inner && viewThrough(i, inner);
  return view && { ...view, parameter: inner.parameter, dtype: inner.dtype };
};

/**
 * The strides with which the elements of `i` lie in the memory of `stored`, which is `i` transposed and reshaped;
 * undefined if it is something else, or no strides say it.
 */
export const storedStrides = (i: HloInstruction, stored: HloInstruction): readonly number[] | undefined => {
  const chain: HloInstruction[] = [];
  for (let x = stored; x !== i; [x] = x.operands) {
    if (x.opcode !== "transpose" && x.opcode !== "reshape") return undefined;
    chain.push(x);
  }
  if (stored.shape.kind !== "array") return undefined;
  const { dims } = stored.shape;
  let view: View | undefined = { offset: 0, dims, strides: rowMajorStrides(dims) };
  for (const x of chain) {
    const [before] = x.operands;
    if (view === undefined || before.shape.kind !== "array") return undefined;
    const { strides }: View = view;
    if (x.opcode === "transpose")
      view = {
        offset: 0,
        dims: before.shape.dims,
        strides: x.permutation.map((_, d) => strides[x.permutation.indexOf(d)]),
      };
    else view = reshaped(view, before.shape.dims);
  }
  return view?.strides;
};
