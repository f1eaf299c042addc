/** Random programs that give the rules much to do: constants, transposes, copies of values, loops with idle carries. */
import fc from "fast-check";
import {
  arrayShape,
  type DotDims,
  type DType,
  HloBuilder,
  type HloInstruction,
  type HloModule,
} from "../../../xla-like/hlo/index.js";
import { counting, dimsOf, pick, type Step, shapeOf } from "../hlo/random-steps.js";
import { product } from "../reference/helpers.js";

const dtypeOf = (x: HloInstruction): DType => shapeOf(x).dtype;
const sameShape = (x: HloInstruction, y: HloInstruction): boolean =>
  dtypeOf(x) === dtypeOf(y) && String(dimsOf(x)) === String(dimsOf(y));
const partner = (x: HloInstruction, y: HloInstruction): HloInstruction => (sameShape(x, y) ? y : x);

const interesting = [0, -0, 1, -1, 2, 0.5, 3, Number.NEGATIVE_INFINITY];
const constantFor = (b: HloBuilder, x: HloInstruction, n: number): HloInstruction => {
  const d = dtypeOf(x);
  const value = pick(interesting, n);
  if (d === "bool") return b.fill(n % 2 === 0, "bool", dimsOf(x));
  return b.fill(d === "int32" && !Number.isInteger(value) ? 4 : value, d, dimsOf(x));
};

const isNumber = (x: HloInstruction): boolean => dtypeOf(x) !== "bool";

/** 0 … n-1, beginning elsewhere. */
const rotated = (n: number, by: number): number[] => counting(n).map((k) => (k + by) % n);
const turned = (b: HloBuilder, x: HloInstruction, by: number): HloInstruction =>
  b.transpose(x, rotated(dimsOf(x).length, by));
/** The dimension numbers of a dot whose left operand is turned. */
const turnedDims = (dims: DotDims, x: HloInstruction, by: number): DotDims => ({
  ...dims,
  lhsContracting: dims.lhsContracting.map((d) => rotated(dimsOf(x).length, by).indexOf(d)),
});

