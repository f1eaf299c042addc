import { TreeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { flattenInto, structure } from "./flatten.js";
import { keystr } from "./keystr.js";
import { openNode } from "./node.js";
import { sameItems } from "./same-items.js";
import { abbreviate, sameNode, TreeDef } from "./treedef.js";
import type { FlattenOptions, KeyEntry, KeyPath } from "./types.js";

/** How error messages name what is being matched. */
export interface PrefixNames {
  /** The function that matches the trees: "vmap". */
  readonly fnName?: string | undefined;
  /** The prefix: "inAxes". */
  readonly prefixName?: string | undefined;
  /** The tree it is matched with: "the arguments". */
  readonly treeName?: string | undefined;
}

/** The options of the functions that match a prefix with a tree. */
export interface PrefixOptions extends FlattenOptions, PrefixNames {}

const PREFIX_OPTIONS = ["isLeaf", "fnName", "prefixName", "treeName"];

/**
 * The subtrees of `t` that stand where `treedef` has its leaves.
 * @throws TreeError (CT201) naming the path where `t` stops matching
 * @example
 * tree.flattenUpTo(tree.structure([0, 0]), [{ a: 1 }, 2]); // [{ a: 1 }, 2]
 */
export function flattenUpTo(treedef: TreeDef, t: unknown, names: PrefixNames = {}): unknown[] {
  checkOptions("tree.flattenUpTo", names, PREFIX_OPTIONS);
  const out: unknown[] = [];
  if (!collect(treedef, t, out)) throw prefixError(treedef, structure(t), names);
  return out;
}

function collect(def: TreeDef, x: unknown, out: unknown[]): boolean {
  switch (def.kind) {
    case "leaf":
      out.push(x);
      return true;
    case "null":
      return x === null;
    case "undefined":
      return x === undefined;
  }
  const node = typeof x === "object" && x !== null ? openNode(x) : undefined;
  if (node === undefined || node.kind !== def.kind || node.nodes.length !== def.children.length) return false;
  if (node.kind === "custom") {
    if (!sameNode(def, new TreeDef("custom", def.children, node.keys, node.type, node.aux))) return false;
  } else if (node.keys !== null && !sameItems(node.keys, def.keys ?? [])) {
    return false;
  }
  for (let i = 0; i < def.children.length; i++) if (!collect(def.children[i], node.nodes[i], out)) return false;
  return true;
}

/**
 * One value for each leaf of `t`: the leaf of `prefix` that stands at or above it.
 * @throws TreeError (CT201) naming the path where `prefix` stops being a prefix of `t`
 * @example
 * tree.broadcastPrefix([1, 2], [{ a: 0, b: 0 }, 0]); // [1, 1, 2]
 */
export function broadcastPrefix(prefix: unknown, t: unknown, options: PrefixOptions = {}): unknown[] {
  checkOptions("tree.broadcastPrefix", options, PREFIX_OPTIONS);
  return broadcastTo(prefix, structure(t), options);
}

/** As {@link broadcastPrefix}, for a tree of which only the structure is known. */
export function broadcastTo(prefix: unknown, treedef: TreeDef, options: PrefixOptions = {}): unknown[] {
  const values: unknown[] = [];
  const prefixDef = flattenInto(prefix, values, options.isLeaf);
  const counts: number[] = [];
  if (!countLeaves(prefixDef, treedef, counts)) throw prefixError(prefixDef, treedef, options);
  const out: unknown[] = [];
  for (let i = 0; i < values.length; i++) for (let n = counts[i]; n > 0; n--) out.push(values[i]);
  return out;
}

function countLeaves(prefix: TreeDef, full: TreeDef, out: number[]): boolean {
  if (prefix.kind === "leaf") {
    out.push(full.numLeaves);
    return true;
  }
  if (!sameNode(prefix, full)) return false;
  for (let i = 0; i < prefix.children.length; i++) {
    if (!countLeaves(prefix.children[i], full.children[i], out)) return false;
  }
  return true;
}

/**
 * A tree shaped like `t` whose leaves are those of `prefix`, repeated for all that stands below each.
 * @throws TreeError (CT201) naming the path where `prefix` stops being a prefix of `t`
 * @example
 * tree.broadcast([1, 2], [{ a: 0, b: 0 }, 0]); // [{ a: 1, b: 1 }, 2]
 */
export function broadcast(prefix: unknown, t: unknown, options: FlattenOptions = {}): unknown {
  checkOptions("tree.broadcast", options, ["isLeaf"]);
  const def = structure(t, options);
  return def.unflatten(broadcastTo(prefix, def, { ...options, fnName: "tree.broadcast" }));
}

/** Why a structure is no prefix of another. */
export function prefixError(prefix: TreeDef, full: TreeDef, names: PrefixNames): TreeError {
  const { fnName = "tree", prefixName = "the prefix", treeName = "the tree" } = names;
  const found = firstDifference(prefix, full, true);
  const why =
    found === undefined
      ? "they differ"
      : `at ${where(prefixName, found.path)} stands ${found.left}, and in ${treeName} ${found.right}`;
  return new TreeError(
    "CT201",
    `${fnName}: ${prefixName} is not a prefix of ${treeName}: ${why}${hint(found, prefixName, treeName)}. ` +
      `Structure of ${prefixName}: ${abbreviate(prefix)}; of ${treeName}: ${abbreviate(full)}. ` +
      `Give ${prefixName} the same nodes as ${treeName}, or one leaf in place of a whole subtree.`,
  );
}

/** What two structures have that differs, and where. */
export interface Difference {
  readonly path: KeyPath;
  readonly left: string;
  readonly right: string;
  /** Keys that only one of them has. */
  readonly onlyLeft: readonly string[];
  readonly onlyRight: readonly string[];
}

/** The first place where two structures differ; with `prefix`, a leaf on the left stands for anything. */
export function firstDifference(left: TreeDef, right: TreeDef, prefix: boolean): Difference | undefined {
  return differ(left, right, prefix, []);
}

function differ(left: TreeDef, right: TreeDef, prefix: boolean, path: KeyEntry[]): Difference | undefined {
  if (prefix && left.kind === "leaf") return undefined;
  if (!sameNode(left, right)) {
    const a = childNames(left);
    const b = childNames(right);
    const comparable = left.kind === right.kind && left.keys !== null && right.keys !== null;
    return {
      path: path.slice(),
      left: describe(left),
      right: describe(right),
      onlyLeft: comparable ? a.filter((key) => !b.includes(key)) : [],
      onlyRight: comparable ? b.filter((key) => !a.includes(key)) : [],
    };
  }
  for (let i = 0; i < left.children.length; i++) {
    path.push(left.childKey(i));
    const found = differ(left.children[i], right.children[i], prefix, path);
    if (found !== undefined) return found;
    path.pop();
  }
  return undefined;
}

function childNames(def: TreeDef): string[] {
  return def.children.map((_, i) => keystr([def.childKey(i)], { simple: true }));
}

/** A node in words: `an array of length 2`, `an object with keys a, b`. */
function describe(def: TreeDef): string {
  const n = def.children.length;
  switch (def.kind) {
    case "leaf":
      return "a leaf";
    case "null":
    case "undefined":
      return def.kind;
    case "array":
      return `an array of length ${n}`;
    case "object":
      return n === 0 ? "an empty object" : `an object with ${n === 1 ? "key" : "keys"} ${listed(childNames(def))}`;
    case "map":
      return n === 0 ? "an empty Map" : `a Map with ${n === 1 ? "key" : "keys"} ${listed(childNames(def))}`;
    case "custom":
      return `a ${abbreviate(def, 80)}`;
  }
}

function listed(names: readonly string[]): string {
  return names.length <= 12 ? names.join(", ") : `${names.slice(0, 12).join(", ")} and ${names.length - 12} more`;
}

/** Names the keys that are in one node and not in the other. */
export function hint(found: Difference | undefined, leftName: string, rightName: string): string {
  if (found === undefined) return "";
  const parts: string[] = [];
  if (found.onlyLeft.length > 0) parts.push(`only in ${leftName}: ${listed(found.onlyLeft)}`);
  if (found.onlyRight.length > 0) parts.push(`only in ${rightName}: ${listed(found.onlyRight)}`);
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

/** A place in a tree of which the name is known: `inAxes[0].w`; the bare name at the root. */
export function where(name: string, path: KeyPath): string {
  const text = keystr(path);
  if (text === "") return `the root of ${name}`;
  return /^[\w.]+$/.test(name) ? `${name}${text}` : `${text} of ${name}`;
}
