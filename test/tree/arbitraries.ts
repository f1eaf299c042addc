import * as fc from "fast-check";

/** Trees of integers, with every built-in kind of node, empty ones too. */
export const trees: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.integer(),
    fc.constant(null),
    fc.constant(undefined),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom("a", "b", "w", "__proto__", "10", "9"), fc.string()), tie("tree"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    fc
      .uniqueArray(fc.tuple(fc.string({ maxLength: 2 }), tie("tree")), { maxLength: 3, selector: ([key]) => key })
      .map((entries) => new Map(entries)),
  ),
})).tree;

/** The same tree with the keys of every object and Map inserted in another order. */
export function reinsert(t: unknown): unknown {
  if (Array.isArray(t)) return t.map(reinsert);
  if (t instanceof Map) return new Map([...t].reverse().map(([key, child]) => [key, reinsert(child)]));
  if (typeof t !== "object" || t === null) return t;
  return Object.fromEntries(
    Object.entries(t)
      .reverse()
      .map(([key, child]) => [key, reinsert(child)]),
  );
}
