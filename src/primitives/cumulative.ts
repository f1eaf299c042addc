/** Sums, products and extrema of all elements up to each one. */

import type { ShapedArray } from "../core/aval.js";
import { c64, f32, i32 } from "../core/avals.js";
import { param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive, definePrimitive, type OutAval } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { addAny, max, maxP, min, minP, mul } from "./arithmetic.js";
import { associativeScan } from "./associative-scan.js";
import { type DTypeClass, dtypeError, inClass, out, type Result } from "./checks.js";
import { logaddexpDual } from "./logaddexp.js";
import { lowerPrefix, type PrefixMonoid } from "./prefix-lowering.js";

interface Along {
  readonly axis: number;
  readonly reverse: boolean;
}
const params = { axis: param.int, reverse: param.bool };

function cumulativeAval(name: string, takes: DTypeClass, x: ShapedArray, axis: number): Result<OutAval> {
  if (!inClass(x.dtype, takes)) return Either.left(dtypeError(name, "x", x.dtype, takes));
  if (Number.isInteger(axis) && axis >= 0 && axis < x.ndim) return out(x.shape, x.dtype);
  return Either.left(
    new ShapeError(
      "CT100",
      `${name}: operand 'x' of shape [${x.shape}] has no axis ${axis}. Use an integer from 0 to ${x.ndim - 1}; only numpy's functions count from the end.`,
    ),
  );
}

const shiftedAxis = (axis: number, dim: number): number => (axis < dim ? axis : axis + 1);

const sampleParams: readonly { readonly shape: readonly number[]; readonly params: Along }[] = [
  { shape: [5], params: { axis: 0, reverse: false } },
  { shape: [2, 3], params: { axis: 1, reverse: true } },
  { shape: [3, 2], params: { axis: 0, reverse: false } },
  { shape: [0], params: { axis: 0, reverse: false } },
  { shape: [37], params: { axis: 0, reverse: true } },
];

export const cumsumP = definePrimitive({
  name: "cumsum",
  doc: "The sum of all elements up to each one along `axis`; from each one on with `reverse`.",
  operands: ["x"],
  params,
  abstractEval: ({ x }, { axis }) => cumulativeAval("cumsum", "number", x, axis),
  diff: { kind: "linear", transpose: { x: (ct, _, { axis, reverse }) => cumsum(ct, axis, !reverse) } },
  batching: ({ x }, { x: dim }, { axis, reverse }) => [cumsum(x, shiftedAxis(axis, dim as number), reverse), dim],
  lower: (b, { x }, { axis, reverse }, { out: o }) => lowerPrefix(b, x, "sum", o, axis, reverse),
  samples: [
    ...sampleParams.map(({ shape, params: p }) => ({ avals: { x: f32(...shape) }, params: p })),
    { avals: { x: i32(4) }, params: { axis: 0, reverse: false } },
    { avals: { x: c64(3) }, params: { axis: 0, reverse: false } },
  ],
});
/** The sum of all elements of x up to each one along `axis`; from each one on with `reverse`. */
export const cumsum = (x: Tensor, axis: number, reverse = false): Tensor => cumsumP.bind({ x }, { axis, reverse });

type Dual = readonly [primal: Tensor, tangent: Tensor];

interface CumulativeSpec {
  readonly name: string;
  readonly doc: string;
  readonly monoid: PrefixMonoid;
  readonly takes: DTypeClass;
  /** The operation on primals and tangents of two elements. */
  combine(x: Dual, y: Dual): Dual;
  readonly apart?: number;
}

