import { describe, expect, it } from "vitest";
import { grad, jit, jvp, linearize, linearTranspose, makeJaxpr, vjp, vmap } from "../../src/api/index.js";
import { scan } from "../../src/control/index.js";
import type { ClosedJaxpr } from "../../src/core/jaxpr.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as P from "../../src/primitives/index.js";
import { errorOf, expectClose, numbers, t } from "./support.js";

type T = Tensor;
const { add, mul, sin, cos, reduceSum } = P;
const row = (x: T, i: number): T =>
  P.squeeze(P.slice(x, [i, ...x.shape.slice(1).map(() => 0)], [i + 1, ...x.shape.slice(1)]), [0]);

/** The same as scan, one iteration after the other in JavaScript. */
function unrolled<C, Y>(f: (c: C, x: T) => readonly [C, Y], init: C, xs: T, reverse = false): [C, Y[]] {
  let carry = init;
  const ys: Y[] = [];
  const n = xs.shape[0];
  for (let k = 0; k < n; k++) {
    const i = reverse ? n - 1 - k : k;
    const [next, y] = f(carry, row(xs, i));
    carry = next;
    ys[i] = y;
  }
  return [carry, ys];
}

const primitives = ({ jaxpr }: ClosedJaxpr): string[] => jaxpr.eqns.map((e) => e.primitive.name);

describe("scan", () => {
  it("carries, reads slices and stacks results, over trees", () => {
    const [carry, ys] = scan(
      ({ sum, count }, { a, b }) => [{ sum: add(sum, mul(a, b)), count: add(count, 1) }, [sum, { a }]],
      { sum: 0.5, count: 0 },
      { a: t([1, 2, 3]), b: t([4, 5, 6]) },
    );
    expect(carry.sum.item()).toBe(32.5);
    expect(carry.count.item()).toBe(3);
    expect(carry.count.dtype).toBe("int32");
    expect(numbers(ys)).toEqual([0.5, 4.5, 14.5, 1, 2, 3]);
  });

  it.each([
    [5, 1],
    [5, 2],
    [5, 3],
    [5, 5],
    [5, 0],
    [5, 9],
    [1, 1],
    [4, 2],
  ])("gives the same for length %i and unroll %i, forwards and backwards", (n, unroll) => {
    const xs = t(Array.from({ length: n }, (_, i) => (i + 1) / 4));
    const f = (c: T, x: T): readonly [T, T] => [add(mul(c, 0.5), sin(x)), mul(c, x)];
    for (const reverse of [false, true]) {
      const wanted = unrolled(f, t(0.3), xs, reverse);
      expectClose(scan(f, t(0.3), xs, { reverse, unroll }), wanted);
      expectClose(jit((x: T) => scan(f, t(0.3), x, { reverse, unroll }))(xs), wanted);
    }
  });

  it("runs without iterations", () => {
    const [carry, ys] = scan((c, x: T) => [add(c, x), mul(c, 2)], t(7), P.full([0], 0, "float32"));
    expect(carry.item()).toBe(7);
    expect(ys.shape).toEqual([0]);
    expect(grad((c: T) => scan((s, x: T) => [mul(s, x), null], c, P.full([0], 0, "float32"))[0])(t(7)).item()).toBe(1);
    const all = scan((c: T) => [c, c], t(7), null, { length: 0 });
    expect(all[1].shape).toEqual([0]);
  });

  it("needs a length where there are no xs", () => {
    const [carry, ys] = scan((c) => [mul(c, 2), c], 1, null, { length: 4 });
    expect(carry.item()).toBe(16);
    expect(ys.js()).toEqual([1, 2, 4, 8]);
  });

  it("gives numbers in the initial carry the type of what comes out", () => {
    const [carry] = scan((c, x: T) => [add(P.convert(c, "float32"), x), null], 0, t([1, 2.5]));
    expect(carry.dtype).toBe("float32");
    expect(carry.item()).toBe(3.5);
  });

  it("traces the body once for each signature", () => {
    let traced = 0;
    const f = (c: T, x: T): readonly [T, null] => {
      traced++;
      return [add(c, x), null];
    };
    for (let i = 0; i < 5; i++) scan(f, t(i), t([1, 2]));
    expect(traced).toBe(1);
    scan(f, t(0), t([1, 2, 3]));
    expect(traced).toBe(1);
    scan(f, t([0, 0]), t([[1, 2]]));
    expect(traced).toBe(2);
    // A body that closes over a tracer is traced for each transform anew.
    const scaled = (w: T): T => scan((c: T, x: T) => [add(c, mul(w, x)), null], t(0), t([1, 2]))[0];
    expect(grad(scaled)(t(2)).item()).toBe(3);
    expect(grad(scaled)(t(2)).item()).toBe(3);
  });

  it("makes equal programs one, so that code compiled for a function written in place is found again", () => {
    const jaxprOf = (scale: number, w: T): unknown =>
      makeJaxpr((c: T) => scan((s, x: T) => [add(mul(s, mul(w, scale)), x), null], c, t([1, 2]))[0])(t(0)).jaxpr.eqns[0]
        .params.jaxpr;
    const [one, seven] = [1, 7].map((x) => P.reshape(t([x]), []));
    expect(jaxprOf(2, one)).toBe(jaxprOf(2, seven));
    expect(jaxprOf(2, one)).not.toBe(jaxprOf(3, one));
    // A scalar made from a number is written into the program.
    expect(jaxprOf(2, t(1))).not.toBe(jaxprOf(2, t(7)));
    expect(jaxprOf(2, t(1))).toBe(jaxprOf(2, t(1)));
    const f = (w: T): T => scan((c: T, x: T) => [mul(c, mul(x, w)), null], t(1), t([1, 2]))[0];
    expect([grad(f)(t(1)).item(), grad(f)(t(3)).item()]).toEqual([4, 12]);
  });

  it("makes closed-over tensors operands", () => {
    const w = t([1, 2, 3]);
    const closed = makeJaxpr((c: T) => scan((s, x: T) => [add(mul(s, w), x), null], c, t([1, 2]))[0])(t([0, 0, 0]));
    const [eqn] = closed.jaxpr.eqns;
    expect(eqn.params.numConsts).toBe(1);
    expect((eqn.params.jaxpr as ClosedJaxpr).consts).toEqual([]);
  });
});

