// Linear algebra and Fourier transforms of the public API on a simulated card, beside the processor.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Cotangent from "../../src/index.js";
import { hasOpenBlas, whyNoStandIns } from "../native/stand-ins.js";
import { buildSimulation, environment, type Simulation } from "./simulation.js";

describe.skipIf(whyNoStandIns() !== undefined || !hasOpenBlas)("libraries on cuda:0", () => {
  let simulation: Simulation;
  let ct: typeof Cotangent;
  beforeAll(async () => {
    simulation = buildSimulation();
    Object.assign(process.env, environment(simulation.folder));
    ct = await import("../../src/index.js");
  }, 120_000);
  afterAll(() => simulation.remove());

  const numbers = (x: unknown): number[] => (Array.isArray(x) ? x.flatMap(numbers) : [Number(x)]);
  /** What a program of real results gives on a card is what it gives on the processor. */
  const same = (build: (ct: typeof Cotangent) => unknown): void => {
    const on = (device: string): number[] =>
      numbers(Object.values(ct.deviceGet(ct.withDefaultDevice(device, () => build(ct))) as object));
    const [got, want] = [on("cuda:0"), on("cpu:0")];
    expect(got.length).toBe(want.length);
    got.forEach((x, k) => expect(x, `number ${k}`).toBeCloseTo(want[k], 4));
  };
  const highest = { precision: "highest" } as const;
  const matrix = ({ numpy: np }: typeof Cotangent) =>
    np.array([
      [4, 1, 0.5],
      [1, 3, -1],
      [0.5, -1, 5],
    ]);

  test("solve, invert and differentiate", () => {
    same((c) => ({ x: c.numpy.linalg.solve(matrix(c), c.numpy.arange(6, { dtype: "float32" }).reshape([3, 2])) }));
    same((c) => ({ x: c.numpy.linalg.inv(matrix(c)), d: c.numpy.linalg.det(matrix(c)) }));
    same((c) => ({ x: c.numpy.linalg.cholesky(matrix(c)) }));
    same((c) => ({ g: c.grad((a) => c.numpy.linalg.slogdet(a)[1])(matrix(c)) }));
    same((c) => ({ g: c.grad((a) => c.numpy.linalg.cholesky(a).sum())(matrix(c)) }));
  });

  test("decompose batches", () => {
    same((c) => {
      const a = c.numpy.stack([matrix(c), matrix(c).mul(2)]);
      const [w, v] = c.numpy.linalg.eigh(a);
      return { w, back: c.numpy.matmul(v.mul(c.numpy.expandDims(w, 1)), c.numpy.swapaxes(v, 1, 2), highest) };
    });
    same((c) => ({
      s: c.vmap((x) => c.numpy.linalg.svd(x, { computeUv: false }))(c.numpy.stack([matrix(c), matrix(c)])),
    }));
    same((c) => {
      const [q, r] = c.numpy.linalg.qr(matrix(c));
      return { a: c.numpy.matmul(q, r, highest) };
    });
  });

  test("transform", () => {
    same((c) => ({ x: c.numpy.fft.irfft(c.numpy.fft.rfft(c.numpy.arange(10, { dtype: "float32" }))) }));
    same((c) => ({ x: c.numpy.abs(c.numpy.fft.fft2(c.numpy.arange(12, { dtype: "float32" }).reshape([3, 4]))) }));
  });

  test("convolve, and derivatives of it", () => {
    same((c) => {
      const x = c.numpy.sin(c.numpy.arange(2 * 6 * 7 * 3, { dtype: "float32" })).reshape([2, 6, 7, 3]);
      const w = c.numpy.cos(c.numpy.arange(3 * 2 * 3 * 4, { dtype: "float32" })).reshape([3, 2, 3, 4]);
      const dimensionNumbers = ["NHWC", "HWIO", "NHWC"] as const;
      const loss = (image: Cotangent.Tensor, kernel: Cotangent.Tensor) =>
        c.numpy.sin(c.lax.convGeneralDilated(image, kernel, [2, 1], "SAME", { dimensionNumbers, ...highest })).sum();
      const [dx, dw] = c.grad(loss, { argnums: [0, 1] })(x, w);
      return { dx, dw };
    });
  });

  test("what no library has is said", () => {
    expect(() => ct.withDefaultDevice("cuda:0", () => ct.lax.linalg.eig(matrix(ct)))).toThrow(
      /eig cannot run on NVIDIA's cards.*computeLeftEigenvectors/,
    );
  });
});
