/** LU decomposition, and systems solved with it. */
import { arrayShape } from "../../xla-like/index.js";
import { f32, f64 } from "../core/avals.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { add } from "./arithmetic.js";
import { gather } from "./gather.js";
import { iota } from "./iota.js";
import { triangularSolve } from "./linalg-cholesky.js";
import { block, checkMatrix, eye, factors, lowerTriangle, mm, overLeading, upperTriangle } from "./linalg-common.js";
import { zeroTangent } from "./linear.js";
import { pad } from "./padding.js";
import { broadcastInDim, expandDims } from "./shape.js";
import { sort } from "./sort.js";

type NoParams = Readonly<Record<never, never>>;

/** The rows of matrices in the order of `permutation`, which has the same leading dimensions. */
export function takeRows(x: Tensor, permutation: Tensor): Tensor {
  const lead = range(x.ndim - 2);
  const row = lead.length;
  return gather(
    x,
    expandDims(permutation, [permutation.ndim]),
    {
      offsetDims: [row + 1],
      collapsedSliceDims: [row],
      startIndexMap: [row],
      operandBatchingDims: lead,
      startIndicesBatchingDims: lead,
    },
    x.shape.map((n, d) => (d === x.ndim - 1 ? n : 1)),
    { mode: "promise_in_bounds" },
  );
}

/** x with zeros put around it until it is rows × columns, and the identity where the diagonal goes on. */
function extended(x: Tensor, rows: number, columns: number): Tensor {
  const [m, n] = x.shape.slice(-2);
  const zero = x.shape.slice(0, -2).map(() => [0, 0, 0] as const);
  return pad(x, 0, [...zero, [0, rows - m, 0], [0, columns - n, 0]]);
}

const identityFrom = (start: number, n: number, like: Tensor): Tensor =>
  pad(eye(n - start, like.dtype), 0, [
    [start, 0, 0],
    [start, 0, 0],
  ]);

/**
 * From L U = P A: L⁻¹ P dA U⁻¹ = L⁻¹ dL + dU U⁻¹, whose parts below and on or above the diagonal are the two terms
 * (de Hoog, Anderssen and Lukas, "Differentiation of matrix functionals using triangular factorization", 2011).
 */
function tangentOf(lu: Tensor, permutation: Tensor, t: Tensor): Tensor {
  const [m, n] = lu.shape.slice(-2);
  const k = Math.min(m, n);
  const spread = (x: Tensor, like: Tensor): Tensor => broadcastInDim(x, like.shape, [like.ndim - 2, like.ndim - 1]);
  const left = extended(lowerTriangle(block(lu, [0, m], [0, k]), -1), m, m);
  const l = add(left, spread(eye(m, lu.dtype), left));
  const right = extended(upperTriangle(block(lu, [0, k], [0, n])), n, n);
  const u = k === n ? right : add(right, spread(identityFrom(k, n, lu), right));
  const la = triangularSolve(l, takeRows(t, permutation), { leftSide: true, lower: true, unitDiagonal: true });
  const lau = triangularSolve(u, la);
  return add(mm(l, lowerTriangle(lau, -1)), mm(upperTriangle(lau), u));
}

export const luP: DefinedMultiPrimitive<NoParams> = defineMultiPrimitive<NoParams>({
  name: "lu",
  doc: "LU decomposition with partial pivoting: U on and above the diagonal, L below; the row exchanges in order; and the rows' final order.",
  params: {},
  abstractEval: ([x]) =>
    Either.map(() => {
      const [m, n] = x.shape.slice(-2);
      return factors(x, [
        { shape: [m, n] },
        { shape: [Math.min(m, n)], dtype: "int32" },
        { shape: [m], dtype: "int32" },
      ]);
    })(checkMatrix("lu", "x", x)),
  jvp([x], [t]) {
    const [lu, pivots, permutation] = luP.bind([x], {});
    const tangent = t instanceof Zero ? t : tangentOf(lu, permutation, t);
    return { outs: [lu, pivots, permutation], tangents: [tangent, zeroTangent(pivots), zeroTangent(permutation)] };
  },
  transpose: "none",
  batching: overLeading((x) => luP.bind([x], {})),
  partialEval: "whole",
  dce: "whole",
  lower: ({ b, outs }, [x]) =>
    b.customCall(
      "lu",
      [x],
      outs.map((o) => arrayShape(o.dtype, o.shape)),
    ),
  samples: [
    { avals: [f64(2, 2)], params: {}, domain: [{ values: [1, 2, 4, 3] }] },
    { avals: [f64(3, 2)], params: {}, domain: [{ values: [1, 2, 4, 3, 2, -1] }] },
    { avals: [f64(2, 3)], params: {}, domain: [{ values: [1, 2, 4, 3, 2, -1] }] },
    { avals: [f32(0, 2, 2)], params: {} },
  ],
});
/** LU decomposition with partial pivoting. */
export function lu(x: Tensor): [lu: Tensor, pivots: Tensor, permutation: Tensor] {
  const [factored, pivots, permutation] = luP.bind([x], {});
  return [factored, pivots, permutation];
}

/** The permutation that undoes another. */
function inverse(permutation: Tensor): Tensor {
  const d = permutation.ndim - 1;
  return sort([permutation, iota("int32", permutation.shape, d)], d)[1];
}

/** x with op(A) x = b, given A's LU decomposition: `trans` 0 for A, 1 for its transpose, 2 for its adjoint. */
export function luSolve(factored: Tensor, permutation: Tensor, b: Tensor, trans: 0 | 1 | 2 = 0): Tensor {
  if (trans === 0) {
    const y = triangularSolve(factored, takeRows(b, permutation), { leftSide: true, lower: true, unitDiagonal: true });
    return triangularSolve(factored, y, { leftSide: true });
  }
  const turned = { leftSide: true, transposeA: true, conjugateA: trans === 2 };
  const y = triangularSolve(factored, b, turned);
  const z = triangularSolve(factored, y, { ...turned, lower: true, unitDiagonal: true });
  return takeRows(z, inverse(permutation));
}