describe("scan under transforms", () => {
  const body = (w: T) => (c: { h: T; n: T }, x: T) => {
    const h = sin(add(mul(w, c.h), x));
    return [{ h, n: add(c.n, 1) }, mul(h, P.convert(c.n, "float32"))] as const;
  };
  const init = (h: T) => ({ h, n: P.full([], 1, "int32") });
  const looped = (w: T, h: T, xs: T): T => {
    const [c, ys] = scan(body(w), init(h), xs);
    return add(reduceSum(mul(ys, ys), [0]), c.h);
  };
  const straight = (w: T, h: T, xs: T): T => {
    const [c, ys] = unrolled<{ h: T; n: T }, T>(body(w), init(h), xs);
    return add(
      ys.map((y) => mul(y, y)).reduce((a, b) => add(a, b)),
      c.h,
    );
  };
  const args = [t(0.7), t(0.2), t([0.1, -0.4, 0.9, 0.3])] as const;

  it("has the values and gradients of the unrolled loop", () => {
    expectClose(looped(...args), straight(...args));
    const all = { argnums: [0, 1, 2] } as const;
    expectClose(grad(looped, all)(...args), grad(straight, all)(...args));
    expectClose(jit(grad(looped, all))(...args), grad(straight, all)(...args));
    expectClose(grad(jit(looped), all)(...args), grad(straight, all)(...args));
  });

  it("has its second derivatives, forwards over reverse and reverse over reverse", () => {
    const second = (f: typeof looped) => grad((w: T) => grad(f)(w, args[1], args[2]) as T);
    expectClose(second(looped)(args[0]), second(straight)(args[0]));
    const forward = (f: typeof looped) => jvp((w: T) => grad(f)(w, args[1], args[2]), [args[0]], [t(1)]);
    expectClose(forward(looped), forward(straight));
    const reverse = (f: typeof looped) => grad((w: T) => jvp((v: T) => f(v, args[1], args[2]), [w], [t(1)])[1] as T);
    expectClose(reverse(looped)(args[0]), reverse(straight)(args[0]));
  });

  it("maps over any operand, along any axis, and composes with grad", () => {
    const hs = t([0.1, 0.2, 0.3]);
    const ws = t([0.5, 0.6, 0.7]);
    const many = P.full([4, 3], 0.25, "float32");
    const each = (f: (i: number) => unknown) => [0, 1, 2].map(f);
    const g = grad(looped, { argnums: [0, 1, 2] });
    expectClose(
      vmap(looped, { inAxes: [0, 0, 1] })(ws, hs, many),
      each((i) => straight(row(ws, i), row(hs, i), P.full([4], 0.25, "float32"))),
    );
    const mapped = vmap(g, { inAxes: [null, 0, null] })(args[0], hs, args[2]) as readonly T[];
    const rows = each((i) => g(args[0], row(hs, i), args[2])) as readonly (readonly T[])[];
    mapped.forEach((m, k) => {
      expectClose(
        m,
        rows.map((r) => r[k]),
      );
    });
    expectClose(
      grad((w: T) => reduceSum(vmap(looped, { inAxes: [null, 0, null] })(w, hs, args[2]) as T, [0]))(args[0]),
      each((i) => grad(straight)(args[0], row(hs, i), args[2])).reduce((a, b) => add(a as T, b as T)),
    );
  });

  it("is empty under a batch of size 0", () => {
    const none = vmap((h: T) => scan((c, x: T) => [mul(c, x), c], h, args[2]))(P.full([0], 0, "float32")) as [T, T];
    expect(none[0].shape).toEqual([0]);
    expect(none[1].shape).toEqual([0, 4]);
  });

  it("linearizes once and pulls back often", () => {
    const [out, push] = linearize((h: T) => looped(args[0], h, args[2]), args[1]);
    expectClose(out, straight(...args));
    const wanted = jvp((h: T) => straight(args[0], h, args[2]), [args[1]], [t(1)])[1];
    expectClose(push(t(1)), wanted);
    const [, pull] = vjp((h: T) => looped(args[0], h, args[2]), args[1]);
    expectClose(pull(t(1)), wanted);
    expectClose(pull(t(2)), mul(wanted as T, 2));
  });

  it("transposes loops that mix linear and other carries", () => {
    const f = (x: T): T =>
      scan(
        ([i, c]) => [[add(i, 1), mul(c, P.convert(add(i, 1), "float32"))] as const, null],
        [P.full([], 0, "int32"), x] as const,
        null,
        {
          length: 4,
        },
      )[0][1];
    expect(numbers(linearTranspose(f, t(1))(t(1)))).toEqual([24]);
    // The whole loop inside a compiled call, so that its linear and other parts meet in one equation.
    expect(numbers(linearTranspose(jit(f), t(1))(t(1)))).toEqual([24]);
  });

  it("stacks no residual that is the same in every iteration, nor constants and xs again", () => {
    const f = (w: T, c: T, xs: T): T => scan((s: T, x: T) => [mul(mul(s, cos(w)), x), null], c, xs)[0];
    const closed = makeJaxpr(grad(f, { argnums: 1 }))(t(1), t(2), t([1, 2, 3]));
    const scans = closed.jaxpr.eqns.filter((e) => e.primitive.name === "scan");
    expect(scans.length).toBe(2);
    expect(scans[0].outputs.map((v) => v.aval.shape)).toEqual([[]]);
    expect(primitives(closed)).toContain("cos");
    expect(primitives(scans[0].params.jaxpr as ClosedJaxpr)).not.toContain("cos");
  });

  it("drops carries and results that nothing needs", () => {
    const f = jit(
      (c: T, d: T, xs: T) =>
        scan(([a, b], x: T) => [[add(a, x), mul(b, x)] as const, sin(b)], [c, d] as const, xs)[0][0],
    );
    const g = makeJaxpr((c: T) => linearize((x: T) => f(x, t(2), t([1, 2])), c)[1](t(1)))(t(1));
    const text = String(g);
    expectClose(grad(f)(t(1), t(2), t([1, 2])), t(1));
    expect(text).not.toContain("cos");
  });
});

