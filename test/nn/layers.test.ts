/** Layers: parameters from input types, pure application, transforms through them. */
import { describe, expect, it } from "vitest";
import { evalShape, grad, jit, ShapeDtypeStruct, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as nn from "../../src/nn/index.js";
import * as np from "../../src/numpy/index.js";
import * as random from "../../src/random/index.js";
import { elements, tensor } from "../primitives/elementwise-support.js";

const key = random.key(0);
const numbers = (x: Tensor): number[] => elements(x).map(Number);
const image = (shape: readonly number[]): Tensor => random.normal(random.key(1), shape);

describe("dense", () => {
  it("is x · kernel + bias", () => {
    const layer = nn.dense(2, { biasInit: nn.initializers.constant(0.5) });
    const params = { kernel: tensor([1, 2, 3, 4, 5, 6], "float32", [3, 2]), bias: tensor([0.5, -0.5]) };
    expect(layer.apply(params, [1, 0, 2]).js()).toEqual([11.5, 13.5]);
    expect(layer.init(key, [3]).bias?.js()).toEqual([0.5, 0.5]);
  });
  it("needs only the type of its input", () => {
    const shapes = (input: nn.InputSpec): unknown[] =>
      Object.values(nn.dense(4).init(key, input)).map((x: Tensor) => [x.dtype, x.shape]);
    const wanted = [
      ["float32", [3, 4]],
      ["float32", [4]],
    ];
    expect(shapes([8, 3])).toEqual(wanted);
    expect(shapes(new ShapeDtypeStruct([3], "float32"))).toEqual(wanted);
    expect(shapes(image([2, 3]))).toEqual(wanted);
    expect(shapes(new ShapeDtypeStruct([3], "bfloat16"))[0]).toEqual(["bfloat16", [3, 4]]);
  });
  it("may have no bias", () => expect(Object.keys(nn.dense(4, { useBias: false }).init(key, [3]))).toEqual(["kernel"]));
});

describe("conv and pooling", () => {
  it.each([
    [{}, [2, 6, 6, 4]],
    [{ strides: 2 }, [2, 3, 3, 4]],
    [{ padding: "VALID" as const }, [2, 4, 4, 4]],
    [{ kernelDilation: 2, padding: "VALID" as const }, [2, 2, 2, 4]],
    [{ featureGroupCount: 2 }, [2, 6, 6, 4]],
  ])("%j", (options, shape) => {
    const layer = nn.conv(4, [3, 3], options);
    const params = layer.init(key, [2, 6, 6, 2]);
    expect(layer.apply(params, image([2, 6, 6, 2])).shape).toEqual(shape);
  });
  it("convolves one image as it does a batch", () => {
    const layer = nn.conv(3, [2, 2]);
    const x = image([2, 4, 4, 1]);
    const params = layer.init(key, x);
    const batch = numbers(layer.apply(params, x));
    expect(numbers(vmap((y: Tensor) => layer.apply(params, y))(x))).toEqual(batch);
    expect(layer.apply(params, image([5, 2, 4, 4, 1])).shape).toEqual([5, 2, 4, 4, 3]);
  });
  it("takes maxima and means of windows", () => {
    const x = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], "float32", [3, 3, 1]);
    expect(numbers(nn.maxPool([2, 2], { strides: 1 }).apply(null, x))).toEqual([5, 6, 8, 9]);
    expect(numbers(nn.avgPool([2, 2], { strides: 1 }).apply(null, x))).toEqual([3, 4, 6, 7]);
    expect(numbers(nn.avgPool([2, 2], { padding: "SAME" }).apply(null, x))).toEqual([3, 4.5, 7.5, 9]);
    expect(nn.maxPool([2, 2]).apply(null, image([4, 7, 6, 2])).shape).toEqual([4, 3, 3, 2]);
  });
});

describe("norms", () => {
  it("standardise the last axis", () => {
    const layer = nn.layerNorm({ epsilon: 0 });
    const y = numbers(layer.apply(layer.init(key, [2, 4]), tensor([1, 2, 3, 6], "float32", [1, 4])));
    expect(y.reduce((s, v) => s + v, 0)).toBeCloseTo(0, 5);
    expect(y.reduce((s, v) => s + v * v, 0) / 4).toBeCloseTo(1, 5);
  });
  it("rmsNorm keeps the mean", () => {
    const layer = nn.rmsNorm({ epsilon: 0 });
    const y = numbers(layer.apply(layer.init(key, [2]), tensor([3, 4])));
    expect(y[0]).toBeCloseTo(3 / Math.sqrt(12.5), 5);
  });
  it("scale and shift", () => {
    const layer = nn.layerNorm();
    expect(Object.keys(layer.init(key, [3])).sort()).toEqual(["bias", "scale"]);
    expect(numbers(layer.apply({ scale: tensor([0, 0]), bias: tensor([1, 2]) }, [[3, 5]]))).toEqual([1, 2]);
  });
});

