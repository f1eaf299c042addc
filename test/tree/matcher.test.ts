import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flattenInto } from "../../src/tree/flatten.js";
import { register } from "../../src/tree/index.js";
import { TreeMatcher } from "../../src/tree/matcher.js";

class Pair {
  constructor(
    readonly a: unknown,
    readonly b: unknown,
    readonly label: string,
  ) {}
}
register(Pair, { flatten: (p) => [[p.a, p.b], p.label], unflatten: (label, [a, b]) => new Pair(a, b, label) });

const matcherOf = (tree: unknown): TreeMatcher => new TreeMatcher(flattenInto(tree, []), tree);

function leavesBy(matcher: TreeMatcher, tree: unknown): unknown[] | null {
  const leaves: unknown[] = [];
  return matcher.match(tree, leaves, 0) ? leaves : null;
}

const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean());
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.constant(null),
    fc.constant(undefined),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "zz", "1"), tie("tree"), { maxKeys: 4, noNullPrototype: true }),
    fc.array(fc.tuple(fc.constantFrom("x", "y"), tie("tree")), { maxLength: 2 }).map((entries) => new Map(entries)),
    fc.tuple(tie("tree"), tie("tree"), fc.constantFrom("l", "m")).map(([a, b, l]) => new Pair(a, b, l)),
  ),
}));

describe("matching trees against a structure", () => {
  it("gives the leaves that flattening gives", () => {
    fc.assert(
      fc.property(tree, (t) => {
        const leaves: unknown[] = [];
        flattenInto(t, leaves);
        expect(leavesBy(matcherOf(t), t)).toEqual(leaves);
      }),
    );
  });

  it("matches only trees of the structure, up to nodes in the place of leaves", () => {
    fc.assert(
      fc.property(tree, tree, (t, u) => {
        const found = leavesBy(matcherOf(t), u);
        if (found === null) return;
        // With the found leaves taken for leaves, the structures must agree.
        const isLeaf = (x: unknown): boolean => found.includes(x);
        const def = flattenInto(u, [], isLeaf);
        expect(def.numLeaves).toBeLessThanOrEqual(flattenInto(t, []).numLeaves);
        if (found.every((x) => typeof x !== "object" && x !== undefined)) {
          expect(flattenInto(u, []).equals(flattenInto(t, []))).toBe(true);
        }
      }),
    );
  });

  it("has wide objects in sorted order, whatever order they list", () => {
    const names = Array.from({ length: 40 }, (_, i) => `k${(i * 17) % 40}`);
    const make = (offset: number) => Object.fromEntries(names.map((name, i) => [name, offset + i]));
    const matcher = matcherOf(make(0));
    const leaves: unknown[] = [];
    flattenInto(make(100), leaves);
    expect(leavesBy(matcher, make(100))).toEqual(leaves);
    const { k0: _, ...fewer } = make(0);
    expect(leavesBy(matcher, fewer)).toBeNull();
    expect(leavesBy(matcher, { ...make(0), more: 1 })).toBeNull();
  });

  it("writes from a position on", () => {
    const leaves: unknown[] = ["before"];
    expect(matcherOf({ b: 1, a: [2, 3] }).match({ b: 4, a: [5, 6] }, leaves, 1)).toBe(true);
    expect(leaves).toEqual(["before", 5, 6, 4]);
  });

  it("tells kinds, keys, classes and auxiliary data apart", () => {
    expect(leavesBy(matcherOf([1, 2]), [1, 2, 3])).toBeNull();
    expect(leavesBy(matcherOf([1]), { 0: 1 })).toBeNull();
    expect(leavesBy(matcherOf({ a: 1 }), { b: 1 })).toBeNull();
    expect(leavesBy(matcherOf({ a: 1 }), new Pair(1, 2, "l"))).toBeNull();
    expect(leavesBy(matcherOf({ a: 1 }), Object.assign(Object.create(null), { a: 7 }))).toEqual([7]);
    expect(leavesBy(matcherOf(null), undefined)).toBeNull();
    expect(leavesBy(matcherOf({ a: undefined }), {})).toBeNull();
    expect(leavesBy(matcherOf(new Map([["x", 1]])), new Map([["y", 1]]))).toBeNull();
    expect(leavesBy(matcherOf(new Pair(1, 2, "l")), new Pair(1, 2, "m"))).toBeNull();
    expect(leavesBy(matcherOf(new Pair(1, 2, "l")), new Pair(3, 4, "l"))).toEqual([3, 4]);
    expect(leavesBy(matcherOf({ a: [1] }), { a: 1 })).toBeNull();
  });
});
