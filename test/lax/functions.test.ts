/** What lax.json does not hold: ways to call, errors, and functions whose values were taken from JAX by hand. */
import { describe, expect, it } from "vitest";
import { grad, vmap } from "../../src/api/index.js";
import { type ArrayLike, asTensor } from "../../src/core/array-like.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as lax from "../../src/lax/index.js";
import "../../src/numpy/index.js";

const array = (x: ArrayLike): Tensor => asTensor(x, "test");
const count = (...shape: number[]): Tensor =>
  lax.reshape(
    lax.iota(
      "float32",
      shape.reduce((a, b) => a * b),
    ),
    shape,
  );
const int = (...x: number[]): Tensor => array(Int32Array.from(x));

describe("arguments with a default", () => {
  it("stand by position or among the options", () => {
    const x = count(2, 3);
    expect(lax.cumsum(x, 1).js()).toEqual([
      [0, 1, 3],
      [3, 7, 12],
    ]);
    expect(lax.cumsum(x, { axis: 1 }).js()).toEqual(lax.cumsum(x, 1).js());
    expect(lax.cumsum(x, { axis: 1, reverse: true }).js()).toEqual(lax.cumsum(x, 1, { reverse: true }).js());
    expect(lax.sort(array([2, 1]), { dimension: 0 }).js()).toEqual([1, 2]);
    expect(lax.split(x, [1, 2], { axis: 1 })[1].shape).toEqual([2, 2]);
    expect(lax.dynamicIndexInDim(x, 1, { axis: 1, keepdims: false }).js()).toEqual([1, 4]);
    expect(lax.dynamicSliceInDim(x, 1, 2, { axis: 1 }).js()).toEqual([
      [1, 2],
      [4, 5],
    ]);
    expect(lax.unstack(x, { axis: 1 })).toHaveLength(3);
    expect(lax.round(array([0.5, 2.5]), { roundingMethod: lax.RoundingMethod.TO_NEAREST_EVEN }).js()).toEqual([0, 2]);
  });

  it("are checked in both places", () => {
    const x = count(2);
    expect(() => lax.cumsum(x, { axes: 1 } as never)).toThrow(/unknown option 'axes'. Did you mean 'axis'\?.*CT001/s);
    expect(() => lax.cumsum(x, 0, { axis: 0 })).toThrow(/unknown option 'axis'.*CT001/s);
    expect(() => lax.cumsum(x, 0, true as never)).toThrow(/CT002/);
  });
});

describe("numbers beside tensors", () => {
  it("take the tensors' dtype, where promotion leads there", () => {
    expect(lax.add(int(1, 2), 1).dtype).toBe("int32");
    expect(lax.mul(array(Float64Array.of(1)), 0.1).js()).toEqual([0.1]);
    expect(lax.max(1, 2).weakType).toBe(true);
    expect(() => lax.add(int(1, 2), 0.5)).toThrow(/CT104/);
    expect(() => lax.add(int(1, 2), count(2))).toThrow(/CT104/);
  });
});

