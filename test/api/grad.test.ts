import { describe, expect, it } from "vitest";
import {
  grad,
  hessian,
  jacfwd,
  jacrev,
  jit,
  jvp,
  linearize,
  linearTranspose,
  valueAndGrad,
  vjp,
  vmap,
} from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { add, div, mul } from "../../src/primitives/arithmetic.js";
import { convert } from "../../src/primitives/convert.js";
import { exp } from "../../src/primitives/exponential.js";
import { reduceSum } from "../../src/primitives/reductions.js";
import { cos, sin } from "../../src/primitives/trigonometric.js";
import { convertReal, t, thrownBy } from "./support.js";

const sum = (x: Tensor): Tensor => reduceSum(x, [...x.shape.keys()]);
const cube = (x: Tensor): Tensor => mul(x, mul(x, x));

describe("grad", () => {
  it("differentiates as often as asked", () => {
    expect(grad(cube)(2).item()).toBe(12);
    expect(grad(grad(cube))(2).item()).toBe(12);
    expect(grad(grad(grad(cube)))(2).item()).toBe(6);
    expect(grad(grad(grad(grad(cube))))(2).item()).toBe(0);
  });

  it("composes with jit and vmap in any order", () => {
    const x = t([0.5, 1, 2]);
    const want = [0.5, 1, 2].map((v) => 2 * Math.sin(v) * Math.cos(v));
    const f = (v: Tensor): Tensor => mul(sin(v), sin(v));
    const all = [
      vmap(grad(f)),
      jit(vmap(grad(f))),
      vmap(jit(grad(f))),
      vmap(grad(jit(f))),
      jit(vmap(jit(grad(jit(f))))),
    ];
    for (const g of all) (g(x).js() as number[]).forEach((v, i) => expect(v).toBeCloseTo(want[i], 6));
    expect(grad((v: Tensor) => sum(vmap(f)(v)))(x).js()).toEqual(vmap(grad(f))(x).js());
  });

  it("follows the structure of the arguments and argnums", () => {
    const f = (p: { w: Tensor; b: [Tensor, null] }, s: Tensor): Tensor => sum(mul(mul(p.w, p.b[0]), s));
    const p = { w: t([1, 2]), b: [t([3, 4]), null] as [Tensor, null] };
    const g = grad(f)(p, 2);
    expect([g.w.js(), g.b[0].js(), g.b[1]]).toEqual([[6, 8], [2, 4], null]);
    expect(grad(f, { argnums: 1 })(p, 2).item()).toBe(11);
    const [gp, gs] = grad(f, { argnums: [0, 1] })(p, 2);
    expect([gp.w.js(), gs.item()]).toEqual([[6, 8], 11]);
  });

  it("passes aux through, tensors and other values", () => {
    const [[value, aux], g] = valueAndGrad((x: Tensor) => [mul(x, x), { x, note: "seen" }] as const, { hasAux: true })(
      3,
    );
    expect([value.item(), aux.x.item(), aux.note, g.item()]).toEqual([9, 3, "seen", 6]);
    const [g2, aux2] = grad((x: Tensor) => [mul(x, x), x] as const, { hasAux: true })(3);
    expect([g2.item(), aux2.item()]).toEqual([6, 3]);
  });

  it("lets plain JavaScript decide on values", () => {
    const halve = (x: Tensor): Tensor => {
      let y = x;
      while ((y.item() as number) > 1) y = div(y, 2);
      return y;
    };
    expect(grad(halve)(5).item()).toBe(0.125);
  });

  it("differentiates with respect to captured tensors of outer transforms", () => {
    expect(grad((x: Tensor) => grad((y: Tensor) => mul(mul(x, x), y))(3))(2).item()).toBe(4);
    expect(grad((x: Tensor) => jit((y: Tensor) => mul(x, y))(x))(3).item()).toBe(6);
  });

  it("takes integers with allowInt and gives float0", () => {
    const [gi, gx] = grad((i: Tensor, x: Tensor) => mul(convert(i, "float32"), x), { argnums: [0, 1], allowInt: true })(
      t(2, "int32"),
      3,
    );
    expect([gi.dtype, gx.item()]).toEqual(["float0", 2]);
  });

  it("follows JAX's convention for complex numbers", () => {
    const z = t({ re: 1, im: 2 });
    expect(grad((x: Tensor) => convertReal(mul(x, x)))(z).item()).toEqual({ re: 2, im: 4 });
    expect(grad((x: Tensor) => mul(x, x), { holomorphic: true })(z).item()).toEqual({ re: 2, im: 4 });
  });

  it("has one error for each misuse", () => {
    const square = (x: Tensor): Tensor => mul(x, x);
    expect(thrownBy(() => grad(square)(t([1, 2], "int32")))).toMatchObject({ name: "DTypeError", code: "CT310" });
    expect(thrownBy(() => grad(square)(t(true)))).toMatchObject({ name: "DTypeError", code: "CT310" });
    expect(thrownBy(() => grad(square)(t([1, 2])))).toMatchObject({ name: "ShapeError", code: "CT311" });
    expect(thrownBy(() => grad((x: Tensor) => [x, x] as unknown as Tensor)(1))).toMatchObject({ code: "CT311" });
    expect(thrownBy(() => grad((x: Tensor) => convert(x, "int32"))(1))).toMatchObject({
      name: "DTypeError",
      code: "CT312",
    });
    expect(thrownBy(() => grad(square)(t({ re: 1, im: 0 })))).toMatchObject({ name: "DTypeError", code: "CT312" });
    expect(thrownBy(() => grad(square, { holomorphic: true })(1.5))).toMatchObject({
      name: "DTypeError",
      code: "CT310",
    });
    expect(thrownBy(() => grad(square, { argnums: 1 })(1))).toMatchObject({ name: "ArgumentError", code: "CT016" });
    expect(thrownBy(() => grad(square, { argnums: 0.5 })(1))).toMatchObject({ code: "CT016" });
    expect(thrownBy(() => grad(square, { argnums: [0, 0] })(1))).toMatchObject({ code: "CT016" });
    expect(thrownBy(() => grad(square, { hasAux: true })(1))).toMatchObject({ name: "TransformError", code: "CT313" });
    expect(thrownBy(() => grad(3 as never))).toMatchObject({ name: "ArgumentError", code: "CT014" });
    expect(thrownBy(() => grad((async (x: Tensor) => x) as never))).toMatchObject({
      name: "ArgumentError",
      code: "CT015",
    });
    expect(
      thrownBy(() => grad(((x: Tensor) => Promise.resolve(x)) as unknown as (x: Tensor) => Tensor)(1)),
    ).toMatchObject({ code: "CT015" });
    expect(thrownBy(() => grad(square, { argnum: 1 } as never)).message).toContain("Did you mean 'argnums'");
    expect(thrownBy(() => grad((x: string) => x as never)("a")).code).toBe("CT013");
  });

  it("names what was wrong and what to do", () => {
    function loss(p: { w: Tensor }): Tensor {
      return sum(p.w);
    }
    expect(thrownBy(() => grad(loss)({ w: t([1], "int32") })).message).toMatchInlineSnapshot(
      `"grad: argument 0.w is int32, which has no derivative. Differentiate with respect to floating-point arguments (convert with astype, or choose others with argnums); allowInt: true gives float0 gradients.  [CT310]"`,
    );
    expect(thrownBy(() => grad((x: Tensor) => x)(t([1, 2]))).message).toMatchInlineSnapshot(
      `"grad: an anonymous function returned a tensor of shape [2], but it must return a scalar. Reduce it (sum, mean), or use jacrev or vjp.  [CT311]"`,
    );
  });
});

