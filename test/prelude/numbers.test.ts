import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/prelude/errors.js";
import {
  arraysEqual,
  assertNever,
  invertPermutation,
  isPermutation,
  merge,
  normalizeAxes,
  normalizeAxis,
  partition,
  prod,
  range,
  splitList,
  sum,
  unzip,
  zip,
} from "../../src/prelude/numbers.js";

describe("range, sum, prod, zip", () => {
  it("do what they say", () => {
    expect(range(3)).toEqual([0, 1, 2]);
    expect(range(1, 4)).toEqual([1, 2, 3]);
    expect(range(3, -1, -2)).toEqual([3, 1]);
    expect(range(2, 2)).toEqual([]);
    expect(() => range(0, 1, 0)).toThrow(RangeError);
    expect([sum([]), sum([1, 2]), prod([]), prod([2, 3, 0])]).toEqual([0, 3, 1, 0]);
    expect(zip([1, 2], ["a", "b", "c"])).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
    expect(
      unzip([
        [1, "a"],
        [2, "b"],
      ]),
    ).toEqual([
      [1, 2],
      ["a", "b"],
    ]);
  });

  it("compares elements by Object.is", () => {
    expect(arraysEqual([Number.NaN], [Number.NaN])).toBe(true);
    expect(arraysEqual([0], [-0])).toBe(false);
    expect(arraysEqual([1], [1, 2])).toBe(false);
  });
});

describe("partition, merge, splitList", () => {
  it("are inverse", () => {
    expect(partition([false, true, false], ["a", "b", "c"])).toEqual([["a", "c"], ["b"]]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer())), (pairs) => {
        const [mask, xs] = unzip(pairs);
        expect(merge(mask, ...partition(mask, xs))).toEqual(xs);
      }),
    );
    expect(splitList([1, 2, 3], [2, 0, 1])).toEqual([[1, 2], [], [3]]);
    expect(() => splitList([1], [2])).toThrow(RangeError);
  });
});

describe("permutations", () => {
  it("are recognised", () => {
    expect(isPermutation([])).toBe(true);
    expect(isPermutation([2, 0, 1])).toBe(true);
    for (const bad of [
      [0, 0],
      [1, 2],
      [-1, 0],
      [0.5, 0],
    ])
      expect(isPermutation(bad)).toBe(false);
    expect(isPermutation([0, 1], 3)).toBe(false);
    expect(() => invertPermutation([0, 0])).toThrow(/\[0,0\] is not a permutation.*\[CT102\]/);
  });

  it("are undone by their inverse", () => {
    const permutation = fc
      .integer({ min: 0, max: 8 })
      .chain((n) => fc.shuffledSubarray(range(n), { minLength: n, maxLength: n }));
    fc.assert(
      fc.property(permutation, (p) => {
        const inverse = invertPermutation(p);
        expect(p.map((i) => inverse[i])).toEqual(range(p.length));
        expect(invertPermutation(inverse)).toEqual(p);
      }),
    );
  });
});

describe("axes", () => {
  it("count from the end when negative", () => {
    expect(normalizeAxis(-1, 3, "sum")).toBe(2);
    expect(Object.is(normalizeAxis(-0, 1, "sum"), 0)).toBe(true);
    expect(normalizeAxes([1, -3], 3, "sum")).toEqual([1, 0]);
    expect(normalizeAxes(null, 2, "sum")).toEqual([0, 1]);
    expect(normalizeAxes(undefined, 0, "sum")).toEqual([]);
    expect(normalizeAxes(-2, 2, "sum")).toEqual([0]);
  });

  it("are refused out of range, in fractions and twice", () => {
    expect(() => normalizeAxis(3, 3, "sum")).toThrow(
      new ShapeError(
        "CT100",
        "sum: axis 3 is out of range for an array of rank 3. Use an integer from -3 to 2; negative axes count from the end.",
      ),
    );
    expect(() => normalizeAxis(0.5, 3, "sum")).toThrow(/\[CT100\]/);
    expect(() => normalizeAxis(0, 0, "sum")).toThrow(/A scalar has no axes/);
    expect(() => normalizeAxes({ axis: 0 } as never, 2, "sum")).toThrow(/axis must be an integer.*\[CT003\]/);
    expect(() => normalizeAxes([0, -2], 2, "sum")).toThrow(/axis 0 is given twice in \[0,-2\].*\[CT101\]/);
  });
});

describe("assertNever", () => {
  it("throws should the types be wrong", () => {
    expect(() => assertNever("cat" as never, "unknown animal")).toThrow("unknown animal: cat");
  });
});