describe("scan's errors", () => {
  const xs = t([1, 2, 3]);
  it("names the leaf of the carry whose type changes", () => {
    const error = errorOf(() =>
      scan(({ w }, x: T) => [{ w: P.broadcastInDim(add(row(w, 0), x), [3], []) }, null], { w: t([1, 2]) }, xs),
    );
    expect(error.code).toBe("CT402");
    expect(error.message).toMatchInlineSnapshot(
      `"lax.scan: carry.w goes in as float32[2] but comes out as float32[3]. A carry keeps its type in every iteration: make the initial value of the type the body returns, or convert in the body (astype, reshape).  [CT402]"`,
    );
  });
  it("shows both structures of a carry that changes", () => {
    const f = (c: readonly [T, T], _: T) => [[c[0]] as unknown as readonly [T, T], null] as const;
    expect(errorOf(() => scan(f, [t(1), t(2)] as const, xs)).message).toMatchInlineSnapshot(
      `"lax.scan: the carry goes in as [*, *] but comes out of the body as [*]. Return it with the structure of the initial value.  [CT402]"`,
    );
  });
  it("wants a pair from the body", () => {
    const f = ((c: T) => c) as unknown as (c: T, x: T) => readonly [T, null];
    expect(errorOf(() => scan(f, t(1), xs)).message).toMatchInlineSnapshot(
      `"lax.scan: f must return a pair [carry, y], but it returned *. Return [carry, null] where there is no y.  [CT407]"`,
    );
  });
  it("compares leading axes", () => {
    const f = (c: T, _: unknown) => [c, null] as const;
    expect(errorOf(() => scan(f, t(1), { a: xs, b: t([1, 2]) })).message).toMatchInlineSnapshot(
      `"lax.scan: xs.b of shape [2] has a leading axis of size 2, but xs.a has 3. All leaves of xs must have one leading size.  [CT403]"`,
    );
    expect(errorOf(() => scan(f, t(1), xs, { length: 4 })).code).toBe("CT403");
    expect(errorOf(() => scan(f, t(1), [xs, t(1)])).message).toMatchInlineSnapshot(
      `"lax.scan: xs[1] is a scalar, but the leaves of xs are taken apart along their leading axis. Close over values that are the same in every iteration, or put them into the carry.  [CT403]"`,
    );
    expect(errorOf(() => scan(f, t(1), null)).code).toBe("CT408");
    expect(errorOf(() => scan(f, t(1), null, { length: -1 })).code).toBe("CT408");
  });
  it("refuses what is no function, no option, no tensor, or not there yet", () => {
    const f = (c: T, _: unknown) => [c, null] as const;
    expect(errorOf(() => scan(3 as unknown as typeof f, t(1), xs)).code).toBe("CT014");
    const later = (async (c: T) => [c, null]) as unknown as typeof f;
    expect(errorOf(() => scan(later, t(1), xs)).code).toBe("CT015");
    const promised = ((c: T) => Promise.resolve([c, null])) as unknown as typeof f;
    expect(errorOf(() => scan(promised, t(1), xs)).code).toBe("CT015");
    expect(errorOf(() => scan(f, t(1), xs, { revers: true } as object)).message).toMatchInlineSnapshot(
      `"lax.scan: unknown option 'revers'. Did you mean 'reverse'? Known options: length, reverse, unroll.  [CT001]"`,
    );
    expect(errorOf(() => scan(f, t(1), xs, { unroll: -2 })).code).toBe("CT004");
    const init = { a: "text" } as unknown as { a: T };
    expect(errorOf(() => scan((c: { a: T }) => [c, null], init, xs)).message).toMatchInlineSnapshot(
      `"lax.scan: init.a is a string, which cannot become a tensor. Leaves must be tensors, numbers, booleans, bigints or typed arrays.  [CT013]"`,
    );
  });
  it("names the body in which a value is not known", () => {
    const f = function step(c: T, x: T): readonly [T, null] {
      return (x.item() as number) > 0 ? [c, null] : [mul(c, 2), null];
    };
    const error = errorOf(() => scan(f, t(1), xs));
    expect(error.code).toBe("CT301");
    expect(error.message).toContain("'step' (f of lax.scan)");
  });
});
