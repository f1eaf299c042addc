// Derivatives, batching and compilation of functions composed of many operations, and of decompositions.
import { describe, it } from "vitest";
import { checkGrads, checkJit, checkVmap } from "../../props/index.js";
import { numpy as np, type Tensor } from "../../src/index.js";

const f64 = (x: number[] | number[][] | number[][][]): Tensor => np.array(x, { dtype: "float64" });
const v = f64([0.3, -1.2, 2.5, 0.8]);
const w = f64([1.1, 0.4, -0.7, 1.9]);
const m = f64([
  [0.5, -1.5, 2],
  [1.25, 0.75, -0.5],
]);
const square = f64([
  [2, 0.5, -1, 0.3],
  [0.1, 1.5, 0.4, -0.6],
  [-0.7, 0.2, 3, 0.8],
  [0.6, -0.9, 0.25, 1.75],
]);
const three = f64([
  [2, 0.5, -1],
  [0.1, 1.5, 0.4],
  [-0.7, 0.2, 3],
]);
const many = f64([
  [
    [2, 1],
    [0.5, 3],
  ],
  [
    [1, -0.5],
    [0.25, 2],
  ],
]);
const symmetric = (x: Tensor): Tensor => np.matmul(x, np.matrixTranspose(x)).add(np.eye(x.shape[x.ndim - 1]));

type Case = readonly [string, (...xs: Tensor[]) => Tensor, ...Tensor[]];

