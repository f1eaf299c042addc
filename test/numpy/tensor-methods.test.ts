import { describe, expect, expectTypeOf, it } from "vitest";
import { devices, grad, jit, numpy as np, type Tensor, vmap } from "../../src/index.js";

const x = np.array([
  [1, -2, 3],
  [4, 5, -6],
]);
const y = np.array([1, 2, 4]);
const js = (t: Tensor): unknown => t.js();

describe("arithmetic methods", () => {
  it.each<[string, Tensor, unknown]>([
    ["add", y.add(1), [2, 3, 5]],
    ["sub", y.sub([1, 1, 1]), [0, 1, 3]],
    ["mul", y.mul(y), [1, 4, 16]],
    ["div", y.div(2), [0.5, 1, 2]],
    ["floorDivide", y.floorDivide(3), [0, 0, 1]],
    ["mod", y.mod(3), [1, 2, 1]],
    ["pow", y.pow(2), [1, 4, 16]],
    ["neg", y.neg(), [-1, -2, -4]],
    ["abs", x.abs().slice(0), [1, 2, 3]],
    ["matmul", x.matmul(y), [9, -10]],
    ["dot", y.dot(y), 21],
    ["equal", y.equal(2), [false, true, false]],
    ["notEqual", y.notEqual(2), [true, false, true]],
    ["less", y.less(2), [true, false, false]],
    ["lessEqual", y.lessEqual(2), [true, true, false]],
    ["greater", y.greater(2), [false, false, true]],
    ["greaterEqual", y.greaterEqual(2), [false, true, true]],
    ["and", y.less(3).and(y.greater(1)), [false, true, false]],
    ["or", y.less(2).or(y.greater(2)), [true, false, true]],
    ["xor", y.less(3).xor(y.greater(1)), [true, false, true]],
    ["not", y.less(2).not(), [false, true, true]],
    ["leftShift", np.array([1, 2], { dtype: "int32" }).leftShift(2), [4, 8]],
    ["rightShift", np.array([4, -8], { dtype: "int32" }).rightShift(2), [1, -2]],
  ])("%s", (_, got, want) => expect(js(got)).toEqual(want));
});

describe("reductions", () => {
  it.each<[string, Tensor, unknown]>([
    ["sum", x.sum(), 5],
    ["sum over an axis", x.sum(0), [5, 3, -3]],
    ["sum, kept", x.sum(-1, { keepdims: true }), [[2], [3]]],
    ["prod", y.prod(), 8],
    ["mean", x.mean(1), [2 / 3, 1].map(Math.fround)],
    ["var", np.array([1, 3]).var(null, { ddof: 1 }), 2],
    ["std", np.array([1, 3]).std(), 1],
    ["max", x.max(0), [4, 5, 3]],
    ["min", x.min([0, 1]), -6],
    ["ptp", x.ptp(), 11],
    ["all", y.greater(0).all(), true],
    ["any", y.greater(3).any(), true],
    ["argmax", x.argmax(1), [2, 1]],
    ["argmin", x.argmin(), 5],
    ["cumsum", y.cumsum(), [1, 3, 7]],
    ["cumprod", y.cumprod(), [1, 2, 8]],
    [
      "sort",
      x.sort(),
      [
        [-2, 1, 3],
        [-6, 4, 5],
      ],
    ],
    ["argsort", x.slice(1).argsort(), [2, 0, 1]],
    ["searchsorted", y.searchsorted([2, 3]), [1, 2]],
  ])("%s", (_, got, want) => expect(js(got)).toEqual(want));
});

