import * as fc from "fast-check";

/**
 * Trees whose leaves the given arbitrary makes: the leaf itself, arrays, objects, null and nestings of them. Shrinks to
 * a single leaf.
 *
 * @param leaf makes the leaves, `arbitraries.tensor()` for example
 * @example
 * const params = arbitraries.pytree(arbitraries.tensor());
 */
export function pytree<T>(leaf: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  const keys = fc.constantFrom("a", "b", "w", "bias", "0");
  return fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true, maxDepth: 3 },
      { weight: 4, arbitrary: leaf },
      { weight: 2, arbitrary: fc.array(tie("tree"), { maxLength: 3 }) },
      { weight: 2, arbitrary: fc.dictionary(keys, tie("tree"), { maxKeys: 3, noNullPrototype: true }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  })).tree;
}
