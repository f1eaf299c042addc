/** Programs for the primitives that have programs or functions among their parameters, and so no samples of their own. */
import { customJvp, customVjp, devicePut, jit, ShapeDtypeStruct, vmap } from "../../src/api/index.js";
import { debugCallbackP } from "../../src/control/debug-callback.js";
import * as control from "../../src/control/index.js";
import { reduce } from "../../src/control/reduce.js";
import { reduceWindow, selectAndScatter } from "../../src/control/reduce-window.js";
import { bool, f32, i32 } from "../../src/core/avals.js";
import { defaultDevice } from "../../src/core/devices.js";
import type { Tensor } from "../../src/core/tensor.js";
import { customLinearSolve } from "../../src/lax/index.js";
import { allGather, axisIndex, pmax, pmin, psum } from "../../src/primitives/collectives.js";
import * as p from "../../src/primitives/index.js";
import { cholesky, eigh } from "../../src/primitives/linalg.js";
import { attentionCases } from "./attention-cases.js";
import { type Case, program } from "./case.js";

const index = { values: [1] };
const { scan, cond, switchCase, whileLoop, foriLoop, checkpoint } = control;
const scalar = (x: Tensor, value: number): Tensor => p.full([], value, x.dtype);

const scans = [
  program(
    "scan",
    "a recurrence",
    (c, xs) => scan((c: Tensor, x: Tensor) => [p.tanh(p.add(c, x)), p.mul(c, x)], c, xs),
    [f32(2), f32(3, 2)],
  ),
  program(
    "scan",
    "backwards, with a constant",
    (w, c, xs) => scan((c: Tensor, x: Tensor) => [p.sin(p.mul(w, p.add(c, x))), c], c, xs, { reverse: true }),
    [f32(), f32(), f32(4)],
  ),
  program("scan", "of no steps", (c, xs) => scan((c: Tensor, x: Tensor) => [p.mul(c, x), p.add(c, x)], c, xs), [
    f32(),
    f32(0),
  ]),
  program(
    "scan",
    "unrolled, with an integer in the carry",
    (c, xs) => {
      const [[n, last], ys] = scan(
        ([n, c]: [Tensor, Tensor], x: Tensor) => [[p.add(n, 1), p.mul(c, p.cos(x))], p.mul(x, p.convert(n, x.dtype))],
        [p.full([], 0, "int32"), c],
        xs,
        { unroll: 2 },
      ) as [[Tensor, Tensor], Tensor];
      return [n, last, ys];
    },
    [f32(), f32(5)],
  ),
  program(
    "scan",
    "in a scan",
    (c, xs) =>
      scan(
        (c: Tensor, row: Tensor) => {
          const [last, ys] = scan((d: Tensor, x: Tensor) => [p.sin(p.add(d, x)), p.mul(d, x)], c, row);
          return [last, p.reduceSum(ys, [0])];
        },
        c,
        xs,
      ),
    [f32(), f32(2, 3)],
  ),
  program("scan", "of a counter", (x) => foriLoop(0, 3, (_: Tensor, y: Tensor) => p.mul(y, p.sin(y)), x), [f32(3)]),
  program("scan", "mapping rows", (xs) => control.map((x: Tensor) => p.mul(p.exp(x), p.reduceSum(x, [0])), xs), [
    f32(3, 2),
  ]),
];

const whiles = [
  program(
    "while",
    "as often as an operand says",
    (n, x) =>
      whileLoop(
        ([i]: readonly [Tensor, Tensor]) => p.lt(i, n),
        ([i, y]: readonly [Tensor, Tensor]) => [p.add(i, 1), p.mul(y, p.cos(y))],
        [p.full([], 0, "int32"), x],
      ),
    [i32(), f32(2)],
    { domains: [{ values: [3] }], modes: ["fwd"] },
  ),
  program(
    "while",
    "until the value is small",
    (x) =>
      whileLoop(
        (y: Tensor) => p.gt(p.reduceSum(p.square(y), [0]), 0.1),
        (y: Tensor) => p.mul(y, 0.6),
        x,
      ),
    [f32(3)],
    {
      domains: [{ min: 1, max: 1.2 }],
      modes: ["fwd"],
    },
  ),
];

