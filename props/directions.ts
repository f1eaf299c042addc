/** Vectors to differentiate along. */

/** A small generator of uniform numbers in [0, 1): enough for directions, and the same in every run. */
export function uniforms(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Numbers of either sign, none near zero, so that no operand's part in a direction vanishes. */
export function randomVector(length: number, next: () => number): Float64Array {
  return Float64Array.from({ length }, () => (0.25 + 0.75 * next()) * (next() < 0.5 ? -1 : 1));
}

/**
 * A direction in which equal numbers stay equal: along it a maximum of ties is as smooth as of one number, so that a
 * rule that is wrong at ties only shows.
 */
export function tiePreserving(vectors: readonly Float64Array[], next: () => number): Float64Array[] {
  const byValue = new Map<number, number>();
  return vectors.map((v) =>
    v.map((x) => {
      let d = byValue.get(x);
      if (d === undefined) byValue.set(x, (d = randomVector(1, next)[0]));
      return d;
    }),
  );
}

export const hasTies = (vectors: readonly Float64Array[]): boolean => {
  const all = vectors.flatMap((v) => [...v]);
  return new Set(all).size < all.length;
};
