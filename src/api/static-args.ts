import { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { valueKey } from "../prelude/value-key.js";
import { normalizeArgnums } from "./argnums.js";

export interface SplitArgs {
  readonly dynamic: unknown[];
  /** Static arguments with their positions. */
  readonly statics: readonly (readonly [position: number, value: unknown])[];
  /** All arguments again, given the dynamic ones. */
  merge(dynamic: readonly unknown[]): unknown[];
}

/** Sets static arguments apart from traced ones. Optional ones may be missing: `arity` is how many the function has. */
export function splitStatic(
  transform: string,
  staticArgnums: unknown,
  args: readonly unknown[],
  arity: number,
): SplitArgs {
  if (staticArgnums === undefined) return { dynamic: [...args], statics: [], merge: (dynamic) => [...dynamic] };
  const positions = givenStatics(transform, staticArgnums, args.length, arity);
  const statics = positions.map((p) => [p, args[p]] as const);
  return {
    dynamic: args.filter((_, i) => !positions.includes(i)),
    statics,
    merge(dynamic) {
      const all = [...dynamic];
      for (const [p, value] of statics) all.splice(p, 0, value);
      return all;
    },
  };
}

/** The positions of the static arguments that a call gave, in order. */
export function givenStatics(transform: string, staticArgnums: unknown, numArgs: number, arity: number): number[] {
  const list: readonly unknown[] = Array.isArray(staticArgnums) ? staticArgnums : [staticArgnums];
  const given = list.filter((n) => !(Number.isInteger(n) && (n as number) >= numArgs && (n as number) < arity));
  return [...normalizeArgnums(transform, "staticArgnums", given, numArgs)].sort((a, b) => a - b);
}

/** Equal strings for static values that are equal by value and type; functions and instances count by identity. */
export function staticKey(transform: string, position: number, value: unknown): string {
  const unhashable = findUnhashable(value, new Set());
  if (unhashable === undefined) return valueKey(value);
  throw new ArgumentError(
    "CT017",
    `${transform}: static argument ${position} ${unhashable === value ? "is" : "holds"} ${describeType(unhashable)}, ` +
      "which cannot be told apart by value. Pass it as a traced argument, or make numbers, strings, functions and plain data of them static.",
  );
}

/** Tensors have values that may not be known; other mutable containers of data are refused too. */
function findUnhashable(value: unknown, seen: Set<object>): unknown {
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  seen.add(value);
  if (value instanceof Tensor || ArrayBuffer.isView(value) || value instanceof Promise || value instanceof WeakMap)
    return value;
  const parts =
    value instanceof Map
      ? [...value].flat()
      : value instanceof Set
        ? [...value]
        : isPlain(value)
          ? Object.values(value)
          : [];
  for (const part of parts) {
    const found = findUnhashable(part, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isPlain = (x: object): boolean => Array.isArray(x) || [Object.prototype, null].includes(Object.getPrototypeOf(x));
