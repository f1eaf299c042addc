import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as tree from "../../src/tree/index.js";
import { trees } from "./arbitraries.js";

const s = tree.structure;

describe("TreeDef", () => {
  it("is equal exactly when structures are", () => {
    expect(s({ a: 1, b: 2 }).equals(s({ b: "x", a: "y" }))).toBe(true);
    const different: unknown[] = [
      1,
      null,
      undefined,
      [],
      [1],
      [[1]],
      [1, null],
      [1, undefined],
      {},
      { a: 1 },
      { b: 1 },
      { a: [1] },
      { "0": 1 },
      new Map(),
      new Map([["a", 1]]),
      new Map([[0, 1]]),
      new Map([["0", 1]]),
    ];
    for (const [i, x] of different.entries()) {
      for (const [j, y] of different.entries()) {
        expect(s(x).equals(s(y)), `${i} and ${j}`).toBe(i === j);
        expect(s(x).key === s(y).key, `keys of ${i} and ${j}`).toBe(i === j);
      }
    }
  });

  it("has a key that agrees with equality", () => {
    fc.assert(
      fc.property(trees, trees, (a, b) => {
        expect(s(a).key === s(b).key).toBe(s(a).equals(s(b)));
      }),
    );
  });

  it("prints as the tree is written, long runs once and long structures in part", () => {
    expect(String(s({ "two words": [1, { x: undefined }], b: new Map([["k", 1]]) }))).toBe(
      '{b: Map{"k" => *}, "two words": [*, {x: undefined}]}',
    );
    expect(String(s(Array(9).fill({ w: 1 })))).toBe("[{w: *} ×9]");
    expect(String(s([1, 2, 3]))).toBe("[*, *, *]");
    const long = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`parameter${i}`, i]));
    expect(inspect(s(long))).toMatch(/^TreeDef\(\{parameter0: \*, .*… \(100 leaves\)\)$/);
  });

  it("counts leaves and nodes", () => {
    const def = s({ a: [1, null], b: 2 });
    expect([def.numLeaves, def.numNodes]).toEqual([2, 5]);
    expect(def.children.map(String)).toEqual(["[*, null]", "*"]);
  });
});

describe("toJSON and fromJSON", () => {
  it("round-trip through text", () => {
    fc.assert(
      fc.property(trees, (t) => {
        const def = s(t);
        const text = JSON.stringify(tree.toJSON(def));
        const again = tree.fromJSON(JSON.parse(text));
        expect(again.equals(def)).toBe(true);
        expect(again.unflatten(tree.leaves(t))).toStrictEqual(t);
      }),
    );
  });

  it("refuse what JSON cannot hold", () => {
    class Custom {}
    tree.register(Custom, { flatten: () => [[], null], unflatten: () => new Custom() });
    expect(() => tree.toJSON(s([new Custom()]))).toThrow(/holds a Custom.*\[CT207\]/);
    expect(() => tree.toJSON(s(new Map([[{}, 1]])))).toThrow(/a Map key is a plain object.*\[CT207\]/);
    for (const bad of ["x", 1, {}, { keys: ["a"], children: [] }, { keys: [1], children: ["*"] }, ["?"]]) {
      expect(() => tree.fromJSON(bad), JSON.stringify(bad)).toThrow(/\[CT207\]/);
    }
    expect(() => tree.fromJSON({ keys: ["a", "a"], children: ["*", "*"] })).toThrow(/describes no tree structure/);
  });
});
