import { describe, expect, expectTypeOf, it } from "vitest";
import { devices, jit, numpy as np, type Tensor } from "../../src/index.js";

const typeOf = (x: Tensor): string => `${x.dtype}${x.weakType ? "*" : ""}[${x.shape}]`;

describe("array", () => {
  it.each<[string, Tensor, string, unknown]>([
    ["numbers", np.array([1, 2, 3]), "float32[3]", [1, 2, 3]],
    ["nested numbers", np.array([[1], [2.5]]), "float32[2,1]", [[1], [2.5]]],
    [
      "typed rows",
      np.array([new Int8Array([1, 2]), new Int8Array([3, 4])]),
      "int8[2,2]",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["a whole number", np.array(3), "int32*[]", 3],
    ["a fraction", np.array(0.5), "float32*[]", 0.5],
    ["bigints", np.array([1n, -2n]), "int64[2]", [1n, -2n]],
    ["booleans", np.array([true, false]), "bool[2]", [true, false]],
    ["a mixture", np.array([1, true, 2.5]), "float32[3]", [1, 1, 2.5]],
    [
      "complex numbers",
      np.array([{ re: 1, im: 2 }, 3]),
      "complex64[2]",
      [
        { re: 1, im: 2 },
        { re: 3, im: 0 },
      ],
    ],
    ["a typed array", np.array(Uint16Array.of(1, 2)), "uint16[2]", [1, 2]],
    ["a dtype", np.array([1.7, -1.7], { dtype: "int32" }), "int32[2]", [1, -1]],
    ["a number and a dtype", np.array(1.5, { dtype: "float64" }), "float64[]", 1.5],
    [
      "tensors in arrays",
      np.array([np.array([1, 2]), [3, 4]]),
      "float32[2,2]",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["no numbers", np.array([]), "float32[0]", []],
    ["ndmin", np.array([1, 2], { ndmin: 3 }), "float32[1,1,2]", [[[1, 2]]]],
    ["asarray", np.asarray([1, 2]), "float32[2]", [1, 2]],
  ])("of %s", (_, x, type, values) => {
    expect(typeOf(x)).toBe(type);
    expect(x.js()).toEqual(values);
  });

  it("copies tensors, which asarray gives back", () => {
    const x = np.ones(2);
    expect(np.asarray(x) === x).toBe(true);
    expect(np.array(x) === x).toBe(false);
  });

  it("commits to the device it is given", () => {
    const [device] = devices();
    expect(String(np.zeros(2, { device }).device)).toBe(String(device));
    expect(() => np.zeros(2, { device: "tpu" })).toThrow(/tpu.*CT501/s);
  });

  it.each<[string, () => unknown, RegExp]>([
    ["ragged arrays", () => np.array([[1, 2], [3]]), /\[1\].*CT106/s],
    ["ragged arrays of tensors", () => np.array([np.ones(2), np.ones(3)]), /CT106/],
    ["strings", () => np.array(["1"] as never), /CT013/],
    ["unknown dtypes", () => np.array([1], { dtype: "float" as never }), /float32.*CT012/s],
    ["unknown options", () => np.zeros(2, { type: "int8" } as never), /CT001/],
    ["negative sizes", () => np.zeros([2, -1]), /CT107/],
    ["fractional sizes", () => np.zeros(1.5), /CT003/],
    ["sizes that are traced", () => jit((n: Tensor) => np.zeros(n as never))(3), /CT301/],
    ["a fill that does not fit", () => np.full([2], [1, 2, 3]), /CT103/],
  ])("refuses %s", (_, f, message) => expect(f).toThrow(message));
});

describe("arange", () => {
  it.each<[string, Tensor, string, unknown]>([
    ["stop", np.arange(3), "int32[3]", [0, 1, 2]],
    ["start, stop", np.arange(1, 4), "int32[3]", [1, 2, 3]],
    ["a step", np.arange(0, 1, 0.25), "float32[4]", [0, 0.25, 0.5, 0.75]],
    ["a step down", np.arange(3, 0, -1), "int32[3]", [3, 2, 1]],
    ["a fractional stop", np.arange(2.5), "float32[3]", [0, 1, 2]],
    ["a dtype", np.arange(3, { dtype: "bfloat16" }), "bfloat16[3]", [0, 1, 2]],
    ["nothing", np.arange(0), "int32[0]", []],
    ["the wrong way", np.arange(5, 2), "int32[0]", []],
    ["bigints", np.arange(3n), "int64[3]", [0n, 1n, 2n]],
  ])("%s", (_, x, type, values) => {
    expect(typeOf(x)).toBe(type);
    expect(x.js()).toEqual(values);
  });
  it("refuses a step of 0, and what is no number", () => {
    expect(() => np.arange(0, 1, 0)).toThrow(/CT004/);
    expect(() => np.arange(Number.NaN)).toThrow(/CT003/);
    expect(() => np.arange("3" as never)).toThrow(/CT00[23]/);
  });
});

describe("grids", () => {
  it("mgrid and ogrid", () => {
    expect(np.mgrid([0, 2], [0, 3]).js()).toEqual([
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
      [
        [0, 1, 2],
        [0, 1, 2],
      ],
    ]);
    const [i, j] = np.ogrid([0, 2], [0, 1, { num: 3 }]);
    expect([i.js(), j.js()]).toEqual([[[0], [1]], [[0, 0.5, 1]]]);
    expect(() => np.mgrid([0] as never)).toThrow(/CT003/);
  });
  it("indices, dense and sparse", () => {
    expectTypeOf(np.indices([2, 3])).toEqualTypeOf<Tensor>();
    expectTypeOf(np.indices([2, 3], { sparse: true })).toEqualTypeOf<Tensor[]>();
    expect(np.indices([2, 3]).shape).toEqual([2, 2, 3]);
    expect(np.indices([2, 3], { sparse: true }).map((x) => x.shape)).toEqual([
      [2, 1],
      [1, 3],
    ]);
  });
  it("linspace gives its step when asked", () => {
    const [samples, step] = np.linspace(0, 1, 5, { retstep: true });
    expect([samples.size, step.item()]).toEqual([5, 0.25]);
    expect(() => np.linspace(0, 1, -1)).toThrow(/CT004/);
  });
});

describe("from memory", () => {
  it("reads buffers, from an offset", () => {
    const bytes = Float32Array.of(1, 2, 3).buffer;
    expect(np.frombuffer(bytes).js()).toEqual([1, 2, 3]);
    expect(np.frombuffer(bytes, { offset: 4, count: 1 }).js()).toEqual([2]);
    expect(np.frombuffer(Buffer.from([1, 2, 255]), { dtype: "int8" }).js()).toEqual([1, 2, -1]);
    expect(() => np.frombuffer(bytes, { count: 4 })).toThrow(/CT004/);
  });
  it("reads iterables and functions", () => {
    expect(np.fromiter(new Set([3, 4])).js()).toEqual([3, 4]);
    expect(np.fromfunction((i, j) => i.mul(10).add(j), [2, 2], { dtype: "int32" }).js()).toEqual([
      [0, 1],
      [10, 11],
    ]);
    expect(() => np.fromiter(3 as never)).toThrow(/CT003/);
  });
});

describe("dtypes", () => {
  it("have limits", () => {
    expect(np.finfo("float32")).toMatchObject({
      eps: 2 ** -23,
      max: 3.4028234663852886e38,
      bits: 32,
      nexp: 8,
      precision: 6,
    });
    expect(np.finfo("bfloat16")).toMatchObject({ eps: 2 ** -7, smallestNormal: 2 ** -126 });
    expect(np.finfo("complex128").max).toBe(Number.MAX_VALUE);
    expect(np.finfo("float64").smallestSubnormal).toBe(Number.MIN_VALUE);
    expect(np.iinfo("int8")).toEqual({ dtype: "int8", bits: 8, min: -128, max: 127 });
    expect(np.iinfo("uint64").max).toBe(2n ** 64n - 1n);
    expect(() => np.finfo("int8")).toThrow(/iinfo.*CT105/s);
    expect(() => np.iinfo("float32")).toThrow(/finfo.*CT105/s);
  });
  it("are of kinds", () => {
    expect(np.issubdtype("bfloat16", np.floating)).toBe(true);
    expect(np.issubdtype("int8", np.unsignedinteger)).toBe(false);
    expect(np.issubdtype(np.floating, np.inexact)).toBe(true);
    expect(np.isdtype("int32", "integral")).toBe(true);
    expect(np.isdtype("int32", ["bool", "real floating"])).toBe(false);
    expect(() => np.issubdtype("int8", "ints" as never)).toThrow(/CT012/);
  });
  it("are cast safely or not", () => {
    expect(np.canCast("int32", "float32")).toBe(false);
    expect(np.canCast("int32", "float64")).toBe(true);
    expect(np.canCast("uint8", "int16")).toBe(true);
    expect(np.canCast("int8", "uint8")).toBe(false);
    expect(np.canCast("float64", "float32", { casting: "same_kind" })).toBe(true);
    expect(np.canCast("float16", "bfloat16")).toBe(false);
    expect(np.canCast("float32", "complex64")).toBe(true);
  });
  it("are strings of their names", () => {
    expect(np.float32).toBe("float32");
    expectTypeOf(np.bfloat16).toEqualTypeOf<"bfloat16">();
    expect([np.dtype([1]), np.dtype("int8"), np.resultType("int8", 1.5), np.promoteTypes("int8", "uint8")]).toEqual([
      "float32",
      "int8",
      "float32",
      "int16",
    ]);
  });
});

describe("indices of diagonals and triangles", () => {
  it.each([
    ["diagIndices size", () => np.diagIndices("3" as never), /diagIndices: .*CT003/],
    ["diagIndices ndim", () => np.diagIndices(3, {} as never), /diagIndices: ndim must be an integer.*CT003/],
    ["trilIndices offset", () => np.trilIndices(3, 0.5), /trilIndices: k must be an integer.*CT003/],
    ["triuIndices columns", () => np.triuIndices(3, 0, "2" as never), /triuIndices: .*CT003/],
  ] as const)("%s is refused", (_, f, message) => expect(f).toThrow(message));
});

describe("text", () => {
  it("prints with and without commas", () => {
    expect(np.arrayStr([1, 2.5])).toBe("[1.  2.5]");
    expect(
      np.arrayRepr([
        [1, 2.5],
        [3, 4],
      ]),
    ).toBe("Tensor([[1. , 2.5],\n        [3. , 4. ]], dtype=float32)");
    expect(np.arrayRepr(2)).toBe("Tensor(2, dtype=int32, weakType=true)");
  });
});
