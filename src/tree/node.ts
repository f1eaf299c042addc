import { isPlainObject } from "../prelude/options.js";
import { keyList, valuesOf } from "./key-list.js";
import { type NodeType, nodeTypeOf } from "./registry.js";
import { type KeyEntry, MapKey } from "./types.js";

/** The kinds of node a tree has. A leaf is everything that is no node; null and undefined have no children. */
export type NodeKind = "leaf" | "null" | "undefined" | "array" | "object" | "map" | "custom";

/** A node taken apart one level deep. */
export interface OpenNode {
  readonly kind: NodeKind;
  readonly nodes: readonly unknown[];
  readonly keys: readonly unknown[] | null;
  readonly type: NodeType | null;
  readonly aux: unknown;
}

/** Takes an object apart one level deep; undefined if it is a leaf. */
export function openNode(x: object): OpenNode | undefined {
  if (Array.isArray(x)) return { kind: "array", nodes: x, keys: null, type: null, aux: undefined };
  const proto = Object.getPrototypeOf(x) as object | null;
  if (proto === Object.prototype || proto === null) return openObject(x as Record<string, unknown>);
  const type = nodeTypeOf(proto);
  if (type !== undefined) return openCustom(type, x);
  if (proto === Map.prototype) return openMap(x as ReadonlyMap<unknown, unknown>);
  // A plain object of another realm (node:vm, a test runner).
  return isPlainObject(x) ? openObject(x) : undefined;
}

/** The step to the `i`-th child. */
export function childEntry(
  node: { readonly kind: NodeKind; readonly keys: readonly unknown[] | null },
  i: number,
): KeyEntry {
  if (node.keys === null) return i;
  const key = node.keys[i];
  return node.kind === "map" ? new MapKey(key) : (key as string | number);
}

function openObject(x: Record<string, unknown>): OpenNode {
  const keys = keyList(Object.keys(x));
  return { kind: "object", nodes: valuesOf(x, keys), keys: keys.sorted, type: null, aux: undefined };
}

function openMap(x: ReadonlyMap<unknown, unknown>): OpenNode {
  const keys = sortMapKeys([...x.keys()]);
  return { kind: "map", nodes: keys.map((key) => x.get(key)), keys, type: null, aux: undefined };
}

function openCustom(type: NodeType, x: object): OpenNode {
  const { flatten, flattenWithKeys } = type.handlers;
  if (flattenWithKeys === undefined) {
    const [nodes, aux] = flatten(x);
    return { kind: "custom", nodes, keys: null, type, aux };
  }
  const [entries, aux] = flattenWithKeys(x);
  return { kind: "custom", nodes: entries.map((e) => e[1]), keys: entries.map((e) => e[0]), type, aux };
}

/** Sorted when all strings or all numbers, so that insertion order does not matter, else as inserted. */
function sortMapKeys(keys: unknown[]): unknown[] {
  if (keys.every((k) => typeof k === "string")) return keys.sort();
  if (keys.every((k) => typeof k === "number")) return keys.sort((a, b) => a - b);
  return keys;
}
