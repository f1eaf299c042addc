import { describe, expect, it } from "vitest";
import { grad, jit, makeJaxpr, numpy as np, type Tensor } from "../../src/index.js";

const typeOf = (x: Tensor): string => `${x.dtype}${x.weakType ? "*" : ""}`;
const of = (dtype: np.DType): Tensor => np.ones([2], { dtype });

describe("numbers beside tensors are weak scalars", () => {
  it.each<[string, Tensor, string]>([
    ["float16 + 1.5", of("float16").add(1.5), "float16"],
    ["bfloat16 * 2", of("bfloat16").mul(2), "bfloat16"],
    ["int8 + 1", of("int8").add(1), "int8"],
    ["int8 + 0.5", of("int8").add(0.5), "float32*"],
    ["uint8 + -1", of("uint8").add(-1), "uint8"],
    ["int32 * 0.5", of("int32").mul(0.5), "float32*"],
    ["float64 + 1", of("float64").add(1), "float64"],
    ["bool + 1", of("bool").add(1), "int32*"],
    ["1 + 2", np.add(1, 2), "int32*"],
    ["1 + 0.5", np.add(1, 0.5), "float32*"],
    ["int32 + 1n", of("int32").add(1n), "int64"],
    ["float32 + i", of("float32").add({ re: 0, im: 1 }), "complex64"],
    ["float32 + true", of("float32").add(true), "float32"],
    ["int32 / int32", of("int32").div(of("int32")), "float32"],
    ["sin of int32", np.sin(of("int32")), "float32"],
    ["sin of float16", np.sin(of("float16")), "float16"],
    ["float16 + bfloat16", of("float16").add(of("bfloat16")), "float32"],
    ["uint8 + int8", of("uint8").add(of("int8")), "int16"],
    ["int32 + uint32", of("int32").add(of("uint32")), "int64"],
    ["int64 + float16", of("int64").add(of("float16")), "float16"],
    ["power of int32 by 2", of("int32").pow(2), "int32"],
    ["power of int32 by 0.5", of("int32").pow(0.5), "float32*"],
  ])("%s is %s", (_, x, want) => expect(typeOf(x)).toBe(want));

  it("round to the tensor's type once", () => {
    expect(np.array([1], { dtype: "float64" }).mul(0.1).item()).toBe(0.1);
    expect(np.array([1]).mul(0.1).item()).toBe(Math.fround(0.1));
  });
});

describe("broadcasting", () => {
  it("repeats sizes of 1 and missing axes", () => {
    expect(np.add(np.ones([2, 1]), np.ones([3])).shape).toEqual([2, 3]);
    expect(np.multiply(np.ones([4, 1, 3]), np.ones([2, 1])).shape).toEqual([4, 2, 3]);
    expect(np.add(np.ones([0, 3]), np.ones([1, 3])).shape).toEqual([0, 3]);
  });

  it("keeps scalars scalar and adds axes of size 1, as JAX does", () => {
    expect(String(makeJaxpr((x: Tensor, y: Tensor) => x.add(y).add(1))(np.ones([2, 3]), np.ones(3)))).toBe(
      `{ lambda ; a:f32[2,3] b:f32[3]. let
    c:f32[1,3] = broadcast_in_dim[broadcast_dimensions=(1,)] b
    d:f32[2,3] = add a c
    e:f32[2,3] = add d 1.0:f32[]
  in (e,) }`,
    );
  });

  it("adds up the cotangents of what was repeated", () => {
    const f = (x: Tensor, y: Tensor) => x.mul(y).sum();
    const [gx, gy] = grad(f, { argnums: [0, 1] })(np.array([[1], [2]]), np.array([[3, 4, 5]]));
    expect(gx.js()).toEqual([[12], [12]]);
    expect(gy.js()).toEqual([[3, 3, 3]]);
    expect(jit(grad((s: Tensor) => s.add(np.ones([2, 3])).sum()))(1).item()).toBe(6);
  });

  it.each([
    [[2], [3]],
    [[2, 3], [2]],
    [
      [4, 1, 3],
      [2, 2],
    ],
  ])("names the axis on which %j and %j differ", (a, b) => {
    expect(() => np.add(np.ones(a), np.ones(b))).toThrow(/CT103/);
  });
});

describe("where numbers are not allowed", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["booleans have no negative", () => of("bool").neg(), /CT105/],
    ["nor a difference", () => of("bool").sub(of("bool")), /CT105/],
    ["floats have no bits", () => of("float32").and(1), /CT105/],
    ["integers no negative power", () => of("int32").pow(-1), /floatPower.*CT105/s],
    ["complex numbers no remainder", () => of("complex64").mod(2), /CT105/],
    ["a string is no array", () => np.add("1" as never, 1), /CT013/],
    ["nor is undefined", () => np.sin(undefined as never), /CT013/],
  ])("%s", (_, f, message) => expect(f).toThrow(message));
});

describe("powers", () => {
  it("by constant integers are exact, with exact derivatives", () => {
    expect(np.power([-2, 0, 3], 3).js()).toEqual([-8, 0, 27]);
    expect(grad((x: Tensor) => x.pow(2))(0).item()).toBe(0);
    expect(grad((x: Tensor) => x.pow(-1))(2).item()).toBe(-0.25);
    expect(String(makeJaxpr((x: Tensor) => x.pow(3))(1.5))).toMatch(/integer_pow\[y=3\]/);
  });
  it("of integers by integers stay integers", () => {
    const p = np.power(np.array([2, 3, 0, 0, 5], { dtype: "int32" }), np.array([10, 4, 0, 3, 1], { dtype: "int32" }));
    expect([p.dtype, p.js()]).toEqual(["int32", [1024, 81, 1, 0, 5]]);
  });
  it("by fractions are floats", () => {
    expect(np.power([4, 9], 0.5).js()).toEqual([2, 3]);
    expect(np.floatPower(2, -1).item()).toBe(0.5);
  });
});
