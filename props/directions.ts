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

/** A direction to differentiate along. */
export interface Direction {
  readonly whole: readonly Float64Array[];
  /** Two directions that add up to it, others each time. */
  split(): readonly [readonly Float64Array[], readonly Float64Array[]];
}

function direction(whole: readonly Float64Array[], first: (x: number, k: number, i: number) => number): Direction {
  const split = () => {
    const part = whole.map((v, k) => v.map((x, i) => first(x, k, i)));
    return [part, whole.map((v, k) => v.map((x, i) => x - part[k][i]))] as const;
  };
  return { whole, split };
}

/**
 * Any direction. Its parts go the same way in each element, so that kinks of single elements take no notice, but any
 * way in elements that equal others, where kinks may meet.
 */
export function randomDirection(vectors: readonly Float64Array[], next: () => number): Direction {
  const counts = new Map<number, number>();
  for (const v of vectors) for (const x of v) counts.set(x, (counts.get(x) ?? 0) + 1);
  const tied = (k: number, i: number): boolean => (counts.get(vectors[k][i]) ?? 0) > 1;
  return direction(
    vectors.map((v) => randomVector(v.length, next)),
    (x, k, i) => (tied(k, i) ? 2 * next() - 1 : partOf(x, next)),
  );
}

/**
 * A direction in which equal numbers stay equal: along it a maximum of ties is as smooth as of one number, so that a
 * rule that is wrong at ties only shows.
 */
export function tiePreserving(vectors: readonly Float64Array[], next: () => number): Direction {
  const byValue = (make: () => number): ((k: number, i: number) => number) => {
    const known = new Map<number, number>();
    return (k, i) => {
      const value = vectors[k][i];
      const found = known.get(value) ?? make();
      known.set(value, found);
      return found;
    };
  };
  const speed = byValue(() => randomVector(1, next)[0]);
  const whole = vectors.map((v, k) => v.map((_, i) => speed(k, i)));
  return {
    whole,
    split: () => {
      const share = byValue(() => partOf(1, next));
      return direction(whole, (x, k, i) => share(k, i) * x).split();
    },
  };
}

/** One element alone; its parts move the others too, one as the other does not. */
export function unitDirection(vectors: readonly Float64Array[], k: number, i: number, next: () => number): Direction {
  const whole = vectors.map((v) => new Float64Array(v.length));
  whole[k][i] = 1;
  return direction(whole, (x) => (x === 1 ? partOf(1, next) : 2 * next() - 1));
}

/** Some of the way. */
const partOf = (x: number, next: () => number): number => (0.1 + 0.8 * next()) * x;

export const hasTies = (vectors: readonly Float64Array[]): boolean => {
  const all = vectors.flatMap((v) => [...v]);
  return new Set(all).size < all.length;
};
