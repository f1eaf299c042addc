import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as tree from "../../src/tree/index.js";
import { trees } from "./arbitraries.js";

describe("tree.broadcastPrefix", () => {
  it("repeats each leaf for all that stands below it", () => {
    expect(tree.broadcastPrefix([1, 2], [{ a: 0, b: 0 }, 0])).toEqual([1, 1, 2]);
    expect(tree.broadcastPrefix(7, { a: [0, null], b: 0 })).toEqual([7, 7]);
    expect(tree.broadcastPrefix([1, 2], [[], 0])).toEqual([2]);
    expect(tree.broadcast([1, 2], [{ a: 0, b: 0 }, 0])).toEqual([{ a: 1, b: 1 }, 2]);
  });

  it("takes null as a leaf where isLeaf says so", () => {
    const isLeaf = (x: unknown) => x === null;
    expect(tree.broadcastPrefix([null, 0], [{ a: 1, b: 2 }, 3], { isLeaf })).toEqual([null, null, 0]);
    expect(() => tree.broadcastPrefix([null, 0], [{ a: 1 }, 3])).toThrow(
      /stands null, and in the tree an object with key a/,
    );
  });

  it("names both sides, the path and the keys", () => {
    const names = { fnName: "vmap", prefixName: "inAxes", treeName: "the arguments" };
    expect(() => tree.broadcastPrefix([{ w: 0 }], [{ w: 1, b: 2 }], names)).toThrow(
      "vmap: inAxes is not a prefix of the arguments: at inAxes[0] stands an object with key w, and in the " +
        "arguments an object with keys b, w (only in the arguments: b). Structure of inAxes: [{w: *}]; of the arguments: " +
        "[{b: *, w: *}]. Give inAxes the same nodes as the arguments, or one leaf in place of a whole subtree.  [CT201]",
    );
    expect(() => tree.broadcastPrefix([0, 0], [1], names)).toThrow(/at the root of inAxes/);
    expect(() => tree.broadcastPrefix(0, 1, { fname: "x" } as never)).toThrow(/\[CT001\]/);
  });

  it("agrees with flattenUpTo", () => {
    fc.assert(
      fc.property(trees, trees, (t, filler) => {
        const def = tree.structure(t);
        const subtrees = Array.from({ length: def.numLeaves }, (_, i) => [i, filler]);
        const full = def.unflatten(subtrees);
        expect(tree.flattenUpTo(def, full)).toEqual(subtrees);
        const ids = def.unflatten(subtrees.map((_, i) => i));
        const counts = tree.leaves([filler]).length + 1;
        expect(tree.broadcastPrefix(ids, full)).toEqual(subtrees.flatMap((_, i) => Array(counts).fill(i)));
      }),
    );
  });

  it("fails exactly where a node is changed", () => {
    const t = { a: [{ w: 1 }, { w: 2 }], m: new Map([["k", [1]]]) };
    const def = tree.structure(t);
    const wrong = (where: (x: typeof t) => unknown, value: unknown) => () =>
      tree.flattenUpTo(def, tree.at(where as never, t, value as never));
    expect(wrong((x) => x.a[1], { v: 1 })).toThrow(
      /at \.a\[1\] of the prefix.*\(only in the prefix: w; only in the tree: v\)/,
    );
    expect(wrong((x) => x.m, {})).toThrow(
      /at \.m of the prefix stands a Map with key k, and in the tree an empty object/,
    );
    expect(wrong((x) => x.m.get("k"), [1, 2])).toThrow(/at \.m\.get\("k"\) of the prefix/);
  });
});
