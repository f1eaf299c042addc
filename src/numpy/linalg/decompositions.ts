/** Cholesky, QR and singular value decompositions. */
import type { ArrayLike } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import * as l from "../../primitives/linalg.js";
import { adjoint, asRow, lowerTriangle } from "../../primitives/linalg-common.js";
import { jitted } from "../jitted.js";
import { takeAlongAxis } from "../taking.js";
import { inexactMatrix, squareMatrix } from "./matrices.js";

const choleskyCall = jitted("cholesky", ([x], upper: boolean, symmetrizeInput: boolean) => {
  const factor = lowerTriangle(l.cholesky(symmetrizeInput ? l.symmetrize(x) : x));
  return upper ? adjoint(factor) : factor;
});

/**
 * The lower triangular L with x = L Lᴴ, or with `upper` its adjoint; NaN where x is not positive definite.
 *
 * Without `symmetrizeInput` only the lower triangle is read; with it, the default, (x + xᴴ)/2 is decomposed.
 * @throws ShapeError CT107 unless the last two dimensions are equal
 * @example np.linalg.cholesky([[4, 2], [2, 5]]).js(); // [[2, 0], [1, 2]]
 */
export function cholesky(
  x: ArrayLike,
  options: { readonly upper?: boolean; readonly symmetrizeInput?: boolean } = {},
): Tensor {
  checkOptions("linalg.cholesky", options, ["upper", "symmetrizeInput"]);
  const { upper = false, symmetrizeInput = true } = options;
  return choleskyCall([squareMatrix("linalg.cholesky", x)], upper, symmetrizeInput);
}

/** `"reduced"`: q has as many columns as r has rows; `"complete"`: q is square; `"r"`: r alone. */
export type QrMode = "reduced" | "complete" | "r" | "full";

const qrCall = jitted("qr", ([x], fullMatrices: boolean) => l.qr(x, fullMatrices));

/** x = q r with q's columns orthonormal and r upper triangular; see {@link QrMode}. */
export function qr(x: ArrayLike, options: { readonly mode: "r" }): Tensor;
export function qr(x: ArrayLike, options?: { readonly mode?: Exclude<QrMode, "r"> }): [q: Tensor, r: Tensor];
export function qr(x: ArrayLike, options: { readonly mode?: QrMode } = {}): Tensor | [Tensor, Tensor] {
  checkOptions("linalg.qr", options, ["mode"]);
  const { mode = "reduced" } = options;
  if (!["reduced", "complete", "r", "full"].includes(mode)) {
    throw new ArgumentError(
      "CT003",
      `linalg.qr: mode is ${JSON.stringify(mode)}, but it must be "reduced", "complete" or "r".`,
    );
  }
  const [q, r] = qrCall([inexactMatrix("linalg.qr", x)], mode === "complete");
  return mode === "r" ? r : [q, r];
}

export interface SvdOptions {
  /** Whether u and vh are square, the default, or have only as many columns and rows as there are singular values. */
  readonly fullMatrices?: boolean;
  /** Whether u and vh are wanted at all; true by default. */
  readonly computeUv?: boolean;
  /** Whether x is known to be Hermitian. */
  readonly hermitian?: boolean;
}

/** Of a Hermitian matrix: eigenvectors, with the signs of the eigenvalues in vh. */
function hermitianSvd(x: Tensor): [u: Tensor, s: Tensor, vh: Tensor] {
  const [v, w] = l.eigh(l.symmetrize(x));
  const last = w.ndim - 1;
  const [, order] = p.sort([p.neg(p.abs(w)), p.iota("int32", w.shape, last)], last);
  const along = (y: Tensor, d: number, places: Tensor): Tensor => takeAlongAxis(y, places, d);
  const values = along(w, last, order);
  const u = along(v, last + 1, asRow(order));
  return [u, p.abs(values), adjoint(p.mul(u, p.convert(asRow(p.sign(values)), u.dtype)))];
}

const svdCall = jitted("svd", ([x], fullMatrices: boolean, computeUv: boolean, hermitian: boolean) => {
  if (hermitian) {
    const [u, s, vh] = hermitianSvd(x);
    return computeUv ? [u, s, vh] : [s];
  }
  const [s, u, vh] = l.svd(x, { fullMatrices, computeUv });
  return computeUv ? [u, s, vh] : [s];
});

/**
 * x = u diag(s) vh with u and vh unitary and singular values s descending: `[u, s, vh]`, or s alone without `computeUv`.
 *
 * The signs (of complex matrices, phases) of vectors are not determined.
 */
export function svd(x: ArrayLike, options: SvdOptions & { readonly computeUv: false }): Tensor;
export function svd(
  x: ArrayLike,
  options?: SvdOptions & { readonly computeUv?: true },
): [u: Tensor, s: Tensor, vh: Tensor];
export function svd(x: ArrayLike, options: SvdOptions = {}): Tensor | [Tensor, Tensor, Tensor] {
  checkOptions("linalg.svd", options, ["fullMatrices", "computeUv", "hermitian"]);
  const { fullMatrices = true, computeUv = true, hermitian = false } = options;
  const a = hermitian ? squareMatrix("linalg.svd", x) : inexactMatrix("linalg.svd", x);
  const outs = svdCall([a], fullMatrices, computeUv, hermitian);
  return computeUv ? [outs[0], outs[1], outs[2]] : outs[0];
}

/** The singular values, descending. */
export const svdvals = (x: ArrayLike): Tensor => svd(x, { computeUv: false });
