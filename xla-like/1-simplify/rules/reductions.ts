/** Reductions of what is broadcast, reshaped, transposed or reduced already. */
import { type DType, dtypes, isComplex } from "../../hlo/dtype.js";
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sameDims, sizeOf } from "../../hlo/shape.js";
import { reshapeGroups } from "../facts/groups.js";
import { isIdempotent, isIdentity, knownReducer } from "../facts/reducers.js";
import {
  byNumber,
  dimsOf,
  dtypeOf,
  isIncreasing,
  isRange,
  isUnit,
  others,
  rankOf,
  sizeOfArray,
} from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";
import { computationKey } from "../rewriting/sharing.js";

type Reduce = Instr<"reduce">;

const countOf = (i: Reduce): number => i.operands.length / 2;
const inputsOf = (i: Reduce): readonly HloInstruction[] => i.operands.slice(0, countOf(i));
const initsOf = (i: Reduce): readonly HloInstruction[] => i.operands.slice(countOf(i));

/** The dimensions of each result. */
const resultDims = (i: Reduce): readonly number[] =>
  i.shape.kind === "array" ? i.shape.dims : i.shape.elements[0].dims;

/** One result as it is, several as a tuple. */
const packed = (cx: RewriteContext, results: readonly HloInstruction[]): HloInstruction =>
  results.length === 1 ? results[0] : cx.tuple(results);

/** The same reduction of other inputs, each of whose results then goes through `finish`. */
const reduceInstead = (
  cx: RewriteContext,
  i: Reduce,
  inputs: readonly HloInstruction[],
  dimensions: readonly number[],
  finish: (result: HloInstruction) => HloInstruction,
): HloInstruction => packed(cx, cx.reduce(inputs, initsOf(i), dimensions, i.computation).map(finish));

/** The reduction of no elements is the initial value. */
const ofEmpty = rule({
  name: "reduce-of-empty",
  match: ["reduce"],
  rewrite: (i, cx) =>
    sizeOfArray(i.operands[0]) === 0
      ? packed(
          cx,
          initsOf(i).map((init) => cx.broadcast(init, resultDims(i), [])),
        )
      : undefined,
});

/** The only element of each reduction, where there is but one, of a well-known operation. */
const singles = (i: Reduce) => {
  const op = knownReducer(i.computation);
  const [x, init] = i.operands;
  if (op === undefined || i.shape.kind === "tuple" || isComplex(i.shape.dtype)) return undefined;
  if (!i.dimensions.every((d) => dimsOf(x)[d] === 1)) return undefined;
  return { op, x, init, dims: i.shape.dims, isNeutral: isIdentity(op, i.shape.dtype, init) };
};

/** Reducing one element each combines it with the initial value. */
const ofSingles = rule({
  name: "reduce-of-single-elements",
  match: ["reduce"],
  rewrite: (i, cx) => {
    const one = singles(i);
    return one && !one.isNeutral
      ? cx.binary(one.op, cx.reshape(one.x, one.dims), cx.broadcast(one.init, one.dims, []))
      : undefined;
  },
});

/** A sum that begins with 0 takes -0 to 0; besides that, one element reduced is that element. */
const ofNeutralSingles = rule({
  name: "reduce-of-single-elements-from-identity",
  match: ["reduce"],
  exactness: "order",
  rewrite: (i, cx) => {
    const one = singles(i);
    return one?.isNeutral ? cx.reshape(one.x, one.dims) : undefined;
  },
});

/** Dimensions of size 1 are taken away rather than reduced. */
const withoutUnits = rule({
  name: "reduce-without-units",
  match: ["reduce"],
  rewrite: (i, cx) => {
    const dims = dimsOf(i.operands[0]);
    const units = i.dimensions.filter((d) => isUnit(dims[d]));
    if (units.length === 0 || units.length === i.dimensions.length) return undefined;
    const kept = others(dims.length, units);
    const inputs = inputsOf(i).map((x) =>
      cx.reshape(
        x,
        kept.map((d) => dims[d]),
      ),
    );
    const dimensions = i.dimensions.filter((d) => !units.includes(d)).map((d) => kept.indexOf(d));
    return reduceInstead(cx, i, inputs, dimensions, (r) => r);
  },
});

