/** Optax's contrib, and what else stands beside its optimizers. */
import { describe, expect, it } from "vitest";
import { grad, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as np from "../../src/numpy/index.js";
import type { GradientTransformation } from "../../src/optim/index.js";
import * as optim from "../../src/optim/index.js";
import * as random from "../../src/random/index.js";
import { type GoldenArray, type GoldenValue, isGoldenArray, readGolden } from "../golden/read.js";
import { elements, expectGolden, fromGolden } from "../primitives/elementwise-support.js";
import { callRecorded, isTensor, type RecordedCall, transformationOf } from "./python-optax.js";

type GoldenTree = { readonly [name: string]: GoldenArray };
interface Recorded extends RecordedCall {
  readonly kind: "optimizer" | "call";
  readonly updates?: readonly GoldenTree[];
  readonly params?: GoldenTree;
  readonly out?: GoldenValue;
}
const { meta, records } = readGolden<Recorded>("contrib.json");
const given = readGolden<unknown>("optim.json").meta as unknown as { params: GoldenTree; grads: GoldenTree[] };
const values = meta.values as readonly number[];
const tree = (t: GoldenTree): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(t).map(([k, a]) => [k, fromGolden(a)]));

function expectTree(x: Record<string, Tensor>, want: GoldenTree, tolerance: number): void {
  expect(Object.keys(x).sort()).toEqual(Object.keys(want).sort());
  for (const k of Object.keys(want)) expectGolden(x[k], want[k], tolerance, 1e-2);
}

const of = (kind: Recorded["kind"]): (readonly [string, Recorded])[] =>
  records.filter((r) => r.kind === kind).map((r, i) => [r.python ?? `${r.fn} ${i}`, r] as const);

describe("optimizers", () => {
  it.each(of("optimizer"))("%s", (name, r) => {
    const tx = transformationOf(r);
    let params = tree(given.params);
    let state = tx.init(params);
    // Matrix polynomials round many times more; steps of momo and madgrad are differences of nearly equal numbers.
    const tolerance = /muon|momo|madgrad/.test(name) ? 3e-5 : 5e-6;
    for (const [i, g] of given.grads.entries()) {
      const [updates, next] = tx.update(tree(g), state, params, { value: values[i] });
      state = next;
      params = optim.applyUpdates(params, updates);
      expectTree(updates, (r.updates as GoldenTree[])[i], tolerance);
    }
    expectTree(params, r.params as GoldenTree, tolerance);
  });
});

describe("functions", () => {
  it.each(of("call"))("%s", (_, r) => {
    const check = (x: unknown, want: GoldenValue): void => {
      if (isGoldenArray(want)) {
        expect(isTensor(x)).toBe(true);
        // Of iterations that end when they are near enough.
        expectGolden(x as Tensor, want, 1e-5, 1);
      } else (want as readonly GoldenValue[]).forEach((w, i) => check((x as unknown[])[i], w));
    };
    check(callRecorded(r), r.out as GoldenValue);
  });
  it("the inverse root of a matrix is one", () => {
    const a = np.array([
      [4, 1],
      [1, 3],
    ]);
    const [root] = optim.matrixInversePthRoot(a, 2);
    const identity = np.matmul(np.matmul(root, root), a);
    elements(identity).forEach((x, i) => expect(Number(x)).toBeCloseTo(i % 3 === 0 ? 1 : 0, 3));
  });
});

describe("private gradients", () => {
  it("are clipped, averaged and noisy", () => {
    const g = {
      a: np.array([
        [3, 4],
        [0, 0],
      ]),
    };
    const quiet = optim.contrib.differentiallyPrivateAggregate(1, 0, 7);
    const [mean] = quiet.update(g, quiet.init(g));
    elements(mean.a).forEach((x, i) => expect(Number(x)).toBeCloseTo([0.3, 0.4][i], 6));
    const loud = optim.contrib.dpsgd(1, 1, 2, random.key(3));
    const [noisy] = loud.update(g, loud.init(g));
    expect(elements(noisy.a)).not.toEqual(elements(mean.a));
  });
});

describe("sam in one update", () => {
  it("does what two do", () => {
    const f = (x: Tensor): Tensor => np.sum(np.multiply(np.square(x), np.array([1, 3])));
    const x = np.array([1, -0.5]);
    const inner = (): GradientTransformation => optim.sgd(0.1) as GradientTransformation;
    const opaque = optim.contrib.sam(inner(), inner(), { opaqueMode: true });
    const [u] = opaque.update(grad(f)(x), opaque.init(x), x, { gradFn: (p: Tensor) => grad(f)(p) });
    const stepwise = optim.contrib.sam(inner(), inner());
    let [y, state] = [x, stepwise.init(x)];
    for (let i = 0; i < 2; i++) {
      const [v, next] = stepwise.update(grad(f)(y), state, y);
      state = next;
      y = optim.applyUpdates(y, v);
    }
    elements(y).forEach((v, i) => expect(Number(v)).toBeCloseTo(Number(elements(optim.applyUpdates(x, u))[i]), 5));
  });
});

describe("complex parameters", () => {
  it("are minimised as pairs", () => {
    const z = np.array([{ re: 1, im: -2 }]);
    const tx = optim.contrib.splitRealAndImaginary(optim.sgd(0.5) as GradientTransformation);
    const [u] = tx.update(z, tx.init(z), z);
    expect(elements(optim.applyUpdates(z, u))).toEqual([{ re: 0.5, im: -1 }]);
  });
});

describe("perturbed functions", () => {
  const argmax = (x: Tensor): Tensor => np.multiply(np.equal(np.arange(3), np.argmax(x)), 1.5);
  const soft = optim.makePerturbedFun(argmax, { numSamples: 2000, sigma: 1 });
  const x = np.array([0, 1, 2]);
  it("under Gumbel noise are softmax", () => {
    const weights = [0, 1, 2].map((v) => Math.exp(v));
    const sum = weights.reduce((a, b) => a + b);
    elements(soft(random.key(0), x)).forEach((v, i) =>
      expect(Math.abs(Number(v) - (1.5 * weights[i]) / sum)).toBeLessThan(0.06),
    );
  });
  it("have gradients", () => {
    const g = elements(grad((y: Tensor) => np.take(soft(random.key(0), y), 2))(x)).map(Number);
    const p = Math.exp(2) / (1 + Math.E + Math.exp(2));
    expect(Math.abs(g[2] - 1.5 * p * (1 - p))).toBeLessThan(0.15);
  });
  it("map over keys", () => {
    const few = optim.makePerturbedFun(argmax, { numSamples: 5 });
    expect(vmap((k: Tensor) => few(k, x))(random.split(random.key(1), 3)).shape).toEqual([3, 3]);
  });
});

describe("errors", () => {
  it.each([
    ["a factor that does not lower", () => optim.reduceOnPlateau({ factor: 2 }), /CT004/],
    ["a value left out", () => optim.reduceOnPlateau().update(1, optim.reduceOnPlateau().init(1)), /value.*CT422/],
    ["an unknown first step", () => optim.contrib.dog(1, { initStep: ["far", 1] as never }), /'far'.*CT004/],
    ["a function without start", () => optim.powerIteration((v: Tensor) => v), /v0.*CT003/],
    [
      "another root",
      () =>
        optim.matrixInversePthRoot(
          [
            [1, 0],
            [0, 1],
          ],
          3,
        ),
      /CT004/,
    ],
    ["sizes that do not fit", () => optim.nnls([[1, 0]], [1, 2], 3), /CT107/],
  ] as const)("%s", (_, f, message) => expect(f).toThrow(message));
});
