/** Solutions are differentiated by their equations, whatever the solver does. */
import { grad, hessian, jacfwd, jacrev, jit, jvp, lax, numpy as np, type Tensor, vmap } from "cotangent";
import { checkGrads } from "cotangent/props";
import { describe, expect, it } from "vitest";

type Matvec = (x: Tensor) => Tensor;
const a = np.array([
  [4, 1],
  [2, 3],
]);
/** Jacobi's iteration, which needs the diagonal from somewhere, and a loop that reverse mode does not go through. */
const jacobi =
  (diagonal: Tensor) =>
  (matvec: Matvec, b: Tensor): Tensor =>
    lax.whileLoop(
      ([, i]: readonly [Tensor, Tensor]) => i.less(50),
      ([x, i]: readonly [Tensor, Tensor]) => [x.add(b.sub(matvec(x)).div(diagonal)), i.add(1)] as const,
      [np.zeros(b.shape, { dtype: b.dtype }), np.array(0)] as const,
    )[0] as Tensor;
const solve = (a: Tensor, b: Tensor): Tensor => {
  const byJacobi = jacobi(lax.stopGradient(np.diag(a)));
  return lax.customLinearSolve((x: Tensor) => a.matmul(x), b, byJacobi, { transposeSolve: byJacobi });
};
const near = (x: Tensor, wanted: readonly number[]): void => {
  const values = np.ravel(x).js() as number[];
  expect(values).toHaveLength(wanted.length);
  wanted.forEach((w, i) => {
    expect(values[i]).toBeCloseTo(w, 5);
  });
};

describe("lax.customLinearSolve", () => {
  const b = np.array([6, 8]);
  it("solves, in every transform", () => {
    near(solve(a, b), [1, 2]);
    near(jit(solve)(a, b), [1, 2]);
    near(vmap(solve, { inAxes: [null, 0] })(a, np.stack([b, b.mul(2)])), [1, 2, 2, 4]);
    near(vmap(solve)(np.stack([a, a.mul(2)]), np.stack([b, b])), [1, 2, 0.5, 1]);
  });

  it("has the derivatives of the solution", () => {
    const inverse = [0.3, -0.1, -0.2, 0.4];
    near(jacfwd((b: Tensor) => solve(a, b))(b), inverse);
    near(jacrev((b: Tensor) => solve(a, b))(b), inverse);
    near(jit(jacrev((b: Tensor) => solve(a, b)))(b), inverse);
    // d(A⁻¹b) = -A⁻¹ dA A⁻¹ b
    near(grad((a: Tensor) => solve(a, b).sum())(a), [-0.1, -0.2, -0.3, -0.6]);
    checkGrads(solve, [a, b]);
  });

  it("takes symmetric systems and trees", () => {
    const scaled = (s: Tensor, b: { u: Tensor; v: Tensor }) =>
      lax.customLinearSolve(
        (x: { u: Tensor; v: Tensor }) => ({ u: x.u.mul(s), v: x.v.mul(s) }),
        b,
        (_: unknown, y: { u: Tensor; v: Tensor }) => ({ u: y.u.div(s), v: y.v.div(s) }),
        { symmetric: true },
      );
    const f = (s: Tensor) => scaled(s, { u: np.array([2, 4]), v: np.array(6) }).u.sum();
    expect(f(np.array(2)).item()).toBe(3);
    expect(grad(f)(2).item()).toBe(-1.5);
    expect(grad(grad(f))(2).item()).toBe(1.5);
  });

  it("says what reverse mode needs", () => {
    const noTranspose = (b: Tensor) => lax.customLinearSolve((x: Tensor) => a.matmul(x), b, jacobi(np.diag(a))).sum();
    near(jvp(noTranspose, [b], [b])[1], [3]);
    expect(() => grad(noTranspose)(b)).toThrow(/Give transposeSolve, or say symmetric: true.*CT326/s);
  });

  it("refuses functions of other types", () => {
    const wrong = () =>
      lax.customLinearSolve(
        (x: Tensor) => x.sum(),
        b,
        (_: unknown, y: Tensor) => y,
      );
    expect(wrong).toThrow(/leaf 0 of the result of matvec is .* but must be .*CT401/s);
  });
});

describe("lax.customRoot", () => {
  const newton = (f: (x: Tensor) => Tensor, x: Tensor): Tensor =>
    lax.whileLoop(
      ([, i]: readonly [Tensor, Tensor]) => i.less(30),
      ([x, i]: readonly [Tensor, Tensor]) => [x.sub(f(x).div(grad(f)(x))), i.add(1)] as const,
      [x, np.array(0)] as const,
    )[0] as Tensor;
  const cubeRoot = (a: Tensor): Tensor =>
    lax.customRoot(
      (x: Tensor) => x.pow(3).sub(a),
      np.array(1.5, { dtype: a.dtype }),
      newton as never,
      (g: (x: Tensor) => Tensor, y: Tensor) => y.div(g(np.ones([], { dtype: y.dtype }))),
    );

  it("finds roots, in every transform", () => {
    near(cubeRoot(np.array(8.5)), [8.5 ** (1 / 3)]);
    near(jit(cubeRoot)(8.5), [8.5 ** (1 / 3)]);
    near(vmap(cubeRoot)(np.array([1, 8, 27])), [1, 2, 3]);
  });

  it("has the derivatives of the implicit function", () => {
    near(grad(cubeRoot)(8), [1 / 12]);
    near(jit(grad(cubeRoot))(8), [1 / 12]);
    near(vmap(grad(cubeRoot))(np.array([1, 8])), [1 / 3, 1 / 12]);
    near(jvp(cubeRoot, [8.5], [1])[1], [8.5 ** (-2 / 3) / 3]);
    near(grad(grad(cubeRoot))(8), [-1 / 144]);
    near(hessian((x: Tensor) => cubeRoot(x.sum()))(np.array([4, 4])), Array(4).fill(-1 / 144));
  });
});
