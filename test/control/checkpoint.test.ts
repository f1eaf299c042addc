import { describe, expect, it } from "vitest";
import { grad, jit, jvp, makeJaxpr, vjp, vmap } from "../../src/api/index.js";
import {
  type CheckpointPolicy,
  checkpoint,
  checkpointName,
  checkpointPolicies,
  cond,
  scan,
} from "../../src/control/index.js";
import type { ClosedJaxpr, Eqn } from "../../src/core/jaxpr.js";
import type { Tensor } from "../../src/core/tensor.js";
import { lowerProgram } from "../../src/interpreters/index.js";
import * as P from "../../src/primitives/index.js";
import { errorOf, expectClose, numbers, t } from "./support.js";

type T = Tensor;
const { sin, cos, mul, add, tanh } = P;
const matmul = (x: T, y: T): T =>
  P.dotGeneral(x, y, [
    [[1], [0]],
    [[], []],
  ]);

const layer = (w: T, x: T): T => P.reduceSum(tanh(matmul(sin(checkpointName(cos(matmul(x, w)), "hidden")), w)), [0, 1]);
const [w, x] = [
  t([
    [0.1, 0.4],
    [-0.3, 0.2],
  ]),
  t([
    [0.5, -0.5],
    [1, 0.3],
    [0.7, 2],
  ]),
];

/** The checkpointed equation of a gradient, and the names of what it computes. */
function backward(f: (...args: T[]) => unknown, ...args: T[]): { eqn: Eqn; names: string[]; closed: ClosedJaxpr } {
  const closed = makeJaxpr(f)(...args);
  const eqn = closed.jaxpr.eqns.find((e) => e.primitive.name === "remat2") as Eqn;
  return { eqn, closed, names: (eqn.params.jaxpr as ClosedJaxpr).jaxpr.eqns.map((e) => e.primitive.name) };
}
const count = (names: readonly string[], name: string): number => names.filter((n) => n === name).length;

