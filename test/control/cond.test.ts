import { describe, expect, it } from "vitest";
import { grad, jit, jvp, makeJaxpr, vjp, vmap } from "../../src/api/index.js";
import { cond, scan, switchCase, whileLoop } from "../../src/control/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as P from "../../src/primitives/index.js";
import { errorOf, expectClose, int, numbers, t } from "./support.js";

type T = Tensor;
const { add, mul, sin, gt } = P;
const pick = (x: T): T =>
  cond(
    gt(x, 0),
    (y) => mul(y, y),
    (y) => sin(y),
    x,
  );

describe("cond", () => {
  it("runs the branch that the predicate chooses", () => {
    expect(pick(t(3)).item()).toBe(9);
    expectClose(pick(t(-1)), t(Math.sin(-1)));
    expect(
      cond(
        true,
        () => 1,
        () => 2,
      ).item(),
    ).toBe(1);
    expect(
      cond(
        0,
        () => 1,
        () => 2,
      ).item(),
    ).toBe(2);
    expect(
      cond(
        t(0.5),
        () => 1,
        () => 2,
      ).item(),
    ).toBe(1);
    expect(jit(pick)(t(3)).item()).toBe(9);
  });

  it("runs only that branch", () => {
    const endless = (x: T): T =>
      whileLoop(
        () => true,
        (y: T) => y,
        x,
      );
    expect(cond(t(1), (x) => x, endless, t(5)).item()).toBe(5);
  });

  it("takes and gives trees", () => {
    const out = cond(
      false,
      ({ a }, b) => ({ sum: add(a, b), list: [a, null] }),
      ({ a }, b) => ({ sum: mul(a, b), list: [b, null] }),
      { a: t(2) },
      t(5),
    );
    expect(numbers(out)).toEqual([5, 10]);
    expect(out.list[1]).toBeNull();
  });

  it("makes closed-over tensors operands that branches share", () => {
    const [v, w] = [t([1, 2]), t([3, 4])];
    const closed = makeJaxpr((p: T) =>
      cond(
        p,
        () => add(v, w),
        () => mul(w, w),
      ),
    )(P.full([], true, "bool"));
    expect(closed.jaxpr.eqns.at(-1)?.inputs.length).toBe(3);
    expect(
      cond(
        true,
        () => add(v, w),
        () => mul(w, w),
      ).js(),
    ).toEqual([4, 6]);
    expect(
      cond(
        false,
        () => add(v, w),
        () => mul(w, w),
      ).js(),
    ).toEqual([9, 16]);
  });

  it("gives numbers the type that the other branch returns", () => {
    const half = cond(
      t(1),
      (x) => x,
      () => 0,
      t(2.5),
    );
    expect([half.item(), half.dtype]).toEqual([2.5, "float32"]);
    expect(
      cond(
        t(0),
        (x) => x,
        () => 0,
        t(2.5),
      ).dtype,
    ).toBe("float32");
    expect(
      cond(
        t(0),
        () => 1,
        () => 0.5,
      ).item(),
    ).toBe(0.5);
  });

  it("hands on what both branches hand on", () => {
    const closed = makeJaxpr((p: T, x: T, y: T) =>
      cond(
        p,
        (a, b) => [a, sin(b)],
        (a, b) => [a, b],
        x,
        y,
      ),
    )(P.full([], true, "bool"), t(1), t(2));
    expect(closed.jaxpr.eqns.at(-1)?.outputs.length).toBe(1);
    expectClose(
      cond(
        true,
        (a, b) => [a, sin(b)],
        (a, b) => [a, b],
        t(1),
        t(2),
      ),
      t([1, Math.sin(2)]),
    );
  });
});

