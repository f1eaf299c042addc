import { describe, expect, it } from "vitest";
import { flattenInto } from "../../src/tree/flatten.js";
import { keyList, objectToFill, valuesOf } from "../../src/tree/key-list.js";

describe("lists of keys", () => {
  it("are sorted once and found again", () => {
    const list = keyList(["b", "a", "c"]);
    expect(list).toEqual({ listed: ["b", "a", "c"], sorted: ["a", "b", "c"], order: [1, 0, 2] });
    expect(keyList(["b", "a", "c"])).toBe(list);
    expect(keyList(["a", "b", "c"]).order).toBeNull();
    expect(keyList([])).toMatchObject({ sorted: [], order: null });
    expect(keyList([""]).sorted).toEqual([""]);
  });

  it("are told apart when they share a place", () => {
    // Same length, first and last key.
    const lists = ["b", "c", "d"].map((middle) => keyList(["a", middle, "z"]));
    expect(lists.map((l) => l.sorted[1])).toEqual(["b", "c", "d"]);
    expect(["b", "c", "d"].map((middle) => keyList(["a", middle, "z"]).sorted[1])).toEqual(["b", "c", "d"]);
  });

  it("give values in sorted order, of small objects and wide ones", () => {
    for (const n of [3, 40]) {
      const keys = Array.from({ length: n }, (_, i) => `k${(i * 7) % n}`);
      const x = Object.fromEntries(keys.map((k) => [k, k]));
      expect(valuesOf(x, keyList(Object.keys(x)))).toEqual([...keys].sort());
      const sorted = Object.fromEntries([...keys].sort().map((k) => [k, k]));
      expect(valuesOf(sorted, keyList(Object.keys(sorted)))).toEqual([...keys].sort());
    }
  });

  it("make objects of their own, whose keys are in order", () => {
    const keys = ["__proto__", "a", "b", "constructor"];
    for (let round = 0; round < 4; round++) {
      const made = objectToFill(keys);
      expect(Object.keys(made)).toEqual(round < 2 ? [] : keys);
      made.a = round;
    }
    const tree = JSON.parse('{"b": 1, "__proto__": {"x": 2}, "a": 3}') as unknown;
    for (let round = 0; round < 4; round++) {
      const leaves: unknown[] = [];
      const rebuilt = flattenInto(tree, leaves).unflatten(leaves.map((n) => (n as number) * 10)) as object;
      expect(JSON.stringify(rebuilt)).toBe('{"__proto__":{"x":20},"a":30,"b":10}');
      expect(Object.getPrototypeOf(rebuilt)).toBe(Object.prototype);
    }
  });
});
