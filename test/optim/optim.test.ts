/** What optimizers promise beyond their numbers: pure, composable, plain states, clear errors. */
import { describe, expect, it } from "vitest";
import { grad, jit, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as np from "../../src/numpy/index.js";
import type { GradientTransformation } from "../../src/optim/index.js";
import * as optim from "../../src/optim/index.js";
import * as tree from "../../src/tree/index.js";
import { elements } from "../primitives/elementwise-support.js";

const numbers = (x: unknown): number[] => elements(x as Tensor).map(Number);
const params = { w: np.array([1, -2]), b: np.array([0.5]) };
const grads = { w: np.array([0.5, 4]), b: np.array([-1]) };
const flat = (t: unknown): number[] => (tree.leaves(t as typeof params) as Tensor[]).flatMap(numbers);
const once = (tx: GradientTransformation, p: unknown = params): number[] => flat(tx.update(grads, tx.init(p), p)[0]);

describe("chain", () => {
  it("is a monoid: associative, with identity", () => {
    const [a, b, c] = [optim.clip(1), optim.trace(0.5), optim.scale(-0.1)];
    const wanted = once(optim.chain(a, b, c));
    expect(once(optim.chain(optim.chain(a, b), c))).toEqual(wanted);
    expect(once(optim.chain(a, optim.chain(b, c)))).toEqual(wanted);
    expect(once(optim.chain(optim.identity(), a, b, c))).toEqual(wanted);
    expect(once(optim.chain())).toEqual(flat(grads));
  });
  it("keeps the states of its parts in an array", () => {
    const state = optim.chain(optim.clip(1), optim.scaleByAdam()).init(params);
    expect(state[0]).toBeNull();
    expect(numbers(state[1].count)).toEqual([0]);
  });
});

describe("states", () => {
  it("are plain trees that go through jit", () => {
    const tx = optim.adam(0.1);
    const step = (p: typeof params, s: ReturnType<typeof tx.init>) => {
      const [updates, next] = tx.update(grads, s, p);
      return [optim.applyUpdates(p, updates), next] as const;
    };
    const [p1, s1] = step(params, tx.init(params));
    const [p2] = step(p1, s1);
    const compiled = jit(step);
    const [q1, t1] = compiled(params, tx.init(params) as never);
    const [q2] = compiled(q1 as never, t1 as never);
    flat(q2).forEach((v, i) => expect(v).toBeCloseTo(flat(p2)[i], 6));
    expect(tree.leaves(s1).length).toBe(5);
  });
  it("go through vmap: many optimizations at once", () => {
    const tx = optim.sgd(0.1, { momentum: 0.9 });
    const run = (x: Tensor): Tensor => {
      const [u, s] = tx.update(np.multiply(2, x), tx.init(x), x);
      return optim.applyUpdates(np.add(x, u), tx.update(np.multiply(2, x), s, x)[0]);
    };
    const xs = np.array([1, 2, 3]);
    expect(numbers(vmap(run)(xs))).toEqual([0, 1, 2].flatMap((i) => numbers(run(np.take(xs, i)))));
  });
  it("can be differentiated through: gradients of what a step leads to", () => {
    const after = (rate: Tensor): Tensor => {
      const [u] = optim.sgd(rate).update(np.multiply(2, params.w), [null, null], params.w);
      return np.sum(np.square(optim.applyUpdates(params.w, u)));
    };
    // (1 - 2r)² · 5, whose derivative at 0.1 is -16.
    expect(Number(grad(after)(0.1).item())).toBeCloseTo(-16, 4);
  });
  it("keep the parameters' types", () => {
    const p = { h: np.array([1, 2], { dtype: "bfloat16" }), d: np.array([1, 2], { dtype: "float64" }) };
    const g = { h: np.array([1, 1], { dtype: "bfloat16" }), d: np.array([0.1, 1], { dtype: "float64" }) };
    const tx = optim.adamw(optim.linearSchedule(0.1, 0, 10), { weightDecay: 0.1, muDtype: "float32" });
    const [u] = tx.update(g, tx.init(p), p);
    expect([optim.applyUpdates(p, u).h.dtype, optim.applyUpdates(p, u).d.dtype]).toEqual(["bfloat16", "float64"]);
    const [v] = optim.sgd(0.1).update(g, [null, null], p);
    expect(numbers(v.d)[0]).toBe(-0.1 * 0.1);
  });
});

describe("training", () => {
  const f = (x: Tensor): Tensor => np.sum(np.square(np.subtract(x, np.array([3, -1]))));
  const solvers: readonly (readonly [string, GradientTransformation, number])[] = [
    ["sgd", optim.sgd(0.1) as GradientTransformation, 60],
    ["adam", optim.adam(0.3) as GradientTransformation, 150],
    ["lion", optim.lion(optim.exponentialDecay(0.3, 10, 0.7), { weightDecay: 0 }) as GradientTransformation, 150],
    ["lbfgs", optim.lbfgs() as GradientTransformation, 5],
    ["muon", optim.contrib.muon(0.1) as GradientTransformation, 150],
    ["schedule free", optim.contrib.scheduleFreeSgd(0.3) as GradientTransformation, 150],
  ];
  it.each(solvers)("%s finds the minimum", (_, tx, steps) => {
    const step = jit((x: Tensor, s: unknown) => {
      const g = grad(f)(x);
      const [u, next] = tx.update(g, s, x, { value: f(x), grad: g, valueFn: f as (p: never) => Tensor });
      return [optim.applyUpdates(x, u), next] as const;
    });
    let x = np.array([0, 0]);
    let state: unknown = tx.init(x);
    for (let i = 0; i < steps; i++) [x, state] = step(x, state as never) as unknown as [Tensor, unknown];
    expect(Number(f(x).item())).toBeLessThan(1e-2);
  });
});

describe("wrappers", () => {
  it("applyIfFinite leaves out NaN, and counts", () => {
    const tx = optim.applyIfFinite(optim.sgd(1) as GradientTransformation, 2);
    const bad = { w: np.array([Number.NaN, 1]), b: np.array([1]) };
    const [u, s] = tx.update(bad, tx.init(params), params);
    expect(flat(u)).toEqual([0, 0, 0]);
    expect(numbers(s.notfiniteCount)).toEqual([1]);
    expect(numbers(tx.update(grads, s, params)[1].notfiniteCount)).toEqual([0]);
  });
  it("multiSteps averages, and skips what it is told to", () => {
    const tx = optim.multiSteps(optim.sgd(1) as GradientTransformation, 2, { shouldSkipUpdateFn: optim.skipNotFinite });
    let state = tx.init(params);
    const infinite = { w: np.array([Infinity, 0]), b: np.array([0]) };
    const seen: number[][] = [];
    for (const g of [grads, infinite, { w: np.array([1.5, 0]), b: np.array([0]) }]) {
      const [u, next] = tx.update(g, state, params);
      state = next;
      seen.push(flat(u).map((v) => v + 0));
    }
    expect(seen).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0.5, -1, -2],
    ]);
    expect(optim.hasUpdated(state).item()).toBe(true);
  });
  it("lookahead lets slow parameters follow", () => {
    const tx = optim.lookahead(optim.sgd(1) as GradientTransformation, 2, 0.5);
    let p = optim.lookaheadParams(np.array([4]));
    let state = tx.init(p);
    for (const g of [1, 1]) {
      const [u, next] = tx.update(np.array([g]) as unknown, state, p);
      state = next;
      p = optim.applyUpdates(p, u);
    }
    expect([numbers(p.fast), numbers(p.slow)]).toEqual([[3], [3]]);
  });
  it("injectHyperparams keeps numbers where they can be changed", () => {
    const tx = optim.injectHyperparams(({ rate }) => optim.sgd(rate) as GradientTransformation, { rate: 0.5 });
    const state = tx.init(params);
    expect(state.hyperparams.rate.item()).toBe(0.5);
    const changed = { ...state, hyperparams: { rate: np.array(2) } };
    expect(flat(tx.update(grads, changed, params)[0])).toEqual([2, -1, -8]);
  });
  it("masks by a function of the parameters", () => {
    const tx = optim.masked(optim.setToZero(), (p: unknown) => tree.map((x: Tensor) => x.size > 1, p as typeof params));
    expect(once(tx as GradientTransformation)).toEqual([-1, 0, 0]);
  });
  it("monitor and snapshot look without touching", () => {
    const norm = (u: unknown): unknown => optim.globalNorm(u);
    const tx = optim.chain(
      optim.snapshot("norm", norm),
      optim.monitor({ norm, mean: optim.measureWithEma(norm, 0.5) }),
    );
    const [u, [snap, seen]] = tx.update(grads, tx.init(params), params);
    expect(u).toEqual(grads);
    const length = Math.hypot(0.5, 4, 1);
    expect(numbers(snap.measurement.norm)[0]).toBeCloseTo(length, 5);
    expect(numbers(seen.measurements.mean)[0]).toBeCloseTo(length, 5);
  });
  it("value and gradient of a line search are not computed twice", () => {
    const f = (x: Tensor): Tensor => np.sum(np.square(x));
    const tx = optim.chain(
      optim.sgd(1),
      optim.scaleByBacktrackingLinesearch({ maxBacktrackingSteps: 5, storeGrad: true }),
    );
    const x = np.array([2]);
    const both = optim.valueAndGradFromState(f);
    const [value, g] = both(x, tx.init(x));
    expect([numbers(value), numbers(g)]).toEqual([[4], [4]]);
    const [u, state] = tx.update(g, tx.init(x), x, { value, grad: g, valueFn: f as (p: never) => Tensor });
    const next = optim.applyUpdates(x, u);
    const [kept, slope] = both(next, state);
    expect(numbers(kept)[0]).toBeCloseTo(Number(f(next).item()), 6);
    expect(numbers(slope)[0]).toBeCloseTo(2 * numbers(next)[0], 5);
  });
  it("clips examples one by one", () => {
    const g = {
      a: np.array([
        [3, 4],
        [0.3, 0.4],
      ]),
    };
    const [sum, clipped] = optim.perExampleGlobalNormClip(g, 1);
    numbers(sum.a).forEach((v, i) => expect(v).toBeCloseTo([0.9, 1.2][i], 6));
    expect(clipped.item()).toBe(1);
  });
});

