/** Random programs made of what is hard on memory: loops in loops, conditionals, permuted carries, updates, donation. */
import fc from "fast-check";
import {
  type ArrayShape,
  arrayShape,
  HloBuilder,
  type HloComputation,
  type HloInstruction,
  type HloModule,
  shapeEquals,
} from "../../../xla-like/hlo/index.js";

/** More than fits in one vector register, and not in two. */
const length = 20;
const vector = arrayShape("float32", [length]);
const element = arrayShape("float32", [1]);
const count = arrayShape("int32", []);
const shapes: readonly ArrayShape[] = [vector, vector, vector, element, count];

/** Choices one after the other; when they run out, the first of everything. */
class Stream {
  #at = 0;
  constructor(readonly list: readonly number[]) {}
  next(n: number): number {
    return (this.list[this.#at++] ?? 0) % n;
  }
  get isEmpty(): boolean {
    return this.#at >= this.list.length;
  }
  of<A>(list: readonly A[]): A {
    return list[this.next(list.length)];
  }
}

const shapeOf = (x: HloInstruction): ArrayShape => {
  if (x.shape.kind === "tuple") throw new Error("the pool holds arrays");
  return x.shape;
};

const constantOf = (b: HloBuilder, s: ArrayShape, n: number): HloInstruction =>
  shapeEquals(s, vector)
    ? b.constant(
        "float32",
        [length],
        Float32Array.from({ length }, (_, k) => [n, 2, 0.5, -n][k % 4]),
      )
    : shapeEquals(s, element)
      ? b.constant("float32", [1], Float32Array.of(n))
      : b.scalar("int32", n);

/** A value of the shape: often a recent one, seldom a constant. */
const oneOf = (b: HloBuilder, pool: readonly HloInstruction[], s: ArrayShape, choose: Stream): HloInstruction => {
  const fitting = pool.filter((x) => shapeEquals(x.shape, s));
  if (fitting.length === 0 || choose.next(9) === 8) return constantOf(b, s, choose.next(5));
  return fitting[fitting.length - 1 - choose.next(Math.min(fitting.length, 1 + choose.next(6)))];
};

/** Two results, each from both operands, in one kernel; the second may read the first operand elsewhere. */
const twin = (b: HloBuilder, x: HloInstruction, y: HloInstruction, backwards: boolean): HloInstruction[] => {
  const c = b.computation("twin", [vector, vector], (f, [p, q]) => [
    f.binary("add", p, q),
    f.binary("multiply", backwards ? f.reverse(f.unary("abs", p), [0]) : p, f.unary("negate", q)),
  ]);
  return b.fusion("loop", c, [x, y]);
};

const updateRow = (b: HloBuilder, x: HloInstruction, u: HloInstruction, at: HloInstruction): HloInstruction[] => {
  const c = b.computation("update", [vector, element, count], (f, [p, q, i]) => [f.dynamicUpdateSlice(p, q, [i])]);
  return b.fusion("update", c, [x, u, at]);
};

/** x[i] = 2 x[i] + u: reads what it replaces. */
const updateFromWindow = (
  b: HloBuilder,
  x: HloInstruction,
  u: HloInstruction,
  at: HloInstruction,
): HloInstruction[] => {
  const c = b.computation("accumulate", [vector, element, count], (f, [p, q, i]) => {
    const old = f.dynamicSlice(p, [i], [1]);
    return [f.dynamicUpdateSlice(p, f.binary("add", f.binary("add", old, old), q), [i])];
  });
  return b.fusion("update", c, [x, u, at]);
};

/** x[i] = x[0]: reads elsewhere than where it writes. */
const updateFromElsewhere = (b: HloBuilder, x: HloInstruction, at: HloInstruction): HloInstruction[] => {
  const c = b.computation("shift", [vector, count], (f, [p, i]) => [
    f.dynamicUpdateSlice(p, f.slice(p, [0], [1]), [i]),
  ]);
  return b.fusion("update", c, [x, at]);
};

const softmaxLike = (b: HloBuilder, x: HloInstruction, y: HloInstruction): HloInstruction[] => {
  const c = b.computation("normalise", [vector, vector], (f, [p, q]) => {
    const [sum] = f.reduce([p], [f.scalar("float32", 0)], [0], f.reducer("add", "float32"));
    return [f.binary("subtract", f.binary("multiply", p, q), f.broadcast(sum, [length], [])), f.binary("add", p, q)];
  });
  return b.fusion("row", c, [x, y]);
};

/** x y + r, and either x y itself or something of it and r. */
const product = (
  b: HloBuilder,
  x: HloInstruction,
  y: HloInstruction,
  r: HloInstruction,
  keepsRaw: boolean,
): HloInstruction[] => {
  const dims = { lhsBatch: [0], rhsBatch: [0], lhsContracting: [], rhsContracting: [] };
  const c = b.computation("product", [vector, vector, vector], (f, [p, q, s]) => {
    const d = f.dot(p, q, dims);
    const e = f.binary("add", d, s);
    return keepsRaw ? [e, d] : [e, f.binary("multiply", e, s)];
  });
  return b.fusion("dot", c, [x, y, r]);
};

const deepest = 3;

const branchOf = (
  b: HloBuilder,
  name: string,
  types: readonly ArrayShape[],
  results: readonly ArrayShape[],
  choose: Stream,
  depth: number,
): HloComputation =>
  b.computation(name, types, (f, ps) => {
    const inner = [...ps];
    grow(f, inner, choose, choose.next(4), depth + 1);
    return results.map((s) => oneOf(f, inner, s, choose));
  });

const loopOf = (b: HloBuilder, pool: readonly HloInstruction[], choose: Stream, depth: number): HloInstruction[] => {
  const carried = Array.from({ length: 1 + choose.next(5) }, () => oneOf(b, pool, choose.of(shapes), choose));
  const types = [count, count, ...carried.map(shapeOf)];
  const turns = choose.next(5);
  const condition = b.computation("go on", types, (f, ps) => {
    const tested = choose.next(4) === 3 ? f.binary("add", ps[0], ps[1]) : ps[0];
    return f.compare(tested, f.scalar("int32", turns), "LT");
  });
  const body = b.computation("turn", types, (f, ps) => {
    const inner = [...ps];
    const early = choose.next(2) === 0 ? f.binary("add", ps[0], f.scalar("int32", 1)) : undefined;
    grow(f, inner, choose, choose.next(6), depth + 1);
    const next = early ?? f.binary("add", ps[0], f.scalar("int32", 1));
    const results = ps.slice(2).map((p, k) => {
      const how = choose.next(4);
      // As it was, another carry, or something of the body.
      if (how === 0) return p;
      if (how === 1) return oneOf(f, ps, shapeOf(p), choose);
      return oneOf(f, inner.slice(k), shapeOf(p), choose);
    });
    return [next, choose.next(3) === 0 ? next : ps[1], ...results];
  });
  return b.while(condition, body, [b.scalar("int32", 0), b.scalar("int32", choose.next(2)), ...carried]);
};

/** Adds instructions to the pool. */
const grow = (b: HloBuilder, pool: HloInstruction[], choose: Stream, steps: number, depth: number): void => {
  const one = (s: ArrayShape): HloInstruction => oneOf(b, pool, s, choose);
  for (let n = 0; n < steps && !choose.isEmpty; n++)
    switch (choose.next(depth < deepest ? 14 : 11)) {
      case 0:
      case 1:
        pool.push(...twin(b, one(vector), one(vector), choose.next(3) === 0));
        break;
      case 2:
      case 3:
        pool.push(...updateRow(b, one(vector), one(element), one(count)));
        break;
      case 4:
        pool.push(...updateFromWindow(b, one(vector), one(element), one(count)));
        break;
      case 5:
        pool.push(...updateFromElsewhere(b, one(vector), one(count)));
        break;
      case 6:
        pool.push(...softmaxLike(b, one(vector), one(vector)));
        break;
      case 7:
        pool.push(...product(b, one(vector), one(vector), one(vector), choose.next(2) === 0));
        break;
      case 8:
        pool.push(b.reshape(b.reshape(one(vector), [4, length / 4]), [length]));
        break;
      case 9:
        pool.push(b.dynamicSlice(one(vector), [one(count)], [1]));
        break;
      case 10:
        pool.push(b.binary("add", one(count), b.scalar("int32", choose.next(3))));
        break;
      case 11: {
        const results = Array.from({ length: 1 + choose.next(3) }, () => choose.of(shapes));
        const operands = Array.from({ length: 1 + choose.next(4) }, () => one(choose.of(shapes)));
        const types = operands.map(shapeOf);
        const branches = Array.from({ length: 1 + choose.next(3) }, (_, k) =>
          branchOf(b, `branch ${k}`, types, results, choose, depth),
        );
        pool.push(...b.conditional(one(count), branches, operands));
        break;
      }
      default:
        pool.push(...loopOf(b, pool, choose, depth));
    }
};

export const programOfChoices = (list: readonly number[]): HloModule => {
  const choose = new Stream(list);
  const b = new HloBuilder("main");
  const parameters = Array.from({ length: 2 + choose.next(4) }, () => b.parameter(choose.of(shapes)));
  const pool = [...parameters];
  grow(b, pool, choose, 2 + choose.next(12), 0);
  const results = Array.from({ length: 1 + choose.next(4) }, () => oneOf(b, pool, choose.of(shapes), choose));
  const donation: [number, number][] = [];
  parameters.forEach((p, k) => {
    const output = results.findIndex((r, n) => shapeEquals(r.shape, p.shape) && donation.every(([, o]) => o !== n));
    if (output >= 0 && choose.next(2) === 0) donation.push([k, output]);
  });
  return b.module("loops", results, { donation });
};

export const randomLoops: fc.Arbitrary<HloModule> = fc
  .array(fc.nat(719), { minLength: 20, maxLength: 260, size: "max" })
  .map(programOfChoices);