/** Dimensions are listed in order. */
const inOrder = rule({
  name: "reduce-dimensions-in-order",
  match: ["reduce"],
  rewrite: (i, cx) =>
    isIncreasing(i.dimensions)
      ? undefined
      : reduceInstead(cx, i, inputsOf(i), i.dimensions.toSorted(byNumber), (r) => r),
});

/** How a broadcast operand's reduction splits: over dimensions of its own operand, and over copies. */
const splitOf = (i: Reduce, b: Instr<"broadcast">) => ({
  own: b.dimensions.flatMap((d, k) => (i.dimensions.includes(d) ? [k] : [])),
  copies: i.dimensions.filter((d) => !b.dimensions.includes(d)),
});

/** The reduction of the broadcast's operand over its own dimensions, broadcast to the result. */
const reduceOwn = (cx: RewriteContext, i: Reduce, b: Instr<"broadcast">, own: readonly number[]): HloInstruction => {
  const [y] = b.operands;
  const kept = others(b.shape.dims.length, i.dimensions);
  const places = b.dimensions.filter((d) => !i.dimensions.includes(d)).map((d) => kept.indexOf(d));
  const narrow = own.length === 0 ? y : cx.reduce([y], initsOf(i), own, i.computation)[0];
  return cx.broadcast(narrow, resultDims(i), places);
};

/** reduce(broadcast(x)) → broadcast(reduce(x)), where no copies are combined. */
const ofBroadcast = rule({
  name: "reduce-of-broadcast",
  match: ["reduce"],
  rewrite: (i, cx) => {
    const [b] = i.operands;
    if (b.opcode !== "broadcast" || countOf(i) > 1) return undefined;
    const { own, copies } = splitOf(i, b);
    return copies.length === 0 && sizeOfArray(b.operands[0]) < sizeOfArray(b) ? reduceOwn(cx, i, b, own) : undefined;
  },
});

/** The maximum of copies is the maximum of one. */
const ofCopies = rule({
  name: "reduce-of-copies",
  match: ["reduce"],
  rewrite: (i, cx) => {
    const [b, init] = i.operands;
    const op = knownReducer(i.computation);
    if (b.opcode !== "broadcast" || op === undefined || !isIdempotent(op)) return undefined;
    const { own, copies } = splitOf(i, b);
    if (copies.length === 0) return undefined;
    const once = reduceOwn(cx, i, b, own);
    return own.length > 0 ? once : cx.binary(op, once, cx.broadcast(init, resultDims(i), []));
  },
});

/** Whole numbers up to this one are exact. */
const largestCount = (d: DType): number => {
  switch (d) {
    case "float16":
      return 2 ** 11;
    case "bfloat16":
      return 2 ** 8;
    case "float32":
      return 2 ** 24;
    default:
      return dtypes[d].kind === "complex" ? 0 : Number.MAX_SAFE_INTEGER;
  }
};

/** The sum of n copies is n times one. */
const sumOfCopies = rule({
  name: "sum-of-copies",
  match: ["reduce"],
  exactness: "order",
  rewrite: (i, cx) => {
    const [b, init] = i.operands;
    if (b.opcode !== "broadcast" || knownReducer(i.computation) !== "add") return undefined;
    const { dtype } = b.shape;
    const { own, copies } = splitOf(i, b);
    const n = sizeOf(copies.map((d) => b.shape.dims[d]));
    if (copies.length === 0 || n > largestCount(dtype) || !isIdentity("add", dtype, init)) return undefined;
    return cx.binary("multiply", reduceOwn(cx, i, b, own), cx.fill(n, dtype, resultDims(i)));
  },
});

