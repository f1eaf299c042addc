/** Reductions over axes with a fixed monoid: sums, products, extrema and logical connectives. */

import type { HloBuilder, HloInstruction } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { bf16, bool, c64, f32, i32, u8 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { param } from "../core/params.js";
import {
  type AnyParams,
  type DefinedMultiPrimitive,
  type DefinedPrimitive,
  type Diff,
  type Domain,
  defineMultiPrimitive,
  definePrimitive,
  type OutAval,
  type Sample,
} from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { prod, range } from "../prelude/numbers.js";
import { addAny, div, mul } from "./arithmetic.js";
import { type DTypeClass, dtypeError, inClass, out, type Result } from "./checks.js";
import { eq } from "./comparison.js";
import { convert } from "./convert.js";
import { full } from "./fill.js";
import { pad } from "./padding.js";
import { identityElement, type Monoid, monoidReducer } from "./reducers.js";
import { broadcastInDim, dimAfterRemoval, reshape, shiftAxes, squeeze, transpose } from "./shape.js";
import { slice } from "./slicing.js";

interface Axes {
  readonly axes: readonly number[];
}

/** Checks that `axes` are dimensions of the operand, each once. */
export function checkAxes(name: string, x: ShapedArray, axes: readonly number[]): Result<readonly number[]> {
  const bad = axes.find((a) => !Number.isInteger(a) || a < 0 || a >= x.ndim);
  if (bad !== undefined) {
    const hint = x.ndim === 0 ? "a scalar has none" : `use integers from 0 to ${x.ndim - 1}`;
    return Either.left(
      new ShapeError(
        "CT100",
        `${name}: operand 'x' of shape [${x.shape}] has no axis ${bad} to reduce (axes [${axes}]); ${hint}.`,
      ),
    );
  }
  const repeated = axes.find((a, i) => axes.indexOf(a) !== i);
  return repeated === undefined
    ? Either.right(axes)
    : Either.left(
        new ShapeError("CT101", `${name}: axis ${repeated} is given twice in axes [${axes}]. Name each axis once.`),
      );
}

/** The dimensions that a reduction over `axes` keeps. */
const keptDims = (ndim: number, axes: readonly number[]): number[] => range(ndim).filter((d) => !axes.includes(d));

function reducedAval(name: string, takes: DTypeClass, x: ShapedArray, axes: readonly number[]): Result<OutAval> {
  if (!inClass(x.dtype, takes)) return Either.left(dtypeError(name, "x", x.dtype, takes));
  return Either.chain((as: readonly number[]) => {
    const shape = keptDims(x.ndim, as).map((d) => x.shape[d]);
    // Logical results are strong, as in JAX.
    return out(shape, x.dtype, takes === "bool or integer" ? false : undefined);
  })(checkAxes(name, x, axes));
}

interface ReductionSpec {
  readonly name: string;
  readonly doc: string;
  readonly monoid: Monoid;
  readonly takes: DTypeClass;
  /** Further parameters that are printed. */
  readonly params?: AnyParams;
  readonly diff: Diff<"x", Axes>;
  readonly domain?: Domain;
  /** The first makes the main samples, each further one a single sample. */
  readonly sampleAvals: readonly ((...shape: number[]) => ShapedArray)[];
}

const sampleSets: readonly { shape: readonly number[]; axes: readonly number[] }[] = [
  { shape: [2, 3], axes: [0] },
  { shape: [2, 3, 2], axes: [2, 0] },
  { shape: [4], axes: [0] },
];

function samplesOf({ sampleAvals: [main, ...others], domain }: ReductionSpec): Sample<"x", Axes>[] {
  const sample = (x: ShapedArray, axes: readonly number[]): Sample<"x", Axes> => ({
    avals: { x },
    params: { axes },
    ...(domain && { domain: { x: domain } }),
  });
  return [...sampleSets.map((s) => sample(main(...s.shape), s.axes)), ...others.map((aval) => sample(aval(3, 2), [1]))];
}

const axesParams = { axes: param.ints };

function defineReduction(spec: ReductionSpec): DefinedPrimitive<"x", Axes> {
  const { name, monoid, takes } = spec;
  const primitive: DefinedPrimitive<"x", Axes> = definePrimitive<"x", typeof axesParams>({
    name,
    doc: spec.doc,
    operands: ["x"],
    params: { ...axesParams, ...spec.params },
    abstractEval: ({ x }, { axes }) => reducedAval(name, takes, x, axes),
    diff: spec.diff,
    batching: ({ x }, { x: dim }, { axes }) => {
      const shifted = shiftAxes(axes, dim as number);
      return [primitive.bind({ x }, { axes: shifted }), dimAfterRemoval(dim as number, shifted)];
    },
    lower: (b, { x }, { axes }, { out: o }) => lowerReduction(b, x, axes, monoid, o.dtype),
    samples: samplesOf(spec),
  });
  return primitive;
}

function lowerReduction(
  b: HloBuilder,
  x: HloInstruction,
  axes: readonly number[],
  monoid: Monoid,
  dtype: DType,
): HloInstruction {
  if (axes.length === 0) return x;
  return b.reduce([x], [b.scalar(dtype, identityElement(monoid, dtype))], axes, monoidReducer(b, monoid, dtype))[0];
}

export const reduceSumP = defineReduction({
  name: "reduce_sum",
  doc: "The sum over `axes`.",
  monoid: "sum",
  takes: "number",
  params: { outSharding: param.fixed("None") },
  diff: {
    kind: "linear",
    transpose: { x: (ct, { x }, { axes }) => broadcastInDim(ct, x.shape, keptDims(x.shape.length, axes)) },
  },
  sampleAvals: [f32, c64, i32, bf16],
});
/** The sum of x over `axes`, which leave the shape. */
export const reduceSum = (x: Tensor, axes: readonly number[]): Tensor => reduceSumP.bind({ x }, { axes });

/** The extremum's tangent: the mean of the tangents at all places where it is attained. */
const meanOverTies: Diff<"x", Axes> = {
  kind: "smooth",
  jvp: {
    x(t, { x }, { axes }, extremum) {
      const keepDims = x.shape.map((d, i) => (axes.includes(i) ? 1 : d));
      const ties = convert(eq(x, reshape(extremum, keepDims)), t.dtype);
      const count = reduceSum(ties, axes);
      return div(reduceSum(mul(t, ties), axes), count);
    },
  },
};

export const reduceMaxP = defineReduction({
  name: "reduce_max",
  doc: "The maximum over `axes`; NaN if any element is.",
  monoid: "max",
  takes: "any",
  diff: meanOverTies,
  domain: { apart: 0.1 },
  sampleAvals: [f32, i32, bool],
});
/** The maximum of x over `axes`; ties share the gradient. */
export const reduceMax = (x: Tensor, axes: readonly number[]): Tensor => reduceMaxP.bind({ x }, { axes });

export const reduceMinP = defineReduction({
  name: "reduce_min",
  doc: "The minimum over `axes`; NaN if any element is.",
  monoid: "min",
  takes: "any",
  diff: meanOverTies,
  domain: { apart: 0.1 },
  sampleAvals: [f32, i32, bool],
});
/** The minimum of x over `axes`; ties share the gradient. */
export const reduceMin = (x: Tensor, axes: readonly number[]): Tensor => reduceMinP.bind({ x }, { axes });

const logical = (name: string, monoid: Monoid, doc: string): DefinedPrimitive<"x", Axes> =>
  defineReduction({
    name,
    doc,
    monoid,
    takes: "bool or integer",
    diff: { kind: "discrete" },
    sampleAvals: [bool, i32, u8],
  });

export const reduceAndP = logical("reduce_and", "and", "The conjunction over `axes`, bit by bit for integers.");
/** Whether all of x holds over `axes`; bit by bit for integers. */
export const reduceAnd = (x: Tensor, axes: readonly number[]): Tensor => reduceAndP.bind({ x }, { axes });

export const reduceOrP = logical("reduce_or", "or", "The disjunction over `axes`, bit by bit for integers.");
/** Whether any of x holds over `axes`; bit by bit for integers. */
export const reduceOr = (x: Tensor, axes: readonly number[]): Tensor => reduceOrP.bind({ x }, { axes });

export const reduceXorP = logical(
  "reduce_xor",
  "xor",
  "The exclusive disjunction over `axes`, bit by bit for integers.",
);
/** The parity of x over `axes`; bit by bit for integers. */
export const reduceXor = (x: Tensor, axes: readonly number[]): Tensor => reduceXorP.bind({ x }, { axes });

/**
 * The product and its tangent by a tree of products of halves, so that no division is needed and zeros are right.
 * The tree is what is differentiated again.
 */
function productTree(x: Tensor, t: Tensor, axes: readonly number[]): readonly [Tensor, Tensor] {
  const kept = keptDims(x.ndim, axes);
  const shape = kept.map((d) => x.shape[d]);
  const flat = [prod(axes.map((d) => x.shape[d])), ...shape];
  if (flat[0] === 0) return [full(shape, 1, x.dtype), full(shape, 0, x.dtype)];
  let [p, q] = [x, t].map((y) => reshape(transpose(y, [...axes, ...kept]), flat));
  while (p.shape[0] > 1) {
    const n = p.shape[0];
    const half = (n + 1) >> 1;
    const rows = (y: Tensor, start: number, limit: number): Tensor =>
      slice(
        y,
        [start, ...shape.map(() => 0)],
        [limit, ...shape],
        flat.map(() => 1),
      );
    const [p1, q1, p2, q2] = [rows(p, 0, half), rows(q, 0, half), rows(p, half, n), rows(q, half, n)];
    // An odd row is multiplied by one.
    const odd = [[0, n % 2, 0] as const, ...shape.map(() => [0, 0, 0] as const)];
    const [r, s] = n % 2 === 0 ? [p2, q2] : [pad(p2, 1, odd), pad(q2, 0, odd)];
    [p, q] = [mul(p1, r), addAny(mul(q1, r), mul(p1, s))];
  }
  return [squeeze(p, [0]), squeeze(q, [0])];
}

// A primitive of lists although it has one operand: its jvp replaces the product itself.
export const reduceProdP: DefinedMultiPrimitive<Axes> = defineMultiPrimitive<typeof axesParams>({
  name: "reduce_prod",
  doc: "The product over `axes`.",
  params: axesParams,
  abstractEval: ([x], { axes }) =>
    Either.map((o: OutAval) => ({ avals: [o] }))(reducedAval("reduce_prod", "number", x, axes)),
  jvp([x], [t], { axes }) {
    if (t instanceof Zero) {
      const y = reduceProd(x, axes);
      return { outs: [y], tangents: [new Zero(y.aval.tangent())] };
    }
    const [y, u] = productTree(x, t, axes);
    return { outs: [y], tangents: [u] };
  },
  transpose: "none",
  batching([x], [dim], { axes }) {
    const shifted = shiftAxes(axes, dim as number);
    return { outs: [reduceProd(x, shifted)], dims: [dimAfterRemoval(dim as number, shifted)] };
  },
  partialEval: "whole",
  dce: "whole",
  lower: ({ b, outs: [o] }, [x], { axes }) => [lowerReduction(b, x, axes, "prod", o.dtype)],
  samples: [
    { avals: [f32(2, 3)], params: { axes: [0] } },
    { avals: [f32(5)], params: { axes: [0] }, domain: [{ values: [2, 0, 3, -1, 0.5] }] },
    { avals: [f32(2, 3, 2)], params: { axes: [2, 0] } },
    { avals: [f32(0, 2)], params: { axes: [0] } },
    { avals: [c64(3)], params: { axes: [0] } },
  ],
});
/** The product of x over `axes`; its derivatives are right at zeros. */
export const reduceProd = (x: Tensor, axes: readonly number[]): Tensor => reduceProdP.bind([x], { axes })[0];
