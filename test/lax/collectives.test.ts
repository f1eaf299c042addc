/** Operations across named axes, against what JAX gives. */
import { describe, expect, it } from "vitest";
import { grad, jit, jvp, vmap } from "../../src/api/index.js";
import { type ArrayLike, asTensor } from "../../src/core/array-like.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as lax from "../../src/lax/index.js";

const array = (x: ArrayLike): Tensor => asTensor(x, "test");
const x = array([0, 1, 2]);
const named = { axisName: "i" };
const over = (f: (x: Tensor) => Tensor, xs: Tensor = x) => vmap(f, named)(xs).js();
const grid = (...shape: number[]): Tensor =>
  lax.reshape(
    lax.iota(
      "float32",
      shape.reduce((a, b) => a * b),
    ),
    shape,
  );

describe("sums, means and extremes", () => {
  it("are the same for each element", () => {
    expect(over((x) => lax.psum(x, "i"))).toEqual([3, 3, 3]);
    expect(over((x) => lax.pmean(x, "i"))).toEqual([1, 1, 1]);
    expect(over((x) => lax.pmax(x, "i"))).toEqual([2, 2, 2]);
    expect(over((x) => lax.pmin(x, "i"))).toEqual([0, 0, 0]);
  });

  it("need no axis in the result", () => {
    expect(vmap((x: Tensor) => lax.psum(x, "i"), { ...named, outAxes: null })(x).item()).toBe(3);
  });

  it("count what is not mapped once for each element", () => {
    expect(over((x) => lax.add(x, lax.psum(array(2), "i")))).toEqual([6, 7, 8]);
    expect(over((x) => lax.mul(x, lax.axisSize("i")))).toEqual([0, 3, 6]);
  });

  it("count booleans and average integers in floats", () => {
    const flags = vmap((x: Tensor) => lax.psum(x, "i"), named)(array([true, true, false]));
    expect([flags.dtype, flags.js()]).toEqual(["int32", [2, 2, 2]]);
    const means = vmap((x: Tensor) => lax.pmean(x, "i"), named)(array(Int32Array.of(0, 1, 2)));
    expect([means.dtype, means.js()]).toEqual(["float32", [1, 1, 1]]);
  });

  it("go through trees", () => {
    const f = (t: { a: Tensor; b: Tensor }) => lax.psum(t, "i");
    const { a, b } = vmap(f, named)({ a: x, b: grid(3, 2) });
    expect([a.js(), b.js()]).toEqual([
      [3, 3, 3],
      [
        [6, 9],
        [6, 9],
        [6, 9],
      ],
    ]);
  });
});

