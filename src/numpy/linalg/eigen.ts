/** Eigenvalues and eigenvectors. */
import type { ArrayLike } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as l from "../../primitives/linalg.js";
import { jitted } from "../jitted.js";
import { squareMatrix } from "./matrices.js";

export interface EighOptions {
  /** Which triangle is read where x is not symmetrized; `"L"` by default. */
  readonly UPLO?: "L" | "U" | null;
  /** Whether to decompose (x + xᴴ)/2; true by default. */
  readonly symmetrizeInput?: boolean;
}

const eighCall = jitted("eigh", ([x], lower: boolean, symmetrizeInput: boolean) => {
  const [v, w] = l.eigh(symmetrizeInput ? l.symmetrize(x) : x, lower);
  return [w, v];
});

function hermitian(fn: string, x: ArrayLike, options: EighOptions): [Tensor, Tensor] {
  checkOptions(fn, options, ["UPLO", "symmetrizeInput"]);
  const { UPLO = "L", symmetrizeInput = true } = options;
  if (UPLO !== null && UPLO !== "L" && UPLO !== "U") {
    throw new ArgumentError("CT003", `${fn}: UPLO is ${JSON.stringify(UPLO)}, but it must be "L" or "U".`);
  }
  const [w, v] = eighCall([squareMatrix(fn, x)], UPLO !== "U", symmetrizeInput);
  return [w, v];
}

/**
 * The eigenvalues, ascending, and eigenvectors, in columns, of a Hermitian matrix: x = v diag(w) vᴴ. The signs (or phases)
 * of vectors are not determined.
 * @example np.linalg.eigh([[2, 0], [0, 1]])[0].js(); // [1, 2]
 */
export const eigh = (x: ArrayLike, options: EighOptions = {}): [w: Tensor, v: Tensor] =>
  hermitian("linalg.eigh", x, options);

/** The eigenvalues of a Hermitian matrix, ascending. */
export const eigvalsh = (x: ArrayLike, options: EighOptions = {}): Tensor =>
  hermitian("linalg.eigvalsh", x, options)[0];

const eigCall = jitted("eig", ([x]) =>
  l.eig(x, { computeLeftEigenvectors: false, computeRightEigenvectors: true, enableEigvecDerivs: false }),
);
/** The eigenvalues, in no order, and eigenvectors, in columns of length 1, of any square matrix; both complex. */
export function eig(x: ArrayLike): [w: Tensor, v: Tensor] {
  const [w, v] = eigCall([squareMatrix("linalg.eig", x)]);
  return [w, v];
}

const eigvalsCall = jitted(
  "eigvals",
  ([x]) => l.eig(x, { computeLeftEigenvectors: false, computeRightEigenvectors: false, enableEigvecDerivs: false })[0],
);
/** The eigenvalues of any square matrix, in no order; complex. */
export const eigvals = (x: ArrayLike): Tensor => eigvalsCall([squareMatrix("linalg.eigvals", x)]);
