/** QR decomposition. */
import { arrayShape } from "../../xla-like/index.js";
import { f64 } from "../core/avals.js";
import { isComplex } from "../core/dtype.js";
import { param } from "../core/params.js";
import { defineMultiPrimitive } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { add, mul, sub } from "./arithmetic.js";
import { complex, imag } from "./complex.js";
import { concatenate } from "./concatenate.js";
import { zerosLike } from "./fill.js";
import { triangularSolve } from "./linalg-cholesky.js";
import { adjoint, block, checkMatrix, eye, factors, lowerTriangle, mm, overLeading } from "./linalg-common.js";
import { lu, luSolve } from "./linalg-lu.js";
import { zeroTangent } from "./linear.js";
import { broadcastInDim } from "./shape.js";

const repeated = (x: Tensor, like: Tensor): Tensor => broadcastInDim(x, like.shape, [like.ndim - 2, like.ndim - 1]);

/** For m ≥ n: with dX R⁻¹ = dQ + Q dR R⁻¹, Qᴴ dQ is skew-Hermitian and dR R⁻¹ is upper triangular. */
function thinTangents(q: Tensor, r: Tensor, dx: Tensor): readonly [dq: Tensor, dr: Tensor] {
  const dxr = triangularSolve(r, dx);
  const along = mm(adjoint(q), dxr);
  const lower = lowerTriangle(along, -1);
  const skew = sub(lower, adjoint(lower));
  const n = r.shape[r.ndim - 1];
  // R's diagonal is real, so the imaginary part of the diagonal belongs to the skew part.
  const rotation = isComplex(skew.dtype)
    ? add(skew, mul(repeated(eye(n, skew.dtype), skew), complex(zerosLike(imag(along)), imag(along))))
    : skew;
  return [add(mm(q, sub(rotation, along)), dxr), mm(sub(along, rotation), r)];
}

/** The columns beyond the n-th of a square Q: they stay orthogonal to the first (arXiv:2409.13374). */
function restTangents(q: Tensor, dq: Tensor, n: number): Tensor {
  const m = q.shape[q.ndim - 2];
  const thin = block(q, [0, m], [0, n]);
  const top = block(q, [0, n], [0, n]);
  const [factored, , permutation] = lu(sub(top, repeated(eye(n, q.dtype), top)));
  const zh = luSolve(factored, permutation, adjoint(block(q, [n, m], [0, n])), 2);
  const z = adjoint(zh);
  const across = adjoint(sub(block(dq, [n, m], [0, n]), mm(z, block(dq, [0, n], [0, n]))));
  return sub(mm(dq, zh), mm(add(thin, mm(block(q, [0, m], [n, m]), z)), across));
}

export const qrP = defineMultiPrimitive({
  name: "qr",
  doc: "x = Q R with Q's columns orthonormal and R upper triangular; with `fullMatrices` Q is square.",
  params: { fullMatrices: param.bool, pivoting: param.fixed("False"), useMagma: param.fixed("None") },
  abstractEval: ([x], { fullMatrices }) =>
    Either.map(() => {
      const [m, n] = x.shape.slice(-2);
      const k = fullMatrices ? m : Math.min(m, n);
      return factors(x, [{ shape: [m, k] }, { shape: [k, n] }]);
    })(checkMatrix("qr", "x", x)),
  jvp([x], [t], { fullMatrices }) {
    const [q, r] = qr(x, fullMatrices);
    if (t instanceof Zero) return { outs: [q, r], tangents: [zeroTangent(q), zeroTangent(r)] };
    const [m, n] = x.shape.slice(-2);
    const columns = x.ndim - 1;
    if (m < n) {
      const [dq, dr] = thinTangents(q, block(r, [0, m], [0, m]), block(t, [0, m], [0, m]));
      const rest = add(mm(adjoint(dq), block(x, [0, m], [m, n])), mm(adjoint(q), block(t, [0, m], [m, n])));
      return { outs: [q, r], tangents: [dq, concatenate([dr, rest], columns)] };
    }
    const [dq, dr] = thinTangents(block(q, [0, m], [0, n]), block(r, [0, n], [0, n]), t);
    if (!fullMatrices || m === n) return { outs: [q, r], tangents: [dq, dr] };
    const zeros = zerosLike(block(r, [n, m], [0, n]));
    return {
      outs: [q, r],
      tangents: [concatenate([dq, restTangents(q, dq, n)], columns), concatenate([dr, zeros], x.ndim - 2)],
    };
  },
  transpose: "none",
  batching: overLeading((x, { fullMatrices }) => qr(x, fullMatrices)),
  partialEval: "whole",
  dce: "whole",
  lower: ({ b, outs }, [x], { fullMatrices }) =>
    b.customCall(
      "qr",
      [x],
      outs.map((o) => arrayShape(o.dtype, o.shape)),
      { config: { fullMatrices } },
    ),
  samples: [
    { avals: [f64(3, 2)], params: { fullMatrices: false }, domain: [{ values: [1, 2, 4, 3, 2, -1] }] },
    { avals: [f64(3, 2)], params: { fullMatrices: true }, domain: [{ values: [1, 2, 4, 3, 2, -1] }] },
    { avals: [f64(2, 3)], params: { fullMatrices: false }, domain: [{ values: [1, 2, 4, 3, 2, -1] }] },
    { avals: [f64(2, 2, 2)], params: { fullMatrices: true }, domain: [{ values: [1, 2, 4, 3, 2, -1, 0.5, 2] }] },
  ],
});
/** QR decomposition; with `fullMatrices` Q is square. */
export function qr(x: Tensor, fullMatrices: boolean): [q: Tensor, r: Tensor] {
  const [q, r] = qrP.bind([x], { fullMatrices });
  return [q, r];
}
