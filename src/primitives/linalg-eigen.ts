/** Eigenvalues and eigenvectors: of Hermitian matrices, and of any. */
import { arrayShape, complexOf } from "../../xla-like/index.js";
import { f32, f64 } from "../core/avals.js";
import { type DType, isComplex } from "../core/dtype.js";
import { type ParamValues, param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { argmax } from "./arg-reductions.js";
import { abs, add, div, mul, neg, sub } from "./arithmetic.js";
import { eq } from "./comparison.js";
import { complex, conj, imag, real } from "./complex.js";
import { convert } from "./convert.js";
import { iota } from "./iota.js";
import {
  adjoint,
  asColumn,
  asRow,
  checkMatrix,
  diagonalOf,
  eye,
  factors,
  mm,
  mT,
  overLeading,
  realOf,
} from "./linalg-common.js";
import { lu, luSolve } from "./linalg-lu.js";
import { zeroTangent } from "./linear.js";
import { reciprocal } from "./powers.js";
import { reduceSum } from "./reductions.js";
import { broadcastInDim } from "./shape.js";

/** (x + xᴴ) / 2. */
export const symmetrize = (x: Tensor): Tensor => div(add(x, adjoint(x)), 2);

/** 1 / (wⱼ - wᵢ), and 0 on the diagonal: how eigenvectors mix when a matrix changes. */
function inverseGaps(w: Tensor): Tensor {
  const n = w.shape[w.ndim - 1];
  const gaps = sub(broadcastInDim(asRow(w), [...w.shape, n], [...w.shape.keys(), w.ndim]), asColumn(w));
  const one = broadcastInDim(eye(n, w.dtype), gaps.shape, [gaps.ndim - 2, gaps.ndim - 1]);
  return sub(reciprocal(add(one, gaps)), one);
}

const eighParams = {
  algorithm: param.fixed("None"),
  lower: param.bool,
  sortEigenvalues: param.fixed("True"),
  subsetByIndex: param.fixed("None"),
};

export const eighP: DefinedMultiPrimitive<ParamValues<typeof eighParams>> = defineMultiPrimitive<typeof eighParams>({
  name: "eigh",
  doc: "Eigenvectors, in columns, and eigenvalues, ascending, of the Hermitian matrix that x's lower (or upper) triangle gives.",
  params: eighParams,
  abstractEval: ([x]) =>
    Either.map(() => {
      const n = x.shape[x.ndim - 1];
      return factors(x, [{ shape: [n, n] }, { shape: [n], dtype: realOf(x.dtype) }]);
    })(checkMatrix("eigh", "x", x, true)),
  // Perturbation theory of distinct eigenvalues: Giles, "An extended collection of matrix derivative results" (2008), 3.1.
  jvp([x], [t], { lower }) {
    if (t instanceof Zero) {
      const [v, w] = eighP.bind([x], { lower });
      return { outs: [v, w], tangents: [zeroTangent(v), zeroTangent(w)] };
    }
    const [v, w] = eighP.bind([symmetrize(x)], { lower });
    const inner = mm(mm(adjoint(v), t), v);
    const dv = mm(v, mul(inverseGaps(convert(w, x.dtype)), inner));
    const dw = diagonalOf(isComplex(inner.dtype) ? real(inner) : inner);
    return { outs: [v, w], tangents: [dv, dw] };
  },
  transpose: "none",
  batching: overLeading((x, { lower }) => eigh(x, lower)),
  partialEval: "whole",
  dce: "whole",
  lower: ({ b, outs }, [x], { lower }) =>
    b.customCall(
      "eigh",
      [x],
      outs.map((o) => arrayShape(o.dtype, o.shape)),
      { config: { lower } },
    ),
  samples: [
    {
      avals: [f64(2, 2)],
      params: { lower: true },
      domain: [{ values: [2, 1, 1, 4] }],
      skipGradients: "differences leave the symmetric matrices, of which alone it is a function",
    },
    { avals: [f32(0, 2, 2)], params: { lower: false } },
  ],
});
/** Eigenvectors and eigenvalues of the Hermitian matrix that x's lower (or upper) triangle gives. */
export function eigh(x: Tensor, lower = true): [v: Tensor, w: Tensor] {
  const [v, w] = eighP.bind([x], { lower });
  return [v, w];
}

const solve = (a: Tensor, b: Tensor): Tensor => {
  const [factored, , permutation] = lu(a);
  return luSolve(factored, permutation, b);
};

/** The eigenvectors' tangents, with lengths kept at 1 and largest elements real. */
function vectorTangents(w: Tensor, v: Tensor, t: Tensor): readonly [dw: Tensor, dv: Tensor] {
  const inner = mm(solve(v, t), v);
  const u = mm(v, mul(inverseGaps(w), inner));
  const rows = v.ndim - 2;
  const largest = argmax(abs(v), rows, "int32");
  const shape = v.shape;
  const isLargest = eq(
    iota("int32", shape, rows),
    broadcastInDim(
      largest,
      shape,
      [...shape.keys()].filter((d) => d !== rows),
    ),
  );
  const mask = convert(isLargest, v.dtype);
  const total = (x: Tensor): Tensor => reduceSum(x, [rows]);
  const stretch = neg(real(total(mul(conj(v), u))));
  const turn = neg(div(imag(total(mul(mask, u))), real(total(mul(mask, v)))));
  return [diagonalOf(inner), add(u, mul(v, asRow(complex(stretch, turn))))];
}

const eigParams = {
  computeLeftEigenvectors: param.bool,
  computeRightEigenvectors: param.bool,
  enableEigvecDerivs: param.bool,
  implementation: param.fixed("None"),
};

export const eigP: DefinedMultiPrimitive<ParamValues<typeof eigParams>> = defineMultiPrimitive<typeof eigParams>({
  name: "eig",
  doc: "Eigenvalues, then left and right eigenvectors as far as asked for, in columns of length 1 whose largest element is real.",
  params: eigParams,
  abstractEval: ([x], { computeLeftEigenvectors, computeRightEigenvectors }) =>
    Either.map(() => {
      const n = x.shape[x.ndim - 1];
      const dtype: DType = isComplex(x.dtype) ? x.dtype : complexOf(x.dtype);
      const vectors = { shape: [n, n], dtype };
      const count = Number(computeLeftEigenvectors) + Number(computeRightEigenvectors);
      return factors(x, [{ shape: [n], dtype }, ...new Array<typeof vectors>(count).fill(vectors)]);
    })(checkMatrix("eig", "x", x, true)),
  jvp([x], [t], params) {
    const { computeLeftEigenvectors: left, computeRightEigenvectors: right, enableEigvecDerivs } = params;
    if (t instanceof Zero) {
      const outs = eigP.bind([x], params);
      return { outs, tangents: outs.map(zeroTangent) };
    }
    if ((left || right) && !enableEigvecDerivs) {
      throw new TransformError(
        "CT331",
        "eig: eigenvectors of general matrices have derivatives only where eigenvalues are distinct, which cannot be checked. " +
          "Use lax.linalg.eig with enableEigvecDerivs: true if they are, or eigh or eigvals.",
      );
    }
    const outs = eigP.bind([x], { ...params, computeRightEigenvectors: true });
    const [w, v] = [outs[0], outs[outs.length - 1]];
    const dx = convert(t, v.dtype);
    if (!left && !right) {
      return { outs: [w], tangents: [reduceSum(mul(solve(v, dx), mT(v)), [v.ndim - 1])] };
    }
    const [dw, dv] = vectorTangents(w, v, dx);
    const sides: [Tensor, Tensor][] = [];
    if (left) sides.push([outs[1], vectorTangents(conj(w), outs[1], adjoint(dx))[1]]);
    if (right) sides.push([v, dv]);
    return { outs: [w, ...sides.map(([vectors]) => vectors)], tangents: [dw, ...sides.map(([, tangent]) => tangent)] };
  },
  transpose: "none",
  batching: overLeading((x, params) => eigP.bind([x], params)),
  partialEval: "whole",
  dce: "whole",
  lower: ({ b, outs }, [x], { computeLeftEigenvectors, computeRightEigenvectors }) =>
    b.customCall(
      "eig",
      [x],
      outs.map((o) => arrayShape(o.dtype, o.shape)),
      {
        config: { computeLeft: computeLeftEigenvectors, computeRight: computeRightEigenvectors },
      },
    ),
  samples: [
    {
      avals: [f64(2, 2)],
      params: { computeLeftEigenvectors: false, computeRightEigenvectors: false, enableEigvecDerivs: false },
      domain: [{ values: [2, 1, -1, 0.5] }],
    },
    {
      avals: [f32(2, 1, 1)],
      params: { computeLeftEigenvectors: true, computeRightEigenvectors: true, enableEigvecDerivs: true },
      domain: [{ values: [2, 3] }],
    },
  ],
});

export interface EigOptions {
  readonly computeLeftEigenvectors: boolean;
  readonly computeRightEigenvectors: boolean;
  /** Allows derivatives of eigenvectors, which are right only for distinct eigenvalues. */
  readonly enableEigvecDerivs: boolean;
}
/** `[w, (left,) (right)]`. */
export const eig = (x: Tensor, options: EigOptions): readonly Tensor[] => eigP.bind([x], { ...options });
