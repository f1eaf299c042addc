/** The types of control flow: checked by the compiler; the assertions at run time say that the values agree. */
import { describe, expect, expectTypeOf, it } from "vitest";
import { lax, numpy as np, type Tensor } from "../../src/index.js";

describe("the types of control flow", () => {
  const xs = np.array([1, 2, 3]);

  it("let a function declare tensors where the initial carry has numbers", () => {
    interface State {
      sum: Tensor;
      count: Tensor;
    }
    const step = (s: State, x: Tensor): [State, Tensor] => [{ sum: s.sum.add(x), count: s.count.add(1) }, s.sum];
    const [last, sums] = lax.scan(step, { sum: 0, count: 0 }, xs);
    expectTypeOf(last.sum).toEqualTypeOf<Tensor>();
    expectTypeOf(sums).toEqualTypeOf<Tensor>();
    expect([last.sum.js(), last.count.js(), sums.js()]).toEqual([6, 3, [0, 1, 3]]);
    const doubled = lax.foriLoop(0, 3, (_, s: State) => ({ sum: s.sum.mul(2), count: s.count }), { sum: 1, count: 0 });
    expect(doubled.sum.item()).toBe(8);
  });

  it("let a function declare mutable tuples, of carries, slices and operands", () => {
    const [[total]] = lax.scan(
      ([c, n]: [Tensor, Tensor], [x, y]: [Tensor, Tensor]) => [[c.add(x).add(y), n.add(1)], null],
      [0, 0],
      [xs, xs],
    );
    expect(total.item()).toBe(12);
    const [i] = lax.whileLoop(
      ([i]: [Tensor, Tensor]) => i.less(5),
      ([i, k]) => [i.add(k), k],
      [0, 2],
    );
    expect(i.item()).toBe(6);
    const chosen = lax.cond(
      true,
      ([a]: [Tensor, Tensor]) => a,
      ([, b]) => b,
      [xs, np.zeros([3])],
    );
    expect(chosen.js()).toEqual([1, 2, 3]);
    const products = lax.map(([x, y]: [Tensor, Tensor]) => x.mul(y), [xs, xs]);
    expect(products.js()).toEqual([1, 4, 9]);
    const [sums] = lax.associativeScan(([a, b]: [Tensor, Tensor], [c, d]) => [a.add(c), b.mul(d)], [xs, xs]);
    expect(sums.js()).toEqual([1, 3, 6]);
  });

  it("refuse functions that return another carry", () => {
    // @ts-expect-error the carry is a pair
    expect(() => lax.scan(([c]: [Tensor, Tensor], x: Tensor) => [c.add(x), null], [0, 0], xs)).toThrow("carry");
  });
});
