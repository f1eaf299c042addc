// Strings that are equal exactly when two values are: what caches are keyed by.

const identities = new WeakMap<WeakKey, number>();
let nextIdentity = 0;

/** A small number that stands for an object or function by identity, for as long as it lives. */
export function identityOf(value: WeakKey): number {
  let id = identities.get(value);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(value, id);
  }
  return id;
}

/**
 * A string that tells values apart by type and content: `1`, `1n`, `"1"` and `true` differ, so do `0` and `-0`,
 * `NaN` equals itself. Arrays, plain objects (whatever the order of their keys), Maps, Sets, Dates, regular
 * expressions and typed arrays count by content; functions, symbols and all other objects by identity.
 */
export function valueKey(value: unknown): string {
  return keyOf(value, []);
}

function keyOf(value: unknown, stack: object[]): string {
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "boolean":
    case "undefined":
      return String(value);
    case "symbol":
      return symbolKey(value);
    case "function":
      return `#${identityOf(value)}`;
    default:
      return value === null ? "null" : objectKey(value as object, stack);
  }
}

const symbols = new Map<symbol, number>();

function symbolKey(value: symbol): string {
  const registered = Symbol.keyFor(value);
  if (registered !== undefined) return `@${JSON.stringify(registered)}`;
  // Plain symbols cannot be WeakMap keys in Node 20; they are few and small.
  let id = symbols.get(value);
  if (id === undefined) {
    id = symbols.size;
    symbols.set(value, id);
  }
  return `@${id}`;
}

function objectKey(value: object, stack: object[]): string {
  // A cycle is told by how far up the stack it points, which is all that its shape can tell.
  const up = stack.indexOf(value);
  if (up >= 0) return `^${stack.length - up}`;
  stack.push(value);
  const key = contentKey(value, stack) ?? `#${identityOf(value)}`;
  stack.pop();
  return key;
}

function contentKey(value: object, stack: object[]): string | undefined {
  if (Array.isArray(value)) return `[${Array.from(value, (x) => keyOf(x, stack)).join(",")}]`;
  switch (Object.getPrototypeOf(value)) {
    case Object.prototype:
    case null: {
      const record = value as Record<string, unknown>;
      const entries = Object.keys(record)
        .sort()
        .map((k) => `${JSON.stringify(k)}:${keyOf(record[k], stack)}`);
      return `{${entries.join(",")}}`;
    }
    case Map.prototype: {
      const entries = Array.from(value as Map<unknown, unknown>, ([k, v]) => `${keyOf(k, stack)}:${keyOf(v, stack)}`);
      return `Map{${entries.sort().join(",")}}`;
    }
    case Set.prototype:
      return `Set{${Array.from(value as Set<unknown>, (x) => keyOf(x, stack))
        .sort()
        .join(",")}}`;
    case Date.prototype:
      return `Date(${(value as Date).getTime()})`;
    case RegExp.prototype:
      return `RegExp(${String(value)})`;
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const array = value as unknown as ArrayLike<number | bigint>;
    return `${value.constructor.name}[${Array.from(array, (x) => (Object.is(x, -0) ? "-0" : String(x))).join(",")}]`;
  }
  return undefined;
}
