// What the recorded results do not show: sizes given while tracing, edges of definitions, and messages.
import { describe, expect, it } from "vitest";
import { jit, lax, numpy as np, random, type Tensor } from "../../src/index.js";

const i32 = (...x: number[]): Tensor => np.array(x, { dtype: "int32" });
const { nan } = np;
const close = (x: Tensor, y: Tensor, atol = 1e-5): void => expect(np.allclose(x, y, { atol }).item()).toBe(true);
const matrix = (shape: readonly number[], seed = 0, dtype: "float32" | "float64" = "float64"): Tensor =>
  random.normal(random.key(seed), shape, { dtype });

describe("sets", () => {
  it("has known sizes while tracing", () => {
    const x = i32(3, 1, 3, 2);
    expect(jit((y: Tensor) => np.unique(y, { size: 4 }))(x).js()).toEqual([1, 2, 3, 1]);
    expect(jit((y: Tensor) => np.unique(y, { size: 4, fillValue: -1 }))(x).js()).toEqual([1, 2, 3, -1]);
    expect(jit((y: Tensor) => np.unique(y, { size: 2 }))(x).js()).toEqual([1, 2]);
    expect(jit((y: Tensor) => np.union1d(y, i32(9), { size: 5 }))(x).js()).toEqual([1, 2, 3, 9, 1]);
    expect(jit((y: Tensor) => np.intersect1d(y, i32(3, 2, 7), { size: 3 }))(x).js()).toEqual([2, 3, 2]);
    expect(jit((y: Tensor) => np.setdiff1d(y, i32(3), { size: 3 }))(x).js()).toEqual([1, 2, 0]);
    expect(jit((y: Tensor) => np.setxor1d(y, i32(3, 9), { size: 4, fillValue: 7 }))(x).js()).toEqual([1, 2, 9, 7]);
  });

  it("names size where it is needed", () => {
    expect(() => jit((y: Tensor) => np.unique(y))(i32(1, 2))).toThrow(/Give the number as size.*CT304/s);
  });

  it("takes NaN for one value, or for many", () => {
    const x = np.array([nan, 1, nan]);
    expect(np.unique(x).js()).toEqual([1, nan]);
    expect(np.unique(x, { equalNan: false }).js()).toEqual([1, nan, nan]);
    expect(np.uniqueValues(x).size).toBe(3);
  });

  it("takes distinct rows and columns", () => {
    const x = np.array([[1, 2, 1], [0, 5, 0], [1, 2, 1]], { dtype: "int32" }); // biome-ignore format: rows
    const [rows, index, inverse, counts] = np.unique(x, {
      axis: 0,
      returnIndex: true,
      returnInverse: true,
      returnCounts: true,
    }) as Tensor[];
    expect(rows.js()).toEqual([[0, 5, 0], [1, 2, 1]]); // biome-ignore format: rows
    expect([index.js(), inverse.js(), counts.js()]).toEqual([[1, 0], [1, 0, 1], [1, 2]]); // biome-ignore format: rows
    expect((np.unique(x, { axis: 1 }) as Tensor).js()).toEqual([[1, 2], [0, 5], [1, 2]]); // biome-ignore format: rows
  });

  it("knows empty sets", () => {
    const none = np.zeros([0]);
    expect(np.unique(none).shape).toEqual([0]);
    expect(np.union1d(none, none).shape).toEqual([0]);
    expect(np.isin([1, 2], none).js()).toEqual([false, false]);
    expect(() => np.unique(none, { size: 2 })).toThrow(/CT107/);
  });

  it("finds members of large sets by searching", () => {
    const known = np.arange(3000).mul(2);
    const found = np.isin(np.arange(2000), known);
    expect(np.sum(found).item()).toBe(1000);
    expect(np.sum(np.isin(np.arange(2000), known, { invert: true })).item()).toBe(1000);
  });
});

describe("searchsorted", () => {
  const sorted = np.array([-1, 0, 0, 2, nan]);
  const values = np.array([0, -5, nan, 2, 7, 0.5]);
  it.each(["left", "right"] as const)("is one by all methods on the %s", (side) => {
    const results = (["scan", "scan_unrolled", "sort", "compare_all"] as const).map((method) =>
      np.searchsorted(sorted, values, { side, method }).js(),
    );
    const wanted = side === "left" ? [1, 0, 4, 3, 4, 3] : [3, 0, 5, 4, 4, 3];
    for (const r of results) expect(r).toEqual(wanted);
  });

  it("keeps the values' shape, and knows empty vectors", () => {
    expect(np.searchsorted([1, 2], [[0, 1], [2, 3]]).shape).toEqual([2, 2]); // biome-ignore format: rows
    expect(np.searchsorted(np.zeros([0]), [1, 2]).js()).toEqual([0, 0]);
  });

  it("bins falling edges", () => {
    expect(np.digitize([0.5, 1.5, 3], np.array([2, 1, 0])).js()).toEqual([2, 1, 0]);
  });

  it("orders complex numbers by real, then imaginary part", () => {
    const z = np.array([
      { re: 0, im: 1 },
      { re: 1, im: -1 },
      { re: 1, im: 2 },
    ] as never);
    expect(np.searchsorted(z, np.array([{ re: 1, im: 0 }] as never)).js()).toEqual([2]);
  });
});

