/** The operations that random programs are made of: smooth on what they are given, with bounded results. */
import { jit, vmap } from "../../src/api/index.js";
import { checkpoint, cond, scan } from "../../src/control/index.js";
import { sameShape } from "../../src/core/aval.js";
import type { Tensor } from "../../src/core/tensor.js";
import { prod, range } from "../../src/prelude/numbers.js";
import * as p from "../../src/primitives/index.js";

/** What is known of a value of a program before it runs. */
export interface StaticValue {
  readonly shape: readonly number[];
  /** No element is further from 0. */
  readonly bound: number;
}

/** One operation applied: the result's type, its text, and how to compute it. */
export interface Step extends StaticValue {
  /** With `x` and `y` for the operands. */
  readonly text: string;
  readonly run: (x: Tensor, y: Tensor) => Tensor;
}

/** Operand y broadcasts against x; `choice` picks among axes, sizes and the like. Null where it does not apply. */
export type Operation = (x: StaticValue, y: StaticValue, choice: number) => Step | null;

/** The most elements that a value may have. */
const maxSize = 128;

const unary =
  (text: string, bound: (b: number) => number, run: (x: Tensor) => Tensor): Operation =>
  (x) => ({ shape: x.shape, bound: bound(x.bound), text, run });

/** The common shape of operands that broadcast. */
const joined = (x: StaticValue, y: StaticValue): readonly number[] =>
  range(Math.max(x.shape.length, y.shape.length))
    .map((d) => Math.max(x.shape.at(-1 - d) ?? 1, y.shape.at(-1 - d) ?? 1))
    .reverse();

const ofRank = (x: Tensor, ndim: number): Tensor =>
  x.ndim === ndim
    ? x
    : p.broadcastInDim(x, [...range(ndim - x.ndim).map(() => 1), ...x.shape], range(ndim - x.ndim, ndim));

const binary =
  (text: string, bound: (a: number, b: number) => number, run: (x: Tensor, y: Tensor) => Tensor): Operation =>
  (x, y) => {
    const shape = joined(x, y);
    if (prod(shape) > maxSize) return null;
    const repeat = (z: Tensor): Tensor => p.broadcastTo(ofRank(z, shape.length), shape);
    return { shape, bound: bound(x.bound, y.bound), text, run: (u, v) => run(repeat(u), repeat(v)) };
  };

/** An operation along one axis of an operand that has axes. */
const alongAxis =
  (apply: (axis: number, x: StaticValue, choice: number) => Step | null): Operation =>
  (x, _, choice) =>
    x.shape.length === 0 ? null : apply(choice % x.shape.length, x, Math.floor(choice / x.shape.length));

const without = (shape: readonly number[], axis: number): number[] => shape.filter((_, d) => d !== axis);

const reduction = (name: string, bound: (b: number, n: number) => number, run: (x: Tensor, axis: number) => Tensor) =>
  alongAxis((axis, x) => {
    const size = bound(x.bound, x.shape[axis]);
    if (size > 1e3) return null;
    return { shape: without(x.shape, axis), bound: size, text: `${name}(x, ${axis})`, run: (u) => run(u, axis) };
  });

/** An operation along an axis that keeps the shape. */
const kept = (name: string, bound: (b: number, n: number) => number, run: (x: Tensor, axis: number) => Tensor) =>
  alongAxis((axis, x) => {
    const size = bound(x.bound, x.shape[axis]);
    if (size > 1e3) return null;
    return { shape: x.shape, bound: size, text: `${name}(x, ${axis})`, run: (u) => run(u, axis) };
  });

const spreadAlong = (x: Tensor, like: Tensor, axis: number): Tensor =>
  p.broadcastInDim(
    x,
    like.shape,
    range(like.ndim).filter((d) => d !== axis),
  );

const logsumexp = (x: Tensor, axis: number): Tensor => {
  const top = p.stopGradient(p.reduceMax(x, [axis]));
  return p.add(p.log(p.reduceSum(p.exp(p.sub(x, spreadAlong(top, x, axis))), [axis])), top);
};
const softmax = (x: Tensor, axis: number): Tensor => p.exp(p.sub(x, spreadAlong(logsumexp(x, axis), x, axis)));

const slicing: Operation = alongAxis((axis, x, choice) => {
  const n = x.shape[axis];
  const start = choice % Math.max(1, n - 1);
  const stride = 1 + (Math.floor(choice / 4) % 2);
  const zeros = x.shape.map(() => 0);
  const size = Math.ceil((n - start) / stride);
  return {
    shape: x.shape.with(axis, size),
    bound: x.bound,
    text: `slice(x, axis ${axis}, from ${start}, by ${stride})`,
    run: (u) => p.slice(u, zeros.with(axis, start), u.shape, zeros.map(() => 1).with(axis, stride)),
  };
});

