import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identityOf, valueKey } from "../../src/prelude/value-key.js";

describe("valueKey", () => {
  it("tells apart what JSON does not", () => {
    const values: unknown[] = [
      0,
      -0,
      1,
      1n,
      "1",
      true,
      "true",
      null,
      undefined,
      "null",
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      [],
      {},
      [1],
      [[1]],
      { a: 1 },
      { a: undefined },
      { a: [1] },
      new Map([["a", 1]]),
      new Set(["a"]),
      new Set([1]),
      new Date(0),
      /a/,
      /a/g,
      new Float32Array([1]),
      new Float64Array([1]),
      new Float64Array([-0]),
      new Float64Array([0]),
      Math.sin,
      Math.cos,
      Symbol("s"),
      Symbol("s"),
      Symbol.for("s"),
      new (class A {})(),
      new (class A {})(),
    ];
    const keys = values.map(valueKey);
    expect(new Set(keys).size).toBe(values.length);
    expect(values.map(valueKey)).toEqual(keys);
  });

  it("sees content, not order or identity, in plain data", () => {
    expect(valueKey({ a: 1, b: [2, { c: 3 }] })).toBe(valueKey({ b: [2, { c: 3 }], a: 1 }));
    expect(
      valueKey(
        new Map([
          ["a", 1],
          ["b", 2],
        ]),
      ),
    ).toBe(
      valueKey(
        new Map([
          ["b", 2],
          ["a", 1],
        ]),
      ),
    );
    expect(valueKey(new Set([1, 2]))).toBe(valueKey(new Set([2, 1])));
    expect(valueKey(new Float32Array([1, 2]))).toBe(valueKey(new Float32Array([1, 2])));
    const key = fc.anything({ maxDepth: 3 });
    fc.assert(
      fc.property(key, (x) => {
        expect(valueKey(x)).toBe(valueKey(x));
        expect(valueKey([x])).not.toBe(valueKey(x));
      }),
    );
  });

  it("ends on cycles", () => {
    const cycle = (): unknown[] => {
      const a: unknown[] = [1];
      a.push(a);
      return a;
    };
    expect(valueKey(cycle())).toBe(valueKey(cycle()));
    expect(valueKey([1, cycle()])).not.toBe(valueKey(cycle()));
  });
});

describe("identityOf", () => {
  it("stays the same for one object, and differs between two", () => {
    const a = {};
    expect(identityOf(a)).toBe(identityOf(a));
    expect(identityOf(a)).not.toBe(identityOf({}));
  });
});