describe("decompositions of matrices of every shape", () => {
  it.each([
    [5, 3],
    [3, 5],
    [4, 4],
    [1, 3],
    [3, 1],
  ])("svd and qr of %d × %d", (m, n) => {
    // biome-ignore format: sizes
    const a = matrix([2, m, n], m * 10 + n);
    for (const fullMatrices of [true, false]) {
      const [u, s, vh] = np.linalg.svd(a, { fullMatrices });
      const k = Math.min(m, n);
      const core = np.matmul(np.take(u, np.arange(k), 2).mul(np.expandDims(s, 1)), np.take(vh, np.arange(k), 1));
      close(core, a);
      close(np.matmul(np.matrixTranspose(u), u), np.broadcastTo(np.eye(u.shape[2]), [2, u.shape[2], u.shape[2]]));
    }
    for (const mode of ["reduced", "complete"] as const) {
      const [q, r] = np.linalg.qr(a, { mode });
      close(np.matmul(q, r), a);
      close(r, np.triu(r));
    }
  });

  it("eigenvalues and eigenvectors", () => {
    const a = matrix([5, 5], 7);
    const [w, v] = np.linalg.eig(a);
    close(np.matmul(np.astype(a, "complex128"), v), v.mul(w));
    close(np.sum(w), np.astype(np.trace(a), "complex128"));
    const h = a.add(np.transpose(a));
    const [values, vectors] = np.linalg.eigh(h);
    close(np.matmul(h, vectors), vectors.mul(values));
    close(np.sort(values), values);
  });

  it("singular matrices", () => {
    const zeros = np.zeros([3, 3]);
    expect(np.linalg.det(np.zeros([4, 4])).item()).toBe(0);
    expect(np.linalg.slogdet(zeros).map((x) => x.item())).toEqual([0, Number.NEGATIVE_INFINITY]);
    expect(np.linalg.matrixRank(np.ones([3, 3])).item()).toBe(1);
    close(np.linalg.pinv(zeros), zeros);
    const [u, s] = np.linalg.svd(np.zeros([3, 2]));
    expect(s.js()).toEqual([0, 0]);
    close(np.matmul(np.transpose(u), u), np.eye(3));
  });

  it("reads one triangle where it is told to", () => {
    const lower = np.array([[2, 9], [1, 3]]); // biome-ignore format: rows
    const options = { symmetrizeInput: false } as const;
    close(np.linalg.eigvalsh(lower, options), np.linalg.eigvalsh([[2, 1], [1, 3]])); // biome-ignore format: rows
    close(np.linalg.eigvalsh(lower, { ...options, UPLO: "U" }), np.linalg.eigvalsh([[2, 9], [9, 3]])); // biome-ignore format: rows
    close(np.linalg.cholesky(lower, options), np.linalg.cholesky([[2, 1], [1, 3]])); // biome-ignore format: rows
  });

  it("complex matrices", () => {
    const a = lax.complex(matrix([3, 3], 1), matrix([3, 3], 2));
    const b = lax.complex(matrix([3], 3), matrix([3], 4));
    close(np.matmul(a, np.linalg.solve(a, b)), b);
    const hermitian = np.matmul(a, np.conj(np.transpose(a)));
    const l = np.linalg.cholesky(hermitian);
    close(np.matmul(l, np.conj(np.transpose(l))), hermitian);
    const [u, s, vh] = np.linalg.svd(a);
    close(np.matmul(u.mul(s), vh), a);
    const [sign, log] = np.linalg.slogdet(a);
    close(np.multiply(sign, np.exp(log)), np.linalg.det(a));
  });
});

describe("Fourier transforms", () => {
  it.each([1, 2, 3, 7, 16, 30, 97])("of length %d are those of the definition, and are undone", (n) => {
    const x = matrix([n], n);
    const k = np.arange(n, { dtype: "float64" });
    const angle = np.outer(k, k).mul((-2 * Math.PI) / n);
    close(np.fft.fft(x), np.matmul(lax.complex(np.cos(angle), np.sin(angle)), np.astype(x, "complex128")), 1e-9);
    close(np.real(np.fft.ifft(np.fft.fft(x))), x, 1e-12);
    close(np.fft.irfft(np.fft.rfft(x), { n }), x, 1e-12);
  });
});

