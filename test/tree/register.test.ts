import { describe, expect, it } from "vitest";
import * as tree from "../../src/tree/index.js";

class Linear {
  constructor(
    readonly w: unknown,
    readonly b: unknown,
    readonly activation: string,
  ) {}
}
tree.register(Linear, {
  flatten: (l) => [[l.w, l.b], l.activation],
  unflatten: (activation, [w, b]) => new Linear(w, b, activation),
  flattenWithKeys: (l) => [
    [
      ["w", l.w],
      ["b", l.b],
    ],
    l.activation,
  ],
});

class Pair {
  constructor(
    readonly first: unknown,
    readonly second: unknown,
  ) {}
}
tree.register(Pair, { flatten: (p) => [[p.first, p.second], null], unflatten: (_, [a, b]) => new Pair(a, b) });

describe("tree.register", () => {
  it("makes instances nodes", () => {
    const out = tree.map((x: number) => x * 2, [new Linear(1, { c: 2 }, "relu"), new Pair(3, null)]);
    expect(out).toEqual([new Linear(2, { c: 4 }, "relu"), new Pair(6, null)]);
    expect(out[0]).toBeInstanceOf(Linear);
  });

  it("names children by flattenWithKeys, else by number", () => {
    const paths = tree.leavesWithPath({ l: new Linear(1, 2, "relu"), p: new Pair(3, 4) });
    expect(paths.map(([path]) => tree.keystr(path))).toEqual([".l.w", ".l.b", ".p[0]", ".p[1]"]);
    expect(String(tree.structure([new Linear(1, 2, "relu"), new Pair(3, [4])]))).toBe(
      '[Linear["relu"](w: *, b: *), Pair(*, [*])]',
    );
  });

  it("makes auxiliary data part of the structure", () => {
    const def = tree.structure(new Linear(1, 2, "relu"));
    expect(def.equals(tree.structure(new Linear(3, 4, "relu")))).toBe(true);
    expect(def.equals(tree.structure(new Linear(1, 2, "tanh")))).toBe(false);
    expect(def.key).not.toBe(tree.structure(new Linear(1, 2, "tanh")).key);
    expect(def.equals(tree.structure(new Pair(1, 2)))).toBe(false);
    expect(() => tree.map((x: number, y: number) => x + y, new Linear(1, 2, "relu"), new Linear(1, 2, "tanh"))).toThrow(
      /at the root of the first tree stands a Linear\["relu"\].*and in tree 2 a Linear\["tanh"\]/,
    );
  });

  it("does not include subclasses", () => {
    class Sub extends Pair {}
    const sub = new Sub(1, 2);
    expect(tree.leaves([sub])).toEqual([sub]);
  });

  it("refuses bad registrations", () => {
    const handlers = { flatten: () => [[], null] as const, unflatten: () => ({}) };
    expect(() => tree.register(Pair, handlers as never)).toThrow(/Pair is registered already.*\[CT204\]/);
    expect(() => tree.register(Map, handlers as never)).toThrow(/Map is a node already/);
    expect(() => tree.register("Pair" as never, handlers as never)).toThrow(/expected a class, but got a string/);
    class Fresh {}
    expect(() => tree.register(Fresh, { flatten: handlers.flatten } as never)).toThrow(/needs a function 'unflatten'/);
  });
});
