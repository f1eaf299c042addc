/** Determinants and their logarithms. */
import type { ArrayLike } from "../../core/array-like.js";
import { isComplex } from "../../core/dtype.js";
import { type Tensor, Zero } from "../../core/tensor.js";
import { currentTrace } from "../../core/trace.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { lu, luSolve, qr, triangularSolve } from "../../primitives/linalg.js";
import { block, diagonalOf } from "../../primitives/linalg-common.js";
import { takeRows } from "../../primitives/linalg-lu.js";
import { jitted } from "../jitted.js";
import { broadcastToShape } from "../promote.js";
import { squareMatrix } from "./matrices.js";

/** The element in row i and column j of each matrix. */
const at = (x: Tensor, i: number, j: number): Tensor =>
  p.squeeze(block(x, [i, i + 1], [j, j + 1]), [x.ndim - 2, x.ndim - 1]);

/** The product of elements, one from each row. */
const product = (x: Tensor, columns: readonly number[]): Tensor =>
  columns.map((j, i) => at(x, i, j)).reduce((y, z) => p.mul(y, z));

const det2 = (x: Tensor): Tensor => p.sub(product(x, [0, 1]), product(x, [1, 0]));
const det3 = (x: Tensor): Tensor => {
  const plus = [[0, 1, 2], [1, 2, 0], [2, 0, 1]].map((c) => product(x, c)); // biome-ignore format: permutations
  const minus = [[2, 1, 0], [0, 2, 1], [1, 0, 2]].map((c) => product(x, c)); // biome-ignore format: permutations
  return minus.reduce(
    (y, z) => p.sub(y, z),
    plus.reduce((y, z) => p.add(y, z)),
  );
};

/** -1 for an odd number of row exchanges, 1 for an even one. */
function parity(pivots: Tensor, like: Tensor): Tensor {
  const exchanged = p.ne(pivots, p.iota("int32", pivots.shape, pivots.ndim - 1));
  const count = p.reduceSum(p.convert(exchanged, "int32"), [pivots.ndim - 1]);
  return p.convert(p.sub(1, p.mul(2, p.rem(count, 2))), like.dtype);
}

const lastAxis = (x: Tensor): number[] => [x.ndim - 1];

/** The sign (of complex matrices, the phase) and the logarithm of the modulus of the product of factors. */
function fromFactors(factors: Tensor, sign: Tensor): [Tensor, Tensor] {
  const isZero = p.reduceOr(p.eq(factors, 0), lastAxis(factors));
  const signs = p.reduceProd(p.sign(factors), lastAxis(factors));
  const logs = p.reduceSum(p.log(p.abs(factors)), lastAxis(factors));
  return [
    p.select(isZero, p.zerosLike(signs), p.mul(sign, signs)),
    p.select(isZero, p.full(logs.shape, Number.NEGATIVE_INFINITY, logs.dtype), logs),
  ];
}

function slogdetOf(x: Tensor, method: "lu" | "qr"): [Tensor, Tensor] {
  const n = x.shape[x.ndim - 1];
  if (method === "qr") {
    const [q, r] = qr(x, false);
    // A product of reflections has determinant -1 for each, which LU of an orthogonal matrix finds out safely.
    const [factored, pivots] = lu(q);
    const rotation = p.mul(parity(pivots, q), p.reduceProd(p.sign(diagonalOf(factored)), [q.ndim - 2]));
    return fromFactors(diagonalOf(r), rotation);
  }
  if (n === 1 || n === 2) {
    const value = n === 1 ? at(x, 0, 0) : det2(x);
    return [p.sign(value), p.log(p.abs(value))];
  }
  const [factored, pivots] = lu(x);
  return fromFactors(diagonalOf(factored), parity(pivots, x));
}

/** Sign and logarithm with the derivative tr(x⁻¹ dx), whatever the method. */
function signAndLog(x: Tensor, method: "lu" | "qr"): Tensor[] {
  return [
    ...currentTrace().bindCustomJvp(
      {
        name: "slogdet",
        fun: (a) => slogdetOf(a, method),
        jvp: ([a], [t]) => {
          const [sign, log] = signAndLog(a, method);
          if (t instanceof Zero) return { outs: [sign, log], tangents: [new Zero(sign.aval), new Zero(log.aval)] };
          const [factored, , permutation] = lu(a);
          const rate = p.reduceSum(diagonalOf(luSolve(factored, permutation, t)), [a.ndim - 2]);
          if (!isComplex(a.dtype)) return { outs: [sign, log], tangents: [p.zerosLike(sign), rate] };
          const turning = p.mul(p.complex(p.zerosLike(log), p.imag(rate)), sign);
          return { outs: [sign, log], tangents: [turning, p.real(rate)] };
        },
      },
      [x],
    ),
  ];
}

