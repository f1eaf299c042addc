import { TreeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { entryString } from "./keystr.js";
import { childEntry, openNode } from "./node.js";
import { LEAF, NULL, TreeDef, UNDEFINED } from "./treedef.js";
import type { FlattenOptions, IsLeaf, KeyEntry, KeyPath, LeafOf } from "./types.js";

/** Far deeper than any model, and well within the stack. */
const MAX_DEPTH = 1000;

/**
 * The leaves of a tree in order, and its structure. Nodes are arrays, plain objects (own enumerable string keys,
 * sorted), Maps (keys sorted when all are strings or all numbers), null and undefined (empty) and instances of
 * registered classes; everything else is a leaf.
 * @throws TreeError (CT203) for a tree that contains itself
 * @example
 * const [leaves, treedef] = tree.flatten({ b: [2, null], a: 1 });
 * leaves; // [1, 2]
 * String(treedef); // "{a: *, b: [*, null]}"
 */
export function flatten<T>(t: T, options?: FlattenOptions): [leaves: LeafOf<T>[], treedef: TreeDef] {
  const leaves: unknown[] = [];
  const def = flattenInto(t, leaves, leafTest("tree.flatten", options));
  return [leaves as LeafOf<T>[], def];
}

/** The leaves of a tree in order. */
export function leaves<T>(t: T, options?: FlattenOptions): LeafOf<T>[] {
  const out: unknown[] = [];
  flattenInto(t, out, leafTest("tree.leaves", options));
  return out as LeafOf<T>[];
}

/** The structure of a tree. */
export function structure(t: unknown, options?: FlattenOptions): TreeDef {
  return flattenInto(t, [], leafTest("tree.structure", options));
}

/**
 * The tree with this structure and these leaves, the inverse of {@link flatten}.
 * @throws TreeError (CT202) when the number of leaves is wrong
 */
export function unflatten<T = unknown>(treedef: TreeDef, leaves: Iterable<unknown>): T {
  return treedef.unflatten(leaves) as T;
}

/** The leaves with their key paths, and the structure. */
export function flattenWithPath<T>(
  t: T,
  options?: FlattenOptions,
): [pathsAndLeaves: [path: KeyPath, leaf: LeafOf<T>][], treedef: TreeDef] {
  const out: unknown[] = [];
  const def = flattenInto(t, out, leafTest("tree.flattenWithPath", options));
  return [def.leafPaths().map((path, i) => [path, out[i] as LeafOf<T>]), def];
}

/** The leaves with their key paths. */
export function leavesWithPath<T>(t: T, options?: FlattenOptions): [path: KeyPath, leaf: LeafOf<T>][] {
  return flattenWithPath(t, options)[0];
}

/** The `isLeaf` of options already checked for unknown names. */
export function leafTest(fnName: string, options: FlattenOptions | undefined): IsLeaf | undefined {
  if (options === undefined) return undefined;
  checkOptions(fnName, options, ["isLeaf"]);
  return options.isLeaf;
}

/** Appends the leaves of a tree and returns its structure: the one loop everything here stands on. */
export function flattenInto(t: unknown, leaves: unknown[], isLeaf?: IsLeaf): TreeDef {
  return visit(t, leaves, isLeaf, 0, t);
}

function visit(x: unknown, leaves: unknown[], isLeaf: IsLeaf | undefined, depth: number, root: unknown): TreeDef {
  if (isLeaf?.(x)) {
    leaves.push(x);
    return LEAF;
  }
  if (x === null) return NULL;
  if (typeof x !== "object") {
    if (x === undefined) return UNDEFINED;
    leaves.push(x);
    return LEAF;
  }
  const node = openNode(x);
  if (node === undefined) {
    leaves.push(x);
    return LEAF;
  }
  if (depth >= MAX_DEPTH) throw tooDeep(root, isLeaf);
  const { nodes } = node;
  const children = new Array<TreeDef>(nodes.length);
  for (let i = 0; i < nodes.length; i++) children[i] = visit(nodes[i], leaves, isLeaf, depth + 1, root);
  return new TreeDef(node.kind, children, node.keys, node.type, node.aux);
}

function tooDeep(root: unknown, isLeaf: IsLeaf | undefined): TreeError {
  const cycle = findCycle(root, isLeaf);
  if (cycle === undefined) {
    return new TreeError("CT208", `tree.flatten: the tree is nested more than ${MAX_DEPTH} deep. Make it shallower.`);
  }
  const at = (path: KeyPath) => (path.length === 0 ? "the root" : path.map(entryString).join(""));
  return new TreeError(
    "CT203",
    `tree.flatten: the node at ${at(cycle.path)} is ${at(cycle.path.slice(0, cycle.up))} again, so the tree never ` +
      "ends. Take the reference out, or stop at it with isLeaf.",
  );
}

/** A path that leads back to a node on its own way, and how far down that node stands. */
function findCycle(root: unknown, isLeaf: IsLeaf | undefined): { path: KeyPath; up: number } | undefined {
  const path: KeyEntry[] = [];
  const open: unknown[] = [];
  const done = new Set<unknown>();
  let up = -1;
  const search = (x: unknown): boolean => {
    if (typeof x !== "object" || x === null || isLeaf?.(x) || done.has(x)) return false;
    up = open.indexOf(x);
    if (up >= 0) return true;
    const node = openNode(x);
    if (node === undefined || open.length > MAX_DEPTH) return false;
    open.push(x);
    for (let i = 0; i < node.nodes.length; i++) {
      path.push(childEntry(node, i));
      if (search(node.nodes[i])) return true;
      path.pop();
    }
    open.pop();
    done.add(x);
    return false;
  };
  return search(root) ? { path, up } : undefined;
}