const conds = [
  program(
    "cond",
    "of two",
    (which, x, y) =>
      cond(
        which,
        (x: Tensor, y: Tensor) => p.mul(p.sin(x), y),
        (_: Tensor, y: Tensor) => p.square(y),
        x,
        y,
      ),
    [bool(), f32(3), f32(3)],
  ),
  program(
    "cond",
    "of three, with residuals of different types",
    (which, x) =>
      switchCase(
        which,
        [
          (x: Tensor) => p.exp(p.reduceSum(x, [0])),
          (x: Tensor) => p.reduceSum(p.mul(p.sin(x), p.cos(x)), [0]),
          (x: Tensor) => scalar(x, 2),
        ],
        x,
      ),
    [i32(), f32(3)],
    { domains: [index] },
  ),
  program(
    "cond",
    "on a value that is differentiated, over captured tensors",
    (x, y) =>
      cond(
        p.gt(p.reduceSum(x, [0]), 0),
        () => p.mul(x, y),
        () => p.sub(p.sin(x), y),
      ),
    [f32(2), f32(2)],
    {
      domains: [{ min: 0.5, max: 1 }],
    },
  ),
  program(
    "cond",
    "in a scan",
    (xs) =>
      scan(
        (c: Tensor, x: Tensor) => {
          const next = cond(
            p.gt(x, 0),
            (c: Tensor) => p.sin(c),
            (c: Tensor) => p.mul(c, x),
            c,
          );
          return [next, p.mul(next, x)];
        },
        scalar(xs, 0.7),
        xs,
      ),
    [f32(4)],
    { domains: [{ values: [0.5, -0.3, 1.2, -0.8] }] },
  ),
];

const double = customJvp((x: Tensor) => p.mul(x, p.sin(x)));
double.defjvp(([x]: [Tensor], [t]: [Tensor]) => [p.mul(x, p.sin(x)), p.mul(t, p.add(p.sin(x), p.mul(x, p.cos(x))))]);
const product = customVjp((x: Tensor, y: Tensor) => p.mul(x, p.sin(y)));
product.defvjp(
  (x, y) => [p.mul(x, p.sin(y)), [x, y]],
  ([x, y]: [Tensor, Tensor], ct: Tensor) => [p.mul(ct, p.sin(y)), p.mul(ct, p.mul(x, p.cos(y)))],
);

const counted = customVjp((x: Tensor): [Tensor, Tensor] => [p.convert(p.mul(x, 10), "int32"), p.sin(x)]);
counted.defvjp(
  (x) => [[p.convert(p.mul(x, 10), "int32"), p.sin(x)], x],
  (x: Tensor, [, ct]: [Tensor, Tensor]) => [p.mul(ct, p.cos(x))],
);

/** A function that was exported for operands of these types. */
const exportedFor = (xs: readonly Tensor[]) =>
  jit((x: Tensor, y: Tensor) => [p.mul(x, p.sin(y)), p.reduceSum(p.exp(y), [0])]).export(
    new ShapeDtypeStruct(xs[0].shape, xs[0].dtype),
    new ShapeDtypeStruct(xs[1].shape, xs[1].dtype),
  );

const window = {
  windowDimensions: [2],
  windowStrides: [1],
  padding: [[0, 1]],
  baseDilation: [1],
  windowDilation: [1],
} as const;
const keepsTies = { apart: 0.2 };

const calls = [
  program(
    "remat2",
    "",
    checkpoint((x: Tensor) => p.mul(p.sin(p.exp(x)), x)),
    [f32(3)],
  ),
  program(
    "remat2",
    "that keeps what is named",
    checkpoint((x: Tensor, y: Tensor) => p.mul(control.checkpointName(p.sin(x), "kept"), p.cos(y)), {
      policy: control.checkpointPolicies.saveOnlyTheseNames("kept"),
    }),
    [f32(3), f32(3)],
  ),
  program(
    "jit",
    "",
    jit((x: Tensor, y: Tensor) => p.mul(p.sin(x), y)),
    [f32(2), f32(2)],
  ),
  program("custom_jvp_call", "", (x) => double(x), [f32(3)]),
  program(
    "custom_jvp_call",
    "in a compiled function",
    jit((x: Tensor) => double(x)),
    [f32(3)],
  ),
  program("custom_vjp_call", "", (x, y) => product(x, y), [f32(3), f32(3)], { modes: ["rev"] }),
  program(
    "custom_vjp_call",
    "in a scan",
    (c, xs) => scan((c: Tensor, x: Tensor) => [product(c, x), c], c, xs),
    [f32(), f32(3)],
    { modes: ["rev"] },
  ),
  program("custom_vjp_call", "with an integer among its results", (x) => counted(x), [f32(3)], { modes: ["rev"] }),
  program("exported_call", "", (...xs) => exportedFor(xs).call(...xs) as Tensor[], [f32(3), f32(3)], {
    modes: ["rev"],
  }),
  program("name", "", (x) => control.checkpointName(p.sin(x), "x"), [f32(2)]),
  program("device_put", "", (x) => devicePut(p.sin(x), defaultDevice()), [f32(3)]),
  program(
    "debug_callback",
    "",
    (x) => {
      debugCallbackP.bind([x], { callback: () => {} });
      return p.sin(x);
    },
    [f32(2)],
  ),
];

