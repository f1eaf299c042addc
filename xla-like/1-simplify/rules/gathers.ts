/** Gathers and scatters at places that are known, or of one window, are slices and updates. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { dimsOf, dtypeOf, isRange, others, range, rankOf, sizeOfArray } from "../facts/shapes.js";
import { staticIntegers } from "../facts/static-integers.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

type Gather = Instr<"gather">;

const clamp = (n: number, room: number): number => Math.min(Math.max(n, 0), room);

/** The dimensions of the result that say which window. */
const batchDimsOf = (i: Gather): number[] => others(i.shape.dims.length, i.dims.offsetDims);

/** One component of a single index vector, as a scalar. */
const component = (cx: RewriteContext, indices: HloInstruction, k: number): HloInstruction => {
  const vector = cx.reshape(indices, [sizeOfArray(indices)]);
  return cx.reshape(cx.slice(vector, [k], [k + 1]), []);
};

/** A gather of one window is a dynamic slice, whose starts are clamped alike. */
const ofOneWindow = rule({
  name: "gather-of-one-window",
  match: ["gather"],
  rewrite: (i, cx) => {
    const [x, indices] = i.operands;
    const windows = sizeOf(batchDimsOf(i).map((d) => i.shape.dims[d]));
    if (i.dims.operandBatchingDims.length > 0 || windows !== 1) return undefined;
    if (rankOf(x) === 0) return cx.reshape(x, i.shape.dims);
    const starts = range(rankOf(x)).map((d) => {
      const k = i.dims.startIndexMap.indexOf(d);
      return k < 0 ? cx.scalar(dtypeOf(indices), 0) : component(cx, indices, k);
    });
    return cx.reshape(cx.dynamicSlice(x, starts, i.sliceSizes), i.shape.dims);
  },
});

/** First and step of a list that counts up evenly. */
const progression = (list: readonly number[]): { readonly first: number; readonly step: number } | undefined => {
  if (list.length < 2) return undefined;
  const [first, step] = [list[0], list[1] - list[0]];
  return step > 0 && list.every((n, k) => n === first + k * step) ? { first, step } : undefined;
};

/** A gather of single elements along one dimension, at places that count up evenly, is a strided slice. */
const atEvenPlaces = rule({
  name: "gather-at-even-places",
  match: ["gather"],
  rewrite: (i, cx) => {
    const [x, indices] = i.operands;
    const { startIndexMap, operandBatchingDims } = i.dims;
    if (startIndexMap.length !== 1 || operandBatchingDims.length > 0 || sizeOf(i.shape.dims) === 0) return undefined;
    const [d] = startIndexMap;
    const dims = dimsOf(x);
    const isWhole = others(dims.length, [d]).every((k) => i.sliceSizes[k] === dims[k]);
    const places = isWhole && i.sliceSizes[d] === 1 ? staticIntegers(indices) : undefined;
    const even = places && progression(places.map((n) => clamp(n, dims[d] - 1)));
    const batch = batchDimsOf(i);
    // The windows' dimensions must lie together, so that they are one dimension split.
    if (even === undefined || places === undefined || !isRange(batch.map((b) => b - batch[0]))) return undefined;
    const count = places.length;
    const at = (k: number, here: number, elsewhere: number): number => (k === d ? here : elsewhere);
    const sliced = cx.slice(
      x,
      dims.map((_, k) => at(k, even.first, 0)),
      dims.map((n, k) => at(k, even.first + (count - 1) * even.step + 1, n)),
      dims.map((_, k) => at(k, even.step, 1)),
    );
    const order = others(dims.length, [d]);
    // The dimensions of the result before the batch are the first of the kept ones; d itself may be among them, as 1.
    const isKept = !i.dims.collapsedSliceDims.includes(d);
    const window = range(dims.length).filter((k) => isKept || k !== d);
    const before = window.slice(0, batch[0]).filter((k) => k !== d).length;
    order.splice(before, 0, d);
    return cx.reshape(cx.transpose(sliced, order), i.shape.dims);
  },
});

/** Scattering nothing. */
const scatterOfNothing = rule({
  name: "scatter-of-nothing",
  match: ["scatter"],
  rewrite: ({ operands: [x, , updates] }) => (sizeOfArray(updates) === 0 ? x : undefined),
});

/** A scatter that puts one window at a known place inside is an update there. */
const scatterOfOneWindow = rule({
  name: "scatter-of-one-window",
  match: ["scatter"],
  rewrite: (i, cx) => {
    const [x, indices, updates] = i.operands;
    const { root, parameters } = i.computation;
    const { dims } = i;
    if (root !== parameters[1] || dims.inputBatchingDims.length > 0 || rankOf(x) === 0) return undefined;
    if (sizeOf(others(rankOf(updates), dims.updateWindowDims).map((d) => dimsOf(updates)[d])) !== 1) return undefined;
    const places = staticIntegers(indices);
    if (places === undefined) return undefined;
    const kept = others(rankOf(x), dims.insertedWindowDims);
    const sizes = range(rankOf(x)).map((d) => {
      const k = kept.indexOf(d);
      return k < 0 ? 1 : dimsOf(updates)[dims.updateWindowDims[k]];
    });
    const starts = range(rankOf(x)).map((d) => {
      const k = dims.scatterDimsToOperandDims.indexOf(d);
      return k < 0 ? 0 : places[k];
    });
    // A window that reaches out is dropped by a scatter, and moved by an update.
    if (!starts.every((s, d) => s >= 0 && s + sizes[d] <= dimsOf(x)[d])) return undefined;
    return cx.dynamicUpdateSlice(
      x,
      cx.reshape(updates, sizes),
      starts.map((s) => cx.scalar("int32", s)),
    );
  },
});

export const gatherRules = [ofOneWindow, atEvenPlaces, scatterOfNothing, scatterOfOneWindow];
