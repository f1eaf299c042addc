import * as fc from "fast-check";
import { prod, range } from "../../src/prelude/numbers.js";
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
  return new ShapeArbitrary(minRank, maxRank, minSide, maxSide);
}

class ShapeArbitrary extends fc.Arbitrary<number[]> {
  constructor(
    private readonly minRank: number,
    private readonly maxRank: number,
    private readonly minSide: number,
    private readonly maxSide: number,
  ) {
    super();
  }

  override generate(mrng: fc.Random): fc.Value<number[]> {
    const rank = mrng.nextInt(this.minRank, this.maxRank);
    const shape = range(rank).map(() => this.#side(mrng));
    while (prod(shape) > maxSize) {
      const longest = shape.indexOf(Math.max(...shape));
      if (shape[longest] <= this.minSide) break;
      shape[longest] = Math.max(this.minSide, Math.ceil(shape[longest] / 2));
    }
    return new fc.Value(shape, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is number[] {
    const isSide = (d: unknown): boolean =>
      Number.isInteger(d) && Number(d) >= this.minSide && Number(d) <= this.maxSide;
    return Array.isArray(value) && value.length >= this.minRank && value.length <= this.maxRank && value.every(isSide);
  }

  override shrink(shape: number[]): fc.Stream<fc.Value<number[]>> {
    return fc.stream(this.#smaller(shape)).map((s) => new fc.Value(s, undefined));
  }

  #side(mrng: fc.Random): number {
    const { minSide, maxSide } = this;
    const small = Math.min(maxSide, Math.max(3, minSide));
    return mrng.nextInt(minSide, mrng.nextInt(0, 5) === 0 ? maxSide : small);
  }

  /** Fewer sides first: each left out, neighbours merged; then shorter ones. */
  *#smaller(shape: readonly number[]): IterableIterator<number[]> {
    const plain = range(this.minRank).map(() => this.minSide);
    if (shape.length > plain.length || shape.some((d) => d > this.minSide)) yield plain;
    if (shape.length > this.minRank) {
      for (const d of range(shape.length)) yield shape.filter((_, i) => i !== d);
      for (const d of range(shape.length - 1)) {
        const merged = shape[d] * shape[d + 1];
        if (merged >= this.minSide && merged <= this.maxSide) yield shape.toSpliced(d, 2, merged);
      }
    }
    for (const [d, side] of shape.entries()) {
      const shorter = new Set([this.minSide, Math.floor((side + this.minSide) / 2), side - 1]);
      for (const s of shorter) if (s >= this.minSide && s < side) yield shape.with(d, s);
    }
  }
}
