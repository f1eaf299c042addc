// Types are checked by `tsc`; the runtime half of each case only shows that the value agrees.
import { describe, expect, expectTypeOf, it } from "vitest";
import type { LeafOf, MapLeaves, Tree, TreeOf } from "../../src/tree/index.js";
import * as tree from "../../src/tree/index.js";

class Tensor {
  constructor(readonly value: number) {}
}

interface Layer {
  readonly w: Tensor;
  b?: Tensor;
}

interface Model {
  layers: readonly Layer[];
  head: [Tensor, Tensor];
  scale: number;
  none: null;
  named: Map<string, Tensor>;
}

describe("MapLeaves", () => {
  it("keeps keys, tuples, readonly, optional, null and Maps", () => {
    type Mapped = MapLeaves<Model, Tensor | number, string>;
    expectTypeOf<Mapped>().toEqualTypeOf<{
      layers: readonly { readonly w: string; b?: string | undefined }[];
      head: [string, string];
      scale: string;
      none: null;
      named: Map<string, string>;
    }>();
    expectTypeOf<MapLeaves<Tensor, Tensor, number>>().toEqualTypeOf<number>();
    expectTypeOf<MapLeaves<readonly [Tensor, { a: Tensor }], Tensor, 1>>().toEqualTypeOf<readonly [1, { a: 1 }]>();
    expectTypeOf<MapLeaves<Tensor | { a: Tensor } | null, Tensor, 1>>().toEqualTypeOf<1 | { a: 1 } | null>();
    const layer: MapLeaves<Layer, Tensor, string> = tree.map((x: Tensor) => `${x.value}`, {
      w: new Tensor(1),
    } as Layer);
    expect(layer.w).toBe("1");
  });

  it("follows recursive types", () => {
    interface Node {
      value: Tensor;
      next: Node | null;
    }
    type Mapped = MapLeaves<Node, Tensor, number>;
    expectTypeOf<NonNullable<NonNullable<Mapped["next"]>["next"]>["value"]>().toEqualTypeOf<number>();
    expectTypeOf<LeafOf<Node, Tensor>>().toEqualTypeOf<Tensor>();
    const list: Node = { value: new Tensor(1), next: { value: new Tensor(2), next: null } };
    expect(tree.map((x: Tensor) => x.value, list).next?.value).toBe(2);
  });

  it("keeps the methods of a class", () => {
    class Linear {
      constructor(readonly w: Tensor) {}
      apply(): Tensor {
        return this.w;
      }
    }
    type Mapped = MapLeaves<Linear, Tensor, string>;
    expectTypeOf<Mapped["w"]>().toEqualTypeOf<string>();
    expectTypeOf<Mapped["apply"]>().toEqualTypeOf<() => Tensor>();
    expect(new Linear(new Tensor(3)).apply().value).toBe(3);
  });
});

describe("LeafOf", () => {
  it("is the union of the leaves", () => {
    // Maps are nodes, though they look like the WeakMaps that are leaves by default.
    expectTypeOf<LeafOf<{ m: Map<string, number>; r: ReadonlyMap<string, string> }>>().toEqualTypeOf<number | string>();
    expectTypeOf<MapLeaves<{ m: Map<string, number> }, unknown, boolean>>().toEqualTypeOf<{
      m: Map<string, boolean>;
    }>();
    expectTypeOf<LeafOf<Model, Tensor>>().toEqualTypeOf<Tensor | number>();
    expectTypeOf<LeafOf<{ a: 1; b: [string, null]; c: Float32Array }>>().toEqualTypeOf<1 | string | Float32Array>();
    expectTypeOf<LeafOf<unknown>>().toEqualTypeOf<unknown>();
    expectTypeOf<LeafOf<null>>().toEqualTypeOf<never>();
    const [leaves] = tree.flatten({ a: 1, b: ["x", null] as const });
    expectTypeOf(leaves).toEqualTypeOf<(number | "x")[]>();
    expect(leaves).toEqual([1, "x"]);
  });
});

describe("map", () => {
  it("infers the leaf of a function without annotations", () => {
    const out = tree.map((x) => x > 1, { a: 1, b: [2, 3] as [number, number] });
    expectTypeOf(out).toEqualTypeOf<{ a: boolean; b: [boolean, boolean] }>();
    const sum = tree.map((x, y) => `${x + y.length}`, { a: 1 }, { a: "two" });
    expectTypeOf(sum).toEqualTypeOf<{ a: string }>();
    expect(sum).toEqual({ a: "4" });
    expect(out).toEqual({ a: false, b: [true, true] });
  });

  it("takes interfaces, and stops where the function's argument says", () => {
    const model: Layer = { w: new Tensor(1) };
    const out = tree.map((x: Tensor) => x.value, model);
    expectTypeOf(out).toEqualTypeOf<{ readonly w: number; b?: number | undefined }>();
    const pairs = tree.map((x: [number, number]) => x[0] + x[1], [[1, 2] as [number, number]], {
      isLeaf: (x) => Array.isArray(x) && typeof x[0] === "number",
    });
    expectTypeOf(pairs).toEqualTypeOf<number[]>();
    expect([out, pairs]).toEqual([{ w: 1 }, [3]]);
  });

  it("gives paths", () => {
    const out = tree.mapWithPath((path, x) => `${tree.keystr(path)}=${x}`, { a: [1, 2] });
    expectTypeOf(out).toEqualTypeOf<{ a: string[] }>();
    expect(out).toEqual({ a: [".a[0]=1", ".a[1]=2"] });
  });
});

describe("Tree and TreeOf", () => {
  function total<T>(t: TreeOf<T, number>): number {
    return tree.reduce((a: number, x: number) => a + x, t, 0);
  }
  interface Config {
    readonly a: number;
    nested: { b: readonly number[]; c?: number };
  }

  it("accept literals, interfaces and readonly objects", () => {
    const config: Config = { a: 1, nested: { b: [2, 3] } };
    const plain: Tree<number> = { a: 1, b: [2, null, { c: 3 }], d: new Map([["e", 4]]) };
    expect(total(config)).toBe(6);
    expect(total({ a: 1, b: [2] } as const)).toBe(3);
    expect(tree.leaves(plain)).toEqual([1, 2, 3, 4]);
  });

  it("refuse the wrong leaf", () => {
    // @ts-expect-error a string is no number
    const run = () => total({ a: "text" });
    // @ts-expect-error nor here
    const bad: Tree<number> = { a: ["text"] };
    expect(run()).toBe("0text");
    expect(tree.leaves(bad)).toEqual(["text"]);
  });
});

describe("at", () => {
  it("types the replacement after what is picked", () => {
    const params = { layers: [{ w: 1, b: 2 }], name: "net" };
    const one = tree.at(
      (p) => p.layers[0].w,
      params,
      (old) => old + 1,
    );
    const two = tree.at((p) => [p.layers[0].w, p.layers[0].b], params, [5, 6]);
    expectTypeOf(one).toEqualTypeOf<typeof params>();
    // @ts-expect-error a string does not fit
    tree.at((p) => p.layers[0].w, params, "text");
    expect(one.layers[0]).toEqual({ w: 2, b: 2 });
    expect(two.layers[0]).toEqual({ w: 5, b: 6 });
  });
});