describe("jvp, vjp, linearize", () => {
  const f = (x: Tensor, y: Tensor): Tensor => mul(sin(x), y);

  it("push forward and pull back", () => {
    const [out, tangent] = jvp(f, [1, 2], [1, 0]);
    expect(out.item()).toBeCloseTo(2 * Math.sin(1), 6);
    expect(tangent.item()).toBeCloseTo(2 * Math.cos(1), 6);
    const [value, pullback] = vjp(f, 1, 2);
    expect(value.item()).toBeCloseTo(2 * Math.sin(1), 6);
    const [cx, cy] = pullback(1);
    expect([cx.item(), cy.item()].map((v) => (v as number).toFixed(5))).toEqual(
      [2 * Math.cos(1), Math.sin(1)].map((v) => v.toFixed(5)),
    );
    const [, push] = linearize(f, 1, 2);
    expect(push(0, 1).item()).toBeCloseTo(Math.sin(1), 6);
    expect(push(0, 2).item()).toBeCloseTo(2 * Math.sin(1), 6);
    expect(linearTranspose((x: Tensor) => mul(x, 3), 1.5)(2)[0].item()).toBe(6);
  });

  it("have distinct errors for structure, shape and dtype", () => {
    const g = (x: Tensor): Tensor => exp(x);
    expect(thrownBy(() => jvp(g, [t([1, 2])], [t([1, 2]), t(1)] as never))).toMatchObject({
      name: "TransformError",
      code: "CT314",
    });
    expect(thrownBy(() => jvp(g, [t([1, 2])], [t([1, 2, 3])]))).toMatchObject({ name: "ShapeError", code: "CT315" });
    expect(thrownBy(() => jvp(g, [t([1, 2])], [t([1, 2], "float64")]))).toMatchObject({
      name: "DTypeError",
      code: "CT316",
    });
    const [, pullback] = vjp(g, t([1, 2]));
    expect(thrownBy(() => pullback([t([1, 2])] as never))).toMatchObject({ name: "TransformError", code: "CT317" });
    expect(thrownBy(() => pullback(t([1, 2, 3])))).toMatchObject({ name: "ShapeError", code: "CT318" });
    expect(thrownBy(() => pullback(t([1, 2], "float16")))).toMatchObject({ name: "DTypeError", code: "CT319" });
    expect(thrownBy(() => jvp(g, 3 as never, [1]))).toMatchObject({ code: "CT003" });
    expect(thrownBy(() => linearTranspose((x: Tensor) => mul(x, x), 1.5)(1))).toMatchObject({
      name: "TransformError",
      code: "CT326",
    });
  });
});

