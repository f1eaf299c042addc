/** Dots that are something simpler, and transposed dots. */
import { type DType, dtypes } from "../../hlo/dtype.js";
import type { DotDims, HloInstruction, Instr } from "../../hlo/instruction.js";
import { sameDims } from "../../hlo/shape.js";
import { holds } from "../facts/conversions.js";
import { freeDims } from "../facts/dot.js";
import { reshapeGroups } from "../facts/groups.js";
import { dimsOf, dtypeOf, isIncreasing, isRange, isUnit, range, rankOf, sizeOfArray } from "../facts/shapes.js";
import { dotLike } from "../rewriting/dots.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

/** A sum of no products is 0. */
const ofNothing = rule({
  name: "dot-of-nothing",
  match: ["dot"],
  rewrite: (i, cx) =>
    i.operands.some((x) => sizeOfArray(x) === 0) ? cx.fill(0, i.shape.dtype, i.shape.dims) : undefined,
});

/** An operand and the dimension numbers of its side, without dimensions of size 1. */
const squeezedSide = (
  cx: RewriteContext,
  x: HloInstruction,
  batch: readonly number[],
  contracting: readonly number[],
) => {
  const dims = dimsOf(x);
  const kept = range(dims.length).filter((d) => dims[d] !== 1);
  const renumbered = (list: readonly number[]): number[] =>
    list.filter((d) => dims[d] !== 1).map((d) => kept.indexOf(d));
  const operand = cx.reshape(
    x,
    kept.map((d) => dims[d]),
  );
  return { operand, batch: renumbered(batch), contracting: renumbered(contracting) };
};

/** Dimensions of size 1 are no dimensions of a dot: a batch of one is no batch. */
const withoutUnits = rule({
  name: "dot-without-units",
  match: ["dot"],
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    if (!dimsOf(x).some(isUnit) && !dimsOf(y).some(isUnit)) return undefined;
    const left = squeezedSide(cx, x, i.dims.lhsBatch, i.dims.lhsContracting);
    const right = squeezedSide(cx, y, i.dims.rhsBatch, i.dims.rhsContracting);
    const dims: DotDims = {
      lhsBatch: left.batch,
      rhsBatch: right.batch,
      lhsContracting: left.contracting,
      rhsContracting: right.contracting,
    };
    const made = dotLike(cx, i, left.operand, right.operand, dims);
    return cx.reshape(made, i.shape.dims);
  },
});

/**
 * The type in which products of `operand` elements that give a `result` can be computed one by one; undefined where
 * only a dot does it well.
 */
const productType = (operand: DType, result: DType): DType | undefined => {
  if (!holds(result, operand) && dtypes[result].kind !== dtypes[operand].kind) return undefined;
  const wide = holds(result, operand) ? result : operand;
  if (dtypes[wide].kind === "bool") return undefined;
  return wide === "float16" || wide === "bfloat16" ? "float32" : wide;
};

/** dot without contracting dimensions → a product of broadcasts. */
const outerProduct = rule({
  name: "outer-product",
  match: ["dot"],
  // A product of float32 is rounded to it before it is converted to less.
  exactness: "order",
  rewrite: (i, cx) => {
    if (i.dims.lhsContracting.length > 0) return undefined;
    const [x, y] = i.operands;
    const { lhsBatch, rhsBatch } = i.dims;
    const { dims, dtype } = i.shape;
    const left = freeDims(i, 0);
    const right = freeDims(i, 1);
    const placesX = range(rankOf(x)).map((d) =>
      lhsBatch.includes(d) ? lhsBatch.indexOf(d) : lhsBatch.length + left.indexOf(d),
    );
    const placesY = range(rankOf(y)).map((d) =>
      rhsBatch.includes(d) ? rhsBatch.indexOf(d) : rhsBatch.length + left.length + right.indexOf(d),
    );
    if (!isIncreasing(placesX) || !isIncreasing(placesY)) return undefined;
    const type = productType(dtypeOf(x), dtype);
    if (type === undefined) return undefined;
    const wide = (z: HloInstruction, places: readonly number[]): HloInstruction =>
      cx.broadcast(cx.convert(z, type), dims, places);
    return cx.convert(cx.binary("multiply", wide(x, placesX), wide(y, placesY)), dtype);
  },
});

