/** The types of transforms: checked by the compiler; the assertions at run time say that the values agree. */
import { describe, expect, expectTypeOf, it } from "vitest";
import { evalShape, grad, jit, jvp, type ShapeDtypeStruct, valueAndGrad, vjp, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { add, multiply as mul } from "../../src/numpy/arithmetic.js";
import { t } from "./support.js";

interface Layer {
  readonly w: Tensor;
  readonly b: Tensor;
}
interface Params {
  layers: readonly [Layer, Layer];
  scale: Tensor;
  name: null;
}
const layer = (v: number): Layer => ({ w: t(v, "float32"), b: t(v, "float32") });
const params: Params = { layers: [layer(1), layer(2)], scale: t(3, "float32"), name: null };
const loss = (p: Params, x: Tensor): Tensor => mul(add(mul(p.layers[0].w, x), p.layers[1].b), p.scale);

describe("the types of transforms", () => {
  it("give gradients the shape of interfaces and readonly data", () => {
    const g = grad(loss)(params, 2);
    expectTypeOf(g.layers[1].b).toEqualTypeOf<Tensor>();
    expectTypeOf(g.scale).toEqualTypeOf<Tensor>();
    expectTypeOf(g.name).toEqualTypeOf<null>();
    // @ts-expect-error the tuple has two layers
    expect(g.layers[2]).toBeUndefined();
    expect(g.scale.item()).toBe(4);
  });

  it("follow argnums and hasAux", () => {
    const both = grad(loss, { argnums: [1, 0] })(params, 2);
    expectTypeOf(both[0]).toEqualTypeOf<Tensor>();
    expectTypeOf(both[1].layers[0].w).toEqualTypeOf<Tensor>();
    const [[value, aux], g] = valueAndGrad((x: Tensor) => [mul(x, x), { twice: add(x, x) }] as const, { hasAux: true })(
      3,
    );
    expectTypeOf(value).toEqualTypeOf<Tensor>();
    expectTypeOf(aux.twice).toEqualTypeOf<Tensor>();
    expectTypeOf(g).toEqualTypeOf<Tensor>();
    expect([value.item(), aux.twice.item(), g.item()]).toEqual([9, 6, 6]);
  });

  it("keep a function's parameters, loosened to what becomes a tensor", () => {
    const f = (x: Tensor, o: { readonly k: Tensor }): Tensor => mul(x, o.k);
    for (const g of [jit(f), vmap(f, { inAxes: null, axisSize: 1 })])
      expectTypeOf(g).parameter(1).toMatchTypeOf<{ readonly k: unknown }>();
    expect(jit(f)(2, { k: 3 }).item()).toBe(6);
    // @ts-expect-error a string is no tensor
    expect(() => jit(f)("2", { k: 3 })).toThrow("cannot become a tensor");
    // @ts-expect-error the second argument is missing
    expect(() => jit(f)(2)).toThrow();
  });

  it("name the parts of what they return", () => {
    const f = (x: Tensor) => ({ y: mul(x, x) });
    const [out, tangent] = jvp(f, [2], [1]);
    expectTypeOf(out).toEqualTypeOf<{ y: Tensor }>();
    const [, pullback] = vjp(f, 2);
    const cts = pullback({ y: 1 });
    expectTypeOf(cts).toEqualTypeOf<[Tensor]>();
    const shape = evalShape(f, 2.5);
    expectTypeOf(shape.y).toEqualTypeOf<ShapeDtypeStruct>();
    expect([tangent.y.item(), cts[0].item(), shape.y.dtype]).toEqual([4, 4, "float32"]);
  });
});