describe("several axes", () => {
  const both = (f: (x: Tensor) => Tensor) => vmap(vmap(f, { axisName: "j" }), { axisName: "i" })(grid(3, 2)).js();

  it("are summed one by one or together", () => {
    expect(both((x) => lax.psum(x, "i"))).toEqual(Array(3).fill([6, 9]));
    expect(both((x) => lax.psum(x, "j"))).toEqual([
      [1, 1],
      [5, 5],
      [9, 9],
    ]);
    expect(both((x) => lax.psum(x, ["i", "j"]))).toEqual(Array(3).fill([15, 15]));
  });

  it("have places", () => {
    expect(both(() => lax.axisIndex("i"))).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(both(() => lax.axisIndex(["i", "j"]))).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  it("hide outer axes of the same name", () => {
    const f = vmap(
      vmap((x: Tensor) => lax.psum(x, "i"), named),
      named,
    );
    expect(f(grid(2, 2)).js()).toEqual([
      [1, 1],
      [5, 5],
    ]);
  });
});

describe("moving values", () => {
  it("gathers", () => {
    expect(over((x) => lax.allGather(x, "i"))).toEqual(Array(3).fill([0, 1, 2]));
    const wide = lax.broadcastInDim(x, [3, 2], [0]);
    expect(over((x) => lax.allGather(x, "i", { axis: 1 }), wide)).toEqual(Array(3).fill(Array(2).fill([0, 1, 2])));
    expect(over((x) => lax.allGather(x, "i", { tiled: true }), wide)).toEqual(Array(3).fill([0, 0, 1, 1, 2, 2]));
  });

  it("permutes", () => {
    const y = lax.add(x, 1);
    const ring = [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const;
    expect(over((x) => lax.ppermute(x, "i", ring), y)).toEqual([3, 1, 2]);
    expect(over((x) => lax.ppermute(x, "i", [[0, 2]]), y)).toEqual([0, 0, 1]);
    expect(over((x) => lax.pshuffle(x, "i", [1, 2, 0]), y)).toEqual([2, 3, 1]);
    expect(over((x) => lax.pbroadcast(x, "i", 1), y)).toEqual([2, 2, 2]);
  });

  it("exchanges axes", () => {
    const a = lax.broadcastInDim(grid(3, 3), [3, 3, 2], [0, 1]);
    expect(over((x) => lax.allToAll(x, "i", 0, 1), a)).toEqual([0, 1, 2].map((i) => Array(2).fill([i, i + 3, i + 6])));
    expect(over((x) => lax.allToAll(x, "i", 0, 1, { tiled: true }), grid(3, 3, 2))).toEqual(
      [0, 2, 4].map((i) => [[i, i + 1, i + 6, i + 7, i + 12, i + 13]]),
    );
    expect(over((x) => lax.pswapaxes(x, "i", 1), grid(3, 2, 3))).toEqual(
      [0, 1, 2].map((i) => [
        [i, i + 6, i + 12],
        [i + 3, i + 9, i + 15],
      ]),
    );
  });

  it("scatters sums", () => {
    expect(over((x) => lax.psumScatter(x, "i"), grid(3, 3))).toEqual([9, 12, 15]);
    expect(over((x) => lax.psumScatter(x, "i", { tiled: true }), grid(3, 6))).toEqual([
      [18, 21],
      [24, 27],
      [30, 33],
    ]);
  });
});

describe("derivatives", () => {
  it("inside the map see every element's cotangent", () => {
    expect(over(grad((x: Tensor) => lax.psum(x, "i")))).toEqual([3, 3, 3]);
    expect(over(grad((x: Tensor) => lax.psum(lax.mul(x, x), "i")))).toEqual([0, 6, 12]);
    expect(over(grad((x: Tensor) => lax.pmean(lax.mul(x, x), "i")))).toEqual([0, 2, 4]);
    const ring = [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const;
    const weighted = (x: Tensor) =>
      lax.mul(lax.ppermute(x, "i", ring), lax.convertElementType(lax.add(lax.axisIndex("i"), 1), "float32"));
    expect(over(grad(weighted))).toEqual([2, 3, 1]);
  });

  it("go through the map from outside", () => {
    const total = (f: (x: Tensor) => Tensor) => (x: Tensor) => lax.reduceSum(vmap(f, named)(x), [0]);
    expect(grad(total((x) => lax.psum(lax.mul(x, x), "i")))(x).js()).toEqual([0, 6, 12]);
    expect(grad(total((x) => lax.pmax(x, "i")))(x).js()).toEqual([0, 0, 3]);
    const gathered = (x: Tensor) => lax.reduceSum(lax.mul(lax.allGather(x, "i"), array([1, 2, 3])), [0]);
    expect(grad(total(gathered))(x).js()).toEqual([3, 6, 9]);
  });

  it("share that of an extreme among those that tie", () => {
    const [, t] = jvp(
      (x: Tensor) => vmap((x: Tensor) => lax.pmax(x, "i"), named)(x),
      [array([1, 4, 4])],
      [array([1, 2, 6])],
    );
    expect(t.js()).toEqual([4, 4, 4]);
  });
});

describe("under jit", () => {
  it("inside and outside the map", () => {
    const f = (x: Tensor) => lax.div(x, lax.psum(x, "i"));
    expect(vmap(jit(f), named)(array([1, 3])).js()).toEqual([0.25, 0.75]);
    expect(jit(vmap(f, named))(array([1, 3])).js()).toEqual([0.25, 0.75]);
  });

  it("tells axes of different sizes apart", () => {
    const f = jit((x: Tensor) => lax.pmean(x, "i"));
    expect(vmap(f, named)(array([1, 3])).js()).toEqual([2, 2]);
    expect(vmap(f, named)(array([1, 3, 8])).js()).toEqual([4, 4, 4]);
  });

  it("inside loops", () => {
    const f = (x: Tensor) => lax.foriLoop(0, 2, (_: Tensor, c: Tensor) => lax.psum(c, "i"), x);
    expect(over(f)).toEqual([9, 9, 9]);
  });
});

describe("errors", () => {
  const thrown = (f: () => unknown): unknown => {
    try {
      f();
    } catch (error) {
      return error;
    }
    throw new Error("nothing was thrown");
  };

  it.each([
    ["psum", () => lax.psum(x, "k")],
    ["axisIndex", () => lax.axisIndex("k")],
    ["allGather", () => lax.allGather(x, "k")],
    ["psumScatter", () => lax.psumScatter(x, "k")],
  ])("lax.%s names the axes in scope", (name, call) => {
    expect(thrown(call)).toMatchObject({
      name: "TransformError",
      code: "CT325",
      message: `lax.${name}: there is no axis named 'k' here. Name one with vmap's axisName.  [CT325]`,
    });
    const inside = thrown(() => vmap((_: Tensor) => call(), { ...named, axisSize: 2, inAxes: null })(x));
    expect(inside).toMatchObject({
      message: `lax.${name}: there is no axis named 'k' here. In scope: 'i'.  [CT325]`,
    });
  });

  it("say what a permutation must be", () => {
    expect(thrown(() => over((x) => lax.pshuffle(x, "i", [0, 0, 1])))).toMatchObject({ code: "CT102" });
    const twice = () => over((x) => lax.ppermute(x, "i", [[0, 1], [2, 1]])); // biome-ignore format: one line
    expect(thrown(twice)).toMatchObject({ code: "CT102" });
  });

  it("say what an axis to be split must be", () => {
    expect(thrown(() => over((x) => lax.allToAll(x, "i", 0, 0), grid(3, 2)))).toMatchObject({
      code: "CT103",
      message: "lax.allToAll: axis 0 has size 2, but must have the size 3 of 'i' to be split over it.  [CT103]",
    });
  });
});
