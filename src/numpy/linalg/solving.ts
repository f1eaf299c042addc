/** Linear systems, inverses and powers. */
import type { ArrayLike } from "../../core/array-like.js";
import { type Tensor, Zero } from "../../core/tensor.js";
import { currentTrace } from "../../core/trace.js";
import { ShapeError } from "../../prelude/errors.js";
import { prod, range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { lu, luSolve } from "../../primitives/linalg.js";
import { eye, mm } from "../../primitives/linalg-common.js";
import { asInteger } from "../arguments.js";
import { jitted } from "../jitted.js";
import { matmul } from "../products.js";
import { asTensors, broadcastShapesOf, broadcastToShape, promoteDtypesInexact, toTensor } from "../promote.js";
import { moveaxis } from "../shapes.js";
import { squareMatrix } from "./matrices.js";

/**
 * The solution of a x = b for matrices, through an LU decomposition.
 *
 * Its derivative is that of the solution, a⁻¹ (db - da x), and not that of the decomposition's steps.
 */
export function solveMatrices(a: Tensor, b: Tensor): Tensor {
  const solution = (x: Tensor, y: Tensor): [Tensor, (rhs: Tensor) => Tensor] => {
    const [factored, , permutation] = lu(x);
    const solve = (rhs: Tensor): Tensor => luSolve(factored, permutation, rhs);
    return [solve(y), solve];
  };
  return currentTrace().bindCustomJvp(
    {
      name: "solve",
      fun: (x, y) => [solution(x, y)[0]],
      jvp: ([x, y], [dx, dy]) => {
        const [out, solve] = solution(x, y);
        const change = dx instanceof Zero ? null : p.neg(mm(dx, out));
        const rhs = dy instanceof Zero ? change : change === null ? dy : p.add(dy, change);
        return { outs: [out], tangents: [rhs === null ? new Zero(out.aval) : solve(rhs)] };
      },
    },
    [a, b],
  )[0];
}

const solveCall = jitted("solve", ([a, b]) => {
  const isVector = b.ndim === 1;
  const columns = isVector ? p.expandDims(b, [1]) : b;
  const lead = broadcastShapesOf("linalg.solve", [a.shape.slice(0, -2), columns.shape.slice(0, -2)]);
  const [x, y] = [a, columns].map((z) => broadcastToShape("linalg.solve", z, [...lead, ...z.shape.slice(-2)]));
  const out = solveMatrices(x, y);
  return isVector ? p.squeeze(out, [out.ndim - 1]) : out;
});

/**
 * The solution x of a x = b, for b a vector or a matrix of columns; leading dimensions broadcast. A singular matrix gives
 * infinities or NaN.
 * @throws ShapeError CT103 if b has not as many rows as a
 * @example np.linalg.solve([[2, 0], [0, 4]], [2, 2]).js(); // [1, 0.5]
 */
export function solve(a: ArrayLike, b: ArrayLike): Tensor {
  const [x, y] = promoteDtypesInexact(...asTensors("linalg.solve", a, b));
  const matrices = squareMatrix("linalg.solve", x);
  const rows = y.ndim === 1 ? y.size : y.shape[y.ndim - 2];
  if (y.ndim === 0 || rows !== matrices.shape[matrices.ndim - 1]) {
    throw new ShapeError(
      "CT103",
      `linalg.solve: a has shape [${x.shape}], but b has shape [${y.shape}]. b must be a vector of as many elements, or ` +
        "matrices of as many rows, as a has rows.",
    );
  }
  return solveCall([matrices, y]);
}

const invCall = jitted("inv", ([x]) => {
  const identity = eye(x.shape[x.ndim - 1], x.dtype);
  return solveCall([x, p.broadcastTo(identity, x.shape)]);
});
/**
 * The inverse of square matrices. A singular matrix gives infinities or NaN.
 * @example np.linalg.inv([[2, 0], [0, 4]]).js(); // [[0.5, 0], [0, 0.25]]
 */
export const inv = (x: ArrayLike): Tensor => invCall([squareMatrix("linalg.inv", x)]);

/** The n-th power of square matrices; a negative power is one of the inverse. */
export function matrixPower(x: ArrayLike, n: number): Tensor {
  const power = asInteger("linalg.matrixPower", "n", n);
  const given = toTensor("linalg.matrixPower", x);
  const [m, k] = given.shape.slice(-2);
  if (given.ndim < 2 || m !== k) {
    throw new ShapeError(
      "CT107",
      `linalg.matrixPower: the argument has shape [${given.shape}], but its last two dimensions must be equal.`,
    );
  }
  if (power === 0) return p.broadcastTo(eye(m, given.dtype), given.shape);
  const base = power < 0 ? inv(given) : given;
  // By squaring: each binary digit of n is one of the squares or not.
  let result: Tensor | null = null;
  let square = base;
  for (let rest = Math.abs(power); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === null ? square : matmul(result, square);
    if (rest > 1) square = matmul(square, square);
  }
  return result as Tensor;
}

/** The inverse of a tensor as a map from its last dimensions to its first `ind` (2 by default). */
export function tensorinv(x: ArrayLike, options: { readonly ind?: number } = {}): Tensor {
  checkOptions("linalg.tensorinv", options, ["ind"]);
  const a = toTensor("linalg.tensorinv", x);
  const ind = asInteger("linalg.tensorinv", "ind", options.ind ?? 2);
  const [first, last] = [a.shape.slice(0, ind), a.shape.slice(ind)];
  if (ind <= 0 || prod(first) !== prod(last)) {
    throw new ShapeError(
      "CT107",
      `linalg.tensorinv: with ind ${ind} an array of shape [${a.shape}] maps ${prod(last)} elements to ${prod(first)}. These must be equal.`,
    );
  }
  return p.reshape(inv(p.reshape(a, [prod(first), prod(last)])), [...last, ...first]);
}

/** x with a x = b, where a's last dimensions, as many as x has, are summed over; `axes` are moved there first. */
export function tensorsolve(
  a: ArrayLike,
  b: ArrayLike,
  options: { readonly axes?: readonly number[] | null } = {},
): Tensor {
  checkOptions("linalg.tensorsolve", options, ["axes"]);
  const [given, y] = asTensors("linalg.tensorsolve", a, b);
  const axes = options.axes ?? [];
  const x = axes.length === 0 ? given : moveaxis(given, axes, range(given.ndim - axes.length, given.ndim));
  const out = x.shape.slice(y.ndim);
  const fits = y.shape.every((n, d) => n === x.shape[d]) && prod(out) === y.size;
  if (!fits) {
    throw new ShapeError(
      "CT103",
      `linalg.tensorsolve: a has shape [${x.shape}] and b [${y.shape}]. a's first dimensions must be b's, and the others' product b's size.`,
    );
  }
  return p.reshape(solve(p.reshape(x, [y.size, y.size]), p.reshape(y, [y.size])), out);
}
