/** Slices: composed, cancelled, and moved to where they leave less to do. */
import { sameDims, sizeOf } from "../../hlo/shape.js";
import { dimsOf, inverseOf, range, rankOf } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

/** A slice of everything → the operand. */
const identity = rule({
  name: "slice-identity",
  match: ["slice"],
  rewrite: ({ shape, operands: [x] }) => (sameDims(shape.dims, dimsOf(x)) ? x : undefined),
});

/** slice(slice(x)) → slice(x). */
const compose = rule({
  name: "slice-of-slice",
  match: ["slice"],
  rewrite: ({ shape, starts, strides, operands: [x] }, cx) => {
    if (x.opcode !== "slice") return undefined;
    const from = starts.map((s, d) => x.starts[d] + s * x.strides[d]);
    const by = strides.map((s, d) => s * x.strides[d]);
    // The limit just behind the last element, so that an empty slice stays inside.
    const to = from.map((s, d) => (shape.dims[d] === 0 ? s : s + (shape.dims[d] - 1) * by[d] + 1));
    return cx.slice(x.operands[0], from, to, by);
  },
});

/** slice(broadcast(x)) → broadcast(slice(x)). */
const ofBroadcast = rule({
  name: "slice-of-broadcast",
  match: ["slice"],
  rewrite: ({ shape, starts, limits, strides, operands: [b] }, cx) => {
    if (b.opcode !== "broadcast") return undefined;
    const own = (list: readonly number[]): number[] => b.dimensions.map((d) => list[d]);
    const narrow = cx.slice(b.operands[0], own(starts), own(limits), own(strides));
    return cx.broadcast(narrow, shape.dims, b.dimensions);
  },
});

/** slice(transpose(x)) → transpose(slice(x)): less to transpose. */
const ofTranspose = rule({
  name: "slice-of-transpose",
  match: ["slice"],
  rewrite: ({ starts, limits, strides, operands: [t] }, cx) => {
    if (t.opcode !== "transpose" || cx.isShared(t)) return undefined;
    const order = inverseOf(t.permutation);
    const own = (list: readonly number[]): number[] => order.map((d) => list[d]);
    return cx.transpose(cx.slice(t.operands[0], own(starts), own(limits), own(strides)), t.permutation);
  },
});

/** A slice that lies within one operand of a concatenation, or spares some of them. */
const ofConcatenate = rule({
  name: "slice-of-concatenate",
  match: ["slice"],
  rewrite: ({ starts, limits, strides, operands: [c] }, cx) => {
    if (c.opcode !== "concatenate") return undefined;
    const d = c.dimension;
    let begin = 0;
    let before = 0;
    const needed = c.operands.filter((x) => {
      const [from, to] = [begin, begin + dimsOf(x)[d]];
      begin = to;
      if (to <= starts[d]) before = to;
      return to > starts[d] && from < limits[d];
    });
    if (needed.length === c.operands.length || needed.length === 0) return undefined;
    if (needed.length > 1 && cx.isShared(c)) return undefined;
    const shifted = (list: readonly number[]): number[] => list.map((n, k) => (k === d ? n - before : n));
    return cx.slice(cx.concatenate(needed, d), shifted(starts), shifted(limits), strides);
  },
});

/** A slice of a padded array that sees nothing of the padding. */
const ofPad = rule({
  name: "slice-of-pad",
  match: ["slice"],
  rewrite: ({ shape, starts, limits, strides, operands: [p] }, cx) => {
    if (p.opcode !== "pad") return undefined;
    const [x, value] = p.operands;
    const dims = dimsOf(x);
    if ([...p.low, ...p.high].some((n) => n < 0)) return undefined;
    const misses = (d: number): boolean =>
      limits[d] <= p.low[d] || starts[d] >= p.low[d] + Math.max(0, dims[d] + (dims[d] - 1) * p.interior[d]);
    if (range(dims.length).some(misses) && sizeOf(shape.dims) > 0) return cx.broadcast(value, shape.dims, []);
    const lies = (d: number): boolean =>
      p.interior[d] === 0 && starts[d] >= p.low[d] && limits[d] <= p.low[d] + dims[d];
    if (!range(dims.length).every(lies)) return undefined;
    return cx.slice(
      x,
      starts.map((s, d) => s - p.low[d]),
      limits.map((s, d) => s - p.low[d]),
      strides,
    );
  },
});

/** slice(reverse(x)) → reverse(slice(x)): less to reverse. */
const ofReverse = rule({
  name: "slice-of-reverse",
  match: ["slice"],
  rewrite: ({ shape, starts, strides, operands: [r] }, cx) => {
    if (r.opcode !== "reverse" || cx.isShared(r)) return undefined;
    const dims = r.shape.dims;
    // The elements s, s + k, …, counted from the other end, start at what was the last.
    const last = (d: number): number => starts[d] + (shape.dims[d] - 1) * strides[d];
    const from = starts.map((s, d) => (r.dimensions.includes(d) ? dims[d] - 1 - last(d) : s));
    const to = from.map((s, d) => s + (shape.dims[d] - 1) * strides[d] + 1);
    return cx.reverse(cx.slice(r.operands[0], from, to, strides), r.dimensions);
  },
});

/** The slice of an iota that begins at the beginning. */
const ofIota = rule({
  name: "slice-of-iota",
  match: ["slice"],
  rewrite: ({ shape, starts, strides, operands: [x] }, cx) => {
    if (x.opcode !== "iota") return undefined;
    const d = x.dimension;
    return starts[d] === 0 && (strides[d] === 1 || shape.dims[d] === 1)
      ? cx.iota(shape.dtype, shape.dims, d)
      : undefined;
  },
});

/** Strides along which there is only one element are 1, and limits lie just behind the last element. */
const canonicalLimits = rule({
  name: "slice-canonical",
  match: ["slice"],
  rewrite: ({ shape, starts, limits, strides, operands: [x] }, cx) => {
    const by = strides.map((s, d) => (shape.dims[d] <= 1 ? 1 : s));
    const to = starts.map((s, d) => (shape.dims[d] === 0 ? s : s + (shape.dims[d] - 1) * by[d] + 1));
    const isCanonical = range(rankOf(x)).every((d) => by[d] === strides[d] && to[d] === limits[d]);
    return isCanonical ? undefined : cx.slice(x, starts, to, by);
  },
});

export const sliceRules = [
  identity,
  compose,
  ofBroadcast,
  ofConcatenate,
  ofPad,
  ofTranspose,
  ofReverse,
  ofIota,
  canonicalLimits,
];