/** dot without free dimensions → the sum of a product: what a library does slowly and a fused loop does well. */
const innerProduct = rule({
  name: "inner-product",
  match: ["dot"],
  exactness: "order",
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    const { lhsBatch, rhsBatch, lhsContracting, rhsContracting } = i.dims;
    if (freeDims(i, 0).length > 0 || freeDims(i, 1).length > 0 || lhsContracting.length === 0) return undefined;
    // A sum of one product would begin with 0, and take -0 to 0.
    if (lhsContracting.every((d) => isUnit(dimsOf(x)[d]))) return undefined;
    const partner = new Map([...lhsBatch, ...lhsContracting].map((d, k) => [d, [...rhsBatch, ...rhsContracting][k]]));
    const isAligned = sameDims(dimsOf(x), dimsOf(y)) && isRange(range(rankOf(x)).map((d) => partner.get(d) ?? -1));
    if (!isAligned || !isIncreasing(lhsBatch)) return undefined;
    const type = productType(dtypeOf(x), i.shape.dtype);
    if (type === undefined) return undefined;
    const products = cx.binary("multiply", cx.convert(x, type), cx.convert(y, type));
    const [sum] = cx.reduce([products], [cx.scalar(type, 0)], lhsContracting, cx.reducer("add", type));
    return cx.convert(sum, i.shape.dtype);
  },
});

/** A transposed dot as a dot, where its dimension numbers can say so. */
const transposedDot = (
  cx: RewriteContext,
  i: Instr<"dot">,
  permutation: readonly number[],
): HloInstruction | undefined => {
  const { lhsBatch, rhsBatch, lhsContracting, rhsContracting } = i.dims;
  const b = lhsBatch.length;
  const m = freeDims(i, 0).length;
  const n = freeDims(i, 1).length;
  const batch = permutation.slice(0, b);
  if (!batch.every((d) => d < b)) return undefined;
  const rest = permutation.slice(b).map((d) => d - b);
  const reordered = { lhsBatch: batch.map((d) => lhsBatch[d]), rhsBatch: batch.map((d) => rhsBatch[d]) };
  const [x, y] = i.operands;
  if (isRange(rest)) return dotLike(cx, i, x, y, { ...i.dims, ...reordered });
  if (!isRange(rest.slice(n)) || !isRange(rest.slice(0, n).map((d) => d - m))) return undefined;
  const swapped = {
    lhsBatch: reordered.rhsBatch,
    rhsBatch: reordered.lhsBatch,
    lhsContracting: rhsContracting,
    rhsContracting: lhsContracting,
  };
  return dotLike(cx, i, y, x, swapped);
};

/** transpose(dot(x, y)) → dot(y, x), or dot with its batch dimensions in another order. */
const transposed = rule({
  name: "transpose-of-dot",
  match: ["transpose"],
  rewrite: ({ permutation, operands: [i] }, cx) =>
    i.opcode === "dot" && !cx.isShared(i) ? transposedDot(cx, i, permutation) : undefined,
});

/** transpose(reshape(dot(x, y))) → reshape(dot(y, x)), where the reshape only merges what the transpose moves as one. */
const transposedMerge = rule({
  name: "transpose-of-reshaped-dot",
  match: ["transpose"],
  rewrite: ({ shape, permutation, operands: [r] }, cx) => {
    if (r.opcode !== "reshape" || r.operands[0].opcode !== "dot") return undefined;
    const [i] = r.operands;
    if (cx.isShared(r) || cx.isShared(i)) return undefined;
    const groups = reshapeGroups(i.shape.dims, r.shape.dims);
    if (groups === undefined || !groups.every((g) => g.to.length === 1)) return undefined;
    const made = transposedDot(
      cx,
      i,
      permutation.flatMap((d) => groups[d].from),
    );
    return made && cx.reshape(made, shape.dims);
  },
});

export const dotResultRules = [ofNothing, withoutUnits, outerProduct, innerProduct, transposed, transposedMerge];
