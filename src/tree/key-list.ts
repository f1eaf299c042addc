/**
 * The keys of plain objects. Trees list the same few sets of keys over and over: each is sorted once, and objects with
 * those keys are copied from a model, which the engine stores compactly where keys added one by one make a slow dictionary.
 */
import { sameItems } from "./same-items.js";

/** Keys as an object lists them, and sorted. */
export interface KeyList {
  readonly listed: readonly string[];
  readonly sorted: readonly string[];
  /** Where each sorted key is listed; null where they are listed sorted. */
  readonly order: readonly number[] | null;
}

/** The latest lists, each at the place that its keys hash to. */
const places = 512;
const recent: (KeyList | undefined)[] = new Array(places).fill(undefined);

function placeOf(keys: readonly string[]): number {
  const n = keys.length;
  if (n === 0) return 0;
  const [first, last] = [keys[0], keys[n - 1]];
  const h = Math.imul(n, 31) + first.charCodeAt(0) + 7 * last.charCodeAt(last.length - 1) + 3 * first.length;
  return (h + 13 * last.charCodeAt(0)) & (places - 1);
}

/** The one list for these keys, as long as it is in use. */
export function keyList(keys: readonly string[]): KeyList {
  const place = placeOf(keys);
  const known = recent[place];
  if (known !== undefined && sameItems(known.listed, keys)) return known;
  const made = makeKeyList(keys);
  recent[place] = made;
  return made;
}

function makeKeyList(listed: readonly string[]): KeyList {
  // Code unit order; most literals are written in it already.
  for (let i = 1; i < listed.length; i++) {
    if (listed[i] >= listed[i - 1]) continue;
    const positions = new Map(listed.map((key, at) => [key, at]));
    const sorted = [...listed].sort();
    return { listed, sorted, order: sorted.map((key) => positions.get(key) as number) };
  }
  return { listed, sorted: listed, order: null };
}

/** From so many properties on, all values are taken at once. */
const many = 16;

/** The values of an object in the order of its sorted keys. */
export function valuesOf(x: Readonly<Record<string, unknown>>, { sorted, order }: KeyList): unknown[] {
  if (sorted.length >= many && order === null) return Object.values(x);
  const values = new Array<unknown>(sorted.length);
  for (let i = 0; i < sorted.length; i++) values[i] = x[sorted[i]];
  return values;
}

/** By list of keys: an object with these keys, or null where none was made so far. */
const models = new WeakMap<readonly unknown[], Record<string, unknown> | null>();

/** An object with these keys in this order, whose values are to be filled in; or an empty one. */
export function objectToFill(keys: readonly string[]): Record<string, unknown> {
  const model = models.get(keys);
  if (model) return { ...model };
  if (model === undefined) models.set(keys, null);
  else models.set(keys, Object.fromEntries(keys.map((key) => [key, undefined])));
  return {};
}