const dynamicSlicing: Operation = alongAxis((axis, x, choice) => {
  const size = Math.max(1, x.shape[axis] - 1);
  const shape = x.shape.with(axis, size);
  return {
    shape,
    bound: x.bound,
    text: `dynamicSlice(x, axis ${axis}, from ${choice % 3}, ${size})`,
    run: (u) => {
      const starts = shape.map((_, d) => p.full([], d === axis ? choice % 3 : 0, "int32"));
      return p.dynamicSlice(u, starts, shape);
    },
  };
});

const padding: Operation = alongAxis((axis, x, choice) => {
  const n = x.shape[axis];
  const [low, interior] = [1, choice % 2];
  const shape = x.shape.with(axis, n + low + (n - 1) * interior);
  if (prod(shape) > maxSize || n === 0) return null;
  const config = x.shape.map((_, d) => (d === axis ? ([low, 0, interior] as const) : ([0, 0, 0] as const)));
  return {
    shape,
    bound: Math.max(x.bound, 0.5),
    text: `pad(x, 0.5, axis ${axis}, ${low} before, ${interior} between)`,
    run: (u) => p.pad(u, 0.5, config),
  };
});

const concatenation: Operation = (x, y, choice) => {
  if (x.shape.length === 0) return null;
  const axis = choice % x.shape.length;
  const fits = sameShape(without(x.shape, axis), without(y.shape, axis)) && x.shape.length === y.shape.length;
  const shape = x.shape.with(axis, x.shape[axis] + (fits ? y : x).shape[axis]);
  if (prod(shape) > maxSize) return null;
  return {
    shape,
    bound: Math.max(x.bound, y.bound),
    text: fits ? `concatenate([x, y], ${axis})` : `concatenate([x, x], ${axis})`,
    run: (u, v) => p.concatenate([u, fits ? v : u], axis),
  };
};

const reshaping: Operation = (x, _, choice) => {
  const shape = choice % 2 === 0 ? [prod(x.shape)] : [1, ...x.shape];
  if (shape.length > 4) return null;
  return { shape, bound: x.bound, text: `reshape(x, [${shape}])`, run: (u) => p.reshape(u, shape) };
};

const transposition: Operation = alongAxis((axis, x) => {
  const order = range(x.shape.length).map((d) => (d + axis + 1) % x.shape.length);
  return {
    shape: order.map((d) => x.shape[d]),
    bound: x.bound,
    text: `transpose(x, [${order}])`,
    run: (u) => p.transpose(u, order),
  };
});

const repetition: Operation = (x, _, choice) => {
  const shape = [2 + (choice % 2), ...x.shape];
  if (prod(shape) > maxSize || shape.length > 4) return null;
  const dims = range(1, shape.length);
  return { shape, bound: x.bound, text: `broadcastInDim(x, [${shape}])`, run: (u) => p.broadcastInDim(u, shape, dims) };
};

/** Products over the last axes: of x and y where these agree, else of x and x. */
const products: Operation = (x, y) => {
  if (x.shape.length === 0 || x.shape.length > 2) return null;
  const n = x.shape.at(-1) as number;
  const other = y.shape.length > 0 && y.shape.length <= 2 && y.shape.at(-1) === n;
  const z = other ? y : x;
  const shape = [...x.shape.slice(0, -1), ...z.shape.slice(0, -1)];
  if (prod(shape) > maxSize) return null;
  const last = (s: readonly number[]) => [s.length - 1];
  const dims = [
    [last(x.shape), last(z.shape)],
    [[], []],
  ] as const;
  return {
    shape,
    bound: n * x.bound * z.bound,
    text: `dot(x, ${other ? "y" : "x"}ᵀ)`,
    run: (u, v) => p.dotGeneral(u, other ? v : u, dims),
  };
};

const selection = binary("where(iota % 2 = 0, x, y)", Math.max, (x, y) => {
  const even = p.eq(p.rem(p.iota("int32", [x.size], 0), 2), 0);
  return p.select(p.reshape(even, x.shape), x, y);
});

/** The carry of a recurrence at every step along the first axis. */
const scanning: Operation = (x) => {
  if (x.shape.length === 0) return null;
  return {
    shape: x.shape,
    bound: 1,
    text: "scan((c, x) => tanh(c / 2 + x), 0, x)",
    run: (u) => {
      const init = p.zerosLike({ shape: u.shape.slice(1), dtype: u.dtype });
      const step = (c: Tensor, v: Tensor): [Tensor, Tensor] => {
        const next = p.tanh(p.add(p.mul(c, 0.5), v));
        return [next, next];
      };
      return scan(step, init, u)[1];
    },
  };
};