const reductions = [
  program(
    "reduce",
    "a product and a sum at once",
    (x, y) =>
      reduce(
        [x, y],
        [scalar(x, 1), scalar(y, 0)],
        ([a, b]: Tensor[], [c, d]: Tensor[]) => [p.mul(a, c), p.add(b, d)],
        [0],
      ),
    [f32(3, 2), f32(3, 2)],
  ),
  program(
    "reduce_window",
    "a sum in the exponents that no reduction is",
    (x) => reduceWindow(x, scalar(x, -1e9), (a: Tensor, b: Tensor) => p.logaddexp(a, b), window),
    [f32(4)],
    { modes: ["fwd"] },
  ),
  program(
    "select_and_scatter",
    "the sum where the window's largest is",
    (x, y) =>
      selectAndScatter(
        x,
        (a, b) => p.ge(a, b),
        { windowDimensions: [2], windowStrides: [2], padding: [[0, 0]] },
        y,
        scalar(x, 0),
        (a, b) => p.add(a, b),
      ),
    [f32(4), f32(2)],
    {
      domains: [keepsTies],
      skipGradients: "a computation of one's own has no derivative",
    },
  ),
];

/** Decompositions of symmetric matrices, whose derivatives are those along symmetric matrices. */
const symmetric = (x: Tensor): Tensor => p.add(x, p.transpose(x, [1, 0]));
const positive = { values: [4, 1, 0.5, 0.3, 3, 1.2, 0.7, -0.4, 5] };
const decompositions = [
  program("cholesky", "of a symmetric matrix", (x) => cholesky(symmetric(x)), [f32(3, 3)], { domains: [positive] }),
  program("eigh", "of a symmetric matrix", (x) => eigh(symmetric(x)), [f32(3, 3)], { domains: [positive] }),
];

/** Collectives, which are gone from a program once their axis is mapped. */
export const collectiveCases: readonly Case[] = [
  program(
    "psum",
    "of sines",
    overAxis((x) => p.mul(x, psum(p.sin(x), "i"))),
    [f32(3, 2)],
  ),
  program(
    "psum",
    "of what is not mapped",
    overAxis((x) => p.add(x, psum(p.full([], 2, x.dtype), "i"))),
    [f32(3)],
  ),
  program(
    "pmax",
    "",
    overAxis((x) => p.mul(x, pmax(x, "i"))),
    [f32(3, 2)],
    { domains: [{ apart: 0.2 }] },
  ),
  program(
    "pmin",
    "",
    overAxis((x) => p.sub(x, pmin(x, "i"))),
    [f32(3, 2)],
    { domains: [{ apart: 0.2 }] },
  ),
  program(
    "all_gather",
    "",
    overAxis((x) => p.mul(allGather(p.sin(x), "i"), p.reduceSum(x, [0]))),
    [f32(3, 2)],
  ),
  program(
    "axis_index",
    "",
    overAxis((x) => p.mul(x, p.convert(axisIndex("i"), x.dtype))),
    [f32(3, 2)],
  ),
];

/** f, called for each row of its operand, with the rows known as axis i. */
function overAxis(f: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  return (x) => vmap(f, { axisName: "i" })(x);
}

/** A system with a diagonal that an operand gives, so that operator and right-hand side both vary. */
const solves = [
  program(
    "custom_linear_solve",
    "by the diagonal",
    (d, b) =>
      customLinearSolve(
        (x: Tensor) => p.mul(d, x),
        b,
        (_: unknown, y: Tensor) => p.div(y, d),
        { transposeSolve: (_: unknown, y: Tensor) => p.div(y, d) },
      ),
    [f32(3), f32(3)],
    { domains: [{ min: 1, max: 2 }, undefined] },
  ),
];

/** What has neither samples nor a program here, with the reason. */
export const withoutCases: Readonly<Record<string, string>> = {
  empty2: "its values are not to be read: it fills places of other branches in the programs of cond",
  custom_lin: "only reverse mode of custom_vjp_call makes it",
};

export const programCases: readonly Case[] = [
  ...scans,
  ...whiles,
  ...conds,
  ...calls,
  ...reductions,
  ...decompositions,
  ...solves,
  ...attentionCases,
  ...collectiveCases,
];
