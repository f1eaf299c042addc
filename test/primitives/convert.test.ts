import { describe, expect, it } from "vitest";
import { jvp } from "../../src/api/jvp.js";
import { makeJaxpr } from "../../src/api/make-jaxpr.js";
import type { DType } from "../../src/core/dtype.js";
import type { ScalarValue } from "../../src/core/elements.js";
import { literal } from "../../src/core/scalars.js";
import type { Tensor } from "../../src/core/tensor.js";
import { convert, full, fullLike, onesLike, optimizationBarrier, sin, zerosLike } from "../../src/primitives/index.js";
import { elements, scalar, tensor } from "./elementwise-support.js";

/** Values, the types they go through, and what comes out: the same for a literal and for a tensor. */
const conversions: readonly (readonly [ScalarValue, DType, DType, ScalarValue])[] = [
  [300.7, "float32", "int8", 127],
  [-1.7, "float32", "int8", -1],
  [-1.7, "float32", "uint8", 0],
  [Number.NaN, "float32", "int32", 0],
  [Number.POSITIVE_INFINITY, "float32", "int32", 2147483647],
  [Number.NEGATIVE_INFINITY, "float64", "int64", -(2n ** 63n)],
  [3e9, "float64", "uint32", 3000000000],
  [1e20, "float32", "uint64", 2n ** 64n - 1n],
  [300, "int32", "int8", 44],
  [-1, "int32", "uint64", 2n ** 64n - 1n],
  [2n ** 40n + 7n, "int64", "int32", 7],
  [16777217, "int32", "float32", 16777216],
  [2, "float32", "bool", true],
  [0, "int8", "bool", false],
  [true, "bool", "float32", 1],
  [{ re: 1.5, im: 2 }, "complex64", "float32", 1.5],
  [{ re: -300, im: 2 }, "complex64", "int8", -128],
  [{ re: 0, im: 2 }, "complex64", "bool", false],
  [1.5, "float32", "complex128", { re: 1.5, im: 0 }],
  [1.00048828125, "float32", "float16", 1],
  [1.01, "float32", "bfloat16", 1.0078125],
];

describe("convert", () => {
  it.each(conversions)("%s: %s to %s", (value, from, to, wanted) => {
    expect(elements(convert(scalar(value, from), to))).toEqual([wanted]);
    expect(elements(convert(literal(value, from), to))).toEqual([wanted]);
  });

  it("gives x itself when there is nothing to do", () => {
    const x = tensor([1, 2]);
    expect(convert(x, "float32")).toBe(x);
    expect(convert(x, "float32", true)).not.toBe(x);
    expect(convert(x, "float32", true).weakType).toBe(true);
  });

  it("converts literals without an equation", () => {
    const program = makeJaxpr((x: Tensor) => [convert(x, "float16"), convert(literal(2, "int32"), "float16")])(
      tensor([1]),
    );
    expect(String(program)).toBe(
      "{ lambda ; a:f32[1]. let\n    b:f16[1] = convert_element_type[new_dtype=float16 weak_type=False] a\n  in (b, 2.0:f16[]) }",
    );
  });

  it("to integers has the tangent type float0", () => {
    const [, t] = jvp((x: Tensor) => convert(x, "int32"), [tensor([1.5, 2.5])], [tensor([1, 1])]);
    expect([t.dtype, t.shape]).toEqual(["float0", [2]]);
  });
});

describe("fill", () => {
  it("makes tensors of one value", () => {
    expect(elements(full([2, 2], 3, "int32"))).toEqual([3, 3, 3, 3]);
    expect(elements(full([], 2.5, "float16"))).toEqual([2.5]);
    expect(full([0, 3], 1, "float32").shape).toEqual([0, 3]);
  });

  it("is typed like another tensor, weakness included", () => {
    const x = convert(tensor([1, 2]), "float32", true);
    for (const y of [zerosLike(x), onesLike(x), fullLike(x, 7)]) expect(y.aval.equals(x.aval)).toBe(true);
    expect(elements(fullLike(x, 7))).toEqual([7, 7]);
  });

  it("is a literal for scalars and a broadcast for arrays", () => {
    expect(String(makeJaxpr(() => [full([], 1, "float32"), full([3], 1, "float32")])())).toBe(
      "{ lambda ; . let a:f32[3] = broadcast_in_dim 1.0:f32[] in (1.0:f32[], a) }",
    );
  });

  it("makes float0 zeros without data", () => {
    const x = zerosLike({ shape: [2, 3], dtype: "float0" });
    expect([x.dtype, x.shape, x.size]).toEqual(["float0", [2, 3], 6]);
  });
});

describe("optimizationBarrier", () => {
  it("gives its operands", () => {
    expect(optimizationBarrier([tensor([1, 2]), scalar(3, "int32")]).map(elements)).toEqual([[1, 2], [3]]);
    expect(optimizationBarrier([])).toEqual([]);
  });

  it("leaves integers without tangents", () => {
    const [, ts] = jvp(
      (x: Tensor) => [...optimizationBarrier([sin(x), scalar(3, "int32")])],
      [tensor([0])],
      [tensor([2])],
    ) as [Tensor[], Tensor[]];
    expect(elements(ts[0])).toEqual([2]);
    expect(ts[1].dtype).toBe("float0");
  });
});
