/** Small programs that between them meet every decision of buffer assignment. */
import {
  type ArrayShape,
  HloBuilder,
  type HloComputation,
  type HloInstruction,
  type HloModule,
} from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";

type Body = (b: HloBuilder, xs: HloInstruction[]) => readonly HloInstruction[];

const kernel = (b: HloBuilder, name: string, operands: readonly HloInstruction[], body: Body): HloInstruction[] => {
  const types = operands.map(({ shape }) => {
    if (shape.kind === "tuple") throw new Error("kernels read arrays");
    return shape;
  });
  return b.fusion("loop", b.computation(name, types, body), operands);
};
const twice = (b: HloBuilder, x: HloInstruction): HloInstruction =>
  kernel(b, "twice", [x], (f, [p]) => [f.binary("add", p, p)])[0];
const plus = (b: HloBuilder, x: HloInstruction, y: HloInstruction): HloInstruction =>
  kernel(b, "plus", [x, y], (f, [p, q]) => [f.binary("add", p, q)])[0];
const backwards = (b: HloBuilder, x: HloInstruction): HloInstruction =>
  kernel(b, "backwards", [x], (f, [p]) => [f.reverse(p, [0])])[0];
const setAt = (b: HloBuilder, x: HloInstruction, u: HloInstruction, i: HloInstruction): HloInstruction => {
  const c = b.computation("set", [f32(64), f32(1), s32()], (f, [p, q, k]) => [f.dynamicUpdateSlice(p, q, [k])]);
  return b.fusion("update", c, [x, u, i])[0];
};
const successor = (b: HloBuilder, i: HloInstruction): HloInstruction =>
  kernel(b, "successor", [i], (f, [p]) => [f.binary("add", p, f.scalar("int32", 1))])[0];

/** Runs the body a number of times; its first parameter counts. */
const repeat = (
  b: HloBuilder,
  turns: number,
  initial: readonly HloInstruction[],
  types: readonly ArrayShape[],
  body: (b: HloBuilder, i: HloInstruction, xs: HloInstruction[]) => readonly HloInstruction[],
): HloInstruction[] => {
  const all = [s32(), ...types];
  const condition: HloComputation = b.computation(
    "again",
    all,
    (c, [i]) => [kernel(c, "below", [i], (f, [p]) => [f.compare(p, f.scalar("int32", turns), "LT")])[0]][0],
  );
  const turn = b.computation("turn", all, (c, [i, ...xs]) => {
    const results = body(c, i, xs);
    return [successor(c, i), ...results];
  });
  return b.while(condition, turn, [b.scalar("int32", 0), ...initial]).slice(1);
};

const v = f32(64);
type Program = (b: HloBuilder) => readonly HloInstruction[];
interface Named {
  readonly about: string;
  readonly program: Program;
  readonly donation?: HloModule["donation"];
}

