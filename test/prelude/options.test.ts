import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../src/prelude/errors.js";
import { checkOptions, closestMatch, describeType, editDistance, isPlainObject } from "../../src/prelude/options.js";

describe("checkOptions", () => {
  const allowed = ["axis", "keepdims", "dtype"];

  it("lets known options and none pass", () => {
    expect(() => checkOptions("sum", undefined, allowed)).not.toThrow();
    expect(() => checkOptions("sum", {}, allowed)).not.toThrow();
    expect(() => checkOptions("sum", { keepdims: true, axis: undefined }, allowed)).not.toThrow();
  });

  it("names an unknown one, the nearest and the rest", () => {
    expect(() => checkOptions("sum", { keepDims: true }, allowed)).toThrow(
      new ArgumentError(
        "CT001",
        "sum: unknown option 'keepDims'. Did you mean 'keepdims'? Known options: axis, keepdims, dtype.",
      ),
    );
    expect(() => checkOptions("sum", { rounding: 1 }, allowed)).toThrow(/'rounding'\. Known options/);
    expect(() => checkOptions("sum", { a: 1 }, [])).toThrow(/It takes no options/);
  });

  it("refuses what is no plain object", () => {
    for (const [value, text] of [
      [null, "null"],
      [[0], "an array"],
      [1, "a number"],
      [new Date(), "an instance of Date"],
      [Math.sin, "the function 'sin'"],
    ] as const) {
      expect(() => checkOptions("sum", value, allowed)).toThrow(`must be a plain object, but got ${text}`);
    }
  });
});

describe("isPlainObject", () => {
  it("knows literals of any realm from instances", () => {
    expect(isPlainObject({})).toBe(true);
    expect(isPlainObject(Object.create(null))).toBe(true);
    expect(isPlainObject(runInNewContext("({})"))).toBe(true);
    expect(isPlainObject(runInNewContext("[]"))).toBe(false);
    expect(isPlainObject(runInNewContext("new Map()"))).toBe(false);
    expect(isPlainObject(new (class {})())).toBe(false);
    expect(isPlainObject(Object.create({}))).toBe(false);
  });
});

describe("editDistance and closestMatch", () => {
  it("count insertions, deletions, substitutions and swaps", () => {
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("axis", "axsi")).toBe(1);
    expect(editDistance("same", "same")).toBe(0);
  });

  it("is a metric on short words", () => {
    const word = fc.string({ maxLength: 6 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const d = editDistance(a, b);
        expect(editDistance(b, a)).toBe(d);
        expect(d).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(d).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(d === 0).toBe(a === b);
      }),
    );
  });

  it("suggest only what is near", () => {
    expect(closestMatch("has_aux", ["argnums", "hasAux"])).toBe("hasAux");
    expect(closestMatch("argnum", ["argnums", "hasAux"])).toBe("argnums");
    expect(closestMatch("x", ["argnums", "hasAux"])).toBeUndefined();
  });
});

describe("describeType", () => {
  it("says what a value is", () => {
    class Foo {}
    expect([null, undefined, [], {}, 1, "s", 2n, true, new Foo(), () => 0].map(describeType)).toEqual([
      "null",
      "undefined",
      "an array",
      "a plain object",
      "a number",
      "a string",
      "a bigint",
      "a boolean",
      "an instance of Foo",
      "a function",
    ]);
  });
});
