import { describe, expect, it } from "vitest";
import { grad, jit, jvp, linearize, makeJaxpr, vjp, vmap } from "../../src/api/index.js";
import { foriLoop, scan, whileLoop } from "../../src/control/index.js";
import { asTensor } from "../../src/core/array-like.js";
import type { ClosedJaxpr } from "../../src/core/jaxpr.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as P from "../../src/primitives/index.js";
import { errorOf, expectClose, int, numbers, t } from "./support.js";

type T = Tensor;
const { add, mul, sin, lt } = P;

/** x to the power n + 1. */
const power = (x: T, n: T): T =>
  whileLoop(
    ({ i }) => lt(i, n),
    ({ i, y }) => ({ i: add(i, 1), y: mul(y, x) }),
    { i: 0, y: x },
  ).y;

describe("whileLoop", () => {
  it("runs until the predicate fails, or not at all", () => {
    expect(
      whileLoop(
        (x) => lt(x, 100),
        (x) => mul(x, 2),
        t(3),
      ).item(),
    ).toBe(192);
    expect(
      whileLoop(
        (x) => lt(x, 100),
        (x) => mul(x, 2),
        t(300),
      ).item(),
    ).toBe(300);
    expect(
      jit((x: T) =>
        whileLoop(
          (y) => lt(y, 100),
          (y) => mul(y, 2),
          x,
        ),
      )(t(3)).item(),
    ).toBe(192);
  });

  it("carries trees and closes over tensors, in the predicate too", () => {
    const [n, w] = [int(4), t([1, 2])];
    const out = whileLoop(
      ([i]) => lt(i, n),
      ([i, { c }]) => [add(i, 1), { c: mul(c, w) }] as const,
      [0, { c: t([1, 1]) }] as const,
    );
    expect(out[1].c.js()).toEqual([1, 16]);
  });

  it("promotes numbers of the initial carry", () => {
    const out = whileLoop(
      (x) => lt(P.convert(x, "float32"), 3),
      (x) => add(P.convert(x, "float32"), 0.5),
      0,
    );
    expect(out.dtype).toBe("float32");
    expect(out.item()).toBe(3);
  });

  it("hands a carry that does not change to the body as a constant", () => {
    const closed = makeJaxpr((x: T, w: T) =>
      whileLoop(
        ([y]) => lt(y, 100),
        ([y, v]) => [mul(y, v), v] as const,
        [x, w] as const,
      ),
    )(t(3), t(2));
    const [{ params, outputs }] = closed.jaxpr.eqns;
    expect(params.bodyNconsts).toBe(1);
    expect(outputs.length).toBe(1);
    expect(
      numbers(
        whileLoop(
          ([y]) => lt(y, 100),
          ([y, v]) => [mul(y, v), v] as const,
          [t(3), t(2)] as const,
        ),
      ),
    ).toEqual([192, 2]);
  });

  it("has forward derivatives, to any order", () => {
    const cube = (x: T): T => power(x, int(2));
    expect(jvp(cube, [t(2)], [t(1)])[1].item()).toBe(12);
    const first = (x: T): T => jvp(cube, [x], [t(1)])[1];
    expect(jvp(first, [t(2)], [t(1)])[1].item()).toBe(12);
    const [value, push] = linearize(cube, t(2));
    expect([value.item(), push(t(1)).item(), push(t(3)).item()]).toEqual([8, 12, 36]);
  });

  it("maps over data, bounds, constants, and twice", () => {
    const xs = t([1, 2, 3]);
    const ns = int([0, 2, 1]);
    expect(vmap(power)(xs, ns).js()).toEqual([1, 8, 9]);
    expect(vmap(power, { inAxes: [0, null] })(xs, int(2)).js()).toEqual([1, 8, 27]);
    expect(vmap(power, { inAxes: [null, 0] })(t(2), ns).js()).toEqual([2, 8, 4]);
    const table = vmap(vmap(power, { inAxes: [null, 0] }), { inAxes: [0, null] })(xs, ns) as T;
    expect(table.js()).toEqual([
      [1, 1, 1],
      [2, 8, 4],
      [3, 27, 9],
    ]);
    const other = vmap(vmap(power, { inAxes: [0, null] }), { inAxes: [null, 0] })(xs, ns) as T;
    expect(other.js()).toEqual([
      [1, 2, 3],
      [1, 8, 27],
      [1, 4, 9],
    ]);
    expectClose(jvp((x: T) => vmap(power)(x, ns), [xs], [t([1, 1, 1])])[1], t([1, 12, 6]));
  });

  it("leaves finished examples alone, even where another step would spoil them", () => {
    const halve = (x: T): T =>
      whileLoop(
        (y) => P.gt(y, 1),
        (y) => P.div(1, P.sub(y, 1)),
        x,
      );
    expect(vmap(halve)(t([1, 3, 0.5])).js()).toEqual([1, 0.5, 0.5]);
  });

  it("cannot be differentiated in reverse, and says what can", () => {
    for (const f of [grad((x: T) => power(x, int(2))), (x: T) => vjp((y: T) => power(y, int(2)), x)[1](t(1))]) {
      expect(errorOf(() => f(t(2))).code).toBe("CT404");
    }
    expect(errorOf(() => grad((x: T) => power(x, int(2)))(t(2))).message).toMatchInlineSnapshot(
      `"lax.whileLoop: reverse-mode differentiation (grad, vjp) needs the values of every iteration, whose number is not known beforehand. Use lax.scan, or lax.foriLoop with bounds that are numbers; forward mode (jvp) works as it is.  [CT404]"`,
    );
  });

  it("can be part of a function whose other parts are differentiated in reverse", () => {
    const f = (x: T): T =>
      mul(
        x,
        P.convert(
          whileLoop(
            (i) => lt(i, 5),
            (i) => add(i, 2),
            0,
          ),
          "float32",
        ),
      );
    expect(grad(f)(t(3)).item()).toBe(6);
    expect(grad((x: T) => mul(x, P.stopGradient(power(P.stopGradient(x), int(1)))))(t(3)).item()).toBe(9);
  });

  it("drops carries that nothing needs from a linear program", () => {
    const f = (x: T): T =>
      whileLoop(
        ([i]) => lt(i, 3),
        ([i, a, b]) => [add(i, 1), mul(a, x), sin(b)] as const,
        [0, x, x] as const,
      )[1];
    const text = String(makeJaxpr((x: T, d: T) => linearize(f, x)[1](d))(t(2), t(1)));
    expect(text.split("sin").length - 1).toBeLessThan(3);
    expect(linearize(f, t(2))[1](t(1)).item()).toBe(32);
  });
});

