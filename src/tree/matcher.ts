/** Trees taken apart quickly where their structure was seen before. */

import { valueKey } from "../prelude/value-key.js";
import { openNode } from "./node.js";
import { sameItems } from "./same-items.js";
import type { TreeDef } from "./treedef.js";

/** A node with its children in the order of the tree it was made from, and where the leaves of each begin. */
interface Place {
  readonly def: TreeDef;
  /** Of plain objects, in the order in which they list them. */
  readonly keys: readonly string[];
  readonly children: readonly Place[];
  readonly offsets: readonly number[];
}

/** Recognises trees of one structure and gives their leaves, without building the structure of each. */
export class TreeMatcher {
  readonly #root: Place;

  /** @param like a tree of the structure: objects are expected to list their keys in its order */
  constructor(
    readonly treedef: TreeDef,
    like: unknown,
  ) {
    this.#root = placeOf(treedef, like);
  }

  /**
   * Writes the leaves of a tree into a list from a position on. False if its structure is another, or lists keys in
   * another order. Whether what stands in the place of a leaf is one is for the caller to check: a node may stand there.
   */
  match(tree: unknown, leaves: unknown[], at: number): boolean {
    return matchPlace(this.#root, tree, leaves, at);
  }
}

function placeOf(def: TreeDef, like: unknown): Place {
  const keys = def.kind === "object" ? Object.keys(like as object) : [];
  const nodes = def.children.length === 0 ? [] : (openNode(like as object)?.nodes ?? []);
  const starts: number[] = [];
  let next = 0;
  for (const child of def.children) {
    starts.push(next);
    next += child.numLeaves;
  }
  // The structure has the keys of objects sorted.
  const sorted = new Map((def.keys ?? []).map((key, i) => [key, i]));
  const order = def.kind === "object" ? keys.map((k) => sorted.get(k) as number) : starts.map((_, i) => i);
  return {
    def,
    keys,
    children: order.map((i) => placeOf(def.children[i], nodes[i])),
    offsets: order.map((i) => starts[i]),
  };
}

function matchPlace(place: Place, x: unknown, leaves: unknown[], at: number): boolean {
  switch (place.def.kind) {
    case "leaf":
      leaves[at] = x;
      return true;
    case "null":
      return x === null;
    case "undefined":
      return x === undefined;
    case "array":
      return Array.isArray(x) && x.length === place.children.length && matchChildren(place, x, leaves, at);
    case "object":
      return matchObject(place, x, leaves, at);
    default:
      return matchOther(place, x, leaves, at);
  }
}

function matchChildren(place: Place, nodes: readonly unknown[], leaves: unknown[], at: number): boolean {
  const { children, offsets } = place;
  for (let i = 0; i < children.length; i++) {
    const child = children[i];
    if (child.def.kind === "leaf") leaves[at + offsets[i]] = nodes[i];
    else if (!matchPlace(child, nodes[i], leaves, at + offsets[i])) return false;
  }
  return true;
}

/** From so many keys on, all values are taken at once. */
const many = 16;

function matchObject(place: Place, x: unknown, leaves: unknown[], at: number): boolean {
  if (typeof x !== "object" || x === null) return false;
  const proto: unknown = Object.getPrototypeOf(x);
  if (proto !== Object.prototype && proto !== null) return false;
  const keys = Object.keys(x);
  if (!sameItems(keys, place.keys)) return false;
  if (keys.length >= many) return matchChildren(place, Object.values(x), leaves, at);
  const { children, offsets } = place;
  for (let i = 0; i < keys.length; i++) {
    const value = (x as Readonly<Record<string, unknown>>)[keys[i]];
    if (children[i].def.kind === "leaf") leaves[at + offsets[i]] = value;
    else if (!matchPlace(children[i], value, leaves, at + offsets[i])) return false;
  }
  return true;
}

/** Maps and registered classes. */
function matchOther(place: Place, x: unknown, leaves: unknown[], at: number): boolean {
  if (typeof x !== "object" || x === null) return false;
  const { def } = place;
  const node = openNode(x);
  if (node === undefined || node.kind !== def.kind || node.type !== def.type) return false;
  if (node.nodes.length !== def.children.length) return false;
  if (node.keys !== null && (def.keys === null || !sameItems(node.keys, def.keys))) return false;
  if (node.aux !== def.aux && valueKey(node.aux) !== valueKey(def.aux)) return false;
  return matchChildren(place, node.nodes, leaves, at);
}
