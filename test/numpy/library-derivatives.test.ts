// Values, gradients, tangents and Hessians of linear algebra, transforms and other composed functions, against JAX's.
import { describe, expect, it } from "vitest";
import { hessian } from "../../src/api/jacobian.js";
import { jvp } from "../../src/api/jvp.js";
import { vjp } from "../../src/api/vjp.js";
import { lax, numpy as np, type Tensor } from "../../src/index.js";
import { type GoldenArray, type GoldenValue, readGolden } from "../golden/read.js";
import { expectGolden, goldenTensor } from "../golden/tensors.js";

interface Derivatives {
  readonly python: string;
  readonly args: readonly GoldenArray[];
  readonly out: GoldenArray;
  readonly ct: GoldenArray;
  readonly grads: readonly GoldenArray[];
  readonly tangents: readonly GoldenArray[];
  readonly jvp: GoldenArray;
  readonly hessian?: GoldenValue;
}

type F = (...xs: Tensor[]) => Tensor;
const f64 = (...x: number[]): Tensor => np.array(x, { dtype: "float64" });
const squared = (x: Tensor): Tensor => np.square(x);

/** The recorded Python functions, as written here. */
const functions: Readonly<Record<string, F>> = {
  "jnp.linalg.norm": (x) => np.linalg.norm(x),
  "lambda x: jnp.linalg.norm(x, ord=1)": (x) => np.linalg.norm(x, { ord: 1 }),
  "lambda x: jnp.linalg.norm(x, ord=3)": (x) => np.linalg.norm(x, { ord: 3 }),
  "lambda x: jnp.linalg.norm(x, ord=jnp.inf)": (x) => np.linalg.norm(x, { ord: Number.POSITIVE_INFINITY }),
  "lambda x: jnp.linalg.norm(x, ord='nuc')": (x) => np.linalg.norm(x, { ord: "nuc" }),
  "jnp.linalg.det": (x) => np.linalg.det(x),
  "lambda x: jnp.linalg.slogdet(x)[1]": (x) => np.linalg.slogdet(x)[1],
  "jnp.linalg.inv": (x) => np.linalg.inv(x),
  "jnp.linalg.solve": (a, b) => np.linalg.solve(a, b),
  "lambda x: jnp.linalg.cholesky(x @ x.T + jnp.eye(2))": (x) =>
    np.linalg.cholesky(x.matmul(np.transpose(x)).add(np.eye(2))),
  "jnp.linalg.cholesky": (x) => np.linalg.cholesky(x),
  "lambda x: jnp.linalg.eigvalsh(x + x.T)": (x) => np.linalg.eigvalsh(x.add(np.transpose(x))),
  "lambda x: jnp.linalg.eigh(x + x.T)[1] ** 2": (x) => squared(np.linalg.eigh(x.add(np.transpose(x)))[1]),
  "lambda x: jnp.linalg.svd(x, compute_uv=False)": (x) => np.linalg.svd(x, { computeUv: false }),
  "lambda x: jnp.abs(jnp.linalg.qr(x)[1])": (x) => np.abs(np.linalg.qr(x)[1]),
  "lambda a, b: lax.linalg.triangular_solve(a, b, left_side=True, lower=True)": (a, b) =>
    lax.linalg.triangularSolve(a, b, { leftSide: true, lower: true }),
  "lambda x: jnp.linalg.pinv(x)": (x) => np.linalg.pinv(x),
  "lambda x: jnp.linalg.matrix_power(x, 3)": (x) => np.linalg.matrixPower(x, 3),
  "lambda a, b: jnp.linalg.lstsq(a, b)[0]": (a, b) => np.linalg.lstsq(a, b)[0],
  "lambda x: lax.linalg.lu(x)[0]": (x) => lax.linalg.lu(x)[0],
  "lambda x: jnp.abs(jnp.fft.fft(x)) ** 2": (x) => squared(np.abs(np.fft.fft(x))),
  "lambda x: jnp.abs(jnp.fft.rfft(x)) ** 2": (x) => squared(np.abs(np.fft.rfft(x))),
  "lambda x: jnp.fft.irfft(jnp.fft.rfft(x) * 2, n=4)": (x) => np.fft.irfft(np.multiply(np.fft.rfft(x), 2), { n: 4 }),
  "jnp.convolve": (x, y) => np.convolve(x, y),
  "jnp.cross": (x, y) => np.cross(x, y),
  "jnp.outer": (x, y) => np.outer(x, y),
  "jnp.dot": (x, y) => np.dot(x, y),
  "jnp.matmul": (x, y) => np.matmul(x, y),
  "lambda x: jnp.kron(x, x)": (x) => np.kron(x, x),
  "lambda x: jnp.diff(x, n=2)": (x) => np.diff(x, { n: 2 }),
  "lambda x: jnp.gradient(x)": (x) => np.gradient(x) as Tensor,
  "lambda x: jnp.trapezoid(x)": (x) => np.trapezoid(x),
  "lambda x: jnp.interp(x, d([0., 1., 2.]), d([0., 10., 5.]))": (x) => np.interp(x, f64(0, 1, 2), f64(0, 10, 5)),
  "lambda x: jnp.pad(x, 2, mode='edge')": (x) => np.pad(x, 2, { mode: "edge" }),
  "lambda x: jnp.pad(x, 2, mode='reflect') ** 2": (x) => squared(np.pad(x, 2, { mode: "reflect" })),
  "lambda x: jnp.einsum('ii->i', x) ** 2": (x) => squared(np.einsum("ii->i", x)),
  "lambda x, y: jnp.einsum('bij,bkj->bik', x, y)": (x, y) => np.einsum("bij,bkj->bik", x, y),
  "lambda x: jnp.repeat(x, i32(1, 3), total_repeat_length=4) ** 2": (x) =>
    squared(np.repeat(x, np.array([1, 3], { dtype: "int32" }), null, { totalRepeatLength: 4 })),
  "lambda x: jnp.roll(x, 1) * x": (x) => np.roll(x, 1).mul(x),
  "lambda x: jnp.sort(x) * d([1., 2., 3.])": (x) => np.sort(x).mul(f64(1, 2, 3)),
  "lambda x: jnp.sort(x) ** 2": (x) => squared(np.sort(x)),
  "lambda x: jnp.tile(x, 3) ** 2": (x) => squared(np.tile(x, 3)),
  "lambda x: jnp.transpose(x, (1, 2, 0)) ** 2": (x) => squared(np.transpose(x, [1, 2, 0])),
  "lambda x, y: jnp.concatenate([x, y, x]) ** 2": (x, y) => squared(np.concatenate([x, y, x])),
  "lambda x, y: jnp.stack([x, y], axis=1) ** 2": (x, y) => squared(np.stack([x, y], 1)),
};

const records = readGolden<Derivatives>("grads.json").records.filter((r) => r.python in functions);

describe.each(records.map((r, i) => [`${r.python} (${i})`, r] as const))("%s", (_, r) => {
  const f = functions[r.python];
  const args = r.args.map(goldenTensor);

  it("value and gradients", () => {
    const [out, back] = vjp(f, ...args);
    expectGolden(out, r.out, 1e-11);
    (back(goldenTensor(r.ct)) as Tensor[]).forEach((g, i) => expectGolden(g, r.grads[i], 1e-10));
  });

  it("tangent", () => {
    const [, tangent] = jvp(f, args, r.tangents.map(goldenTensor));
    expectGolden(tangent, r.jvp, 1e-10);
  });

  const second = r.hessian;
  if (second === undefined) return;
  it("Hessian", () => {
    const ct = goldenTensor(r.ct);
    const h = hessian((x: Tensor) => np.sum(np.multiply(f(x, ...args.slice(1)), ct)))(args[0]);
    expectGolden(h, second, 1e-8);
  });
});

it("finds every function in the records", () => {
  expect(new Set(records.map((r) => r.python)).size).toBe(Object.keys(functions).length);
});
