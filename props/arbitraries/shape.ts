import * as fc from "fast-check";
import { prod } from "../../src/prelude/numbers.js";
import { checkOptions } from "../../src/prelude/options.js";
import { checkBounds } from "./options.js";

/** The options of {@link shape}. */
export interface ShapeOptions {
  /** 0 by default: scalars. */
  readonly minRank?: number;
  /** 3 by default. */
  readonly maxRank?: number;
  /** 1 by default; 0 makes empty tensors too. */
  readonly minSide?: number;
  /** 12 by default. Most sides are 3 at most. */
  readonly maxSide?: number;
}

export const shapeOptionNames: readonly string[] = ["minRank", "maxRank", "minSide", "maxSide"];

/** Beyond this number of elements the longest sides are cut: checks take time by the element. */
const maxSize = 512;

/**
 * Shapes: mostly small ones, and now and then one with a long side, so that what goes wrong only above some size is
 * found. Shrinks to fewer and shorter sides.
 *
 * @example
 * fc.assert(fc.property(arbitraries.shape({ minRank: 1 }), (s) => np.zeros(s).size === s.reduce((n, d) => n * d)));
 */
export function shape(options: ShapeOptions = {}): fc.Arbitrary<number[]> {
  const where = "arbitraries.shape";
  checkOptions(where, options, shapeOptionNames);
  const { minRank = 0, minSide = 1 } = options;
  const { maxRank = Math.max(3, minRank), maxSide = Math.max(12, minSide) } = options;
  checkBounds(where, ["minRank", "maxRank"], minRank, maxRank);
  checkBounds(where, ["minSide", "maxSide"], minSide, maxSide);
  return fc.array(side(minSide, maxSide), { minLength: minRank, maxLength: maxRank, size: "max" }).map((sides) => {
    const cut = [...sides];
    while (prod(cut) > maxSize) {
      const longest = cut.indexOf(Math.max(...cut));
      if (cut[longest] <= minSide) break;
      cut[longest] = Math.max(minSide, Math.ceil(cut[longest] / 2));
    }
    return cut;
  });
}

function side(min: number, max: number): fc.Arbitrary<number> {
  const small = fc.integer({ min, max: Math.min(max, Math.max(3, min)) });
  if (max <= 3) return small;
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 5, arbitrary: small },
    { weight: 1, arbitrary: fc.noBias(fc.integer({ min, max })) },
  );
}
