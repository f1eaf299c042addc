import { describe, expect, it } from "vitest";
import { grad } from "../../src/api/grad.js";
import { jvp } from "../../src/api/jvp.js";
import { makeJaxpr } from "../../src/api/make-jaxpr.js";
import { ShapeDtypeStruct } from "../../src/api/shape-dtype-struct.js";
import { vmap } from "../../src/api/vmap.js";
import { reduce } from "../../src/control/reduce.js";
import { reduceWindow, selectAndScatter } from "../../src/control/reduce-window.js";
import type { Tensor } from "../../src/core/tensor.js";
import { add, ge, logaddexp, max, mul, reduceSum, sin, undilated } from "../../src/primitives/index.js";
import { elements, scalar, tensor } from "../primitives/elementwise-support.js";

const f32 = (...shape: number[]): ShapeDtypeStruct => new ShapeDtypeStruct(shape, "float32");
const x = tensor([1, -2, 3, 0.5, 4, -1], "float32", [2, 3]);
const y = tensor([2, 1, 0, 1, 1, 3], "float32", [2, 3]);

type Pair = { sum: Tensor; product: Tensor };
const both = (a: Pair, b: Pair): Pair => ({ sum: add(a.sum, b.sum), product: mul(a.product, b.product) });
const sumAndProduct = (sum: Tensor, product: Tensor): Pair =>
  reduce({ sum, product }, { sum: 0, product: 1 }, both, [-1]);

