import { describe, expect, it } from "vitest";
import {
  add,
  broadcast,
  cos,
  evaluate,
  grad,
  jvp,
  makeJaxpr,
  mul,
  type Numbers,
  neg,
  print,
  sin,
  sum,
  type Value,
  vjp,
  vmap,
} from "../../docs/autodidax/autodidax.js";

const f = (x: Value): Value => mul(x, sin(x));
const df = (x: number): number => Math.sin(x) + x * Math.cos(x);

describe("docs/autodidax", () => {
  it("computes", () => {
    expect(
      add(mul(2, [1, 2]), [
        [0, 0],
        [1, 1],
      ]),
    ).toEqual([
      [2, 4],
      [3, 5],
    ]);
    expect(
      sum([
        [1, 2],
        [3, 4],
      ]),
    ).toEqual([3, 7]);
    expect(
      sum(
        [
          [1, 2],
          [3, 4],
        ],
        -2,
      ),
    ).toEqual([4, 6]);
    expect(broadcast([1, 2], 3, -1)).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ]);
    expect(broadcast([1, 2], 3, -2)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it("differentiates forwards", () => {
    const [y, t] = jvp(f, 3, 2);
    expect(y).toBeCloseTo(3 * Math.sin(3), 12);
    expect(t).toBeCloseTo(2 * df(3), 12);
  });

  it("keeps nested derivatives apart", () => {
    // d/dx (x · d/dy (x + y)) = 1: the inner derivative must not see the outer one's movement.
    const [, t] = jvp((x) => mul(x, jvp((y) => add(x, y), 1, 1)[1]), 5, 1);
    expect(t).toBe(1);
  });

  it("maps over a leading axis", () => {
    const rows = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    expect(vmap((row) => sum(mul(row, [10, 1])))(rows)).toEqual([12, 34, 56]);
    expect(vmap((row) => vmap((x) => mul(x, x))(row))(rows)).toEqual([
      [1, 4],
      [9, 16],
      [25, 36],
    ]);
    expect(vmap(() => 7)(rows)).toEqual([7, 7, 7]);
  });

  it("writes programs down", () => {
    expect(print(makeJaxpr((x) => sum(mul(sin(x), 2)), [2]))).toBe("a -> b = sin a; c = mul b [2,2]; d = sum c; d");
  });

  it("differentiates backwards, any number of times", () => {
    expect(grad(f)(3)).toBeCloseTo(df(3), 12);
    expect(grad(grad(f))(3)).toBeCloseTo(2 * Math.cos(3) - 3 * Math.sin(3), 12);
    expect(grad(() => 1)(3)).toBe(0);
    const [, pull] = vjp((x) => sum(mul(x, neg(cos(x)))), [1, 2]);
    const expected = [1, 2].map((x) => -Math.cos(x) + x * Math.sin(x));
    (pull(2) as number[]).forEach((ct, i) => {
      expect(ct).toBeCloseTo(2 * expected[i], 12);
    });
  });

  it("composes transforms in any order", () => {
    const xs = [0.5, 1, 2];
    const close = (a: Value, b: readonly number[]): void =>
      b.forEach((x, i) => {
        expect((a as number[])[i]).toBeCloseTo(x, 12);
      });
    close(vmap(grad(f))(xs), xs.map(df));
    close(grad((x) => sum(vmap(f)(x)))(xs), xs.map(df));
    // Forward over reverse: a product of the Hessian with a vector.
    close(
      jvp(
        grad((x) => sum(f(x))),
        xs,
        [1, 0, 0],
      )[1],
      [2 * Math.cos(0.5) - 0.5 * Math.sin(0.5), 0, 0],
    );
    const program = makeJaxpr(grad(grad(f)), []);
    expect(print(program)).toMatch(/^a -> b = sin a; /);
    expect(evaluate(program, 3)).toBeCloseTo(2 * Math.cos(3) - 3 * Math.sin(3), 12);
  });

  it("trains: least squares by gradient descent", () => {
    const inputs = [
      [1, 0],
      [0, 1],
      [1, 1],
    ];
    const targets = [2, -1, 1];
    const loss = (w: Value): Value => {
      const errors = add(vmap((row) => sum(mul(row, w)))(inputs), neg(targets));
      return sum(mul(errors, errors));
    };
    let w: Value = [0, 0];
    for (let i = 0; i < 100; i++) w = add(w, mul(-0.1, grad(loss)(w)));
    (w as Numbers[]).forEach((x, i) => {
      expect(x).toBeCloseTo([2, -1][i], 6);
    });
  });
});
