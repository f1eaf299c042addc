/** Comparisons, negated predicates, selects and clamps. */
import { dtypes } from "../../hlo/dtype.js";
import type { CompareDirection, HloInstruction, Instr } from "../../hlo/instruction.js";
import { sameDims } from "../../hlo/shape.js";
import { isFalse, isTrue, splatOf } from "../facts/literals.js";
import { dimsOf, dtypeOf, rankOf } from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

const reflexive: Readonly<Record<CompareDirection, boolean>> = {
  EQ: true,
  LE: true,
  GE: true,
  NE: false,
  LT: false,
  GT: false,
};
const opposite: Readonly<Record<CompareDirection, CompareDirection>> = {
  EQ: "NE",
  NE: "EQ",
  LT: "GE",
  GE: "LT",
  GT: "LE",
  LE: "GT",
};
const mirrored: Readonly<Record<CompareDirection, CompareDirection>> = {
  EQ: "EQ",
  NE: "NE",
  LT: "GT",
  GT: "LT",
  LE: "GE",
  GE: "LE",
};

/** Whether any two elements compare: NaNs do not. */
const isOrdered = (i: Instr<"compare">): boolean => {
  const { kind } = dtypes[dtypeOf(i.operands[0])];
  return i.totalOrder || (kind !== "float" && kind !== "complex");
};

/** x == x → true, where x cannot be NaN. */
const compareWithItself = rule({
  name: "compare-with-itself",
  match: ["compare"],
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    return x === y && isOrdered(i) ? cx.fill(reflexive[i.direction], "bool", i.shape.dims) : undefined;
  },
});

/** 0 < x → x > 0. */
const compareConstantToTheRight = rule({
  name: "compare-constant-to-the-right",
  match: ["compare"],
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    return splatOf(x) && !splatOf(y)
      ? cx.compare(y, x, mirrored[i.direction], { totalOrder: i.totalOrder })
      : undefined;
  },
});

/** p == true → p, p == false → !p. */
const comparePredicate = rule({
  name: "compare-predicate",
  match: ["compare"],
  rewrite: (i, cx) => {
    const [p, c] = i.operands;
    if (dtypeOf(p) !== "bool" || (i.direction !== "EQ" && i.direction !== "NE")) return undefined;
    if (!isTrue(c) && !isFalse(c)) return undefined;
    return isTrue(c) === (i.direction === "EQ") ? p : cx.unary("not", p);
  },
});

/** !(x < y) → x >= y, where any two elements compare; !(x == y) → x != y always. */
const negatedCompare = rule({
  name: "negated-compare",
  match: ["not"],
  rewrite: ({ operands: [c] }, cx) => {
    if (c.opcode !== "compare" || cx.isShared(c)) return undefined;
    if (!isOrdered(c) && c.direction !== "EQ" && c.direction !== "NE") return undefined;
    const [x, y] = c.operands;
    return cx.compare(x, y, opposite[c.direction], { totalOrder: c.totalOrder });
  },
});

/** select(p, x, x) → x. */
const selectOfSame = rule({
  name: "select-of-same",
  match: ["select"],
  rewrite: ({ operands: [, t, f] }) => (t === f ? t : undefined),
});

/** select(true, x, y) → x. */
const selectByConstant = rule({
  name: "select-by-constant",
  match: ["select"],
  rewrite: ({ operands: [p, t, f] }) => (isTrue(p) ? t : isFalse(p) ? f : undefined),
});

/** A scalar predicate as wide as the arrays. */
const widened = (cx: RewriteContext, p: HloInstruction, dims: readonly number[]): HloInstruction =>
  sameDims(dimsOf(p), dims) ? p : cx.broadcast(p, dims, []);

/** select(p, true, false) → p, select(p, false, true) → !p, and with one constant an `and` or an `or`. */
const selectOfPredicates = rule({
  name: "select-of-predicates",
  match: ["select"],
  rewrite: (i, cx) => {
    if (i.shape.dtype !== "bool") return undefined;
    const [p, t, f] = i.operands;
    const wide = (): HloInstruction => widened(cx, p, i.shape.dims);
    if (isTrue(t)) return isFalse(f) ? wide() : cx.binary("or", wide(), f);
    if (isFalse(f)) return cx.binary("and", wide(), t);
    return isFalse(t) && isTrue(f) ? cx.unary("not", wide()) : undefined;
  },
});

/** select(!p, x, y) → select(p, y, x). */
const selectByNegation = rule({
  name: "select-by-negation",
  match: ["select"],
  rewrite: ({ operands: [p, t, f] }, cx) => (p.opcode === "not" ? cx.select(p.operands[0], f, t) : undefined),
});

/** A select inside another by the same predicate has its mind made up. */
const nestedSelect = rule({
  name: "nested-select",
  match: ["select"],
  rewrite: ({ operands: [p, t, f] }, cx) => {
    if (t.opcode === "select" && t.operands[0] === p) return cx.select(p, t.operands[1], f);
    return f.opcode === "select" && f.operands[0] === p ? cx.select(p, t, f.operands[2]) : undefined;
  },
});

/** A predicate that is one scalar everywhere is that scalar. */
const selectByScalar = rule({
  name: "select-by-scalar",
  match: ["select"],
  rewrite: ({ operands: [p, t, f] }, cx) =>
    p.opcode === "broadcast" && rankOf(p.operands[0]) === 0 ? cx.select(p.operands[0], t, f) : undefined,
});

/** Bounds that are one scalar everywhere are that scalar. */
const clampByScalars = rule({
  name: "clamp-by-scalars",
  match: ["clamp"],
  rewrite: ({ operands: [lo, x, hi] }, cx) => {
    const narrow = (b: HloInstruction): HloInstruction =>
      b.opcode === "broadcast" && rankOf(b.operands[0]) === 0 ? b.operands[0] : b;
    const [low, high] = [narrow(lo), narrow(hi)];
    return low === lo && high === hi ? undefined : cx.clamp(low, x, high);
  },
});

/** Clamping twice between the same bounds. */
const clampTwice = rule({
  name: "clamp-twice",
  match: ["clamp"],
  rewrite: ({ operands: [lo, x, hi] }) =>
    x.opcode === "clamp" && x.operands[0] === lo && x.operands[2] === hi ? x : undefined,
});

export const predicateRules = [
  compareWithItself,
  compareConstantToTheRight,
  comparePredicate,
  negatedCompare,
  selectOfSame,
  selectByConstant,
  selectOfPredicates,
  selectByNegation,
  nestedSelect,
  selectByScalar,
  clampByScalars,
  clampTwice,
];