describe("cond under transforms", () => {
  it("is differentiated in the branch that ran", () => {
    expect(grad(pick)(t(3)).item()).toBe(6);
    expectClose(grad(pick)(t(-1)), t(Math.cos(-1)));
    expectClose(jvp(pick, [t(-1)], [t(2)])[1], t(2 * Math.cos(-1)));
    expectClose(grad(grad(pick))(t(-1)), t(-Math.sin(-1)));
    expect(jit(grad(pick))(t(3)).item()).toBe(6);
    expect(grad(jit(pick))(t(3)).item()).toBe(6);
  });

  it("joins residuals of different types and cotangents that only one branch has", () => {
    const f = (x: T, v: T): T =>
      cond(
        gt(x, 0),
        () => mul(sin(x), x),
        () => P.reduceSum(mul(sin(v), P.exp(v)), [0]),
      );
    const v = t([0.5, 1]);
    const both = grad(f, { argnums: [0, 1] });
    expectClose(both(t(2), v), [t(Math.sin(2) + 2 * Math.cos(2)), t([0, 0])]);
    const slope = (y: number) => Math.exp(y) * (Math.sin(y) + Math.cos(y));
    expectClose(both(t(-2), v), [t(0), t([slope(0.5), slope(1)])]);
  });

  it("maps: one predicate keeps the branch, many select", () => {
    const xs = t([2, -1, 3]);
    const wanted = [4, Math.sin(-1), 9];
    expectClose(vmap(pick)(xs), t(wanted));
    expectClose(vmap(grad(pick))(xs), t([4, Math.cos(-1), 6]));
    expectClose(grad((x: T) => P.reduceSum(vmap(pick)(x), [0]))(xs), t([4, Math.cos(-1), 6]));
    const one = vmap(
      (p: T, x: T) =>
        cond(
          p,
          (y) => mul(y, 2),
          (y) => y,
          x,
        ),
      { inAxes: [null, 0] },
    );
    expect(one(P.full([], true, "bool"), xs).js()).toEqual([4, -2, 6]);
    const constant = vmap((x: T) =>
      cond(
        gt(x, 0),
        () => 1,
        () => 0,
      ),
    );
    expect(constant(xs).js()).toEqual([1, 0, 1]);
  });

  it("keeps infinite derivatives of the branch not chosen out of gradients", () => {
    const safeSqrt = (x: T): T =>
      cond(
        gt(x, 0),
        (y) => P.sqrt(y),
        () => 0,
        x,
      );
    expectClose(grad((x: T) => P.reduceSum(vmap(safeSqrt)(x), [0]))(t([4, 0])), t([0.25, 0]));
  });

  it("works in loops", () => {
    const f = (x: T): T => scan((c: T, y: T) => [add(pick(c), y), null], x, t([0.5, -2, 1]))[0];
    const straight = (x: T): T => {
      let c = x;
      for (const y of [0.5, -2, 1]) c = add((c.item() as number) > 0 ? mul(c, c) : sin(c), y);
      return c;
    };
    expectClose([f(t(0.9)), grad(f)(t(0.9))], [straight(t(0.9)), grad(straight)(t(0.9))]);
    expectClose(vmap(grad(f))(t([0.9, -0.3])), [grad(straight)(t(0.9)), grad(straight)(t(-0.3))]);
  });

  it("pulls back integers and booleans as nothing", () => {
    const [out, pull] = vjp(
      (x: T) =>
        cond(
          gt(x, 0),
          (y) => [y, int(1)],
          (y) => [mul(y, 2), int(2)],
          x,
        )[0],
      t(-1),
    );
    expect([out.item(), ...numbers(pull(t(1)))]).toEqual([-2, 2]);
  });
});

