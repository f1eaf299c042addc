import { describe, it } from "vitest";
import { checkGrads, checkJit, checkVmap } from "../../props/index.js";
import { numpy as np, type Tensor } from "../../src/index.js";

const v = np.array([0.3, -1.2, 2.5, 0.8]);
const w = np.array([1.1, 0.4, -0.7, 1.9]);
const m = np.array([
  [0.5, -1.5, 2],
  [1.25, 0.75, -0.5],
]);
const mask = np.array([
  [true, false, true],
  [true, true, true],
]);
const places = np.array([2, 0, 2], { dtype: "int32" });
const rows = np.array([[1, 0, 1]], { dtype: "int32" });

type Case = readonly [string, (...xs: Tensor[]) => Tensor, ...Tensor[]];

/** Functions with formulas, masks or branches of their own; what only binds a primitive is checked with it. */
const cases: readonly Case[] = [
  ["absolute", np.absolute, v],
  ["square", np.square, v],
  ["reciprocal", np.reciprocal, w],
  ["trueDivide, broadcast", np.trueDivide, m, np.array([[2], [3]])],
  ["multiply, ranks promoted", np.multiply, m, np.array([1, -2, 0.5])],
  ["remainder", np.remainder, v, np.array([0.7, 0.7, -0.9, 0.6])],
  ["fmod", np.fmod, v, np.array([0.7, 0.7, -0.9, 0.6])],
  ["divmod", (x, y) => np.divmod(x, y)[1], v, np.array([0.7, 0.7, -0.9, 0.6])],
  ["modf", (x) => np.modf(x)[0], v],
  ["maximum", np.maximum, v, w],
  ["fmax", np.fmax, v, w],
  ["fmin", np.fmin, v, w],
  ["heaviside", np.heaviside, v, w],
  ["copysign", np.copysign, v, w],
  ["log2", np.log2, np.abs(v)],
  ["log10", np.log10, np.abs(v)],
  ["logaddexp", np.logaddexp, v, w],
  ["logaddexp2", np.logaddexp2, v, w],
  ["power", np.power, np.abs(v), w],
  ["power by 3", (x) => np.power(x, 3), v],
  ["floatPower", np.floatPower, np.abs(v), w],
  ["hypot", np.hypot, v, w],
  ["sinc", np.sinc, v],
  ["sinc at 0", np.sinc, np.array([0, 0.5])],
  ["i0", np.i0, v],
  ["deg2rad", np.deg2rad, v],
  ["angle of complex parts", (x, y) => np.angle(x.add(y.mul({ re: 0, im: 1 }))), v, w],
  ["frexp", (x) => np.frexp(x)[0], v],
  ["ldexp", (x) => np.ldexp(x, 3), v],
  ["nanToNum", (x) => np.nanToNum(x), v],
  ["where", (x, y) => np.where(x.greater(0.5), x, y), v, w],
  ["where with a safe branch", (x) => np.where(x.greater(0), np.sqrt(np.where(x.greater(0), x, 1)), 0), v],
  ["clip", (x) => np.clip(x, -1, 1), v],
  ["clip by tensors", (x, y) => np.clip(x, y, 2), v, w],
  ["select", (x, y) => np.select([x.greater(1), x.less(0)], [x.mul(2), y], 3), v, w],
  ["choose", (x, y) => np.choose(np.array([0, 1, 1, 0], { dtype: "int32" }), [x, y]), v, w],

  ["sum with a mask", (x) => np.sum(x, 1, { where: mask, initial: 2 }), m],
  ["prod", (x) => np.prod(x, 0), m],
  ["prod with a zero", (x) => np.prod(x), np.array([2, 0, 3])],
  ["max", (x) => np.max(x, 1, { keepdims: true }), m],
  ["min with a mask", (x) => np.min(x, 1, { where: mask, initial: 9 }), m],
  ["mean", (x) => np.mean(x, 0), m],
  ["mean with a mask", (x) => np.mean(x, 1, { where: mask }), m],
  ["var", (x) => np.var(x, 1, { ddof: 1 }), m],
  ["std with a mask", (x) => np.std(x, null, { where: mask }), m],
  ["average", (x, y) => np.average(x, 0, { weights: y }), m, np.array([0.3, 0.9])],
  ["ptp", (x) => np.ptp(x, 1), m],
  ["nansum", (x) => np.nansum(x, 0), m],
  ["nanmean", (x) => np.nanmean(x, 0), m],
  ["nanvar", (x) => np.nanvar(x, 1), m],
  ["nanmax", (x) => np.nanmax(x, 1), m],
  ["median", (x) => np.median(x, 1), m],
  ["quantile", (x) => np.quantile(x, 0.3), v],
  ["quantile by shares", (x, q) => np.quantile(x, q, 1), m, np.array([0.3, 0.6])],
  ["nanquantile", (x) => np.nanquantile(x, 0.3, 0), m],
  ["cumsum", (x) => np.cumsum(x, 1), m],
  ["cumprod", (x) => np.cumprod(x), v],
  ["cumulativeSum", (x) => np.cumulativeSum(x, { axis: 0, includeInitial: true }), m],

  ["take", (x) => np.take(x, places, 1), m],
  ["take in order", (x) => np.take(x, places), m],
  ["takeAlongAxis", (x) => np.takeAlongAxis(x, rows, 0), m],
  ["putAlongAxis", (x, y) => np.putAlongAxis(x, rows, y, 0), m, np.array([[3, 4, 5]])],
  ["put", (x, y) => np.put(x, np.array([1, 3], { dtype: "int32" }), y), m, np.array([7, 8])],
  ["compress", (x) => np.compress([true, false, true], x, 1), m],
  ["place", (x) => np.place(x, mask, [1, 2]), m],
  ["linspace", (x, y) => np.linspace(x, y, 5), v, w],
  ["logspace", (x, y) => np.logspace(x, y, 4), v, w],
  ["geomspace", (x, y) => np.geomspace(x, y, 4), np.abs(v), np.abs(w)],
  ["meshgrid", (x, y) => np.meshgrid([x, y])[0].mul(np.meshgrid([x, y])[1]), v, w],
  ["diag", (x) => np.diag(x, 1), v],
  ["diagonal", (x) => np.diagonal(x, { offset: 1 }), m],
  ["trace", (x) => np.trace(x), m],
  ["tril", (x) => np.tril(x), m],
  ["triu", (x) => np.triu(x, 1), m],
  ["fillDiagonal", (x, y) => np.fillDiagonal(x, y), m, np.array([9, 8])],
  ["vander", (x) => np.vander(x, 3), v],
  ["at.mul", (x, y) => x.at([1, 3]).mul(y), v, np.array([2, 3])],
  ["at.apply", (x) => x.at([1, 3]).apply(np.sin), v],
];

describe("derivatives", () => {
  for (const [name, f, ...args] of cases) it(name, () => checkGrads(f, args));
});

describe("vmap", () => {
  for (const [name, f, ...args] of cases) it(name, () => checkVmap(f, args));
});

describe("jit", () => {
  for (const [name, f, ...args] of cases) it(name, () => checkJit(f, args));
});
