import { ArgumentError } from "./errors.js";

/** True for objects made by a literal or by `Object.create(null)`; false for arrays, class instances and null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const proto = Object.getPrototypeOf(value) as object | null;
  if (proto === null || proto === Object.prototype) return true;
  // A literal from another realm (node:vm, a test runner's sandbox) has that realm's Object.prototype.
  return Object.getPrototypeOf(proto) === null && Object.hasOwn(proto, "isPrototypeOf");
}

/** The edit distance between two words, counting a swap of neighbours as one edit. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(substitution, previous[j] + 1, current[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2] + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length];
}

/** The candidate nearest to a misspelt word, when one is near enough to be what was meant. */
export function closestMatch(word: string, candidates: Iterable<string>): string | undefined {
  // `keep_dims` and `KeepDims` are both `keepdims` to whoever typed them.
  const fold = (text: string): string => text.toLowerCase().replaceAll(/[_-]/g, "");
  const folded = fold(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(folded.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(folded, fold(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Describes a value of the wrong type for an error message: `an array`, `a string`, `an instance of Foo`. */
export function describeType(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "undefined";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "function") return value.name === "" ? "a function" : `the function '${value.name}'`;
  if (typeof value !== "object") return `a ${typeof value}`;
  if (isPlainObject(value)) return "a plain object";
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === "string" && name !== "" ? `an instance of ${name}` : "an object";
}

/**
 * Checks a trailing options argument: it must be a plain object (or undefined) with no keys but the allowed ones,
 * so that a misspelt option is an error rather than silently the default.
 * @throws ArgumentError (CT001, CT002)
 */
export function checkOptions(fnName: string, options: unknown, allowedKeys: readonly string[]): void {
  if (options === undefined) return;
  if (!isPlainObject(options)) {
    throw new ArgumentError(
      "CT002",
      `${fnName}: the options must be a plain object, but got ${describeType(options)}. ${
        allowedKeys.length === 0
          ? "It takes no options."
          : `Pass them by name, as in ${fnName}(…, { ${allowedKeys[0]} }). Options: ${allowedKeys.join(", ")}.`
      }`,
    );
  }
  for (const key in options) {
    if (allowedKeys.includes(key)) continue;
    const near = closestMatch(key, allowedKeys);
    const known = allowedKeys.length === 0 ? "It takes no options." : `Known options: ${allowedKeys.join(", ")}.`;
    throw new ArgumentError(
      "CT001",
      `${fnName}: unknown option '${key}'. ${near === undefined ? "" : `Did you mean '${near}'? `}${known}`,
    );
  }
}