describe("checkpoint", () => {
  const both = { argnums: [0, 1] } as const;
  it("changes no value and no derivative, with any policy, in any composition", () => {
    const { saveOnlyTheseNames, saveAnyNamesButThese, saveFromBothPolicies, ...plain } = checkpointPolicies;
    const policies: (CheckpointPolicy | undefined)[] = [
      undefined,
      ...Object.values(plain),
      saveOnlyTheseNames("hidden"),
      saveAnyNamesButThese("hidden"),
      saveFromBothPolicies(plain.dotsSaveable, saveOnlyTheseNames("hidden")),
    ];
    const wanted = { value: layer(w, x), grads: grad(layer, both)(w, x) };
    const second = (f: typeof layer) => jvp((v: T) => grad(f)(v, x), [w], [w])[1];
    for (const policy of policies) {
      const f = checkpoint(layer, { policy });
      expectClose(f(w, x), wanted.value);
      expectClose(grad(f, both)(w, x), wanted.grads);
      expectClose(grad(jit(f), both)(w, x), wanted.grads);
      expectClose(jit(grad(f, both))(w, x), wanted.grads);
      expectClose(grad(checkpoint(jit(f), { policy }), both)(w, x), wanted.grads);
      expectClose(second(f), second(layer));
      expectClose(
        jvp((v: T) => f(v, x), [w], [w]),
        jvp((v: T) => layer(v, x), [w], [w]),
      );
    }
  });

  it("maps", () => {
    const f = checkpoint((a: T, b: T) => [sin(mul(a, b)), b] as const);
    const [y, b] = vmap(f, { inAxes: [0, null] })(t([1, 2]), t(3)) as unknown as [T, T];
    expectClose(y, t([Math.sin(3), Math.sin(6)]));
    expectClose(b, t([3, 3]));
    expectClose(vmap(grad((a: T) => f(a, t(3))[0]))(t([1, 2])), t([3 * Math.cos(3), 3 * Math.cos(6)]));
  });

  it("keeps the inputs alone and computes the rest again", () => {
    const { eqn, names } = backward(grad(checkpoint(layer)), w, x);
    expect(count(names, "cos")).toBeGreaterThan(0);
    expect(count(names, "tanh")).toBe(1);
    // w, x and the cotangent.
    expect(eqn.inputs.length).toBe(3);
    expect(eqn.params.differentiated).toBe(true);
  });

  it("keeps what the policy names", () => {
    const { everythingSaveable, dotsSaveable, dotsWithNoBatchDimsSaveable, saveOnlyTheseNames } = checkpointPolicies;
    const names = (policy: CheckpointPolicy) => backward(grad(checkpoint(layer, { policy })), w, x).names;
    expect(count(names(everythingSaveable), "tanh")).toBe(0);
    expect(count(names(everythingSaveable), "dot_general")).toBe(4 - 1);
    expect(count(names(dotsSaveable), "dot_general")).toBe(4 - 1);
    expect(count(names(dotsSaveable), "tanh")).toBe(1);
    expect(names(dotsWithNoBatchDimsSaveable)).toEqual(names(dotsSaveable));
    // The named cosine is there; the other is the derivative of the sine.
    const named = names(saveOnlyTheseNames("hidden"));
    expect(count(named, "cos")).toBe(1);
    expect(count(names(checkpointPolicies.nothingSaveable), "cos")).toBe(2);
    expect(count(named, "name")).toBe(0);
    expect(count(names(checkpointPolicies.nothingSaveable), "dot_general")).toBe(5);
  });

  it("tells batched products from others", () => {
    const scores = (q: T): T =>
      P.reduceSum(
        sin(
          P.dotGeneral(q, q, [
            [[2], [2]],
            [[0], [0]],
          ]),
        ),
        [0, 1, 2],
      );
    const q = P.full([2, 3, 4], 0.5, "float32");
    const dots = (policy: CheckpointPolicy) =>
      count(backward(grad(checkpoint(scores, { policy })), q).names, "dot_general");
    expect(dots(checkpointPolicies.dotsSaveable) + 1).toBe(dots(checkpointPolicies.dotsWithNoBatchDimsSaveable));
  });

  it("sees into compiled functions", () => {
    const policy = checkpointPolicies.dotsSaveable;
    const { names } = backward(grad(checkpoint(jit(layer), { policy })), w, x);
    expect(count(names, "dot_general")).toBe(3);
  });

  it("closes over tensors, traced ones too", () => {
    const f = (a: T): T => checkpoint((b: T) => sin(mul(a, b)))(t(2));
    expectClose(grad(f)(t(0.5)), t(2 * Math.cos(1)));
    expectClose(grad((a: T) => checkpoint((b: T) => mul(b, b))(a))(t(3)), t(6));
  });

  it("goes around loops and branches", () => {
    const body = (c: T, y: T) =>
      [
        cond(
          P.gt(c, 0),
          (z) => mul(sin(z), y),
          (z) => mul(z, y),
          c,
        ),
        c,
      ] as const;
    const f = (c: T, ys: T): T => {
      const [last, cs] = scan(body, c, ys);
      return add(last, P.reduceSum(mul(cs, cs), [0]));
    };
    const args = [t(0.4), t([1, -2, 0.5])] as const;
    expectClose(grad(checkpoint(f), both)(...args), grad(f, both)(...args));
    expectClose(vjp(checkpoint(f), ...args)[1](t(1)), vjp(f, ...args)[1](t(1)));
    const inside = (c: T, ys: T): T => P.reduceSum(scan(checkpoint(body), c, ys)[1], [0]);
    const plain = (c: T, ys: T): T => P.reduceSum(scan(body, c, ys)[1], [0]);
    expectClose(grad(inside, both)(...args), grad(plain, both)(...args));
    expectClose(grad(jit(checkpoint(f)), both)(...args), grad(f, both)(...args));
  });

  it("in a scan body, stacks the carry alone", () => {
    const deep = (c: T): readonly [T, null] => [sin(cos(sin(cos(c)))), null];
    const stacked = (f: typeof deep) => {
      const closed = makeJaxpr(grad((c: T) => scan(f, c, null, { length: 7 })[0]))(t(0.3));
      return closed.jaxpr.eqns[0].outputs.filter((v) => v.aval.shape[0] === 7).length;
    };
    expect(stacked(deep)).toBe(4);
    expect(stacked(checkpoint(deep))).toBe(1);
  });

  it("puts a barrier in the compiled backward pass, unless told not to", () => {
    const barriers = (preventCse: boolean): number => {
      const closed = makeJaxpr(grad(checkpoint((a: T) => sin(cos(a)), { preventCse })))(t(1));
      return lowerProgram(closed, "test").module.entry.instructions.filter((i) => i.opcode === "optimization-barrier")
        .length;
    };
    expect(barriers(true)).toBe(2);
    expect(barriers(false)).toBe(0);
    const forward = makeJaxpr(checkpoint((a: T) => sin(cos(a))))(t(1));
    expect(lowerProgram(forward, "test").module.entry.instructions.map((i) => i.opcode)).not.toContain(
      "optimization-barrier",
    );
  });

  it("says what is wrong", () => {
    expect(errorOf(() => checkpoint(3 as unknown as () => T)).code).toBe("CT014");
    expect(errorOf(() => checkpoint(async () => 1)).code).toBe("CT015");
    expect(errorOf(() => checkpoint(sin, { polcy: 1 } as object)).code).toBe("CT001");
    expect(
      errorOf(() => checkpoint(sin, { policy: "dots" as unknown as CheckpointPolicy })).message,
    ).toMatchInlineSnapshot(
      `"checkpoint: policy must be a function such as checkpointPolicies.dotsSaveable, but it is a string.  [CT003]"`,
    );
    expect(errorOf(() => checkpoint(sin)("x" as unknown as T)).message).toMatchInlineSnapshot(
      `"checkpoint: argument [0] is a string, which cannot become a tensor. Leaves must be tensors, numbers, booleans, bigints or typed arrays.  [CT013]"`,
    );
    expect(errorOf(() => checkpointName(t(1), 3 as unknown as string)).code).toBe("CT003");
    expect(errorOf(() => checkpointPolicies.saveOnlyTheseNames(3 as unknown as string)).code).toBe("CT003");
  });
});

describe("checkpointName", () => {
  it("changes nothing", () => {
    expect(numbers(checkpointName({ a: t([1, 2]), b: 3 }, "ab"))).toEqual([1, 2, 3]);
    expectClose(grad((a: T) => checkpointName(sin(a), "s"))(t(0.5)), t(Math.cos(0.5)));
    expectClose(vmap((a: T) => checkpointName(sin(a), "s"))(t([0.5])), t([Math.sin(0.5)]));
  });
});