describe("whileLoop's errors", () => {
  it("wants a scalar boolean from the predicate", () => {
    const run = (cond: (x: T) => T | boolean) => errorOf(() => whileLoop(cond, (x: T) => x, t([1, 2])));
    expect(run((x) => lt(x, 1)).message).toMatchInlineSnapshot(
      `"lax.whileLoop: cond must return a scalar boolean, but it returned bool[2]. Compare with less, greater, …, and reduce with all or any.  [CT400]"`,
    );
    expect(run((x) => P.reduceSum(x, [0])).code).toBe("CT400");
    expect(run((x) => [x] as unknown as T).message).toMatchInlineSnapshot(
      `"lax.whileLoop: cond must return a scalar boolean, but it returned [*]. Compare with less, greater, …, and reduce with all or any.  [CT400]"`,
    );
  });
  it("names the leaf of the carry whose type changes", () => {
    const error = errorOf(() =>
      whileLoop(
        ([i]) => lt(i, 3),
        ([i, { w }]) => [add(i, 1), { w: P.convert(w, "int32") }] as const,
        [0, { w: t([1, 2]) }] as const,
      ),
    );
    expect(error.code).toBe("CT402");
    expect(error.message).toMatchInlineSnapshot(
      `"lax.whileLoop: carry[1].w goes in as float32[2] but comes out as int32[2]. A carry keeps its type in every iteration: make the initial value of the type the body returns, or convert in the body (astype, reshape).  [CT402]"`,
    );
  });
  it("refuses what is no function or not there yet", () => {
    const id = (x: T): T => x;
    expect(errorOf(() => whileLoop(3 as unknown as (x: T) => T, id, t(1))).code).toBe("CT014");
    expect(errorOf(() => whileLoop((x: T) => lt(x, 1), (async (x: T) => x) as unknown as (x: T) => T, t(1))).code).toBe(
      "CT015",
    );
  });
});

