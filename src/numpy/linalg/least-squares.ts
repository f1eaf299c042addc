/** Pseudoinverses and least squares. */
import type { ArrayLike } from "../../core/array-like.js";
import { isComplex } from "../../core/dtype.js";
import { type Tensor, Zero } from "../../core/tensor.js";
import { currentTrace } from "../../core/trace.js";
import { ShapeError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { symmetrize } from "../../primitives/linalg.js";
import { adjoint, asColumn, mm } from "../../primitives/linalg-common.js";
import { jitted } from "../jitted.js";
import { asTensors, promoteDtypesInexact, toTensor } from "../promote.js";
import { takeIndex, takeRange } from "../take-index.js";
import { select3 } from "../where.js";
import { svd } from "./decompositions.js";
import { epsilonOf, inexactMatrix } from "./matrices.js";

/** V diag(1/s) Uᴴ, without the singular values that count as 0. */
function fromSvd(x: Tensor, rtol: Tensor, hermitian: boolean): Tensor {
  const [u, s, vh] = svd(x, { fullMatrices: false, hermitian });
  const last = s.ndim - 1;
  const limit = p.mul(
    p.broadcastTo(p.broadcastInDim(rtol, [...rtol.shape, 1], [...rtol.shape.keys()]), [...s.shape.slice(0, -1), 1]),
    takeRange(s, last, 0, 1),
  );
  const kept = select3(p.gt(s, p.broadcastInDim(limit, s.shape, [...s.shape.keys()])), s, Number.POSITIVE_INFINITY);
  return mm(adjoint(vh), p.div(adjoint(u), p.convert(asColumn(kept), u.dtype)));
}

/** The derivative does not divide by differences of singular values (Golub and Pereyra, 1973). */
function pseudoinverse(x: Tensor, rtol: Tensor, hermitian: boolean): Tensor {
  return currentTrace().bindCustomJvp(
    {
      name: "_pinv",
      fun: (a) => [fromSvd(a, rtol, hermitian)],
      jvp: ([given], [t]) => {
        const inverse = pseudoinverse(given, rtol, hermitian);
        if (t instanceof Zero) return { outs: [inverse], tangents: [new Zero(inverse.aval)] };
        const [a, da] = hermitian ? [symmetrize(given), symmetrize(t)] : [given, t];
        const [m, n] = a.shape.slice(-2);
        const [dah, ph] = [adjoint(da), adjoint(inverse)];
        const left = m >= n ? mm(mm(inverse, ph), dah) : mm(inverse, mm(ph, dah));
        const right = m >= n ? mm(mm(dah, ph), inverse) : mm(dah, mm(ph, inverse));
        const inner = m >= n ? mm(mm(inverse, da), inverse) : mm(inverse, mm(da, inverse));
        const outLeft = p.sub(left, m >= n ? mm(mm(left, a), inverse) : mm(left, mm(a, inverse)));
        const outRight = p.sub(right, m >= n ? mm(mm(inverse, a), right) : mm(inverse, mm(a, right)));
        return { outs: [inverse], tangents: [p.add(p.sub(outLeft, inner), outRight)] };
      },
    },
    [x],
  )[0];
}

/**
 * The pseudoinverse (Moore and Penrose) of matrices. Singular values of at most `rtol` times the largest count as 0; by
 * default ten times the rounding error of the larger dimension.
 */
export function pinv(
  x: ArrayLike,
  options: { readonly rtol?: ArrayLike | null; readonly hermitian?: boolean } = {},
): Tensor {
  checkOptions("linalg.pinv", options, ["rtol", "hermitian"]);
  const a = inexactMatrix("linalg.pinv", x);
  const [m, n] = a.shape.slice(-2);
  if (m === 0 || n === 0) return p.full([...a.shape.slice(0, -2), n, m], 0, a.dtype);
  const real = isComplex(a.dtype) ? (a.dtype === "complex64" ? "float32" : "float64") : a.dtype;
  const rtol = p.convert(toTensor("linalg.pinv", options.rtol ?? 10 * Math.max(m, n) * epsilonOf(a)), real);
  return pseudoinverse(a, rtol, options.hermitian ?? false);
}

const lstsqCall = jitted("lstsq", ([a, b, rcond]) => {
  const [u, s, vh] = svd(a, { fullMatrices: false });
  const counts = p.bitwiseAnd(p.gt(s, 0), p.ge(s, p.broadcastTo(p.mul(rcond, takeIndex(s, 0, 0)), s.shape)));
  const rank = p.reduceSum(p.convert(counts, "int32"), [0]);
  const safe = p.convert(select3(counts, s, 1), a.dtype);
  const inverse = select3(counts, p.div(1, safe), 0);
  const x = mm(adjoint(vh), p.mul(asColumn(inverse), mm(adjoint(u), b)));
  const off = p.sub(b, mm(a, x));
  const sizes = isComplex(off.dtype) ? p.real(p.mul(off, p.conj(off))) : p.mul(off, off);
  return [x, p.reduceSum(sizes, [0]), rank, s];
});

/**
 * The x with the least |a x - b|: `[x, residuals, rank, singularValues]`, where residuals are the sums of squares of each
 * column of b. Singular values below `rcond` times the largest count as 0; by default the rounding error of the larger
 * dimension.
 * @throws ShapeError CT103 unless a is a matrix and b has as many rows
 */
export function lstsq(
  a: ArrayLike,
  b: ArrayLike,
  options: { readonly rcond?: number | null } = {},
): [x: Tensor, residuals: Tensor, rank: Tensor, s: Tensor] {
  checkOptions("linalg.lstsq", options, ["rcond"]);
  const [lhs, rhs] = promoteDtypesInexact(...asTensors("linalg.lstsq", a, b));
  if (lhs.ndim !== 2 || rhs.ndim < 1 || rhs.ndim > 2 || lhs.shape[0] !== rhs.shape[0]) {
    throw new ShapeError(
      "CT103",
      `linalg.lstsq: a has shape [${lhs.shape}] and b [${rhs.shape}], but a must be a matrix, and b have as many rows.`,
    );
  }
  const columns = rhs.ndim === 1 ? p.expandDims(rhs, [1]) : rhs;
  const epsilon = epsilonOf(lhs);
  const given = options.rcond ?? null;
  const rcond = given === null ? epsilon * Math.max(...lhs.shape) : given < 0 ? epsilon : given;
  if (lhs.size === 0) {
    const x = p.full([lhs.shape[1], ...rhs.shape.slice(1)], 0, lhs.dtype);
    const residuals = p.reduceSum(p.square(p.abs(columns)), [0]);
    return [x, residuals, p.full([], 0, "int32"), p.full([0], 0, residuals.dtype)];
  }
  const type = isComplex(lhs.dtype) ? (lhs.dtype === "complex64" ? "float32" : "float64") : lhs.dtype;
  const [x, residuals, rank, s] = lstsqCall([lhs, columns, p.full([], rcond, type)]);
  return [rhs.ndim === 1 ? p.squeeze(x, [1]) : x, residuals, rank, s];
}