export const programs: readonly Named[] = [
  {
    about: "a chain: each result over the one before, the last one's memory from the first",
    program: (b) => [twice(b, twice(b, twice(b, b.parameter(v))))],
  },
  {
    about: "kernels that read elsewhere take turns in the arena",
    program: (b) => [backwards(b, backwards(b, backwards(b, backwards(b, b.parameter(v)))))],
  },
  {
    about: "results that are parameters, constants, or twice the same are copied",
    program: (b) => {
      const x = b.parameter(v);
      const y = twice(b, x);
      return [x, b.constant("float32", [2], Float32Array.of(1, 2)), y, b.reshape(y, [8, 8])];
    },
  },
  {
    about: "a donated parameter becomes the result of its size",
    program: (b) => [plus(b, b.parameter(v), b.parameter(v))],
    donation: [[0, 0]],
  },
  {
    about: "a donated parameter that is needed after its result was made does not",
    program: (b) => {
      const x = b.parameter(v);
      const y = backwards(b, x);
      return [y, plus(b, y, x)];
    },
    donation: [[0, 0]],
  },
  {
    about: "an update in place of what nobody needs any more, and in a copy of what is not the program's",
    program: (b) => {
      const [x, u, i] = [b.parameter(v), b.parameter(f32(1)), b.parameter(s32())];
      return [setAt(b, setAt(b, x, u, i), u, successor(b, i))];
    },
  },
  {
    about: "a scan: rows are put in a buffer that the loop carries, and nothing is copied",
    program: (b) => {
      const x = b.parameter(f32(1));
      const zeros = kernel(b, "zeros", [], (f) => [f.fill(0, "float32", [64])])[0];
      const start = kernel(b, "start", [x], (f, [p]) => [f.unary("negate", p)])[0];
      return repeat(b, 5, [zeros, start], [v, f32(1)], (c, i, [ys, s]) => {
        const next = plus(c, s, s);
        return [setAt(c, ys, next, i), next];
      });
    },
  },
  {
    about: "zeros that two loops begin with, and somebody reads, are made for each",
    program: (b) => {
      const zeros = kernel(b, "zeros", [], (f) => [f.fill(0, "float32", [64])])[0];
      const x = b.parameter(f32(1));
      const two = repeat(b, 2, [zeros, zeros], [v, v], (c, i, [p, q]) => [
        setAt(c, p, c.constant("float32", [1], Float32Array.of(1)), i),
        twice(c, q),
      ]);
      const [last] = repeat(b, 3, [zeros], [v], (c, i, [p]) => [
        setAt(c, p, c.constant("float32", [1], Float32Array.of(2)), i),
      ]);
      return [...two, last, b.dynamicSlice(zeros, [b.scalar("int32", 1)], [1]), x];
    },
  },
  {
    about: "what a turn reads to the end and makes anew changes places",
    program: (b) => {
      const [first] = repeat(b, 3, [b.parameter(v)], [v], (c, _, [x]) => [backwards(c, x)]);
      return [first];
    },
  },
  {
    about: "two that change places in every turn need memory to step aside",
    program: (b) =>
      repeat(b, 3, [twice(b, b.parameter(v)), twice(b, b.parameter(v))], [v, v], (_, __, [x, y]) => [y, x]),
  },
  {
    about: "one that takes the place of another, and one value in two places",
    program: (b) => {
      const x = b.parameter(v);
      return repeat(b, 4, [x, x, x], [v, v, v], (c, _, [p, q]) => {
        const sum = plus(c, p, q);
        return [q, sum, sum];
      });
    },
  },
  {
    about: "what a loop leaves alone is where it was",
    program: (b) => {
      const [w, x] = [b.parameter(v), b.parameter(v)];
      return repeat(b, 3, [w, x], [v, v], (c, _, [p, q]) => [p, plus(c, p, q)]);
    },
    donation: [[1, 1]],
  },
  {
    about: "a loop in a loop works on the outer one's memory",
    program: (b) =>
      repeat(b, 3, [twice(b, b.parameter(v))], [v], (c, _, [x]) =>
        repeat(c, 2, [x], [v], (d, __, [y]) => [twice(d, y)]),
      ),
  },
  {
    about: "branches write over what only they read, and copy what they hand on",
    program: (b) => {
      const [n, x, y] = [b.parameter(s32()), twice(b, b.parameter(v)), twice(b, b.parameter(v))];
      const types = [v, v];
      const change = b.computation("change", types, (c, [p, q]) => [twice(c, p), q]);
      const exchange = b.computation("exchange", types, (c, [p, q]) => [q, twice(c, p)]);
      const keep = b.computation("keep", types, (_, [p, q]) => [p, q]);
      return b.conditional(n, [change, exchange, keep], [x, y]);
    },
  },
  {
    about: "a gradient is added up in place: the product needs memory of its own",
    program: (b) => {
      const [x, w, r] = [b.parameter(f32(8, 8)), b.parameter(f32(8, 8)), b.parameter(f32(8, 8))];
      const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [0], rhsContracting: [0] };
      const add = b.computation("accumulate", [f32(8, 8), f32(8, 8), f32(8, 8)], (f, [p, q, s]) => [
        f.binary("add", f.dot(p, q, dims), s),
      ]);
      return b.fusion("dot", add, [x, w, r]);
    },
    donation: [[2, 0]],
  },
  {
    about: "a product lies where its result will be, or in scratch",
    program: (b) => {
      const [x, w, r] = [b.parameter(f32(8, 8)), b.parameter(f32(8, 8)), b.parameter(f32(8, 8))];
      const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
      const types = [f32(8, 8), f32(8, 8), f32(8, 8)];
      const residual = b.computation("residual", types, (f, [p, q, s]) => [f.binary("add", f.dot(p, q, dims), s)]);
      const narrow = b.computation("narrow", types, (f, [p, q, s]) => [
        f.convert(f.binary("add", f.dot(p, q, dims), s), "bfloat16"),
      ]);
      const [y] = b.fusion("dot", residual, [x, w, r]);
      return b.fusion("dot", narrow, [y, w, r]);
    },
  },
];

export const moduleOf = ({ program, donation }: Named): HloModule => {
  const b = new HloBuilder("main");
  return b.module("m", program(b), donation === undefined ? {} : { donation });
};
