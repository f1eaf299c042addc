/** What functions of nn promise beyond their values. */
import { describe, expect, it } from "vitest";
import { checkpoint, grad, jit, jvp, linearTranspose, makeJaxpr, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as lax from "../../src/lax/index.js";
import * as nn from "../../src/nn/index.js";
import * as np from "../../src/numpy/index.js";
import { range } from "../../src/prelude/numbers.js";
import * as random from "../../src/random/index.js";
import { elements } from "../primitives/elementwise-support.js";

const numbers = (x: Tensor): number[] => elements(x).map(Number);
const near = (x: Tensor, y: Tensor, digits = 5): void =>
  numbers(x).forEach((v, i) => expect(v).toBeCloseTo(numbers(y)[i], digits));

describe("options", () => {
  it("may stand by themselves or have names", () => {
    expect(numbers(nn.elu([-1], 0.5))).toEqual(numbers(nn.elu([-1], { alpha: 0.5 })));
    expect(
      numbers(
        nn.softmax(
          [
            [1, 2],
            [3, 5],
          ],
          0,
        ),
      ),
    ).toEqual(
      numbers(
        nn.softmax(
          [
            [1, 2],
            [3, 5],
          ],
          { axis: 0 },
        ),
      ),
    );
    expect(numbers(nn.gelu([1], false))).toEqual(numbers(nn.gelu([1], { approximate: false })));
  });
  it("keep the precision of the operand", () => {
    const x = np.array([-1], { dtype: "float64" });
    expect(numbers(nn.leakyRelu(x, 0.1))).toEqual([-0.1]);
  });
});

describe("attention", () => {
  const [q, k, v] = [0, 1, 2].map((i) => random.normal(random.key(i), [2, 4, 6, 8]));
  it("with shared heads is that with repeated ones", () => {
    const [few, values] = [k, v].map((x) => x.slice("...", [0, 2], [null, null]));
    const repeated = [few, values].map((x) => np.repeat(x, 3, 2));
    near(nn.dotProductAttention(q, few, values), nn.dotProductAttention(q, repeated[0], repeated[1]));
  });
  it("is causal under vmap and jit alike", () => {
    const f = (a: Tensor, b: Tensor, c: Tensor): Tensor => nn.dotProductAttention(a, b, c, { isCausal: true });
    near(vmap(f)(q, k, v), jit(f)(q, k, v));
    // The first query sees the first key alone.
    near(f(q, k, v).slice(0, 0), v.slice(0, 0));
  });
  it("gives logarithms of the weights' sums", () => {
    const [out, residual] = nn.dotProductAttention(q, k, v, { returnResidual: true });
    expect([out.shape, residual.shape]).toEqual([
      [2, 4, 6, 8],
      [2, 4, 6],
    ]);
    const scores = np.divide(np.einsum("bqhd,bkhd->bqhk", q, k), Math.sqrt(8));
    near(residual, nn.logsumexp(scores, -1));
  });
  it("where nothing is seen has no NaN", () => {
    const out = nn.dotProductAttention(q, k, v, { mask: np.zeros([2, 6, 4, 4], { dtype: "bool" }) });
    expect(numbers(out).every(Number.isFinite)).toBe(true);
    const g = grad((x: Tensor) =>
      np.sum(nn.dotProductAttention(x, k, v, { mask: np.zeros([4, 4], { dtype: "bool" }) })),
    )(q);
    expect(numbers(g).every(Number.isFinite)).toBe(true);
  });
});

describe("attention as one operation", () => {
  const [q, k, v] = [0, 1, 2].map((i) => random.normal(random.key(i), [2, 4, 6, 8]));
  const keys = k.slice("...", [0, 2], [null, null]);
  const values = v.slice("...", [0, 2], [null, null]);
  const bias = random.normal(random.key(3), [6, 4, 4]);
  type Options = Parameters<typeof nn.dotProductAttention>[3];
  const attend =
    (options: Options) =>
    (...[a, b, c, d]: Tensor[]): Tensor =>
      nn.dotProductAttention(a, b, c, { bias: d, isCausal: true, ...options });
  const inputs = [q, keys, values, bias];

  it("is one in programs, and so are its tangent and its gradient", () => {
    const f = attend({ implementation: "cudnn" });
    const operations = (g: (...xs: Tensor[]) => unknown): string[] =>
      [
        ...makeJaxpr(g)(...inputs)
          .toString()
          .matchAll(/ = (attention\w*)/g),
      ].map(([, name]) => name);
    expect(operations(f)).toEqual(["attention"]);
    expect(operations((...xs) => jvp(f, xs, xs))).toEqual(["attention", "attention_tangent"]);
    const loss = (...xs: Tensor[]): Tensor => np.sum(np.square(f(...xs)));
    expect(operations(grad(loss, { argnums: [0, 1, 2, 3] }))).toEqual(["attention", "attention_gradient"]);
    expect(operations(attend({ implementation: "xla" }))).toEqual([]);
  });

  it("has the derivatives that it has as several, of second order too", () => {
    const weights = random.normal(random.key(4), q.shape);
    const along = inputs.map((x, i) => random.normal(random.key(5 + i), x.shape));
    const derivatives = (implementation: "xla" | "cudnn"): Tensor[] => {
      const loss = (...xs: Tensor[]): Tensor => np.sum(np.multiply(weights, attend({ implementation })(...xs)));
      const gradient = grad(loss, { argnums: [0, 1, 2, 3] }) as unknown as (...xs: Tensor[]) => Tensor[];
      const [gradients, seconds] = jit((...xs: Tensor[]) => jvp(gradient, xs, along))(...inputs);
      return [...gradients, ...seconds];
    };
    const [one, several] = [derivatives("cudnn"), derivatives("xla")];
    expect(one).toHaveLength(8);
    one.forEach((x, i) => near(x, several[i], 4));
  });

  it("maps over any of its operands", () => {
    const examples = random.normal(random.key(9), [3, 6, 4, 4]);
    const mapped = vmap(attend({ implementation: "cudnn" }), { inAxes: [null, null, null, 0] })(
      q,
      keys,
      values,
      examples,
    );
    for (const i of range(3)) near(mapped.slice(i), attend({})(q, keys, values, examples.slice(i)));
  });

  it("sees as several do where nothing is seen", () => {
    const mask = np.notEqual(np.array([1, 1, 0, 1]), 0).reshape([1, 1, 4, 1]);
    const sums = (implementation: "xla" | "cudnn"): Tensor[] => {
      const f = (...xs: Tensor[]) => np.sum(np.sin(attend({ implementation, mask })(...xs)));
      return grad(f, { argnums: [0, 1, 2, 3] })(...inputs) as unknown as Tensor[];
    };
    const several = sums("xla");
    sums("cudnn").forEach((x, i) => near(x, several[i]));
  });

  it("is other operations where it cannot be one", () => {
    const text = (x: Tensor, scale: number): string => {
      const f = (a: Tensor) => nn.dotProductAttention(a, a, a, { scale, implementation: "cudnn" });
      return makeJaxpr(f)(x).toString();
    };
    expect(text(q, 1)).toContain("= attention[");
    expect(text(q, Number.POSITIVE_INFINITY)).not.toContain("= attention[");
    expect(text(np.ones([1, 2, 2, 2], { dtype: "int32" }), 1)).not.toContain("= attention[");
  });

  it("can be transposed in the values", () => {
    const ct = random.normal(random.key(11), q.shape);
    const [one, several] = (["cudnn", "xla"] as const).map((implementation) => {
      const f = attend({ implementation });
      const [x] = linearTranspose((c: Tensor) => f(q, keys, c, bias), values)(ct) as unknown as Tensor[];
      return x;
    });
    near(one, several);
    const f = (a: Tensor): Tensor => attend({ implementation: "cudnn" })(a, keys, values, bias);
    expect(() => linearTranspose(f, q)(ct)).toThrow(/linear in values alone.*CT326/);
  });

  it("is differentiated inside compiled functions and loops, and computed again under checkpoint", () => {
    const f =
      (implementation: "xla" | "cudnn") =>
      (c: Tensor, x: Tensor): [Tensor, null] => [
        checkpoint((a: Tensor) => attend({ implementation })(a, keys, values, x))(c),
        null,
      ];
    const biases = random.normal(random.key(12), [3, 6, 4, 4]);
    const gradients = (["cudnn", "xla"] as const).map((implementation) => {
      const loss = jit((c: Tensor, xs: Tensor) => np.sum(np.sin(lax.scan(f(implementation), c, xs)[0])));
      return jit(grad(loss, { argnums: [0, 1] }))(q, biases) as unknown as Tensor[];
    });
    gradients[0].forEach((x, i) => near(x, gradients[1][i]));
  });

  it("is products in StableHLO", () => {
    const lowered = jit(attend({ implementation: "cudnn" })).lower(...inputs);
    expect(lowered.asText("hlo")).toContain('custom_call_target="attention"');
    expect(lowered.asText("stablehlo")).toContain("stablehlo.dot_general");
  });
});

describe("scaled products", () => {
  it("scale blocks", () => {
    const a = np.array([[[1, 2, 3, 4]]]);
    const b = np.array([
      [
        [1, 1, 1, 1],
        [1, 0, 0, 1],
      ],
    ]);
    const out = nn.scaledMatmul(
      a,
      b,
      np.array([[[1, 10]]]),
      np.array([
        [
          [2, 1],
          [1, 1],
        ],
      ]),
    );
    expect(numbers(out)).toEqual([2 * 3 + 70, 1 + 40]);
  });
  it("are plain products without scales", () => {
    const x = np.array([
      [1, 2],
      [3, 4],
    ]);
    expect(
      nn
        .scaledDotGeneral(x, x, [
          [[1], [0]],
          [[], []],
        ])
        .js(),
    ).toEqual([
      [7, 10],
      [15, 22],
    ]);
  });
});

describe("errors", () => {
  const x = np.zeros([1, 2, 3, 4]);
  it.each([
    ["an unknown option", () => nn.softmax([1], { dim: 0 } as never), /'dim'.*CT001/],
    ["an odd gate", () => nn.glu([1, 2, 3]), /size 3.*CT107/],
    ["no classes", () => nn.oneHot(np.array([1], { dtype: "int32" }), -1), /CT004/],
    ["an axis out of range", () => nn.oneHot(np.array([1], { dtype: "int32" }), 2, { axis: 3 }), /CT100/],
    ["other sizes", () => nn.dotProductAttention(x, x, np.zeros([1, 2, 3, 5])), /value has shape.*CT103/],
    [
      "heads that do not divide",
      () => nn.dotProductAttention(x, np.zeros([1, 2, 2, 4]), np.zeros([1, 2, 2, 4])),
      /3 heads.*CT103/,
    ],
    ["a mask of floats", () => nn.dotProductAttention(x, x, x, { mask: np.ones([2, 2]) }), /bool.*CT105/],
    [
      "an unknown implementation",
      () => nn.dotProductAttention(x, x, x, { implementation: "flash" as never }),
      /implementation is "flash", but it must be "xla" or "cudnn".*CT004/,
    ],
    ["an unknown algorithm", () => nn.standardize([1], { algorithm: "best" as never }), /CT004/],
    [
      "scales that do not fit",
      () => nn.scaledMatmul(np.ones([1, 1, 4]), np.ones([1, 1, 4]), np.ones([1, 1, 3]), np.ones([1, 1, 2])),
      /CT103/,
    ],
  ] as const)("%s", (_, f, message) => expect(f).toThrow(message));
});