describe("reduce", () => {
  it("combines a tree of operands", () => {
    const { sum, product } = sumAndProduct(x, y);
    expect(elements(sum)).toEqual([2, 3.5]);
    expect(elements(product)).toEqual([0, 3]);
  });

  it("has a jvp, also where a factor is zero", () => {
    const [, tangents] = jvp(sumAndProduct, [x, y], [y, x]);
    expect(elements(tangents.sum)).toEqual([3, 5]);
    expect(elements(tangents.product)).toEqual([6, 12.5]);
  });

  it("has a gradient", () => {
    const h = (v: Tensor): Tensor => reduce(v, Number.NEGATIVE_INFINITY, logaddexp, [0, 1]);
    expect(h(x).shape).toEqual([]);
    expect(Number(elements(h(x))[0])).toBeCloseTo(4.376435, 5);
    const wanted = [0.03416906, 0.00170118, 0.25247708, 0.02072458, 0.68630385, 0.00462428];
    elements(grad(h)(x)).forEach((g, i) => {
      expect(Number(g)).toBeCloseTo(wanted[i], 6);
    });
  });

  it("maps over a batch of one operand", () => {
    const batch = tensor([...elements(x), ...elements(x).map((v) => Number(v) + 1)], "float32", [2, 2, 3]);
    const { sum, product } = vmap(sumAndProduct, { inAxes: [0, null] })(batch, y);
    expect(elements(sum)).toEqual([2, 3.5, 5, 6.5]);
    expect(elements(product)).toEqual([0, 3, 0, 3]);
  });

  it("maps over a batch of initial values", () => {
    const scaled = (a: Tensor, b: Tensor): Tensor => mul(mul(a, b), 1);
    const from = (init: Tensor): Tensor => reduce(x, init, scaled, [1]);
    expect(elements(vmap(from)(tensor([1, 2])))).toEqual([-6, -2, -12, -4]);
    expect(vmap(from)(tensor([], "float32", [0])).shape).toEqual([0, 2]);
  });

  it("gives the initial values where there is nothing to combine", () => {
    const affine = (a: Tensor, b: Tensor): Tensor => add(mul(a, b), 1);
    const f = (v: Tensor): Tensor => reduce(v, 7, affine, [0]);
    const [out, tangent] = jvp(f, [tensor([], "float32", [0, 2])], [tensor([], "float32", [0, 2])]);
    expect(elements(out as Tensor)).toEqual([7, 7]);
    expect(elements(tangent as Tensor)).toEqual([0, 0]);
  });

  it("becomes a plain reduction where it is one, and is traced once", () => {
    const sum = makeJaxpr((v: Tensor) => reduce(v, 0, add, [0]))(f32(2, 3));
    expect(`${sum}`).toMatchInlineSnapshot(`
      "{ lambda ; a:f32[2,3]. let
          b:f32[3] = reduce_sum[axes=(0,) out_sharding=None] a
        in (b,) }"
    `);
    const other = makeJaxpr((v: Tensor) => reduce(v, 1, add, [0]))(f32(2, 3));
    expect(`${other}`).toContain("= reduce[");
    const twice = makeJaxpr((v: Tensor) => [sumAndProduct(v, v), sumAndProduct(v, v)])(f32(2, 3));
    const [first, second] = twice.jaxpr.eqns.map((e) => e.params.jaxpr);
    expect(first).toBe(second);
  });

  it("prints as in JAX", () => {
    const jaxpr = makeJaxpr((a: Tensor, b: Tensor) =>
      reduce([a, b], [0, 1], ([p, q], [r, s]) => [add(p, r), mul(q, s)], [1]),
    )(f32(2, 3), f32(2, 3));
    expect(`${jaxpr}`).toMatchInlineSnapshot(`
      "{ lambda ; a:f32[2,3] b:f32[2,3]. let
          c:f32[2] d:f32[2] = reduce[
            dimensions=(1,)
            jaxpr={ lambda ; e:f32[] f:f32[] g:f32[] h:f32[]. let
                i:f32[] = add e g
                j:f32[] = mul f h
              in (i, j) }
          ] a b 0.0:f32[] 1.0:f32[]
        in (c, d) }"
    `);
  });

  it("says what is wrong", () => {
    const f = (a: Tensor, b: Tensor): Tensor => add(a, b);
    expect(() =>
      reduce([x, tensor([1, 2])], [0, 0], ([a, b], [c, d]) => [f(a, c), f(b, d)], [0]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reduce: operand 0 has shape [2,3], but operand 1 has shape [2]. Reduced together, they must be equal.  [CT103]]`,
    );
    expect(() => reduce(x, 0, f, [2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: lax.reduce: axis 2 is out of range for an array of rank 2. Use an integer from -2 to 1; negative axes count from the end.  [CT100]]`,
    );
    expect(() => reduce([x] as Tensor[], [0, 1], ([a], [b]) => [f(a, b)], [0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lax.reduce: operands are [*], but initValues [*, *]. Give one initial value for each operand, in the same structure.  [CT411]]`,
    );
    expect(() => reduce(x, 0, () => scalar(1, "bool"), [0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lax.reduce: computation must return * of types f32[], but it returned * of types bool[].  [CT411]]`,
    );
    expect(() =>
      grad((v: Tensor) =>
        reduceSum(
          reduce(x, 0, (a, b) => add(mul(a, v), b), [0]),
          [0],
        ),
      )(scalar(2)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TransformError: lax.reduce: computation closes over a tensor that is being traced, but inside the operation only the elements are known. Make the tensor an operand that is reduced along, or use a number.  [CT410]]`,
    );
    expect(() =>
      grad((v: Tensor) =>
        reduceSum(
          reduce(x, v, (a, b) => sin(add(a, b)), [0]),
          [0],
        ),
      )(scalar(2)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TransformError: reduce: the initial values depend on what is differentiated, but they are the identity of the computation, not operands. Combine such values with the result instead, or stop their gradient.  [CT326]]`,
    );
  });
});

describe("reduceWindow", () => {
  const pairs = undilated({
    windowDimensions: [1, 2],
    windowStrides: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
  });
  const products = (v: Tensor): Tensor => reduceWindow(v, 1, mul, pairs);

  it("combines windows by any computation", () => {
    expect(elements(products(x))).toEqual([-2, -6, 2, -4]);
  });
  it("has a jvp", () => {
    const [out, tangent] = jvp(products, [x], [y]);
    expect(elements(out as Tensor)).toEqual([-2, -6, 2, -4]);
    expect(elements(tangent as Tensor)).toEqual([-3, 3, 4.5, 11]);
  });
  it("maps over a batch", () => {
    const batch = tensor([1, -2, 3, 2, -1, 4, 0.5, 4, -1, 1.5, 5, 0], "float32", [2, 2, 3]);
    expect(elements(vmap(products, { inAxes: 1 })(batch))).toEqual([-2, -6, 2, -4, -2, -4, 7.5, 0]);
  });
  it("becomes a plain operation where it is one", () => {
    const jaxpr = makeJaxpr((v: Tensor) => [
      reduceWindow(v, 0, add, pairs),
      reduceWindow(v, Number.NEGATIVE_INFINITY, max, pairs),
      products(v),
    ])(f32(2, 3));
    expect(jaxpr.jaxpr.eqns.map((e) => e.primitive.name)).toEqual([
      "reduce_window_sum",
      "reduce_window_max",
      "reduce_window",
    ]);
  });
  it("has no gradient for a computation of one's own", () => {
    expect(() => grad((v: Tensor) => reduceSum(products(v), [0, 1]))(x)).toThrowErrorMatchingInlineSnapshot(
      `[TransformError: reduce_window is not linear in its operands, so it cannot be transposed. linearTranspose takes functions that are linear in every argument; grad and vjp take any differentiable one.  [CT326]]`,
    );
  });
});

describe("selectAndScatter", () => {
  const window = { windowDimensions: [2], windowStrides: [2], padding: [[0, 0]] as const };
  const f = (operand: Tensor, source: Tensor): Tensor => selectAndScatter(operand, ge, window, source, 1, mul);

  it("combines the source where windows select", () => {
    const operand = tensor([1, 5, 2, 2, 7, 0]);
    const source = tensor([10, 20, 30]);
    expect(elements(f(operand, source))).toEqual([1, 10, 20, 1, 30, 1]);
    expect(elements(vmap(f, { inAxes: [null, 0] })(operand, tensor([10, 20, 30, 1, 2, 3], "float32", [2, 3])))).toEqual(
      [1, 10, 20, 1, 30, 1, 1, 1, 2, 1, 3, 1],
    );
  });
  it("says that it has no derivative", () => {
    expect(() =>
      grad((v: Tensor) => reduceSum(f(v, tensor([1])), [0]))(tensor([1, 2])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TransformError: select_and_scatter: there is no derivative for a computation of one's own. The gradients of reduceWindow with max or min select and add, and are differentiable.  [CT326]]`,
    );
  });
});
