import { describe, expect, it } from "vitest";
import { type ArrayLike, asTensor } from "../../src/core/array-like.js";
import type { DeviceTensor } from "../../src/core/device-tensor.js";
import type { DType } from "../../src/core/dtype.js";
import type { CotangentError } from "../../src/prelude/errors.js";
import "../../src/interpreters/index.js";

const type = (x: ArrayLike): string => {
  const { aval } = asTensor(x, "test");
  return `${aval.dtype}[${aval.shape}]${aval.weakType ? "*" : ""}`;
};
const errorOf = (x: unknown): CotangentError => {
  try {
    asTensor(x as ArrayLike, "np.array");
  } catch (error) {
    return error as CotangentError;
  }
  throw new Error("nothing was thrown");
};

describe("asTensor", () => {
  it("gives scalars JAX's types", () => {
    expect([3, 0.5, -0, 3e9, Number.NaN, 3n, true, { re: 1, im: 2 }].map(type)).toEqual([
      "int32[]*",
      "float32[]*",
      "float32[]*",
      "float32[]*",
      "float32[]*",
      "int64[]",
      "bool[]",
      "complex64[]*",
    ]);
    expect((asTensor(3, "test") as DeviceTensor).isLiteral).toBe(true);
    expect(asTensor(-5, "test").item()).toBe(-5);
    expect(asTensor({ re: 1, im: 2 }, "test").item()).toEqual({ re: 1, im: 2 });
  });

  it("gives nested arrays one type and a shape", () => {
    expect(
      [[1, 2, 3], [1n, 2n], [true, false], [[true], [2n]], [1, true, 2n], [], [[], []], [{ re: 1, im: 0 }, 2]].map(
        (x) => type(x as ArrayLike),
      ),
    ).toEqual([
      "float32[3]",
      "int64[2]",
      "bool[2]",
      "int64[2,1]",
      "float32[3]",
      "float32[0]",
      "float32[2,0]",
      "complex64[2]",
    ]);
    expect(
      asTensor(
        [
          [1, 2.5],
          [3, -4],
        ],
        "test",
      ).js(),
    ).toEqual([
      [1, 2.5],
      [3, -4],
    ]);
  });

  it("keeps the type of typed arrays, and copies them", () => {
    const arrays: [ArrayLike, string][] = [
      [new Int8Array(2), "int8[2]"],
      [new Int16Array(2), "int16[2]"],
      [new Int32Array(2), "int32[2]"],
      [new BigInt64Array(2), "int64[2]"],
      [new Uint8Array(2), "uint8[2]"],
      [new Uint8ClampedArray(2), "uint8[2]"],
      [Buffer.from([1, 2]), "uint8[2]"],
      [new Uint16Array(2), "uint16[2]"],
      [new Uint32Array(2), "uint32[2]"],
      [new BigUint64Array(2), "uint64[2]"],
      [new Float32Array(2), "float32[2]"],
      [new Float64Array(2), "float64[2]"],
    ];
    for (const [array, wanted] of arrays) expect(type(array)).toBe(wanted);
    const mine = new Float32Array([1, 2]);
    const x = asTensor(mine, "test");
    mine[0] = 7;
    expect(x.js()).toEqual([1, 2]);
  });

  it("converts to a dtype that is asked for", () => {
    const as = (x: ArrayLike, dtype: DType) => {
      const y = asTensor(x, "test", { dtype });
      return [y.dtype, y.weakType, y.js()];
    };
    expect(as(3, "float64")).toEqual(["float64", false, 3]);
    expect(as([1, 2], "int32")).toEqual(["int32", false, [1, 2]]);
    expect(as([1.5, 2], "bfloat16")).toEqual(["bfloat16", false, [1.5, 2]]);
    expect(as(new Float64Array([1.5, -1]), "int8")).toEqual(["int8", false, [1, -1]]);
    expect(as([1, 0], "bool")).toEqual(["bool", false, [true, false]]);
  });

  it("gives tensors back", () => {
    const x = asTensor([1], "test");
    expect(asTensor(x, "test")).toBe(x);
  });

  it("says what is wrong, and where", () => {
    expect(errorOf("text").message).toMatchInlineSnapshot(
      `"np.array: a string cannot become a tensor. Give a tensor, a number, a boolean, a bigint, a typed array or nested arrays of numbers.  [CT013]"`,
    );
    expect(errorOf([[1, 2], [3]]).message).toMatchInlineSnapshot(
      `"np.array: the nested array is ragged at [1]: it has 1 elements where the first of its level has 2. All arrays of one level must have one length; pad the shorter ones.  [CT106]"`,
    );
    expect(errorOf([[1, 2], 3]).message).toMatchInlineSnapshot(
      `"np.array: the nested array is ragged at [1]: it is a number where the first of its level is an array. All arrays of one level must have one length; pad the shorter ones.  [CT106]"`,
    );
    expect(errorOf([1, [2]]).message).toMatchInlineSnapshot(
      `"np.array: the nested array is ragged at [1]: it is an array where the first of its level is a number. All arrays of one level must have one length; pad the shorter ones.  [CT106]"`,
    );
    expect(errorOf([1, "2"]).message).toMatchInlineSnapshot(
      `"np.array: element [1] is a string, which cannot be an element. Elements must be numbers, booleans or bigints.  [CT013]"`,
    );
    expect(errorOf([asTensor(1, "test")]).message).toMatchInlineSnapshot(
      `"np.array: element [0] is a tensor, which cannot be an element. Join tensors with np.stack or np.concatenate.  [CT013]"`,
    );
    expect(
      [null, undefined, {}, () => 1, Symbol("s"), new DataView(new ArrayBuffer(4))].map((x) => errorOf(x).code),
    ).toEqual(Array(6).fill("CT013"));
    const endless: unknown[] = [];
    endless.push(endless);
    expect(errorOf(endless).code).toBe("CT106");
  });
});