// Primitives of lists although they have one operand: their jvp replaces the operation itself, by a scan of duals.
function defineCumulative({ name, doc, monoid, takes, combine, apart }: CumulativeSpec): DefinedMultiPrimitive<Along> {
  const primitive: DefinedMultiPrimitive<Along> = defineMultiPrimitive<typeof params>({
    name,
    doc,
    params,
    abstractEval: ([x], { axis }) => Either.map((o: OutAval) => ({ avals: [o] }))(cumulativeAval(name, takes, x, axis)),
    jvp([x], [t], { axis, reverse }) {
      if (t instanceof Zero) return { outs: primitive.bind([x], { axis, reverse }), tangents: [t] };
      const both = ([a, u]: readonly Tensor[], [c, v]: readonly Tensor[]): Dual => combine([a, u], [c, v]);
      const [y, u] = associativeScan([x, t], both, axis, reverse);
      return { outs: [y], tangents: [u] };
    },
    transpose: "none",
    batching: ([x], [dim], { axis, reverse }) => ({
      outs: primitive.bind([x], { axis: shiftedAxis(axis, dim as number), reverse }),
      dims: [dim],
    }),
    partialEval: "whole",
    dce: "whole",
    lower: ({ b, outs: [o] }, [x], { axis, reverse }) => [lowerPrefix(b, x, monoid, o, axis, reverse)],
    samples: [
      ...sampleParams.map(({ shape, params: p }) => ({
        avals: [f32(...shape)],
        params: p,
        ...(apart !== undefined && { domain: [{ apart }] }),
      })),
      ...(takes === "float" ? [] : [{ avals: [i32(4)], params: { axis: 0, reverse: false } }]),
    ],
  });
  return primitive;
}

export const cumprodP = defineCumulative({
  name: "cumprod",
  doc: "The product of all elements up to each one along `axis`; from each one on with `reverse`.",
  monoid: "prod",
  takes: "number",
  combine: ([x, t], [y, u]) => [mul(x, y), addAny(mul(t, y), mul(x, u))],
});
/** The product of all elements of x up to each one along `axis`; from each one on with `reverse`. */
export const cumprod = (x: Tensor, axis: number, reverse = false): Tensor => cumprodP.bind([x], { axis, reverse })[0];

export const cummaxP = defineCumulative({
  name: "cummax",
  doc: "The maximum of all elements up to each one along `axis`; from each one on with `reverse`.",
  monoid: "max",
  takes: "number",
  combine: ([x, t], [y, u]) => extremumDual(maxP, max(x, y), [x, t], [y, u]),
  apart: 0.1,
});
/** The maximum of all elements of x up to each one along `axis`; from each one on with `reverse`. */
export const cummax = (x: Tensor, axis: number, reverse = false): Tensor => cummaxP.bind([x], { axis, reverse })[0];

export const cumminP = defineCumulative({
  name: "cummin",
  doc: "The minimum of all elements up to each one along `axis`; from each one on with `reverse`.",
  monoid: "min",
  takes: "number",
  combine: ([x, t], [y, u]) => extremumDual(minP, min(x, y), [x, t], [y, u]),
  apart: 0.1,
});
/** The minimum of all elements of x up to each one along `axis`; from each one on with `reverse`. */
export const cummin = (x: Tensor, axis: number, reverse = false): Tensor => cumminP.bind([x], { axis, reverse })[0];

/** The extremum of two with its tangent, as the extremum's own rule has it: ties share. */
function extremumDual({ diff }: typeof maxP, out: Tensor, [x, t]: Dual, [y, u]: Dual): Dual {
  if (diff.kind !== "smooth") throw new TypeError("extrema are smooth between ties");
  const along = (operand: "x" | "y", tangent: Tensor): Tensor => {
    const rule = diff.jvp[operand];
    if (rule === "zero") throw new TypeError("an extremum depends on both operands");
    return rule(tangent, { x, y }, {}, out);
  };
  return [out, addAny(along("x", t), along("y", u))];
}

export const cumlogsumexpP = defineCumulative({
  name: "cumlogsumexp",
  doc: "The logarithm of the sum of the exponentials of all elements up to each one along `axis`; from each one on with `reverse`.",
  monoid: "logsumexp",
  takes: "float",
  combine: ([x, t], [y, u]) => logaddexpDual(x, t, y, u),
});
/** The logarithm of the sum of the exponentials of all elements of x up to each one along `axis`. */
export const cumlogsumexp = (x: Tensor, axis: number, reverse = false): Tensor =>
  cumlogsumexpP.bind([x], { axis, reverse })[0];