describe("Jacobians", () => {
  it("agree in both modes, over trees", () => {
    const f = (p: { a: Tensor; b: Tensor }): Tensor => add(mul(p.a, p.a), sin(p.b));
    const p = { a: t([1, 2]), b: t([0.5, 1]) };
    const [fwd, rev] = [jacfwd(f)(p), jacrev(f)(p)];
    expect(fwd.a.js()).toEqual([
      [2, 0],
      [0, 4],
    ]);
    expect(rev.a.js()).toEqual(fwd.a.js());
    expect((rev.b.js() as number[][])[1][1]).toBeCloseTo(Math.cos(1), 6);
    expect(hessian((x: Tensor) => sum(mul(x, mul(x, x))))(t([1, 2])).js()).toEqual([
      [6, 0],
      [0, 12],
    ]);
    const nested = hessian((q: { a: Tensor; b: Tensor }) => sum(mul(mul(q.a, q.a), q.b)))(p);
    expect(nested.a.b.js()).toEqual([
      [2, 0],
      [0, 4],
    ]);
    expect(jacrev((x: Tensor) => cos(x), { argnums: [0] })(t([0, 0]))[0].shape).toEqual([2, 2]);
    expect(thrownBy(() => jacfwd(sin)(t([1], "int32")))).toMatchObject({ code: "CT310" });
    expect(thrownBy(() => jacrev((x: Tensor) => convert(x, "int32"))(t([1])))).toMatchObject({ code: "CT312" });
  });
});
