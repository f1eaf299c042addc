/** Cholesky factors, and systems of triangular matrices. */
import { arrayShape } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { c64, f32, f64 } from "../core/avals.js";
import { isComplex } from "../core/dtype.js";
import { type ParamValues, param } from "../core/params.js";
import { definePrimitive, type OutAval } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { add, div, neg } from "./arithmetic.js";
import { batchAt } from "./batched.js";
import { out, type Result } from "./checks.js";
import { conj } from "./complex.js";
import { checkMatrix, eye, lowerTriangle, mm, mT, upperTriangle } from "./linalg-common.js";
import { expandDims, moveAxis, moveToFront, reshape } from "./shape.js";

/** The derivative is Iain Murray's, "Differentiation of the Cholesky decomposition" (2016), in forward mode. */
export const choleskyP = definePrimitive({
  name: "cholesky",
  doc: "The lower triangular L with x = L Lᴴ, from x's lower triangle; NaN where x is not positive definite. The upper triangle means nothing.",
  operands: ["x"],
  params: {},
  abstractEval: ({ x }) => Either.chain(() => out(x.shape, x.dtype))(checkMatrix("cholesky", "x", x, true)),
  diff: {
    kind: "smooth",
    jvp: {
      x(t, _x, _params, factor) {
        const l = lowerTriangle(factor);
        const right = triangularSolve(l, t, { transposeA: true, conjugateA: true, lower: true });
        const both = triangularSolve(l, right, { leftSide: true, lower: true });
        const half = expandDims(add(1, eye(l.shape[l.ndim - 1], l.dtype)), range(l.ndim - 2));
        return mm(l, div(lowerTriangle(both), half));
      },
    },
  },
  batching: ({ x }, { x: dim }) => [cholesky(moveToFront(x, dim as number)), 0],
  lower: (b, { x }, _, { out: o }) => b.customCall("cholesky", [x], [arrayShape(o.dtype, o.shape)])[0],
  samples: [
    {
      avals: { x: f64(2, 2) },
      params: {},
      domain: { x: { values: [4, 1, 1, 3] } },
      skipGradients: "differences leave the symmetric matrices, of which alone it is a function",
    },
    { avals: { x: f64(2, 1, 1) }, params: {}, domain: { x: { values: [4, 9] } } },
    { avals: { x: f32(0, 2, 2) }, params: {} },
  ],
});
/** L with x = L Lᴴ; what stands in the upper triangle means nothing. */
export const cholesky = (x: Tensor): Tensor => choleskyP.bind({ x }, {});

const triangularParams = {
  conjugateA: param.bool,
  leftSide: param.bool,
  lower: param.bool,
  transposeA: param.bool,
  unitDiagonal: param.bool,
};
type TriangularParams = ParamValues<typeof triangularParams>;
/** All false unless given. */
export type TriangularSolveOptions = Partial<TriangularParams>;

function checkTriangular(a: ShapedArray, b: ShapedArray, { leftSide }: TriangularParams): Result<OutAval> {
  for (const check of [checkMatrix("triangular_solve", "a", a, true), checkMatrix("triangular_solve", "b", b)]) {
    if (Either.isLeft(check)) return check;
  }
  const fits =
    a.ndim === b.ndim &&
    a.shape.slice(0, -2).every((n, d) => n === b.shape[d]) &&
    a.shape[a.ndim - 1] === b.shape[b.ndim - (leftSide ? 2 : 1)];
  if (!fits) {
    return Either.left(
      new ShapeError(
        "CT103",
        `triangular_solve: operand 'a' has shape [${a.shape}], but operand 'b' has shape [${b.shape}]. Leading dimensions must be ` +
          `equal, and b's ${leftSide ? "rows" : "columns"} as many as a's.`,
      ),
    );
  }
  if (a.dtype !== b.dtype) {
    return Either.left(
      new DTypeError(
        "CT104",
        `triangular_solve: operand 'a' is ${a.dtype}, but operand 'b' is ${b.dtype}. Convert one with astype.`,
      ),
    );
  }
  return out(b.shape, b.dtype);
}

export const triangularSolveP = definePrimitive({
  name: "triangular_solve",
  doc: "The solution x of op(a) x = b (`leftSide`) or x op(a) = b, where op transposes and conjugates a if asked to; only a's named triangle counts.",
  operands: ["a", "b"],
  params: triangularParams,
  abstractEval: ({ a, b }, params) => checkTriangular(a, b, params),
  diff: {
    kind: "smooth",
    jvp: {
      a(t, { a }, params, x) {
        const { leftSide, lower, transposeA, conjugateA, unitDiagonal } = params;
        const triangle = lower ? lowerTriangle(t, unitDiagonal ? -1 : 0) : upperTriangle(t, unitDiagonal ? 1 : 0);
        const turned = transposeA ? mT(triangle) : triangle;
        const da = neg(conjugateA && isComplex(t.dtype) ? conj(turned) : turned);
        const solve = (rhs: Tensor): Tensor => triangularSolve(a, rhs, params);
        const [m, n] = x.shape.slice(-2);
        // The cheaper order of product and solution.
        if (leftSide) return m > n ? solve(mm(da, x)) : mm(solve(da), x);
        return m < n ? solve(mm(x, da)) : mm(x, solve(da));
      },
      b: (t, { a }, params) => triangularSolve(a, t, params),
    },
    transpose: {
      b: (ct, { a }, params) => triangularSolve(a, ct, { ...params, transposeA: !params.transposeA }),
    },
  },
  batching({ a, b }, dims, params, { size }) {
    if (dims.a !== null) {
      return [triangularSolve(moveToFront(a, dims.a), batchAt(b, dims.b, 0, size), params), 0];
    }
    // One matrix for all: the batch joins b's columns (or rows).
    const at = params.leftSide ? b.ndim - 1 : b.ndim - 2;
    const wide = moveAxis(b, dims.b as number, at);
    const joined = params.leftSide
      ? [...wide.shape.slice(0, -2), wide.shape[at - 1] * size]
      : [...wide.shape.slice(0, -3), wide.shape[at - 1] * size, wide.shape[at + 1]];
    return [reshape(triangularSolve(a, reshape(wide, joined), params), wide.shape), at];
  },
  lower: (b, { a, b: rhs }, config, { out: o }) =>
    b.customCall("triangular-solve", [a, rhs], [arrayShape(o.dtype, o.shape)], { config: { ...config } })[0],
  samples: [
    ...[true, false].flatMap((leftSide) =>
      [true, false].map((lower) => ({
        avals: { a: f64(2, 2), b: leftSide ? f64(2, 3) : f64(3, 2) },
        params: { leftSide, lower, transposeA: lower, conjugateA: false, unitDiagonal: !leftSide },
        domain: { a: { values: [2, 0.5, -0.5, 3] } },
      })),
    ),
    {
      avals: { a: c64(1, 1), b: c64(1, 2) },
      params: { leftSide: true, lower: true, transposeA: true, conjugateA: true, unitDiagonal: false },
      domain: { a: { min: 1, max: 2 } },
    },
  ],
});
/** The solution x of op(a) x = b, or of x op(a) = b. */
export const triangularSolve = (a: Tensor, b: Tensor, options: TriangularSolveOptions = {}): Tensor =>
  triangularSolveP.bind(
    { a, b },
    { conjugateA: false, leftSide: false, lower: false, transposeA: false, unitDiagonal: false, ...options },
  );
