/** Random small modules for property tests: a list of steps, each applied to arrays made before. */
import fc from "fast-check";
import {
  type ArrayShape,
  type DType,
  HloBuilder,
  type HloComputation,
  type HloInstruction,
  type HloModule,
} from "../../../xla-like/hlo/index.js";
import { f32, s32, unitWindow } from "./programs.js";
import { counting, dimsOf, pick, type Step, shapeOf } from "./random-steps.js";

/** A dimension of x, or nothing for a scalar. */
const dimension = (x: HloInstruction, n: number): number | undefined =>
  dimsOf(x).length === 0 ? undefined : n % dimsOf(x).length;
const branchNames = ["left", "right arm", "the, third"];

const scale = (b: HloBuilder, shape: ArrayShape, by: number): HloComputation =>
  b.computation("scale", [shape], (c, [x]) => [c.binary("multiply", x, c.scalar("float32", by))]);

/** Every array is float32 of rank 0 to 3. */
const steps: readonly Step[] = [
  (b, x, _, n) => [b.unary(pick(["sine", "abs", "exponential", "negate", "round-nearest-even"], n.a), x)],
  (b, x, y, n) => {
    const z = String(dimsOf(x)) === String(dimsOf(y)) ? y : x;
    return [b.binary(pick(["add", "atan2", "maximum", "power"], n.a), x, z)];
  },
  (b, x, _, n) => [
    b.select(b.compare(x, b.scalar("float32", n.a / 7), pick(["LT", "NE"], n.b)), x, b.fill(n.c, "float32", dimsOf(x))),
  ],
  (b, x, _, n) => [b.convert(b.convert(x, pick<DType>(["int8", "uint64", "float16", "bool"], n.a)), "float32")],
  (b, x, _, n) => [
    b.transpose(
      x,
      counting(dimsOf(x).length).sort((p, q) => ((p + n.a) % 3) - ((q + n.a) % 3)),
    ),
  ],
  (b, x) => [b.reshape(x, [dimsOf(x).reduce((p, q) => p * q, 1)])],
  (b, x, _, n) =>
    dimsOf(x).length > 2
      ? []
      : [
          b.broadcast(
            x,
            [(n.a % 2) + 1, ...dimsOf(x)],
            counting(dimsOf(x).length).map((d) => d + 1),
          ),
        ],
  (b, x, _, n) => {
    const d = dimension(x, n.a);
    return d === undefined ? [] : [b.concatenate([x, b.reverse(x, [d])], d)];
  },
  (b, x, _, n) => [
    b.slice(
      x,
      dimsOf(x).map((s) => Math.min(n.a % 2, s)),
      dimsOf(x),
      dimsOf(x).map(() => (n.b % 3) + 1),
    ),
  ],
  (b, x, _, n) => [
    b.pad(
      x,
      b.scalar("float32", n.a),
      dimsOf(x).map((s) => (s > 0 ? (n.a % 3) - 1 : 0)),
      dimsOf(x).map(() => n.b % 2),
      dimsOf(x).map(() => n.c % 2),
    ),
  ],
  (b, x, _, n) => {
    const d = dimension(x, n.a);
    return d === undefined ? [] : b.reduce([x], [b.scalar("float32", 0)], [d], b.reducer("add", "float32"));
  },
  (b, x, _, n) => {
    const d = dimension(x, n.a);
    const less = b.computation("less", [f32(), f32(), s32(), s32()], (c, [p, q]) => c.compare(p, q, "LT"));
    return d === undefined ? [] : [b.sort([x, b.iota("int32", dimsOf(x), d)], d, less, { stable: n.b % 2 === 0 })[0]];
  },
  (b, x, y) =>
    dimsOf(x).length === 2 && dimsOf(y).length === 2 && dimsOf(x)[1] === dimsOf(y)[1]
      ? [b.dot(x, y, { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [1] }, { precision: "high" })]
      : [],
  (b, x, _, n) => {
    const condition = b.computation("more", [s32(), shapeOf(x)], (c, [i]) =>
      c.compare(i, c.scalar("int32", n.a % 4), "LT"),
    );
    const body = b.computation("turn", [s32(), shapeOf(x)], (c, [i, s]) => [
      c.binary("add", i, c.scalar("int32", 1)),
      c.call(scale(c, shapeOf(x), n.b / 3), [s])[0],
    ]);
    return [b.while(condition, body, [b.scalar("int32", 0), x])[1]];
  },
  (b, x, _, n) => {
    const branches = counting((n.b % 3) + 1).map((k) =>
      b.computation(branchNames[k], [shapeOf(x)], (c, [v]) => [c.unary(pick(["cos", "tanh", "floor"], k + n.c), v)]),
    );
    return b.conditional(b.scalar("int32", n.a), branches, [x]);
  },
  (b, x, _, n) => {
    if (dimsOf(x).length === 0 || dimsOf(x)[0] === 0) return [];
    const indices = b.constant("int32", [2], Int32Array.of(n.a, n.b));
    const rest = counting(dimsOf(x).length - 1).map((d) => d + 1);
    const rows = b.gather(
      x,
      indices,
      {
        offsetDims: rest,
        collapsedSliceDims: [0],
        operandBatchingDims: [],
        startIndicesBatchingDims: [],
        startIndexMap: [0],
        indexVectorDim: 1,
      },
      [1, ...dimsOf(x).slice(1)],
    );
    const dims = {
      updateWindowDims: rest,
      insertedWindowDims: [0],
      inputBatchingDims: [],
      scatterIndicesBatchingDims: [],
      scatterDimsToOperandDims: [0],
      indexVectorDim: 1,
    };
    return [b.scatter(x, indices, rows, dims, b.reducer("multiply", "float32"), { uniqueIndices: n.c % 2 === 0 })];
  },
  (b, x, _, n) => {
    if (dimsOf(x).length !== 3) return [];
    const features = dimsOf(x)[2];
    const kernel = b.fill(n.a / 4, "float32", [2, features, 3]);
    const dims = {
      inputBatch: 0,
      inputFeature: 2,
      inputSpatial: [1],
      kernelInputFeature: 1,
      kernelOutputFeature: 2,
      kernelSpatial: [0],
      outputBatch: 1,
      outputFeature: 0,
      outputSpatial: [2],
    };
    const window = [
      unitWindow(2, { stride: (n.b % 2) + 1, padLow: (n.c % 3) - 1, padHigh: 1, reversal: n.a % 2 === 1 }),
    ];
    return [b.convolution(x, kernel, { dims, window })];
  },
  (b, x, _, n) =>
    b.reduceWindow(
      [x],
      [b.scalar("float32", 0)],
      dimsOf(x).map(() => unitWindow((n.a % 2) + 1, { padLow: 1, baseDilation: (n.b % 2) + 1 })),
      b.reducer("maximum", "float32"),
    ),
];

/** The size from which an array takes no further part: growing steps would run away. */
const LARGEST = 64;

const stepArbitrary = fc.record({
  step: fc.constantFrom(...steps),
  x: fc.nat(20),
  y: fc.nat(20),
  a: fc.nat(7),
  b: fc.nat(7),
  c: fc.nat(7),
  origin: fc.option(fc.string({ maxLength: 5 }), { nil: undefined }),
});

const dimsArbitrary = fc.array(fc.nat(3), { maxLength: 3 });

export const randomModule: fc.Arbitrary<HloModule> = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 6 }),
    parameters: fc.array(dimsArbitrary, { minLength: 1, maxLength: 3 }),
    steps: fc.array(stepArbitrary, { maxLength: 12 }),
  })
  .map(({ name, parameters, steps: list }) => {
    const b = new HloBuilder("main");
    const pool = parameters.map((dims) => b.parameter(f32(...dims)));
    for (const { step, x, y, origin, ...n } of list) {
      b.origin = origin;
      for (const made of step(b, pick(pool, x), pick(pool, y), n))
        if (dimsOf(made).reduce((p, q) => p * q, 1) <= LARGEST) pool.push(made);
    }
    b.origin = undefined;
    return b.module(name, pool.slice(-3));
  });