describe("shapes", () => {
  it.each<[string, Tensor, readonly number[]]>([
    ["reshape with sizes", x.reshape(3, 2), [3, 2]],
    ["reshape with a list", x.reshape([-1, 1]), [6, 1]],
    ["reshape to a scalar", np.ones([1]).reshape([]), []],
    ["transpose", x.transpose(), [3, 2]],
    ["transpose with axes", np.ones([2, 3, 4]).transpose(2, 0, 1), [4, 2, 3]],
    ["transpose with a list", np.ones([2, 3, 4]).transpose([1, 2, 0]), [3, 4, 2]],
    ["T", x.T, [3, 2]],
    ["mT", np.ones([5, 2, 3]).mT, [5, 3, 2]],
    ["ravel", x.ravel(), [6]],
    ["flatten", x.flatten(), [6]],
    ["squeeze", np.ones([1, 2, 1]).squeeze(), [2]],
    ["squeeze an axis", np.ones([1, 2, 1]).squeeze(0), [2, 1]],
    ["expandDims", y.expandDims(0), [1, 3]],
    ["swapaxes", np.ones([2, 3, 4]).swapaxes(0, 2), [4, 3, 2]],
    ["repeat", y.repeat(2), [6]],
    ["diagonal", x.diagonal(), [2]],
    ["take", x.take([2, 0], 1), [2, 2]],
    ["compress", x.compress([true, false, true], 1), [2, 2]],
  ])("%s", (_, got, want) => expect(got.shape).toEqual(want));

  it("refuse what is no shape", () => {
    expect(() => x.reshape("3" as never)).toThrow(/CT003/);
    expect(() => x.reshape(4, 2)).toThrow(/CT107/);
    expect(() => x.transpose(0, 0)).toThrow(/CT10[12]/);
  });
});

describe("other methods", () => {
  it("convert", () => {
    expect(y.astype("int8").dtype).toBe("int8");
    expect(y.view("int32").slice(0).item()).toBe(0x3f800000);
    expect(() => y.astype("float" as never)).toThrow(/CT012/);
  });
  it("round and clip", () => {
    expect(np.array([1.25, -0.5]).round().js()).toEqual([1, -0]);
    expect(np.array([1.26]).round({ decimals: 1 }).sub(1.3).abs().less(1e-6).all().item()).toBe(true);
    expect(x.clip(0, 4).ravel().js()).toEqual([1, 0, 3, 4, 4, 0]);
    expect(x.clip(null, 0).max().item()).toBe(0);
  });
  it("take complex numbers apart", () => {
    const z = np.array([{ re: 1, im: 2 }]);
    expect([z.real.js(), z.imag.js(), z.conj().imag.js()]).toEqual([[1], [2], [-2]]);
    expect(y.imag.js()).toEqual([0, 0, 0]);
  });
  it("tell sizes", () => {
    expect([x.itemsize, x.nbytes, np.ones([3], { dtype: "float16" }).nbytes]).toEqual([4, 24, 6]);
  });
  it("move to a device, to which the tensor is then committed", () => {
    const [device] = devices();
    expect(String(y.toDevice(device).device)).toBe(String(device));
    expect(y.nonzero()[0].js()).toEqual([0, 1, 2]);
    expect(y.copy().js()).toEqual(y.js());
  });
  it("have types", () => {
    expectTypeOf(x.sum(0, { keepdims: true })).toEqualTypeOf<Tensor>();
    expectTypeOf(x.T).toEqualTypeOf<Tensor>();
    expectTypeOf(x.slice([1, null], "...", null, Int32Array.of(0))).toEqualTypeOf<Tensor>();
    expectTypeOf(x.at(0).set(1)).toEqualTypeOf<Tensor>();
  });
  it("work on tracers of every transform", () => {
    const f = (t: Tensor) => t.mul(2).sub(1).pow(2).sum();
    expect(jit(f)(y).item()).toBe(1 + 9 + 49);
    expect(grad(f)(y).js()).toEqual([4, 12, 28]);
    expect(vmap(f)(np.stack([y, y])).js()).toEqual([59, 59]);
  });
});

describe("data-dependent control flow under grad", () => {
  it("reads concrete primals", () => {
    const f = (t: Tensor) => {
      let out = t;
      while (Number(out.item()) > 1) out = out.div(2);
      return out;
    };
    expect(grad(f)(6).item()).toBe(0.125);
    expect(() => jit(f)(6)).toThrow(/CT301/);
  });
});
