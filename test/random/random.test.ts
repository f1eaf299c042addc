/** What samplers promise beyond their values: transforms go through them, and wrong arguments are named. */
import { describe, expect, it } from "vitest";
import { grad, jit, jvp, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as p from "../../src/primitives/index.js";
import { reduceSum } from "../../src/primitives/reductions.js";
import { randomGammaGrad } from "../../src/primitives/special.js";
import * as random from "../../src/random/index.js";
import { elements, scalar, tensor } from "../primitives/elementwise-support.js";

const key = random.key(42);
const sum = (x: Tensor): Tensor => reduceSum(x, [...x.shape.keys()]);
const numbers = (x: Tensor): number[] => elements(x).map(Number);

describe("keys", () => {
  it("take seeds of 32 and of 64 bits", () => {
    expect(elements(random.key(-1))).toEqual([0, 2 ** 32 - 1]);
    expect(elements(random.key(-1n))).toEqual([2 ** 32 - 1, 2 ** 32 - 1]);
    expect(elements(random.key(2 ** 40 + 7))).toEqual([256, 7]);
    expect(elements(random.key(scalar(5, "int32")))).toEqual([0, 5]);
  });
  it("are their own words", () => {
    expect(elements(random.keyData(random.wrapKeyData(new Uint32Array([1, 2]))))).toEqual([1, 2]);
    expect(elements(random.clone(key))).toEqual(elements(key));
  });
  it("come in arrays of any shape", () => {
    expect(random.split(key).shape).toEqual([2, 2]);
    expect(random.split(key, [3, 1]).shape).toEqual([3, 1, 2]);
    expect(random.split(key, []).shape).toEqual([2]);
  });
  it("fold numbers in, of which 32 bits count", () => {
    expect(elements(random.foldIn(key, -1))).toEqual(elements(random.foldIn(key, 2 ** 32 - 1)));
    expect(elements(random.foldIn(key, 3))).not.toEqual(elements(random.foldIn(key, 4)));
  });
});

describe("the shape", () => {
  it("stands by itself or among the options", () => {
    const wanted = elements(random.gamma(key, 2, [3]));
    expect(elements(random.gamma(key, 2, { shape: [3] }))).toEqual(wanted);
    expect(elements(random.gamma(key, 2, [3], { dtype: "float32" }))).toEqual(wanted);
    expect(random.uniform(key, { dtype: "float64" }).dtype).toBe("float64");
  });
  it("is what the parameters broadcast to", () => {
    expect(random.beta(key, tensor([1, 2, 3]), tensor([1, 2], "float32", [2, 1])).shape).toEqual([2, 3]);
    expect(random.dirichlet(key, tensor([1, 2, 3]), [4]).shape).toEqual([4, 3]);
    expect(random.categorical(key, p.full([2, 5], 0, "float32"), { axis: 0 }).shape).toEqual([5]);
  });
});

describe("transforms", () => {
  it("vmap over keys draws what each key draws", () => {
    const keys = random.split(key, 3);
    for (const f of [
      (k: Tensor) => random.normal(k, [2]),
      (k: Tensor) => random.gamma(k, 0.7, [2]),
      (k: Tensor) => random.poisson(k, 20, [2]),
      (k: Tensor) => random.binomial(k, 40, 0.4, [2]),
      (k: Tensor) => random.permutation(k, 6),
      (k: Tensor) => random.choice(k, 9, [2], { replace: false }),
    ]) {
      const alone = p.unstack(keys, 0).map((k) => elements(f(k)));
      expect(elements(vmap(f)(keys))).toEqual(alone.flat());
    }
  });
  it("jit draws the same", () => {
    const f = (k: Tensor, a: Tensor): Tensor => random.gamma(k, a, [3]);
    expect(numbers(jit(f)(key, 1.5))).toEqual(numbers(f(key, scalar(1.5))));
  });
  it("uniform and normal samples are differentiable in what shapes them", () => {
    const u = numbers(random.uniform(key, [3]));
    const f = (low: Tensor, high: Tensor): Tensor => sum(random.uniform(key, [3], { minval: low, maxval: high }));
    const [dLow, dHigh] = grad(f, { argnums: [0, 1] })(2, 5) as [Tensor, Tensor];
    expect(Number(dHigh.item())).toBeCloseTo(u[0] + u[1] + u[2], 5);
    expect(Number(dLow.item())).toBeCloseTo(3 - (u[0] + u[1] + u[2]), 5);
  });
  it("gamma samples have implicit gradients", () => {
    const a = tensor([0.4, 1.5, 6]);
    const samples = random.gamma(key, a);
    expect(numbers(grad((x: Tensor) => sum(random.gamma(key, x)))(a))).toEqual(numbers(randomGammaGrad(a, samples)));
    const [logs, slope] = jvp((x: Tensor) => random.loggamma(key, x), [a], [p.fullLike(a, 1)]);
    const implicit = numbers(p.div(randomGammaGrad(a, p.exp(logs)), p.exp(logs)));
    numbers(slope).forEach((s, i) => expect(s).toBeCloseTo(implicit[i], 5));
  });
  it("keys have no gradient", () => {
    const f = (x: Tensor): Tensor => sum(p.mul(x, random.normal(key, [2])));
    expect(numbers(grad(f)(tensor([1, 1])))).toEqual(numbers(random.normal(key, [2])));
  });
});

describe("values", () => {
  it("lie where their distributions do", () => {
    const all = (xs: number[], inside: (x: number) => boolean): void => expect(xs.every(inside)).toBe(true);
    all(numbers(random.uniform(key, [1000], { minval: -3, maxval: 2 })), (x) => x >= -3 && x < 2);
    all(numbers(random.truncatedNormal(key, -0.5, 0.25, [1000])), (x) => x > -0.5 && x < 0.25);
    all(numbers(random.randint(key, [1000], -4, 3)), (x) => x >= -4 && x < 3);
    all(numbers(random.ball(key, 3, { shape: [100] })), (x) => Math.abs(x) <= 1);
    all(numbers(random.gumbel(key, [1000], { mode: "highest" })), Number.isFinite);
  });
  it("have their means and deviations", () => {
    const moments = (x: Tensor): [number, number] => {
      const xs = numbers(x);
      const mean = xs.reduce((s, v) => s + v, 0) / xs.length;
      return [mean, xs.reduce((s, v) => s + (v - mean) ** 2, 0) / xs.length];
    };
    const near = (x: Tensor, mean: number, variance: number): void => {
      const [m, v] = moments(x);
      expect(Math.abs(m - mean)).toBeLessThan(5 * Math.sqrt(variance / x.size));
      expect(Math.abs(v / variance - 1)).toBeLessThan(0.15);
    };
    const n = [4000];
    near(random.normal(key, n), 0, 1);
    near(random.gumbel(key, n, { mode: "highest" }), 0.5772, Math.PI ** 2 / 6);
    near(random.binomial(key, 50, 0.3, n), 15, 10.5);
    near(random.binomial(key, 12, 0.7, n), 8.4, 2.52);
    near(random.poisson(key, 40, n), 40, 40);
    near(random.beta(key, 2, 3, n), 0.4, 0.04);
  });
  it("of a count that is not valid are NaN, of a rate of 0 are 0", () => {
    expect(numbers(random.binomial(key, tensor([-1, 5, Infinity]), 0.5))[0]).toBeNaN();
    expect(numbers(random.binomial(key, tensor([Infinity]), 0.5))).toEqual([Infinity]);
    expect(numbers(random.poisson(key, 0, [2]))).toEqual([0, 0]);
  });
  it("permutations hold each element once", () => {
    const out = numbers(random.permutation(key, 50));
    expect([...out].sort((a, b) => a - b)).toEqual([...out.keys()]);
    const rows = random.permutation(key, tensor([1, 2, 3, 4, 5, 6], "int32", [3, 2]));
    const pairs = numbers(rows);
    expect([0, 2, 4].every((i) => pairs[i + 1] === pairs[i] + 1)).toBe(true);
  });
});

describe("errors", () => {
  const cases: readonly (readonly [string, () => unknown, RegExp])[] = [
    [
      "a batch of keys",
      () => random.normal(random.split(key), [2]),
      /random\.normal: the key is u32\[2,2\].*vmap.*CT107/,
    ],
    ["no key", () => random.normal(3 as never), /the key must be a tensor, but it is a number.*CT003/],
    ["a fractional seed", () => random.key(0.5), /CT003/],
    [
      "an unknown option",
      () => random.uniform(key, [2], { minVal: 0 } as never),
      /unknown option 'minVal'.*'minval'.*CT001/,
    ],
    ["the shape twice", () => random.gamma(key, 1, [2], { shape: [2] }), /unknown option 'shape'.*CT001/],
    ["an integer dtype for floats", () => random.uniform(key, [2], { dtype: "int32" }), /CT105/],
    ["a float dtype for integers", () => random.randint(key, [2], 0, 3, { dtype: "float32" }), /CT105/],
    ["a negative size", () => random.normal(key, [-1]), /CT107/],
    ["parameters wider than the shape", () => random.gamma(key, tensor([1, 2]), []), /CT103/],
    [
      "too many draws without replacement",
      () => random.choice(key, 3, [4], { replace: false }),
      /4 of 3 elements.*CT004/,
    ],
    ["probabilities that do not fit", () => random.choice(key, 3, { p: [0.5, 0.5] }), /shape \[2\].*3 elements.*CT107/],
    ["integer probabilities", () => random.bernoulli(key, tensor([1], "int32")), /CT105/],
    ["an axis out of range", () => random.permutation(key, tensor([1, 2]), { axis: 1 }), /CT100/],
    ["an unknown mode", () => random.gumbel(key, [], { mode: "best" as never }), /CT004/],
  ];
  it.each(cases)("%s", (_, f, message) => expect(f).toThrow(message));
});