const branching: Operation = (x, _, choice) => {
  const limit = choice % 2 === 0 ? 1e6 : -1e6;
  return {
    shape: x.shape,
    bound: Math.max(1, x.bound),
    text: `cond(sum(x) < ${limit}, sin, x => x * 0.5)`,
    run: (u) =>
      cond(
        p.lt(p.reduceSum(u, range(u.ndim)), limit),
        (v: Tensor) => p.sin(v),
        (v: Tensor) => p.mul(v, 0.5),
        u,
      ),
  };
};

const mapping: Operation = (x) =>
  x.shape.length === 0
    ? null
    : {
        shape: x.shape,
        bound: 1,
        text: "vmap(x => sin(x) * cos(x))(x)",
        run: (u) => vmap((v: Tensor) => p.mul(p.sin(v), p.cos(v)))(u),
      };

const sorting = kept(
  "sort",
  (b) => b,
  (x, axis) => p.sort([x], axis)[0],
);

/** A loop around another: tanh, compiled or recomputed in the backward pass. */
const called = (name: string, wrap: (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor): Operation =>
  unary(
    `${name}(x => tanh(sin(x)))(x)`,
    () => 1,
    (x) => wrap((v) => p.tanh(p.sin(v)))(x),
  );

/** Numbered by their places: random programs choose by number, and shrink towards the first. */
export const operations: readonly Operation[] = [
  unary("sin(x)", () => 1, p.sin),
  unary("neg(x)", (b) => b, p.neg),
  binary("add(x, y)", (a, b) => a + b, p.add),
  binary("mul(x, y)", (a, b) => a * b, p.mul),
  binary("sub(x, y)", (a, b) => a + b, p.sub),
  unary("cos(x)", () => 1, p.cos),
  unary("tanh(x)", () => 1, p.tanh),
  unary("logistic(x)", () => 1, p.logistic),
  unary("erf(x)", () => 1, p.erf),
  unary("atan(x)", () => 1.6, p.atan),
  unary("square(x)", (b) => b * b, p.square),
  unary(
    "exp(tanh(x))",
    () => Math.E,
    (x) => p.exp(p.tanh(x)),
  ),
  unary(
    "log1p(square(x))",
    (b) => Math.log1p(b * b),
    (x) => p.log1p(p.square(x)),
  ),
  unary(
    "sqrt(1 + x²)",
    (b) => 1 + b,
    (x) => p.sqrt(p.add(p.square(x), 1)),
  ),
  unary(
    "integerPow(sin(x), 3)",
    () => 1,
    (x) => p.integerPow(p.sin(x), 3),
  ),
  binary(
    "div(x, 1 + y²)",
    (a) => a,
    (x, y) => p.div(x, p.add(p.square(y), 1)),
  ),
  binary("logaddexp(x, y)", (a, b) => 1 + Math.max(a, b), p.logaddexp),
  binary(
    "atan2(x, 1 + y²)",
    () => 1.6,
    (x, y) => p.atan2(x, p.add(p.square(y), 1)),
  ),
  binary(
    "pow(1 + x², tanh(y))",
    (a) => 1 + a * a,
    (x, y) => p.pow(p.add(p.square(x), 1), p.tanh(y)),
  ),
  selection,
  reduction(
    "reduceSum",
    (b, n) => b * n,
    (x, axis) => p.reduceSum(x, [axis]),
  ),
  reduction(
    "reduceMax",
    (b) => b,
    (x, axis) => p.reduceMax(x, [axis]),
  ),
  reduction(
    "reduceProd",
    (b, n) => Math.max(1, b) ** n,
    (x, axis) => p.reduceProd(x, [axis]),
  ),
  reduction("logsumexp", (b, n) => b + Math.log(n), logsumexp),
  kept("softmax", () => 1, softmax),
  kept(
    "cumsum",
    (b, n) => b * n,
    (x, axis) => p.cumsum(x, axis),
  ),
  kept(
    "cumprod",
    (b, n) => Math.max(1, b) ** n,
    (x, axis) => p.cumprod(x, axis),
  ),
  kept(
    "rev",
    (b) => b,
    (x, axis) => p.rev(x, [axis]),
  ),
  sorting,
  reshaping,
  transposition,
  repetition,
  products,
  slicing,
  dynamicSlicing,
  padding,
  concatenation,
  scanning,
  branching,
  mapping,
  called("jit", (f) => jit(f)),
  called("checkpoint", (f) => checkpoint(f)),
];