/** reduce(reduce(x)) → reduce(x), where nobody else needs the inner one. */
const ofReduce = rule({
  name: "reduce-of-reduce",
  match: ["reduce"],
  exactness: "order",
  rewrite: (i, cx) => {
    const [inner, init] = i.operands;
    const op = knownReducer(i.computation);
    if (inner.opcode !== "reduce" || inner.shape.kind === "tuple" || op === undefined || cx.isShared(inner))
      return undefined;
    const [x, innerInit] = inner.operands;
    if (computationKey(inner.computation) !== computationKey(i.computation)) return undefined;
    if (innerInit !== init || !isIdentity(op, dtypeOf(x), init)) return undefined;
    const kept = others(rankOf(x), inner.dimensions);
    const all = [...inner.dimensions, ...i.dimensions.map((d) => kept[d])];
    return reduceInstead(cx, i, [x], all.toSorted(byNumber), (r) => r);
  },
});

/** reduce(transpose(x)) → reduce(x), with what is left transposed if need be. */
const withoutTranspose = (i: Reduce, cx: RewriteContext): HloInstruction | undefined => {
  const [first] = i.operands;
  if (first.opcode !== "transpose") return undefined;
  const { permutation } = first;
  const inputs = inputsOf(i).flatMap((t) =>
    t.opcode === "transpose" && sameDims(t.permutation, permutation) ? [t.operands[0]] : [],
  );
  if (inputs.length < countOf(i)) return undefined;
  const dimensions = i.dimensions.map((d) => permutation[d]).toSorted(byNumber);
  const left = others(permutation.length, dimensions);
  const order = permutation.filter((d) => !dimensions.includes(d)).map((d) => left.indexOf(d));
  // A transpose that is made anyway had better be read than make a second one necessary.
  if (!isRange(order) && cx.isShared(first)) return undefined;
  return reduceInstead(cx, i, inputs, dimensions, (r) => cx.transpose(r, order));
};

const keepsOrder = (i: Reduce): boolean => {
  const [t] = i.operands;
  return t.opcode === "transpose" && isIncreasing(i.dimensions.map((d) => t.permutation[d]));
};

const ofTranspose = rule({
  name: "reduce-of-transpose",
  match: ["reduce"],
  rewrite: (i, cx) => (keepsOrder(i) ? withoutTranspose(i, cx) : undefined),
});

const ofReorderingTranspose = rule({
  name: "reduce-of-reordering-transpose",
  match: ["reduce"],
  exactness: "order",
  rewrite: (i, cx) => {
    const isOfTwo = knownReducer(i.computation) !== undefined;
    return isOfTwo ? withoutTranspose(i, cx) : undefined;
  },
});

/** reduce(reshape(x)) → reshape(reduce(x)), where whatever is split or merged is wholly reduced or wholly kept. */
const ofReshape = rule({
  name: "reduce-of-reshape",
  match: ["reduce"],
  rewrite: (i, cx) => {
    const [first] = i.operands;
    if (first.opcode !== "reshape") return undefined;
    const [from, to] = [dimsOf(first.operands[0]), first.shape.dims];
    const inputs = inputsOf(i).flatMap((r) =>
      r.opcode === "reshape" && sameDims(dimsOf(r.operands[0]), from) ? [r.operands[0]] : [],
    );
    const groups = reshapeGroups(from, to);
    if (inputs.length < countOf(i) || groups === undefined) return undefined;
    const isReduced = (d: number): boolean => i.dimensions.includes(d);
    const matters = (d: number): boolean => to[d] !== 1;
    const dimensions: number[] = [];
    for (const g of groups) {
      const wide = g.to.filter(matters);
      if (wide.length === 0) continue;
      if (wide.every(isReduced)) dimensions.push(...g.from);
      else if (wide.some(isReduced)) return undefined;
    }
    if (dimensions.length === 0) return undefined;
    return reduceInstead(cx, i, inputs, dimensions, (r) => cx.reshape(r, resultDims(i)));
  },
});

export const reductionRules = [
  ofEmpty,
  ofSingles,
  ofNeutralSingles,
  withoutUnits,
  inOrder,
  ofBroadcast,
  ofCopies,
  sumOfCopies,
  ofReduce,
  ofTranspose,
  ofReorderingTranspose,
  ofReshape,
];
