import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TreeError } from "../../src/prelude/errors.js";
import * as tree from "../../src/tree/index.js";
import { reinsert, trees } from "./arbitraries.js";

describe("tree.flatten", () => {
  it("orders keys by code unit, whatever order they were written in", () => {
    const [leaves, def] = tree.flatten({ b: [2, null], a: 1, Z: 0 });
    expect(leaves).toEqual([0, 1, 2]);
    expect(String(def)).toBe("{Z: *, a: *, b: [*, null]}");
    expect(tree.leaves({ layer2: 2, layer10: 1 })).toEqual([1, 2]);
  });

  it("takes arrays, objects, Maps and empty nodes apart, and nothing else", () => {
    class Unregistered {
      x = 1;
    }
    const instance = new Unregistered();
    const f = () => 0;
    const bytes = new Uint8Array(2);
    const date = new Date(0);
    const leaves = [1, "s", true, 2n, f, instance, bytes, date, Symbol.iterator];
    expect(tree.leaves([...leaves, null, undefined, [], {}, new Map()])).toEqual(leaves);
  });

  it("sorts the keys of a Map when all are strings or all are numbers", () => {
    const strings = new Map([
      ["b", 1],
      ["a", 2],
    ]);
    const numbers = new Map([
      [10, 1],
      [9, 2],
    ]);
    const key = {};
    const mixed = new Map<unknown, number>([
      ["z", 1],
      [key, 2],
      ["a", 3],
    ]);
    expect(tree.leaves(strings)).toEqual([2, 1]);
    expect(tree.leaves(numbers)).toEqual([2, 1]);
    expect(tree.leaves(mixed)).toEqual([1, 2, 3]);
    expect(tree.unflatten(tree.structure(mixed), [4, 5, 6])).toEqual(
      new Map<unknown, number>([...mixed].map(([k, v]) => [k, v + 3])),
    );
  });

  it("opens plain objects without a prototype, and those of another realm", () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    const foreign: unknown = runInNewContext("({ a: [1] })");
    expect(tree.leaves(bare)).toEqual([1]);
    expect(tree.leaves(foreign)).toEqual([1]);
  });

  it("stops where isLeaf says, before null and the root too", () => {
    const isNull = (x: unknown) => x === null;
    expect(tree.leaves([1, null, { a: null }], { isLeaf: isNull })).toEqual([1, null, null]);
    expect(tree.leaves([1, [2, 3]], { isLeaf: Array.isArray })).toEqual([[1, [2, 3]]]);
    expect(() => tree.leaves([1], { isleaf: isNull } as never)).toThrow(
      /unknown option 'isleaf'. Did you mean 'isLeaf'/,
    );
  });

  it("round-trips", () => {
    fc.assert(
      fc.property(trees, (t) => {
        const [leaves, def] = tree.flatten(t);
        expect(tree.unflatten(def, leaves)).toStrictEqual(t);
        expect(leaves).toHaveLength(def.numLeaves);
      }),
    );
  });

  it("does not depend on the order in which keys were inserted", () => {
    fc.assert(
      fc.property(trees, (t) => {
        const [leaves, def] = tree.flatten(t);
        const [again, other] = tree.flatten(reinsert(t));
        expect(again).toEqual(leaves);
        expect(other.equals(def)).toBe(true);
        expect(other.key).toBe(def.key);
      }),
    );
  });

  it("names the path of a cycle", () => {
    const layer: Record<string, unknown> = { w: 1 };
    const model = { layers: [{ w: 0 }, layer] };
    layer.parent = model.layers;
    expect(() => tree.flatten(model)).toThrow(TreeError);
    expect(() => tree.flatten(model)).toThrow(/the node at \.layers\[1\]\.parent is \.layers again.*\[CT203\]/);
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => tree.flatten(loop)).toThrow(/the node at \[0\] is the root again/);
    expect(tree.leaves(loop, { isLeaf: (x) => x === loop })).toEqual([loop]);
  });

  it("refuses absurd depth, but not a shared subtree", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 5000; i++) deep = [deep];
    expect(() => tree.flatten(deep)).toThrow(/nested more than 1000 deep.*\[CT208\]/);
    const shared = { a: 1 };
    expect(tree.leaves([shared, shared])).toEqual([1, 1]);
  });

  it("takes wide trees in linear time", () => {
    const wide = Array.from({ length: 100_000 }, (_, i) => i);
    const [leaves, def] = tree.flatten(wide);
    expect(leaves).toHaveLength(100_000);
    expect(String(def)).toBe("[* ×100000]");
    expect(tree.unflatten(def, leaves)).toEqual(wide);
  });
});

describe("tree.unflatten", () => {
  it("says how many leaves it wants", () => {
    const def = tree.structure({ a: 1, b: [2, 3] });
    expect(() => tree.unflatten(def, [1])).toThrow(/\{a: \*, b: \[\*, \*\]\} has 3 leaves, but 1 was given.*\[CT202\]/);
    expect(tree.unflatten(def, new Set([4, 5, 6]))).toEqual({ a: 4, b: [5, 6] });
  });

  it("keeps a key named __proto__ a key", () => {
    const t = JSON.parse('{"__proto__": {"polluted": 1}}') as object;
    const copy = tree.map((x: number) => x + 1, t) as object;
    expect(Object.keys(copy)).toEqual(["__proto__"]);
    expect("polluted" in copy).toBe(false);
  });
});

describe("paths", () => {
  const t = { layers: [{ w: 1, "two words": 2 }], m: new Map<unknown, number>([["k", 3]]), é: 4 };

  it("go to every leaf in order", () => {
    expect(tree.leavesWithPath(t).map(([path, leaf]) => [tree.keystr(path), leaf])).toEqual([
      ['.layers[0]["two words"]', 2],
      [".layers[0].w", 1],
      ['.m.get("k")', 3],
      [".é", 4],
    ]);
    expect(tree.flattenWithPath(5)[0]).toEqual([[[], 5]]);
  });

  it("print dotted, with any separator", () => {
    const path = ["layers", 0, "w"];
    expect(tree.keystr(path)).toBe(".layers[0].w");
    expect(tree.keystr(path, { simple: true })).toBe("layers.0.w");
    expect(tree.keystr(path, { simple: true, separator: "/" })).toBe("layers/0/w");
    expect(tree.keystr([new tree.MapKey(1n), new tree.MapKey("a")])).toBe('.get(1n).get("a")');
    expect(tree.keystr([new tree.MapKey("a"), "b"], { simple: true })).toBe("a.b");
    expect(tree.keystr([])).toBe("");
    expect(() => tree.keystr(path, { sep: "/" } as never)).toThrow(/\[CT001\]/);
  });

  it("are different for different leaves", () => {
    fc.assert(
      fc.property(trees, (t) => {
        const names = tree.leavesWithPath(t).map(([path]) => tree.keystr(path));
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