const slogdetCall = jitted("slogdet", ([x], method: "lu" | "qr") => signAndLog(x, method));

/**
 * The sign (of complex matrices, the phase) of the determinant and the logarithm of its modulus, which do not over- or
 * underflow. A singular matrix has sign 0 and logarithm -∞.
 */
export function slogdet(
  x: ArrayLike,
  options: { readonly method?: "lu" | "qr" | null } = {},
): [sign: Tensor, logabsdet: Tensor] {
  checkOptions("linalg.slogdet", options, ["method"]);
  const method = options.method ?? "lu";
  if (method !== "lu" && method !== "qr") {
    throw new ArgumentError(
      "CT003",
      `linalg.slogdet: method is ${JSON.stringify(method)}, but it must be "lu" or "qr".`,
    );
  }
  const [sign, log] = slogdetCall([squareMatrix("linalg.slogdet", x)], method);
  return [sign, log];
}

/**
 * adj(x) t, the determinant times x⁻¹ t, also for singular matrices. With P x = L U, the last row of U⁻¹ … is divided by
 * U's last element, which the determinant has as a factor: it is left out of both. Of matrices that have lost more than
 * one dimension the adjugate is zero.
 */
function adjugateTimes(x: Tensor, t: Tensor): Tensor {
  const n = x.shape[x.ndim - 1];
  if (n === 1) return t;
  const [factored, pivots, permutation] = lu(x);
  const diagonal = diagonalOf(factored);
  const axis = diagonal.ndim - 1;
  const sign = parity(pivots, x);
  const cut = (from: number, to: number): Tensor =>
    p.slice(
      diagonal,
      diagonal.shape.map((_, d) => (d === axis ? from : 0)),
      diagonal.shape.map((m, d) => (d === axis ? to : m)),
    );
  const allButLast = p.mul(sign, p.reduceProd(cut(0, n - 1), [axis]));
  const all = p.mul(allButLast, p.squeeze(cut(n - 1, n), [axis]));
  const matrices = (s: Tensor): Tensor =>
    broadcastToShape("linalg.det", p.expandDims(s, [s.ndim, s.ndim + 1]), t.shape);
  const corner = (d: number): Tensor => p.eq(p.iota("int32", x.shape, d), n - 1);
  const upper = p.select(
    p.bitwiseAnd(corner(x.ndim - 2), corner(x.ndim - 1)),
    matrices(p.div(1, allButLast)),
    factored,
  );
  const probe = triangularSolve(upper, p.full([...x.shape.slice(0, -1), 1], 1, x.dtype), { leftSide: true });
  const lost = p.reduceOr(p.bitwiseNot(p.isFinite(p.abs(probe))), [x.ndim - 2, x.ndim - 1]);
  const isLost = p.broadcastInDim(lost, t.shape, [...lost.shape.keys()]);
  const start = takeRows(p.select(isLost, p.zerosLike(t), t), permutation);
  const y = triangularSolve(upper, start, { leftSide: true, lower: true, unitDiagonal: true });
  const isLast = p.eq(p.iota("int32", t.shape, t.ndim - 2), n - 1);
  const scaled = p.select(isLast, y, p.mul(y, matrices(all)));
  return p.select(isLost, p.zerosLike(t), triangularSolve(upper, scaled, { leftSide: true }));
}

/** By LU decomposition, with Jacobi's derivative tr(adj(x) dx). */
function detByLu(x: Tensor): Tensor {
  return currentTrace().bindCustomJvp(
    {
      name: "_det",
      fun: (a) => {
        const [sign, log] = slogdetCall([a], "lu");
        return [p.mul(sign, p.convert(p.exp(log), sign.dtype))];
      },
      jvp: ([a], [t]) => {
        const out = detByLu(a);
        if (t instanceof Zero) return { outs: [out], tangents: [new Zero(out.aval)] };
        return { outs: [out], tangents: [p.reduceSum(diagonalOf(adjugateTimes(a, t)), [a.ndim - 2])] };
      },
    },
    [x],
  )[0];
}

const detCall = jitted("det", ([x]) => {
  const n = x.shape[x.ndim - 1];
  return n === 2 ? det2(x) : n === 3 ? det3(x) : detByLu(x);
});

/**
 * The determinant of square matrices.
 * @throws ShapeError CT107 unless the last two dimensions are equal
 * @example np.linalg.det([[1, 2], [3, 4]]).item(); // -2
 */
export const det = (x: ArrayLike): Tensor => detCall([squareMatrix("linalg.det", x)]);