describe("embed", () => {
  it("takes rows", () => {
    const params = { embedding: tensor([1, 2, 3, 4, 5, 6], "float32", [3, 2]) };
    expect(
      nn
        .embed(3, 2)
        .apply(params, np.array([2, 0], { dtype: "int32" }))
        .js(),
    ).toEqual([
      [5, 6],
      [1, 2],
    ]);
    expect(nn.embed(30, 4).init(key, [8]).embedding.shape).toEqual([30, 4]);
  });
});

describe("dropout", () => {
  const x = np.ones([1000]);
  it("does nothing without a key", () => expect(nn.dropout(0.5).apply(null, x)).toBe(x));
  it("drops and scales with one", () => {
    const y = numbers(nn.dropout(0.25).apply(null, x, { key }));
    expect(y.every((v) => v === 0 || Math.abs(v - 4 / 3) < 1e-6)).toBe(true);
    expect(y.filter((v) => v === 0).length / 1000).toBeCloseTo(0.25, 1);
    expect(numbers(nn.dropout(1).apply(null, x, { key })).every((v) => v === 0)).toBe(true);
  });
});

describe("sequential", () => {
  const model = nn.sequential(
    nn.conv(2, [3, 3]),
    nn.fn(nn.relu),
    nn.maxPool([2, 2]),
    nn.flatten(),
    nn.dropout(0.5),
    nn.dense(3),
  );
  const x = image([4, 6, 6, 1]);
  const params = model.init(key, [4, 6, 6, 1]);
  it("makes each layer for what the one before gives", () => {
    expect(params[0].kernel.shape).toEqual([3, 3, 1, 2]);
    expect(params[1]).toBeNull();
    expect(params[5].kernel.shape).toEqual([18, 3]);
    expect(model.apply(params, x).shape).toEqual([4, 3]);
  });
  it("may be initialised without values", () => {
    const types = evalShape((k: Tensor) => model.init(k, [4, 6, 6, 1]), key);
    expect((types as unknown as { shape: number[] }[][])[0]).toBeDefined();
  });
  it("gives each layer a key of its own", () => {
    const twice = nn.sequential(nn.dropout(0.5), nn.dropout(0.5));
    const kept = numbers(twice.apply([null, null], np.ones([400]), { key })).filter((v) => v !== 0);
    expect(kept.length / 400).toBeCloseTo(0.25, 1);
  });
  it("goes through grad, jit and vmap", () => {
    const loss = (p: typeof params): Tensor => np.sum(np.square(model.apply(p, x, { key })));
    const g = grad(loss)(params);
    expect(g[5].kernel.shape).toEqual([18, 3]);
    expect(numbers(g[0].kernel).some((v) => v !== 0)).toBe(true);
    const close = numbers(jit(loss)(params))[0] / numbers(loss(params))[0];
    expect(close).toBeCloseTo(1, 5);
    const one = vmap((y: Tensor) => model.apply(params, np.expandDims(y, 0)))(x);
    numbers(one).forEach((v, i) => expect(v).toBeCloseTo(numbers(model.apply(params, x))[i], 5));
  });
});

describe("errors", () => {
  const layer = nn.dense(3);
  it.each([
    ["other features", () => layer.apply(layer.init(key, [2]), [1, 2, 3]), /made for 2 features.*CT103/],
    ["a scalar input", () => layer.init(key, []), /CT107/],
    ["no size", () => nn.dense(0), /CT004/],
    ["an unknown option", () => nn.dense(3, { bias: false } as never), /'bias'.*CT001/],
    ["an unknown option of apply", () => layer.apply(layer.init(key, [1]), [1], { rng: key } as never), /CT001/],
    ["no input type", () => layer.init(key, "x" as never), /a string.*CT003/],
    ["a function in sequential", () => nn.sequential(nn.relu as never), /argument 0.*nn\.fn.*CT003/],
    ["a rate that is none", () => nn.dropout(2), /CT004/],
    ["groups that do not divide", () => nn.conv(4, [3], { featureGroupCount: 2 }).init(key, [8, 3]), /CT103/],
    ["space without axes", () => nn.maxPool([2, 2]).apply(null, [1, 2]), /CT107/],
  ] as const)("%s", (_, f, message) => expect(f).toThrow(message));
});