const steps: readonly Step[] = [
  (b, x, y, n) =>
    isNumber(x)
      ? [b.binary(pick(["add", "subtract", "multiply", "maximum", "minimum"], n.a), x, partner(x, y))]
      : [b.binary(pick(["and", "or", "xor"], n.a), x, partner(x, y))],
  (b, x, _, n) => {
    const c = constantFor(b, x, n.b);
    const op = isNumber(x)
      ? pick(["add", "subtract", "multiply", "divide", "power", "minimum"] as const, n.a)
      : pick(["and", "or", "xor"] as const, n.a);
    return [n.c % 2 === 0 ? b.binary(op, x, c) : b.binary(op, c, x)];
  },
  (b, x, _, n) =>
    dtypeOf(x) === "bool"
      ? [b.unary("not", x)]
      : [
          b.unary(
            pick(dtypeOf(x) === "int32" ? ["negate", "abs", "sign"] : ["negate", "abs", "square", "floor"], n.a),
            x,
          ),
        ],
  (b, x, y, n) => (isNumber(x) ? [b.compare(x, partner(x, y), pick(["EQ", "NE", "LT", "GE"], n.a))] : []),
  (b, x, y, n) => {
    const p = n.a % 2 === 0 ? b.compare(x, constantFor(b, x, n.b), "EQ") : b.fill(n.b % 2 === 0, "bool", dimsOf(x));
    return [b.select(p, x, partner(x, y))];
  },
  (b, x, _, n) => [b.convert(x, pick<DType>(["float32", "int32", "bool"], n.a))],
  (b, x, _, n) => {
    const rank = dimsOf(x).length;
    const order = counting(rank);
    if (rank > 1) order.push(...order.splice(n.a % (rank - 1), 1));
    return [b.transpose(x, order)];
  },
  (b, x, _, n) => {
    const dims = dimsOf(x);
    const merged = [product(dims)];
    const at = n.b % (dims.length + 1);
    return [
      b.reshape(x, pick([merged, [...dims.slice(0, at), 1, ...dims.slice(at)], dims.filter((d) => d !== 1)], n.a)),
    ];
  },
  (b, x, _, n) => {
    const rank = dimsOf(x).length;
    if (rank > 2) return [];
    const at = n.a % (rank + 1);
    const dims = [...dimsOf(x).slice(0, at), (n.b % 3) + 1, ...dimsOf(x).slice(at)];
    return [
      b.broadcast(
        x,
        dims,
        counting(rank + 1).filter((d) => d !== at),
      ),
    ];
  },
  (b, x, _, n) => {
    const dims = dimsOf(x);
    const starts = dims.map((s) => Math.min(n.a % 2, s));
    return [
      b.slice(
        x,
        starts,
        dims,
        dims.map(() => (n.b % 2) + 1),
      ),
    ];
  },
  (b, x, _, n) => {
    const dims = dimsOf(x);
    const value = dtypeOf(x) === "bool" ? b.scalar("bool", false) : b.scalar(dtypeOf(x), 0);
    return [
      b.pad(
        x,
        value,
        dims.map((s) => (n.a % 3) - (s > 0 ? 1 : 0)),
        dims.map(() => n.b % 2),
        dims.map(() => n.c % 2),
      ),
    ];
  },
  (b, x, y, n) => {
    const rank = dimsOf(x).length;
    return rank === 0 ? [] : [b.concatenate([x, partner(x, y)], n.a % rank)];
  },
  (b, x, _, n) => (dimsOf(x).length === 0 ? [] : [b.reverse(x, [n.a % dimsOf(x).length])]),
  (b, x, _, n) => {
    const rank = dimsOf(x).length;
    const d = dtypeOf(x);
    if (rank === 0 || d === "bool") return [];
    const dimensions = n.b % 2 === 0 ? [n.a % rank] : rotated(rank, n.a);
    const op = n.c % 2 === 0 ? ("add" as const) : ("maximum" as const);
    const init = op === "add" ? 0 : d === "int32" ? -(2 ** 31) : Number.NEGATIVE_INFINITY;
    return b.reduce([x], [b.scalar(d, init)], dimensions, b.reducer(op, d));
  },
  (b, x, y, n) => {
    if (dtypeOf(x) !== "float32" || dtypeOf(y) !== "float32") return [];
    const pairs = dimsOf(x).flatMap((s, d) => dimsOf(y).flatMap((t, e) => (s === t ? [[d, e]] : [])));
    if (pairs.length === 0) return [];
    const [d, e] = pick(pairs, n.a);
    const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [d], rhsContracting: [e] };
    const free = dimsOf(x).length + dimsOf(y).length - 2;
    const made = b.dot(n.b % 2 === 0 ? turned(b, x, n.c) : x, y, n.b % 2 === 0 ? turnedDims(dims, x, n.c) : dims);
    return n.c % 2 === 0 || free < 2 ? [made] : [b.transpose(made, [...counting(free).slice(1), 0])];
  },
  (b, x, y, n) => {
    // Every dimension contracts, in any order, or is of the batch.
    const rank = dimsOf(x).length;
    if (dtypeOf(x) !== "float32" || rank === 0) return [];
    const order = rotated(rank, n.a);
    const batch = order.splice(0, n.b % (rank + 1));
    return [
      b.dot(x, partner(x, y), { lhsBatch: batch, rhsBatch: batch, lhsContracting: order, rhsContracting: order }),
    ];
  },
  (b, x, y, n) => {
    // As attention merges its heads: [t, h, d] → [h, t, d] → [h, t·d].
    if (dtypeOf(x) !== "float32" || dimsOf(x).length !== 3) return [];
    const [p, q, r] = dimsOf(x);
    const merged = b.reshape(b.transpose(x, [1, 0, 2]), [q, p * r]);
    const weights = b.binary("add", b.reshape(x, [p * r, q]), b.reshape(partner(x, y), [p * r, q]));
    const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
    return [n.a % 2 === 0 ? merged : b.dot(merged, weights, dims)];
  },
  (b, x, _, n) => {
    if (!isNumber(x)) return [];
    const lo = n.a % 2 === 0 ? b.scalar(dtypeOf(x), 0) : b.fill(0, dtypeOf(x), dimsOf(x));
    const hi = b.fill(n.b, dtypeOf(x), dimsOf(x));
    const once = b.clamp(lo, x, hi);
    return [n.c % 2 === 0 ? b.clamp(lo, once, hi) : b.compare(constantFor(b, x, n.a), once, "LT")];
  },
  (b, x, y, n) => {
    if (dtypeOf(x) === "float32") return [b.unary("negate", b.binary("multiply", x, constantFor(b, x, n.a)))];
    if (dtypeOf(x) === "bool")
      return [b.binary(pick(["and", "or"], n.a), x, b.unary("not", x)), b.select(x, partner(x, y), b.unary("not", x))];
    const shifted = b.binary("shift-left", x, constantFor(b, x, n.a % 2));
    const sum = b.binary("add", b.binary("add", shifted, constantFor(b, x, n.b)), constantFor(b, x, n.c));
    return [
      sum,
      b.binary("subtract", b.binary("add", sum, x), x),
      b.binary("remainder", x, constantFor(b, x, 2 * (n.a % 2))),
    ];
  },
  (b, x, _, n) => {
    const dims = dimsOf(x);
    if (dims.includes(0)) return [];
    const starts = dims.map((_, d) => b.scalar("int32", ((n.a + d) % 4) - 1));
    const sizes = dims.map((s) => Math.max(1, s - (n.b % 2)));
    const part = b.dynamicSlice(x, starts, sizes);
    return [part, b.dynamicUpdateSlice(n.c % 2 === 0 ? x : constantFor(b, x, n.c), part, starts)];
  },
  (b, x, y, n) => {
    // The second position never changes, the fourth is nobody's, and the last is a constant.
    const other = partner(x, y);
    const types = [arrayShape("int32", []), ...[x, other, x].map(shapeOf), arrayShape("int32", [])];
    const condition = b.computation("more", types, (c, [i, , , , step]) =>
      c.compare(c.binary("add", i, step), c.scalar("int32", 1 + (n.a % 3)), "LE"),
    );
    const body = b.computation("turn", types, (c, [i, s, w, dead, step]) => [
      c.binary("add", i, c.scalar("int32", 1)),
      isNumber(x) ? c.binary("maximum", s, w) : c.binary("and", s, w),
      w,
      dead,
      step,
    ]);
    const inits = [b.scalar("int32", 0), x, other, x, b.scalar("int32", 1)];
    const [, s, w] = b.while(condition, body, inits);
    return n.b % 2 === 0 ? [s] : [s, w];
  },
  (b, x, y, n) => {
    const other = partner(x, y);
    const branches = counting((n.b % 2) + 1).map((k) =>
      b.computation("branch", [shapeOf(x), shapeOf(x)], (c, xs) => [
        xs[0],
        k === n.c % 2 ? c.reverse(xs[1], []) : xs[0],
      ]),
    );
    const index =
      n.a % 2 === 0
        ? b.scalar("int32", n.c)
        : b.convert(
            b.reduce(
              [b.convert(x, "bool")],
              [b.scalar("bool", false)],
              counting(dimsOf(x).length),
              b.reducer("or", "bool"),
            )[0],
            "int32",
          );
    return b.conditional(index, branches, [x, other]);
  },
  (b, x, _, n) => {
    const dims = dimsOf(x);
    if (dims.length === 0 || dims[0] === 0) return [];
    const places = pick([[n.a], [0, 1], [n.a, n.b], [1, 0, 2]], n.c);
    const rest = counting(dims.length - 1).map((d) => d + 1);
    return [
      b.gather(
        x,
        b.constant("int32", [places.length], Int32Array.from(places)),
        {
          offsetDims: rest,
          collapsedSliceDims: [0],
          operandBatchingDims: [],
          startIndicesBatchingDims: [],
          startIndexMap: [0],
          indexVectorDim: 1,
        },
        [1, ...dims.slice(1)],
      ),
    ];
  },
  (b, x, _, n) => {
    if (dimsOf(x).length === 0) return [];
    const d = n.a % dimsOf(x).length;
    const scalar = arrayShape(dtypeOf(x), []);
    const less = b.computation(
      "less",
      [scalar, scalar, arrayShape("int32", []), arrayShape("int32", [])],
      (c, [p, q]) => c.compare(p, q, "LT"),
    );
    const sorted = b.sort([x, b.iota("int32", dimsOf(x), d)], d, less, { stable: true });
    return n.b % 2 === 0 ? sorted : [sorted[n.c % 2]];
  },
];

/** What was made lately, so that steps build upon one another. */
const recent = <A>(list: readonly A[], n: number): A => list[list.length - 1 - (n % list.length)];

const LARGEST = 48;

const step = fc.record({
  step: fc.constantFrom(...steps),
  x: fc.nat(4),
  y: fc.nat(4),
  a: fc.nat(7),
  b: fc.nat(7),
  c: fc.nat(7),
});

const parameter = fc.record({
  dtype: fc.constantFrom<DType>("float32", "float32", "int32", "bool"),
  dims: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
});

export const randomProgram: fc.Arbitrary<HloModule> = fc
  .record({
    parameters: fc.array(parameter, { minLength: 1, maxLength: 3 }),
    steps: fc.array(step, { maxLength: 14, size: "max" }),
    results: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ parameters, steps: list, results }) => {
    const b = new HloBuilder("main");
    const pool = parameters.map(({ dtype, dims }) => b.parameter(arrayShape(dtype, dims)));
    for (const { step: make, x, y, ...n } of list)
      for (const made of make(b, recent(pool, x), recent(pool, y), n))
        if (product(dimsOf(made)) <= LARGEST && dimsOf(made).length <= 4) pool.push(made);
    return b.module("random", pool.slice(-results));
  });