describe("errors", () => {
  const tx = optim.chain(optim.clip(1), optim.scale(2));
  it.each([
    ["an unknown option", () => optim.adam(0.1, { beta1: 0.9 } as never), /optim\.adam: unknown option 'beta1'.*CT001/],
    ["a state of another chain", () => tx.update(grads, [null] as never, params), /array of 1.*2 parts.*CT421/],
    ["no parameters", () => optim.adamw(0.1).update(grads, optim.adamw(0.1).init(params)), /addDecayedWeights.*CT420/],
    ["no value", () => optim.polyakSgd().update(grads, optim.polyakSgd().init(params), params), /needs value.*CT422/],
    ["options for a learning rate", () => optim.adam({ b1: 0.9 } as never), /learning rate is a plain object.*CT003/s],
    ["no learning rate", () => optim.adam(undefined as never), /learning rate is undefined.*CT003/s],
    ["no transformation", () => optim.chain(optim.sgd as never), /argument 0.*CT003/],
    [
      "a label without transformation",
      () => optim.partition({ a: optim.identity() }, { w: "b", b: "a" }).init(params),
      /'b'.*CT004/,
    ],
    ["a name twice", () => optim.namedChain(["x", optim.identity()], ["x", optim.identity()]), /CT004/],
    ["other structures", () => optim.applyUpdates(params, { w: grads.w }), /CT20[01]/],
    ["integer logits", () => optim.softmaxCrossEntropy(np.array([1, 2], { dtype: "int32" }), [0, 1]), /CT105/],
    ["labels that are floats", () => optim.softmaxCrossEntropyWithIntegerLabels([[1, 2]], [0.5]), /labels.*CT105/],
    ["a schedule of no steps", () => optim.cosineDecaySchedule(1, 0), /decaySteps.*CT004/],
    ["boundaries that do not fit", () => optim.joinSchedules([optim.constantSchedule(1)], [3]), /CT004/],
  ] as const)("%s", (_, f, message) => expect(f).toThrow(message));
});
