import { describe, expect, it } from "vitest";
import "../../src/interpreters/index.js";
import { ShapedArray } from "../../src/core/aval.js";
import type { Params } from "../../src/core/jaxpr.js";
import { RecentCalls } from "../../src/interpreters/recent-calls.js";
import { addP } from "../../src/primitives/arithmetic.js";
import { convertElementTypeP } from "../../src/primitives/convert.js";
import { reshapeP, transposeP } from "../../src/primitives/shape.js";

const operand = (shape: number[], dtype: "float32" | "int32" = "float32", weak = false) => ({
  aval: new ShapedArray(shape, dtype, weak),
});

describe("calls of primitives remembered", () => {
  const calls = new RecentCalls<string>();
  const x = operand([2, 3]);
  const reshaped = (newSizes: number[]): Params => ({ newSizes });

  it("are found by types, parameters and context", () => {
    calls.add(addP, addP, [x, x], {}, "here", "sum");
    expect(calls.find(addP, addP, [operand([2, 3]), operand([2, 3])], {}, "here")).toBe("sum");
    expect(calls.find(addP, addP, [x, x], {}, "there")).toBeUndefined();
    expect(calls.find(addP, addP, [x], {}, "here")).toBeUndefined();
    expect(calls.find(addP, addP, [x, operand([2, 3], "int32")], {}, "here")).toBeUndefined();
    expect(calls.find(addP, addP, [x, operand([2, 3], "float32", true)], {}, "here")).toBeUndefined();
    expect(calls.find(addP, addP, [x, operand([3, 2])], {}, "here")).toBeUndefined();
    expect(calls.find(transposeP, transposeP, [x, x], {}, "here")).toBeUndefined();
  });

  it("compare parameters by content, as they were", () => {
    const sizes = [3, 2];
    calls.add(reshapeP, reshapeP, [x], reshaped(sizes), null, "3×2");
    expect(calls.find(reshapeP, reshapeP, [x], reshaped([3, 2]), null)).toBe("3×2");
    sizes.reverse();
    expect(calls.find(reshapeP, reshapeP, [x], reshaped(sizes), null)).toBeUndefined();
    expect(calls.find(reshapeP, reshapeP, [x], reshaped([3, 2]), null)).toBe("3×2");
    expect(calls.find(reshapeP, reshapeP, [x], reshaped([6]), null)).toBeUndefined();
  });

  it("are forgotten rather than mixed up when too many come", () => {
    const types = ["int8", "int16", "int32", "int64", "uint8", "float64"];
    const all = Array.from({ length: 300 }, (_, n) => ({
      n,
      newDtype: types[n % types.length],
      weakType: n % 2 === 0,
    }));
    for (const { n, newDtype, weakType } of all) {
      const args = [operand([n])];
      calls.add(convertElementTypeP, convertElementTypeP, args, { newDtype, weakType }, null, `${n}`);
    }
    let found = 0;
    for (const { n, newDtype, weakType } of all) {
      const value = calls.find(convertElementTypeP, convertElementTypeP, [operand([n])], { newDtype, weakType }, null);
      if (value === undefined) continue;
      expect(value).toBe(`${n}`);
      found++;
    }
    expect(found).toBeGreaterThan(30);
    expect(found).toBeLessThanOrEqual(64);
  });
});

describe("types hashed", () => {
  it("alike when equal", () => {
    expect(new ShapedArray([2, 3], "float32").hash).toBe(new ShapedArray([2, 3], "float32").hash);
    const different = [
      new ShapedArray([], "float32"),
      new ShapedArray([0], "float32"),
      new ShapedArray([2, 3], "float32"),
      new ShapedArray([3, 2], "float32"),
      new ShapedArray([2, 3], "float32", true),
      new ShapedArray([2, 3], "int32"),
    ];
    expect(new Set(different.map((a) => a.hash)).size).toBe(different.length);
  });
});
