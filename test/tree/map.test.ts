import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as tree from "../../src/tree/index.js";
import { trees } from "./arbitraries.js";

describe("tree.map", () => {
  it("keeps structure: identity and composition", () => {
    const f = (x: unknown) => [x];
    const g = (x: unknown) => String(x);
    fc.assert(
      fc.property(trees, (t) => {
        expect(tree.map((x: unknown) => x, t)).toStrictEqual(t);
        expect(tree.map((x: unknown) => g(f(x)), t)).toStrictEqual(
          tree.map(g, tree.map(f, t), {
            isLeaf: (x) => Array.isArray(x) && x.length === 1 && typeof x[0] === "number",
          }),
        );
      }),
    );
  });

  it("takes any number of trees", () => {
    expect(tree.map((x: number, y: number) => x - y, { a: 5, b: [4] }, { b: [1], a: 2 })).toEqual({ a: 3, b: [3] });
    const four = tree.map((a: number, b: number, c: number, d: number) => a + b + c + d, [1], [2], [3], [4]);
    expect(four).toEqual([10]);
  });

  it("passes whole subtrees of the later trees where the first has leaves", () => {
    expect(tree.map((x: string, y: unknown) => [x, y], { a: "p" }, { a: { b: 1 } })).toEqual({ a: ["p", { b: 1 }] });
  });

  it("stops where isLeaf says", () => {
    const isPair = (x: unknown) => Array.isArray(x) && x.length === 2;
    expect(tree.map((p: number[]) => p[0] + p[1], { a: [1, 2] }, { isLeaf: isPair })).toEqual({ a: 3 });
    const sum = tree.map((p: number[], q: number[]) => p[0] + q[1], { a: [1, 2] }, { a: [3, 4] }, { isLeaf: isPair });
    expect(sum).toEqual({ a: 5 });
  });

  it("names the place where trees differ, and the keys", () => {
    const add = (x: number, y: number) => x + y;
    expect(() => tree.map(add, { layers: [{ w: 1, b: 2 }] }, { layers: [{ w: 1, bias: 2 }] })).toThrow(
      "tree.map: the first tree is not a prefix of tree 2: at .layers[0] of the first tree stands an object with " +
        "keys b, w, and in tree 2 an object with keys bias, w (only in the first tree: b; only in tree 2: bias). " +
        "Structure of the first tree: {layers: [{b: *, w: *}]}; of tree 2: {layers: [{bias: *, w: *}]}. " +
        "Give the first tree the same nodes as tree 2, or one leaf in place of a whole subtree.  [CT201]",
    );
    expect(() => tree.map(add, [1, 2], [1])).toThrow(/an array of length 2, and in tree 2 an array of length 1/);
    expect(() => tree.map(add, [null, 1], [1, 1])).toThrow(/at \[0\].* stands null, and in tree 2 a leaf/);
    expect(() => tree.map(add, { a: 1 }, undefined as never)).toThrow(/and in tree 2 undefined/);
    expect(() => tree.map(1 as never, [1])).toThrow(/first argument must be a function, but got a number.*\[CT003\]/);
  });
});

describe("tree.mapWithPath", () => {
  it("gives the path first, then the leaves", () => {
    const out = tree.mapWithPath((path, x, y) => `${tree.keystr(path)} ${x + y}`, { a: [1, 2] }, { a: [3, 4] });
    expect(out).toEqual({ a: [".a[0] 4", ".a[1] 6"] });
  });
});

describe("tree.reduce and tree.all", () => {
  it("folds the leaves in order", () => {
    expect(tree.reduce((a: string, x: string) => a + x, { b: "2", a: ["0", "1"] }, "")).toBe("012");
    expect(tree.reduce((a: number, b: number) => a - b, [10, 3, 2])).toBe(5);
    expect(tree.reduce((a: unknown[], x: unknown) => [...a, x], [1, undefined], [] as unknown[])).toEqual([1]);
    expect(() => tree.reduce((a: number) => a, [])).toThrow(/\[CT206\]/);
    expect(tree.reduce((a: unknown) => a, [], undefined)).toBeUndefined();
  });

  it("asks every leaf, and scalar tensors by value", () => {
    expect(tree.all([true, { a: 1 }])).toBe(true);
    expect(tree.all([true, { a: 0 }])).toBe(false);
    expect(tree.all([])).toBe(true);
    class Scalar {
      constructor(private readonly value: boolean) {}
      item(): boolean {
        return this.value;
      }
    }
    expect(tree.all([new Scalar(true)])).toBe(true);
    expect(tree.all([new Scalar(true), new Scalar(false)])).toBe(false);
  });
});

describe("tree.transpose", () => {
  it("turns trees of trees inside out, and back", () => {
    const points = [
      { x: 1, y: [2] },
      { x: 3, y: [4] },
    ];
    const outer = tree.structure([0, 0]);
    const inner = tree.structure(points[0]);
    const out = tree.transpose(outer, inner, points);
    expect(out).toEqual({ x: [1, 3], y: [[2, 4]] });
    expect(tree.transpose(inner, outer, out)).toEqual(points);
    expect(tree.transpose(outer, null, points)).toEqual(out);
  });

  it("names what does not fit", () => {
    const outer = tree.structure([0, 0]);
    expect(() => tree.transpose(outer, tree.structure({ x: 0 }), [{ x: 1 }, { y: 1 }])).toThrow(
      /the inner structure and \[1\] of the tree have different structures: \{x: \*\} and \{y: \*\}.*\[CT200\]/,
    );
    expect(() => tree.transpose(outer, null, [1])).toThrow(/\[CT201\]/);
    expect(() => tree.transpose(tree.structure([]), null, [])).toThrow(/\[CT202\]/);
  });
});