describe("switchCase", () => {
  const f = (i: T | number, x: T): T => switchCase(i, [(y: T) => y, (y: T) => mul(y, 2), (y: T) => sin(y)], x);
  it("chooses by index, brought into range", () => {
    expect([-3, 0, 1].map((i) => f(i, t(5)).item())).toEqual([5, 5, 10]);
    expectClose(f(2, t(5)), t(Math.sin(5)));
    expectClose(f(99, t(5)), t(Math.sin(5)));
    expect(switchCase(7, [(x) => [x]], t(5))[0].item()).toBe(5);
  });
  it("maps and differentiates", () => {
    expectClose(vmap(f)(int([0, 1, 7]), t([1, 2, 3])), t([1, 4, Math.sin(3)]));
    expectClose(
      vmap(
        grad((x: T, i: T) => f(i, x)),
        { inAxes: [0, 0] },
      )(t([1, 2, 3]), int([0, 1, 2])),
      t([1, 2, Math.cos(3)]),
    );
  });
  it("says what is wrong", () => {
    expect(errorOf(() => f(0.5, t(1))).message).toMatchInlineSnapshot(
      `"lax.switch: index must be a scalar integer, but it is 0.5. Convert it with astype.  [CT405]"`,
    );
    expect(errorOf(() => f(t(1), t(1))).message).toMatchInlineSnapshot(
      `"lax.switch: index must be a scalar integer, but it is a float32[] tensor. Convert it with astype.  [CT405]"`,
    );
    expect(errorOf(() => f(int([1]), t(1))).code).toBe("CT405");
    expect(errorOf(() => switchCase(0, [])).code).toBe("CT003");
    expect(errorOf(() => switchCase(0, [3 as unknown as () => T])).code).toBe("CT014");
  });
});

describe("cond's errors", () => {
  it("names the leaf where branches differ", () => {
    const shapes = errorOf(() =>
      cond(
        true,
        (x) => ({ a: [x, t(1)] }),
        (x) => ({ a: [x, t([1, 2])] }),
        t(1),
      ),
    );
    expect(shapes.code).toBe("CT401");
    expect(shapes.message).toMatchInlineSnapshot(
      `"lax.cond: the result at .a[1] is float32[] from onTrue, but float32[2] from onFalse. All branches must return the same shapes and dtypes; convert one (astype, reshape).  [CT401]"`,
    );
    const dtypes = errorOf(() =>
      cond(
        true,
        () => t(1),
        () => int(1),
      ),
    );
    expect(dtypes.message).toMatchInlineSnapshot(
      `"lax.cond: the result is float32[] from onTrue, but int32[] from onFalse. All branches must return the same shapes and dtypes; convert one (astype, reshape).  [CT401]"`,
    );
    const structures = errorOf(() =>
      cond(
        true,
        (x) => [x],
        (x) => ({ x }),
        t(1),
      ),
    );
    expect(structures.message).toMatchInlineSnapshot(
      `"lax.cond: onTrue returns [*], but onFalse returns {x: *}. All branches must return one structure.  [CT401]"`,
    );
    const third = errorOf(() => switchCase(0, [() => t(1), () => t(2), () => t([3])]));
    expect(third.message).toMatchInlineSnapshot(
      `"lax.switch: the result is float32[] from branches[0], but float32[1] from branches[2]. All branches must return the same shapes and dtypes; convert one (astype, reshape).  [CT401]"`,
    );
  });
  it("wants a scalar boolean or number as predicate", () => {
    const run = (p: unknown) =>
      errorOf(() =>
        cond(
          p as T,
          () => 1,
          () => 2,
        ),
      );
    expect(run(t([1, 2])).message).toMatchInlineSnapshot(
      `"lax.cond: pred must be a scalar boolean or number, but it is a float32[2] tensor. Reduce it with all or any.  [CT400]"`,
    );
    expect(run("yes").message).toMatchInlineSnapshot(
      `"lax.cond: pred must be a scalar boolean or number, but it is a string. Reduce it with all or any.  [CT400]"`,
    );
    expect(run(null).code).toBe("CT400");
  });
  it("refuses what is no function or not there yet", () => {
    expect(errorOf(() => cond(true, 3 as unknown as () => T, () => 1)).code).toBe("CT014");
    expect(
      errorOf(() =>
        cond(
          true,
          async () => 1,
          () => 1,
        ),
      ).code,
    ).toBe("CT015");
  });
});
