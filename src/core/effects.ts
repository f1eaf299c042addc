/** Effects of a traced program: named, so that passes know what may not be dropped or reordered. */
export type Effects = ReadonlySet<string>;

export const noEffects: Effects = new Set();

/** The monoid of effects: their union. */
export const joinEffects = (a: Effects, b: Effects): Effects =>
  b.size === 0 ? a : a.size === 0 ? b : new Set([...a, ...b]);