describe("options and arguments", () => {
  const x = np.ones([2, 2]);
  it.each<[string, () => unknown, RegExp]>([
    ["unknown option", () => np.pad(x, 1, { constantValue: 3 } as never), /Did you mean 'constantValues'.*CT001/s],
    ["unknown mode", () => np.pad(x, 1, { mode: "constnat" as never }), /mode.*CT003/s],
    ["widths for other axes", () => np.pad(x, [[1, 2], [1, 2], [1, 2]]), /padWidth.*CT003/s], // biome-ignore format: pairs
    ["no matrix", () => np.linalg.inv(np.ones([2])), /linalg\.inv.*\[2\].*CT107/s],
    ["not square", () => np.linalg.det(np.ones([2, 3])), /linalg\.det.*CT107/s],
    ["other sizes", () => np.linalg.solve(x, np.ones([3])), /linalg\.solve.*CT103/s],
    ["no such norm", () => np.linalg.norm(x, { ord: 5 }), /order 5.*CT003/s],
    ["real transform of complex numbers", () => np.fft.rfft(np.fft.fft([1, 2])), /fft\.rfft.*complex64.*CT105/s],
    ["no such normalisation", () => np.fft.fft([1, 2], { norm: "unitary" as never }), /norm.*CT003/s],
    ["bincount of floats", () => np.bincount(np.array([0.5])), /float32.*CT105/s],
    ["convolution of matrices", () => np.convolve(x, x), /CT107/],
    ["einsum with too many labels", () => np.einsum("ijk->i", x), /CT003/],
    ["einsum of sizes that differ", () => np.einsum("ij,ij->", x, np.ones([2, 3])), /label 'j'.*CT103/s],
    ["a gradient of one value", () => np.gradient([1]), /CT107/],
    ["an insertion of too many", () => np.insert([1, 2], [0, 1], [1, 2, 3]), /CT103/],
    ["a signature that is none", () => np.vectorize((a: Tensor) => a, { signature: "n->n" })(x), /signature.*CT003/s],
    [
      "core sizes that differ",
      () => np.vectorize((a: Tensor, b: Tensor) => np.dot(a, b), { signature: "(n),(n)->()" })([1, 2], [1, 2, 3]),
      /'n'.*CT103/s,
    ],
    ["a length under jit", () => jit((i: Tensor) => np.bincount(i))(i32(1)), /CT301/],
  ])("%s", (_, f, message) => {
    expect(f).toThrow(message);
  });
});

describe("functions over functions", () => {
  it("vectorize keeps excluded arguments as they are", () => {
    const f = np.vectorize((a: Tensor, scale: { k: number }) => a.mul(scale.k), { excluded: [1] });
    expect(f([1, 2], { k: 3 }).js()).toEqual([3, 6]);
  });

  it("vectorize broadcasts loop dimensions and returns several results", () => {
    const f = np.vectorize((a: Tensor, b: Tensor) => [a.add(b), a.mul(b)], { signature: "(),()->(),()" });
    const [sum, product] = f(np.ones([3, 1]), np.arange(2));
    expect([sum.shape, product.js()]).toEqual([[3, 2], [[0, 1], [0, 1], [0, 1]]]); // biome-ignore format: rows
  });

  it("fills and indexes by the first condition that holds", () => {
    expect(np.piecewise([-1, 0, 1], [[true, true, false], [true, false, false]], [5, 6, 7]).js()).toEqual([5, 5, 7]); // biome-ignore format: rows
    expect(np.ix([1, 2], [true, false, true]).map((v) => v.shape)).toEqual([[2, 1], [1, 2]]); // biome-ignore format: rows
  });
});

describe("products in the best order", () => {
  it("einsumPath contracts the cheap pair first", () => {
    const [path] = np.einsumPath("ij,jk,kl->il", np.ones([9, 2]), np.ones([2, 9]), np.ones([9, 2]));
    expect(path).toEqual([[1, 2], [0, 1]]); // biome-ignore format: rows
  });

  it("multiDot agrees with products from the left", () => {
    const [a, b, c, d] = [[2, 9], [9, 1], [1, 8], [8, 3]].map((s, i) => matrix(s, i)); // biome-ignore format: sizes
    close(np.linalg.multiDot([a, b, c, d]), np.matmul(np.matmul(np.matmul(a, b), c), d));
    expect(np.linalg.multiDot([np.ones([2]), np.ones([2, 3]), np.ones([3])]).item()).toBe(6);
  });
});
