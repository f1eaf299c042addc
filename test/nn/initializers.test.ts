/** Initial values: those of jax.nn.initializers. */
import { describe, expect, it } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import type { Initializer } from "../../src/nn/index.js";
import { initializers as init } from "../../src/nn/index.js";
import * as random from "../../src/random/index.js";
import { type GoldenArray, readGolden } from "../golden/read.js";
import { elements, expectGolden } from "../primitives/elementwise-support.js";

const { records } = readGolden<{ python: string; key: number; shape: number[]; out: GoldenArray }>("initializers.json");

/** The recorded initializers, in TypeScript. */
const made: Readonly<Record<string, Initializer>> = {
  zeros: init.zeros,
  ones: init.ones,
  "constant(2.5)": init.constant(2.5),
  "uniform()": init.uniform(),
  "uniform(0.5)": init.uniform(0.5),
  "normal()": init.normal(),
  "normal(stddev=2.)": init.normal({ stddev: 2 }),
  "truncated_normal(0.5)": init.truncatedNormal(0.5),
  "truncated_normal(1., lower=-1., upper=0.5)": init.truncatedNormal({ stddev: 1, lower: -1, upper: 0.5 }),
  "glorot_uniform()": init.glorotUniform(),
  "glorot_normal()": init.glorotNormal(),
  "xavier_uniform()": init.xavierUniform(),
  "xavier_normal()": init.xavierNormal(),
  "lecun_uniform()": init.lecunUniform(),
  "lecun_normal()": init.lecunNormal(),
  "he_uniform()": init.heUniform(),
  "he_normal()": init.heNormal(),
  "kaiming_uniform()": init.kaimingUniform(),
  "kaiming_normal()": init.kaimingNormal(),
  "he_normal(in_axis=-1, out_axis=-2)": init.heNormal({ inAxis: -1, outAxis: -2 }),
  "glorot_uniform(in_axis=(0, 1), out_axis=2)": init.glorotUniform({ inAxis: [0, 1], outAxis: 2 }),
  "he_normal(batch_axis=0)": init.heNormal({ batchAxis: 0 }),
  "normal(0.5, dtype='bfloat16')": init.normal({ stddev: 0.5, dtype: "bfloat16" }),
  "orthogonal()": init.orthogonal(),
  "orthogonal(2.)": init.orthogonal(2),
  "orthogonal(column_axis=0)": init.orthogonal({ columnAxis: 0 }),
  "delta_orthogonal()": init.deltaOrthogonal(),
  "delta_orthogonal(1.5)": init.deltaOrthogonal(1.5),
};

function initializerOf(python: string): Initializer {
  const scaling = /^variance_scaling\(([\d.]+), '(\w+)', '(\w+)'(?:, dtype='(\w+)')?\)$/.exec(python);
  if (!scaling) return made[python];
  const [, scale, mode, distribution, dtype] = scaling;
  return init.varianceScaling(
    Number(scale),
    mode as init.FanMode,
    distribution as init.ScalingDistribution,
    dtype === undefined ? {} : { dtype: dtype as "complex64" },
  );
}

describe("values are JAX's", () => {
  it.each(records.map((r) => [`${r.python} ${r.shape}`, r] as const))("%s", (_, r) => {
    const x = initializerOf(r.python)(random.key(r.key), r.shape);
    // Half precision is rounded after each operation here.
    expectGolden(x, r.out, r.out.dtype === "bfloat16" ? 8e-3 : 2e-6, 1e-3);
  });
});

describe("orthogonal", () => {
  it("has orthonormal columns, or rows", () => {
    const product = (x: Tensor): number[] => {
      const [n, m] = x.shape;
      const v = elements(x).map(Number);
      const pairs = Array.from({ length: m * m }, (_, k) => [Math.floor(k / m), k % m]);
      return pairs.map(([i, j]) =>
        Array.from({ length: n }, (_, r) => v[r * m + i] * v[r * m + j]).reduce((s, y) => s + y, 0),
      );
    };
    product(init.orthogonal()(random.key(0), [5, 3])).forEach((x, k) => expect(x).toBeCloseTo(k % 4 === 0 ? 1 : 0, 5));
  });
});

describe("options", () => {
  it("take a dtype when made and when called", () => {
    expect(init.heNormal({ dtype: "float64" })(random.key(0), [2, 3]).dtype).toBe("float64");
    expect(init.heNormal()(random.key(0), [2, 3], { dtype: "bfloat16" }).dtype).toBe("bfloat16");
    expect(init.zeros(random.key(0), [2], "int32").dtype).toBe("int32");
  });
  it.each([
    ["a vector has no fans", () => init.heNormal()(random.key(0), [3]), /no axis -2.*CT100/],
    ["unknown mode", () => init.varianceScaling(1, "fan" as never, "normal"), /fan_in, fan_out.*CT004/],
    ["unknown distribution", () => init.varianceScaling(1, "fan_in", "beta" as never), /truncated_normal.*CT004/],
    ["unknown option", () => init.normal({ stdev: 1 } as never), /'stdev'.*'stddev'.*CT001/],
    ["orthogonal vectors", () => init.orthogonal()(random.key(0), [3]), /CT107/],
    ["delta kernels that narrow", () => init.deltaOrthogonal()(random.key(0), [3, 4, 2]), /CT107/],
  ] as const)("%s", (_, f, message) => expect(f).toThrow(message));
});
