import { describe, expect, it } from "vitest";
import { grad, jit, vmap } from "../../src/api/index.js";
import { associativeScan, map, scan } from "../../src/control/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as P from "../../src/primitives/index.js";
import { errorOf, expectClose, int, numbers, t } from "./support.js";

type T = Tensor;
const { add, mul, sin } = P;
const ramp = (...shape: number[]): T =>
  P.reshape(t(Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i + 1) / 8)), shape);

describe("map", () => {
  it("applies a function to each slice of a tree", () => {
    const out = map(({ a, b }) => ({ sum: add(a, P.reduceSum(b, [0])) }), {
      a: t([1, 2]),
      b: t([
        [1, 2],
        [3, 4],
      ]),
    });
    expect(out.sum.js()).toEqual([4, 9]);
    expect(map((x: T) => sin(x), P.full([0, 2], 0, "float32")).shape).toEqual([0, 2]);
  });

  it.each([1, 2, 3, 5, 7, 100])("gives the same in batches of %i", (batchSize) => {
    const f = (x: T): T => P.reduceSum(mul(sin(x), x), [0]);
    const xs = ramp(7, 3);
    expectClose(map(f, xs, { batchSize }), map(f, xs));
    const total = (options?: object) => (ys: T) => P.reduceSum(map(f, ys, options), [0]);
    expectClose(grad(total({ batchSize }))(xs), grad(total())(xs));
    expectClose(jit((ys: T) => map(f, ys, { batchSize }))(xs), map(f, xs));
  });

  it("keeps constants and trees in batches", () => {
    const out = map((x: T) => [x, int(3)] as const, t([1, 2, 3]), { batchSize: 2 });
    expect(numbers(out)).toEqual([1, 2, 3, 3, 3, 3]);
    expect(map((x: T) => sin(x), P.full([0, 2], 0, "float32"), { batchSize: 4 }).shape).toEqual([0, 2]);
  });

  it("says what is wrong", () => {
    expect(errorOf(() => map((x: T) => x, t([1]), { batchSize: 0 })).code).toBe("CT004");
    expect(errorOf(() => map((x) => x, null)).code).toBe("CT408");
    expect(errorOf(() => map((x: T) => x, t(1))).code).toBe("CT403");
    expect(errorOf(() => map((async (x: T) => x) as unknown as (x: T) => T, t([1]))).code).toBe("CT015");
  });
});

describe("associativeScan", () => {
  const running = (f: (a: T, b: T) => T, xs: T): T =>
    scan(
      (c: T, x: T) => {
        const y = f(c, x);
        return [y, y] as const;
      },
      P.squeeze(P.slice(xs, [0, 0], [1, xs.shape[1]]), [0]),
      P.slice(xs, [1, 0], xs.shape),
    )[1];

  it.each([1, 2, 3, 4, 5, 8, 13])("combines the first, the first two, … of %i elements", (n) => {
    const xs = ramp(n, 2);
    const out = associativeScan(add, xs);
    const tail = P.slice(out, [1, 0], [n, 2]);
    expectClose(tail, running(add, xs));
    expectClose(P.slice(out, [0, 0], [1, 2]), P.slice(xs, [0, 0], [1, 2]));
    expectClose(associativeScan(add, P.transpose(xs, [1, 0]), { axis: -1 }), P.transpose(out, [1, 0]));
    expectClose(associativeScan(add, xs, { reverse: true }), P.rev(associativeScan(add, P.rev(xs, [0])), [0]));
  });

  it("combines trees, in order", () => {
    // Affine maps x → a·x + b under composition: a linear recurrence.
    const [a, b] = [t([0.5, 2, -1, 3]), t([1, 2, 3, 4])];
    const [, states] = associativeScan(([a1, b1], [a2, b2]) => [mul(a1, a2), add(mul(b1, a2), b2)] as const, [
      a,
      b,
    ] as const);
    const [, wanted] = scan(
      (c: T, { a, b }) => {
        const y = add(mul(c, a), b);
        return [y, y] as const;
      },
      t(0),
      { a, b },
    );
    expectClose(states, wanted);
  });

  it("scans booleans and composes with transforms", () => {
    const any = associativeScan(P.bitwiseOr, P.gt(t([0, 0, 1, 0]), 0));
    expect(any.js()).toEqual([false, false, true, true]);
    const product = (xs: T): T => P.reduceSum(associativeScan(mul, xs), [0]);
    expectClose(grad(product)(t([2, 3, 5])), t([1 + 3 + 15, 2 + 10, 6]));
    expectClose(
      vmap((xs: T) => associativeScan(mul, xs))(
        t([
          [1, 2],
          [3, 4],
        ]),
      ),
      t([
        [1, 2],
        [3, 12],
      ]),
    );
  });

  it("says what is wrong", () => {
    const xs = ramp(4);
    expect(
      errorOf(() => associativeScan((a: { x: T; y: T }) => a, { x: xs, y: ramp(3) })).message,
    ).toMatchInlineSnapshot(
      `"lax.associativeScan: xs.y has shape [3], but xs.x has size 4 along axis 0. All leaves must have one size along one axis.  [CT403]"`,
    );
    expect(errorOf(() => associativeScan((a: T) => P.reduceSum(a, [0]), xs)).message).toMatchInlineSnapshot(
      `"lax.associativeScan: for xs, f returned float32[], but its arguments are float32[2]. f must keep shapes and dtypes; it works on many elements at once, along the axis.  [CT401]"`,
    );
    expect(errorOf(() => associativeScan(((a: T) => [a]) as unknown as (a: T) => T, xs)).code).toBe("CT401");
    expect(errorOf(() => associativeScan(add, xs, { axis: 3 })).code).toBe("CT100");
    expect(errorOf(() => associativeScan(() => [], [])).code).toBe("CT003");
  });
});
