import { describe, expect, it } from "vitest";
import * as tree from "../../src/tree/index.js";

const params = {
  layers: [
    { w: 1, b: 2 },
    { w: 3, b: null as number | null },
  ],
  head: { w: 5 },
};

describe("tree.at", () => {
  it("replaces a leaf, leaving the original alone", () => {
    const out = tree.at((p) => p.layers[1].w, params, 30);
    expect(out.layers[1]).toEqual({ w: 30, b: null });
    expect(params.layers[1].w).toBe(3);
    expect(Object.is(out.layers, params.layers)).toBe(false);
  });

  it("replaces nodes, null included, by a value or from the old one", () => {
    expect(tree.at((p) => p.head, params, { w: 6 }).head).toEqual({ w: 6 });
    expect(tree.at((p) => p.layers[1].b, params, 4).layers[1].b).toBe(4);
    expect(
      tree.at(
        (p) => p.head,
        params,
        (old) => ({ w: old.w + 1 }),
      ).head,
    ).toEqual({ w: 6 });
    expect(
      tree.at(
        (p) => p,
        params,
        (old) => ({ ...old, head: { w: old.layers.length } }),
      ).head,
    ).toEqual({ w: 2 });
  });

  it("replaces several at once", () => {
    const many = tree.at((p) => p.layers.map((l) => l.w), params, [10, 30]);
    expect(many.layers.map((l) => l.w)).toEqual([10, 30]);
    expect(
      tree.at(
        (p) => [p.layers[0].w, p.head.w],
        params,
        (w) => -w,
      ).head.w,
    ).toBe(-5);
  });

  it("replaces an array node whole by a value, and each element by a function", () => {
    expect(tree.at((p) => p.layers, params, []).layers).toEqual([]);
    expect(
      tree
        .at(
          (p) => p.layers,
          params,
          (l) => ({ ...l, w: -l.w }),
        )
        .layers.map((l) => l.w),
    ).toEqual([-1, -3]);
  });

  it("refuses what is not a node, twice the same, and one inside another", () => {
    expect(() => tree.at((p) => p.layers[7]?.w, params, 0)).toThrow(
      /gave undefined \(is there such a key\?\).*\[CT205\]/,
    );
    expect(() => tree.at(() => 1, params, 0)).toThrow(/must give a node of the tree.*gave a number/);
    expect(() => tree.at((p) => [p.head.w, p.head.w], params, [1, 2])).toThrow(/same node twice/);
    expect(() => tree.at((p) => [p.head, p.head.w] as unknown[], params, [1, 2])).toThrow(/something inside it/);
    expect(() => tree.at((p) => [p.head.w, p.layers[0].w], params, [1])).toThrow(
      /gives 2 nodes, but the replacement is an array of 1/,
    );
  });
});
