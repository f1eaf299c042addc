// Plain data compared by content, quicker than by keys. Everything that is no array or plain object counts by identity.

const isPlain = (x: object): boolean => Object.getPrototypeOf(x) === Object.prototype;

/** Whether two values are the same: numbers as `Object.is` says, arrays and plain objects by content. */
export function sameData(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!sameData(a[i], b[i])) return false;
    return true;
  }
  if (a === b && !isPlain(a)) return true;
  if (!isPlain(a) || Array.isArray(b) || !isPlain(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  let count = 0;
  for (const name in left) {
    if (!(name in right) || !sameData(left[name], right[name])) return false;
    count++;
  }
  for (const _ in right) count--;
  return count === 0;
}

/** A copy of arrays and plain objects, which stays as it is when they are changed. */
export function snapshot(x: unknown): unknown {
  if (typeof x !== "object" || x === null) return x;
  if (Array.isArray(x)) return x.map(snapshot);
  if (!isPlain(x)) return x;
  return Object.fromEntries(Object.entries(x).map(([name, value]) => [name, snapshot(value)]));
}

/** The same record with its lists copied, lists in them too; everything else as it is. */
export function withOwnLists<T extends Readonly<Record<string, unknown>>>(record: T): T {
  let copy: Record<string, unknown> | undefined;
  for (const name in record) {
    if (!Array.isArray(record[name])) continue;
    copy ??= { ...record };
    copy[name] = copyList(record[name]);
  }
  return (copy ?? record) as T;
}

const copyList = (xs: readonly unknown[]): unknown[] => xs.map((x) => (Array.isArray(x) ? copyList(x) : x));

/** A number that is the same for the same data, and cheap rather than different for different data. */
export function hashData(x: unknown): number {
  switch (typeof x) {
    case "number":
      return x | 0;
    case "boolean":
      return x ? 1 : 2;
    case "string":
      return Math.imul(x.length, 31) + x.charCodeAt(x.length - 1);
    case "object": {
      if (!Array.isArray(x)) return 3;
      let hash = x.length;
      for (let i = 0; i < x.length; i++) hash = (Math.imul(hash, 31) + hashData(x[i])) | 0;
      return hash;
    }
    default:
      return 4;
  }
}