describe("foriLoop", () => {
  it("counts from lo to hi", () => {
    expect(foriLoop(2, 5, (i, c) => add(c, i), 0).item()).toBe(9);
    expect(foriLoop(5, 2, (i, c) => add(c, i), 7).item()).toBe(7);
    expect(foriLoop(0n, 3n, (i, c) => add(c, i), asTensor(1n, "test")).item()).toBe(4n);
    expect(foriLoop(int(1), 4, (i, c) => add(c, i), 0).item()).toBe(6);
    expect(jit((n: T) => foriLoop(0, n, (i, c) => add(c, i), 0))(int(5)).item()).toBe(10);
    expect(foriLoop(0, 7, (i, c) => add(mul(c, 2), P.convert(i, "float32")), t(1), { unroll: 3 }).item()).toBe(248);
  });

  it("is a scan where the bounds are known, a while loop where they are traced", () => {
    const name = (closed: ClosedJaxpr): string => closed.jaxpr.eqns[0].primitive.name;
    expect(name(makeJaxpr((x: T) => foriLoop(0, 3, (_, c) => mul(c, x), t(1)))(t(2)))).toBe("scan");
    expect(name(makeJaxpr((n: T) => foriLoop(0, n, (_, c) => mul(c, 2), t(1)))(int(2)))).toBe("while");
  });

  it("is the loop it stands for, derivatives included", () => {
    const looped = (x: T): T => foriLoop(1, 5, (i, c) => sin(mul(c, P.convert(i, "float32"))), x);
    const straight = (x: T): T => [1, 2, 3, 4].reduce((c, i) => sin(mul(c, i)), x);
    expectClose(looped(t(0.3)), straight(t(0.3)));
    expectClose(grad(looped)(t(0.3)), grad(straight)(t(0.3)));
    expectClose(grad(grad(looped))(t(0.3)), grad(grad(straight))(t(0.3)));
    expectClose(vmap(grad(looped))(t([0.1, 0.2])), [grad(straight)(t(0.1)), grad(straight)(t(0.2))]);
  });

  it("maps over its bound", () => {
    const f = (n: T): T => foriLoop(0, n, (_, c) => mul(c, 2), t(1));
    expect(vmap(f)(int([0, 3, 1])).js()).toEqual([1, 8, 2]);
  });

  it("traces the body once for each signature", () => {
    let traced = 0;
    const body = (_: T, c: T): T => {
      traced++;
      return mul(c, 2);
    };
    for (let k = 0; k < 3; k++) foriLoop(0, k, body, t(1));
    expect(traced).toBe(1);
  });

  it("says what is wrong", () => {
    const body = (_: T, c: T): T => c;
    expect(errorOf(() => foriLoop(0.5, 3, body, t(1))).message).toMatchInlineSnapshot(
      `"lax.foriLoop: lo must be an integer or a scalar integer tensor, but it is 0.5.  [CT406]"`,
    );
    expect(errorOf(() => foriLoop(0, t([3]), body, t(1))).message).toMatchInlineSnapshot(
      `"lax.foriLoop: hi must be an integer or a scalar integer tensor, but it is a float32[1] tensor.  [CT406]"`,
    );
    expect(errorOf(() => foriLoop(0, "3" as unknown as number, body, t(1))).code).toBe("CT406");
    const widened = (_: T, c: { w: T }) => ({ w: P.broadcastInDim(c.w, [2, 3], [1]) });
    const known = errorOf(() => foriLoop(0, 3, widened, { w: t([1, 2, 3]) }));
    expect(known.message).toMatchInlineSnapshot(
      `"lax.foriLoop: carry.w goes in as float32[3] but comes out as float32[2,3]. A carry keeps its type in every iteration: make the initial value of the type the body returns, or convert in the body (astype, reshape).  [CT402]"`,
    );
    const traced = errorOf(() => jit((n: T) => foriLoop(0, n, widened, { w: t([1, 2, 3]) }))(int(3)));
    expect(traced.message).toBe(known.message);
    expect(errorOf(() => jit((n: T) => foriLoop(0, n, body, t(1), { unroll: 2 }))(int(3))).code).toBe("CT004");
    expect(errorOf(() => foriLoop(0, 3, body, t(1), { rolled: 2 } as object)).code).toBe("CT001");
    const later = (_: T, c: T) => Promise.resolve(c) as unknown as T;
    expect(errorOf(() => foriLoop(0, 3, later, t(1))).code).toBe("CT015");
  });
});

describe("loops in loops", () => {
  it("scan over while over scan", () => {
    const inner = (x: T): T => scan((c: T, y: T) => [add(c, y), null], x, t([1, 2]))[0];
    const middle = (x: T): T => whileLoop((y) => lt(y, 10), inner, x);
    const [last, ys] = scan((c: T, x: T) => [middle(add(c, x)), c], t(0), t([1, 5]));
    expect([last.item(), ...numbers(ys)]).toEqual([15, 0, 10]);
    expect(vmap((c: T) => scan((d: T, x: T) => [middle(add(d, x)), null], c, t([1, 5]))[0])(t([0, 3])).js()).toEqual([
      15, 15,
    ]);
  });
});
