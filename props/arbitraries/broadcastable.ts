import * as fc from "fast-check";
import { checkBounds } from "./options.js";
import { type ShapeOptions, shape } from "./shape.js";

/**
 * Lists of `n` shapes that broadcast together: shapes of one array with some sides 1 and some leading ones missing.
 * The first has the full rank. Shrinks to fewer and shorter sides, and to equal shapes.
 *
 * @param n how many shapes
 * @example
 * const pairs = arbitraries.tensors({ shapes: arbitraries.broadcastable(2) });
 * itHasCorrectGradients("add broadcasts", (x: Tensor, y: Tensor) => np.add(x, y), pairs);
 */
export function broadcastable(n = 2, options: ShapeOptions = {}): fc.Arbitrary<number[][]> {
  checkBounds("arbitraries.broadcastable", ["n", "n"], n, n);
  const { maxRank = Math.max(3, options.minRank ?? 0) } = options;
  const variation = fc.record({
    dropped: fc.nat({ max: maxRank }),
    ones: fc.array(fc.boolean(), { minLength: maxRank, maxLength: maxRank }),
  });
  return fc
    .tuple(shape({ ...options, maxRank }), fc.array(variation, { minLength: n, maxLength: n }))
    .map(([full, variations]) =>
      variations.map(({ dropped, ones }, k) => {
        const kept = full.map((d, i) => (ones[i] ? 1 : d));
        return k === 0 ? kept : kept.slice(Math.min(dropped, full.length - (options.minRank ?? 0)));
      }),
    );
}