const cases: readonly Case[] = [
  ["solve, a vector", np.linalg.solve, square, v],
  ["solve, many", np.linalg.solve, many, f64([[1, 2, 3], [0.5, -1, 2]])], // biome-ignore format: rows
  ["inv", np.linalg.inv, three],
  ["inv, many", np.linalg.inv, many],
  ["det, 4 × 4", np.linalg.det, square],
  ["det, many", np.linalg.det, many],
  ["slogdet", (x) => np.linalg.slogdet(x)[1], three],
  ["slogdet by qr", (x) => np.linalg.slogdet(x, { method: "qr" })[1], three],
  ["cholesky", (x) => np.linalg.cholesky(symmetric(x)), three],
  ["cholesky, upper", (x) => np.linalg.cholesky(symmetric(x), { upper: true }), many],
  ["qr", (x) => np.abs(np.linalg.qr(x)[0]), f64([[1, 2], [3, 1], [0.5, -2]])], // biome-ignore format: rows
  ["qr, complete", (x) => np.abs(np.linalg.qr(x, { mode: "complete" })[1]), f64([[1, 2], [3, 1], [0.5, -2]])], // biome-ignore format: rows
  ["qr, wide", (x) => np.abs(np.linalg.qr(x)[1]), m],
  ["svd, values", (x) => np.linalg.svdvals(x), m],
  ["svd, projection", (x) => np.square(np.linalg.svd(x, { fullMatrices: false })[0]), m],
  ["svd, hermitian", (x) => np.linalg.svd(symmetric(x), { hermitian: true })[1], three],
  ["eigh, vectors", (x) => np.square(np.linalg.eigh(symmetric(x))[1]), three],
  ["eigvalsh, many", (x) => np.linalg.eigvalsh(symmetric(x)), many],
  ["eigvals", (x) => np.real(np.sum(np.square(np.linalg.eigvals(x)))), three],
  ["pinv, tall", (x) => np.linalg.pinv(x), np.transpose(m)],
  ["pinv, wide", (x) => np.linalg.pinv(x), m],
  ["lstsq", (x, y) => np.linalg.lstsq(x, y)[0], np.transpose(m), f64([1, -0.5, 2])],
  ["matrixPower, inverse", (x) => np.linalg.matrixPower(x, -2), three],
  ["norm of order 3", (x) => np.linalg.norm(x, { ord: 3 }), v],
  ["matrix norm of order 1", (x) => np.linalg.matrixNorm(x, { ord: 1 }), m],
  ["matrix norm of order 2", (x) => np.linalg.norm(x, { ord: 2 }), m],
  ["cond", (x) => np.linalg.cond(x, { p: "fro" }), three],
  ["multiDot", (x, y) => np.linalg.multiDot([x, y, x]), m, np.transpose(m)],
  ["tensorsolve", (x, y) => np.linalg.tensorsolve(np.reshape(x, [2, 2, 2, 2]), y), square, f64([[1, 2], [3, 0.5]])], // biome-ignore format: rows

  ["fft", (x) => np.abs(np.fft.fft(x, { n: 6 })), v],
  ["ifft, ortho", (x) => np.real(np.fft.ifft(x, { norm: "ortho" })), v],
  ["rfft2", (x) => np.square(np.abs(np.fft.rfft2(x))), m],
  ["irfft", (x) => np.fft.irfft(np.fft.rfft(x), { n: 5 }), v],
  ["hfft", (x) => np.fft.hfft(x), v],
  ["fftn over four axes", (x) => np.square(np.abs(np.fft.fftn(np.reshape(x, [2, 2, 2, 2])))), square],
  ["fftshift", (x) => np.fft.fftshift(x).mul(x), v],

  ["diff with edges", (x, y) => np.diff(x, { prepend: y, append: 0.5 }), v, f64([1])],
  ["gradient over places", (x) => np.gradient(x, f64([0, 1, 1.5, 3])) as Tensor, v],
  ["trapezoid over places", (y, x) => np.trapezoid(y, x), v, f64([0, 1, 1.5, 3])],
  ["unwrap", (x) => np.unwrap(x), f64([0, 3, 6.5, 9.5, 0.5])],
  ["convolve, same", (x, y) => np.convolve(x, y, { mode: "same" }), v, f64([1, -2, 0.5])],
  ["correlate, full", (x, y) => np.correlate(x, y, { mode: "full" }), v, f64([1, -2, 0.5])],
  ["cov", (x) => np.cov(x), m],
  ["cov with weights", (x, a) => np.cov(x, null, { aweights: a }), m, f64([0.5, 2, 1])],
  ["corrcoef", (x) => np.corrcoef(x), f64([[0.5, -1.5, 2], [1.25, 0.75, -0.5]])], // biome-ignore format: rows
  ["histogram's weights", (x) => np.histogram(np.array([0.1, 0.4, 0.9, 0.2]), { bins: 2, weights: x })[0], v],
  ["bincount's weights", (x) => np.bincount(np.array([0, 2, 2, 1], { dtype: "int32" }), { weights: x, length: 3 }), v],
  ["polyval", (c, x) => np.polyval(c, x), v, w],
  ["polydiv", (x, y) => np.polydiv(x, y)[0], v, f64([2, -1])],
  ["polyfit", (y) => np.polyfit(f64([0, 1, 2, 4]), y, 2) as Tensor, v],
  ["interp's points", (y) => np.interp(f64([0.5, 1.5, 9]), f64([0, 1, 2, 3]), y), v],
  [
    "interp, periodic",
    (x) => np.interp(x, f64([0, 1, 2, 3]), f64([0, 2, 1, 5]), { period: 4 }),
    f64([0.5, 5.25, -1.5]),
  ],
  [
    "interp, extrapolated",
    (x) => np.interp(x, f64([0, 1]), f64([0, 2]), { left: "extrapolate", right: 7 }),
    f64([-1.5, 0.3, 4]),
  ],

  ...(["constant", "edge", "linear_ramp", "mean", "reflect", "symmetric", "wrap"] as const).map(
    (mode): Case => [`pad, ${mode}`, (x) => np.pad(x, [[1, 2], [0, 3]], { mode }), m], // biome-ignore format: pairs
  ),
  ["pad, odd reflection", (x) => np.pad(x, 3, { mode: "reflect", reflectType: "odd" }), v],
  ["insert", (x, y) => np.insert(x, [1, 3], y), v, f64([5, 6])],
  ["delete", (x) => np.delete(x, [0, 2]), v],
  ["sort, descending", (x) => np.sort(x, 0, { descending: true }).mul(w), v],
  ["partition", (x) => np.partition(x, 1).mul(w), v],
  ["unique, of known size", (x) => np.unique(x, { size: 4 }).mul(w), v],
  [
    "repeat by counts",
    (x) => np.repeat(x, np.array([1, 0, 2, 1], { dtype: "int32" }), null, { totalRepeatLength: 5 }),
    v,
  ],
  ["roll over two axes", (x) => np.roll(x, [1, -1], [0, 1]).mul(x), m],
  ["einsum of three", (x, y, z) => np.einsum("ij,jk,k->i", x, y, z), m, three, f64([0.5, 1, -1])],
  ["einsum, diagonal", (x) => np.einsum("ii->", x), three],
  ["tensordot", (x, y) => np.tensordot(x, y, 1), m, three],
  ["kron", np.kron, m, v],
  ["cross in the plane", (x, y) => np.cross(x, y), f64([1, 2]), f64([0.5, -1])],
  ["cross in space", (x, y) => np.cross(x, y), f64([1, 2, 3]), f64([0.5, -1, 2])],
  [
    "vectorize",
    (x, y) => np.vectorize((a: Tensor, b: Tensor) => np.dot(a, b), { signature: "(n),(n)->()" })(x, y),
    m,
    f64([1, 2, 3]),
  ],
  ["applyAlongAxis", (x) => np.applyAlongAxis((r) => np.cumsum(r), 0, x), m],
  ["piecewise", (x) => np.piecewise(x, [x.less(0), x.greater(1)], [(t) => t.mul(t), 2, (t) => t.neg()]), v],
];

describe("derivatives", () => {
  for (const [name, f, ...args] of cases) it(name, () => checkGrads(f, args, { order: 1 }));
});

describe("vmap", () => {
  for (const [name, f, ...args] of cases) it(name, () => checkVmap(f, args));
});

describe("jit", () => {
  for (const [name, f, ...args] of cases) it(name, () => checkJit(f, args));
});
