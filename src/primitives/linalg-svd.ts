/** Singular value decomposition. */
import { arrayShape } from "../../xla-like/index.js";
import { f32, f64 } from "../core/avals.js";
import { isComplex } from "../core/dtype.js";
import { type ParamValues, param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { add, div, mul, sub } from "./arithmetic.js";
import { eq } from "./comparison.js";
import { real } from "./complex.js";
import { convert } from "./convert.js";
import {
  adjoint,
  asColumn,
  asRow,
  checkMatrix,
  diagonalOf,
  eye,
  factors,
  mm,
  overLeading,
  realOf,
} from "./linalg-common.js";
import { zeroTangent } from "./linear.js";
import { broadcastInDim } from "./shape.js";

/** The tangents of U and V, where singular values are distinct (Townsend, "Differentiating the SVD", 2016). */
function vectorTangents(a: Tensor, t: Tensor, u: Tensor, s: Tensor, vh: Tensor, ds: Tensor): readonly [Tensor, Tensor] {
  const k = s.shape[s.ndim - 1];
  const v = adjoint(vh);
  const like = (x: Tensor): Tensor => convert(x, a.dtype);
  const [row, column] = [asRow(s), asColumn(s)];
  const one = broadcastInDim(eye(k, s.dtype), ds.shape, [ds.ndim - 2, ds.ndim - 1]);
  const gaps = mul(add(row, column), sub(row, column));
  const f = like(sub(div(1, add(gaps, one)), one));
  const isZero = convert(eq(s, 0), s.dtype);
  const inverse = sub(div(1, add(s, isZero)), isZero);
  const dss = mul(like(row), ds);
  const sds = mul(like(column), ds);
  const turn = mul(mul(like(mul(one, asRow(inverse))), sub(ds, adjoint(ds))), 0.5);
  let du = mm(u, add(mul(f, add(dss, adjoint(dss))), turn));
  let dv = mm(v, mul(f, add(sds, adjoint(sds))));
  const [m, n] = a.shape.slice(-2);
  // What leaves the space that the vectors span.
  if (m > n) {
    const out = mm(t, v);
    du = add(du, div(sub(out, mm(u, mm(adjoint(u), out))), like(row)));
  }
  if (n > m) {
    const out = mm(adjoint(t), u);
    dv = add(dv, div(sub(out, mm(v, mm(vh, out))), like(row)));
  }
  return [du, adjoint(dv)];
}

const svdParams = {
  algorithm: param.fixed("None"),
  computeUv: param.bool,
  fullMatrices: param.bool,
  subsetByIndex: param.fixed("None"),
};

export const svdP: DefinedMultiPrimitive<ParamValues<typeof svdParams>> = defineMultiPrimitive<typeof svdParams>({
  name: "svd",
  doc: "Singular values, descending, and with `computeUv` the matrices of x = U diag(s) Vᴴ; with `fullMatrices` U and V are square.",
  params: svdParams,
  abstractEval: ([x], { computeUv, fullMatrices }) =>
    Either.map(() => {
      const [m, n] = x.shape.slice(-2);
      const k = Math.min(m, n);
      const vectors = [{ shape: [m, fullMatrices ? m : k] }, { shape: [fullMatrices ? n : k, n] }];
      return factors(x, [{ shape: [k], dtype: realOf(x.dtype) }, ...(computeUv ? vectors : [])]);
    })(checkMatrix("svd", "x", x)),
  jvp([x], [t], { computeUv, fullMatrices }) {
    if (t instanceof Zero) {
      const outs = svdP.bind([x], { computeUv, fullMatrices });
      return { outs, tangents: outs.map(zeroTangent) };
    }
    const [m, n] = x.shape.slice(-2);
    if (computeUv && fullMatrices && m !== n) {
      throw new TransformError(
        "CT331",
        "svd: the derivative of full matrices U and V is not unique. Pass fullMatrices: false.",
      );
    }
    const [s, u, vh] = svdP.bind([x], { computeUv: true, fullMatrices: false });
    const ds = mm(mm(adjoint(u), t), adjoint(vh));
    const dValues = diagonalOf(isComplex(ds.dtype) ? real(ds) : ds);
    if (!computeUv) return { outs: [s], tangents: [dValues] };
    return { outs: [s, u, vh], tangents: [dValues, ...vectorTangents(x, t, u, s, vh, ds)] };
  },
  transpose: "none",
  batching: overLeading((x, params) => svdP.bind([x], params)),
  partialEval: "whole",
  dce: "whole",
  lower: ({ b, outs }, [x], { computeUv, fullMatrices }) =>
    b.customCall(
      "svd",
      [x],
      outs.map((o) => arrayShape(o.dtype, o.shape)),
      { config: { computeUv, fullMatrices } },
    ),
  samples: [
    {
      avals: [f64(3, 2)],
      params: { computeUv: true, fullMatrices: false },
      domain: [{ values: [1, 2, 4, 3, 2, -1] }],
    },
    {
      avals: [f64(2, 3)],
      params: { computeUv: true, fullMatrices: false },
      domain: [{ values: [1, 2, 4, 3, 2, -1] }],
    },
    { avals: [f64(2, 2)], params: { computeUv: false, fullMatrices: true }, domain: [{ values: [1, 2, 4, 3] }] },
    { avals: [f32(0, 2, 2)], params: { computeUv: false, fullMatrices: false } },
  ],
});

export interface SvdOptions {
  readonly fullMatrices: boolean;
  readonly computeUv: boolean;
}
/** `[s]`, or `[s, u, vh]` with `computeUv`. */
export const svd = (x: Tensor, options: SvdOptions): readonly Tensor[] => svdP.bind([x], { ...options });
