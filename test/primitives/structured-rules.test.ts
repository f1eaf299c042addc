import { describe, expect, it } from "vitest";
import type { ScalarValue } from "../../src/core/elements.js";
import type { Tensor } from "../../src/core/tensor.js";
import { range } from "../../src/prelude/numbers.js";
import * as p from "../../src/primitives/index.js";
import { elements, scalar, tensor } from "./elementwise-support.js";

const c64 = (...xs: readonly (readonly [number, number])[]): Tensor =>
  tensor(
    xs.map(([re, im]): ScalarValue => ({ re, im })),
    "complex64",
  );
const m23 = tensor([1, 2, 3, 4, 5, 6], "float32", [2, 3]);
const none = (dtype: "float32" | "int32" | "bool" | "uint8" = "float32"): Tensor => tensor([], dtype, [0]);

describe("reductions", () => {
  it("give the identity where there is nothing to reduce", () => {
    expect(elements(p.reduceSum(none(), [0]))).toEqual([0]);
    expect(elements(p.reduceProd(none(), [0]))).toEqual([1]);
    expect(elements(p.reduceMax(none(), [0]))).toEqual([-Infinity]);
    expect(elements(p.reduceMin(none("int32"), [0]))).toEqual([2 ** 31 - 1]);
    expect(elements(p.reduceMax(none("uint8"), [0]))).toEqual([0]);
    expect(elements(p.reduceAnd(none("bool"), [0]))).toEqual([true]);
    expect(elements(p.reduceAnd(none("int32"), [0]))).toEqual([-1]);
    expect(elements(p.reduceOr(none("bool"), [0]))).toEqual([false]);
  });
  it("order complex numbers by real, then imaginary part", () => {
    expect(elements(p.reduceMax(c64([1, 2], [1, 3], [0, 9]), [0]))).toEqual([{ re: 1, im: 3 }]);
    expect(elements(p.reduceMin(c64([1, 2], [1, -3], [4, 0]), [0]))).toEqual([{ re: 1, im: -3 }]);
  });
  it("of extrema give NaN if any element is", () => {
    expect(elements(p.reduceMax(tensor([1, Number.NaN, 3]), [0]))).toEqual([Number.NaN]);
    expect(elements(p.reduceMin(tensor([Number.NaN, Number.NaN]), [0]))).toEqual([Number.NaN]);
  });
  it("find the first of equal extrema, and the first NaN", () => {
    expect(elements(p.argmax(tensor([1, 3, 3]), 0))).toEqual([1]);
    expect(elements(p.argmin(tensor([1, 0, 0]), 0))).toEqual([1]);
    expect(elements(p.argmax(tensor([5, Number.NaN, 9, Number.NaN]), 0))).toEqual([1]);
    expect(elements(p.argmin(tensor([5, Number.NaN, Number.NaN]), 0))).toEqual([1]);
    expect(elements(p.argmax(tensor([-Infinity, -Infinity]), 0))).toEqual([0]);
    expect(elements(p.argmax(tensor([false, true], "bool"), 0))).toEqual([1]);
  });
  it("say what is wrong", () => {
    expect(() => p.reduceSum(m23, [2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reduce_sum: operand 'x' of shape [2,3] has no axis 2 to reduce (axes [2]); use integers from 0 to 1.  [CT100]]`,
    );
    expect(() => p.reduceMax(m23, [1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reduce_max: axis 1 is given twice in axes [1,1]. Name each axis once.  [CT101]]`,
    );
    expect(() => p.reduceSum(scalar(1), [0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reduce_sum: operand 'x' of shape [] has no axis 0 to reduce (axes [0]); a scalar has none.  [CT100]]`,
    );
    expect(() => p.reduceAnd(m23, [0])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: reduce_and: operand 'x' is float32, but it takes only booleans and integers. Convert it with astype.  [CT105]]`,
    );
    expect(() => p.argmax(none(), 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: argmax: operand 'x' of shape [0] has no elements along axis 0: there is no extremum.  [CT107]]`,
    );
    expect(() => p.argmax(m23, 0, "float32")).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: argmax: indexDtype is float32, but indices are integers. Use int32.  [CT105]]`,
    );
  });
});

describe("cumulative operations", () => {
  it.each([1, 2, 31, 32, 33, 100, 257, 1000])("agree with a loop over %i elements", (n) => {
    const values = range(n).map((i) => ((i * 7919) % 17) - 8);
    const loop = (f: (a: number, b: number) => number, xs: readonly number[]): number[] =>
      xs.map((_, i) => xs.slice(0, i + 1).reduce((a, b) => f(a, b)));
    const x = tensor(values, "int32");
    expect(elements(p.cumsum(x, 0))).toEqual(loop((a, b) => a + b, values));
    expect(elements(p.cummax(x, 0))).toEqual(loop(Math.max, values));
    expect(elements(p.cummin(x, 0, true))).toEqual(loop(Math.min, [...values].reverse()).reverse());
    expect(elements(p.cumsum(x, 0, true))).toEqual(loop((a, b) => a + b, [...values].reverse()).reverse());
  });
  it("go along a middle axis", () => {
    const x = tensor(range(2 * 50 * 3), "int32", [2, 50, 3]);
    const sums = elements(p.cumsum(x, 1)).map(Number);
    const wanted = range(300).map((i) => {
      const [batch, row, column] = [Math.floor(i / 150), Math.floor(i / 3) % 50, i % 3];
      return range(row + 1).reduce((s, r) => s + batch * 150 + r * 3 + column, 0);
    });
    expect(sums).toEqual(wanted);
  });
  it("keep infinities apart in logarithms", () => {
    const out = elements(p.cumlogsumexp(tensor([-Infinity, -Infinity, 0, 0, Infinity]), 0));
    expect(out.map((v) => Number(v).toFixed(4))).toEqual(["-Infinity", "-Infinity", "0.0000", "0.6931", "Infinity"]);
  });
  it("sum a million elements exactly, and soon enough", () => {
    const n = 1 << 20;
    const ones = p.full([n], 1, "float32");
    const last = p.slice(p.cumsum(ones, 0), [n - 1], [n]);
    expect(elements(last)).toEqual([n]);
  });
  it("say what is wrong", () => {
    expect(() => p.cumsum(m23, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cumsum: operand 'x' of shape [2,3] has no axis 2. Use an integer from 0 to 1; only numpy's functions count from the end.  [CT100]]`,
    );
    expect(() => p.cumprod(tensor([true], "bool"), 0)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: cumprod: operand 'x' is bool, but it takes only integers, floats and complex numbers. Convert it with astype.  [CT105]]`,
    );
  });
});

describe("sorting", () => {
  it("puts NaN last and takes zeros as equal", () => {
    const [keys, order] = p.sort(
      [tensor([Number.NaN, 0, -0, -Infinity, -Number.NaN]), tensor([0, 1, 2, 3, 4], "int32")],
      0,
    );
    expect(elements(keys)).toEqual([-Infinity, 0, -0, Number.NaN, Number.NaN]);
    expect(elements(order)).toEqual([3, 1, 2, 0, 4]);
  });
  it("orders complex numbers by real, then imaginary part", () => {
    const sorted = p.sort([c64([1, 2], [1, -1], [0, 5], [Number.NaN, 0])], 0)[0];
    expect(elements(sorted)).toEqual([
      { re: 0, im: 5 },
      { re: 1, im: -1 },
      { re: 1, im: 2 },
      { re: Number.NaN, im: 0 },
    ]);
  });
  it("compares by further keys where earlier ones are equal", () => {
    const rows = p.sort([tensor([1, 0, 1, 0], "int32"), tensor([3, 2, 1, 4]), tensor([0, 1, 2, 3], "int32")], 0, {
      numKeys: 2,
    });
    expect(rows.map((x) => elements(x))).toEqual([
      [0, 0, 1, 1],
      [2, 4, 1, 3],
      [1, 3, 2, 0],
    ]);
  });
  it("takes the largest with the first of equals first", () => {
    const [values, indices] = p.topK(tensor([3, 5, 5, 1]), 3);
    expect([elements(values), elements(indices)]).toEqual([
      [5, 5, 3],
      [1, 2, 0],
    ]);
  });
  it("says what is wrong", () => {
    expect(() => p.sort([m23, none()], 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sort: operand 0 has shape [2,3], but operand 1 has shape [0]. Sorted together, they must be equal.  [CT103]]`,
    );
    expect(() => p.sort([m23], 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sort: operands of shape [2,3] have no dimension 2. Use one from 0 to 1.  [CT100]]`,
    );
    expect(() => p.sort([m23], 0, { numKeys: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sort: numKeys is 2, but there are 1 operands. At least one, and at most all, can be keys.  [CT004]]`,
    );
    expect(() => p.topK(m23, 4)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: top_k: k is 4, but operand 'x' of shape [2,3] has 3 elements along axis 1. Take between 0 and all.  [CT107]]`,
    );
    expect(() => p.topK(c64([1, 2]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: top_k: operand 'x' is complex64, but it takes only integers and floats. Convert it with astype.  [CT105]]`,
    );
  });
});

describe("dots", () => {
  it("take the wider type of mixed operands", () => {
    const x = tensor([1, 2], "bfloat16");
    expect(p.dot(x, tensor([3, 4])).dtype).toBe("float32");
    expect(p.dot(tensor([1, 2], "int32"), x).dtype).toBe("bfloat16");
    expect(elements(p.dot(tensor([200, 100], "uint8"), tensor([2, 3], "int32")))).toEqual([700]);
  });
  it("say what is wrong", () => {
    const n = tensor([1, 2, 3, 4], "float32", [2, 2]);
    expect(() =>
      p.dotGeneral(m23, n, [
        [[1], [0]],
        [[], []],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot_general: operand 'lhs' of shape [2,3] has size 3 in contracting dimension 1, but operand 'rhs' of shape [2,2] has size 2 in dimension 0. They must be equal; transpose an operand, or name other dimensions.  [CT103]]`,
    );
    expect(() =>
      p.dotGeneral(m23, n, [
        [[2], [0]],
        [[], []],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot_general: operand 'lhs' has rank 2, but its dimension 2 is named. Name dimensions from 0.  [CT107]]`,
    );
    expect(() =>
      p.dotGeneral(m23, n, [
        [[0], [0]],
        [[0], [1]],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot_general: dimension 0 of operand 'lhs' is named twice (batch [0], contracting [0]). A dimension is batch, contracting or neither.  [CT107]]`,
    );
    expect(() =>
      p.dotGeneral(m23, n, [
        [[0, 1], [0]],
        [[], []],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot_general: lhs names contracting dimensions [0,1], rhs [0]. They go together in pairs; give as many on each side.  [CT107]]`,
    );
    expect(() => p.dot(m23, m23)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot: operands of shapes [2,3] and [2,3] do not fit. Each must be a vector or a matrix, with lhs's last size equal to rhs's first; numpy's matmul takes batches.  [CT103]]`,
    );
    expect(() => p.matmul(m23, scalar(2))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: operand 'rhs' is a scalar. Both must have rank 1 at least; multiply by scalars with mul.  [CT103]]`,
    );
    expect(() => p.matmul(m23, m23)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot_general: operand 'lhs' of shape [2,3] has size 3 in contracting dimension 1, but operand 'rhs' of shape [2,3] has size 2 in dimension 0. They must be equal; transpose an operand, or name other dimensions.  [CT103]]`,
    );
    const i = tensor([1, 2], "int32");
    expect(() => p.dot(i, i, { preferredElementType: "int8" })).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: dot_general: preferredElementType is int8, which cannot hold products of type int32. Leave it out, and convert the result.  [CT104]]`,
    );
  });
});

describe("convolutions and windows", () => {
  const image = tensor(range(16), "float32", [1, 2, 8]);
  it("say what is wrong", () => {
    const kernel = (...shape: number[]): Tensor => p.full(shape, 1, "float32");
    expect(() => p.convolve(image, kernel(3, 3, 2), [1], "VALID")).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv_general_dilated: operand 'lhs' of shape [1,2,8] has 2 features, but 'rhs' of shape [3,3,2] takes 3 in each of 1 groups. Check dimensionNumbers; the kernel's input features are lhs's, divided by featureGroupCount.  [CT107]]`,
    );
    expect(() => p.convolve(image, kernel(3, 2, 2), [0], "VALID")).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv_general_dilated: windowStrides is [0], but 0 is not a positive integer. The least is 1.  [CT107]]`,
    );
    expect(() => p.convolve(image, kernel(3, 2), [1], "VALID")).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv_general_dilated: operand 'lhs' has shape [1,2,8] and 'rhs' shape [3,2]. Both need the same number of spatial dimensions and two more.  [CT107]]`,
    );
    expect(() =>
      p.convolve(image, kernel(3, 1, 2), [1], "VALID", { featureGroupCount: 2 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv_general_dilated: operand 'rhs' of shape [3,1,2] has 3 output features, which do not divide into 2 groups.  [CT107]]`,
    );
    expect(() => p.convolve(image, kernel(3, 2, 2), [1], "FULL" as "SAME")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: conv_general_dilated: padding is 'FULL', but must be 'VALID', 'SAME', 'SAME_LOWER', or [low, high] for each dimension.  [CT004]]`,
    );
    expect(() =>
      p.convolve(image, kernel(3, 2, 2), [1], "SAME", { dimensionNumbers: ["NCW", "OIX", "NCW"] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv_general_dilated: dimensionNumbers are ['NCW', 'OIX', 'NCW'], but lhs must name 3 dimensions, each once: N, C and the same letters for space as the kernel's (X).  [CT107]]`,
    );
    const window = p.undilated({ windowDimensions: [2], windowStrides: [1], padding: [[0, 0]] });
    expect(() => p.reduceWindowSum(image, window)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reduce_window_sum: operand 'x' has rank 3, but windowDimensions has 1 entries. Give one for each dimension of x.  [CT107]]`,
    );
    expect(() => p.reduceWindowMax(none(), { ...window, windowDilation: [0] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reduce_window_max: windowDilation is [0], but 0 is not a positive integer. The least is 1.  [CT107]]`,
    );
  });
  it("are empty where the window does not fit", () => {
    expect(p.convolve(image, p.full([3, 2, 9], 1, "float32"), [1], "VALID").shape).toEqual([1, 3, 0]);
  });
});