describe("shapes", () => {
  it("stack", () => {
    expect(lax.stack([array([1, 2]), array([3, 4])]).js()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(lax.stack([array([1, 2]), array([3, 4])], 1).js()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(() => lax.stack([])).toThrow(/CT010/);
  });

  it("broadcast like others", () => {
    expect(lax.broadcastLike(array([1, 2, 3]), count(2, 3)).js()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(lax.broadcastLike(array([[1], [2]]), count(2, 2)).js()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(() => lax.broadcastLike(array([1, 2]), count(3))).toThrow(/x has shape \[2\].*\[3\].*CT103/s);
    expect(() => lax.broadcastShapes([2], [3])).toThrow(/CT103/);
  });
});

describe("scatter", () => {
  const rows = { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] };

  it("applies functions", () => {
    const x = array([1, 2, 3]);
    const at = int(0, 2).slice([null, null], null);
    expect(lax.scatterApply(x, at, (v) => lax.mul(v, v), rows).js()).toEqual([1, 2, 9]);
    const f = (x: Tensor) => lax.reduceSum(lax.scatterApply(x, at, lax.sin, rows, { uniqueIndices: true }), [0]);
    const g = grad(f)(x).js() as number[];
    [Math.cos(1), 1, Math.cos(3)].forEach((d, i) => {
      expect(g[i]).toBeCloseTo(d, 6);
    });
  });

  it("knows modes by name and by constant", () => {
    const at = int(5).slice([null, null], null);
    const put = (mode?: "clip" | "drop") => lax.scatter(array([1, 2]), at, array([9]), rows, mode && { mode }).js();
    expect([put(), put("drop"), put("clip")]).toEqual([
      [1, 2],
      [1, 2],
      [1, 9],
    ]);
    expect(() => put("wrap" as never)).toThrow(/lax.scatter: mode is 'wrap'. Use one of clip, .*CT004/s);
  });
});

describe("products", () => {
  it("ragged, with gradients and unused rows", () => {
    const [x, w] = [count(4, 2), count(2, 2, 1)];
    expect(lax.raggedDot(x, w, int(1, 2)).js()).toEqual([[1], [13], [23], [0]]);
    const g = grad((w: Tensor) => lax.reduceSum(lax.raggedDot(x, w, int(1, 2)), [0, 1]))(w);
    expect(g.js()).toEqual([
      [[0], [1]],
      [[6], [8]],
    ]);
    expect(() => lax.raggedDot(x, w, int(1))).toThrow(/groupSizes \[1\].*CT103/s);
  });

  it("convolve with a kernel for each place", () => {
    const kernels = lax.div(count(3, 4, 3), 7);
    const y = lax.convGeneralDilatedLocal(count(1, 2, 4), kernels, [1], "VALID", [2]).js() as number[][][];
    const wanted = [
      [72, 104, 144],
      [192, 272, 360],
      [312, 440, 576],
    ];
    y[0].forEach((row, i) => {
      row.forEach((v, j) => {
        expect(v).toBeCloseTo(wanted[i][j] / 7, 4);
      });
    });
  });

  it("take windows apart with features last", () => {
    const dimensionNumbers = ["NHWC", "HWIO", "NHWC"] as const;
    const y = lax.convGeneralDilatedPatches(count(1, 3, 2, 2), [2, 1], [1, 1], "VALID", { dimensionNumbers });
    expect(y.js()).toEqual([
      [
        [
          [0, 4, 1, 5],
          [2, 6, 3, 7],
        ],
        [
          [4, 8, 5, 9],
          [6, 10, 7, 11],
        ],
      ],
    ]);
  });
});

describe("linalg", () => {
  const a = array([
    [4, 2],
    [1, 3],
  ]);
  it("symmetrizes what it is told to be Hermitian", () => {
    const diagonal = (x: Tensor) => (x.js() as number[][]).map((row, i) => row[i]);
    expect(diagonal(lax.linalg.cholesky(a))[1]).toBeCloseTo(1.5612495, 6);
    expect(diagonal(lax.linalg.cholesky(a, { symmetrizeInput: false }))[1]).toBeCloseTo(1.6583124, 6);
  });

  it("turns pivots into permutations, also of batches", () => {
    expect(lax.linalg.luPivotsToPermutation(int(2, 2, 2), 3).js()).toEqual([2, 0, 1]);
    const many = lax.stack([int(2, 2, 2), int(0, 1, 2)]);
    expect(lax.linalg.luPivotsToPermutation(many, 3).js()).toEqual([
      [2, 0, 1],
      [0, 1, 2],
    ]);
  });

  it("multiplies by the transpose", () => {
    expect(lax.linalg.symmetricProduct(a, a, { alpha: 2, beta: 3 }).js()).toEqual([
      [52, 26],
      [23, 29],
    ]);
    expect(lax.linalg.symmetricProduct(a, a, { alpha: 2, beta: 3, symmetrizeOutput: true }).js()).toEqual([
      [52, 23],
      [23, 29],
    ]);
  });

  it("solves for vectors and under vmap", () => {
    const t = array([
      [2, 0],
      [1, 4],
    ]);
    const solve = (b: Tensor) => lax.linalg.triangularSolve(t, b, { leftSide: true, lower: true });
    expect(solve(array([2, 5])).js()).toEqual([1, 1]);
    expect(vmap(solve)(lax.stack([array([2, 5]), array([4, 2])])).js()).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  it("decomposes", () => {
    const [u, s, vh] = lax.linalg.svd(a);
    const product = lax.dot(lax.mul(u, lax.broadcastInDim(s, [2, 2], [1])), vh).js() as number[][];
    [4, 2, 1, 3].forEach((v, i) => {
      expect(product.flat()[i]).toBeCloseTo(v, 5);
    });
    expect(lax.linalg.svd(a, { computeUv: false }).shape).toEqual([2]);
    expect(lax.linalg.eigh(array([[2, 0], [0, 1]]))[1].js()).toEqual([1, 2]); // biome-ignore format: a matrix
    expect(lax.linalg.eig(a).map((x) => x.shape)).toEqual([[2], [2, 2], [2, 2]]);
    expect(lax.linalg.qr(array([[3], [4]]), { fullMatrices: false })[1].shape).toEqual([1, 1]);
  });

  it("says what shapes diagonals must have", () => {
    const d = array([1, 1]);
    expect(() => lax.linalg.tridiagonalSolve(d, d, d, d)).toThrow(/b \[2\].*CT103/s);
  });
});
